// Dragging with mouse, pen or finger: a visit by its body moves, by its lower edge it gets longer or shorter. A finger
// holds first, so that the page can still be scrolled.
import { type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { columnAt, type Geometry, measure } from './geometry.ts'
import { type GhostStore, isSameTarget } from './ghost-store.ts'
import type { DescribePlace, DropVisit, GridVisit } from './grid-types.ts'
import { type Limits, resized, settled, type Target } from './move.ts'

export interface DragOptions {
  readonly body: RefObject<HTMLElement | null>
  readonly scroller: RefObject<HTMLElement | null>
  readonly store: GhostStore
  readonly limits: Limits
  readonly perMinute: number
  readonly visitOf: (key: string) => GridVisit | undefined
  readonly describe: DescribePlace
  readonly onDrop: DropVisit
}

interface Drag {
  readonly pointerId: number
  readonly visit: GridVisit
  readonly isResize: boolean
  readonly startX: number
  readonly startY: number
  readonly isTouch: boolean
  /** Minutes between the visit's start and where it was taken hold of. */
  grip: number
  x: number
  y: number
  geometry: Geometry | null
  holdTimer: number
  frame: number
}

const farPx = 4
const slackPx = 10
const holdMs = 350
const edgePx = 36
const fastestPx = 14

export function useDrag(options: DragOptions) {
  const latest = useRef(options)
  useLayoutEffect(() => {
    latest.current = options
  })
  const drag = useRef<Drag | null>(null)
  /** A click that ends a drag is no click. */
  const hasDragged = useRef(false)

  const end = (isDropped: boolean) => {
    const current = drag.current
    drag.current = null
    if (!current) return
    clearTimeout(current.holdTimer)
    cancelAnimationFrame(current.frame)
    if (!current.geometry) return
    const { store, onDrop } = latest.current
    const ghost = store.get()
    store.set(null)
    if (isDropped && ghost && !isSameTarget(ghost.target, placeOf(current.visit))) {
      onDrop(current.visit, ghost.target)
    }
  }
  useDragEnds(latest, drag, end)

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    hasDragged.current = false
    if (event.button !== 0 || drag.current || !(event.target instanceof Element)) return
    const key = event.target.closest('[data-visit]')?.getAttribute('data-visit')
    const visit = key ? latest.current.visitOf(key) : undefined
    if (!visit?.canMove) return
    const isTouch = event.pointerType === 'touch'
    const started: Drag = {
      pointerId: event.pointerId,
      visit,
      isResize: event.target.closest('[data-resize]') !== null,
      startX: event.clientX,
      startY: event.clientY,
      isTouch,
      grip: 0,
      x: event.clientX,
      y: event.clientY,
      geometry: null,
      holdTimer: 0,
      frame: 0,
    }
    if (isTouch) started.holdTimer = window.setTimeout(() => begin(latest.current, started), holdMs)
    drag.current = started
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const current = drag.current
    if (!current || current.pointerId !== event.pointerId) return
    current.x = event.clientX
    current.y = event.clientY
    if (!current.geometry) {
      const way = Math.hypot(current.x - current.startX, current.y - current.startY)
      if (current.isTouch && way > slackPx) end(false)
      if (current.isTouch || way < farPx) return
      begin(latest.current, current)
    }
    hasDragged.current = true
    follow(latest.current, current)
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (drag.current?.pointerId === event.pointerId) end(true)
  }
  const onPointerCancel = (event: PointerEvent<HTMLElement>) => {
    if (drag.current?.pointerId === event.pointerId) end(false)
  }
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, hasDragged }
}

export const placeOf = (visit: GridVisit): Target => ({
  column: visit.column,
  minute: visit.from,
  length: visit.to - visit.from,
})

function begin(options: DragOptions, drag: Drag): void {
  const body = options.body.current
  if (!body) return
  drag.geometry = measure(body)
  body.setPointerCapture(drag.pointerId)
  drag.grip = minuteAt(options, drag.startY) - drag.visit.from
  follow(options, drag)
  const scroll = () => {
    if (scrollAtEdges(options, drag)) follow(options, drag)
    drag.frame = requestAnimationFrame(scroll)
  }
  drag.frame = requestAnimationFrame(scroll)
}

function minuteAt({ body, limits, perMinute }: DragOptions, y: number): number {
  const top = body.current?.getBoundingClientRect().top ?? 0
  return limits.from + (y - top) / perMinute
}

/** Draws the ghost again only when it comes to stand on another step. */
function follow(options: DragOptions, drag: Drag): void {
  const { body, store, limits, describe } = options
  if (!drag.geometry || !body.current) return
  const start = placeOf(drag.visit)
  const minute = minuteAt(options, drag.y)
  const x = drag.x - body.current.getBoundingClientRect().left
  const target = drag.isResize
    ? resized(start, minute, limits)
    : settled({ ...start, column: columnAt(drag.geometry, x), minute: minute - drag.grip }, limits)
  const shown = store.get()
  if (shown && isSameTarget(shown.target, target)) return
  store.set({
    visit: drag.visit,
    target,
    words: describe(drag.visit, target),
    by: 'pointer',
    geometry: drag.geometry,
  })
}

function scrollAtEdges({ scroller }: DragOptions, drag: Drag): boolean {
  const box = scroller.current
  if (!box) return false
  const { top, bottom, left, right } = box.getBoundingClientRect()
  const down = push(drag.y, top + 54, bottom)
  const across = push(drag.x, left + 52, right)
  if (down === 0 && across === 0) return false
  const before = [box.scrollTop, box.scrollLeft]
  box.scrollBy(across, down)
  return box.scrollTop !== before[0] || box.scrollLeft !== before[1]
}

function push(at: number, low: number, high: number): number {
  if (at < low + edgePx) return -Math.min(fastestPx, (low + edgePx - at) / 3)
  if (at > high - edgePx) return Math.min(fastestPx, (at - high + edgePx) / 3)
  return 0
}

/** Escape lets go; a finger that drags does not scroll; a screen that goes away drops nothing. */
function useDragEnds(
  latest: RefObject<DragOptions>,
  drag: RefObject<Drag | null>,
  end: (isDropped: boolean) => void,
): void {
  const endNow = useRef(end)
  useLayoutEffect(() => {
    endNow.current = end
  })
  useEffect(() => {
    const body = latest.current.body.current
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !drag.current?.geometry) return
      event.preventDefault()
      event.stopPropagation()
      endNow.current(false)
    }
    const onTouch = (event: TouchEvent) => {
      if (drag.current?.geometry) event.preventDefault()
    }
    const onMenu = (event: Event) => {
      if (drag.current?.isTouch) event.preventDefault()
    }
    window.addEventListener('keydown', onKey, true)
    body?.addEventListener('touchmove', onTouch, { passive: false })
    body?.addEventListener('contextmenu', onMenu)
    return () => {
      window.removeEventListener('keydown', onKey, true)
      body?.removeEventListener('touchmove', onTouch)
      body?.removeEventListener('contextmenu', onMenu)
      endNow.current(false)
    }
  }, [latest, drag])
}
