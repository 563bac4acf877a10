// Acts that correct money: each needs its reason, none is undone by a key.
import { type ReactNode, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import type { ApiError } from '#renderer/api/client.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { billing } from '../shared/contract.ts'
import type { Invoice, Payment } from '../shared/shapes.ts'
import { MoneyField } from './MoneyField.tsx'
import { amountText, readAmount, readTenders, type TypedTender } from './money-text.ts'
import { TenderRows } from './TenderRows.tsx'
import { useHandOver } from './use-hand-over.ts'
import { useMoney } from './use-money.ts'

export interface ReasonDialogProps {
  readonly title: string
  readonly submitLabel: string
  readonly isBusy: boolean
  readonly error: ApiError | null
  readonly canSubmit?: boolean
  readonly onClose: () => void
  readonly onSubmit: (reason: string) => void
  readonly text: string
  readonly children?: ReactNode
}

/** A question with a reason; the other dialogs put their own fields above it. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useMoney()
  const words = useErrorText()
  const [reason, setReason] = useState('')
  const [isTooShort, setTooShort] = useState(false)
  const submit = () => {
    if (reason.trim().length < 5) setTooShort(true)
    else props.onSubmit(reason.trim())
  }
  return (
    <Dialog
      title={props.title}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      submitLabel={props.submitLabel}
      submitIntent="danger"
      isBusy={props.isBusy}
      canSubmit={props.canSubmit ?? true}
      error={props.error ? words(props.error) : null}
    >
      <div className="os-stack">
        <p>{props.text}</p>
        {props.children}
        <TextAreaField
          label={t('reason.label')}
          value={reason}
          onChange={(text) => {
            setReason(text)
            setTooShort(false)
          }}
          rows={2}
          maxLength={500}
          error={isTooShort ? t('reason.needed') : null}
        />
      </div>
    </Dialog>
  )
}

export function CreditNoteDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { t, formats } = useMoney()
  const { patientId } = invoice
  const handOver = useHandOver()
  const [reopenCharges, setReopenCharges] = useState(true)
  const credit = useAct(billing, 'creditNote', {
    onDone: (note) => {
      handOver(t('credit.done', { number: note.number }), { kind: 'invoice', patientId, id: note.id })
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t('credit.title', { number: invoice.number })}
      text={t('credit.text', { amount: formats.money(invoice.totalMinor, invoice.currency) })}
      submitLabel={t('credit.submit')}
      isBusy={credit.isPending}
      error={credit.error}
      onClose={onClose}
      onSubmit={(reason) => credit.start({ patientId, invoiceId: invoice.id, reason, reopenCharges })}
    >
      <Checkbox checked={reopenCharges} onChange={setReopenCharges} hint={t('credit.reopenHint')}>
        {t('credit.reopen')}
      </Checkbox>
    </ReasonDialog>
  )
}

export function WriteOffDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { t, formats } = useMoney()
  const { patientId, currency, dueMinor } = invoice
  const [amount, setAmount] = useState(amountText(dueMinor, currency, formats.locale))
  const amountMinor = readAmount(amount, currency, formats.locale)
  const isGood = amountMinor !== null && amountMinor > 0 && amountMinor <= dueMinor
  const off = useAct(billing, 'writeOff', {
    onDone: () => {
      showToast({ text: t('off.done') })
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t('off.title', { number: invoice.number })}
      text={t('off.text', { amount: formats.money(dueMinor, currency) })}
      submitLabel={t('off.submit')}
      isBusy={off.isPending}
      error={off.error}
      canSubmit={isGood}
      onClose={onClose}
      onSubmit={(reason) =>
        off.start({ patientId, invoiceId: invoice.id, amountMinor: amountMinor ?? 0, reason })
      }
    >
      <MoneyField
        label={t('pay.amount')}
        value={amount}
        onChange={setAmount}
        currency={currency}
        error={isGood ? null : t('off.badAmount')}
      />
    </ReasonDialog>
  )
}

export function UndoWriteOffDialog(props: {
  readonly invoice: Invoice
  readonly journalId: string
  readonly onClose: () => void
}) {
  const { t } = useMoney()
  const { invoice, journalId, onClose } = props
  const undo = useAct(billing, 'undoWriteOff', {
    onDone: () => {
      showToast({ text: t('off.undone') })
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t('off.undoTitle')}
      text={t('off.undoText')}
      submitLabel={t('off.undo')}
      isBusy={undo.isPending}
      error={undo.error}
      onClose={onClose}
      onSubmit={(reason) => undo.start({ patientId: invoice.patientId, journalId, reason })}
    />
  )
}

export function RefundDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const { t, formats } = useMoney()
  const { patientId, currency } = payment
  const handOver = useHandOver()
  const mostMinor = payment.totalMinor - payment.refundedMinor
  const [rows, setRows] = useState<readonly TypedTender[]>([
    {
      key: 0,
      method: payment.tenders[0]?.method ?? 'cash',
      amount: amountText(mostMinor, currency, formats.locale),
      reference: '',
    },
  ])
  const tenders = readTenders(rows, currency, formats.locale)
  const total = (tenders ?? []).reduce((sum, x) => sum + x.amountMinor, 0)
  const back = useAct(billing, 'refund', {
    onDone: (done) => {
      handOver(t('refund.done', { number: done.number }), { kind: 'receipt', patientId, id: done.id })
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t('refund.title', { number: payment.number })}
      text={t('refund.text', { amount: formats.money(mostMinor, currency) })}
      submitLabel={t('refund.submit')}
      isBusy={back.isPending}
      error={back.error}
      canSubmit={tenders !== null && total > 0 && total <= mostMinor}
      onClose={onClose}
      onSubmit={(reason) => back.start({ patientId, paymentId: payment.id, tenders: tenders ?? [], reason })}
    >
      <TenderRows
        currency={currency}
        tenders={rows}
        onChange={setRows}
        payableMinor={mostMinor}
        amountLabel={t('refund.amount')}
      />
    </ReasonDialog>
  )
}
