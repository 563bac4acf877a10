// The board as each of its people sees it, and what opens over it: check-in, walk-in, vital signs, checkout.
import { button, dialog, heading, type Screen, seen, start, type Visit } from './ways.ts'

const board = async ({ page, go }: Visit) => {
  await go('#/today')
  // On a phone the cards of one column.
  await seen(page.locator('.bd-card:visible'))
}

const find = ({ page, t }: Visit) => page.getByRole('combobox', { name: t('board', 'find.label') })

/** The card of a patient, on a phone in the column that is chosen first. */
const choose = async ({ page, t }: Visit, column: 'expected' | 'with-nurse' | 'check-out', name: string) => {
  const tab = page.locator('.bd-switch').getByRole('button', { name: t('board', `column.${column}`) })
  if (await tab.isVisible()) await tab.click()
  await page.locator('.bd-card').filter({ hasText: name }).getByRole('button').first().focus()
}

/** The one next thing to do with a patient. */
const act = async (visit: Visit, column: 'with-nurse' | 'check-out', name: string) => {
  await choose(visit, column, name)
  await visit.page.locator('.bd-card').filter({ hasText: name }).locator('.bd-next').click()
}

export const deskBoard: readonly Screen[] = [
  { name: 'board-desk', open: board },
  {
    name: 'board-desk-chosen',
    onlyGallery: true,
    open: async (visit) => {
      await board(visit)
      await choose(visit, 'expected', visit.sights.expectedName)
    },
  },
  {
    name: 'board-find',
    open: async (visit) => {
      await board(visit)
      await find(visit).fill(visit.sights.expectedName.slice(0, 3))
      await seen(visit.page.getByRole('option'))
    },
    leave: (visit) => find(visit).fill(''),
  },
  {
    name: 'board-check-in',
    open: async (visit) => {
      await board(visit)
      await find(visit).fill(visit.sights.expectedName)
      await seen(visit.page.getByRole('option'))
      await find(visit).press('Enter')
      const label = start(visit.t('board', 'strip.label'))
      await seen(visit.page.getByRole('region', { name: label }))
    },
  },
  {
    name: 'board-walk-in',
    open: async (visit) => {
      await board(visit)
      await button(visit.page, visit.t('board', 'head.walkIn')).click()
      await seen(dialog(visit.page, visit.t('board', 'walk.title')).getByRole('textbox'))
    },
  },
  {
    name: 'board-checkout',
    open: async (visit) => {
      await board(visit)
      await act(visit, 'check-out', visit.sights.checkoutName)
      await seen(visit.page.getByRole('dialog').getByText(visit.t('billing', 'checkout.toPay')))
    },
  },
]

export const nurseBoard: readonly Screen[] = [
  { name: 'board-nurse', open: board },
  {
    name: 'board-vitals',
    open: async (visit) => {
      await board(visit)
      await act(visit, 'with-nurse', visit.sights.withNurseName)
      await seen(dialog(visit.page, visit.t('vitals', 'title')).getByRole('textbox'))
    },
  },
  {
    name: 'board-vitals-typed',
    open: async (visit) => {
      const { page, t } = visit
      await board(visit)
      await act(visit, 'with-nurse', visit.sights.withNurseName)
      const sheet = dialog(page, t('vitals', 'title'))
      await sheet
        .getByRole('textbox', { name: t('vitals', 'sign.blood-pressure') })
        .first()
        .fill('178/112')
      await sheet.getByRole('textbox', { name: t('vitals', 'sign.temperature') }).fill('387')
      await sheet.getByRole('textbox', { name: t('vitals', 'sign.weight') }).fill('abc')
      await page.keyboard.press('Tab')
      await seen(sheet.locator('.os-error, [aria-invalid=true]'))
    },
  },
]

export const doctorBoard: readonly Screen[] = [
  { name: 'board-doctor', open: board },
  {
    name: 'board-mine',
    onlyGallery: true,
    open: async (visit) => {
      await board(visit)
      await button(visit.page, visit.t('board', 'head.all')).click()
      await seen(visit.page.locator('.bd-card:visible'))
    },
    leave: ({ page, t }) => button(page, t('board', 'head.mine')).click(),
  },
  {
    name: 'chart-vitals-sheet',
    open: async (visit) => {
      await visit.go(`#/patients/${visit.sights.richId}`)
      await heading(visit.page, visit.sights.richName)
      await visit.page.keyboard.press('v')
      await seen(dialog(visit.page, visit.t('vitals', 'title')).getByRole('textbox'))
    },
  },
]
