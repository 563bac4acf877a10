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

const openEncounters = preparedQuery<{ patientId: string; since: string }>()((db, p) =>
  db
    .selectFrom('encounter')
    .select(['id', 'status', 'period_start', 'user_id'])
    .where('patient_id', '=', p.patientId)
    .where('status', 'in', ['arrived', 'triaged', 'in-progress'])
    .where('period_start', '>=', p.since)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
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
  'charge_item',
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

export interface NewEncounter {
  /** FHIR: arrived while the patient waits, in-progress once somebody sees them. */
  readonly status: 'arrived' | 'in-progress'
  /** What kind of visit it is, in the clinic's words. */
  readonly typeDisplay: string | null
  /** Who is to see the patient, by account where they have one. */
  readonly userId: string | null
  readonly practitioner: string
}

/** An ambulatory visit that begins now; unless told otherwise it is under way with the acting person. Returns its id. */
export function openEncounter(ctx: CommandContext, patientId: string, given?: NewEncounter): string {
  requirePatient(ctx.read, patientId)
  return ctx.write.insert(encounter, {
    patient_id: patientId,
    status: given?.status ?? 'in-progress',
    class_code: 'AMB',
    type_display: given?.typeDisplay ?? null,
    period_start: ctx.now,
    practitioner_display: given ? given.practitioner : ctx.actor.userName,
    user_id: given ? given.userId : ctx.actor.userId,
  })
}

/** Visits that are under way and began at or after an instant, newest first. */
export function openVisitsOf(read: Reader, patientId: string, since: string): Visit[] {
  return read.all(openEncounters, { patientId, since }).map((row) => ({
    id: row.id,
    status: row.status,
    startedAt: row.period_start,
    openedBy: row.user_id,
  }))
}

/** A patient who waited is seen now. */
export function startEncounter(ctx: CommandContext, patientId: string, id: string): void {
  const row = ctx.read.get(encounterById, { patientId, id })
  if (!row || row.voided_at !== null || !isUnderWay(row.status) || row.status === 'in-progress') return
  ctx.write.update(encounter, id, 'any', { status: 'in-progress' })
}

/** Takes the newest step of a visit back: it is under way again, or waiting again. */
export function reopenEncounter(
  ctx: CommandContext,
  patientId: string,
  id: string,
  status: NewEncounter['status'],
): void {
  const row = ctx.read.get(encounterById, { patientId, id })
  if (!row || row.voided_at !== null || (row.status === status && row.period_end === null)) return
  ctx.write.update(encounter, id, 'any', { status, period_end: null })
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
