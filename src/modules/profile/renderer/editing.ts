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
/** Where one was, a note for example: the focus goes back there. */
let cameFrom: Element | null = null
const listeners = new Set<() => void>()

function set(next: Editing | null): void {
  if (current === null) cameFrom = document.activeElement
  current = next
  for (const listener of listeners) listener()
}

/** After the dialog is gone, which lets the focus fall. */
function goBack(): void {
  const place = cameFrom
  cameFrom = null
  setTimeout(() => {
    if (current === null && place instanceof HTMLElement && place.isConnected) place.focus()
  }, 50)
}

onLeave(() => {
  set(null)
  // Through it the whole screen would outlive the lock (SESS-03).
  cameFrom = null
})

export const editProfile = (editing: Editing): void => set(editing)
export function stopEditing(): void {
  set(null)
  goBack()
}

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
