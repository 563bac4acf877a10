// Requests of patients: entered with who asked and how that was made sure, due by the clinic's law, answered with a reason.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { patientOf } from '#modules/patients/main/api.ts'
import { activeAccountIds, rolesOf, userNames } from '#modules/people/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { localDateIn } from '#shared/time.ts'
import { addDays } from '#shared/zoned-time.ts'
import type { privacy, PrivacyRequest } from '../shared/contract.ts'
import { amendmentsOf } from './amendments.ts'
import * as q from './queries.ts'
import { restrictionsOf } from './restrictions.ts'
import { settings } from './settings.ts'
import { rowToStep } from './steps.ts'
import { privacyRequest } from './tables.ts'

type Procedures = (typeof privacy)['procedures']
const mostListed = 500
const numberLength = 6

export const todayOf = ({ read, nowMs }: Pick<QueryContext, 'read' | 'nowMs'>): string =>
  localDateIn(clinicOf(read).timeZone, nowMs)

interface RequestRow {
  id: string
  rev: number
  patient_id: string
  name_text: string
  kind: string
  asked_by: string
  identity_check: string
  words: string | null
  received_on: string
  due_on: string
  state: string
  reason: string | null
  decided_at: string | null
  decided_by_name: string | null
}

function rowToRequest(row: RequestRow): PrivacyRequest {
  return {
    id: row.id,
    rev: row.rev,
    number: row.id.slice(-numberLength).toUpperCase(),
    patientId: row.patient_id as PrivacyRequest['patientId'],
    patientName: row.name_text,
    kind: row.kind as PrivacyRequest['kind'],
    askedBy: row.asked_by,
    identityCheck: row.identity_check,
    words: row.words,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    state: row.state as PrivacyRequest['state'],
    reason: row.reason,
    decidedAt: row.decided_at,
    decidedByName: row.decided_by_name,
  }
}

export function listRequests(
  ctx: QueryContext,
  { show }: InputOf<Procedures['requests']>,
): OutputOf<Procedures['requests']> {
  const rows = ctx.read.all(show === 'open' ? q.openRequests : q.allRequests, { limit: mostListed })
  const requests = rows.map(rowToRequest)
  return {
    today: todayOf(ctx),
    officers: officers(ctx.read),
    // A day set by law counts for a record that is marked as sensitive too: what goes out without its patient stays on the list.
    requests: ctx.actor.role === 'privacy' ? requests : requests.map(withoutPatient),
  }
}

function withoutPatient(request: PrivacyRequest): PrivacyRequest {
  return { ...request, patientId: null, patientName: null }
}

function officers(read: Reader): string[] {
  const ids = activeAccountIds(read).filter((id) => rolesOf(read, id).includes('privacy'))
  return [...userNames(read, ids).values()]
}

export function requestOf(read: Reader, patientId: string, id: string): PrivacyRequest {
  const row = read.all(q.requestsOfPatient, { patient: patientId }).find((r) => r.id === id)
  if (!row) throw new AppError('NOT_FOUND')
  return rowToRequest(row)
}

export function getRequest(
  ctx: QueryContext,
  { patientId, id }: InputOf<Procedures['request']>,
): OutputOf<Procedures['request']> {
  return {
    today: todayOf(ctx),
    request: requestOf(ctx.read, patientId, id),
    restrictions: restrictionsOf(ctx.read, patientId),
    steps: ctx.read
      .all(q.stepsOfPatient, { patient: patientId })
      .filter((step) => step.request_id === id)
      .map(rowToStep),
    amendments: amendmentsOf(ctx.read, patientId).filter((a) => a.requestId === id),
  }
}

export function ofPatient(
  ctx: QueryContext,
  { patientId }: InputOf<Procedures['ofPatient']>,
): OutputOf<Procedures['ofPatient']> {
  return {
    today: todayOf(ctx),
    requests: ctx.read.all(q.requestsOfPatient, { patient: patientId }).map(rowToRequest),
    restrictions: restrictionsOf(ctx.read, patientId),
  }
}

export function receive(ctx: CommandContext, input: InputOf<Procedures['receive']>): PrivacyRequest {
  if (!patientOf(ctx.read, input.patientId)) throw new AppError('NOT_FOUND')
  if (input.receivedOn > todayOf(ctx)) throw new AppError('INVALID_INPUT', { fields: ['receivedOn: future'] })
  const id = ctx.write.insert(privacyRequest, {
    patient_id: input.patientId,
    kind: input.kind,
    asked_by: input.askedBy,
    identity_check: input.identityCheck,
    words: input.words === '' ? null : input.words,
    received_on: input.receivedOn,
    due_on: addDays(input.receivedOn, settings(ctx).days),
    entered_at: ctx.now,
    entered_by: ctx.actor.userId,
    state: 'open',
  })
  return requestOf(ctx.read, input.patientId, id)
}

export function decide(ctx: CommandContext, input: InputOf<Procedures['decide']>): PrivacyRequest {
  const request = requestOf(ctx.read, input.patientId, input.id)
  if (request.state !== 'open') throw new AppError('WRONG_STATE', { state: request.state })
  // An erasure is granted by doing it: the answer follows from the plan.
  if (request.kind === 'erasure' && (input.decision === 'granted' || input.decision === 'partly'))
    throw new AppError('WRONG_STATE', { kind: 'erasure' })
  answer(ctx, input.id, input.rev, input.decision, input.reason)
  return requestOf(ctx.read, input.patientId, input.id)
}

export function answer(
  ctx: CommandContext,
  id: string,
  rev: number,
  state: PrivacyRequest['state'],
  reason: string,
): void {
  ctx.write.update(privacyRequest, id, rev, {
    state,
    reason,
    decided_at: ctx.now,
    decided_by: ctx.actor.userId,
    decided_by_name: ctx.actor.userName,
  })
}
