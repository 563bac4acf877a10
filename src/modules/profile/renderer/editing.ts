// What is being edited in the profile of the open chart: asked for from anywhere in the window, shown by ProfileEditing.
// A request names its patient; a screen of another patient does not answer it.
import { useSyncExternalStore } from 'react'
import { onLeave } from '#renderer/api/session-store.ts'
import type { PatientId } from '#shared/ids.ts'

export type Editing = { readonly patientId: PatientId } & (
  | { readonly kind: 'add-problem' }
  | { readonly kind: 'problem'; readonly id: string }
  | { readonly kind: 'add-allergy' }
  | { readonly kind: 'allergy'; readonly id: string }
)

let current: Editing | null = null
const listeners = new Set<() => void>()

function set(next: Editing | null): void {
  current = next
  for (const listener of listeners) listener()
}

onLeave(() => set(null))

export const editProfile = (editing: Editing): void => set(editing)
export const stopEditing = (): void => set(null)

export function useEditing(patientId: PatientId): Editing | null {
  const editing = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
  return editing?.patientId === patientId ? editing : null
}
