// The lines and sums of an invoice, and the acts on it.
import { Link } from 'react-router'
import { useMay } from '#renderer/app/access.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Table } from '#ui/Table.tsx'
import type { Invoice } from '../shared/shapes.ts'
import { useMoney } from './use-money.ts'

interface InvoiceBodyProps {
  readonly invoice: Invoice
  readonly onUndo: (journalId: string) => void
}

export function InvoiceBody({ invoice, onUndo }: InvoiceBodyProps) {
  const { t, formats } = useMoney()
  const { currency } = invoice
  const money = (minor: number) => <bdi dir="ltr">{formats.money(minor, currency)}</bdi>
  const rate = (basisPoints: number) =>
    formats.number(basisPoints / 10_000, { style: 'percent', maximumFractionDigits: 2 })
  const isTaxed = invoice.taxMinor !== 0
  return (
    <>
      <Card title={t('invoice.lines')} padded={false}>
        <Table
          label={t('invoice.lines')}
          rows={invoice.lines}
          rowKey={(line) => `${invoice.lines.indexOf(line)}`}
          columns={[
            { key: 'date', head: t('list.date'), optional: true, cell: (line) => formats.date(line.date) },
            {
              key: 'title',
              head: t('list.service'),
              rowHeader: true,
              cell: (line) => (
                <>
                  <bdi>{line.title}</bdi> <span className="os-dim os-sm">{line.code}</span>
                </>
              ),
            },
            {
              key: 'quantity',
              head: t('list.quantity'),
              align: 'end',
              cell: (line) => formats.number(line.quantity),
            },
            {
              key: 'unit',
              head: t('list.unit'),
              align: 'end',
              optional: true,
              cell: (line) => money(line.unitMinor),
            },
            ...(isTaxed
              ? [
                  {
                    key: 'tax',
                    head: t('list.tax'),
                    align: 'end' as const,
                    cell: (line: Invoice['lines'][number]) => rate(line.taxBasisPoints),
                  },
                ]
              : []),
            { key: 'net', head: t('list.amount'), align: 'end', cell: (line) => money(line.netMinor) },
          ]}
        />
        <dl className="bl-sum bl-sum-end">
          {isTaxed ? (
            <>
              <div>
                <dt>{t('invoice.net')}</dt>
                <dd>{money(invoice.netMinor)}</dd>
              </div>
              {invoice.taxes
                .filter((tax) => tax.basisPoints > 0)
                .map((tax) => (
                  <div key={tax.basisPoints}>
                    <dt>{t('invoice.taxAt', { rate: rate(tax.basisPoints) })}</dt>
                    <dd>{money(tax.taxMinor)}</dd>
                  </div>
                ))}
            </>
          ) : null}
          <div className="bl-sum-last">
            <dt>{t('list.total')}</dt>
            <dd>{money(invoice.totalMinor)}</dd>
          </div>
          {invoice.paidMinor > 0 ? (
            <div>
              <dt>{t('invoice.paid')}</dt>
              <dd>{money(-invoice.paidMinor)}</dd>
            </div>
          ) : null}
          {invoice.writtenOffMinor > 0 ? (
            <div>
              <dt>{t('invoice.writtenOff')}</dt>
              <dd>{money(-invoice.writtenOffMinor)}</dd>
            </div>
          ) : null}
          {invoice.kind === 'invoice' ? (
            <div className="bl-sum-last">
              <dt>{t('list.due')}</dt>
              <dd>{money(invoice.dueMinor)}</dd>
            </div>
          ) : null}
        </dl>
        {invoice.note ? (
          <p className="bl-none">
            <bdi>{invoice.note}</bdi>
          </p>
        ) : null}
      </Card>
      {invoice.journal.length > 0 ? <InvoiceJournal invoice={invoice} onUndo={onUndo} /> : null}
    </>
  )
}

function InvoiceJournal({ invoice, onUndo }: InvoiceBodyProps) {
  const { t, formats } = useMoney()
  const may = useMay()
  const canUndo = may('invoices.X') && invoice.state !== 'credited'
  return (
    <Card title={t('invoice.journal')} padded={false}>
      <Table
        label={t('invoice.journal')}
        rows={invoice.journal}
        rowKey={(line) => line.journalId}
        columns={[
          { key: 'at', head: t('list.date'), cell: (line) => formats.instant(line.at, 'short-date-time') },
          {
            key: 'what',
            head: t('statement.what'),
            rowHeader: true,
            cell: (line) => (
              <>
                {t(`journal.${line.kind}`)}{' '}
                {line.paymentId && line.paymentNumber ? (
                  <Link to={`/billing/payments/${invoice.patientId}/${line.paymentId}`}>
                    <bdi dir="ltr">{line.paymentNumber}</bdi>
                  </Link>
                ) : null}
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
            cell: (line) => <bdi dir="ltr">{formats.money(line.amountMinor, invoice.currency)}</bdi>,
          },
          {
            key: 'act',
            head: <span className="os-sr">{t('off.undo')}</span>,
            align: 'end',
            cell: (line) =>
              canUndo && line.kind === 'write-off' && !line.isUndone ? (
                <Button small onClick={() => onUndo(line.journalId)}>
                  {t('off.undo')}
                </Button>
              ) : null,
          },
        ]}
      />
    </Card>
  )
}
