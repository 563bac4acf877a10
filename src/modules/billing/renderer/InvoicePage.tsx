// One invoice or credit note exactly as it was issued, what became of it, and what can be done with it.
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { errorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { Button } from '#ui/Button.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { PrintMenu } from '#modules/papers/renderer/api.ts'
import { billing } from '../shared/contract.ts'
import type { Invoice } from '../shared/shapes.ts'
import { billingTexts } from './i18n.ts'
import { InvoiceBody } from './InvoiceBody.tsx'
import { InvoiceState } from './InvoiceState.tsx'
import { PaperFrame } from './PaperFrame.tsx'
import { PaymentDialog } from './PaymentDialog.tsx'
import { CreditNoteDialog, UndoWriteOffDialog, WriteOffDialog } from './ReasonDialogs.tsx'
import { useMoney } from './use-money.ts'

export function InvoicePage() {
  const { patientId = '', invoiceId = '' } = useParams()
  const ids = { patientId: patientId as Invoice['patientId'], invoiceId }
  const { t } = useMoney()
  useTitle(t('invoice.title'))
  const read = useRead(billing, 'invoice', ids)
  return (
    <PaperFrame key={`${patientId} ${invoiceId}`} patientId={ids.patientId}>
      <QueryView query={read}>{(invoice) => <OneInvoice invoice={invoice} />}</QueryView>
    </PaperFrame>
  )
}

type Shown = 'pay' | 'credit' | 'off' | { readonly undo: string } | null

function OneInvoice({ invoice }: { invoice: Invoice }) {
  const { t, formats } = useMoney()
  const [shown, setShown] = useState<Shown>(null)
  const close = () => setShown(null)
  const { currency, dueMinor } = invoice
  return (
    <>
      <PageHeader
        title={
          <>
            {t(invoice.kind === 'invoice' ? 'invoice.title' : 'invoice.creditNote')}{' '}
            <bdi dir="ltr">{invoice.number}</bdi>
          </>
        }
        meta={
          <>
            <InvoiceState state={invoice.state} /> {formats.date(invoice.issuedOn)} ·{' '}
            <bdi>{invoice.issuedBy}</bdi>
          </>
        }
        actions={<InvoiceActions invoice={invoice} isBusy={shown !== null} onShow={setShown} />}
      />
      <Related invoice={invoice} />
      <InvoiceBody invoice={invoice} onUndo={(journalId) => setShown({ undo: journalId })} />
      {shown === 'pay' ? (
        <PaymentDialog
          patientId={invoice.patientId}
          currency={currency}
          dueMinor={dueMinor}
          invoice={{ id: invoice.id, number: invoice.number }}
          onClose={close}
        />
      ) : null}
      {shown === 'credit' ? <CreditNoteDialog invoice={invoice} onClose={close} /> : null}
      {shown === 'off' ? <WriteOffDialog invoice={invoice} onClose={close} /> : null}
      {shown !== null && typeof shown === 'object' ? (
        <UndoWriteOffDialog invoice={invoice} journalId={shown.undo} onClose={close} />
      ) : null}
    </>
  )
}

/** A credit note and what it takes back name each other. */
function Related({ invoice }: { invoice: Invoice }) {
  const { t } = useMoney()
  const other = invoice.reversedBy ?? invoice.reverses
  if (!other) return null
  return (
    <Notice tone="info">
      {t(invoice.reversedBy ? 'invoice.reversedBy' : 'invoice.reverses')}{' '}
      <Link to={`/billing/invoices/${invoice.patientId}/${other.id}`}>
        <bdi dir="ltr">{other.number}</bdi>
      </Link>
      {invoice.reason ? (
        <>
          {' · '}
          <bdi>{invoice.reason}</bdi>
        </>
      ) : null}
    </Notice>
  )
}

interface InvoiceActionsProps {
  readonly invoice: Invoice
  readonly isBusy: boolean
  readonly onShow: (shown: Shown) => void
}

function InvoiceActions({ invoice, isBusy, onShow }: InvoiceActionsProps) {
  const { t, formats } = useMoney()
  const may = useMay()
  const { patientId, dueMinor, currency } = invoice
  const account = useRead(billing, 'account', { patientId }, { enabled: dueMinor > 0 })
  const credit = Math.min(account.data?.creditMinor ?? 0, dueMinor)
  const use = useAct(billing, 'applyCredit', {
    onDone: () => showToast({ text: t('invoice.creditUsed') }),
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  const stands = invoice.kind === 'invoice' && invoice.state !== 'credited'
  const mayPay = may('payments.C') && dueMinor > 0
  useShortcuts([
    {
      keys: 'p',
      labelKey: billingTexts.key('pay.take'),
      run: () => onShow('pay'),
      disabled: !mayPay || isBusy,
    },
  ])
  return (
    <>
      <PrintMenu paper={{ kind: 'invoice', patientId, id: invoice.id }} />
      {may('invoices.X') && dueMinor > 0 ? (
        <Button onClick={() => onShow('off')}>{t('off.action')}</Button>
      ) : null}
      {may('invoices.X') && stands ? (
        <Button onClick={() => onShow('credit')}>{t('credit.action')}</Button>
      ) : null}
      {mayPay && credit > 0 ? (
        <Button
          loading={use.isPending}
          onClick={() => use.start({ patientId, invoiceId: invoice.id, amountMinor: credit })}
        >
          {t('invoice.useCredit', { amount: formats.money(credit, currency) })}
        </Button>
      ) : null}
      {mayPay ? (
        <Button intent="primary" kbd="p" onClick={() => onShow('pay')}>
          {t('pay.take')}
        </Button>
      ) : null}
    </>
  )
}
