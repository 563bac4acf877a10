// The board: one call, all cards of the day. What a card shows is decided here by role, not by the screen.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { hiderFor, viewerOf } from '#modules/access/main/api.ts'
import { openBalances } from '#modules/billing/main/api.ts'
import { allergiesOfMany } from '#modules/chart/main/api.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { takenByPatient, type TakenInVisit } from '#modules/vitals/main/api.ts'
import { formatUuidV7 } from '#shared/ids.ts'
import { scopeOf } from '#shared/permissions.ts'
import { localDateIn } from '#shared/time.ts'
import { dayRange } from '#shared/zoned-time.ts'
import type { Card, Day } from '../shared/contract.ts'
import { rooms, visitsBetween } from './queries.ts'

type Visit = NonNullable<(typeof visitsBetween)['types']>['row']

export function today(services: Pick<Services, 'isRelated'>, ctx: QueryContext): Day {
  const { read, nowMs, actor } = ctx
  const { timeZone, oneCareTeam } = clinicOf(read)
  const date = localDateIn(timeZone, nowMs)
  const { from, to } = dayRange(date, timeZone)
  const fromId = formatUuidV7(Date.parse(from), new Uint8Array(10))
  const visits = read
    .all(visitsBetween, { from, to, fromId })
    .filter((v) => ctx.scope !== 'r' || oneCareTeam || services.isRelated(read, actor, v.patient_id, ctx.now))
  const patientIds = [...new Set(visits.map((v) => v.patient_id))]
  const clinical = scopeOf(actor.role, 'vitals', 'R') !== undefined
  const mayFlag = clinical || actor.role === 'reception'
  const allergies = mayFlag ? allergiesOfMany(read, patientIds, hiderFor(read, viewerOf(ctx))) : null
  const balances = scopeOf(actor.role, 'payments', 'R') === undefined ? null : openBalances(read, patientIds)
  const taken = takenByPatient(read, patientIds, fromId)
  const cards = visits.map((visit): Card => {
    const known = allergies?.get(visit.patient_id)
    const inVisit = taken
      .get(visit.patient_id)
      ?.find((t) => visit.encounter_id !== null && t.encounterId === visit.encounter_id)
    return {
      ...cardOf(visit, actor.userId),
      ...placeOf(visit, inVisit),
      allergyState: allergies === null ? null : (known?.state ?? 'not-recorded'),
      allergies: clinical ? [...(known?.substances ?? [])] : [],
      vitalsTaken: clinical ? inVisit !== undefined : null,
      marks: clinical && inVisit ? [...inVisit.marks] : [],
      noteSignedAt: clinical ? visit.note_signed_at : null,
      due: balances === null ? null : (balances.get(visit.patient_id) ?? 0),
    }
  })
  const inUse = new Set(
    visits.filter((v) => v.status === 'roomed' || v.status === 'with-doctor').map((v) => v.room_id),
  )
  return {
    date,
    cards,
    rooms: read.all(rooms, {}).map(({ id, name }) => ({
      id: id as Day['rooms'][number]['id'],
      name,
      taken: inUse.has(id),
    })),
  }
}

/** A patient in a room is with the nurse until something was taken in this visit, then ready for the doctor. */
function placeOf(v: Visit, taken: TakenInVisit | undefined): Pick<Card, 'stage' | 'since'> {
  switch (v.status) {
    case 'arrived':
      return { stage: 'waiting', since: v.arrived_at ?? v.start_at }
    case 'roomed':
      return taken
        ? { stage: 'ready', since: taken.takenAt ?? v.roomed_at ?? v.start_at }
        : { stage: 'with-nurse', since: v.roomed_at ?? v.start_at }
    case 'with-doctor':
      return { stage: 'with-doctor', since: v.with_doctor_at ?? v.start_at }
    case 'done':
      return { stage: 'check-out', since: v.done_at ?? v.start_at }
    case 'left':
      return { stage: 'left', since: v.left_at ?? v.start_at }
    default:
      return { stage: 'expected', since: v.start_at }
  }
}

function cardOf(
  v: Visit,
  userId: string,
): Omit<
  Card,
  'stage' | 'since' | 'allergyState' | 'allergies' | 'vitalsTaken' | 'marks' | 'noteSignedAt' | 'due'
> {
  return {
    appointmentId: v.id as Card['appointmentId'],
    patientId: v.patient_id as Card['patientId'],
    encounterId: v.encounter_id as Card['encounterId'],
    name: v.name_text,
    recordNumber: v.record_number,
    birthDate: v.birth_date,
    gender: v.gender as Card['gender'],
    phone: v.phone,
    phoneSince: v.phone_id === null || v.phone_rev !== 1 ? null : instantOfId(v.phone_id),
    startAt: v.start_at,
    providerId: v.provider_id as Card['providerId'],
    provider: v.provider_name,
    mine: v.provider_user === userId,
    roomId: v.room_id as Card['roomId'],
    room: v.room_name,
    visitType: v.type_name,
    noteTitle: v.note_title,
    reason: v.reason,
    status: v.status as Card['status'],
    walkIn: v.walk_in === 1,
    queueNumber: v.queue_number,
    firstVisit: v.earlier_visit === null,
    arrivedAt: v.arrived_at,
    roomedAt: v.roomed_at,
  }
}

/** A row that was never amended was written when its id was made (UUIDv7, RFC 9562 section 5.7). */
function instantOfId(id: string): string {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString()
}
