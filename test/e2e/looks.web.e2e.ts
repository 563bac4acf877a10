// Each screen looked at twice within every test run: on a desk in English, on a phone in Arabic. All variants, with
// pictures to look at: npm run gallery.
import { demoPassword } from '#shared/demo.ts'
import { meButton } from './support/acts.ts'
import { WebCaller } from './support/web-caller.ts'
import { expect, test } from './support/web-clinic.ts'
import {
  adminScreens,
  doctorScreens,
  firstStartScreens,
  lockedScreens,
  signedOutScreens,
} from './looks/screens.ts'
import { administrator, chooseSights } from './looks/sights.ts'
import { arabicPhone, light, takeOn } from './looks/variants.ts'
import { type Fault, walk } from './looks/walk.ts'

// A picture of every step would take longer than the steps.
test.use({ trace: 'off' })

test('nothing overflows, overlaps, or is out of reach, on any screen', async ({ clinic, browser }) => {
  test.setTimeout(240_000)
  const { page, host } = clinic
  const faults: Fault[] = []
  faults.push(...(await walk(page, firstStartScreens, { variant: light })))
  await page.getByRole('button', { name: /^Open the demo clinic/ }).click()
  await expect(meButton(page)).toBeVisible({ timeout: 60_000 })
  const sights = await chooseSights(new WebCaller(host, clinic.box.clinic))

  const other = await browser.newContext({ ignoreHTTPSErrors: true })
  const adminPage = await other.newPage()
  await adminPage.goto(host.origin)
  for (const variant of [light, arabicPhone]) {
    await takeOn(adminPage, variant)
    if (variant === light) {
      faults.push(...(await walk(adminPage, signedOutScreens, { variant })))
      await adminPage.reload()
      await adminPage.getByLabel('Sign-in name').fill(administrator)
      await adminPage.getByLabel('Password', { exact: true }).fill(demoPassword)
      await adminPage.keyboard.press('Enter')
    }
    await expect(adminPage.locator('.os-me')).toBeVisible()
    faults.push(
      ...(await walk(adminPage, adminScreens, { variant, sights, withoutColours: variant !== light })),
    )
    await takeOn(page, variant)
    await expect(page.locator('.os-me')).toBeVisible()
    faults.push(...(await walk(page, doctorScreens, { variant, sights, withoutColours: variant !== light })))
  }
  await page.keyboard.press('ControlOrMeta+l')
  faults.push(...(await walk(page, lockedScreens, { variant: arabicPhone })))
  await other.close()
  expect(faults.map(({ screen, variant, kind, what }) => `${screen} (${variant}): ${kind}: ${what}`)).toEqual(
    [],
  )
})
