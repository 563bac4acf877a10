// Who sits there: the step-up question, the second step of a sign-in, the lock with people and PIN, one's own codes; and
// what keeps the records: backups, restoring, the support file.
import { answering, changing, freely, refusing } from './answers.ts'
import { button, dialog, heading, type Screen, seen } from './ways.ts'

const people = [
  { username: 'maya.keller', name: 'Dr. Maya Keller', pin: true },
  { username: 'samira.haddad', name: 'Samira Haddad', pin: true },
  { username: 'lin.brandt', name: 'Lin Brandt', pin: true },
]

/** Of a clinic that was restored twice and has a new kit. */
const afterRestore = {
  isDemo: false,
  kitId: 'QYD2-3LPK',
  otherKit: { here: 5, locked: 2, kits: ['K7Q2-9XW4'] },
  lastReseal: { at: '2026-03-02T08:00:00.000Z', done: 3, failed: 1, locked: 2, problem: 'unplugged' },
  kept: [
    {
      name: 'before-restore-2026-02-20T08-00-00-000Z',
      at: '2026-02-20T08:00:00.000Z',
      bytes: 1_834_000_000,
      whose: 'ours',
      goes: 'date',
      goesAt: '2026-03-22T08:00:00.000Z',
    },
    {
      name: 'before-restore-2026-02-27T17-30-00-000Z',
      at: '2026-02-27T17:30:00.000Z',
      bytes: 1_850_000_000,
      whose: 'ours',
      goes: 'next-backup',
      goesAt: null,
    },
    {
      name: 'before-restore-2025-11-03T09-12-00-000Z',
      at: '2025-11-03T09:12:00.000Z',
      bytes: 96_000_000,
      whose: 'other',
      goes: 'by-hand',
      goesAt: null,
    },
  ],
}

export const keepingScreens: readonly Screen[] = [
  {
    name: 'admin-backups',
    open: async ({ page, go, t }) => {
      await go('#/admin/backups')
      await heading(page, t('backups', 'keeping.title'))
    },
  },
  {
    name: 'admin-backups-after',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await changing(page, 'backups.overview', afterRestore)
      await page.reload()
      await go('#/admin/backups')
      await seen(button(page, t('backups', 'reseal.start')))
    },
    leave: ({ page }) => freely(page),
  },
  {
    name: 'admin-backups-kept',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await changing(page, 'backups.overview', afterRestore)
      await page.reload()
      await go('#/admin/backups')
      await page.getByText(t('backups', 'kept.goes.by-hand')).scrollIntoViewIfNeeded()
    },
    leave: ({ page }) => freely(page),
  },
  {
    name: 'admin-backups-place',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/backups')
      await button(page, t('backups', 'targets.add')).click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'admin-restore',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/backups/restore')
      await seen(button(page, t('backups', 'restore.find')))
    },
  },
  {
    name: 'admin-support-file',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/health')
      await button(page, t('clinic', 'support.make')).click()
      await seen(dialog(page, t('clinic', 'support.preview')))
    },
  },
  {
    name: 'admin-step-up',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await refusing(page, 'access.savePolicy', 'STEP_UP_NEEDED')
      await go('#/admin/access')
      await button(page, t('common', 'act.save')).click()
      await seen(dialog(page, t('sign-in', 'stepUp.title')))
    },
    leave: ({ page }) => freely(page),
  },
  {
    name: 'account-protected',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      const factorSince = '2026-03-02T08:00:00.000Z'
      await changing(page, 'session.security', { factorSince, recoveryCodesLeft: 7, pin: 'set' })
      await page.reload()
      await go('#/account')
      await heading(page, t('sign-in', 'pin.title'))
    },
    leave: ({ page }) => freely(page),
  },
  {
    name: 'account-paper-codes',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      const factorSince = '2026-03-02T08:00:00.000Z'
      const recoveryCodes = Array.from({ length: 10 }, (_, n) => `7K2M-Q9XD-4T${n}P-W8RH`)
      await changing(page, 'session.security', { factorSince, recoveryCodesLeft: 10, pin: 'none' })
      await answering(page, 'session.newRecoveryCodes', { recoveryCodes })
      await page.reload()
      await go('#/account')
      await button(page, t('sign-in', 'factor.newCodes')).click()
      await seen(page.getByTestId('recovery-codes'))
    },
    leave: ({ page }) => freely(page),
  },
]

export const lockScreens: readonly Screen[] = [
  {
    name: 'locked-pin',
    onlyGallery: true,
    open: async ({ page, t }) => {
      await changing(page, 'session.hints', { people })
      await page.reload()
      await seen(button(page, t('sign-in', 'lock.colleague')))
    },
  },
  {
    name: 'locked-people',
    onlyGallery: true,
    open: async ({ page, t }) => {
      await button(page, t('sign-in', 'lock.colleague')).click()
      await seen(button(page, 'Lin Brandt'))
    },
    leave: async ({ page }) => {
      await freely(page)
      await page.reload()
    },
  },
]

export const restoreFirstScreen: Screen = {
  name: 'first-restore',
  onlyGallery: true,
  open: async ({ page, t }) => {
    await button(page, t('backups', 'restore.firstChoice')).click()
    await seen(button(page, t('backups', 'restore.find')))
  },
  leave: ({ page, t }) => button(page, t('backups', 'restore.back')).click(),
}
