// Days and weeks as screens draw them, one appointment, and one patient's appointments.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { addDays } from '#shared/zoned-time.ts'
import type { scheduling } from '../shared/contract.ts'
import type { Appointment, Column } from '../shared/shapes.ts'
import { without } from '../shared/spans.ts'
import { type Availability, availabilityOf } from './availability.ts'
import { reachOf } from './clashes.ts'
import { appointmentById, type Line, rowsToAppointments, seesPhones, sight } from './lines.ts'
import * as q from './queries.ts'
import { clockOf, iso } from './wall-clock.ts'

type Procedures = (typeof scheduling)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>
type Sees = Pick<Services, 'isRelated'>

/** From this many columns on, a range is read by time and not column by column. */
const fewColumns = 4

export function calendar(services: Sees, ctx: QueryContext, input: In<'calendar'>): Out<'calendar'> {
  const { read } = ctx
  const canSee = sight(services, ctx)
  const dates = Array.from({ length: input.days }, (_, n) => addDays(input.date, n))
  const at = availabilityOf(read, input.date, dates.at(-1) ?? input.date)
  const columns = input.resourceIds ?? activeProviders(at)
  const range = {
    fromMs: at.clock.day(input.date).fromMs,
    toMs: at.clock.day(dates.at(-1) ?? input.date).toMs,
  }
  const rows = linesIn(read, range, columns).filter(
    (row) => input.withCancelled || row.status !== 'cancelled',
  )
  return {
    timeZone: at.clock.timeZone,
    hoursKnown: at.hoursKnown,
    days: dates.map((date) => ({ date, minutes: at.clock.day(date).minutes })),
    columns: dates.flatMap((date) => columns.map((id) => columnOf(at, id, date))),
    appointments: rowsToAppointments(read, rows, { canSee }),
  }
}

const activeProviders = (at: Availability): string[] =>
  at.resources.filter((r) => r.kind === 'provider' && r.active).map((r) => r.id)

/** Appointments of the named providers and rooms that touch a range, in order of time. */
export function linesIn(
  read: Reader,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  resourceIds: readonly string[],
): Line[] {
  const range = { reach: reachOf(fromMs), from: iso(fromMs), to: iso(toMs) }
  if (resourceIds.length >= fewColumns) {
    const wanted = new Set(resourceIds)
    return read
      .all(q.linesBetween, range)
      .filter((row) => wanted.has(row.provider_id) || (row.room_id !== null && wanted.has(row.room_id)))
  }
  const rows = new Map<string, Line>()
  for (const resourceId of resourceIds) {
    for (const row of read.all(q.linesOfProvider, { ...range, resourceId })) rows.set(row.id, row)
    for (const row of read.all(q.linesOfRoom, { ...range, resourceId })) rows.set(row.id, row)
  }
  return [...rows.values()].sort((a, b) => (a.start_at === b.start_at ? 0 : a.start_at < b.start_at ? -1 : 1))
}

function columnOf(at: Availability, resourceId: string, date: string): Column {
  const day = at.hours(resourceId, date)
  const off = at.absences(resourceId, date)
  return {
    date,
    resourceId: resourceId as Column['resourceId'],
    open: without(day.open, [...day.breaks, ...off.map(({ span }) => span)]),
    breaks: [...day.breaks],
    absences: off.map(({ absence, span }) => ({
      id: absence.id,
      from: span.from,
      until: span.until,
      kind: absence.kind,
      title: absence.title,
      wholeClinic: absence.resourceId === null,
    })),
  }
}

export function getAppointment(ctx: QueryContext, input: In<'appointment'>): Appointment {
  const found = appointmentById(ctx.read, input.patientId, input.appointmentId, seesPhones(ctx))
  if (!found) throw new AppError('NOT_FOUND')
  return found
}

const pageSize = 50

export function patientAppointments(
  { read, nowMs }: QueryContext,
  { patientId, when, cursor }: In<'patientAppointments'>,
): Out<'patientAppointments'> {
  const isPast = when === 'past'
  const after =
    cursor === null ? (isPast ? { start: '9999', id: 'z' } : { start: '', id: '' }) : readCursor(cursor)
  const since = isPast ? iso(nowMs) : startOfToday(read, nowMs)
  const page = { patientId, since, start: after.start, after: after.id, limit: pageSize + 1 }
  const rows = read.all(isPast ? q.pastLines : q.comingLines, page)
  const last = rows[pageSize - 1]
  const missed = read.get(q.missedBy, { patientId })
  return {
    items: rowsToAppointments(read, rows.slice(0, pageSize)),
    next: rows.length > pageSize && last ? `${last.start_at} ${last.id}` : null,
    noShows: missed?.no_shows ?? 0,
    lateCancels: missed?.late_cancels ?? 0,
  }
}

function readCursor(cursor: string): { start: string; id: string } {
  const [start = '', id = ''] = cursor.split(' ')
  return { start, id }
}

function startOfToday(read: Reader, nowMs: number): string {
  const clock = clockOf(read)
  return clock.day(clock.dateOf(nowMs)).from
}
