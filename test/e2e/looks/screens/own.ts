// A clinic of its own (own-clinic.ts), from its administrator's day to the bad days: the second step of a sign-in, backups
// with verdicts, consent of a second person, the recovery kit, a computer that lost its key, the copy of the day, restoring.
import type { Page } from '@playwright/test'
import { founder, type OwnClinic, withFactor, withoutFactor } from '../own-clinic.ts'
import { changing, changingStatus, freely } from './answers.ts'
import { button, dialog, heading, proved, type Screen, seen, type Visit } from './ways.ts'

const signIn = async ({ page, t }: Pick<Visit, 'page' | 't'>, username: string) => {
  await page.getByLabel(t('session', 'in.username')).fill(username)
  await page.getByLabel(t('session', 'password.label'), { exact: true }).fill(founder.password)
  await page.keyboard.press('Enter')
}
const backToSignIn = async ({ page, t }: Visit) => {
  await button(page, t('common', 'act.cancel')).click()
  await seen(page.getByLabel(t('session', 'in.username')))
}

export const ownDoorScreens: readonly Screen[] = [
  {
    name: 'second-step',
    open: async (visit) => {
      await signIn(visit, withFactor.username)
      await seen(visit.page.getByLabel(visit.t('sign-in', 'factor.code')))
    },
    leave: backToSignIn,
  },
  {
    name: 'second-step-wrong',
    open: async (visit) => {
      const { page, t } = visit
      await signIn(visit, withFactor.username)
      await page.getByLabel(t('sign-in', 'factor.code')).fill('000000')
      await page.keyboard.press('Enter')
      await seen(page.locator('.os-error'))
    },
    leave: backToSignIn,
  },
  {
    name: 'second-step-paper',
    open: async (visit) => {
      const { page, t } = visit
      await signIn(visit, withFactor.username)
      await button(page, t('sign-in', 'second.usePaper')).click()
      await seen(page.getByLabel(t('sign-in', 'second.paper')))
    },
    leave: backToSignIn,
  },
  {
    name: 'factor-now',
    open: async (visit) => {
      await signIn(visit, withoutFactor.username)
      await seen(visit.page.getByTestId('factor-secret'))
    },
    leave: backToSignIn,
  },
]

const onBackups = async ({ page, go, t }: Visit) => {
  await go('#/admin/backups')
  await seen(page.getByRole('table', { name: t('backups', 'list.title') }))
}

const toRestore = async (visit: Visit) => {
  await onBackups(visit)
  await button(visit.page, visit.t('backups', 'restore.open')).click()
}
const findBackups = async ({ page, t }: Visit, folder: string) => {
  await page.getByLabel(t('backups', 'restore.path')).fill(folder)
  await button(page, t('backups', 'restore.find')).click()
  await heading(page, t('backups', 'restore.choose'))
}
const chooseNewest = (page: Page) => page.locator('.bak-found button').first().click()

export const ownAdminScreens = ({ backupFolder }: OwnClinic): readonly Screen[] => [
  { name: 'own-backups', open: onBackups },
  {
    name: 'own-backups-made',
    open: async (visit) => {
      await onBackups(visit)
      await visit.page.getByRole('table', { name: visit.t('backups', 'list.title') }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'own-backups-drills',
    open: async (visit) => {
      await onBackups(visit)
      await visit.page
        .getByRole('heading', { name: visit.t('backups', 'keeping.title') })
        .scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'own-backups-bucket',
    open: async (visit) => {
      const { page, t } = visit
      await onBackups(visit)
      await button(page, t('backups', 'targets.add')).click()
      await page.getByRole('dialog').getByText(t('backups', 'target.kind.bucket')).click()
      await button(page.getByRole('dialog'), t('backups', 'target.save')).click()
      await seen(page.getByText(t('backups', 'target.needed')))
    },
  },
  {
    name: 'own-backups-change',
    open: async (visit) => {
      await onBackups(visit)
      await visit.page
        .getByRole('button', { name: visit.t('backups', 'targets.edit') })
        .nth(1)
        .click()
      await seen(visit.page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'own-backups-drill',
    open: async (visit) => {
      await onBackups(visit)
      await button(visit.page, visit.t('backups', 'drills.record')).click()
      await seen(visit.page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'own-restore-which',
    open: async (visit) => {
      await toRestore(visit)
      await findBackups(visit, backupFolder)
    },
  },
  {
    name: 'own-restore-inside',
    open: async (visit) => {
      await toRestore(visit)
      await findBackups(visit, backupFolder)
      await chooseNewest(visit.page)
      await proved(visit, visit.page.getByText(visit.t('backups', 'restore.sure')), founder.password)
    },
  },
  {
    name: 'own-approvals',
    open: async ({ page, go, t }) => {
      await go('#/admin/approvals')
      await seen(button(page, t('access', 'approvals.agreeKit')))
    },
  },
  {
    name: 'own-approvals-kit',
    open: async ({ page, go, t }) => {
      await go('#/admin/approvals')
      await button(page, t('access', 'approvals.agreeKit')).click()
      await seen(dialog(page, t('access', 'approvals.kitTitle')))
    },
  },
  {
    name: 'own-approvals-answer',
    open: async (visit) => {
      await askedByAnother(visit)
      await seen(button(visit.page, visit.t('access', 'approvals.decline')))
    },
    leave: ({ page }) => freely(page),
  },
  {
    name: 'own-approvals-refuse',
    open: async (visit) => {
      const { page, t } = visit
      await askedByAnother(visit)
      await button(page, t('access', 'approvals.decline')).click()
      await seen(dialog(page, t('access', 'approvals.declineTitle')))
    },
    leave: ({ page }) => freely(page),
  },
  {
    name: 'own-keys',
    open: async ({ page, go, t }) => {
      await go('#/admin/keys')
      await seen(page.getByRole('table', { name: t('keys', 'openers.title') }))
    },
  },
  {
    name: 'own-new-kit',
    open: async (visit) => {
      await visit.go('#/admin/keys')
      await button(visit.page, visit.t('keys', 'newKit.open')).click()
      await button(visit.page, visit.t('keys', 'newKit.start')).click()
      const sheet = visit.page.getByRole('region', { name: visit.t('keys', 'sheet.title') })
      await proved(visit, sheet, founder.password)
    },
  },
  {
    name: 'own-health',
    open: async ({ page, go, t }) => {
      await go('#/admin/health')
      await seen(page.getByText(t('clinic', 'check.disk-space')))
    },
  },
  {
    name: 'own-health-jobs',
    open: async ({ page, go, t }) => {
      await go('#/admin/health')
      const make = button(page, t('clinic', 'support.make'))
      await seen(make)
      await make.scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'own-sessions',
    open: async ({ page, go, t }) => {
      await go('#/account')
      const title = page.getByRole('heading', { name: t('sign-in', 'sessions.title') })
      await seen(title)
      await title.scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'own-sign-ins-of-person',
    open: async ({ page, go, t }) => {
      await go('#/admin/people')
      await page.getByText(withFactor.name).click()
      await button(page, t('people', 'edit.signIns')).click()
      await seen(button(page, t('sign-in', 'person.reset')))
    },
  },
  {
    name: 'own-notices',
    open: async ({ page, go, t }) => {
      await go('#/notices')
      await heading(page, t('oversight', 'notices.title'))
      await seen(page.getByRole('table'))
    },
  },
]

/** The same requests as a second administrator sees them: there is none before the kit's day of delay is over. */
async function askedByAnother({ page, go }: Visit): Promise<void> {
  await changing(page, 'access.listRequests', ({ requests }) => ({
    alone: false,
    requests: (requests as object[]).map((one) => ({ ...one, mine: false })),
  }))
  await page.reload()
  await go('#/admin/approvals')
}

const afresh = async (page: Page, address: string) => {
  await page.goto('about:blank')
  await page.goto(address)
}

const withStatus = (
  address: string,
  name: string,
  fields: Readonly<Record<string, unknown>>,
  look: Screen['open'],
) =>
  ({
    name,
    open: async (visit) => {
      await changingStatus(visit.page, fields)
      await afresh(visit.page, address)
      await look(visit)
    },
    leave: async ({ page }) => {
      await freely(page)
      await afresh(page, address)
    },
  }) satisfies Screen

const keychain = (address: string, problem: 'missing' | 'locked' | 'damaged' | 'other-backend') =>
  withStatus(
    address,
    `keychain-${problem}`,
    { state: 'broken', problem: 'keychain-changed', keychain: problem, downtime: true },
    ({ page, t }) => seen(page.getByText(t('session', `keychain.${problem}`), { exact: true })),
  )

/** Closed, and what a start can meet there. */
export const ownClosedScreens = (address: string): readonly Screen[] => [
  { name: 'own-cold-start', open: ({ page, t }) => seen(button(page, t('keys', 'unlock.offer'))) },
  keychain(address, 'missing'),
  keychain(address, 'locked'),
  keychain(address, 'damaged'),
  keychain(address, 'other-backend'),
  withStatus(address, 'key-rotating', { state: 'busy', step: 'encrypting' }, ({ page, t }) =>
    heading(page, t('keys', 'rotating.title')),
  ),
]

const openCopy = async ({ page, t }: Visit, address: string) => {
  await afresh(page, address)
  const offer = button(page, t('downtime', 'offer'))
  const name = page.getByLabel(t('session', 'in.username'))
  await offer.or(name).first().waitFor()
  if (!(await offer.isVisible())) {
    await signIn({ page, t }, founder.username)
    await seen(offer)
  }
}

/** The records do not open: the copy of the day. */
export const downtimeScreens = (address: string): readonly Screen[] => [
  { name: 'broken-with-copy', open: (visit) => openCopy(visit, address) },
  {
    name: 'downtime-opener',
    open: async (visit) => {
      await openCopy(visit, address)
      await button(visit.page, visit.t('downtime', 'offer')).click()
      await seen(button(visit.page, visit.t('downtime', 'open.submit')))
    },
  },
  {
    name: 'downtime-list',
    open: async (visit) => {
      await openCopy(visit, address)
      const { page, t } = visit
      await button(page, t('downtime', 'offer')).click()
      await page.getByLabel(t('downtime', 'open.username')).fill(founder.username)
      await page.locator('input[type=password]').fill(founder.password)
      await page.keyboard.press('Enter')
      await heading(page, 'Ana Sol')
    },
  },
]

/** Opened with the kit: nobody works before the new one is on paper. */
export const kitUsedScreens = (address: string, { kit }: OwnClinic): readonly Screen[] => [
  {
    name: 'kit-forced',
    open: async (visit) => {
      const { page, t } = visit
      await afresh(page, address)
      const offer = button(page, t('keys', 'unlock.offer'))
      const title = page.getByRole('heading', { name: t('keys', 'kit.used') })
      await offer.or(title).first().waitFor()
      if (await offer.isVisible()) {
        await offer.click()
        for (const [at, box] of (await page.getByRole('textbox').all()).entries())
          await box.fill(kit[at] ?? '')
        await button(page, t('keys', 'unlock.submit')).click()
      }
      await title.waitFor({ timeout: 30_000 })
      await seen(page.getByRole('region', { name: t('keys', 'sheet.title') }))
    },
  },
]

/** On an empty computer, step by step. */
export const ownRestoreScreens = (address: string, own: OwnClinic): readonly Screen[] => {
  const which = async (visit: Visit) => {
    await afresh(visit.page, address)
    await button(visit.page, visit.t('backups', 'restore.firstChoice')).click()
    await findBackups(visit, own.backupFolder)
  }
  const opener = async (visit: Visit) => {
    await which(visit)
    await chooseNewest(visit.page)
    await seen(visit.page.getByLabel(visit.t('backups', 'restore.kit')))
  }
  return [
    {
      name: 'restore-nothing',
      open: async (visit) => {
        const { page, t } = visit
        await afresh(page, address)
        await button(page, t('backups', 'restore.firstChoice')).click()
        await page.getByLabel(t('backups', 'restore.path')).fill('/media/red-disk')
        await button(page, t('backups', 'restore.find')).click()
        await seen(page.locator('.os-notice'))
      },
    },
    { name: 'restore-which', open: which },
    { name: 'restore-opener', open: opener },
    {
      name: 'restore-wrong-kit',
      open: async (visit) => {
        await opener(visit)
        await visit.page.getByLabel(visit.t('backups', 'restore.kit')).fill('QQQQ QQQQ')
        await button(visit.page, visit.t('backups', 'restore.look')).click()
        await seen(visit.page.getByRole('alert'))
      },
    },
    {
      name: 'restore-inside',
      open: async (visit) => {
        await opener(visit)
        await visit.page.getByLabel(visit.t('backups', 'restore.kit')).fill(own.kit.join(' '))
        await button(visit.page, visit.t('backups', 'restore.look')).click()
        await visit.page.getByText(visit.t('backups', 'restore.sure')).waitFor({ timeout: 30_000 })
      },
    },
  ]
}
