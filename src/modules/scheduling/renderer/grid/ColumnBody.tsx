// One column under its head: closed hours hatched, breaks and absences by name, the visits.
import { memo } from 'react'
import type { GridColumn } from './grid-types.ts'
import { NowLine } from './NowLine.tsx'
import { VisitBox } from './VisitBox.tsx'

export interface ColumnBodyProps {
  readonly column: GridColumn
  readonly index: number
  readonly from: number
  readonly to: number
  readonly perMinute: number
  /** Keys of this column's visits, or null. */
  readonly chosenKey: string | null
  readonly tabStopKey: string | null
}

export const ColumnBody = memo(function ColumnBody(props: ColumnBodyProps) {
  const { column, index, from, to, perMinute } = props
  const top = (minute: number) => (Math.max(from, minute) - from) * perMinute
  const height = (start: number, end: number) => top(Math.min(to, end)) - top(start)
  return (
    <div className="sc-column" role="group" aria-label={column.title} data-column={index}>
      {column.shades
        .filter((shade) => shade.to > from && shade.from < to)
        .map((shade) => (
          <div
            key={shade.key}
            className="sc-shade"
            style={{ insetBlockStart: top(shade.from), blockSize: height(shade.from, shade.to) }}
          >
            {shade.name ? <span dir="auto">{shade.name}</span> : null}
          </div>
        ))}
      {column.visits.map((visit) => (
        <VisitBox
          key={visit.key}
          visit={visit}
          top={top(visit.from) + 1}
          height={Math.max(14, height(visit.from, visit.to) - 2)}
          isChosen={props.chosenKey === visit.key}
          isTabStop={props.tabStopKey === visit.key}
        />
      ))}
      {column.isToday ? <NowLine scale={column.scale} from={from} to={to} perMinute={perMinute} /> : null}
    </div>
  )
})
