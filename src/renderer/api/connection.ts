// Whether the clinic's computer answered last time; the lamp in the header follows it.
import { useSyncExternalStore } from 'react'

let isConnected = true
const listeners = new Set<() => void>()

export function noteConnection(answered: boolean): void {
  if (answered === isConnected) return
  isConnected = answered
  for (const listener of listeners) listener()
}

export function useIsConnected(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isConnected,
  )
}
