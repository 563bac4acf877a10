// How a day was closed: what was counted beside what was expected, by whom, and when it was opened again.
import { Card } from '#ui/Card.tsx'
import { Table } from '#ui/Table.tsx'
import type { Day } from '../shared/shapes.ts'
import { useMoney } from './use-money.ts'

export function ClosedDay({ day }: { day: Day }) {
  const { t, formats, method } = useMoney()
  const money = (minor: number) => <bdi dir="ltr">{formats.money(minor, day.currency)}</bdi>
  return (
    <>
      {day.closes.map((close) => (
        <Card
          key={close.id}
          title={t('closed.title')}
          meta={t('closed.by', { name: close.closedBy, at: formats.instant(close.closedAt) })}
          padded={false}
        >
          <Table
            label={t('closed.title')}
            rows={close.counts}
            rowKey={(count) => count.method}
            empty={<p className="os-dim bl-none">{t('closed.noMoney')}</p>}
            columns={[
              {
                key: 'method',
                head: t('pay.method'),
                rowHeader: true,
                cell: (count) => method(count.method),
              },
              {
                key: 'expected',
                head: t('closed.expected'),
                align: 'end',
                cell: (c) => money(c.expectedMinor),
              },
              { key: 'counted', head: t('closed.counted'), align: 'end', cell: (c) => money(c.countedMinor) },
              {
                key: 'difference',
                head: t('closed.difference'),
                align: 'end',
                cell: (c) =>
                  c.countedMinor === c.expectedMinor ? '' : money(c.countedMinor - c.expectedMinor),
              },
            ]}
          />
          <p className="bl-none">
            {t('closed.float', { amount: formats.money(close.floatMinor, day.currency) })}
            {close.explanation ? (
              <>
                {' · '}
                <bdi>{close.explanation}</bdi>
              </>
            ) : null}
          </p>
        </Card>
      ))}
      {day.reopenings.map((reopening) => (
        <p key={reopening.at} className="os-dim">
          {t('closed.reopened', { name: reopening.by, at: formats.instant(reopening.at) })}{' '}
          <bdi>{reopening.reason}</bdi>
        </p>
      ))}
    </>
  )
}
