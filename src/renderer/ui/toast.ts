// Short messages after an act, with Undo where it can be taken back. Shown by Toaster.tsx, emptied on lock.
import { useSyncExternalStore } from 'react'

export type ToastTone = 'ok' | 'bad' | 'warn' | 'info'
export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: ToastTone
  readonly undo?: () => void | Promise<void>
  readonly action?: { readonly label: string; readonly run: () => void }
}

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()
const emit = (next: readonly Toast[]) => {
  toasts = next
  for (const listener of listeners) listener()
}

export function showToast(toast: Omit<Toast, 'id' | 'tone'> & { tone?: ToastTone }): number {
  const id = nextId++
  emit([...toasts.slice(-2), { tone: 'ok', ...toast, id }])
  return id
}

export const dismissToast = (id: number): void => emit(toasts.filter((toast) => toast.id !== id))
/** The key of what the newest message offers: messages stand at the edge, far from where the keyboard is. */
export const toastKey = 'Alt+Enter'

const canAct = (toast: Toast) => toast.action !== undefined || toast.undo !== undefined
export const newestOffer = (list: readonly Toast[]): Toast | undefined => list.findLast(canAct)

/** Does what the newest message with a button offers: its act, or else Undo. */
export function takeNewestOffer(): void {
  const toast = newestOffer(toasts)
  if (!toast) return
  dismissToast(toast.id)
  if (toast.action) toast.action.run()
  else void toast.undo?.()
}

export const clearToasts = (): void => emit([])

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
}
