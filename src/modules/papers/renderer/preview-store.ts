// The paper that is being previewed: one a window, wherever it was asked for.
import { useSyncExternalStore } from 'react'
import { onLeave } from '#renderer/api/session-store.ts'
import type { PaperRef } from '../shared/paper-data.ts'

let shown: PaperRef | null = null
const listeners = new Set<() => void>()

export function showPreview(paper: PaperRef | null): void {
  shown = paper
  for (const listener of listeners) listener()
}

// A locked window shows nobody's paper.
onLeave(() => showPreview(null))

export function usePreviewed(): PaperRef | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
}
