// A new fee; and a fee with its prices, which get successors and are never overwritten.
import { useState } from 'react'
import { errorText, useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { Button } from '#ui/Button.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Table } from '#ui/Table.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { billing } from '../shared/contract.ts'
import { type Fee, feeCategories, type TaxRate } from '../shared/shapes.ts'
import { MoneyField } from './MoneyField.tsx'
import { amountText, readAmount } from './money-text.ts'
import { useMoney } from './use-money.ts'

interface NewFeeDialogProps {
  readonly taxRates: readonly TaxRate[]
  readonly currency: string
  readonly onClose: () => void
}

export function NewFeeDialog({ taxRates, currency, onClose }: NewFeeDialogProps) {
  const { t, formats } = useMoney()
  const words = useErrorText()
  const [code, setCode] = useState('')
  const [title, setTitle] = useState('')
  const [titleOther, setTitleOther] = useState('')
  const [category, setCategory] = useState<Fee['category']>('visit')
  const price = usePrice(taxRates, currency, '', formats.today)
  const add = useAct(billing, 'addFee', {
    onDone: (fee) => {
      showToast({ text: t('fees.added', { title: fee.title }) })
      onClose()
    },
  })
  const isCode = /^[A-Za-z0-9._-]{1,20}$/.test(code.trim())
  return (
    <Dialog
      title={t('fees.add')}
      isOpen
      onClose={onClose}
      canSubmit={isCode && title.trim() !== '' && price.isGood}
      isBusy={add.isPending}
      error={add.error ? words(add.error) : null}
      onSubmit={() =>
        add.start({
          code: code.trim(),
          title: title.trim(),
          titleOther: titleOther.trim() || null,
          category,
          ...price.value,
        })
      }
    >
      <div className="os-stack">
        <div className="os-form-row">
          <TextField
            label={t('fees.code')}
            value={code}
            onChange={setCode}
            dir="ltr"
            maxLength={20}
            hint={t('fees.codeHint')}
            error={code !== '' && !isCode ? t('fees.badCode') : null}
          />
          <Category value={category} onChange={setCategory} />
        </div>
        <TextField label={t('fees.name')} value={title} onChange={setTitle} maxLength={120} />
        <TextField
          label={t('fees.nameOther')}
          optional
          value={titleOther}
          onChange={setTitleOther}
          maxLength={120}
        />
        <PriceFields price={price} currency={currency} />
      </div>
    </Dialog>
  )
}

export function FeeDialog({ fee, taxRates, currency, onClose }: NewFeeDialogProps & { fee: Fee }) {
  const { t } = useMoney()
  const words = useErrorText()
  const [title, setTitle] = useState(fee.title)
  const [titleOther, setTitleOther] = useState(fee.titleOther ?? '')
  const [category, setCategory] = useState(fee.category)
  // The version the form was opened with: a price set from here is part of it.
  const [rev, setRev] = useState(fee.rev)
  const onError = (error: Parameters<typeof errorText>[0]) =>
    showToast({ text: errorText(error), tone: 'bad' })
  const change = useAct(billing, 'changeFee', { onDone: (next) => setRev(next.rev), onError })
  const texts = { title: title.trim(), titleOther: titleOther.trim() || null, category }
  const isRetired = fee.status === 'retired'
  const save = (status: Fee['status'], then: () => void) =>
    change.start({ feeId: fee.id, rev, ...texts, status }, then)
  const retire = () =>
    save(isRetired ? 'active' : 'retired', () => {
      showToast({ text: t(isRetired ? 'fees.activeAgain' : 'fees.retired', { title: fee.title }) })
      onClose()
    })
  return (
    <Dialog
      title={t('fees.edit', { code: fee.code })}
      isOpen
      onClose={onClose}
      canSubmit={texts.title !== ''}
      isBusy={change.isPending}
      error={change.error ? words(change.error) : null}
      onSubmit={() => save(fee.status, onClose)}
      width="wide"
    >
      <div className="os-stack">
        <div className="os-form-row">
          <TextField label={t('fees.name')} value={title} onChange={setTitle} maxLength={120} />
          <TextField
            label={t('fees.nameOther')}
            optional
            value={titleOther}
            onChange={setTitleOther}
            maxLength={120}
          />
          <Category value={category} onChange={setCategory} />
        </div>
        <Prices fee={fee} taxRates={taxRates} currency={currency} onSet={(next) => setRev(next.rev)} />
        <div>
          <Button onClick={retire}>{t(isRetired ? 'fees.useAgain' : 'fees.retire')}</Button>
        </div>
      </div>
    </Dialog>
  )
}

function Category({
  value,
  onChange,
}: {
  value: Fee['category']
  onChange: (value: Fee['category']) => void
}) {
  const { t } = useMoney()
  return (
    <SelectField
      label={t('fees.category')}
      value={value}
      onChange={onChange}
      choices={feeCategories.map((category) => ({ value: category, label: t(`category.${category}`) }))}
    />
  )
}

type PriceState = ReturnType<typeof usePrice>

function usePrice(taxRates: readonly TaxRate[], currency: string, amountNow: string, fromNow: string) {
  const { formats } = useMoney()
  const codes = [...new Map(taxRates.map((rate) => [rate.code, rate])).values()]
  const [amount, setAmount] = useState(amountNow)
  const [taxCode, setTaxCode] = useState(codes[0]?.code ?? '')
  const [from, setFrom] = useState<string | null>(fromNow)
  const amountMinor = readAmount(amount, currency, formats.locale)
  return {
    amount,
    setAmount,
    taxCode,
    setTaxCode,
    from,
    setFrom,
    codes,
    isBad: amount !== '' && (amountMinor === null || amountMinor < 0),
    isGood: amountMinor !== null && amountMinor >= 0 && taxCode !== '' && from !== null && from.length === 10,
    value: { amountMinor: amountMinor ?? 0, taxCode, validFrom: from ?? fromNow },
  }
}

function PriceFields({ price, currency }: { price: PriceState; currency: string }) {
  const { t } = useMoney()
  return (
    <div className="os-form-row">
      <MoneyField
        label={t('fees.price')}
        value={price.amount}
        onChange={price.setAmount}
        currency={currency}
        error={price.isBad ? t('pay.badAmount') : null}
      />
      <SelectField
        label={t('fees.tax')}
        value={price.taxCode}
        onChange={price.setTaxCode}
        choices={price.codes.map((rate) => ({ value: rate.code, label: rate.name }))}
      />
      <DateField label={t('fees.from')} value={price.from} onChange={price.setFrom} allowFuture />
    </div>
  )
}

interface PricesProps {
  readonly fee: Fee
  readonly taxRates: readonly TaxRate[]
  readonly currency: string
  readonly onSet: (fee: Fee) => void
}

function Prices({ fee, taxRates, currency, onSet }: PricesProps) {
  const { t, formats } = useMoney()
  const [isAdding, setAdding] = useState(false)
  const now = fee.now ? amountText(fee.now.amountMinor, currency, formats.locale) : ''
  const price = usePrice(taxRates, currency, now, formats.today)
  const set = useAct(billing, 'setPrice', {
    onDone: (next) => {
      setAdding(false)
      onSet(next)
      showToast({ text: t('fees.priceSet') })
    },
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  const taxName = (code: string) => taxRates.find((rate) => rate.code === code)?.name ?? code
  return (
    <div className="os-stack">
      <Table
        label={t('fees.prices')}
        rows={fee.prices}
        rowKey={(one) => one.id}
        columns={[
          {
            key: 'amount',
            head: t('fees.price'),
            rowHeader: true,
            cell: (one) => (
              <>
                {formats.money(one.amountMinor, one.currency)}{' '}
                {one.level === 'standard' ? null : <span className="os-dim">{one.level}</span>}
              </>
            ),
          },
          { key: 'tax', head: t('fees.tax'), cell: (one) => <bdi>{taxName(one.taxCode)}</bdi> },
          { key: 'from', head: t('fees.from'), cell: (one) => formats.date(one.validFrom) },
          {
            key: 'until',
            head: t('fees.until'),
            cell: (one) => (one.validUntil ? formats.date(one.validUntil) : ''),
          },
        ]}
      />
      {isAdding ? (
        <>
          <PriceFields price={price} currency={currency} />
          <div>
            <Button
              disabled={!price.isGood}
              loading={set.isPending}
              onClick={() => set.start({ feeId: fee.id, ...price.value })}
            >
              {t('fees.setPrice')}
            </Button>
          </div>
        </>
      ) : (
        <div>
          <Button small onClick={() => setAdding(true)}>
            {t('fees.newPrice')}
          </Button>
        </div>
      )}
    </div>
  )
}
