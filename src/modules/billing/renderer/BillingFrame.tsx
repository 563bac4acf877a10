// The frame of the billing area: its pages as tabs.
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { useMay } from '#renderer/app/access.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useMoney } from './use-money.ts'
import './billing.css'

interface BillingFrameProps {
  readonly meta?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

const tabs = [
  ['/billing', 'nav.checkouts', 'payments.C'],
  ['/billing/invoices', 'nav.invoices', 'invoices.C'],
  ['/billing/day', 'nav.day', 'dayClose.R'],
  ['/billing/fees', 'fees.title', 'fees.U'],
] as const

export function BillingFrame({ meta, actions, children }: BillingFrameProps) {
  const { t } = useMoney()
  const may = useMay()
  return (
    <div className="os-page">
      <PageHeader title={t('title')} meta={meta} actions={actions} />
      <nav className="os-tabs" aria-label={t('title')}>
        {tabs
          .filter(([, , access]) => may(access))
          .map(([path, key]) => (
            <NavLink key={path} to={path} end={path === '/billing'} className="os-tab">
              {t(key)}
            </NavLink>
          ))}
      </nav>
      {children}
    </div>
  )
}
