// Booking, moving, changing, cancelling and bringing back. Each looks for clashes again inside the saving transaction.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { bannerOf } from '#modules/patients/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { scheduling } from '../shared/contract.ts'
import { isTaking } from '../shared/flow.ts'
import type { VisitType } from '../shared/setup-shapes.ts'
import type { Appointment } from '../shared/shapes.ts'
import { availabilityFor, clashesOf, foundToClash, nothing, requireFree, type Wanted } from './clashes.ts'
import { appointmentById, type Line, sight } from './lines.ts'
import * as q from './queries.ts'
import { chooseRoom } from './rooms.ts'
import { isBackOnRule } from './series-rows.ts'
import { requireVisitType, resourceById } from './resources.ts'
import { usualMinutes } from './slots.ts'
import { appointment } from './tables.ts'
import { fulfilWaiting } from './waitlist.ts'
import { clockOf, iso } from './wall-clock.ts'

type Procedures = (typeof scheduling)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>

const lateMs = 24 * 3_600_000

export interface Time {
  readonly date: string
  readonly start: number
  readonly minutes: number
  readonly providerId: string
  readonly roomId: string | null
}

/** What a visit asks for as instants, with a room where the visit type wants one. */
export function wantedAt(
  read: Reader,
  patientId: string,
  time: Time,
  type: VisitType | null,
  moved?: Pick<Line, 'id' | 'room_id'>,
): Wanted {
  const clock = clockOf(read)
  // Clocks jump over this time: nobody could come then.
  if (clock.isSkipped(time.date, time.start)) throw new AppError('INVALID_INPUT', { fields: ['start'] })
  const from = clock.ms(time.date, time.start)
  const until = from + time.minutes * 60_000
  const except: ReadonlySet<string> = moved ? new Set([moved.id]) : nothing
  requireProvider(read, time.providerId)
  const span = { from, until, providerId: time.providerId, except }
  if (time.roomId !== null) {
    if (resourceById(read, time.roomId).kind === 'provider')
      throw new AppError('INVALID_INPUT', { fields: ['roomId'] })
    return { patientId, ...span, roomId: time.roomId }
  }
  const at = availabilityFor(read, { from, until })
  const current = moved?.room_id ?? null
  return { patientId, ...span, roomId: chooseRoom(read, at, { ...span, type, current }) }
}

function requireProvider(read: Reader, id: string): void {
  const provider = resourceById(read, id)
  if (provider.kind !== 'provider' || !provider.active) {
    throw new AppError('INVALID_INPUT', { fields: ['providerId'] })
  }
}

export function checkSlot(
  services: Pick<Services, 'isRelated'>,
  ctx: QueryContext,
  input: In<'checkSlot'>,
): OutputOf<Procedures['checkSlot']> {
  const { read } = ctx
  const type = input.visitTypeId === null ? null : requireVisitType(read, input.visitTypeId)
  const moved =
    input.appointmentId === null ? undefined : requireLine(read, input.patientId, input.appointmentId)
  const canSee = sight(services, ctx)
  const nameOf = (id: string) => (canSee(id) ? (bannerOf(read, id)?.name ?? null) : null)
  const found = clashesOf(read, wantedAt(read, input.patientId, input, type, moved))
  return { clashes: found.map((clash) => foundToClash(clash, input, nameOf)) }
}

export function book(ctx: CommandContext, input: In<'book'>): Appointment {
  const { read } = ctx
  requireLiving(read, input.patientId)
  const type = bookableType(ctx, input.visitTypeId)
  const minutes = input.minutes ?? type?.minutes ?? usualMinutes
  const wanted = wantedAt(read, input.patientId, { ...input, minutes }, type)
  const reason = requireFree(clashesOf(read, wanted), input.override)
  const id = insertAppointment(ctx, wanted, {
    visit_type_id: input.visitTypeId,
    reason: input.reason,
    override_reason: reason,
  })
  if (input.waitlistId !== null) fulfilWaiting(ctx, input.patientId, input.waitlistId, id)
  return saved(read, input.patientId, id)
}

type Details = Partial<
  Pick<
    Line,
    | 'visit_type_id'
    | 'reason'
    | 'override_reason'
    | 'series_id'
    | 'occurrence_date'
    | 'status'
    | 'close_code'
    | 'closed_at'
    | 'walk_in'
    | 'queue_number'
  >
>

/** Written down as booked by the acting person; ids are minted from the time of the visit, so that a history is in order. */
export function insertAppointment(ctx: CommandContext, wanted: Wanted, details: Details): string {
  return ctx.write.insert(
    appointment,
    {
      patient_id: wanted.patientId,
      start_at: iso(wanted.from),
      end_at: iso(wanted.until),
      provider_id: wanted.providerId,
      room_id: wanted.roomId,
      status: 'booked',
      closed_late: 0,
      detached: 0,
      walk_in: 0,
      booked_by: ctx.actor?.userId ?? null,
      booked_at: ctx.now,
      ...details,
    },
    wanted.from,
  )
}

/** Any time for a visit that is booked; one under way may change provider, room and length on its day. */
export function move(ctx: CommandContext, input: In<'move'>): Appointment {
  const { read } = ctx
  const row = requireLine(read, input.patientId, input.appointmentId)
  const isUnderWay = row.status === 'arrived' || row.status === 'roomed' || row.status === 'with-doctor'
  const isSameDay = clockOf(read).wall(row.start_at).date === input.date
  if (row.status !== 'booked' && !(isUnderWay && isSameDay)) throw wrongState(row)
  const type = row.visit_type_id === null ? null : requireVisitType(read, row.visit_type_id)
  const wanted = wantedAt(read, input.patientId, input, type, row)
  const reason = requireFree(clashesOf(read, wanted), input.override)
  ctx.write.update(appointment, row.id, input.rev, {
    start_at: iso(wanted.from),
    end_at: iso(wanted.until),
    provider_id: wanted.providerId,
    room_id: wanted.roomId,
    override_reason: reason,
    ...(row.series_id === null ? {} : { detached: isBackOnRule(read, row, input) ? 0 : 1 }),
  })
  return saved(read, input.patientId, row.id)
}

export function amend(ctx: CommandContext, input: In<'amend'>): Appointment {
  const row = requireLine(ctx.read, input.patientId, input.appointmentId)
  if (!isTaking(row.status)) throw wrongState(row)
  if (input.visitTypeId !== row.visit_type_id) bookableType(ctx, input.visitTypeId)
  ctx.write.update(appointment, row.id, input.rev, { visit_type_id: input.visitTypeId, reason: input.reason })
  return saved(ctx.read, input.patientId, row.id)
}

export function cancel(ctx: CommandContext, input: In<'cancel'>): Appointment {
  const row = requireLine(ctx.read, input.patientId, input.appointmentId)
  if (row.status !== 'booked') throw wrongState(row)
  closeAppointment(ctx, row, input.rev, input.code, input.text)
  return saved(ctx.read, input.patientId, row.id)
}

export function closeAppointment(
  ctx: CommandContext,
  row: Pick<Line, 'id' | 'start_at'>,
  rev: number | 'any',
  code: string,
  text: string | null,
): void {
  // What the clinic undoes itself is not held against a patient.
  const isPatients = code === 'patient' || code === 'illness'
  ctx.write.update(appointment, row.id, rev, {
    status: 'cancelled',
    closed_at: ctx.now,
    close_code: code,
    close_text: text,
    closed_late: isPatients && Date.parse(row.start_at) - ctx.nowMs < lateMs ? 1 : 0,
  })
}

export function noShow(ctx: CommandContext, input: In<'noShow'>): Appointment {
  const row = requireLine(ctx.read, input.patientId, input.appointmentId)
  // Before its time nobody can know.
  if (row.status !== 'booked' || Date.parse(row.start_at) > ctx.nowMs) throw wrongState(row)
  ctx.write.update(appointment, row.id, input.rev, {
    status: 'noshow',
    closed_at: ctx.now,
    close_code: null,
    close_text: null,
    closed_late: 0,
  })
  return saved(ctx.read, input.patientId, row.id)
}

export function restore(ctx: CommandContext, input: In<'restore'>): Appointment {
  const { read } = ctx
  const row = requireLine(read, input.patientId, input.appointmentId)
  if (isTaking(row.status)) throw wrongState(row)
  const wanted: Wanted = {
    patientId: row.patient_id,
    from: Date.parse(row.start_at),
    until: Date.parse(row.end_at),
    providerId: row.provider_id,
    roomId: row.room_id,
    except: nothing,
  }
  const override = input.override ?? (row.override_reason === null ? null : { reason: row.override_reason })
  const reason = requireFree(clashesOf(read, wanted), override)
  ctx.write.update(appointment, row.id, input.rev, {
    status: 'booked',
    closed_at: null,
    close_code: null,
    close_text: null,
    closed_late: 0,
    override_reason: reason,
  })
  return saved(read, input.patientId, row.id)
}

/** The appointment, if it is this patient's: a window on the wrong patient writes nothing. */
export function requireLine(read: Reader, patientId: string, id: string): Line {
  const row = read.get(q.lineById, { patientId, id })
  if (row) return row
  if (read.get(q.patientOfAppointment, { id })) throw new AppError('WRONG_PATIENT')
  throw new AppError('NOT_FOUND')
}

export function saved(read: Reader, patientId: string, id: string): Appointment {
  const found = appointmentById(read, patientId, id)
  if (!found) throw new Error('an appointment that was just saved is gone')
  return found
}

export const wrongState = (row: Pick<Line, 'status'>): AppError =>
  new AppError('WRONG_STATE', { status: row.status })

/** A reminder to the house of somebody who has died hurts; nothing is booked for them. */
export function requireLiving(read: Reader, patientId: string): void {
  const banner = bannerOf(read, patientId)
  if (!banner) throw new AppError('NOT_FOUND')
  if (banner.deceased) throw new AppError('WRONG_STATE', { status: 'deceased' })
}

export function bookableType(
  ctx: Pick<CommandContext, 'read' | 'actor'>,
  id: string | null,
): VisitType | null {
  if (id === null) return null
  const type = requireVisitType(ctx.read, id)
  if (!type.active) throw new AppError('INVALID_INPUT', { fields: ['visitTypeId'] })
  if (type.bookableBy && ctx.actor && !type.bookableBy.includes(ctx.actor.role))
    throw new AppError('FORBIDDEN')
  return type
}
