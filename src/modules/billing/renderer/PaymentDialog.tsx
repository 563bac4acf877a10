// Money for invoices that are there, or in advance: who pays how much by what, for which invoice, on which day.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import type { DateProblem } from '#shared/date-input.ts'
import { billing } from '../shared/contract.ts'
import type { Account, Payment } from '../shared/shapes.ts'
import { ChangeDialog } from './ChangeDialog.tsx'
import { amountText, outlookOf, readTenders, type TypedTender } from './money-text.ts'
import { OutlookLine } from './OutlookLine.tsx'
import { TenderRows } from './TenderRows.tsx'
import { useHandOver } from './use-hand-over.ts'
import { useMoney } from './use-money.ts'

export interface PaymentDialogProps {
  readonly patientId: Account['patientId']
  readonly currency: string
  /** All that is due, or what is due on `invoice`. */
  readonly dueMinor: number
  readonly invoice?: { readonly id: string; readonly number: string }
  readonly lastMethod?: TypedTender['method'] | null
  readonly onClose: () => void
}

export function PaymentDialog(props: PaymentDialogProps) {
  const { patientId, currency, dueMinor, invoice, onClose } = props
  const { t, formats } = useMoney()
  const words = useErrorText()
  const handOver = useHandOver()
  const [rows, setRows] = useState<readonly TypedTender[]>([
    {
      key: 0,
      method: props.lastMethod ?? 'cash',
      amount: dueMinor > 0 ? amountText(dueMinor, currency, formats.locale) : '',
      reference: '',
    },
  ])
  const [keepsRest, setKeepsRest] = useState(dueMinor === 0)
  const [date, setDate] = useState<string | null>(formats.today)
  const [problem, setProblem] = useState<DateProblem | null>(null)
  const [change, setChange] = useState<Payment | null>(null)
  const take = useAct(billing, 'takePayment', {
    onDone: (payment) => {
      handOver(t('pay.done', { number: payment.number }), { kind: 'receipt', patientId, id: payment.id })
      if (payment.changeMinor > 0) setChange(payment)
      else onClose()
    },
  })
  if (change) return <ChangeDialog changeMinor={change.changeMinor} currency={currency} onClose={onClose} />
  const tenders = readTenders(rows, currency, formats.locale)
  const outlook = outlookOf(tenders ?? [], dueMinor)
  const given = (tenders ?? []).reduce((sum, x) => sum + x.amountMinor, 0)
  const submit = () =>
    take.start({
      patientId,
      tenders: tenders ?? [],
      allocations: invoice ? [{ invoiceId: invoice.id, amountMinor: Math.min(given, dueMinor) }] : null,
      excess: keepsRest ? 'credit' : 'change',
      businessDate: date === formats.today ? null : date,
    })
  return (
    <Dialog
      title={invoice ? t('pay.titleOf', { number: invoice.number }) : t('pay.title')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('pay.take')}
      isBusy={take.isPending}
      canSubmit={
        given > 0 && tenders !== null && problem === null && (outlook.kind !== 'beyond' || keepsRest)
      }
      error={take.error ? words(take.error) : null}
    >
      <div className="os-stack">
        <dl className="bl-sum">
          <div className="bl-sum-last">
            <dt>{t('pay.due')}</dt>
            <dd>{formats.money(dueMinor, currency)}</dd>
          </div>
        </dl>
        <TenderRows
          currency={currency}
          tenders={rows}
          onChange={setRows}
          payableMinor={dueMinor}
          startsHere
        />
        <OutlookLine outlook={outlook} currency={currency} keepsRest={keepsRest} />
        <Checkbox checked={keepsRest} onChange={setKeepsRest} hint={t('pay.keepRestHint')}>
          {t('pay.keepRest')}
        </Checkbox>
        <DateField
          label={t('pay.date')}
          value={date}
          onChange={(next, why) => {
            setDate(next)
            setProblem(next === null ? (why ?? 'empty') : why)
          }}
        />
      </div>
    </Dialog>
  )
}
