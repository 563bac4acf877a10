// What other modules may ask of the schedule: who comes when, which visit an encounter belongs to, its stamps, booking.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import type { Resource, VisitType } from '../shared/setup-shapes.ts'
import type { Appointment } from '../shared/shapes.ts'
import { insertAppointment, saved, wantedAt } from './booking.ts'
import { clashesOf, requireFree } from './clashes.ts'
import { finish, withDoctor } from './flow.ts'
import { type Line, rowsToAppointments } from './lines.ts'
import * as q from './queries.ts'
import { resourcesOf, visitTypesOf } from './resources.ts'
import { clockOf } from './wall-clock.ts'

export { setFlow } from './flow.ts'
/** The acts of the desk under the desk's own rules: for whoever sets up a practice or plays one through. */
export { book, cancel, noShow } from './booking.ts'
export { saveHours } from './hours.ts'
export { saveProvider, saveRoom, saveVisitType } from './setup.ts'
export { addToWaitlist } from './waitlist.ts'
export { walkIn } from './walk-in.ts'
export { freeSlots } from './slots.ts'
export { resourcesOf, visitTypesOf } from './resources.ts'
export { schedulable, visitType } from './tables.ts'
/** Who may see whose appointments in a list; throws for roles that may see none. */
export { seesPhones, sight } from './lines.ts'
export { clockOf } from './wall-clock.ts'

/** Appointments of a day in the clinic, in order of time; cancelled ones only when asked for. */
export function appointmentsOn(
  read: Reader,
  date: string,
  options: {
    readonly withCancelled?: boolean
    readonly canSee?: (patientId: string, encounterId?: string | null) => boolean
  } = {},
): Appointment[] {
  const day = clockOf(read).day(date)
  const rows = read
    .all(q.linesBetween, { reach: day.from, from: day.from, to: day.to })
    .filter((row) => options.withCancelled === true || row.status !== 'cancelled')
  return rowsToAppointments(read, rows, options.canSee ? { canSee: options.canSee } : {})
}

export interface UpcomingVisit {
  readonly id: string
  readonly patientId: string
  readonly startAt: string
  readonly visitTypeId: string | null
}

/** Booked visits that begin in a range of instants. Lean, since reminders ask for the next days every minute. */
export function upcomingBetween(read: Reader, from: string, to: string): UpcomingVisit[] {
  return read
    .all(q.linesBetween, { reach: from, from, to })
    .filter((row) => row.status === 'booked' && row.start_at >= from)
    .map((row) => ({
      id: row.id,
      patientId: row.patient_id,
      startAt: row.start_at,
      visitTypeId: row.visit_type_id,
    }))
}

export function appointmentOf(read: Reader, patientId: string, id: string): Appointment | undefined {
  const row = read.get(q.lineById, { patientId, id })
  return row && rowsToAppointments(read, [row], { withPhone: true })[0]
}

/** The appointment an encounter belongs to; walk-ins have one too, visits opened from the chart do not. */
export function visitOfEncounter(
  read: Reader,
  patientId: string,
  encounterId: string,
): Appointment | undefined {
  const row = lineOf(read, patientId, encounterId)
  return row && rowsToAppointments(read, [row])[0]
}

/** What kind of visit an encounter is: its length, fee code and note title. */
export function visitTypeOfEncounter(
  read: Reader,
  patientId: string,
  encounterId: string,
): VisitType | undefined {
  const id = lineOf(read, patientId, encounterId)?.visit_type_id
  return id ? visitTypesOf(read).find((type) => type.id === id) : undefined
}

/** The provider who stands for an account, if one does. */
export const providerOfUser = (read: Reader, userId: string): Resource | undefined =>
  resourcesOf(read).find((r) => r.kind === 'provider' && r.active && r.userId === userId)

/** The doctor has begun, as seen from the note: nothing where no appointment waits for it. */
export function markWithDoctor(ctx: CommandContext, patientId: string, encounterId: string): void {
  const row = lineOf(ctx.read, patientId, encounterId)
  if (row && (row.status === 'arrived' || row.status === 'roomed')) withDoctor(ctx, row)
}

/** The visit is over, as seen from the signed note. One that nobody had marked as begun gets both stamps. */
export function markDone(ctx: CommandContext, patientId: string, encounterId: string): void {
  markWithDoctor(ctx, patientId, encounterId)
  const row = lineOf(ctx.read, patientId, encounterId)
  if (row?.status === 'with-doctor') finish(ctx, row)
}

function lineOf(read: Reader, patientId: string, encounterId: string): Line | undefined {
  const row = read.get(q.lineOfEncounter, { encounterId })
  return row?.patient_id === patientId ? row : undefined
}

export interface NewAppointment {
  readonly patientId: string
  readonly date: string
  readonly start: number
  readonly minutes: number
  readonly providerId: string
  readonly roomId?: string | null
  readonly visitTypeId: string | null
  readonly reason?: string | null
  /** Saved over clashes with this reason. */
  readonly override?: { readonly reason: string } | null
}

/** Books for another module or the demo clinic, under the same rules as the desk; refused with the same errors. */
export function bookAppointment(ctx: CommandContext, visit: NewAppointment): Appointment {
  const type =
    visit.visitTypeId === null ? null : visitTypesOf(ctx.read).find((t) => t.id === visit.visitTypeId)
  if (type === undefined) throw new AppError('NOT_FOUND')
  const wanted = wantedAt(ctx.read, visit.patientId, { ...visit, roomId: visit.roomId ?? null }, type)
  const reason = requireFree(clashesOf(ctx.read, wanted), visit.override ?? null)
  const id = insertAppointment(ctx, wanted, {
    visit_type_id: visit.visitTypeId,
    reason: visit.reason ?? null,
    override_reason: reason,
  })
  return saved(ctx.read, visit.patientId, id)
}

/** To write past days through, with their stamps: the demo clinic, later imports. Living days go through the acts above. */
export { appointment as appointmentTable, openingRule as openingRuleTable } from './tables.ts'
