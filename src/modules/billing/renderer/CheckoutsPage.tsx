// Who is to check out: everybody with open charges, and everybody who was invoiced or paid today.
import { BankAccount } from '@blueprintjs/icons'
import { useRef, useState } from 'react'
import { Navigate, useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { Button } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import { EmptyState, Notice } from '#ui/States.tsx'
import { Table } from '#ui/Table.tsx'
import { billing } from '../shared/contract.ts'
import type { CheckoutLine } from '../shared/shapes.ts'
import { BillingFrame } from './BillingFrame.tsx'
import { CheckoutDialog } from './CheckoutDialog.tsx'
import { billingTexts } from './i18n.ts'
import { useMoney } from './use-money.ts'

/** Who takes no money sees the day in figures instead. */
export function CheckoutsPage() {
  const may = useMay()
  return may('payments.C') ? <Checkouts /> : <Navigate to="/billing/day" replace />
}

function Checkouts() {
  const { t, formats } = useMoney()
  useTitle(t('nav.checkouts'))
  const read = useRead(billing, 'checkouts', {})
  const [paying, setPaying] = useState<CheckoutLine['patientId'] | null>(null)
  const table = useRef<HTMLDivElement>(null)
  const lines = read.data?.lines ?? []
  // The row with the focus, else the first one that has something to pay.
  const payFocused = () => {
    const rows = [...(table.current?.querySelectorAll('tbody tr') ?? [])]
    const focused = rows.findIndex((row) => row.contains(document.activeElement))
    const line = focused >= 0 ? lines[focused] : lines.find((l) => l.payableMinor > 0)
    if (line) setPaying(line.patientId)
  }
  useShortcuts([
    {
      keys: 'p',
      labelKey: billingTexts.key('checkout.title'),
      run: payFocused,
      disabled: lines.length === 0,
    },
  ])
  return (
    <BillingFrame meta={read.data ? formats.date(read.data.date, 'long') : null}>
      <QueryView query={read}>
        {(value) =>
          value.lines.length === 0 ? (
            <EmptyState
              icon={<BankAccount size={32} />}
              title={t('checkouts.emptyTitle')}
              text={t('checkouts.emptyText')}
            />
          ) : (
            <>
              {value.date > formats.today ? (
                <Notice tone="info">{t('day.countsFor', { date: formats.date(value.date, 'long') })}</Notice>
              ) : null}
              <section className="os-card os-card-flush" ref={table}>
                <CheckoutTable
                  lines={value.lines}
                  currency={value.currency}
                  onPay={(line) => setPaying(line.patientId)}
                />
              </section>
            </>
          )
        }
      </QueryView>
      {paying ? <CheckoutDialog patientId={paying} isOpen onClose={() => setPaying(null)} /> : null}
    </BillingFrame>
  )
}

interface CheckoutTableProps {
  readonly lines: readonly CheckoutLine[]
  readonly currency: string
  readonly onPay: (line: CheckoutLine) => void
}

function CheckoutTable({ lines, currency, onPay }: CheckoutTableProps) {
  const { t, formats } = useMoney()
  const navigate = useNavigate()
  const money = (minor: number) => (minor === 0 ? '' : formats.money(minor, currency))
  return (
    <Table
      label={t('nav.checkouts')}
      rows={lines}
      rowKey={(line) => line.patientId}
      onOpen={(line) => void navigate(`/billing/accounts/${line.patientId}`)}
      isDim={(line) => line.payableMinor === 0}
      columns={[
        {
          key: 'name',
          head: t('list.patient'),
          rowHeader: true,
          cell: (line) => (
            <>
              <bdi>{line.patientName}</bdi> <span className="os-dim os-sm">{line.recordNumber}</span>
            </>
          ),
        },
        {
          key: 'open',
          head: t('list.openCharges'),
          align: 'end',
          optional: true,
          cell: (l) => money(l.openChargesMinor),
        },
        {
          key: 'due',
          head: t('list.dueBefore'),
          align: 'end',
          optional: true,
          cell: (l) => money(l.dueMinor - l.creditMinor),
        },
        {
          key: 'payable',
          head: t('list.toPay'),
          align: 'end',
          cell: (line) =>
            line.payableMinor > 0 ? (
              <strong className="os-num">{money(line.payableMinor)}</strong>
            ) : (
              <Tag tone="ok">{t('list.settled')}</Tag>
            ),
        },
        {
          key: 'paid',
          head: t('list.paidToday'),
          align: 'end',
          optional: true,
          cell: (l) => money(l.paidTodayMinor),
        },
        {
          key: 'act',
          head: <span className="os-sr">{t('checkout.title')}</span>,
          align: 'end',
          cell: (line) =>
            line.payableMinor + line.openChargesMinor > 0 ? (
              <Button
                small
                label={t('checkout.titleOf', { name: line.patientName })}
                onClick={(event) => {
                  event.stopPropagation()
                  onPay(line)
                }}
              >
                {t('checkout.title')}
              </Button>
            ) : null,
        },
      ]}
    />
  )
}
