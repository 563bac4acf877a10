// A long list of record lines: drawn only where it is seen, walked with the arrow keys, opened with Enter.
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { QueryError } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Skeleton } from '#ui/States.tsx'
import type { ApiError } from '#renderer/api/client.ts'
import { chartTexts } from './i18n.ts'

export interface ListRow<T> {
  readonly key: string
  /** A line that is no entry, such as a year; passed over by the keys. */
  readonly heading?: ReactNode
  readonly item?: T
}

export interface RecordListProps<T> {
  readonly label: string
  readonly rows: readonly ListRow<T>[]
  readonly draw: (item: T) => ReactNode
  readonly onOpen: (item: T) => void
  readonly isOpen: (item: T) => boolean
  /** Called when the end is reached with the keys, and by the button below. */
  readonly loadMore?: (() => void) | undefined
  readonly hasMore?: boolean
  readonly isLoadingMore?: boolean
  /** Marks the list the page's arrow keys go to. */
  readonly isMain?: boolean
}

/** Below this, all lines are drawn: simpler for readers and for find-in-page. */
const drawnWhole = 80
const usualHeight = 30

export function RecordList<T>(props: RecordListProps<T>) {
  const { rows, label, loadMore, hasMore = false } = props
  const t = useTexts(chartTexts)
  const id = useId()
  const [active, setActive] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const entries = rows.flatMap((row, index) =>
    row.item === undefined ? [] : [{ key: row.key, index, item: row.item }],
  )
  const opened = entries.find((e) => props.isOpen(e.item))
  const activeKey = entries.some((e) => e.key === active) ? active : (opened?.key ?? null)
  const reveal = useRef<(index: number) => void>(() => undefined)
  const onReveal = useCallback((how: (index: number) => void) => {
    reveal.current = how
  }, [])
  const move = (to: number) => {
    const entry = entries[Math.max(0, Math.min(entries.length - 1, to))]
    if (!entry) return
    setActive(entry.key)
    reveal.current(entry.index)
    if (to >= entries.length - 3) loadMore?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = entries.findIndex((e) => e.key === activeKey)
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: entries.length - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) {
      event.preventDefault()
      move(to)
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault()
      const entry = entries[at]
      if (entry) props.onOpen(entry.item)
    }
  }
  const rowProps = {
    ...props,
    id,
    activeKey,
    openedKey: opened?.key ?? null,
    onReveal,
    onPick: setActive,
    list,
  }
  return (
    <>
      <div
        ref={list}
        className="ch-list"
        role="listbox"
        aria-label={label}
        tabIndex={0}
        data-main-list={props.isMain ? '' : undefined}
        aria-activedescendant={activeKey ? optionId(id, activeKey) : undefined}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (activeKey === null) setActive(entries[0]?.key ?? null)
        }}
      >
        {rows.length <= drawnWhole ? <WholeRows {...rowProps} /> : <SeenRows {...rowProps} />}
      </div>
      {hasMore ? (
        <div className="ch-more">
          <Button small variant="minimal" loading={props.isLoadingMore ?? false} onClick={() => loadMore?.()}>
            {t('list.more')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

interface RowsProps<T> extends RecordListProps<T> {
  readonly id: string
  readonly activeKey: string | null
  readonly openedKey: string | null
  /** Takes the way in which this kind of rows brings a line into view. */
  readonly onReveal: (how: (index: number) => void) => void
  readonly onPick: (key: string) => void
  readonly list: React.RefObject<HTMLDivElement | null>
}

const optionId = (id: string, key: string) => `${id}-${key}`

function WholeRows<T>(props: RowsProps<T>) {
  const { onReveal, list } = props
  useEffect(() => {
    onReveal((index) => list.current?.children[index]?.scrollIntoView({ block: 'nearest' }))
  }, [onReveal, list])
  return props.rows.map((row) => <Row key={row.key} row={row} {...props} />)
}

function SeenRows<T>(props: RowsProps<T>) {
  const { rows, list, onReveal } = props
  const [frame, setFrame] = useState<{ scroller: HTMLElement; margin: number } | null>(null)
  // The column scrolls on wide screens, the page on phones: whichever holds the list.
  useLayoutEffect(() => {
    const box = list.current
    if (!box) return
    const measure = () => {
      const scroller = scrollerOf(box)
      const margin =
        box.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
      setFrame((now) =>
        now?.scroller === scroller && Math.abs(now.margin - margin) < 1 ? now : { scroller, margin },
      )
    }
    measure()
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [list, rows.length])
  // oxlint-disable-next-line react/incompatible-library -- the compiler leaves this component alone, which is right here
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame?.scroller ?? null,
    estimateSize: () => usualHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    scrollMargin: frame?.margin ?? 0,
  })
  useEffect(() => {
    onReveal((index) => virtual.scrollToIndex(index, { align: 'auto' }))
  }, [onReveal, virtual])
  return (
    <div className="ch-seen" role="presentation" style={{ blockSize: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((seen) => {
        const row = rows[seen.index]
        return row ? (
          <div
            key={seen.key}
            ref={virtual.measureElement}
            data-index={seen.index}
            role="presentation"
            className="ch-seen-row"
            style={{ transform: `translateY(${seen.start - virtual.options.scrollMargin}px)` }}
          >
            <Row row={row} {...props} />
          </div>
        ) : null
      })}
    </div>
  )
}

function Row<T>({ row, id, activeKey, openedKey, draw, onOpen, onPick }: RowsProps<T> & { row: ListRow<T> }) {
  const { item } = row
  if (item === undefined) {
    return (
      <div className="ch-list-head" role="presentation">
        {row.heading}
      </div>
    )
  }
  const classes = [
    'ch-line',
    row.key === activeKey ? 'ch-active' : '',
    row.key === openedKey ? 'ch-opened' : '',
  ]
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the listbox around it holds the focus, takes the keys and names the active option
    <div
      id={optionId(id, row.key)}
      className={classes.filter(Boolean).join(' ')}
      role="option"
      aria-selected={row.key === openedKey}
      onClick={() => {
        onPick(row.key)
        onOpen(item)
      }}
    >
      {draw(item)}
    </div>
  )
}

function scrollerOf(from: HTMLElement): HTMLElement {
  for (let at = from.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  }
  return document.documentElement
}

export interface SectionStateProps {
  readonly items: readonly unknown[] | undefined
  readonly error: ApiError | null
  readonly retry: () => void
  readonly empty: string
  readonly children: ReactNode
}

/** Loading, failed and empty of one list. */
export function SectionState({ items, error, retry, empty, children }: SectionStateProps) {
  if (items === undefined)
    return error ? <QueryError error={error} onRetry={retry} small /> : <Skeleton lines={5} />
  if (items.length === 0) return <p className="ch-none">{empty}</p>
  return children
}
