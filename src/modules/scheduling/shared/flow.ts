// The way of a visit through the day: which step may follow which status, and what a step back takes away. Pure.
import type { FlowStatus, FlowStep } from './shapes.ts'

const forward: Readonly<
  Record<Exclude<FlowStep, 'back'>, { readonly from: readonly FlowStatus[]; readonly to: FlowStatus }>
> = {
  // Whoever was noted as not come and comes late is simply arrived.
  arrive: { from: ['booked', 'noshow'], to: 'arrived' },
  room: { from: ['arrived', 'roomed'], to: 'roomed' },
  start: { from: ['arrived', 'roomed'], to: 'with-doctor' },
  // A nurse's visit ends without a doctor.
  done: { from: ['roomed', 'with-doctor'], to: 'done' },
  // Leaving before the doctor came is possible.
  leave: { from: ['arrived', 'roomed', 'done'], to: 'left' },
}

/** The status after a step, or `null` where the step does not follow. */
export function statusAfter(step: Exclude<FlowStep, 'back'>, from: FlowStatus): FlowStatus | null {
  const rule = forward[step]
  return rule.from.includes(from) ? rule.to : null
}

export interface Stamps {
  readonly arrivedAt: string | null
  readonly roomedAt: string | null
  readonly withDoctorAt: string | null
  readonly doneAt: string | null
  readonly leftAt: string | null
}

const order = [
  ['arrived', 'arrivedAt'],
  ['roomed', 'roomedAt'],
  ['with-doctor', 'withDoctorAt'],
  ['done', 'doneAt'],
  ['left', 'leftAt'],
] as const

/** Where a visit stood before its newest step, told by its stamps; `null` where there is no step to take back. */
export function statusBefore(status: FlowStatus, stamps: Stamps): FlowStatus | null {
  const place = order.findIndex(([name]) => name === status)
  if (place < 0) return null
  const earlier = order.slice(0, place).findLast(([, stamp]) => stamps[stamp] !== null)
  return earlier?.[0] ?? 'booked'
}

/** Statuses in which a visit takes its time, provider and room. */
export const isTaking = (status: string): boolean => status !== 'cancelled' && status !== 'noshow'

/** Statuses in which a patient is in the house or expected. */
export const isOpen = (status: string): boolean =>
  status === 'booked' || status === 'arrived' || status === 'roomed' || status === 'with-doctor'
