// One visit in the grid: a button with its whole name. Drawn again only when it is another visit or becomes chosen.
import { memo } from 'react'
import type { GridVisit } from './grid-types.ts'

export interface VisitBoxProps {
  readonly visit: GridVisit
  readonly top: number
  readonly height: number
  readonly isChosen: boolean
  /** The one visit Tab leads to; arrow keys go on from there. */
  readonly isTabStop: boolean
}

/** Below this height a box has room for one line without edges. */
const lowPx = 24
const linePx = 17
const edgesPx = 4

/** An answer that comes again brings new objects with the same facts: nothing is drawn for them. */
function isSame(a: VisitBoxProps, b: VisitBoxProps): boolean {
  if (a.top !== b.top || a.height !== b.height) return false
  if (a.isChosen !== b.isChosen || a.isTabStop !== b.isTabStop) return false
  const fields = Object.keys(a.visit) as (keyof GridVisit)[]
  return fields.every((field) => a.visit[field] === b.visit[field])
}

export const VisitBox = memo(function VisitBox(props: VisitBoxProps) {
  const { visit, top, height, isChosen, isTabStop } = props
  const { lane, lanes } = visit
  const classes = ['sc-visit', `sc-tone-${visit.tone}`]
  // Whole lines only: half of one reads as something else.
  const lines = Math.max(1, Math.floor((height - edgesPx) / linePx))
  if (lines === 1) classes.push('sc-visit-line')
  if (height < lowPx) classes.push('sc-visit-low')
  if (visit.isDim) classes.push('sc-visit-dim')
  if (visit.isOverridden) classes.push('sc-visit-over')
  return (
    <button
      type="button"
      className={classes.join(' ')}
      data-visit={visit.key}
      aria-label={visit.label}
      aria-pressed={isChosen}
      tabIndex={isTabStop ? 0 : -1}
      style={{
        insetBlockStart: top,
        blockSize: height,
        insetInlineStart: `calc(${(lane / lanes) * 100}% + 3px)`,
        inlineSize: `calc(${100 / lanes}% - 6px)`,
      }}
    >
      <span className="sc-visit-words" style={{ maxBlockSize: lines * linePx }}>
        <bdi className="sc-visit-name">{visit.name}</bdi>{' '}
        {visit.state ? <span className="sc-visit-state">{visit.state}</span> : null}{' '}
        <bdi className="sc-visit-what">{visit.what}</bdi>
      </span>
      {visit.canMove ? <span className="sc-visit-end" data-resize="" /> : null}
    </button>
  )
}, isSame)
