import { test } from './support/electron-clinic.ts'
test('zz', async ({ clinic }) => {
  const { page } = clinic
  page.on('console', (m) => console.log('CONSOLE', m.type(), m.text()))
  await page.reload()
  await page.waitForTimeout(1000)
  await page.getByRole('button', { name: /^Create a clinic/ }).click({timeout:3000})
  console.log(await page.evaluate(() => navigator.language + ' ' + Intl.DateTimeFormat().resolvedOptions().timeZone))
  await page.screenshot({ path: '/tmp/gal/create.png' })
  console.log(clinic.troubles())
})
