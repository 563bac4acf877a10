// What an administrator sees of the privacy duty: that something is due, the ledger of erasures, deadlines and retention.
import { heading, type Screen, seen } from './ways.ts'

export const privacyScreens: readonly Screen[] = [
  {
    name: 'privacy-requests',
    open: async ({ page, go, t }) => {
      await go('#/privacy')
      await heading(page, t('privacy', 'nav.privacy'))
      await seen(page.getByText(t('privacy', 'list.empty')))
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
