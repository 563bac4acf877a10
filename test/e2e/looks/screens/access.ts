// What stands between a person and a record, and between one administrator and an act that needs two.
import type { ApprovalRequest } from '#modules/access/shared/second-person.ts'
import { answering, freely, refusing } from './answers.ts'
import { button, chartOf, heading, type Screen, seen } from './ways.ts'

const nobody = '01934b6a-0000-7000-8000-00000000dead'

const asked: Omit<ApprovalRequest, 'id' | 'state'> = {
  rev: 1,
  procedure: 'people.resetPassword',
  facts: [{ name: 'user', value: 'Dr. Kofi Osei' }],
  askedBy: nobody as ApprovalRequest['askedBy'],
  askedByName: 'Petra Lang',
  askedAt: '2026-03-02T08:00:00.000Z',
  answeredByName: null,
  answeredAt: null,
  answer: null,
  byKit: false,
  goodFrom: null,
  goodUntil: '2099-03-03T08:00:00.000Z',
  mine: true,
  alone: false,
  input: null,
}
const requests: readonly ApprovalRequest[] = [
  {
    ...asked,
    id: nobody,
    state: 'approved',
    answeredByName: 'Dr. Amara Diallo',
    answeredAt: '2026-03-02T09:00:00.000Z',
    goodFrom: '2026-03-02T09:00:00.000Z',
    input: '{}',
  },
  {
    ...asked,
    id: nobody.replace('dead', 'beef'),
    procedure: 'keys.rotate',
    facts: [],
    state: 'open',
    alone: true,
  },
]

export const accessAdminScreens: readonly Screen[] = [
  {
    name: 'admin-approvals',
    open: async ({ page, go, t }) => {
      await go('#/admin/approvals')
      await seen(page.getByText(t('access', 'approvals.empty')))
    },
  },
  {
    // The demo clinic asks nobody else.
    name: 'admin-approvals-agreed',
    open: async ({ page, go, t }) => {
      await answering(page, 'access.listRequests', { requests })
      await go('#/admin/approvals')
      // What the window read a moment ago it does not ask for again.
      await page.reload()
      await seen(button(page, t('access', 'approvals.now')))
    },
    leave: ({ page }) => freely(page),
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
    name: 'access-marks-own',
    onlyGallery: true,
    open: async (visit) => {
      const { page, t, sights } = visit
      await chartOf(visit, `#/patients/${sights.markedId}`)
      await button(page, t('access', 'marks.button')).click()
      await seen(button(page.getByRole('dialog'), t('access', 'marks.editReaders')))
    },
    leave: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'access-readers',
    open: async (visit) => {
      const { page, t, sights } = visit
      await chartOf(visit, `#/patients/${sights.markedId}`)
      await button(page, t('access', 'marks.button')).click()
      await button(page.getByRole('dialog'), t('access', 'marks.editReaders')).click()
      await seen(page.getByRole('checkbox'))
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    },
  },
  {
    name: 'access-marks-card',
    open: async ({ page, go, t, sights }) => {
      await go(`#/patients/${sights.markedId}/details`)
      await seen(page.getByText(t('access', 'marks.title')))
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
