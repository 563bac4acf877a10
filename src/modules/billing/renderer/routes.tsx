// What the billing module brings to the window: checkouts, invoices, accounts, the close of day, the fee schedule.
import { BankAccount } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { AccountPage } from './AccountPage.tsx'
import { BalanceCard } from './BalanceCard.tsx'
import { BillingFrame } from './BillingFrame.tsx'
import { ChargeAction } from './ChargeAction.tsx'
import { CheckoutsPage } from './CheckoutsPage.tsx'
import { DayPage } from './DayPage.tsx'
import { FeesPage } from './FeesPage.tsx'
import { billingTexts } from './i18n.ts'
import { InvoicePage } from './InvoicePage.tsx'
import { InvoicesPage } from './InvoicesPage.tsx'
import { PaymentPage } from './PaymentPage.tsx'

export const billingRenderer: RendererModule = {
  name: 'billing',
  routes: [
    { path: 'billing', element: <CheckoutsPage /> },
    { path: 'billing/invoices', element: <InvoicesPage /> },
    { path: 'billing/invoices/:patientId/:invoiceId', element: <InvoicePage /> },
    { path: 'billing/payments/:patientId/:paymentId', element: <PaymentPage /> },
    { path: 'billing/accounts/:patientId', element: <AccountPage /> },
    { path: 'billing/day', element: <DayPage /> },
    { path: 'billing/fees', element: <FeesPage frame={BillingFrame} /> },
    { path: 'admin/fees', element: <FeesPage frame={AdminFrame} /> },
  ],
  nav: [
    {
      path: '/billing',
      labelKey: billingTexts.key('title'),
      icon: <BankAccount />,
      access: 'dayClose.R',
      order: 40,
    },
  ],
  adminTabs: [
    {
      path: '/admin/fees',
      labelKey: billingTexts.key('fees.title'),
      access: 'fees.M',
      order: 60,
      group: 'visits',
    },
  ],
  patientCards: [{ order: 20, Card: BalanceCard }],
  chartActions: [{ order: 60, Action: ChargeAction }],
  actions: [
    {
      id: 'billing.close-day',
      labelKey: billingTexts.key('nav.day'),
      access: 'dayClose.C',
      path: '/billing/day',
    },
    {
      id: 'billing.invoices',
      labelKey: billingTexts.key('nav.invoices'),
      access: 'invoices.C',
      path: '/billing/invoices',
    },
  ],
}
