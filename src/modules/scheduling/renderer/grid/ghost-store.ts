// The one thing that changes while a visit is on its way. It lives outside of the grid's state, so that a drag draws
// the ghost again and none of the visits.
import type { Geometry } from './geometry.ts'
import type { GridVisit, PlaceWords } from './grid-types.ts'
import type { Target } from './move.ts'

export interface GhostState {
  readonly visit: GridVisit
  readonly target: Target
  readonly words: PlaceWords
  readonly by: 'pointer' | 'keys'
  /** Where the columns stood when it began to move. */
  readonly geometry: Geometry
}

export interface GhostStore {
  readonly get: () => GhostState | null
  readonly set: (next: GhostState | null) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createGhostStore(): GhostStore {
  let state: GhostState | null = null
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    set: (next) => {
      if (next === state) return
      state = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const isSameTarget = (a: Target, b: Target): boolean =>
  a.column === b.column && a.minute === b.minute && a.length === b.length
