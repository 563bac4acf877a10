// Visits that are booked where nobody is there any more: in time off entered later, or outside of changed hours.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { addDays } from '#shared/zoned-time.ts'
import type { scheduling } from '../shared/contract.ts'
import type { Absence } from '../shared/setup-shapes.ts'
import { availabilityOf } from './availability.ts'
import { closedFor, reachOf } from './clashes.ts'
import { rowToAbsence } from './hours.ts'
import { type Line, rowsToAppointments, seesPhones, sight } from './lines.ts'
import * as q from './queries.ts'
import { absenceById } from './setup-queries.ts'
import { clockOf, iso } from './wall-clock.ts'

type Procedures = (typeof scheduling)['procedures']
const most = 200

export function displaced(
  services: Pick<Services, 'isRelated'>,
  ctx: QueryContext,
  { absenceId, days }: InputOf<Procedures['displaced']>,
): OutputOf<Procedures['displaced']> {
  const canSee = sight(services, ctx)
  const rows =
    absenceId === null ? displacedWithin(ctx, days) : displacedBy(ctx, requireAbsence(ctx.read, absenceId))
  return {
    appointments: rowsToAppointments(ctx.read, rows.slice(0, most), { canSee, withPhone: seesPhones(ctx) }),
    more: rows.length > most,
  }
}

function requireAbsence(read: Reader, id: string): Absence {
  const row = read.get(absenceById, { id })
  if (!row || row.voided_at !== null) throw new AppError('NOT_FOUND')
  return rowToAbsence(row)
}

function displacedWithin({ read, nowMs }: Pick<QueryContext, 'read' | 'nowMs'>, days: number): Line[] {
  const clock = clockOf(read)
  const today = clock.dateOf(nowMs)
  const at = availabilityOf(read, today, addDays(today, days))
  const range = { reach: iso(nowMs), from: iso(nowMs), to: clock.day(addDays(today, days)).to }
  // Whoever was booked over a clash knew it.
  return read
    .all(q.linesBetween, range)
    .filter((row) => row.status === 'booked' && row.override_reason === null)
    .filter((row) => closedFor(wantedOf(row), at).length > 0)
}

/** Coming visits in one time off, whoever's it is. */
export function displacedBy({ read, nowMs }: Pick<QueryContext, 'read' | 'nowMs'>, absence: Absence): Line[] {
  const clock = clockOf(read)
  const from = Math.max(nowMs, clock.ms(absence.fromDate, absence.from))
  const until = clock.ms(absence.untilDate, absence.until)
  if (until <= from) return []
  const range = { reach: reachOf(from), from: iso(from), to: iso(until) }
  const { resourceId } = absence
  const rows =
    resourceId === null
      ? read.all(q.linesBetween, range)
      : [
          ...read.all(q.linesOfProvider, { ...range, resourceId }),
          ...read.all(q.linesOfRoom, { ...range, resourceId }),
        ]
  return rows.filter((row) => row.status === 'booked')
}

const wantedOf = (row: Line) => ({
  from: Date.parse(row.start_at),
  until: Date.parse(row.end_at),
  providerId: row.provider_id,
  roomId: row.room_id,
})
