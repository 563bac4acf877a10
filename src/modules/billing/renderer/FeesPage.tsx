// The fee schedule: what services cost now, what they will cost, and the taxes on them.
import { Plus } from '@blueprintjs/icons'
import { useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import type { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { EmptyState } from '#ui/States.tsx'
import { Table } from '#ui/Table.tsx'
import { TextField } from '#ui/TextField.tsx'
import { billing } from '../shared/contract.ts'
import type { Fee, TaxRate } from '../shared/shapes.ts'
import type { BillingFrame } from './BillingFrame.tsx'
import { FeeDialog, NewFeeDialog } from './FeeDialogs.tsx'
import { billingTexts } from './i18n.ts'
import { TaxDialog } from './TaxDialog.tsx'
import { useMoney } from './use-money.ts'
import './billing.css'

type Shown = 'new' | 'tax' | { readonly feeId: string } | null

/** Under Admin for an administrator, beside the invoices for billing. */
export function FeesPage({ frame: Frame }: { frame: typeof AdminFrame | typeof BillingFrame }) {
  const { t } = useMoney()
  useTitle(t('fees.title'))
  const [withRetired, setWithRetired] = useState(false)
  const [shown, setShown] = useState<Shown>(null)
  const read = useRead(billing, 'fees', { withRetired }, { keepPrevious: true })
  const needsTax = read.data?.taxRates.length === 0
  const first = () => setShown(needsTax ? 'tax' : 'new')
  useShortcuts([{ keys: 'n', labelKey: billingTexts.key('fees.add'), run: first, disabled: shown !== null }])
  const button = (
    <Button intent="primary" icon={<Plus />} kbd="n" onClick={first}>
      {t(needsTax ? 'tax.add' : 'fees.add')}
    </Button>
  )
  const opened =
    shown !== null && typeof shown === 'object'
      ? read.data?.fees.find((fee) => fee.id === shown.feeId)
      : undefined
  return (
    <Frame actions={read.data && read.data.fees.length > 0 ? button : null}>
      <QueryView query={read}>
        {({ fees, taxRates, currency }) => (
          <>
            {fees.length === 0 && !withRetired ? (
              <EmptyState
                title={t('fees.emptyTitle')}
                text={t(needsTax ? 'fees.emptyTax' : 'fees.emptyText')}
                action={button}
              />
            ) : (
              <FeeTable
                fees={fees}
                currency={currency}
                withRetired={withRetired}
                onRetired={setWithRetired}
                onOpen={(fee) => setShown({ feeId: fee.id })}
              />
            )}
            <TaxCard rates={taxRates} onAdd={() => setShown('tax')} />
            {shown === 'new' ? (
              <NewFeeDialog taxRates={taxRates} currency={currency} onClose={() => setShown(null)} />
            ) : null}
            {shown === 'tax' ? <TaxDialog rates={taxRates} onClose={() => setShown(null)} /> : null}
            {opened ? (
              <FeeDialog
                key={opened.id}
                fee={opened}
                taxRates={taxRates}
                currency={currency}
                onClose={() => setShown(null)}
              />
            ) : null}
          </>
        )}
      </QueryView>
    </Frame>
  )
}

interface FeeTableProps {
  readonly fees: readonly Fee[]
  readonly currency: string
  readonly withRetired: boolean
  readonly onRetired: (withRetired: boolean) => void
  readonly onOpen: (fee: Fee) => void
}

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()

function FeeTable({ fees, currency, withRetired, onRetired, onOpen }: FeeTableProps) {
  const { t, formats } = useMoney()
  const [text, setText] = useState('')
  const words = plain(text).split(/\s+/).filter(Boolean)
  const found = fees.filter((fee) => {
    const own = plain(`${fee.title} ${fee.titleOther ?? ''} ${fee.code}`)
    return words.every((word) => own.includes(word))
  })
  return (
    <>
      <div className="bl-filters">
        <TextField
          label={t('fees.find')}
          value={text}
          onChange={setText}
          inputMode="search"
          maxLength={100}
          autoFocus
        />
        <Checkbox checked={withRetired} onChange={onRetired}>
          {t('fees.withRetired')}
        </Checkbox>
      </div>
      <Card padded={false} label={t('fees.title')}>
        <Table
          label={t('fees.title')}
          rows={found}
          rowKey={(fee) => fee.id}
          onOpen={onOpen}
          isDim={(fee) => fee.status === 'retired'}
          empty={<p className="os-dim bl-none">{t('fees.none')}</p>}
          columns={[
            { key: 'code', head: t('fees.code'), width: 120, cell: (fee) => <bdi dir="ltr">{fee.code}</bdi> },
            {
              key: 'title',
              head: t('fees.name'),
              rowHeader: true,
              cell: (fee) => (
                <>
                  <bdi>{fee.title}</bdi>{' '}
                  {fee.titleOther ? <bdi className="os-dim">{fee.titleOther}</bdi> : null}
                </>
              ),
            },
            {
              key: 'category',
              head: t('fees.category'),
              optional: true,
              cell: (fee) => t(`category.${fee.category}`),
            },
            {
              key: 'price',
              head: t('fees.price'),
              align: 'end',
              optional: true,
              cell: (fee) => (fee.now ? formats.money(fee.now.amountMinor, currency) : ''),
            },
            {
              key: 'total',
              head: t('fees.withTax'),
              align: 'end',
              cell: (fee) =>
                fee.now ? (
                  formats.money(fee.now.totalMinor, currency)
                ) : (
                  <Tag tone="warn">{t('fees.noPrice')}</Tag>
                ),
            },
          ]}
        />
      </Card>
    </>
  )
}

function TaxCard({ rates, onAdd }: { rates: readonly TaxRate[]; onAdd: () => void }) {
  const { t, formats } = useMoney()
  if (rates.length === 0) return null
  return (
    <Card
      title={t('tax.title')}
      padded={false}
      actions={
        <Button small icon={<Plus size={12} />} onClick={onAdd}>
          {t('tax.add')}
        </Button>
      }
    >
      <Table
        label={t('tax.title')}
        rows={rates}
        rowKey={(rate) => rate.id}
        columns={[
          { key: 'name', head: t('tax.name'), rowHeader: true, cell: (rate) => <bdi>{rate.name}</bdi> },
          {
            key: 'rate',
            head: t('tax.rate'),
            align: 'end',
            cell: (rate) =>
              formats.number(rate.basisPoints / 10_000, { style: 'percent', maximumFractionDigits: 2 }),
          },
          { key: 'from', head: t('fees.from'), cell: (rate) => formats.date(rate.validFrom) },
          {
            key: 'until',
            head: t('fees.until'),
            cell: (rate) => (rate.validUntil ? formats.date(rate.validUntil) : ''),
          },
        ]}
      />
    </Card>
  )
}
