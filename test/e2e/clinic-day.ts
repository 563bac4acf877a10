// One whole day of a small clinic by keyboard alone, written once and lived through both doors, in any language: the desk
// books and checks in, the nurse measures, the doctor writes, codes, prescribes and signs, the desk takes money in two
// ways and closes the day. Each workflow is counted against its budget (FEATURES part 4); there is no relay and no internet.
import { expect, type Locator, type Page, test } from '@playwright/test'
import { createClinic } from './support/acts.ts'
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
      (to) =>
        window.localStorage.setItem(
          'osler.appearance',
          JSON.stringify({ language: to, theme: 'light', compact: false }),
        ),
      language,
    )
    await page.reload()
    await expect(page.locator('.os-me')).toBeVisible()
    await answerPrintDialogs(page)
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

/** The system's own dialog would stand over the window until a person answers it; here each counts as answered. */
async function answerPrintDialogs(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.print = () => {
      const { dataset } = document.documentElement
      dataset.printed = String(Number(dataset.printed ?? 0) + 1)
      window.dispatchEvent(new Event('afterprint'))
    }
  })
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
  // A menu that closes gives the focus back to its button; nobody types before that.
  await expect(page.locator('.bp6-popover')).toHaveCount(0)
  // A hat is put on at home: the board is there before anything is typed.
  await expect(page.getByRole('combobox', { name: t('board', 'find.label') })).toBeVisible()
}

const day = (page: Page) => page.getByRole('main')

/** A place of the product by its name, as everybody reaches it who does not know its key: two actions. */
async function goBy({ page, hands }: Scene, name: string): Promise<void> {
  await hands.press('Control+k')
  await expect(page.locator('.os-palette input')).toBeFocused()
  await hands.type(name)
  await expect(page.locator('.os-palette .bp6-menu-item.bp6-active').filter({ hasText: name })).toBeVisible()
  await hands.press('Enter')
  await expect(page.locator('.os-palette')).toHaveCount(0)
}

async function toBoard(scene: Scene): Promise<void> {
  await goBy(scene, scene.t('clinic', 'nav.today'))
  await expect(scene.page.getByRole('combobox', { name: scene.t('board', 'find.label') })).toBeVisible()
  // Back to nothing chosen: letters then find.
  await scene.page.keyboard.press('Escape')
  await expect(scene.page.locator('.bd-on')).toHaveCount(0)
}

async function openTheDay(scene: Scene): Promise<void> {
  const { page, hands, t } = scene
  hands.begin()
  await goBy(scene, t('billing', 'nav.day'))
  await expect(page.getByLabel(t('billing', 'drawer.float'))).toBeFocused()
  await page.keyboard.press('Control+a')
  await hands.type('150')
  await hands.press('Enter')
  await expect(day(page).getByText(/150/).first()).toBeVisible()
  hands.end('W12 open the day', { actions: 3 })
}

async function registerAndBook(scene: Scene): Promise<void> {
  const { page, hands, t } = scene
  await toBoard(scene)
  await hands.press('/')
  await hands.type(`${booked.given} ${booked.family}`)
  await expect(page.getByText(t('patients', 'search.noneHint')).first()).toBeVisible()
  await hands.press('Enter')
  await expect(page.getByLabel(t('patients', 'form.birth'), { exact: false }).first()).toBeFocused()
  await hands.type('14.3.1986')
  await hands.press('Enter')
  await expect(page.getByRole('heading', { name: `${booked.given} ${booked.family}` })).toBeVisible()
  hands.begin()
  await hands.press('b')
  await expect(page.getByRole('combobox', { name: t('scheduling', 'book.when') })).toBeFocused()
  await hands.type('2w')
  await expect(freeTimes(scene).getByRole('option').first()).toBeVisible()
  await hands.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  hands.end('W3 book a follow-up', { actions: 4 })
  // And once more for today: this is the visit of the story.
  await hands.press('b')
  await expect(page.getByRole('combobox', { name: t('scheduling', 'book.when') })).toBeFocused()
  await expect(freeTimes(scene).getByRole('option').first()).toBeVisible()
  await hands.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
}

const freeTimes = ({ page, t }: Scene) => page.getByRole('listbox', { name: t('scheduling', 'when.list') })

const card = ({ page }: Scene, who: { family: string }) =>
  page.locator('[data-card]').filter({ hasText: who.family })
type Column = 'column.waiting' | 'column.ready' | 'column.check-out'
const column = ({ page, t }: Scene, name: Column) => page.getByRole('region', { name: t('board', name) })

async function addWalkIn(scene: Scene): Promise<void> {
  const { page, hands, t } = scene
  await toBoard(scene)
  hands.begin()
  await hands.type(`${walkIn.given} ${walkIn.family}`)
  await expect(page.getByRole('option').filter({ hasText: walkIn.family })).toBeVisible()
  await hands.press('Enter')
  await expect(page.getByLabel(t('patients', 'form.birth'), { exact: false }).first()).toBeFocused()
  await hands.type('41')
  await hands.tab()
  await hands.tab()
  await hands.type('0869876543')
  await hands.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(column(scene, 'column.waiting').getByText(walkIn.family)).toBeVisible()
  hands.end('W2 register a walk-in', { actions: 6, keystrokes: 60 })
}

async function checkIn(scene: Scene): Promise<void> {
  const { page, hands, t } = scene
  await toBoard(scene)
  hands.begin()
  await hands.type(booked.given.slice(0, 3).toLowerCase())
  await expect(page.getByRole('option').filter({ hasText: booked.family })).toBeVisible()
  await hands.press('Enter')
  // In Arabic the name stands in marks that keep its direction.
  const strip = page.locator('.bd-strip').filter({ hasText: booked.family })
  await expect(strip.getByRole('button', { name: t('board', 'action.check-in') })).toBeFocused()
  await hands.press('Enter')
  await expect(column(scene, 'column.waiting').getByText(booked.family)).toBeVisible()
  hands.end('W1 check in', { actions: 3 })
}

async function takeVitals(scene: Scene): Promise<void> {
  const { page, hands, t } = scene
  await choose(scene, booked)
  hands.begin()
  await hands.press('v')
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByLabel(t('vitals', 'sign.blood-pressure'))).toBeFocused()
  await hands.type('172/104')
  await hands.tab()
  await nextSign(scene, 'sign.heart-rate')
  await hands.type('84')
  await hands.press('Enter')
  await expect(sheet).toBeHidden()
  await expect(column(scene, 'column.ready').getByText(booked.family)).toBeVisible()
  hands.end('W5 vital signs', { actions: 2 })
}

/** Unit buttons stand between the boxes; Tab goes on until the wanted one has the focus. */
async function nextSign({ page, hands, t }: Scene, sign: 'sign.heart-rate'): Promise<void> {
  const box = page.getByRole('dialog').getByLabel(t('vitals', sign))
  for (let n = 0; n < 3 && !(await box.evaluate((el) => el === document.activeElement)); n++)
    await hands.tab()
  await expect(box).toBeFocused()
}

async function choose(scene: Scene, who: { family: string; given: string }): Promise<void> {
  await toBoard(scene)
  await scene.page.keyboard.type(who.family.slice(0, 3).toLowerCase())
  await expect(scene.page.getByRole('option').filter({ hasText: who.family })).toBeVisible()
  await scene.page.keyboard.press('Enter')
  await expect(card(scene, who)).toBeVisible()
}

async function seeThePatient(scene: Scene): Promise<void> {
  const { page, hands, t } = scene
  await toBoard(scene)
  hands.begin()
  await hands.press('n')
  const text = page.getByRole('textbox', { name: t('notes', 'pane.text') })
  await expect(text).toBeFocused()
  await hands.type('Headaches on waking for three weeks. ')
  await hands.press('Control+d')
  await expect(page.getByRole('combobox', { name: t('profile', 'problem.search') })).toBeFocused()
  await hands.type('htn')
  await expect(page.getByRole('option').filter({ hasText: 'I10' }).first()).toBeVisible({ timeout: 30_000 })
  await hands.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('button').filter({ hasText: 'I10' }).first()).toBeVisible()

  const prescribing = new Hands(page)
  await prescribing.press('Control+Shift+X')
  const medicine = page.getByRole('combobox', { name: t('prescribing', 'drug.label') })
  await expect(medicine).toBeFocused()
  await prescribing.type('amlodipine 5')
  await expect(
    page
      .getByRole('option')
      .filter({ hasText: /amlodipine/i })
      .first(),
  ).toBeVisible({ timeout: 30_000 })
  await prescribing.press('Enter')
  await expect(page.getByLabel(t('prescribing', 'sig.label'))).toBeFocused()
  await prescribing.type('1 tablet by mouth once a day for 30 days')
  await prescribing.press('Enter')
  await expect(page.getByRole('dialog').getByText(/30/).first()).toBeVisible()
  await prescribing.press('Control+p')
  await expect(page.getByRole('dialog')).toBeHidden({ timeout: 20_000 })
  prescribing.end('W7 prescribe a new medicine', { actions: 6 })
  await expect(page.locator('html'), 'the prescription went to the print dialog').toHaveAttribute(
    'data-printed',
    '1',
    { timeout: 30_000 },
  )

  await text.focus()
  await hands.press('Control+Enter')
  const signing = page.getByRole('dialog', { name: t('notes', 'sign.title') })
  await expect(signing.getByRole('region', { name: t('notes', 'sign.what') })).toBeFocused()
  await hands.press('Enter')
  await expect(page.getByRole('article', { name: t('notes', 'signed.label') })).toBeVisible()
  hands.end('W6 note, diagnosis, signature', { actions: 20 })
}

async function checkOut(scene: Scene): Promise<void> {
  const { page, hands, t } = scene
  await choose(scene, booked)
  await expect(column(scene, 'column.check-out').getByText(booked.family)).toBeVisible()
  hands.begin()
  await hands.press('p')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel(t('billing', 'pay.amount'), { exact: true })).toBeFocused()
  // Part of it in cash, the rest by card.
  await page.keyboard.press('Control+a')
  await hands.type('20')
  const split = dialog.getByRole('button', { name: t('billing', 'pay.split') })
  for (let n = 0; n < 6 && !(await isFocused(split)); n++) await hands.tab()
  await expect(split).toBeFocused()
  await hands.press('Enter')
  const second = dialog.getByLabel(t('billing', 'pay.amountN').replace('{{n}}', '2'), { exact: true })
  await expect(second).toBeFocused()
  await hands.press('Enter')
  await expect(dialog).toBeHidden()
  // The message says what was posted and offers the receipt.
  await expect(page.getByRole('button', { name: t('common', 'act.print') }).last()).toBeVisible()
  await hands.press('Alt+Enter')
  hands.end('W10 check out, paid in two ways, receipt printed', { actions: 4 })
  await expect(page.locator('html'), 'the receipt went to the print dialog').toHaveAttribute(
    'data-printed',
    '2',
    { timeout: 30_000 },
  )
  const { lines } = await callFrom<{ lines: { patientName: string; payableMinor: number }[] }>(
    page,
    'billing.checkouts',
  )
  expect(lines.find(({ patientName }) => patientName.includes(booked.family))).toMatchObject({
    payableMinor: 0,
  })
}

const isFocused = (element: Locator) => element.evaluate((el) => el === document.activeElement)

async function closeTheDay(scene: Scene): Promise<void> {
  const { page, hands, t } = scene
  hands.begin()
  await goBy(scene, t('billing', 'nav.day'))
  // Cash is counted by hand; what the card terminal says is proposed.
  await expect(day(page).getByRole('textbox').first()).toBeFocused()
  await hands.type('170')
  await hands.press('Enter')
  await expect(day(page).getByText(t('billing', 'day.closed'), { exact: true })).toBeVisible()
  hands.end('W12 close the day', { actions: 10 })
  const { state, totals } = await callFrom<{ state: string; totals: Record<string, number> }>(
    page,
    'billing.day',
  )
  expect(state).toBe('closed')
  expect(totals).toMatchObject({ invoicedMinor: 4500, receivedMinor: 4500 })
}
