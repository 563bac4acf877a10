// What is being done with medicines in the open chart: asked for from anywhere in the window, shown by MedicineTasks.
// A request names its patient; the chart of another patient does not answer it.
import { useSyncExternalStore } from 'react'
import { onLeave } from '#renderer/api/session-store.ts'
import type { PatientId } from '#shared/ids.ts'

export type MedicineTask = { readonly patientId: PatientId } & (
  | {
      readonly kind: 'prescribe'
      readonly start?: { readonly id: string; readonly how: 'renewed' | 'changed' }
    }
  | { readonly kind: 'record' }
  | { readonly kind: 'medicine'; readonly id: string }
  | { readonly kind: 'script'; readonly id: string }
)

let current: MedicineTask | null = null
const listeners = new Set<() => void>()

function set(next: MedicineTask | null): void {
  current = next
  for (const listener of listeners) listener()
}

onLeave(() => set(null))

export const startTask = (task: MedicineTask): void => set(task)
export const endTask = (): void => set(null)

export function useTask(patientId: PatientId): MedicineTask | null {
  const task = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
  return task?.patientId === patientId ? task : null
}
