// Answering a request: never one's own, never twice, and never by somebody whose password the asker may have made.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { userNames } from '#modules/people/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Role } from '#shared/permissions.ts'
import type { access } from '../shared/contract.ts'
import { type ApprovalRequest, approvalHours, kitDelayHours } from '../shared/second-person.ts'
import * as q from './second-person-queries.ts'
import { approvalRequest } from './tables.ts'

type Procedures = (typeof access)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Row = NonNullable<ReturnType<typeof rowOf>>

const hour = 3_600_000
const listedDays = 30
const after = (ms: number, hours: number) => new Date(ms + hours * hour).toISOString()

export function listRequests(ctx: QueryContext): OutputOf<Procedures['listRequests']> {
  const since = after(ctx.nowMs, -24 * listedDays)
  return { requests: ctx.read.all(q.requestsSince, { since }).map((row) => toRequest(ctx, row)) }
}

export function approve(ctx: CommandContext, input: In<'approve'>): ApprovalRequest {
  const row = openRequest(ctx, input.id)
  if (row.asked_by === ctx.actor.userId) throw new AppError('RESTRICTED', { why: 'own-request' })
  refuseFreshCredential(ctx, row)
  return answer(ctx, row, input.rev, {
    state: 'approved',
    good_from: ctx.now,
    good_until: after(ctx.nowMs, approvalHours),
  })
}

/** Whoever asked could have reset the other's password, set a new one and agreed to the own request with it. */
function refuseFreshCredential(ctx: CommandContext, row: Row): void {
  const changed = ctx.read.get(q.credentialOf, { id: ctx.actor.userId })?.credential_changed_at
  const limit = after(Date.parse(row.asked_at), -approvalHours)
  if (changed != null && changed > limit) throw new AppError('RESTRICTED', { why: 'new-password' })
}

export const approveWithKit =
  (services: Pick<Services, 'keyWork'>) =>
  (ctx: CommandContext, input: In<'approveWithKit'>): ApprovalRequest => {
    const row = openRequest(ctx, input.id)
    if (row.asked_by !== ctx.actor.userId) throw new AppError('RESTRICTED', { why: 'not-own-request' })
    if (!isAlone(ctx.read, row)) throw new AppError('RESTRICTED', { why: 'not-alone' })
    if (!services.keyWork.kit.verify(input.kit)) throw new AppError('WRONG_KIT')
    for (const role of staff) {
      notify(ctx, {
        to: { role },
        kind: 'approval-by-kit',
        aboutUser: ctx.actor.userId,
        detail: row.procedure,
      })
    }
    return answer(ctx, row, input.rev, {
      state: 'approved',
      by_kit: 1,
      good_from: after(ctx.nowMs, kitDelayHours),
      good_until: after(ctx.nowMs, kitDelayHours + approvalHours),
    })
  }

const staff: readonly Role[] = ['admin', 'doctor', 'nurse', 'reception', 'lab', 'billing', 'privacy']

/** Nobody else is there to agree; of the person it is about nobody knows whether they can, since it gives them back a way in. */
const isAlone = (read: Reader, row: Pick<Row, 'asked_by' | 'facts'>): boolean => {
  const about = (JSON.parse(row.facts) as Record<string, string>).user
  return read.all(q.otherAdmins, { except: row.asked_by }).every(({ id }) => id === about)
}

export function decline(ctx: CommandContext, input: In<'decline'>): ApprovalRequest {
  const row = rowOf(ctx.read, input.id)
  if (row.asked_by === ctx.actor.userId) throw new AppError('RESTRICTED', { why: 'own-request' })
  return end(ctx, row, input.rev, { state: 'declined', answer: input.reason })
}

export function withdraw(ctx: CommandContext, input: In<'withdraw'>): ApprovalRequest {
  const row = rowOf(ctx.read, input.id)
  if (row.asked_by !== ctx.actor.userId) throw new AppError('RESTRICTED', { why: 'not-own-request' })
  return end(ctx, row, input.rev, { state: 'withdrawn' })
}

/** An agreement can be taken back until it is used: during the delay of the kit by anybody who may agree. */
function end(
  ctx: CommandContext,
  row: Row,
  rev: number,
  changes: { state: 'declined' | 'withdrawn'; answer?: string },
): ApprovalRequest {
  if (row.state !== 'open' && row.state !== 'approved') throw new AppError('WRONG_STATE')
  return answer(ctx, row, rev, { ...changes, input: null })
}

function answer(
  ctx: CommandContext,
  row: Row,
  rev: number,
  changes: Partial<Pick<Row, 'answer' | 'by_kit' | 'good_from' | 'good_until' | 'input'>> & { state: string },
): ApprovalRequest {
  ctx.write.update(approvalRequest, row.id, rev, {
    ...changes,
    answered_by: ctx.actor.userId,
    answered_at: ctx.now,
  })
  if (row.asked_by !== ctx.actor.userId) {
    notify(ctx, {
      to: { user: row.asked_by },
      kind: changes.state === 'approved' ? 'approval-given' : 'approval-declined',
      aboutUser: ctx.actor.userId,
      detail: row.procedure,
    })
  }
  return toRequest(ctx, rowOf(ctx.read, row.id))
}

function rowOf(read: Reader, id: string) {
  const row = read.get(q.requestById, { id })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

function openRequest(ctx: CommandContext, id: string): Row {
  const row = rowOf(ctx.read, id)
  if (row.state !== 'open' || row.good_until <= ctx.now) throw new AppError('WRONG_STATE')
  return row
}

function toRequest({ read, actor, now }: QueryContext, row: Row): ApprovalRequest {
  const state = stateOf(row, now)
  const mine = row.asked_by === actor.userId
  const facts = JSON.parse(row.facts) as Record<string, string>
  const ids = [row.asked_by, row.answered_by, facts.user].filter((id) => id != null)
  const names = userNames(read, ids)
  const named = (id: string) => names.get(id) ?? ''
  return {
    id: row.id as ApprovalRequest['id'],
    rev: row.rev,
    procedure: row.procedure,
    facts: Object.entries(facts).map(([name, value]) => ({
      name,
      value: name === 'user' ? named(value) : value,
    })),
    askedBy: row.asked_by as ApprovalRequest['askedBy'],
    askedByName: named(row.asked_by),
    askedAt: row.asked_at,
    state,
    answeredByName: row.answered_by === null ? null : named(row.answered_by),
    answeredAt: row.answered_at,
    answer: row.answer,
    byKit: row.by_kit === 1,
    goodFrom: row.good_from,
    goodUntil: row.good_until,
    mine,
    alone: mine && state === 'open' && isAlone(read, row),
    input: mine && state === 'approved' ? row.input : null,
  }
}

function stateOf(row: Row, now: string): ApprovalRequest['state'] {
  if (row.state !== 'open' && row.state !== 'approved') return row.state as ApprovalRequest['state']
  if (row.good_until <= now) return 'expired'
  return row.state === 'approved' && row.good_from !== null && row.good_from > now
    ? 'waiting'
    : (row.state as ApprovalRequest['state'])
}
