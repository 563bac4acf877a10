// Checkout in one place: what was done, what is due, how it is paid. Enter posts all of it at once.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { EmptyState } from '#ui/States.tsx'
import { billing } from '../shared/contract.ts'
import type { Account } from '../shared/shapes.ts'
import { AddCharge } from './AddCharge.tsx'
import { ChargeList } from './ChargeList.tsx'
import { ChangeDialog } from './ChangeDialog.tsx'
import { amountText, outlookOf, readTenders, type TypedTender } from './money-text.ts'
import { OutlookLine } from './OutlookLine.tsx'
import { TenderRows } from './TenderRows.tsx'
import { useHandOver } from './use-hand-over.ts'
import { useMoney } from './use-money.ts'
import './billing.css'

export interface CheckoutDialogProps {
  readonly patientId: Account['patientId']
  readonly isOpen: boolean
  readonly onClose: () => void
  /** After the money is in: what the patient still owes. */
  readonly onDone?: (balanceMinor: number) => void
}

/** What was posted, while the change is being counted out. */
interface Posted {
  readonly changeMinor: number
  readonly currency: string
}

export function CheckoutDialog({ patientId, isOpen, onClose, onDone }: CheckoutDialogProps) {
  const [posted, setPosted] = useState<Posted | null>(null)
  if (posted) {
    const given = () => {
      setPosted(null)
      onClose()
    }
    return <ChangeDialog changeMinor={posted.changeMinor} currency={posted.currency} onClose={given} />
  }
  if (!isOpen) return null
  return (
    <CheckoutForm
      key={patientId}
      patientId={patientId}
      onClose={onClose}
      onPosted={(changeMinor, currency, balanceMinor) => {
        onDone?.(balanceMinor)
        if (changeMinor > 0) setPosted({ changeMinor, currency })
        else onClose()
      }}
    />
  )
}

interface FormProps {
  readonly patientId: Account['patientId']
  readonly onClose: () => void
  readonly onPosted: (changeMinor: number, currency: string, balanceMinor: number) => void
}

function CheckoutForm({ patientId, onClose, onPosted }: FormProps) {
  const { t, formats } = useMoney()
  const words = useErrorText()
  const handOver = useHandOver()
  const account = useRead(billing, 'account', { patientId }, { staleMs: 0 })
  const form = useCheckout(account.data)
  const post = useAct(billing, 'checkout', {
    onDone: (done) => {
      const numbers = [done.invoice?.number, done.payment?.number].filter((n) => n !== undefined)
      const { payment, invoice } = done
      const paper = payment ? ({ kind: 'receipt', id: payment.id } as const) : null
      const printed = paper ?? (invoice ? ({ kind: 'invoice', id: invoice.id } as const) : null)
      if (printed) handOver(t('checkout.done', { numbers: formats.list(numbers) }), { ...printed, patientId })
      onPosted(done.changeMinor, account.data?.currency ?? '', done.balanceMinor)
    },
  })
  const { data } = account
  const canSubmit = data !== undefined && form.isReady
  const submit = () =>
    post.start({
      patientId,
      chargeIds: form.charges.map((charge) => charge.id),
      expectedPayableMinor: form.payableMinor,
      tenders: form.tenders ?? [],
      excess: form.keepsRest ? 'credit' : 'change',
    })
  const takes = (form.tenders ?? []).reduce((sum, x) => sum + x.amountMinor, 0)
  const kept = form.outlook.kind === 'change' && !form.keepsRest ? takes - form.outlook.minor : takes
  return (
    <Dialog
      title={data ? t('checkout.titleOf', { name: data.patientName }) : t('checkout.title')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={
        takes > 0
          ? t('checkout.take', { amount: formats.money(kept, data?.currency) })
          : t('checkout.invoiceOnly')
      }
      isBusy={post.isPending}
      canSubmit={canSubmit}
      error={post.error ? words(post.error) : null}
    >
      <QueryView query={account} small>
        {(value) => <CheckoutBody account={value} form={form} />}
      </QueryView>
    </Dialog>
  )
}

type CheckoutState = ReturnType<typeof useCheckout>

/** The state of the form; the first amount follows what is due until somebody types over it. */
function useCheckout(account: Account | undefined) {
  const { formats } = useMoney()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [typed, setTyped] = useState<readonly TypedTender[] | null>(null)
  const [keepsRest, setKeepsRest] = useState(false)
  const [picked, setPicked] = useState<TypedTender['method'] | null>(null)
  const method = picked ?? account?.lastMethod ?? 'cash'
  const currency = account?.currency ?? 'EUR'
  const charges = (account?.charges ?? []).filter((charge) => !left.has(charge.id))
  const chargesMinor = charges.reduce((sum, charge) => sum + charge.totalMinor, 0)
  const payableMinor = Math.max(0, chargesMinor + (account?.dueMinor ?? 0) - (account?.creditMinor ?? 0))
  const first = payableMinor > 0 ? amountText(payableMinor, currency, formats.locale) : ''
  const rows = typed ?? [{ key: 0, method, amount: first, reference: '' }]
  const tenders = readTenders(rows, currency, formats.locale)
  const outlook = outlookOf(tenders ?? [], payableMinor)
  const setRows = (next: readonly TypedTender[]) => {
    const [only] = next
    // Another way to pay, the same amount: the amount goes on following what is due.
    if (next.length === 1 && only && only.amount === first && only.reference === '') {
      setPicked(only.method)
      setTyped(null)
    } else setTyped(next)
  }
  const paysSomething = (tenders ?? []).length > 0
  return {
    charges,
    left,
    choose: (id: string, isChosen: boolean) =>
      setLeft((now) => {
        const next = new Set(now)
        if (isChosen) next.delete(id)
        else next.add(id)
        return next
      }),
    payableMinor,
    rows,
    setRows,
    tenders,
    outlook,
    keepsRest,
    setKeepsRest,
    isReady:
      tenders !== null && (charges.length > 0 || paysSomething) && (outlook.kind !== 'beyond' || keepsRest),
  }
}

function CheckoutBody({ account, form }: { account: Account; form: CheckoutState }) {
  const { t, formats } = useMoney()
  const { currency } = account
  const chosen = new Set(form.charges.map((charge) => charge.id))
  const isEmpty = account.charges.length === 0 && account.dueMinor === 0
  return (
    <div className="os-stack">
      {isEmpty ? <EmptyState small title={t('checkout.emptyTitle')} text={t('checkout.emptyText')} /> : null}
      {account.charges.length > 0 ? (
        <ChargeList
          patientId={account.patientId}
          currency={currency}
          charges={account.charges}
          chosen={chosen}
          onChoose={form.choose}
        />
      ) : null}
      <dl className="bl-sum">
        {account.dueMinor > 0 ? (
          <div>
            <dt>{t('checkout.before', { count: account.invoices.length })}</dt>
            <dd>{formats.money(account.dueMinor, currency)}</dd>
          </div>
        ) : null}
        {account.creditMinor > 0 ? (
          <div>
            <dt>{t('checkout.credit')}</dt>
            <dd>{formats.money(-account.creditMinor, currency)}</dd>
          </div>
        ) : null}
        <div className="bl-sum-last">
          <dt>{t('checkout.toPay')}</dt>
          <dd>{formats.money(form.payableMinor, currency)}</dd>
        </div>
      </dl>
      <TenderRows
        currency={currency}
        tenders={form.rows}
        onChange={form.setRows}
        payableMinor={form.payableMinor}
        startsHere
      />
      <OutlookLine outlook={form.outlook} currency={currency} keepsRest={form.keepsRest} />
      {form.outlook.kind === 'beyond' || form.keepsRest ? (
        <Checkbox checked={form.keepsRest} onChange={form.setKeepsRest}>
          {t('pay.keepRest')}
        </Checkbox>
      ) : null}
      <AddCharge patientId={account.patientId} />
    </div>
  )
}
