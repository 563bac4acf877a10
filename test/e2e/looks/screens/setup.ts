// What an administrator sets up for the clinic's day: whose time can be booked, what it costs, what papers and reminders say.
import { button, heading, type Screen, seen } from './ways.ts'

export const setupScreens: readonly Screen[] = [
  {
    name: 'admin-providers',
    open: async ({ page, go, t }) => {
      await go('#/admin/providers')
      await seen(page.getByRole('table', { name: t('scheduling', 'provider.title') }))
    },
  },
  {
    name: 'admin-provider',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/providers')
      await page
        .getByRole('table', { name: t('scheduling', 'provider.title') })
        .getByText('Keller')
        .click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'admin-visit-types',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/visit-types')
      await seen(page.getByRole('table', { name: t('scheduling', 'type.title') }))
    },
  },
  {
    name: 'admin-visit-type',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/visit-types')
      await button(page, t('scheduling', 'type.add')).click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'admin-hours',
    open: async ({ page, go, t }) => {
      await go('#/admin/hours')
      await seen(page.getByText(t('scheduling', 'hours.clinic')))
    },
  },
  {
    name: 'admin-hours-of-clinic',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/hours')
      await page.getByText(t('scheduling', 'hours.clinic')).click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'admin-time-off',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/hours')
      await button(page, t('scheduling', 'absence.add')).click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'admin-fees',
    open: async ({ page, go, t }) => {
      await go('#/admin/fees')
      await seen(page.getByRole('table', { name: t('billing', 'fees.title') }))
    },
  },
  {
    name: 'admin-fee',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/fees')
      await page
        .getByRole('table', { name: t('billing', 'fees.title') })
        .getByRole('rowheader')
        .first()
        .click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'admin-new-fee',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/fees')
      await button(page, t('billing', 'fees.add')).click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'admin-tax',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/fees')
      await button(page, t('billing', 'tax.add')).click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'admin-organisation-sign-in',
    open: async ({ page, go, t }) => {
      await go('#/admin/organisation-sign-in')
      await heading(page, t('federation', 'setup.title'))
      await seen(page.getByText(t('federation', 'people.empty')))
    },
  },
  {
    name: 'admin-organisation-sign-in-faults',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/organisation-sign-in')
      await button(page, t('federation', 'setup.save')).click()
      await seen(page.getByText(t('federation', 'setup.issuerBad')))
    },
  },
  {
    name: 'account-ways',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/account')
      const add = button(page, t('federation', 'own.addPasskey'))
      await seen(add)
      await add.scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'account-new-passkey',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/account')
      await button(page, t('federation', 'own.addPasskey')).click()
      await seen(page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'admin-letterhead',
    open: async ({ page, go, t }) => {
      await go('#/admin/letterhead')
      await seen(page.getByRole('textbox', { name: t('papers', 'head.name') }))
    },
  },
  {
    name: 'admin-reminders',
    open: async ({ page, go, t }) => {
      await go('#/admin/reminders')
      await heading(page, t('reminders', 'mail.title'))
    },
  },
  {
    name: 'admin-reminder-times',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/admin/reminders')
      const title = page.getByRole('heading', { name: t('reminders', 'timing.title'), exact: true })
      await seen(title)
      await title.scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'admin-reminder-words',
    open: async ({ page, go, t }) => {
      await go('#/admin/reminders')
      const box = page.getByRole('textbox', { name: t('reminders', 'words.body') })
      await seen(box)
      await box.scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'admin-reminder-log',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/reminders?show=all')
      await heading(page, t('reminders', 'log.title'))
    },
  },
]
