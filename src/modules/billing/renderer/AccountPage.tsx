// A patient's account: what is open, what is due, and all that happened, with the balance after each act.
import { Plus } from '@blueprintjs/icons'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Table } from '#ui/Table.tsx'
import { billing } from '../shared/contract.ts'
import type { Account } from '../shared/shapes.ts'
import { AddCharge } from './AddCharge.tsx'
import { ChargeList } from './ChargeList.tsx'
import { CheckoutDialog } from './CheckoutDialog.tsx'
import { billingTexts } from './i18n.ts'
import { InvoiceState } from './InvoiceState.tsx'
import { PatientHead } from './PatientHead.tsx'
import { PaymentDialog } from './PaymentDialog.tsx'
import { Statement } from './Statement.tsx'
import { useMoney } from './use-money.ts'

export function AccountPage() {
  const { patientId = '' } = useParams()
  return <AccountOf key={patientId} patientId={patientId as Account['patientId']} />
}

function AccountOf({ patientId }: { patientId: Account['patientId'] }) {
  const { t } = useMoney()
  useTitle(t('account.title'))
  const may = useMay()
  const account = useRead(billing, 'account', { patientId })
  const [shown, setShown] = useState<'checkout' | 'deposit' | null>(null)
  const mayTake = may('payments.C')
  const close = () => setShown(null)
  useShortcuts([
    {
      keys: 'p',
      labelKey: billingTexts.key('checkout.title'),
      run: () => setShown('checkout'),
      disabled: !mayTake || shown !== null,
    },
  ])
  return (
    <>
      <PatientHead
        patientId={patientId}
        actions={
          mayTake ? (
            <>
              <Button onClick={() => setShown('deposit')}>{t('account.deposit')}</Button>
              <Button intent="primary" kbd="p" onClick={() => setShown('checkout')}>
                {t('checkout.title')}
              </Button>
            </>
          ) : null
        }
      />
      <div className="os-page">
        <PageHeader title={t('account.title')} />
        <QueryView query={account}>{(value) => <AccountBody account={value} />}</QueryView>
      </div>
      <CheckoutDialog patientId={patientId} isOpen={shown === 'checkout'} onClose={close} />
      {shown === 'deposit' && account.data ? (
        <PaymentDialog
          patientId={patientId}
          currency={account.data.currency}
          dueMinor={account.data.dueMinor}
          lastMethod={account.data.lastMethod}
          onClose={close}
        />
      ) : null}
    </>
  )
}

function AccountBody({ account }: { account: Account }) {
  const { t, formats } = useMoney()
  const may = useMay()
  const { currency, patientId } = account
  const figures = [
    ['account.openCharges', account.draft.totalMinor],
    ['account.due', account.dueMinor],
    ['account.credit', account.creditMinor],
  ] as const
  return (
    <>
      <dl className="bl-figures">
        {figures.map(([key, minor]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>{formats.money(minor, currency)}</dd>
          </div>
        ))}
      </dl>
      <div className="bl-columns">
        <Card title={t('account.openCharges')}>
          {account.charges.length === 0 ? <p className="os-dim">{t('account.noCharges')}</p> : null}
          <ChargeList patientId={patientId} currency={currency} charges={account.charges} />
          {may('charges.C') ? <NewCharge patientId={patientId} /> : null}
        </Card>
        <Card title={t('account.openInvoices')} padded={false}>
          <Table
            label={t('account.openInvoices')}
            rows={account.invoices}
            rowKey={(invoice) => invoice.id}
            empty={<p className="os-dim bl-none">{t('account.noInvoices')}</p>}
            columns={[
              {
                key: 'number',
                head: t('list.number'),
                rowHeader: true,
                cell: (invoice) => (
                  <Link to={`/billing/invoices/${patientId}/${invoice.id}`}>
                    <bdi dir="ltr">{invoice.number}</bdi>
                  </Link>
                ),
              },
              {
                key: 'date',
                head: t('list.date'),
                optional: true,
                cell: (invoice) => formats.date(invoice.issuedOn),
              },
              {
                key: 'state',
                head: t('list.state'),
                cell: (invoice) => <InvoiceState state={invoice.state} />,
              },
              {
                key: 'due',
                head: t('list.due'),
                align: 'end',
                cell: (invoice) => formats.money(invoice.dueMinor, currency),
              },
            ]}
          />
        </Card>
      </div>
      <Statement patientId={patientId} />
    </>
  )
}

function NewCharge({ patientId }: { patientId: Account['patientId'] }) {
  const { t } = useMoney()
  const [isAdding, setAdding] = useState(false)
  if (isAdding) return <AddCharge patientId={patientId} autoFocus />
  return (
    <Button small icon={<Plus size={12} />} onClick={() => setAdding(true)}>
      {t('charge.add')}
    </Button>
  )
}
