// The security centre, and the recovery kit before and after a clinic is open.
import { button, dialog, heading, type Screen, seen } from './ways.ts'

export const keysScreens: readonly Screen[] = [
  {
    name: 'admin-keys',
    open: async ({ page, go, t }) => {
      await go('#/admin/keys')
      await heading(page, t('keys', 'openers.title'))
    },
  },
  {
    name: 'admin-keys-rotate',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/keys')
      await button(page, t('keys', 'rotate.open')).click()
      await seen(dialog(page, t('keys', 'rotate.title')))
    },
  },
  {
    name: 'admin-keys-renew',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/keys/renew')
      await seen(button(page, t('keys', 'newKit.start')))
    },
  },
  {
    name: 'admin-keys-renew-confirm',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/keys/renew')
      await button(page, t('keys', 'newKit.start')).click()
      await button(page, t('keys', 'kit.next')).click()
      await heading(page, t('keys', 'kit.confirmTitle'))
    },
  },
  {
    name: 'admin-keys-new-kit',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/keys/kit')
      await seen(button(page, t('keys', 'newKit.start')))
    },
  },
]

/** Of a clinic that was just made: nobody works in it yet. */
export const kitScreens: readonly Screen[] = [
  {
    name: 'kit-sheet',
    open: ({ page, t }) => seen(page.getByRole('region', { name: t('keys', 'sheet.title') })),
  },
  {
    name: 'kit-confirm',
    open: async ({ page, t }) => {
      await button(page, t('keys', 'kit.next')).click()
      await heading(page, t('keys', 'kit.confirmTitle'))
      for (const box of await page.getByRole('textbox').all()) await box.fill('qqqq')
      await button(page, t('keys', 'kit.confirm')).click()
      await seen(page.getByText(t('keys', 'kit.wrong')))
    },
    leave: ({ page, t }) => button(page, t('keys', 'kit.again')).click(),
  },
]

export const kitUnlockScreens: readonly Screen[] = [
  {
    name: 'kit-unlock',
    open: async ({ page, t }) => {
      await button(page, t('keys', 'unlock.offer')).click()
      await heading(page, t('keys', 'unlock.title'))
      for (const box of await page.getByRole('textbox').all()) await box.fill('K7Q€')
      await button(page, t('keys', 'unlock.submit')).click()
      await seen(page.getByText(t('keys', 'unlock.letters')))
    },
    leave: ({ page, t }) => button(page, t('common', 'act.back')).click(),
  },
]
