// An appointment as screens read it, and whose appointments a person may see.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { hiderFor, viewerOf } from '#modules/access/main/api.ts'
import { isEverybodyRelated } from '#modules/patients/main/api.ts'
import { userNames } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { scopeOf } from '#shared/permissions.ts'
import type { Appointment } from '../shared/shapes.ts'
import * as q from './queries.ts'
import { clockOf } from './wall-clock.ts'

export type Line = NonNullable<(typeof q.linesBetween)['types']>['row']
type CanSee = (patientId: string, encounterId?: string | null) => boolean

/**
 * Scope `r` sees related patients; the times of the others stay taken. Patients themselves get accounts with the portal:
 * until then nobody's own appointments are found.
 */
export function sight(
  services: Pick<Services, 'isRelated'>,
  ctx: Pick<QueryContext, 'read' | 'actor' | 'scope' | 'now'>,
): CanSee {
  const isHidden = hiderFor(ctx.read, viewerOf(ctx))
  const isRelated = relatedTo(services, ctx)
  // A marked patient's or visit's time stays taken too (SECURITY 4.3).
  return (patientId, encounterId) => isRelated(patientId) && !isHidden(patientId, encounterId ?? '')
}

function relatedTo(
  services: Pick<Services, 'isRelated'>,
  { read, actor, scope, now }: Pick<QueryContext, 'read' | 'actor' | 'scope' | 'now'>,
): (patientId: string) => boolean {
  if (scope === 'a' || scope === 'f') return () => true
  if (scope !== 'r' && scope !== 'fr') throw new AppError('NOT_FOUND')
  if (isEverybodyRelated(read, actor.role)) return () => true
  const known = new Map<string, boolean>()
  return (patientId) => {
    let seen = known.get(patientId)
    if (seen === undefined) known.set(patientId, (seen = services.isRelated(read, actor, patientId, now)))
    return seen
  }
}

const everybody: CanSee = () => true

/** Who reads demographics by a list of fields (the laboratory) finds no phone number there, and none here. */
export function seesPhones({ actor }: Pick<QueryContext, 'actor'>): boolean {
  const scope = scopeOf(actor.role, 'demographics', 'R')
  return scope === 'a' || scope === 'r'
}

export interface Showing {
  readonly canSee?: CanSee
  /** Looks up the number to call for each. */
  readonly withPhone?: boolean
}

export function rowsToAppointments(
  read: Reader,
  rows: readonly Line[],
  showing: Showing = {},
): Appointment[] {
  const clock = clockOf(read)
  const bookers = userNames(
    read,
    rows.flatMap((r) => (r.booked_by === null ? [] : [r.booked_by])),
  )
  const canSee = showing.canSee ?? everybody
  return rows.map((r) => {
    const wall = clock.wall(r.start_at)
    const shown = {
      ...timeOf(r),
      date: wall.date,
      start: wall.minutes,
    }
    if (!canSee(r.patient_id, r.encounter_id)) return { ...shown, ...hidden }
    return {
      ...shown,
      ...whoOf(r),
      phone: showing.withPhone ? phoneOf(read, r.patient_id) : null,
      bookedByName: r.booked_by === null ? null : (bookers.get(r.booked_by) ?? null),
    }
  })
}

/** `undefined` where the patient has no such appointment. */
export function appointmentById(
  read: Reader,
  patientId: string,
  id: string,
  withPhone = true,
): Appointment | undefined {
  const row = read.get(q.lineById, { patientId, id })
  return row && rowsToAppointments(read, [row], { withPhone })[0]
}

export const phoneOf = (read: Reader, patientId: string): string | null =>
  read.get(q.phoneOf, { patientId })?.value ?? null

function timeOf(r: Line) {
  return {
    id: r.id as Appointment['id'],
    rev: r.rev,
    startAt: r.start_at,
    endAt: r.end_at,
    minutes: Math.round((Date.parse(r.end_at) - Date.parse(r.start_at)) / 60_000),
    providerId: r.provider_id as Appointment['providerId'],
    roomId: r.room_id as Appointment['roomId'],
    status: r.status as Appointment['status'],
    detached: r.detached === 1,
  }
}

function whoOf(r: Line) {
  return {
    busy: false,
    patientId: r.patient_id as Appointment['patientId'],
    patientName: r.name_text,
    recordNumber: r.record_number,
    birthDate: r.birth_date,
    birthDateEstimated: r.birth_date_estimated === null ? null : r.birth_date_estimated === 1,
    gender: r.gender as Appointment['gender'],
    visitTypeId: r.visit_type_id as Appointment['visitTypeId'],
    reason: r.reason,
    walkIn: r.walk_in === 1,
    queueNumber: r.queue_number,
    arrivedAt: r.arrived_at,
    roomedAt: r.roomed_at,
    withDoctorAt: r.with_doctor_at,
    doneAt: r.done_at,
    leftAt: r.left_at,
    closedAt: r.closed_at,
    closeCode: r.close_code,
    closeText: r.close_text,
    closedLate: r.closed_late === 1,
    overrideReason: r.override_reason,
    seriesId: r.series_id as Appointment['seriesId'],
    occurrenceDate: r.occurrence_date,
    encounterId: r.encounter_id as Appointment['encounterId'],
    bookedAt: r.booked_at,
  }
}

const hidden = {
  busy: true,
  patientId: null,
  patientName: null,
  recordNumber: null,
  birthDate: null,
  birthDateEstimated: null,
  gender: null,
  phone: null,
  visitTypeId: null,
  reason: null,
  walkIn: false,
  queueNumber: null,
  arrivedAt: null,
  roomedAt: null,
  withDoctorAt: null,
  doneAt: null,
  leftAt: null,
  closedAt: null,
  closeCode: null,
  closeText: null,
  closedLate: false,
  overrideReason: null,
  seriesId: null,
  occurrenceDate: null,
  encounterId: null,
  bookedByName: null,
  bookedAt: null,
} as const
