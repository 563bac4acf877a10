// One payment or refund: how it was paid, what it paid for, what was given back of it.
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useTitle } from '#renderer/app/title.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { PrintMenu } from '#modules/papers/renderer/api.ts'
import { billing } from '../shared/contract.ts'
import type { Payment } from '../shared/shapes.ts'
import { PaperFrame } from './PaperFrame.tsx'
import { RefundDialog } from './ReasonDialogs.tsx'
import { useMoney } from './use-money.ts'

export function PaymentPage() {
  const { patientId = '', paymentId = '' } = useParams()
  const ids = { patientId: patientId as Payment['patientId'], paymentId }
  const { t } = useMoney()
  useTitle(t('receipt.title'))
  const read = useRead(billing, 'payment', ids)
  return (
    <PaperFrame key={`${patientId} ${paymentId}`} patientId={ids.patientId} narrow>
      <QueryView query={read}>{(payment) => <OnePayment payment={payment} />}</QueryView>
    </PaperFrame>
  )
}

function OnePayment({ payment }: { payment: Payment }) {
  const { t, formats } = useMoney()
  const may = useMay()
  const [isRefunding, setRefunding] = useState(false)
  const { patientId } = payment
  const mayRefund =
    may('payments.X') && payment.kind === 'payment' && payment.refundedMinor < payment.totalMinor
  return (
    <>
      <PageHeader
        title={
          <>
            {t(payment.kind === 'payment' ? 'receipt.title' : 'receipt.refund')}{' '}
            <bdi dir="ltr">{payment.number}</bdi>
          </>
        }
        meta={
          <>
            {formats.instant(payment.at)} · <bdi>{payment.cashier}</bdi>
          </>
        }
        actions={
          <>
            <PrintMenu paper={{ kind: 'receipt', patientId, id: payment.id }} />
            {mayRefund ? <Button onClick={() => setRefunding(true)}>{t('refund.action')}</Button> : null}
          </>
        }
      />
      <PaymentFacts payment={payment} />
      {isRefunding ? <RefundDialog payment={payment} onClose={() => setRefunding(false)} /> : null}
    </>
  )
}

function PaymentFacts({ payment }: { payment: Payment }) {
  const { t, formats, method } = useMoney()
  const money = (minor: number) => <bdi dir="ltr">{formats.money(minor, payment.currency)}</bdi>
  const facts = [
    ['receipt.change', payment.changeMinor],
    ['receipt.unused', payment.unusedMinor],
    ['receipt.refunded', payment.refundedMinor],
  ] as const
  return (
    <Card>
      <dl className="bl-sum">
        {payment.tenders.map((tender) => (
          <div key={`${tender.method} ${tender.amountMinor} ${tender.reference ?? ''}`}>
            <dt>
              {method(tender.method)}{' '}
              {tender.reference ? <bdi className="os-dim">{tender.reference}</bdi> : null}
            </dt>
            <dd>{money(tender.amountMinor)}</dd>
          </div>
        ))}
        <div className="bl-sum-last">
          <dt>{t('list.total')}</dt>
          <dd>{money(payment.totalMinor)}</dd>
        </div>
        {payment.appliedTo.map((use) => (
          <div key={use.invoiceId}>
            <dt>
              {t('receipt.for')}{' '}
              <Link to={`/billing/invoices/${payment.patientId}/${use.invoiceId}`}>
                <bdi dir="ltr">{use.invoiceNumber}</bdi>
              </Link>
            </dt>
            <dd>{money(use.amountMinor)}</dd>
          </div>
        ))}
        {facts.map(([key, minor]) =>
          minor === 0 ? null : (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd>{money(minor)}</dd>
            </div>
          ),
        )}
        <div>
          <dt>{t('receipt.balance')}</dt>
          <dd>{money(payment.balanceMinor)}</dd>
        </div>
      </dl>
      {payment.refundOf ? (
        <p className="bl-none">
          {t('receipt.refundOf')}{' '}
          <Link to={`/billing/payments/${payment.patientId}/${payment.refundOf.id}`}>
            <bdi dir="ltr">{payment.refundOf.number}</bdi>
          </Link>
        </p>
      ) : null}
      {(payment.reason ?? payment.note) ? (
        <p className="bl-none">
          <bdi>{payment.reason ?? payment.note}</bdi>
        </p>
      ) : null}
    </Card>
  )
}
