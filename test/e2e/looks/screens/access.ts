// What stands between a person and a record, and between one administrator and an act that needs two.
import { freely, refusing } from './answers.ts'
import { button, chartOf, heading, type Screen, seen } from './ways.ts'

const nobody = '01934b6a-0000-7000-8000-00000000dead'

export const accessAdminScreens: readonly Screen[] = [
  {
    name: 'admin-approvals',
    open: async ({ page, go, t }) => {
      await go('#/admin/approvals')
      await seen(page.getByText(t('access', 'approvals.empty')))
    },
  },
  {
    name: 'admin-access',
    open: async ({ page, go, t }) => {
      await go('#/admin/access')
      await seen(page.getByText(t('access', 'policy.reason')))
    },
  },
]

export const accessChartScreens: readonly Screen[] = [
  {
    name: 'access-marks',
    onlyGallery: true,
    open: async (visit) => {
      const { page, t, sights } = visit
      await chartOf(visit, `#/patients/${sights.richId}`)
      await button(page, t('access', 'marks.button')).click()
      await seen(page.getByRole('dialog').getByText(t('access', 'marks.none')))
    },
    leave: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'access-out-of-reach',
    open: async ({ page, go, t }) => {
      await go(`#/patients/${nobody}`)
      await seen(button(page, t('access', 'emergency.button')))
    },
  },
  {
    name: 'access-emergency',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go(`#/patients/${nobody}`)
      await button(page, t('access', 'emergency.button')).click()
      await heading(page, t('access', 'emergency.title'))
    },
    leave: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'access-emergency-frame',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.markedId}`)
      await seen(button(visit.page, visit.t('access', 'emergency.end')))
    },
  },
  {
    name: 'access-mark',
    onlyGallery: true,
    open: async (visit) => {
      const { page, t, sights } = visit
      await chartOf(visit, `#/patients/${sights.richId}`)
      await button(page, t('access', 'marks.button')).click()
      await button(page.getByRole('dialog'), t('access', 'marks.add')).click()
      await seen(page.getByRole('dialog').getByText(t('access', 'marks.readers')))
    },
    leave: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'access-reason',
    onlyGallery: true,
    open: async ({ page, go, t, sights }) => {
      await refusing(page, 'chart.open', 'ACCESS_REASON_NEEDED')
      await go(`#/patients/${sights.emptyId}`)
      await heading(page, t('access', 'reason.title'))
    },
    leave: ({ page }) => freely(page),
  },
  {
    name: 'access-safety-set',
    onlyGallery: true,
    open: async ({ page, go, t, sights }) => {
      await refusing(page, 'chart.open', 'NOT_FOUND')
      await go(`#/patients/${sights.allergic.patientId}`)
      await button(page, t('access', 'safety.button')).click()
      await seen(page.getByText(t('access', 'safety.hint')))
    },
    leave: ({ page }) => freely(page),
  },
  {
    name: 'chart-amendment',
    onlyGallery: true,
    open: async (visit) => {
      const { page, t, sights } = visit
      await chartOf(visit, `#/patients/${sights.cases.patientId}?item=note:${sights.cases.noteId}`)
      await seen(page.getByText(t('privacy', 'amend.disagreement')))
    },
  },
]
