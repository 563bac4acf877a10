// The grid by keyboard: arrow keys walk from visit to visit; after M, or with Alt, they move the visit itself, Enter
// puts it down and Escape drops the move.
import { type KeyboardEvent, type RefObject, useCallback } from 'react'
import { measure } from './geometry.ts'
import { type GhostStore, isSameTarget } from './ghost-store.ts'
import type { DescribePlace, DropVisit, GridVisit } from './grid-types.ts'
import { type Limits, moved, moveKeyOf, type Target } from './move.ts'
import { type Direction, neighbourOf, type Placed } from './neighbours.ts'
import { placeOf } from './use-drag.ts'

export interface GridKeysOptions {
  readonly body: RefObject<HTMLElement | null>
  readonly store: GhostStore
  readonly limits: Limits
  readonly placed: readonly Placed[]
  readonly visitOf: (key: string) => GridVisit | undefined
  readonly describe: DescribePlace
  readonly onDrop: DropVisit
  readonly onFocus: (key: string) => void
  readonly onOpen: (visit: GridVisit) => void
}

export interface GridKeys {
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly startMoving: (visit: GridVisit) => void
}

export function useGridKeys(options: GridKeysOptions): GridKeys {
  const { body, store, limits, placed, visitOf, describe, onDrop, onFocus, onOpen } = options
  const show = useCallback(
    (visit: GridVisit, target: Target) => {
      if (!body.current) return
      const geometry = measure(body.current)
      store.set({ visit, target, words: describe(visit, target), by: 'keys', geometry })
    },
    [body, store, describe],
  )
  const startMoving = useCallback(
    (visit: GridVisit) => {
      if (visit.canMove) show(visit, placeOf(visit))
    },
    [show],
  )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return
    const key = event.target.closest('[data-visit]')?.getAttribute('data-visit')
    const visit = key ? visitOf(key) : undefined
    if (!visit) return
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const ghost = store.get()
    if (ghost?.by === 'keys') {
      whileMoving(event, isRtl)
      return
    }
    const arrow = moveKeyOf(event.key, event.shiftKey, isRtl)
    if (arrow && event.altKey && visit.canMove) show(visit, moved(placeOf(visit), arrow, limits))
    else if (arrow && !event.altKey) walk(visit, arrow)
    else if (event.key === 'Enter' && !event.altKey) onOpen(visit)
    else if (isLetter(event, 'm') && visit.canMove) startMoving(visit)
    else return
    event.preventDefault()
  }
  const whileMoving = (event: KeyboardEvent<HTMLElement>, isRtl: boolean) => {
    const ghost = store.get()
    if (!ghost) return
    const arrow = moveKeyOf(event.key, event.shiftKey, isRtl)
    if (arrow) show(ghost.visit, moved(ghost.target, arrow, limits))
    else if (event.key === 'Enter') {
      store.set(null)
      if (!isSameTarget(ghost.target, placeOf(ghost.visit))) onDrop(ghost.visit, ghost.target)
    } else if (event.key === 'Escape' || event.key === 'Tab') store.set(null)
    else if (event.key.length !== 1) return
    // Other letters would act on a visit that stands in two places at once.
    if (event.key !== 'Tab') event.preventDefault()
    event.stopPropagation()
  }
  const walk = (visit: GridVisit, arrow: string) => {
    const direction: Direction | undefined = (
      {
        earlier: 'up',
        later: 'down',
        'previous-column': 'previous-column',
        'next-column': 'next-column',
      } as const
    )[arrow as 'earlier']
    const at = placed.find((item) => item.key === visit.key)
    const next = direction && at ? neighbourOf(placed, at, direction) : null
    if (next) onFocus(next.key)
  }
  return { onKeyDown, startMoving }
}

/** By its letter, or by its place on a keyboard of another script. */
const isLetter = (event: KeyboardEvent, letter: string): boolean =>
  !event.altKey &&
  (event.key.toLowerCase() === letter ||
    (!/^[a-z]$/i.test(event.key) && event.code === `Key${letter.toUpperCase()}`))
