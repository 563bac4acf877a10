// A page that dies or hangs is back within three seconds, on the same chart, with at most two seconds of typing gone
// (ELE-07).
import { createClinic, noteText, workAs } from './support/acts.ts'
import { callThroughBridge } from './support/bridge.ts'
import { expect, test } from './support/electron-clinic.ts'
import { MainSide } from './support/main-side.ts'

const deaths = process.env.OSLER_NIGHT === '1' ? 50 : 5
const backMs = 3000
const lostTypingMs = 2000
const editor = '[role=textbox][aria-label="Text of the note"]'

test('ELE-07: a window whose page dies is back in three seconds with the draft', async ({ clinic }) => {
  test.setTimeout(60_000 + deaths * 12_000)
  const { page, app } = clinic
  await createClinic(page)
  await workAs(page, 'Doctor')
  const { id } = await callThroughBridge<{ id: string }>(page, 'patients.register', {
    name: 'Ana Sol',
    gender: 'female',
  })
  await page.evaluate((patientId) => {
    window.location.hash = `#/patients/${patientId}`
  }, id)
  await expect(page.getByRole('button', { name: 'Start a visit note' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(noteText(page)).toBeFocused()

  const main = new MainSide(app)
  for (let death = 0; death < deaths; death++) {
    await main.ask(`document.querySelector('${editor}').focus()`)
    const typed: { word: string; at: number }[] = []
    const begun = Date.now()
    while (Date.now() - begun < 1200) {
      const word = `w${death}-${typed.length}`
      await main.type(`${word} `)
      typed.push({ word, at: Date.now() })
    }
    const killedAt = Date.now()
    process.kill(await main.pageProcess(), 'SIGKILL')
    const read = () => main.textOf(editor)
    await expect
      .poll(read, { timeout: backMs + 5000, intervals: [50] })
      .toContain(death === 0 ? 'w0-0' : `w${death - 1}-0`)
    const backAfterMs = Date.now() - killedAt
    const text = await read()
    const lost = typed.filter(({ word }) => !text.includes(`${word}`))
    const lostMs = killedAt - (lost[0]?.at ?? killedAt)
    expect(backAfterMs, `death ${death}: back after`).toBeLessThanOrEqual(backMs)
    expect(lostMs, `death ${death}: typing lost`).toBeLessThanOrEqual(lostTypingMs)
    // Nothing of an earlier life went missing either.
    if (death > 0) expect(text).toContain(`w${death - 1}-0`)
  }
})
