// Visits still to come, for those who remind people of them. Reads a span of starts from an index, never all visits.
import { preparedQuery, type Reader } from '#core/store/reader.ts'

export interface UpcomingAppointment {
  readonly id: string
  readonly patientId: string
  readonly startAt: string
  readonly visitTypeId: string | null
  readonly providerName: string
}

const upcoming = preparedQuery<{ from: string; to: string }>()((db, p) =>
  db
    .selectFrom('appointment as a')
    .leftJoin('schedulable as s', 's.id', 'a.provider_id')
    .select(['a.id', 'a.patient_id', 'a.start_at', 'a.visit_type_id', 's.name as provider_name'])
    .where('a.start_at', '>', p.from)
    .where('a.start_at', '<=', p.to)
    .where('a.status', '=', 'booked')
    .where('a.voided_at', 'is', null)
    .orderBy('a.start_at'),
)
const one = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('appointment as a')
    .leftJoin('schedulable as s', 's.id', 'a.provider_id')
    .select(['a.id', 'a.patient_id', 'a.start_at', 'a.visit_type_id', 's.name as provider_name'])
    .where('a.id', '=', p.id)
    .where('a.status', '=', 'booked')
    .where('a.voided_at', 'is', null),
)
const typeNames = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('visit_type')
    .select(['id', 'name'])
    .where('voided_at', 'is', null)
    .where('active', '=', 1)
    .orderBy('position')
    .orderBy('id'),
)

type Row = {
  id: string
  patient_id: string
  start_at: string
  visit_type_id: string | null
  provider_name: string | null
}

const rowToUpcoming = (row: Row): UpcomingAppointment => ({
  id: row.id,
  patientId: row.patient_id,
  startAt: row.start_at,
  visitTypeId: row.visit_type_id,
  providerName: row.provider_name ?? '',
})

/** Booked visits that start after `from` and up to `to`, first ones first. */
export function upcomingAppointments(read: Reader, from: string, to: string): UpcomingAppointment[] {
  return read.all(upcoming, { from, to }).map(rowToUpcoming)
}

/** One visit while it is booked: not when it was cancelled or the patient is there already. */
export function bookedAppointment(read: Reader, id: string): UpcomingAppointment | undefined {
  const row = read.get(one, { id })
  return row ? rowToUpcoming(row) : undefined
}

export const visitTypeNames = (read: Reader): { id: string; name: string }[] => read.all(typeNames, {})
