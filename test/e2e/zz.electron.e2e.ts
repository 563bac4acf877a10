import { test, expect } from './support/electron-clinic.ts'
import { createClinic, noteText, workAs } from './support/acts.ts'
import { callThroughBridge } from './support/bridge.ts'
import { MainSide } from './support/main-side.ts'
test('zz', async ({ clinic }) => {
  const { page, app } = clinic
  await createClinic(page)
  await workAs(page, 'Doctor')
  const { id } = await callThroughBridge<{ id: string }>(page, 'patients.register', { name: 'Ana Sol', gender: 'female' })
  await page.evaluate((patientId) => { window.location.hash = `#/patients/${patientId}` }, id)
  await expect(page.getByRole('button', { name: 'Start a visit note' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(noteText(page)).toBeFocused()
  const main = new MainSide(app)
  await main.ask(`document.querySelector('[role=textbox][aria-label="Text of the note"]').focus()`)
  const begun = Date.now()
  let n = 0
  while (Date.now() - begun < 1200) await main.type(`w${n++} `)
  console.log(n, await main.ask(`document.querySelector('[role=textbox][aria-label="Text of the note"]').innerText`))
  const pid = await main.pageProcess()
  process.kill(pid, 'SIGKILL')
  await new Promise((r) => setTimeout(r, 2500))
  console.log(n, await main.ask(`document.querySelector('[role=textbox][aria-label="Text of the note"]')?.innerText`))
  console.log(await main.ask('[document.title, document.body.innerText.slice(0,300)].join()'))
})
