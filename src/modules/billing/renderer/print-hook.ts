// Where billing's papers go. The papers module registers how a paper is printed or shown; until it has, no screen of
// billing offers to print.
import { useSyncExternalStore } from 'react'
import type { PaperRef } from '#modules/papers/shared/paper-data.ts'

type Printer = (paper: PaperRef) => void

let printer: Printer | null = null
const listeners = new Set<() => void>()

export function registerPaperPrinter(next: Printer): void {
  printer = next
  for (const listener of listeners) listener()
}

export function printPaper(paper: PaperRef): void {
  printer?.(paper)
}

export function useCanPrint(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => printer !== null,
  )
}
