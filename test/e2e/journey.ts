// One day in a new clinic, written once and lived through both doors: first start, import, search, chart, a note that
// survives kill -9, signature, addendum, lock. Everything by role and label, by keyboard where the design promises it.
import { expect, type Page, test } from '@playwright/test'
import {
  banner,
  createClinic,
  lock,
  noteText,
  openChart,
  openClosedClinic,
  searchBox,
  signedNote,
  unlock,
  workAs,
} from './support/acts.ts'
import { patientBundles } from './support/bundles.ts'
import type { Box } from './support/box.ts'
import { wordsInClear } from './support/clear-text.ts'

export interface Door {
  readonly name: string
  readonly box: Box
  readonly page: Page
  killHard(): Promise<void>
  reopen(): Promise<Page>
  close(): Promise<void>
  troubles(): string[]
  /** Which of the words some string in the window's memory still holds. */
  wordsInMemory(words: readonly string[]): Promise<string[]>
}

/** What a crash may cost at most (D11, ELE-07). */
const lostTypingMs = 2000
const addendum = 'Ferritin ordered after a call from the laboratory.'

export async function liveADay(door: Door): Promise<void> {
  const bundles = patientBundles().slice(0, 3)
  const person = bundles[0]
  if (!person) throw new Error('test/data/fhir holds no patient bundle')
  const named = new RegExp(person.family)

  await test.step('first start: a clinic with a doctor who is also its administrator', async () => {
    await createClinic(door.page)
    await workAs(door.page, 'Administrator')
    await workAs(door.page, 'Doctor')
  })
  await test.step('import: choose files, look at the counts, file', () =>
    importFiles(
      door.page,
      bundles.map(({ file }) => file),
    ))
  await test.step('search as you type, open the chart', async () => {
    await openChart(door.page, person.family.slice(0, 4).toLowerCase(), named)
    // A browser's history would keep a name in a title.
    expect(await door.page.title()).not.toContain(person.family)
  })

  const typed = await test.step('write a note; the program is killed in the middle of a word', () =>
    typeUntilKilled(door))
  await test.step('start again: the words are still there', () => wordsAreThere(door, typed, named))
  await test.step('sign', () => signTheNote(door.page))
  await test.step('add an addendum and sign it', () => addAddendum(door.page))
  await test.step('lock: nothing clinical stays in the window', () =>
    lockedWindowIsEmpty(door, [person.family, addendum, lastWord(typed.written)]))
  await test.step('unlock: back on the same page', async () => {
    await unlock(door.page)
    await expect(banner(door.page).getByRole('heading', { name: named })).toBeVisible()
    await expect(signedNote(door.page).getByText(addendum)).toBeVisible()
  })
  expect(door.troubles(), 'errors and blocked loads in the window').toEqual([])

  await test.step('nothing of it stands on the disk in clear', async () => {
    const words = [person.family, addendum, lastWord(typed.written)]
    expect(wordsInClear(door.box.root, words), 'while the clinic is open').toEqual([])
    await door.close()
    expect(wordsInClear(door.box.root, words), 'after it was closed').toEqual([])
  })
}

async function importFiles(page: Page, files: readonly string[]): Promise<void> {
  await page.getByRole('navigation', { name: 'Work areas' }).getByRole('link', { name: 'Import' }).click()
  await page
    .getByRole('button', { name: 'New import' })
    .or(page.getByRole('link', { name: 'New import' }))
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'New import' })).toBeVisible()
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files])
  await page.getByLabel('Where do these records come from?').fill('Neighbouring practice')
  await page.getByRole('button', { name: 'Read the files' }).click()
  await expect(page.getByText('Read. Nothing is filed yet.')).toBeVisible({ timeout: 40_000 })
  await expect(page.getByRole('table', { name: 'What is in the files' }).getByText('Patient')).toBeVisible()
  await page.getByRole('button', { name: 'File into charts' }).click()
  await expect(page.getByText(`${files.length} patients are in the charts.`)).toBeVisible({ timeout: 60_000 })
}

interface Typed {
  /** Each word with the moment its last letter was typed. */
  readonly words: readonly { readonly text: string; readonly at: number }[]
  readonly written: string
  readonly killedAt: number
}

const lastWord = (text: string): string => text.trim().split(' ').at(-1) ?? ''

async function typeUntilKilled(door: Door): Promise<Typed> {
  const { page } = door
  await page.keyboard.press('n')
  await expect(noteText(page)).toBeFocused()
  const words: { text: string; at: number }[] = []
  const begun = Date.now()
  // Long enough that words older than the allowed loss exist in plenty.
  while (Date.now() - begun < lostTypingMs + 1500) {
    const text = `headache-${words.length}`
    await page.keyboard.type(`${text} `, { delay: 8 })
    words.push({ text, at: Date.now() })
  }
  const killedAt = Date.now()
  await door.killHard()
  return { words, killedAt, written: words.map(({ text }) => text).join(' ') }
}

async function wordsAreThere(door: Door, typed: Typed, named: RegExp): Promise<void> {
  const page = await door.reopen()
  await openClosedClinic(page)
  await workAs(page, 'Doctor')
  const drafts = page.locator('section', { has: page.getByRole('heading', { name: 'My drafts' }) })
  await drafts.getByRole('link', { name: named }).click()
  await expect(banner(page).getByRole('heading', { name: named })).toBeVisible()
  await expect(noteText(page)).toContainText('headache-0')
  const found = await wordsOf(page)
  const kept = typed.words.filter(({ text }) => found.includes(text))
  const lost = typed.words.slice(kept.length)
  // What is there is the beginning of what was typed, without a gap or a scramble.
  expect(found.slice(0, kept.length)).toEqual(kept.map(({ text }) => text))
  const lostMs = typed.killedAt - (lost[0]?.at ?? typed.killedAt)
  expect(lostMs, `typing lost by kill -9, of ${typed.words.length} words`).toBeLessThanOrEqual(lostTypingMs)
}

async function wordsOf(page: Page): Promise<string[]> {
  return (await noteText(page).innerText()).match(/headache-\d+/g) ?? []
}

async function signTheNote(page: Page): Promise<void> {
  await noteText(page).focus()
  await page.keyboard.press('ControlOrMeta+Enter')
  const dialog = page.getByRole('dialog', { name: 'Sign this note?' })
  await expect(dialog.getByRole('region', { name: 'What you sign' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(signedNote(page).getByText('Signature checked: nothing was changed since')).toBeVisible()
  await expect(signedNote(page)).toContainText('headache-0')
  await expect(page.getByRole('listbox', { name: 'Timeline' }).getByText('Visit note')).toBeVisible()
}

async function addAddendum(page: Page): Promise<void> {
  await signedNote(page).getByRole('button', { name: 'Add addendum' }).click()
  await expect(noteText(page)).toBeFocused()
  await page.keyboard.type(addendum)
  await page.keyboard.press('ControlOrMeta+Enter')
  const dialog = page.getByRole('dialog', { name: 'Sign this addendum?' })
  await expect(dialog.getByText(addendum)).toBeVisible()
  await expect(dialog.getByRole('region', { name: 'What you sign' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(signedNote(page).getByText(addendum)).toBeVisible()
}

/** DOM, title and memory: answers of the clinic must not outlive the lock (SESS-03). */
async function lockedWindowIsEmpty(door: Door, canaries: readonly string[]): Promise<void> {
  const { page } = door
  await lock(page)
  await expect(searchBox(page)).toBeHidden()
  const shown = await page.evaluate(() => `${document.title}\n${document.documentElement.outerHTML}`)
  expect(canaries.filter((word) => shown.includes(word))).toEqual([])
  expect(await page.title()).toBe('Osler')
  await expect.poll(() => door.wordsInMemory(canaries), { timeout: 30_000 }).toEqual([])
}
