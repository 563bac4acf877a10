// What an administrator sees of the privacy duty: that something is due, the ledger of erasures, deadlines and retention.
import { button, dialog, heading, type Screen, seen } from './ways.ts'

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

/** The officer's own: a request in full, breaches. */
export const privacyWorkScreens: readonly Screen[] = [
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
