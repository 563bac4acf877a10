// What a locked window still holds of what was on it: a patient, a half-written note, a half-entered allergy, what was
// copied (SESS-03). Written once for both doors.
import { expect, type Page, test } from '@playwright/test'
import {
  banner,
  createClinic,
  lock,
  meButton,
  noteText,
  openChart,
  openingMs,
  unlock,
  workAs,
} from './support/acts.ts'
import { callFrom } from './support/call.ts'

export interface Door {
  readonly page: Page
  wordsInMemory(words: readonly string[]): Promise<string[]>
  troubles(): string[]
}

/** What the test reads the clipboard with: pages may not. */
export type ReadClipboard = () => Promise<string>

/** Words that stand nowhere else. None is named to a locator: what Playwright was asked for stays in the page. */
export const canaries = {
  name: 'Quenby Zaltzman',
  recorded: 'Wurzelpeter pollen',
  halfEntered: 'Krummhorn resin',
  note: 'Complains of xylophobia since Tuesday.',
} as const

export async function leavesNothing(door: Door, readClipboard: ReadClipboard): Promise<void> {
  const { page } = door
  await test.step('a patient with an allergy', () => patientWithAllergy(page))
  await test.step('a note is begun and copied, an allergy half entered', () => atWork(page))
  await expect.poll(readClipboard, 'copied').toContain(canaries.note)
  await test.step('lock', () => lock(page))
  await expect.poll(readClipboard, 'on the clipboard after the lock').toBe('')
  expect(await wordsOfPage(page), 'in the page').toEqual([])
  expect(await page.title()).toBe('Osler')
  await expect
    .poll(() => door.wordsInMemory(wordsOf(canaries)), { message: 'in memory', timeout: 30_000 })
    .toEqual([])
  await test.step('unlock: the note is there again', async () => {
    await unlock(page)
    await expect(banner(page)).toContainText(canaries.name)
    await expect(noteText(page)).toContainText(canaries.note)
  })
  expect(door.troubles(), 'errors and blocked loads in the window').toEqual([])
}

const wordsOf = (named: Readonly<Record<string, string>>): string[] =>
  Object.values(named).flatMap((text) => text.split(' ').filter((word) => /^[QZWKx]/.test(word)))

async function patientWithAllergy(page: Page): Promise<void> {
  await createClinic(page)
  await workAs(page, 'Doctor')
  const patient = await callFrom<{ id: string }>(page, 'patients.register', {
    name: canaries.name,
    gender: 'female',
    birthDate: '1980-05-06',
  })
  await callFrom(page, 'profile.addAllergy', {
    patientId: patient.id,
    substance: { system: null, code: null, display: canaries.recorded },
    criticality: 'high',
  })
  // What the test itself brought into the page is gone with it.
  await page.reload()
  await expect(meButton(page)).toBeVisible({ timeout: openingMs })
}

async function atWork(page: Page): Promise<void> {
  await openChart(page, 'quenby', /./)
  await expect.poll(() => textOf(page)).toContain(canaries.recorded)
  await page.keyboard.press('n')
  await expect(noteText(page)).toBeFocused()
  await page.keyboard.type(canaries.note)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByTestId('journal')).toHaveAttribute('data-state', 'kept')
  await page.keyboard.press('ControlOrMeta+ArrowRight')
  await page.getByRole('button', { name: 'Add allergy' }).click()
  await expect(page.getByRole('combobox', { name: 'Substance' })).toBeFocused()
  await page.keyboard.type(canaries.halfEntered)
}

const textOf = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText)

/** The document as it is, and everything a page can keep. */
async function wordsOfPage(page: Page): Promise<string[]> {
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const shelves = await caches.keys()
    return {
      page: `${document.title}\n${document.documentElement.outerHTML}\n${window.location.href}`,
      state: JSON.stringify(history.state),
      stores: JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        databases,
        shelves,
      ]),
      fields: [...document.querySelectorAll('input, textarea')].map((f) => (f as HTMLInputElement).value),
    }
  })
  const all = JSON.stringify(kept)
  return wordsOf(canaries).filter((word) => all.includes(word))
}
