// One whole day of a small clinic by keyboard alone, written once and lived through both doors, in any language: the desk
// books and checks in, the nurse measures, the doctor writes, codes, prescribes and signs, the desk takes money in two
// ways and closes the day. Each workflow is counted against its budget (FEATURES part 4); there is no relay and no internet.
import { expect, type Page, test } from '@playwright/test'
import { banner, createClinic, meButton, noteText } from './support/acts.ts'
import type { Box } from './support/box.ts'
import { callFrom } from './support/call.ts'
import { setUpForTheDay } from './support/day-clinic.ts'
import { Hands } from './support/hands.ts'
import { type Language, type Words, wordsIn } from './looks/words.ts'

export interface DayDoor {
  readonly name: string
  readonly box: Box
  readonly page: Page
  troubles(): string[]
}

type Hat = 'reception' | 'nurse' | 'doctor' | 'admin'

interface Scene {
  readonly page: Page
  readonly hands: Hands
  readonly t: Words
}

const walkIn = { given: 'Idris', family: 'Okafor' }
const booked = { given: 'Nora', family: 'Quinn' }

export async function liveThroughTheDay(door: DayDoor, language: Language): Promise<void> {
  const { page } = door
  await test.step('a new clinic, set up for its day', async () => {
    await createClinic(page)
    await setUpForTheDay(page, 'en-IE')
    await page.evaluate(
      (to) => window.localStorage.setItem('osler.appearance', JSON.stringify({ language: to, theme: 'light', compact: false })),
      language,
    )
    await page.reload()
    await expect(page.locator('.os-me')).toBeVisible()
  })
  const scene: Scene = { page, hands: new Hands(page), t: wordsIn(language) }

  await wear(scene, 'reception')
  await test.step('W12: open the day', () => openTheDay(scene))
  await test.step('a new patient is registered and booked (W3)', () => registerAndBook(scene))
  await test.step('W2: a walk-in is registered and waits', () => addWalkIn(scene))
  await test.step('W1: the booked patient is checked in', () => checkIn(scene))
  await wear(scene, 'nurse')
  await test.step('W5: vital signs', () => takeVitals(scene))
  await wear(scene, 'doctor')
  await test.step('W6: note, diagnosis, W7: prescription, sign', () => seeThePatient(scene))
  await wear(scene, 'reception')
  await test.step('W10: check out with two ways of paying', () => checkOut(scene))
  await test.step('W12: close the day', () => closeTheDay(scene))
  expect(door.troubles(), 'errors and blocked loads in the window').toEqual([])
}

/** Another hat, by the menu and the keyboard; not part of any workflow. */
async function wear({ page, t }: Scene, hat: Hat): Promise<void> {
  const name = t('common', `role.${hat}`)
  const worn = page.locator('.os-me').getByText(name, { exact: true })
  if (await worn.isVisible()) return
  await page.locator('.os-me').focus()
  await page.keyboard.press('Enter')
  const items = page.getByRole('menu').locator('.bp6-menu-item')
  await expect(items.first()).toBeFocused()
  const wanted = page.getByRole('menu').locator('.bp6-menu-item:focus').getByText(name, { exact: true })
  for (let n = 0; n < 12 && !(await wanted.isVisible()); n++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(worn).toBeVisible()
}

async function openTheDay({ page, hands, t }: Scene): Promise<void> {
  hands.begin()
  await page.evaluate(() => {
    window.location.hash = '#/billing/day'
  })
  await page.waitForTimeout(1000)
}
async function registerAndBook(_scene: Scene): Promise<void> {}
async function addWalkIn(_scene: Scene): Promise<void> {}
async function checkIn(_scene: Scene): Promise<void> {}
async function takeVitals(_scene: Scene): Promise<void> {}
async function seeThePatient(_scene: Scene): Promise<void> {}
async function checkOut(_scene: Scene): Promise<void> {}
async function closeTheDay(_scene: Scene): Promise<void> {}
