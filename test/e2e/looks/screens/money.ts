// Money: checking out, invoices and what is done to them, a patient's account, payments, the count at the end of the day.
import { button, dialog, heading, type Screen, seen, start, type Visit } from './ways.ts'

const checkouts = async ({ page, go, t }: Visit) => {
  await go('#/billing')
  await seen(page.getByRole('table', { name: t('billing', 'nav.checkouts') }))
}

const checkout = async (visit: Visit) => {
  await checkouts(visit)
  await visit.page.keyboard.press('p')
  await seen(visit.page.getByRole('dialog').getByText(visit.t('billing', 'checkout.toPay')))
}

export const checkoutScreens: readonly Screen[] = [
  { name: 'checkouts', open: checkouts },
  { name: 'checkout', onlyGallery: true, open: checkout },
  {
    name: 'checkout-split',
    open: async (visit) => {
      const { page, t } = visit
      await checkout(visit)
      await button(page, t('billing', 'pay.split')).click()
      await seen(page.getByRole('button', { name: t('billing', 'pay.removeLine') }))
    },
  },
  {
    name: 'checkout-change',
    onlyGallery: true,
    open: async (visit) => {
      const { page, t } = visit
      await checkout(visit)
      await page
        .getByRole('dialog')
        .getByRole('textbox', { name: t('billing', 'pay.amount') })
        .fill('500')
      const change = start(t('billing', 'outlook.change'))
      await seen(page.getByRole('dialog').getByText(change))
    },
  },
  {
    name: 'day-open',
    open: async ({ page, go, t }) => {
      await go('#/billing/day')
      await heading(page, t('billing', 'totals.title'))
    },
  },
  {
    name: 'day-closed',
    open: async ({ page, go, t }) => {
      await go('#/billing/day')
      await heading(page, t('billing', 'totals.title'))
      for (let n = 0; n < 5; n++) {
        await button(page, t('billing', 'day.before')).click()
        const closed = page.getByRole('heading', { name: t('billing', 'closed.title') })
        const isClosed = await closed.waitFor({ timeout: 1500 }).then(
          () => true,
          () => false,
        )
        if (isClosed) return
      }
      throw new Error('no closed day near')
    },
  },
]

const invoice = async (visit: Visit) => {
  await visit.go(`#/billing/invoices/${visit.sights.invoice.patientId}/${visit.sights.invoice.id}`)
  await seen(visit.page.getByRole('table'))
}

export const invoiceScreens: readonly Screen[] = [
  {
    name: 'invoices',
    open: async ({ page, go, t }) => {
      await go('#/billing/invoices')
      await seen(page.getByRole('listbox', { name: t('billing', 'nav.invoices') }).getByRole('option'))
    },
  },
  {
    name: 'invoices-none-found',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/billing/invoices')
      await page.getByRole('textbox', { name: t('billing', 'invoices.find') }).fill('qqq')
      await seen(page.getByText(t('billing', 'invoices.noneTitle')))
    },
  },
  { name: 'invoice', open: invoice },
  {
    name: 'invoice-payment',
    open: async (visit) => {
      await invoice(visit)
      await button(visit.page, visit.t('billing', 'pay.take')).click()
      await seen(visit.page.getByRole('dialog').getByRole('textbox'))
    },
  },
  {
    name: 'invoice-credit-note',
    onlyGallery: true,
    open: async (visit) => {
      await invoice(visit)
      await button(visit.page, visit.t('billing', 'credit.action')).click()
      await seen(dialog(visit.page, visit.t('billing', 'credit.title')))
    },
  },
  {
    name: 'invoice-write-off',
    onlyGallery: true,
    open: async (visit) => {
      await invoice(visit)
      await button(visit.page, visit.t('billing', 'off.action')).click()
      await seen(dialog(visit.page, visit.t('billing', 'off.title')))
    },
  },
  {
    name: 'account-of-patient',
    open: async ({ page, go, t, sights }) => {
      await go(`#/billing/accounts/${sights.invoice.patientId}`)
      await heading(page, t('billing', 'statement.title'))
    },
  },
  {
    name: 'payment',
    onlyGallery: true,
    open: async ({ page, go, t, sights }) => {
      await go(`#/billing/payments/${sights.payment.patientId}/${sights.payment.id}`)
      await heading(page, t('billing', 'receipt.title'))
    },
  },
  {
    name: 'refund',
    onlyGallery: true,
    open: async ({ page, go, t, sights }) => {
      await go(`#/billing/payments/${sights.payment.patientId}/${sights.payment.id}`)
      await button(page, t('billing', 'refund.action')).click()
      await seen(dialog(page, t('billing', 'refund.title')))
    },
  },
  {
    name: 'fees',
    onlyGallery: true,
    open: async ({ page, go, t }) => {
      await go('#/billing/fees')
      await seen(page.getByRole('table', { name: t('billing', 'fees.title') }))
    },
  },
]
