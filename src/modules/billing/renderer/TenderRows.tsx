// How somebody pays: one line, or several when it is split. The first amount is filled in with what is due.
import { Cross, Plus } from '@blueprintjs/icons'
import { Button, IconButton } from '#ui/Button.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { type TenderMethod, tenderMethods } from '../shared/accounts.ts'
import { MoneyField } from './MoneyField.tsx'
import { amountText, readAmount, readTenders, type TypedTender } from './money-text.ts'
import { useMoney } from './use-money.ts'

export interface TenderRowsProps {
  readonly currency: string
  readonly tenders: readonly TypedTender[]
  readonly onChange: (tenders: readonly TypedTender[]) => void
  /** What is to be paid: a new line is filled in with what is left of it. */
  readonly payableMinor: number
  readonly amountLabel?: string
  /** The first amount takes the focus, marked so that typing replaces it. */
  readonly startsHere?: boolean
}

const mostLines = 6

const markAll = (input: HTMLInputElement | null) => input?.select()

export function TenderRows(props: TenderRowsProps) {
  const { currency, tenders, onChange, payableMinor } = props
  const { t, formats, method } = useMoney()
  const set = (key: number, change: Partial<TypedTender>) =>
    onChange(tenders.map((tender) => (tender.key === key ? { ...tender, ...change } : tender)))
  const split = () => {
    const given = (readTenders(tenders, currency, formats.locale) ?? []).reduce(
      (sum, x) => sum + x.amountMinor,
      0,
    )
    const rest = Math.max(0, payableMinor - given)
    onChange([
      ...tenders,
      {
        key: Math.max(...tenders.map((x) => x.key)) + 1,
        method: otherThan(tenders.at(-1)?.method),
        amount: rest > 0 ? amountText(rest, currency, formats.locale) : '',
        reference: '',
      },
    ])
  }
  return (
    <div className="bl-tenders">
      {tenders.map((tender, n) => {
        const read = tender.amount.trim() === '' ? 0 : readAmount(tender.amount, currency, formats.locale)
        const isBad = read === null || read < 0
        return (
          <div key={tender.key} className="bl-tender">
            <MoneyField
              label={n === 0 ? (props.amountLabel ?? t('pay.amount')) : t('pay.amountN', { n: n + 1 })}
              value={tender.amount}
              onChange={(amount) => set(tender.key, { amount })}
              currency={currency}
              error={isBad ? t('pay.badAmount') : null}
              autoFocus={n > 0 || props.startsHere === true}
              {...(n === 0 && props.startsHere ? { inputRef: markAll } : {})}
            />
            <SelectField<TenderMethod>
              label={t('pay.method')}
              value={tender.method}
              onChange={(value) => set(tender.key, { method: value })}
              choices={tenderMethods.map((value) => ({ value, label: method(value) }))}
            />
            {tender.method === 'cash' ? null : (
              <TextField
                className="bl-reference"
                label={t('pay.reference')}
                optional
                value={tender.reference}
                onChange={(reference) => set(tender.key, { reference })}
                maxLength={100}
              />
            )}
            {n > 0 ? (
              <IconButton
                icon={<Cross />}
                label={t('pay.removeLine')}
                onClick={() => onChange(tenders.filter((x) => x.key !== tender.key))}
              />
            ) : null}
          </div>
        )
      })}
      {tenders.length < mostLines ? (
        <Button small variant="minimal" icon={<Plus size={12} />} onClick={split}>
          {t('pay.split')}
        </Button>
      ) : null}
    </div>
  )
}

const otherThan = (method: TenderMethod | undefined): TenderMethod => (method === 'cash' ? 'card' : 'cash')
