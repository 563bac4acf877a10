// Erasure: the plan by category, the decision, and the work, now and when the last law's time is over.
import type { ScheduledContext, ScheduledJob } from '#core/jobs/scheduled.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { JobContext, Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { copiesBeside } from '#modules/backups/main/api.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { patientOf } from '#modules/patients/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { localDateIn } from '#shared/time.ts'
import type { ErasureDecision, privacy } from '../shared/contract.ts'
import { type Category, decideErasure } from '../shared/retention.ts'
import { type PatientRow, rowsByCategory } from './categories.ts'
import { tellOfCopies } from './copies.ts'
import * as q from './queries.ts'
import { answer, requestOf } from './requests.ts'
import { restrictionsOf } from './restrictions.ts'
import { settings } from './settings.ts'
import { rowToStep } from './steps.ts'
import { erasureRecord, erasureStep, recordRestriction } from './tables.ts'

type Procedures = (typeof privacy)['procedures']
type Plan = ErasureDecision & { readonly parts: readonly PatientRow[] }

export function planErasure(
  services: Pick<Services, 'patientTables'>,
  read: Reader,
  nowMs: number,
  patientId: string,
  legalClaim: boolean,
): Plan[] {
  const patient = patientOf(read, patientId)
  if (!patient) throw new AppError('NOT_FOUND')
  const { timeZone } = clinicOf(read)
  const parts = rowsByCategory(read, services.patientTables, patientId)
  const dateOf = (at: string | null | undefined) =>
    !at
      ? null
      : at.length > 10
        ? localDateIn(timeZone, Date.parse(at))
        : at.padEnd(10, '-12-31'.slice(at.length - 4))
  const now = new Date(nowMs).toISOString()
  const contacts = [
    read.get(q.lastEncounter, { patient: patientId, now })?.at,
    read.get(q.lastNote, { patient: patientId })?.at,
    read.get(q.lastAppointment, { patient: patientId, now })?.at,
    read.get(q.lastPrescription, { patient: patientId })?.at,
    read.get(q.lastSource, { patient: patientId, now })?.at,
  ].flatMap((at) => dateOf(at) ?? [])
  const decided = decideErasure(settings({ read }).retention, {
    today: localDateIn(timeZone, nowMs),
    birthDate: patient.birthDate,
    lastContact: contacts.sort().at(-1) ?? null,
    lastInvoice: read.get(q.lastInvoice, { patient: patientId })?.at ?? null,
    has: {
      contact: parts.contact.length > 0,
      billing: parts.billing.length > 0,
      care: parts.care.length > 0,
    },
    legalClaim,
  })
  return decided.map((d) => {
    const own = parts[d.category]
    // The row of the patient itself counts with the identity.
    return { ...d, rows: own.length + (d.category === 'identity' ? 1 : 0), parts: own }
  })
}

export function erasurePlan(
  services: Services,
  ctx: QueryContext,
  input: InputOf<Procedures['erasurePlan']>,
): OutputOf<Procedures['erasurePlan']> {
  const plan = planErasure(services, ctx.read, ctx.nowMs, input.patientId, input.legalClaim)
  return {
    decisions: plan.map(({ parts: _parts, ...decision }) => decision),
    copies: copiesBeside(services, ctx.read, ctx.nowMs),
  }
}

export function erase(
  services: Services,
  ctx: CommandContext,
  input: InputOf<Procedures['erase']>,
): OutputOf<Procedures['erase']> {
  const request = requestOf(ctx.read, input.patientId, input.id)
  if (request.kind !== 'erasure' || !['open', 'partly'].includes(request.state))
    throw new AppError('WRONG_STATE', { state: request.state })
  if (patientOf(ctx.read, input.patientId)?.recordNumber !== input.recordNumber)
    throw new AppError('WRONG_PATIENT')
  const plan = planErasure(services, ctx.read, ctx.nowMs, input.patientId, input.legalClaim)
  // A second decision about the same request replaces what the first one left to be done.
  for (const old of ctx.read.all(q.stepsOfPatient, { patient: input.patientId }))
    if (old.done_at === null) ctx.write.void(erasureStep, old.id, 'any', 'decided anew')
  for (const decision of plan) {
    ctx.write.insert(erasureStep, {
      patient_id: input.patientId,
      request_id: input.id,
      category: decision.category,
      action: decision.action,
      reason: decision.why,
      until: decision.until,
      basis: decision.basis,
      decided_at: ctx.now,
      decided_by: ctx.actor.userId,
    })
  }
  const isPartly = plan.some((d) => d.action === 'restrict')
  if (isPartly) lockRest(ctx, input.patientId, input.id)
  const reason = plan.map((d) => `${d.category}: ${d.action}${d.until ? ` ${d.until}` : ''}`).join('; ')
  answer(ctx, input.id, input.rev, isPartly ? 'partly' : 'granted', reason)
  const { actor, door } = ctx
  ctx.afterCommit(() => {
    services.jobs.start(`privacy.erase:${input.patientId}`, actor, door, async (desk) => {
      if (carryOut(services, desk, input.patientId, actor.userId)) tellOfCopies(services, desk)
    })
  })
  return { steps: ctx.read.all(q.stepsOfPatient, { patient: input.patientId }).map(rowToStep) }
}

function lockRest(ctx: CommandContext, patientId: string, requestId: string): void {
  const isLocked = restrictionsOf(ctx.read, patientId).some(
    (r) => r.scope === 'record' && r.cause === 'erasure' && r.liftedAt === null,
  )
  if (isLocked) return
  ctx.write.insert(recordRestriction, {
    patient_id: patientId,
    request_id: requestId,
    scope: 'record',
    cause: 'erasure',
    reason: 'Erasure asked for; kept only as the law demands',
    since: ctx.now,
    set_by: ctx.actor.userId,
  })
}

export type Desk = Pick<JobContext | ScheduledContext, 'now' | 'read' | 'transact'>

/**
 * Erases what is due now, and says whether anything was. Looks at the facts anew: who came back in the meantime is kept as
 * long as the law says from then.
 */
export function carryOut(services: Services, desk: Desk, patientId: string, byUser: string | null): boolean {
  const order = { patients: [patientId], category: 'system' as const }
  const isThere = desk.read((read) => patientOf(read, patientId) !== undefined)
  if (!isThere) return false
  desk.transact({ ...order, action: 'erasure.begin' }, (ctx) => movedOn(services, ctx, patientId))
  const isErased = desk.transact({ category: 'system', action: 'erasure.purge' }, (ctx) => {
    const steps = openSteps(ctx.read, patientId)
    const due = steps.filter((step) => step.action === 'erase')
    if (due.length === 0) return false
    const isWhole = due.some((step) => step.category === 'identity')
    const parts = rowsByCategory(ctx.read, services.patientTables, patientId)
    const wanted = due.flatMap((step) => parts[step.category as Category])
    const orderId = ctx.mint()
    if (!isWhole)
      for (const step of due)
        ctx.write.update(erasureStep, step.id, 'any', {
          done_at: ctx.now,
          rows: parts[step.category as Category].length,
        })
    const erased = services.purge(ctx, {
      order: orderId,
      patientId,
      whole: isWhole,
      rows: isWhole ? [] : wanted,
    })
    ctx.write.insert(erasureRecord, {
      order_id: orderId,
      subject: patientId,
      at: ctx.now,
      by_user: byUser,
      categories: JSON.stringify(
        isWhole ? ['contact', 'billing', 'care', 'identity'] : due.map((s) => s.category),
      ),
      rows: erased.rows,
      changes: erased.changes,
      is_whole: isWhole ? 1 : 0,
    })
    return true
  })
  services.announce(services.patientTables.map((table) => table.name))
  return isErased
}

const openSteps = (read: Reader, patientId: string) =>
  read.all(q.stepsOfPatient, { patient: patientId }).filter((step) => step.done_at === null)

/** Steps follow the facts of today: what has become due turns into an erasure, what moved on gets its new date. */
function movedOn(services: Services, ctx: CommandContext, patientId: string): void {
  const steps = openSteps(ctx.read, patientId)
  // A claim that was to be waited for has no date: a person decides anew when it is over.
  const isClaim = steps.some((step) => step.action === 'restrict' && step.until === null)
  const plan = planErasure(services, ctx.read, ctx.nowMs, patientId, isClaim)
  for (const step of steps) {
    const now = plan.find((d) => d.category === step.category)
    const action = now?.action ?? 'erase'
    const until = now?.until ?? null
    if (action !== step.action || until !== step.until)
      ctx.write.update(erasureStep, step.id, 'any', { action, until, reason: now?.why ?? 'time-over' })
  }
}

/** Every night: what the law no longer keeps goes. Nobody has to think of it. */
export function purgeJob(services: Services): ScheduledJob {
  return {
    name: 'privacy.purge',
    cron: '40 2 * * *',
    run: async (ctx) => {
      const today = ctx.read((read) => localDateIn(clinicOf(read).timeZone, ctx.now()))
      const due = ctx.read((read) => [
        ...read.all(q.patientsWithDueSteps, { today }),
        ...read.all(q.patientsWithOpenErasures, {}),
      ])
      let isErased = false
      for (const patientId of new Set(due.map((row) => row.patient_id))) {
        if (ctx.signal.aborted) break
        isErased = carryOut(services, ctx, patientId, null) || isErased
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
      if (isErased) tellOfCopies(services, ctx)
      return {}
    },
  }
}

export function listErasures({ read }: QueryContext): OutputOf<Procedures['erasures']> {
  return {
    erasures: read.all(q.erasureRecords, { limit: 500 }).map((row) => ({
      id: row.id,
      at: row.at,
      byName: row.name,
      categories: JSON.parse(row.categories) as Category[],
      rows: row.rows,
      isWhole: row.is_whole === 1,
    })),
  }
}
