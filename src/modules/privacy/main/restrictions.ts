// Restriction of use (GDPR 18, HIPAA 164.522): what a locked record or item may still be used for, and by whom.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import { patientOf } from '#modules/patients/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Role } from '#shared/permissions.ts'
import type { privacy, Restriction } from '../shared/contract.ts'
import * as q from './queries.ts'
import { recordRestriction } from './tables.ts'

type Procedures = (typeof privacy)['procedures']

export const purposes = ['care', 'payment', 'operations', 'legal', 'consent', 'research', 'export'] as const
export type Purpose = (typeof purposes)[number]

/** The row in question, and the visit it belongs to. */
export interface Item {
  readonly table: string
  readonly id: string
  readonly encounterId?: string | null
}

/** Care, legal claims and what the patient agreed to go on whatever is locked. */
const always: ReadonlySet<Purpose> = new Set(['care', 'legal', 'consent'])

/**
 * THE question before a record is used for anything: true when nothing forbids it. With `payment` it is about handing
 * data to somebody who pays in the patient's place: a visit the patient paid for alone is kept from them.
 */
export function mayUse(read: Reader, patientId: string, purpose: Purpose, item?: Item): boolean {
  if (always.has(purpose)) return true
  const live = read.all(q.liveRestrictions, { patient: patientId })
  return !live.some((r) => {
    if (r.scope === 'record') return true
    if (!item) return false
    const isItem = r.target_table === item.table && r.target_id === item.id
    const isOfVisit = r.target_table === 'encounter' && r.target_id === item.encounterId
    if (r.scope === 'self-pay') return purpose === 'payment' && (isItem || isOfVisit)
    return isItem || isOfVisit
  })
}

/** What somebody under a role uses records for. The desk and the laboratory serve care, the privacy duty the law. */
const purposeOfRole: Readonly<Record<Role, Purpose>> = {
  doctor: 'care',
  nurse: 'care',
  reception: 'care',
  lab: 'care',
  patient: 'consent',
  privacy: 'legal',
  civil: 'legal',
  admin: 'operations',
  billing: 'payment',
  researcher: 'research',
}

/** Asked by dispatch for every call that names one patient. */
export const roleMayUse = (read: Reader, patientId: string, role: Role): boolean =>
  mayUse(read, patientId, purposeOfRole[role])

export function restrictionsOf(read: Reader, patientId: string): Restriction[] {
  return read.all(q.restrictionsOfPatient, { patient: patientId }).map((row) => ({
    id: row.id,
    rev: row.rev,
    scope: row.scope as Restriction['scope'],
    targetTable: row.target_table,
    targetId: row.target_id,
    cause: row.cause as Restriction['cause'],
    reason: row.reason,
    since: row.since,
    liftedAt: row.lifted_at,
    liftReason: row.lift_reason,
  }))
}

export function marks(
  { read }: QueryContext,
  { patientId }: InputOf<Procedures['marks']>,
): OutputOf<Procedures['marks']> {
  const live = read.all(q.liveRestrictions, { patient: patientId })
  return {
    isRestricted: live.some((r) => r.scope === 'record'),
    items: live.flatMap((r) =>
      r.scope === 'item' && r.target_table !== null && r.target_id !== null
        ? [{ table: r.target_table, id: r.target_id }]
        : [],
    ),
    selfPay: live.flatMap((r) => (r.scope === 'self-pay' && r.target_id !== null ? [r.target_id] : [])),
  }
}

export function restrict(ctx: CommandContext, input: InputOf<Procedures['restrict']>): Restriction {
  if (!patientOf(ctx.read, input.patientId)) throw new AppError('NOT_FOUND')
  const isRecord = input.scope === 'record'
  const id = ctx.write.insert(recordRestriction, {
    patient_id: input.patientId,
    request_id: input.requestId,
    scope: input.scope,
    target_table: isRecord ? null : input.targetTable,
    target_id: isRecord ? null : input.targetId,
    cause: input.scope === 'self-pay' ? 'self-pay' : 'request',
    reason: input.reason,
    since: ctx.now,
    set_by: ctx.actor.userId,
  })
  return found(ctx.read, input.patientId, id)
}

export function lift(ctx: CommandContext, input: InputOf<Procedures['lift']>): Restriction {
  const before = found(ctx.read, input.patientId, input.id)
  if (before.liftedAt !== null) throw new AppError('WRONG_STATE', { state: 'lifted' })
  ctx.write.update(recordRestriction, input.id, input.rev, {
    lifted_at: ctx.now,
    lifted_by: ctx.actor.userId,
    lift_reason: input.reason,
  })
  return found(ctx.read, input.patientId, input.id)
}

function found(read: Reader, patientId: string, id: string): Restriction {
  const restriction = restrictionsOf(read, patientId).find((r) => r.id === id)
  if (!restriction) throw new AppError('NOT_FOUND')
  return restriction
}
