// Every screen of the product and how to get there, in any language: by address, by key, or by the product's own words.
import type { Locator } from '@playwright/test'
import { accessAdminScreens, accessChartScreens } from './screens/access.ts'
import { deskBoard, doctorBoard, nurseBoard } from './screens/board.ts'
import { keysScreens } from './screens/keys.ts'
import { medicineScreens } from './screens/medicines.ts'
import { checkoutScreens, invoiceScreens } from './screens/money.ts'
import { moneyPapers, paperScreens, printQueue } from './screens/papers.ts'
import { keepingScreens, lockScreens, restoreFirstScreen } from './screens/guard.ts'
import { privacyScreens as privacyAdminScreens, privacyWorkScreens } from './screens/privacy.ts'
import { auditAdminScreens, privacyScreens as officerScreens } from './screens/oversight.ts'
import { scheduleScreens } from './screens/schedule.ts'
import { setupScreens } from './screens/setup.ts'
import {
  button,
  chartOf,
  heading,
  pressFor,
  type Screen,
  seen,
  showPart,
  start,
  type Visit,
} from './screens/ways.ts'

export { kitScreens, kitUnlockScreens } from './screens/keys.ts'
export {
  downtimeScreens,
  kitUsedScreens,
  ownAdminScreens,
  ownClosedScreens,
  ownDoorScreens,
  ownRestoreScreens,
} from './screens/own.ts'
export type { Screen } from './screens/ways.ts'

const search = (visit: Visit): Locator =>
  visit.page.getByRole('combobox', { name: visit.t('patients', 'search.label') })

const recordTab = (
  tab: 'results' | 'values' | 'visits' | 'documents' | 'sources',
  who: 'richId' | 'importedId' = 'richId',
) => ({
  name: `chart-${tab}`,
  open: async (visit: Visit) => {
    await chartOf(visit, `#/patients/${visit.sights[who]}`)
    await showPart(visit, 'chart.record')
    await visit.page.getByRole('tab', { name: visit.t('chart', `tab.${tab}`) }).click()
    await seen(visit.page.getByRole('tabpanel').locator('[role=listbox], .os-dim, p'))
  },
})

const recordScreens: readonly Screen[] = [
  {
    name: 'today',
    open: async ({ page, go, t }) => {
      await go('#/today')
      await heading(page, t('notes', 'drafts.title'))
      await seen(page.locator('.note-drafts, .os-empty'))
    },
  },
  {
    name: 'search-recent',
    onlyGallery: true,
    open: async (visit) => {
      await visit.go('#/today')
      await search(visit).click()
      await seen(visit.page.getByRole('listbox', { name: visit.t('patients', 'search.recent') }))
    },
  },
  {
    name: 'search-typed',
    open: async (visit) => {
      await visit.go('#/today')
      await search(visit).fill('ma')
      await seen(visit.page.getByRole('option'))
    },
    leave: (visit) => search(visit).fill(''),
  },
  {
    name: 'search-nobody',
    open: async (visit) => {
      await visit.go('#/today')
      await search(visit).fill('qqqq zzz')
      await seen(visit.page.getByText(visit.t('patients', 'search.noneHint')))
    },
    leave: (visit) => search(visit).fill(''),
  },
  {
    name: 'patients',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/patients')
      await seen(page.getByRole('table', { name: t('patients', 'list.recent') }))
    },
  },
  {
    name: 'patients-results',
    open: async ({ page, go, t }) => {
      await go('#/patients')
      await page.getByRole('textbox', { name: t('patients', 'search.label') }).fill('an')
      await seen(page.getByRole('table', { name: t('patients', 'list.results') }))
    },
  },
  {
    name: 'register',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/patients/new')
      await heading(page, t('patients', 'register.title'))
    },
  },
  {
    name: 'register-errors-and-more',
    open: async ({ page, go, t }) => {
      await go('#/patients/new')
      await heading(page, t('patients', 'register.title'))
      for (const part of ['add.identifiers', 'add.addresses', 'add.contacts', 'add.state'] as const)
        await button(page, t('patients', part)).click()
      await page
        .getByRole('main')
        .getByRole('button', { name: t('patients', 'register.save') })
        .first()
        .click()
      await seen(page.getByText(t('patients', 'error.required')))
    },
  },
  {
    name: 'register-similar',
    open: async ({ page, go, t, sights }) => {
      await go('#/patients/new')
      await page
        .getByRole('textbox', { name: t('patients', 'form.name') })
        .first()
        .fill(sights.richName)
      await seen(page.getByRole('heading', { name: t('patients', 'similar.title') }))
    },
  },
  { name: 'chart', open: (visit) => chartOf(visit, `#/patients/${visit.sights.richId}`) },
  {
    name: 'chart-profile',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.richId}`)
      await showPart(visit, 'chart.profile')
      await heading(visit.page, visit.t('chart', 'problems.title'))
    },
  },
  {
    name: 'chart-timeline',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.richId}`)
      await showPart(visit, 'chart.record')
      await seen(visit.page.getByRole('listbox', { name: visit.t('chart', 'timeline.title') }))
    },
  },
  {
    name: 'chart-writing',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.draftId}`)
      await seen(visit.page.getByRole('textbox', { name: visit.t('notes', 'pane.text') }))
    },
  },
  {
    name: 'sign-dialog',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.draftId}`)
      await seen(visit.page.getByRole('textbox', { name: visit.t('notes', 'pane.text') }))
      await button(visit.page, visit.t('notes', 'pane.sign')).click()
      await seen(visit.page.getByRole('dialog', { name: visit.t('notes', 'sign.title') }))
    },
  },
  {
    name: 'chart-signed-note',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.richId}?item=note:${visit.sights.noteId}`)
      await seen(visit.page.getByText(visit.t('notes', 'signed.valid')))
    },
  },
  {
    name: 'unlock-dialog',
    onlyGallery: true,
    open: async (visit) => {
      await chartOf(
        visit,
        `#/patients/${visit.sights.ownNote.patientId}?item=note:${visit.sights.ownNote.id}`,
      )
      await button(visit.page, visit.t('notes', 'signed.unlock')).click()
      await seen(visit.page.getByRole('dialog', { name: visit.t('notes', 'unlock.title') }))
    },
  },
  {
    name: 'chart-problem',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.richId}?item=condition:${visit.sights.problemId}`)
      await seen(visit.page.getByRole('button', { name: visit.t('chart', 'item.close') }))
    },
  },
  {
    name: 'add-diagnosis',
    open: async (visit) => {
      const { page, t } = visit
      await chartOf(visit, `#/patients/${visit.sights.richId}`)
      const box = page.getByRole('combobox', { name: t('profile', 'problem.search') })
      await pressFor(page, 'd', box)
      await box.fill('knee')
      await seen(page.getByRole('option', { name: 'M17.0' }))
    },
  },
  {
    name: 'edit-problem',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.richId}?item=condition:${visit.sights.problemId}`)
      await button(visit.page, visit.t('chart', 'item.edit')).click()
      await seen(visit.page.getByRole('dialog').getByText(visit.t('profile', 'takeOff.open')))
    },
  },
  {
    name: 'add-allergy',
    open: async (visit) => {
      const { page, t } = visit
      await chartOf(visit, `#/patients/${visit.sights.emptyId}`)
      const box = page.getByRole('combobox', { name: t('profile', 'allergy.search') })
      await pressFor(page, 'a', box)
      await box.fill('milk')
      await seen(page.getByRole('option', { name: 'Milk' }))
      await box.press('Enter')
      await seen(page.getByRole('textbox', { name: t('profile', 'field.reactions') }))
    },
  },
  {
    name: 'chart-report',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.reportOf}?item=report:${visit.sights.reportId}`)
      await seen(visit.page.getByRole('table'))
    },
  },
  {
    name: 'chart-all-medicines',
    onlyGallery: true,
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.richId}?list=medicines`)
      await seen(visit.page.getByRole('listbox', { name: visit.t('chart', 'medicines.title') }))
    },
  },
  recordTab('results'),
  recordTab('values'),
  recordTab('visits'),
  recordTab('documents', 'importedId'),
  recordTab('sources', 'importedId'),
  {
    name: 'chart-imported',
    onlyGallery: true,
    open: (visit) => chartOf(visit, `#/patients/${visit.sights.importedId}`),
  },
  { name: 'chart-nothing-recorded', open: (visit) => chartOf(visit, `#/patients/${visit.sights.emptyId}`) },
  {
    name: 'chart-original',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.importedId}?item=source:${visit.sights.sourceId}`)
      await seen(visit.page.getByText(visit.t('chart', 'source.text')))
    },
  },
  {
    name: 'details',
    open: async ({ page, go, t, sights }) => {
      await go(`#/patients/${sights.richId}/details`)
      await heading(page, t('patients', 'details.demographics'))
    },
  },
  {
    name: 'details-history',
    onlyGallery: true,
    open: async ({ page, go, t, sights }) => {
      await go(`#/patients/${sights.richId}/details`)
      await heading(page, t('patients', 'details.demographics'))
      await page.keyboard.press('h')
      await heading(page, t('patients', 'history.title'))
    },
  },
  {
    name: 'flag-dialog',
    open: async ({ page, go, t, sights }) => {
      await go(`#/patients/${sights.richId}/details`)
      await heading(page, t('patients', 'flags.title'))
      await button(page, t('patients', 'flags.add')).click()
      await seen(page.getByRole('dialog', { name: t('patients', 'flags.addTitle') }))
    },
  },
  {
    name: 'edit',
    open: async ({ page, go, t, sights }) => {
      await go(`#/patients/${sights.richId}/edit`)
      await seen(page.getByRole('heading', { name: t('patients', 'edit.title') }))
    },
  },
  {
    name: 'imports',
    open: async ({ page, go, t }) => {
      await go('#/imports')
      await seen(page.getByRole('table', { name: t('imports', 'list.title') }))
    },
  },
  {
    name: 'import-new',
    open: async ({ page, go, t }) => {
      await go('#/imports/new')
      await heading(page, t('imports', 'new.title'))
    },
  },
  {
    name: 'import-ready',
    open: async ({ page, go, t, sights }) => {
      await go(`#/imports/${sights.readyBatchId}`)
      await seen(page.getByText(t('imports', 'batch.readyTitle')))
      await heading(page, t('imports', 'problems.title'))
    },
  },
  {
    name: 'import-done',
    open: async ({ page, go, t, sights }) => {
      await go(`#/imports/${sights.doneBatchId}`)
      await heading(page, t('imports', 'types.title'))
    },
  },
  {
    name: 'undo-dialog',
    onlyGallery: true,
    open: async ({ page, go, t, sights }) => {
      await go(`#/imports/${sights.doneBatchId}`)
      await button(page, t('imports', 'batch.undo')).click()
      await seen(page.getByRole('dialog', { name: t('imports', 'undo.title') }))
    },
  },
  {
    name: 'account',
    open: async ({ page, go, t }) => {
      await go('#/account')
      await heading(page, t('session', 'account.password'))
    },
  },
  {
    name: 'palette',
    open: async ({ page, go }) => {
      await go('#/today')
      await page.keyboard.press('ControlOrMeta+k')
      await page.locator('.os-palette input').fill('a')
      await seen(page.locator('.os-palette [role=option], .os-palette .bp6-menu-item'))
    },
  },
  {
    name: 'keys',
    open: async (visit) => {
      await chartOf(visit, `#/patients/${visit.sights.richId}`)
      await visit.page.keyboard.press('?')
      await seen(visit.page.getByRole('dialog'))
    },
  },
  {
    name: 'me-menu',
    onlyGallery: true,
    open: async ({ page, go }) => {
      await go('#/today')
      await page.locator('.os-me').click()
      await seen(page.getByRole('menu'))
    },
  },
  {
    name: 'no-such-patient',
    open: async ({ page, go, t }) => {
      await go('#/patients/019a0000-0000-7000-8000-000000000000')
      await seen(page.getByText(t('chart', 'chart.missing')))
    },
  },
  {
    name: 'no-such-page',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/nowhere')
      await seen(page.getByText(t('common', 'state.notFound')))
    },
  },
]

/** The doctor's window: the record as a whole, and the day around it. */
export const doctorScreens: readonly Screen[] = [
  ...doctorBoard,
  ...recordScreens,
  ...accessChartScreens,
  ...medicineScreens,
  ...paperScreens,
]

export const deskScreens: readonly Screen[] = [
  ...deskBoard,
  ...scheduleScreens,
  ...checkoutScreens,
  {
    name: 'desk-details',
    open: async ({ page, go, t, sights }) => {
      await go(`#/patients/${sights.invoice.patientId}/details`)
      await heading(page, t('scheduling', 'patient.title'))
      await heading(page, t('billing', 'balance.title'))
      await heading(page, t('reminders', 'consent.title'))
    },
  },
  printQueue,
  {
    name: 'reminder-log',
    open: async ({ page, go, t }) => {
      await go('#/reminders')
      await heading(page, t('reminders', 'log.title'))
    },
  },
]

export const nurseScreens: readonly Screen[] = nurseBoard

export const billingScreens: readonly Screen[] = [...invoiceScreens, ...moneyPapers]

const accountScreens: readonly Screen[] = [
  {
    name: 'admin-sign-in-rules',
    open: async ({ page, go, t }) => {
      await go('#/admin/sign-in')
      await seen(page.getByLabel(t('sign-in', 'rules.frontDesk')))
    },
  },
  {
    name: 'admin-sign-ins-of-person',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/people')
      await page.getByText('Lin Brandt').click()
      await button(page, t('people', 'edit.signIns')).click()
      await seen(page.getByText(t('sign-in', 'person.noFactor')))
    },
  },
  {
    name: 'second-factor',
    open: async ({ page, go, t }) => {
      await go('#/account')
      await button(page, t('sign-in', 'factor.setUp')).click()
      await seen(page.getByTestId('factor-secret'))
    },
  },
  {
    name: 'admin-today',
    open: async ({ page, go }) => {
      await go('#/today')
      await seen(page.locator('.os-card, .os-empty'))
    },
  },
  {
    name: 'admin-people',
    open: async ({ page, go, t }) => {
      await go('#/admin/people')
      await seen(page.getByRole('main').getByRole('table'))
      await seen(page.getByText(t('people', 'state.active')))
    },
  },
  {
    name: 'admin-add-person',
    open: async ({ page, go, t }) => {
      await go('#/admin/people')
      await button(page, t('people', 'list.add')).click()
      await seen(page.getByRole('dialog', { name: t('people', 'add.title') }))
    },
  },
  {
    name: 'admin-edit-person',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/people')
      await page.getByText('Lin Brandt').click()
      await seen(page.getByRole('dialog').getByText(t('people', 'edit.deactivate')))
    },
  },
  {
    name: 'admin-end-access',
    open: async ({ page, go, t }) => {
      await go('#/admin/people')
      await page.getByText('Lin Brandt').click()
      await button(page, t('people', 'edit.deactivate')).click()
      await seen(page.getByRole('dialog').getByText(t('people', 'end.text')))
    },
  },
  {
    name: 'admin-one-time-code',
    open: async ({ page, go, t }) => {
      await go('#/admin/people')
      // Somebody who signs in nowhere else: the password is really gone.
      await page.getByText('Kofi Osei').click()
      await button(page, t('people', 'edit.reset')).click()
      await seen(page.getByRole('dialog').getByText(t('people', 'code.once')))
    },
    leave: async ({ page, t }) => {
      const done = button(page, t('people', 'code.done'))
      if (await done.isVisible()) await done.click()
    },
  },
  {
    name: 'admin-permissions',
    open: async ({ page, go, t }) => {
      await go('#/admin/permissions')
      await seen(page.getByText(t('people', 'matrix.text')))
    },
  },
  {
    name: 'admin-clinic',
    open: async ({ page, go, t }) => {
      await go('#/admin/clinic')
      await seen(page.getByRole('textbox', { name: t('clinic', 'settings.name') }))
    },
  },
  {
    name: 'admin-time',
    open: async ({ page, go, t }) => {
      await go('#/admin/clinic')
      await page.getByRole('combobox', { name: t('clinic', 'time.from') }).selectOption('own')
      const servers = page.getByRole('textbox', { name: t('clinic', 'time.servers') })
      await seen(servers)
      await servers.scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'admin-code-sets',
    open: async ({ page, go, t }) => {
      await go('#/admin/code-sets')
      await seen(page.getByText(t('codes', 'set.bundled')))
    },
  },
  {
    name: 'admin-load-edition',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/code-sets')
      await button(page, t('codes', 'load.open')).click()
      await seen(page.getByRole('textbox', { name: t('codes', 'load.edition') }))
    },
  },
  {
    name: 'admin-health',
    open: async ({ page, go, t }) => {
      await go('#/admin/health')
      await seen(page.getByText(t('clinic', 'check.disk-space')))
    },
  },
  {
    name: 'admin-patient',
    open: async ({ page, go, t, sights }) => {
      await go(`#/patients/${sights.richId}`)
      await seen(page.getByText(t('patients', 'details.notSeen')))
    },
  },
]

export const adminScreens: readonly Screen[] = [
  ...accountScreens,
  ...setupScreens,
  ...accessAdminScreens,
  ...auditAdminScreens,
  ...keysScreens,
  ...privacyAdminScreens,
  ...keepingScreens,
]

export const privacyScreens: readonly Screen[] = [...officerScreens, ...privacyWorkScreens]

/** Before somebody is signed in; the page stands at the clinic's address. */
export const signedOutScreens: readonly Screen[] = [
  {
    name: 'sign-in',
    open: async ({ page, t }) => {
      await seen(page.getByRole('button', { name: t('session', 'in.submit') }))
    },
  },
  {
    name: 'sign-in-wrong',
    open: async ({ page, t }) => {
      await page.getByLabel(t('session', 'in.username')).fill('nobody.here')
      await page.getByLabel(t('session', 'password.label'), { exact: true }).fill('not the password')
      await page.keyboard.press('Enter')
      await seen(page.getByRole('alert'))
    },
  },
  {
    name: 'set-password',
    open: async ({ page, t }) => {
      await button(page, t('session', 'in.code')).click()
      await heading(page, t('session', 'code.title'))
    },
    leave: ({ page, t }) => button(page, t('common', 'act.back')).click(),
  },
]

export const firstStartScreens: readonly Screen[] = [
  { name: 'first-start', open: ({ page, t }) => heading(page, t('session', 'first.title')) },
  {
    name: 'create-clinic',
    open: async ({ page, t }) => {
      await button(page, t('session', 'first.create')).click()
      await heading(page, t('session', 'create.title'))
    },
  },
  {
    name: 'create-clinic-errors',
    open: async ({ page, t }) => {
      await page.getByLabel(t('session', 'password.new')).fill('password password 1234')
      await button(page, t('session', 'create.submit')).click()
      await seen(page.getByText(t('session', 'password.too-simple')))
    },
    leave: ({ page, t }) => button(page, t('common', 'act.back')).click(),
  },
  restoreFirstScreen,
]

export const closedScreens: readonly Screen[] = [
  { name: 'cold-start', open: ({ page, t }) => seen(page.getByText(t('session', 'cold.text'))) },
]

export const brokenScreens: readonly Screen[] = [
  { name: 'broken', open: ({ page, t }) => seen(page.getByText(t('session', 'broken.key-file-damaged'))) },
]

export const lockedScreens: readonly Screen[] = [
  { name: 'locked', open: ({ page, t }) => seen(page.getByText(start(t('session', 'lock.text')))) },
  ...lockScreens,
]
