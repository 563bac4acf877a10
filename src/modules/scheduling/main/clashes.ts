// What stands in the way of a time: the provider's, the patient's and the room's other visits, closed hours, time off.
// Asked while a person chooses, and again inside the transaction that saves.
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import type { Clash, ClashKind } from '../shared/shapes.ts'
import { longestMinutes } from '../shared/setup-shapes.ts'
import { isCovered, type Stretch, without } from '../shared/spans.ts'
import { type Availability, availabilityOf } from './availability.ts'
import * as q from './queries.ts'
import { iso } from './wall-clock.ts'

export interface Wanted {
  readonly patientId: string
  readonly from: number
  readonly until: number
  readonly providerId: string
  readonly roomId: string | null
  /** Appointments that are being moved or closed by the same act: not in their own way. */
  readonly except: ReadonlySet<string>
}

export interface Found {
  readonly kind: ClashKind
  readonly appointmentId: string | null
  /** Whose the other appointment is. */
  readonly patientId: string | null
  readonly absenceId: string | null
  readonly title: string | null
  readonly from: number | null
  readonly until: number | null
}

export const nothing: ReadonlySet<string> = new Set()

export const reachOf = (fromMs: number): string => iso(fromMs - longestMinutes * 60_000)

/** Provider first, then patient, room, time off, hours: the order in which they are told. */
export function clashesOf(read: Reader, wanted: Wanted, at?: Availability): Found[] {
  const range = { reach: reachOf(wanted.from), from: iso(wanted.from), to: iso(wanted.until) }
  const other =
    (kind: ClashKind) => (row: { id: string; patient_id: string; start_at: string; end_at: string }) =>
      wanted.except.has(row.id)
        ? []
        : [
            {
              kind,
              appointmentId: row.id,
              patientId: row.patient_id,
              absenceId: null,
              title: null,
              from: Date.parse(row.start_at),
              until: Date.parse(row.end_at),
            },
          ]
  const { providerId, roomId, patientId } = wanted
  return [
    ...read.all(q.takenByProvider, { ...range, resourceId: providerId }).flatMap(other('provider')),
    ...read.all(q.takenByPatient, { patientId, from: range.from, to: range.to }).flatMap(other('patient')),
    ...(roomId === null
      ? []
      : read.all(q.takenByRoom, { ...range, resourceId: roomId }).flatMap(other('room'))),
    ...closedFor(wanted, at ?? availabilityFor(read, wanted)),
  ]
}

export function availabilityFor(read: Reader, { from, until }: Stretch): Availability {
  // A day more on either side costs nothing and spares knowing the zone here.
  const day = 86_400_000
  return availabilityOf(read, iso(from - day).slice(0, 10), iso(until + day).slice(0, 10))
}

/** Time off of provider and room, and the provider's hours. A room has hours only where it was given some. */
export function closedFor(
  wanted: Pick<Wanted, 'from' | 'until' | 'providerId' | 'roomId'>,
  at: Availability,
): Found[] {
  const dates = new Set([at.clock.dateOf(wanted.from), at.clock.dateOf(wanted.until - 1)])
  const asked = [wanted.providerId, ...(wanted.roomId === null ? [] : [wanted.roomId])]
  const off: (Found & { from: number; until: number })[] = []
  for (const resourceId of asked) {
    for (const date of dates) {
      for (const { absence, span } of at.absences(resourceId, date)) {
        const from = at.clock.ms(date, span.from)
        const until = at.clock.ms(date, span.until)
        if (from >= wanted.until || until <= wanted.from) continue
        if (off.some((known) => known.absenceId === absence.id)) continue
        const { id, title } = absence
        off.push({ kind: 'absence', absenceId: id, appointmentId: null, patientId: null, title, from, until })
      }
    }
  }
  if (!at.hoursKnown) return off
  // What lies in time off is told as such, not as closed besides.
  const rest = without([{ from: wanted.from, until: wanted.until }], off)
  const isOpen = asked.every((resourceId) => {
    const open = [...dates].flatMap((date) => at.open(resourceId, date))
    return rest.every((part) => isCovered(part, open))
  })
  return isOpen ? off : [...off, closed]
}

const closed: Found = {
  kind: 'hours',
  appointmentId: null,
  patientId: null,
  absenceId: null,
  title: null,
  from: null,
  until: null,
}

/** Refuses a clash, or returns the reason to keep with what is saved in spite of it. */
export function requireFree(
  found: readonly Found[],
  override: { readonly reason: string } | null,
): string | null {
  if (found.length === 0) return null
  if (override) return override.reason
  throw refusal(found)
}

export function refusal(
  found: readonly Found[],
  more: Readonly<Record<string, string | number>> = {},
): AppError {
  const kinds = [...new Set(found.map((clash) => clash.kind))]
  const taken = found.find((clash) => clash.appointmentId !== null)
  if (taken) {
    const { kind, appointmentId } = taken
    return new AppError('SLOT_TAKEN', { kind, appointmentId, kinds, ...more })
  }
  const { kind, absenceId } = found[0] ?? closed
  return new AppError('OUTSIDE_HOURS', { kind, absenceId, kinds, ...more })
}

/** For screens; the other patient's name only where the person may see them. */
export function foundToClash(
  found: Found,
  where: { readonly date: string; readonly start: number },
  nameOf: (patientId: string) => string | null,
): Clash {
  return {
    kind: found.kind,
    date: where.date,
    start: where.start,
    appointmentId: found.appointmentId as Clash['appointmentId'],
    absenceId: found.absenceId,
    startAt: found.from === null ? null : iso(found.from),
    endAt: found.until === null ? null : iso(found.until),
    patientName: found.patientId === null ? null : nameOf(found.patientId),
    title: found.title,
  }
}
