// Visits as other modules open, finish and withdraw them.
import { sql } from 'kysely'
import { AppError } from '#shared/errors.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import { preparedQuery, type Reader, sqlBuilder } from '#core/store/reader.ts'
import { requirePatient } from './patient.ts'
import { encounter } from './tables.ts'

type OfPatient = { patientId: string; id: string }

export const encounterById = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('encounter')
    .select(['id', 'rev', 'status', 'period_start', 'period_end', 'user_id', 'voided_at', 'void_reason'])
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id),
)

const recordedWith = [
  'composition',
  'observation',
  'condition',
  'medication_request',
  'diagnostic_report',
  'immunization',
  'procedure',
  'document_reference',
  'care_plan',
] as const

/** Anything at all that was recorded in a visit. Walks one patient's rows; asked only when a visit is withdrawn. */
export const recordedInEncounter = preparedQuery<OfPatient>()((_db, p) => ({
  compile: () =>
    sql<{ found: number }>`select ${sql.join(
      recordedWith.map(
        (table) => sql`exists (select 1 from ${sql.table(table)}
          where patient_id = ${p.patientId} and encounter_id = ${p.id} and voided_at is null)`,
      ),
      sql` or `,
    )} as found`.compile(sqlBuilder),
}))

export interface Visit {
  readonly id: string
  readonly status: string
  readonly startedAt: string | null
  readonly openedBy: string | null
}

/** `undefined` when the patient has no such visit, or it was withdrawn. */
export function visitOf(read: Reader, patientId: string, id: string): Visit | undefined {
  const row = read.get(encounterById, { patientId, id })
  if (!row || row.voided_at !== null) return undefined
  return { id: row.id, status: row.status, startedAt: row.period_start, openedBy: row.user_id }
}

/** An ambulatory visit that begins now, under the acting person. Returns its id. */
export function openEncounter(ctx: CommandContext, patientId: string): string {
  requirePatient(ctx.read, patientId)
  return ctx.write.insert(encounter, {
    patient_id: patientId,
    status: 'in-progress',
    class_code: 'AMB',
    period_start: ctx.now,
    practitioner_display: ctx.actor.userName,
    user_id: ctx.actor.userId,
  })
}

/** A visit under way ends now; one that has ended stays as it is. */
export function finishEncounter(ctx: CommandContext, patientId: string, id: string): void {
  const row = ctx.read.get(encounterById, { patientId, id })
  if (!row || row.voided_at !== null || !isUnderWay(row.status)) return
  ctx.write.update(encounter, id, 'any', { status: 'finished', period_end: row.period_end ?? ctx.now })
}

/** Why the patient came, in words; a code that stood there said something else. */
export function setVisitReason(
  ctx: CommandContext,
  patientId: string,
  id: string,
  reason: string | null,
): void {
  const row = ctx.read.get(encounterById, { patientId, id })
  if (!row || row.voided_at !== null) throw new AppError('NOT_FOUND')
  ctx.write.update(encounter, id, 'any', { reason_display: reason, reason_system: null, reason_code: null })
}

const isUnderWay = (status: string) =>
  status === 'arrived' || status === 'triaged' || status === 'in-progress'

/** Withdraws a visit in which nothing was recorded; one with anything in it stays. */
export function withdrawEmptyEncounter(
  ctx: CommandContext,
  patientId: string,
  id: string,
  reason: string,
): void {
  const row = ctx.read.get(encounterById, { patientId, id })
  if (!row || row.voided_at !== null) return
  if (ctx.read.get(recordedInEncounter, { patientId, id })?.found === 1) return
  ctx.write.void(encounter, id, 'any', reason)
}

/** Brings back a visit that was withdrawn for this reason. False when there is none, or it went for another one. */
export function restoreEncounter(
  ctx: CommandContext,
  patientId: string,
  id: string,
  reason: string,
): boolean {
  const row = ctx.read.get(encounterById, { patientId, id })
  if (!row) return false
  if (row.voided_at === null) return true
  if (row.void_reason !== reason) return false
  ctx.write.restore(encounter, id, 'any')
  return true
}
