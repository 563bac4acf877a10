// The ledger of one patient as a statement: newest first, each line with what it changed and what was owed after it.
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Table } from '#ui/Table.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { billing } from '../shared/contract.ts'
import type { Account, StatementLine } from '../shared/shapes.ts'
import { useMoney } from './use-money.ts'

const page = 50

export function Statement({ patientId }: { patientId: Account['patientId'] }) {
  const { t, formats } = useMoney()
  const common = useTexts(commonTexts)
  const [limit, setLimit] = useState(page)
  const read = useRead(billing, 'statement', { patientId, limit }, { keepPrevious: true })
  return (
    <Card
      title={t('statement.title')}
      meta={
        read.data
          ? t('statement.balance', { amount: formats.money(read.data.balanceMinor, read.data.currency) })
          : null
      }
      padded={false}
    >
      <QueryView query={read} small>
        {(value) => (
          <>
            <StatementTable patientId={patientId} lines={value.lines} currency={value.currency} />
            {value.next && limit < 200 ? (
              <div className="bl-more">
                <Button small variant="minimal" onClick={() => setLimit(200)}>
                  {common('act.showMore')}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </QueryView>
    </Card>
  )
}

interface StatementTableProps {
  readonly patientId: Account['patientId']
  readonly lines: readonly StatementLine[]
  readonly currency: string
}

function StatementTable({ patientId, lines, currency }: StatementTableProps) {
  const { t, formats } = useMoney()
  return (
    <Table
      label={t('statement.title')}
      rows={lines}
      rowKey={(line) => line.journalId}
      empty={<p className="os-dim bl-none">{t('statement.empty')}</p>}
      columns={[
        { key: 'date', head: t('list.date'), cell: (line) => formats.date(line.businessDate) },
        {
          key: 'what',
          head: t('statement.what'),
          rowHeader: true,
          cell: (line) => (
            <>
              {t(`journal.${line.kind}`)} <Papers patientId={patientId} line={line} />
              {line.reason ? (
                <div className="os-dim os-sm">
                  <bdi>{line.reason}</bdi>
                </div>
              ) : null}
            </>
          ),
        },
        {
          key: 'by',
          head: t('list.by'),
          optional: true,
          cell: (line) => <bdi className="os-dim">{line.by}</bdi>,
        },
        {
          key: 'amount',
          head: t('list.amount'),
          align: 'end',
          cell: (line) => <bdi dir="ltr">{formats.money(line.amountMinor, currency)}</bdi>,
        },
        {
          key: 'balance',
          head: t('statement.after'),
          align: 'end',
          cell: (line) => <bdi dir="ltr">{formats.money(line.balanceMinor, currency)}</bdi>,
        },
      ]}
    />
  )
}

function Papers({
  patientId,
  line,
}: {
  patientId: Account['patientId']
  line: Omit<StatementLine, 'balanceMinor'>
}) {
  return (
    <>
      {line.invoiceId && line.invoiceNumber ? (
        <Link to={`/billing/invoices/${patientId}/${line.invoiceId}`}>
          <bdi dir="ltr">{line.invoiceNumber}</bdi>
        </Link>
      ) : null}{' '}
      {line.paymentId && line.paymentNumber ? (
        <Link to={`/billing/payments/${patientId}/${line.paymentId}`}>
          <bdi dir="ltr">{line.paymentNumber}</bdi>
        </Link>
      ) : null}
    </>
  )
}
