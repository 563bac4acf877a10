// What reminders need to know of the schedule, and nothing else of it.
import type { Reader } from '#core/store/reader.ts'
import { appointmentOf, resourcesOf, upcomingBetween, visitTypesOf } from '#modules/scheduling/main/api.ts'
import { addMinutes } from '#shared/zoned-time.ts'

export interface Visit {
  readonly id: string
  readonly patientId: string
  readonly startAt: string
  readonly visitTypeId: string | null
}

/** Booked visits that start after one instant and up to another, first ones first. */
export function upcomingVisits(read: Reader, after: string, upTo: string): Visit[] {
  return upcomingBetween(read, after, addMinutes(upTo, 1)).filter(
    (v) => v.startAt > after && v.startAt <= upTo,
  )
}

/** One visit while it is booked: not when it was cancelled or the patient is there already. */
export function bookedVisit(
  read: Reader,
  patientId: string,
  id: string,
): (Visit & { readonly providerId: string }) | undefined {
  const found = appointmentOf(read, patientId, id)
  if (found?.status !== 'booked') return undefined
  const { startAt, visitTypeId, providerId } = found
  return { id, patientId, startAt, visitTypeId, providerId }
}

export const providerName = (read: Reader, providerId: string): string =>
  resourcesOf(read).find((each) => each.id === providerId)?.name ?? ''

export const visitTypeNames = (read: Reader): { id: string; name: string }[] =>
  visitTypesOf(read)
    .filter((type) => type.active)
    .map(({ id, name }) => ({ id, name }))
