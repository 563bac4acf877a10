// What an administrator sees of the privacy duty: that something is due, the ledger of erasures, deadlines and retention.
import { button, dialog, heading, type Screen, seen, type Visit } from './ways.ts'

export const privacyScreens: readonly Screen[] = [
  {
    name: 'privacy-requests',
    open: async ({ page, go, t }) => {
      await go('#/privacy')
      await heading(page, t('privacy', 'nav.privacy'))
      await seen(page.getByRole('table', { name: t('privacy', 'nav.requests') }))
      await seen(page.getByText(t('privacy', 'list.hidden')))
    },
  },
  {
    name: 'privacy-erasures',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/privacy/erasures')
      await seen(page.getByText(t('privacy', 'ledger.empty')))
    },
  },
  {
    name: 'privacy-settings',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/privacy/settings')
      await seen(page.getByRole('textbox', { name: t('privacy', 'settings.days') }))
    },
  },
]

const requestOf = (kind: 'refusedId' | 'amendmentId' | 'restrictionId' | 'erasureId') =>
  (async ({ page, go, sights, t }) => {
    await go(`#/privacy/requests/${sights.cases.patientId}/${sights.cases[kind]}`)
    await heading(page, t('privacy', 'request.answer'))
  }) satisfies Screen['open']

const lookInto = async ({ page, go, t }: Visit) => {
  await go('#/privacy/breaches')
  await button(page, t('privacy', 'breach.look')).click()
  await seen(page.getByRole('table', { name: t('privacy', 'breach.found') }))
}

/** The officer's own: a request in full, breaches. */
export const privacyWorkScreens: readonly Screen[] = [
  { name: 'privacy-request-decided', onlyGallery: true, open: requestOf('refusedId') },
  {
    name: 'privacy-amendment',
    onlyGallery: true,
    open: async (visit) => {
      await requestOf('amendmentId')(visit)
      await seen(visit.page.getByText(visit.t('privacy', 'amend.disagreement')))
    },
  },
  {
    name: 'privacy-amendment-add',
    onlyGallery: true,
    open: async (visit) => {
      await requestOf('amendmentId')(visit)
      await button(visit.page, visit.t('privacy', 'amend.add')).click()
      await seen(dialog(visit.page, visit.t('privacy', 'amend.add')))
    },
  },
  {
    name: 'privacy-restriction',
    onlyGallery: true,
    open: async (visit) => {
      await requestOf('restrictionId')(visit)
      await seen(button(visit.page, visit.t('privacy', 'lock.lift')))
    },
  },
  {
    name: 'privacy-lock-item',
    onlyGallery: true,
    open: async (visit) => {
      await requestOf('restrictionId')(visit)
      await button(visit.page, visit.t('privacy', 'lock.addItem')).click()
      await seen(dialog(visit.page, visit.t('privacy', 'lock.addItem')))
    },
  },
  {
    name: 'privacy-erasure',
    open: async (visit) => {
      await requestOf('erasureId')(visit)
      await seen(visit.page.getByRole('table', { name: visit.t('privacy', 'erase.plan') }))
    },
  },
  {
    name: 'privacy-erase',
    onlyGallery: true,
    open: async (visit) => {
      await requestOf('erasureId')(visit)
      await visit.page.getByRole('button', { name: visit.t('privacy', 'erase.do'), exact: true }).click()
      await seen(dialog(visit.page, visit.t('privacy', 'erase.doTitle')))
    },
  },
  {
    name: 'privacy-copy',
    onlyGallery: true,
    open: async ({ page, go, sights, t }) => {
      await go(`#/privacy/requests/${sights.request.patientId}/${sights.request.id}`)
      await button(page, t('privacy', 'copy.make')).click()
      await page.getByRole('dialog').getByText(t('privacy', 'copy.other')).click()
      await seen(page.getByRole('dialog').getByLabel(t('privacy', 'copy.recipient')))
    },
  },
  {
    name: 'privacy-card',
    onlyGallery: true,
    open: async ({ page, go, sights, t }) => {
      await go(`#/patients/${sights.cases.patientId}/details`)
      const link = page.getByRole('link', { name: t('privacy', 'kind.erasure') })
      await seen(link)
      await link.scrollIntoViewIfNeeded()
    },
  },
  { name: 'privacy-breach-found', open: lookInto },
  {
    name: 'privacy-breach-list',
    onlyGallery: true,
    open: async (visit) => {
      await lookInto(visit)
      await visit.page
        .getByRole('table', { name: visit.t('privacy', 'breach.found') })
        .scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'privacy-breach-close',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/privacy/breaches')
      await page.getByRole('button', { name: t('privacy', 'breach.close'), exact: true }).click()
      await seen(dialog(page, t('privacy', 'breach.closeTitle')))
    },
  },
  {
    name: 'privacy-request',
    open: async ({ page, go, sights, t }) => {
      await go(`#/privacy/requests/${sights.request.patientId}/${sights.request.id}`)
      await heading(page, t('privacy', 'request.answer'))
    },
  },
  {
    name: 'privacy-new-request',
    onlyGallery: true,
    open: async ({ page, go, sights, t }) => {
      await go(`#/patients/${sights.richId}/details`)
      await button(page, t('privacy', 'new.title')).click()
      await seen(dialog(page, t('privacy', 'new.title')))
    },
  },
  {
    name: 'privacy-breaches',
    open: async ({ page, go, t }) => {
      await go('#/privacy/breaches')
      await seen(page.getByLabel(t('privacy', 'breach.kind')))
    },
  },
]
