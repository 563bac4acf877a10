// What a day came to.
import { Card } from '#ui/Card.tsx'
import type { Day } from '../shared/shapes.ts'
import { useMoney } from './use-money.ts'

const rows = ['invoiced', 'credited', 'tax', 'received', 'refunded', 'writtenOff'] as const

export function DayTotals({ day }: { day: Day }) {
  const { t, formats } = useMoney()
  const always = new Set(['invoiced', 'received'])
  return (
    <Card title={t('totals.title')}>
      <dl className="bl-sum">
        {rows.map((row) => {
          const minor = day.totals[`${row}Minor`]
          return minor === 0 && !always.has(row) ? null : (
            <div key={row}>
              <dt>{t(`totals.${row}`)}</dt>
              <dd>{formats.money(minor, day.currency)}</dd>
            </div>
          )
        })}
      </dl>
    </Card>
  )
}
