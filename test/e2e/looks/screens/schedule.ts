// The schedule: its spans, the chosen visit, booking with proposals and in series, clashes, the waitlist, what has to move.
import { button, dialog, type Screen, seen, type Visit } from './ways.ts'

const grid = async ({ page, go }: Visit, query = '') => {
  await go(`#/schedule${query}`)
  await seen(page.locator('[data-visit]'))
}

/** Of the day after: nothing of it has happened yet. On a phone one provider is shown, so not every name. */
const chooseVisit = async (visit: Visit) => {
  const { page, t, sights } = visit
  await grid(visit, `?day=${sights.nextDay}`)
  const box = page.locator('[data-visit]:not(.sc-visit-dim)').first()
  await box.focus()
  await box.press('Space')
  await seen(page.getByRole('region', { name: t('scheduling', 'bar.label') }))
}

const booking = async (visit: Visit) => {
  const { page, t, sights } = visit
  await grid(visit)
  await button(page, t('scheduling', 'act.book')).click()
  const box = page.getByRole('dialog').getByRole('combobox', { name: t('scheduling', 'book.patient') })
  await box.fill(sights.expectedName)
  await seen(page.getByRole('option').filter({ hasText: sights.expectedName }))
  await box.press('Enter')
  const when = page.getByRole('combobox', { name: t('scheduling', 'book.when') })
  await when.fill('2w')
  await seen(page.getByRole('listbox', { name: t('scheduling', 'when.list') }).getByRole('option'))
}

export const scheduleScreens: readonly Screen[] = [
  { name: 'schedule-day', open: (visit) => grid(visit) },
  { name: 'schedule-chosen', open: chooseVisit },
  { name: 'schedule-rooms', onlyGallery: true, open: (visit) => grid(visit, '?show=rooms') },
  { name: 'schedule-week', open: (visit) => grid(visit, '?span=week') },
  {
    name: 'schedule-moving',
    onlyGallery: true,
    open: async (visit) => {
      await chooseVisit(visit)
      await visit.page.keyboard.press('m')
      for (let n = 0; n < 3; n++) await visit.page.keyboard.press('ArrowDown')
      await seen(visit.page.locator('.sc-ghost'))
    },
  },
  {
    name: 'schedule-clash',
    open: async (visit) => {
      const { page, t } = visit
      await chooseVisit(visit)
      await page.keyboard.press('m')
      // On to whoever comes next.
      for (let n = 0; n < 60; n++) {
        await page.keyboard.press('ArrowDown')
        if (await page.locator('.sc-ghost-clash').isVisible()) break
      }
      await page.keyboard.press('Enter')
      await seen(page.getByRole('dialog').getByText(t('scheduling', 'clash.title')))
    },
  },
  {
    name: 'schedule-change',
    onlyGallery: true,
    open: async (visit) => {
      await chooseVisit(visit)
      await visit.page.keyboard.press('e')
      await seen(dialog(visit.page, visit.t('scheduling', 'amend.title')))
    },
  },
  {
    name: 'schedule-cancel',
    open: async (visit) => {
      await chooseVisit(visit)
      await visit.page.keyboard.press('x')
      await seen(dialog(visit.page, visit.t('scheduling', 'cancel.title')))
    },
  },
  { name: 'book', open: booking },
  {
    name: 'book-empty',
    onlyGallery: true,
    open: async (visit) => {
      await grid(visit)
      await button(visit.page, visit.t('scheduling', 'act.book')).click()
      await button(visit.page.getByRole('dialog'), visit.t('scheduling', 'book.submit')).click()
    },
  },
  {
    name: 'book-series',
    open: async (visit) => {
      const { page, t } = visit
      await booking(visit)
      await page.getByRole('checkbox', { name: t('scheduling', 'repeat.on') }).check()
      await seen(page.getByRole('region', { name: t('scheduling', 'series.dates') }))
    },
  },
  {
    name: 'time-off',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/schedule')
      await button(page, t('scheduling', 'absence.short')).click()
      await seen(dialog(page, t('scheduling', 'absence.title')).or(page.getByRole('dialog')))
    },
  },
  {
    name: 'waitlist',
    open: async ({ page, go, t }) => {
      await go('#/schedule/waitlist')
      await seen(page.getByRole('table', { name: t('scheduling', 'waitlist.title') }))
    },
  },
  {
    name: 'waitlist-add',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/schedule/waitlist')
      await button(page, t('scheduling', 'waitlist.add')).click()
      await seen(page.getByRole('dialog').getByRole('combobox'))
    },
  },
  {
    name: 'visits-to-move',
    open: async ({ page, go, t }) => {
      await go('#/schedule/to-move')
      await seen(
        page.getByText(t('scheduling', 'displaced.none')).or(page.getByRole('main').getByRole('table')),
      )
    },
  },
]
