// What a person does in a window, by role and label, in English. Shared by all journeys and by the gallery.
import { expect, type Locator, type Page } from '@playwright/test'
import { askNothing } from './ask-nothing.ts'
import { callFrom } from './call.ts'

export const founder = {
  clinicName: 'Lindenhof Practice',
  name: 'Dr. Maria Keller',
  username: 'maria.keller',
  password: 'quiet harbour lantern 42 tulips',
} as const

/** Opening a clinic hashes the password on purpose for about a second; on a busy machine longer. */
export const openingMs = 30_000

export const meButton = (page: Page): Locator => page.getByRole('button', { name: /^You: / })

export async function createClinic(page: Page): Promise<void> {
  await fillCreateClinic(page)
  await takeKit(page)
  await expect(meButton(page)).toBeVisible({ timeout: openingMs })
  await askNothing((procedure, input) => callFrom(page, procedure, input))
}

export async function fillCreateClinic(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Welcome to Osler' })).toBeVisible({ timeout: openingMs })
  // The first choice has the focus already.
  await expect(page.getByRole('button', { name: /^Create a clinic/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByLabel('Name of the clinic').fill(founder.clinicName)
  await page.getByLabel('Your name').fill(founder.name)
  await expect(page.getByLabel('Sign-in name')).toHaveValue(founder.username)
  await page.getByLabel('New password').fill(founder.password)
  await expect(page.getByText('Long enough and not a common one')).toBeVisible()
  await page.keyboard.press('Enter')
}

/** Reads the kit off the screen as a person does off the paper, and types the two groups that are asked for. */
export async function takeKit(page: Page): Promise<string[]> {
  const sheet = page.getByRole('region', { name: 'Osler recovery kit' })
  await expect(sheet).toBeVisible({ timeout: openingMs })
  const groups = await sheet.getByRole('listitem').locator('b').allTextContents()
  await page.getByRole('button', { name: 'I have it on paper' }).click()
  const asked = page.getByRole('textbox', { name: /^Group \d+$/ })
  await expect(asked).toHaveCount(2)
  for (const box of await asked.all()) {
    const label = await box.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '')
    await box.fill(groups[Number(/\d+/.exec(label)?.[0]) - 1] ?? '')
  }
  await page.keyboard.press('Enter')
  return groups
}

/** After a start of the program: one password opens the records and signs in. */
export async function openClosedClinic(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: /^Open / })).toBeVisible({ timeout: openingMs })
  await expect(page.getByLabel('Sign-in name')).toBeFocused()
  await page.keyboard.type(founder.username)
  await page.keyboard.press('Tab')
  await page.keyboard.type(founder.password)
  await page.keyboard.press('Enter')
  await expect(meButton(page)).toBeVisible({ timeout: openingMs })
}

/** Goes on under the given role, whichever it was before. By keyboard, as every menu must work. */
export async function workAs(page: Page, role: 'Administrator' | 'Doctor'): Promise<void> {
  const hat = meButton(page).getByText(role, { exact: true })
  if (await hat.isVisible()) return
  await meButton(page).focus()
  await page.keyboard.press('Enter')
  const items = page.getByRole('menu').locator('.bp6-menu-item')
  await expect(items.first()).toBeFocused()
  const wanted = page.getByRole('menu').locator('.bp6-menu-item:focus').getByText(role, { exact: true })
  for (let n = 0; n < 10 && !(await wanted.isVisible()); n++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(hat).toBeVisible()
}

export const searchBox = (page: Page): Locator => page.getByRole('combobox', { name: 'Find a patient' })

/** Slash, a few letters, Enter: the whole way to a chart. */
export async function openChart(page: Page, letters: string, name: RegExp): Promise<void> {
  await page.keyboard.press('/')
  await expect(searchBox(page)).toBeFocused()
  await page.keyboard.type(letters)
  await expect(page.getByRole('option', { name }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(banner(page).getByRole('heading', { name })).toBeVisible()
}

export const banner = (page: Page): Locator => page.getByRole('region', { name: 'Patient', exact: true })
export const noteText = (page: Page): Locator => page.getByRole('textbox', { name: 'Text of the note' })
export const signedNote = (page: Page): Locator => page.getByRole('article', { name: 'Signed note' })

export async function lock(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+l')
  await expect(page.getByText('Locked. Nothing is lost. Drafts are kept.')).toBeVisible()
}

export async function unlock(page: Page): Promise<void> {
  await expect(page.getByLabel('Password')).toBeFocused()
  await page.keyboard.type(founder.password)
  await page.keyboard.press('Enter')
  await expect(meButton(page)).toBeVisible({ timeout: openingMs })
}
