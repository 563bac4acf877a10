// A visit on its way through the day, with its encounter in the chart: arrival opens it, the doctor starts it, the end
// finishes it, and a step back takes the newest step away again.
import type { CommandContext } from '#core/rpc/context.ts'
import {
  finishEncounter,
  openEncounter,
  openVisitsOf,
  reopenEncounter,
  startEncounter,
  visitOf,
  withdrawEmptyEncounter,
} from '#modules/chart/main/api.ts'
import { userNames } from '#modules/people/main/api.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { scheduling } from '../shared/contract.ts'
import { statusAfter, statusBefore } from '../shared/flow.ts'
import type { Appointment, FlowStatus } from '../shared/shapes.ts'
import { requireLine, saved, wrongState } from './booking.ts'
import type { Line } from './lines.ts'
import * as q from './queries.ts'
import { requireVisitType, resourceById } from './resources.ts'
import { appointment } from './tables.ts'
import { clockOf } from './wall-clock.ts'

type Input = InputOf<(typeof scheduling)['procedures']['setFlow']>

export function setFlow(ctx: CommandContext, input: Input): Appointment {
  const row = requireLine(ctx.read, input.patientId, input.appointmentId)
  if (row.status !== input.seen) throw wrongState(row)
  const status = row.status as FlowStatus
  if (input.step === 'back') stepBack(ctx, row, statusBefore(status, stampsOf(row)))
  else {
    if (statusAfter(input.step, status) === null) throw wrongState(row)
    steps[input.step](ctx, row, input.roomId)
  }
  return saved(ctx.read, input.patientId, row.id)
}

const steps: Readonly<
  Record<Exclude<Input['step'], 'back'>, (ctx: CommandContext, row: Line, roomId: string | null) => void>
> = {
  arrive: (ctx, row) => arrive(ctx, row),
  room: enterRoom,
  start: (ctx, row) => withDoctor(ctx, row),
  done: (ctx, row) => finish(ctx, row),
  leave: (ctx, row) => leave(ctx, row),
}

/** Nobody arrives for another day's visit. */
export function arrive(ctx: CommandContext, row: Line): void {
  const clock = clockOf(ctx.read)
  const isToday = clock.wall(row.start_at).date === clock.dateOf(ctx.nowMs)
  if (!isToday) throw wrongState(row)
  ctx.write.update(appointment, row.id, 'any', {
    status: 'arrived',
    arrived_at: ctx.now,
    closed_at: null,
    close_code: null,
    close_text: null,
    encounter_id: encounterFor(ctx, row),
  })
}

/** A visit that is open already and belongs to no other appointment is this one: somebody began to write before the desk. */
function encounterFor(ctx: CommandContext, row: Line): string {
  const { patient_id: patientId } = row
  const clock = clockOf(ctx.read)
  const since = clock.day(clock.dateOf(ctx.nowMs)).from
  const open = openVisitsOf(ctx.read, patientId, since).find(
    (visit) => !ctx.read.get(q.lineOfEncounter, { encounterId: visit.id }),
  )
  if (open) return open.id
  const provider = resourceById(ctx.read, row.provider_id)
  const account = provider.userId
  return openEncounter(ctx, patientId, {
    status: 'arrived',
    typeDisplay: row.visit_type_id === null ? null : requireVisitType(ctx.read, row.visit_type_id).name,
    userId: account,
    practitioner:
      account === null ? provider.name : (userNames(ctx.read, [account]).get(account) ?? provider.name),
  })
}

function enterRoom(ctx: CommandContext, row: Line, roomId: string | null): void {
  if (roomId !== null && resourceById(ctx.read, roomId).kind === 'provider') {
    throw new AppError('INVALID_INPUT', { fields: ['roomId'] })
  }
  ctx.write.update(appointment, row.id, 'any', {
    status: 'roomed',
    roomed_at: row.roomed_at ?? ctx.now,
    room_id: roomId ?? row.room_id,
  })
}

export function withDoctor(ctx: CommandContext, row: Line): void {
  ctx.write.update(appointment, row.id, 'any', { status: 'with-doctor', with_doctor_at: ctx.now })
  if (row.encounter_id !== null) startEncounter(ctx, row.patient_id, row.encounter_id)
}

export function finish(ctx: CommandContext, row: Line): void {
  ctx.write.update(appointment, row.id, 'any', { status: 'done', done_at: ctx.now })
  if (row.encounter_id !== null) finishEncounter(ctx, row.patient_id, row.encounter_id)
}

/** Whoever leaves before the doctor came leaves a visit without care behind: it ends, and stays in the record. */
function leave(ctx: CommandContext, row: Line): void {
  ctx.write.update(appointment, row.id, 'any', { status: 'left', left_at: ctx.now })
  if (row.encounter_id !== null) finishEncounter(ctx, row.patient_id, row.encounter_id)
}

const stampOf = {
  arrived: 'arrived_at',
  roomed: 'roomed_at',
  'with-doctor': 'with_doctor_at',
  done: 'done_at',
  left: 'left_at',
} as const

function stepBack(ctx: CommandContext, row: Line, to: FlowStatus | null): void {
  if (to === null) throw wrongState(row)
  const stamp = stampOf[row.status as keyof typeof stampOf]
  if (to === 'booked') takeArrivalBack(ctx, row)
  else if (row.encounter_id !== null) {
    const encounterStatus = to === 'with-doctor' ? 'in-progress' : 'arrived'
    if (to !== 'done') reopenEncounter(ctx, row.patient_id, row.encounter_id, encounterStatus)
  }
  ctx.write.update(appointment, row.id, 'any', {
    status: to,
    [stamp]: null,
    ...(to === 'booked' ? { encounter_id: null } : {}),
  })
}

/** A visit in which something was recorded has happened: its arrival stays. */
function takeArrivalBack(ctx: CommandContext, row: Line): void {
  const { patient_id: patientId, encounter_id: id } = row
  if (id === null) return
  withdrawEmptyEncounter(ctx, patientId, id, 'arrival taken back')
  if (visitOf(ctx.read, patientId, id)) throw new AppError('WRONG_STATE', { status: 'recorded' })
}

const stampsOf = (row: Line) => ({
  arrivedAt: row.arrived_at,
  roomedAt: row.roomed_at,
  withDoctorAt: row.with_doctor_at,
  doneAt: row.done_at,
  leftAt: row.left_at,
})
