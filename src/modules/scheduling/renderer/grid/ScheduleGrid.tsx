// Columns of a day or a week beside one axis of hours. Fed by plain props; says what was chosen, moved or pointed at.
import {
  type MouseEvent,
  type Ref,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useFormats } from '#renderer/i18n/format.ts'
import { ColumnBody } from './ColumnBody.tsx'
import { type HourMark, snap } from './day-scale.ts'
import { columnAt, measure } from './geometry.ts'
import { Ghost } from './Ghost.tsx'
import { createGhostStore } from './ghost-store.ts'
import type { DescribePlace, DropVisit, GridColumn, GridVisit } from './grid-types.ts'
import type { Placed } from './neighbours.ts'
import { firstFrom } from './neighbours.ts'
import { useDrag } from './use-drag.ts'
import { useGridKeys } from './use-grid-keys.ts'

/** What the page's shortcuts ask of the grid. */
export interface GridHandle {
  readonly focusFirst: () => void
  readonly focusVisit: (visitId: string) => void
  readonly startMoving: (key: string) => void
}

export interface ScheduleGridProps {
  readonly label: string
  readonly columns: readonly GridColumn[]
  readonly from: number
  readonly to: number
  readonly marks: readonly HourMark[]
  readonly perMinute: number
  readonly narrowest: number
  readonly chosenKey: string | null
  readonly onChoose: (key: string | null) => void
  readonly onOpen: (visit: GridVisit) => void
  readonly describe: DescribePlace
  readonly onDrop: DropVisit
  /** A click on time nobody holds. */
  readonly onFreeTime?: ((column: number, minute: number) => void) | undefined
  /** The minute to be seen first. */
  readonly startAt: number
  readonly handle: Ref<GridHandle>
}

const freeStep = 15

export function ScheduleGrid(props: ScheduleGridProps) {
  const { columns, from, to, perMinute, chosenKey, onChoose, onOpen, describe, onDrop } = props
  const body = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [store] = useState(createGhostStore)
  const byKey = useMemo(
    () => new Map(columns.flatMap((column) => column.visits.map((visit) => [visit.key, visit]))),
    [columns],
  )
  const placed = useMemo<Placed[]>(() => [...byKey.values()], [byKey])
  const visitOf = useCallback((key: string) => byKey.get(key), [byKey])
  const limits = useMemo(() => ({ columns: columns.length, from, to }), [columns.length, from, to])
  const focusKey = useCallback((key: string) => focusBox(body.current, key), [])
  const drag = useDrag({ body, scroller, store, limits, perMinute, visitOf, describe, onDrop })
  const { onKeyDown, startMoving } = useGridKeys({
    body,
    store,
    limits,
    placed,
    visitOf,
    describe,
    onDrop,
    onFocus: focusKey,
    onOpen,
  })
  const first = useMemo(() => firstFrom(placed, props.startAt)?.key ?? null, [placed, props.startAt])
  const tabStop = chosenKey !== null && byKey.has(chosenKey) ? chosenKey : first
  useImperativeHandle(
    props.handle,
    () => ({
      focusFirst: () => {
        if (tabStop) focusKey(tabStop)
      },
      focusVisit: (visitId) => {
        const found = placed.find((item) => byKey.get(item.key)?.visitId === visitId)
        if (found) focusKey(found.key)
      },
      startMoving: (key) => {
        const visit = byKey.get(key)
        if (!visit) return
        focusKey(key)
        startMoving(visit)
      },
    }),
    [tabStop, focusKey, placed, byKey, startMoving],
  )
  useStartScroll(scroller, props)

  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (drag.hasDragged.current || !(event.target instanceof Element)) return
    const key = event.target.closest('[data-visit]')?.getAttribute('data-visit')
    if (key) onChoose(key)
    else if (event.target.closest('.sc-column')) pointAt(event)
  }
  const pointAt = (event: MouseEvent<HTMLElement>) => {
    const box = body.current?.getBoundingClientRect()
    if (!body.current || !box) return
    const column = columnAt(measure(body.current), event.clientX - box.left)
    const minute = from + (event.clientY - box.top) / perMinute
    props.onFreeTime?.(column, Math.max(from, snap(minute - freeStep / 2, freeStep)))
  }
  const template = {
    gridTemplateColumns: `var(--sc-axis) repeat(${columns.length}, minmax(${props.narrowest}px, 1fr))`,
  }
  return (
    <div className="sc-scroll" ref={scroller} role="region" aria-label={props.label}>
      <div
        className="sc-sheet"
        style={{ minInlineSize: `calc(var(--sc-axis) + ${columns.length * props.narrowest}px)` }}
      >
        <div className="sc-heads" style={template}>
          <div className="sc-corner" />
          {columns.map((column) => (
            <div key={column.key} className={column.isMarked ? 'sc-head sc-head-today' : 'sc-head'}>
              <bdi className="sc-head-title">{column.title}</bdi>
              <span className="sc-head-facts">{column.facts}</span>
            </div>
          ))}
        </div>
        {/* The buttons inside are what is operated; this only hears them. */}
        <div
          ref={body}
          className="sc-body"
          role="presentation"
          style={{ ...template, blockSize: (to - from) * perMinute }}
          onPointerDown={drag.onPointerDown}
          onPointerMove={drag.onPointerMove}
          onPointerUp={drag.onPointerUp}
          onPointerCancel={drag.onPointerCancel}
          onClick={onClick}
          onDoubleClick={(event) => {
            const key =
              event.target instanceof Element
                ? event.target.closest('[data-visit]')?.getAttribute('data-visit')
                : null
            const visit = key ? byKey.get(key) : undefined
            if (visit) onOpen(visit)
          }}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const key = event.target.getAttribute('data-visit')
            if (key && key !== chosenKey) onChoose(key)
          }}
        >
          <Axis marks={props.marks} from={from} perMinute={perMinute} />
          {columns.map((column, index) => (
            <ColumnBody
              key={column.key}
              column={column}
              index={index}
              from={from}
              to={to}
              perMinute={perMinute}
              chosenKey={ownKey(column, chosenKey)}
              tabStopKey={ownKey(column, tabStop)}
            />
          ))}
          <Ghost store={store} from={from} perMinute={perMinute} />
        </div>
      </div>
    </div>
  )
}

/** Other columns get null, so that choosing draws two columns again and not all. */
const ownKey = (column: GridColumn, key: string | null): string | null =>
  key !== null && column.visits.some((visit) => visit.key === key) ? key : null

function Axis({ marks, from, perMinute }: { marks: readonly HourMark[]; from: number; perMinute: number }) {
  const { instant } = useFormats()
  return (
    <div className="sc-axis" aria-hidden="true">
      {marks.map((mark) => (
        <span key={mark.minute} style={{ insetBlockStart: (mark.minute - from) * perMinute }}>
          {instant(mark.instant, 'time')}
        </span>
      ))}
    </div>
  )
}

function focusBox(body: HTMLElement | null, key: string): void {
  const box = body?.querySelector<HTMLElement>(`[data-visit="${CSS.escape(key)}"]`)
  box?.focus({ preventScroll: true })
  box?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** Another day begins at its own start; a refetch of the same day moves nothing. */
function useStartScroll(
  scroller: React.RefObject<HTMLDivElement | null>,
  { columns, from, perMinute, startAt }: ScheduleGridProps,
): void {
  const days = columns.map((column) => column.scale.date).join(' ')
  const latest = useRef({ from, perMinute, startAt })
  useLayoutEffect(() => {
    latest.current = { from, perMinute, startAt }
  })
  useLayoutEffect(() => {
    void days
    const { from: top, perMinute: size, startAt: minute } = latest.current
    scroller.current?.scrollTo({ top: Math.max(0, (minute - top) * size - 40) })
  }, [days, scroller])
}
