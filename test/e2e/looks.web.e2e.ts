// Each screen looked at twice within every test run: on a desk in English, on a phone in Arabic. All variants, with
// pictures to look at: npm run gallery.
import type { Page } from '@playwright/test'
import { demoPassword } from '#shared/demo.ts'
import { meButton } from './support/acts.ts'
import { WebCaller } from './support/web-caller.ts'
import { expect, test } from './support/web-clinic.ts'
import {
  adminScreens,
  billingScreens,
  privacyScreens,
  deskScreens,
  doctorScreens,
  firstStartScreens,
  lockedScreens,
  nurseScreens,
  type Screen,
  signedOutScreens,
} from './looks/screens.ts'
import { administrator, biller, chooseSights, desk, nurse, officer } from './looks/sights.ts'
import { arabicPhone, light, takeOn } from './looks/variants.ts'
import { type Fault, walk } from './looks/walk.ts'

// A picture of every step would take longer than the steps.
test.use({ trace: 'off' })

/** What is looked at in every run; the gallery walks all. */
const main = (screens: readonly Screen[]) => screens.filter(({ onlyGallery }) => !onlyGallery)

test('nothing overflows, overlaps, or is out of reach, on any screen', async ({ clinic, browser }) => {
  test.setTimeout(360_000)
  const { page, host } = clinic
  const faults: Fault[] = []
  faults.push(...(await walk(page, main(firstStartScreens), { variant: light })))
  await page.getByRole('button', { name: /^Open the demo clinic/ }).click()
  await expect(meButton(page)).toBeVisible({ timeout: 60_000 })
  const sights = await chooseSights(new WebCaller(host, clinic.box.clinic))
  const signedOut = await browser.newContext({ ignoreHTTPSErrors: true })
  const door = await signedOut.newPage()
  await door.goto(host.origin)
  await takeOn(door, light)
  faults.push(...(await walk(door, signedOutScreens, { variant: light })))
  await signedOut.close()

  const enter = async (username: string): Promise<Page> => {
    const window = await browser.newContext({ ignoreHTTPSErrors: true })
    const theirs = await window.newPage()
    await theirs.goto(host.origin)
    await takeOn(theirs, light)
    await theirs.getByLabel('Sign-in name').fill(username)
    await theirs.getByLabel('Password', { exact: true }).fill(demoPassword)
    await theirs.keyboard.press('Enter')
    await expect(theirs.locator('.os-me')).toBeVisible()
    return theirs
  }
  const look = async (theirs: Page, screens: readonly Screen[]) => {
    for (const variant of [light, arabicPhone]) {
      await takeOn(theirs, variant)
      await expect(theirs.locator('.os-me')).toBeVisible()
      const withoutColours = variant !== light
      faults.push(...(await walk(theirs, main(screens), { variant, sights, withoutColours })))
    }
  }
  const others = async () => {
    const people: [string, readonly Screen[]][] = [
      [desk, deskScreens],
      [nurse, nurseScreens],
      [biller, billingScreens],
      [officer, privacyScreens],
      [administrator, adminScreens],
    ]
    for (const [username, screens] of people) {
      const theirs = await enter(username)
      await look(theirs, screens)
      await theirs.context().close()
    }
  }
  // At two computers of the clinic at once.
  await Promise.all([look(page, doctorScreens), others()])
  await page.keyboard.press('ControlOrMeta+l')
  faults.push(...(await walk(page, main(lockedScreens), { variant: arabicPhone })))
  expect(faults.map(({ screen, variant, kind, what }) => `${screen} (${variant}): ${kind}: ${what}`)).toEqual(
    [],
  )
})
