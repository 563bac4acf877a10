// Problems: adding, changing, ending, taking off and bringing back.
import { activeConditionStatuses, chartTables, requirePatient, visitOf } from '#modules/chart/main/api.ts'
import { noteCodeUse, sameName } from '#modules/codes/main/api.ts'
import { icd10cmSystem } from '#modules/codes/shared/contract.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Database } from '#core/store/database.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Problem, profile } from '../shared/contract.ts'
import { clinicalMs, requirePossible, today } from './dates.ts'
import { entryHistory } from './history.ts'
import { problemById, problemsOf } from './queries.ts'

type Procedures = (typeof profile)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>
type Row = Database['condition']
const { condition } = chartTables

function rowToProblem(row: Row): Problem {
  return {
    id: row.id,
    patientId: row.patient_id as Problem['patientId'],
    rev: row.rev,
    code: { system: row.code_system, code: row.code, display: row.code_display },
    clinicalStatus: row.clinical_status,
    verificationStatus: row.verification_status,
    severity: row.severity_display,
    onset: row.onset,
    abatement: row.abatement,
    note: row.note,
    recordedDate: row.recorded_date,
    voided: row.voided_at !== null,
  }
}

function problemRow(read: Reader, patientId: string, id: string): Row {
  const row = read.get(problemById, { patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

const problemNow = (read: Reader, patientId: string, id: string): Problem =>
  rowToProblem(problemRow(read, patientId, id))

export function problem(
  services: Services,
  { read }: QueryContext,
  { patientId, id }: In<'problem'>,
): Out<'problem'> {
  return { ...problemNow(read, patientId, id), history: entryHistory(services, read, condition.name, id) }
}

export function addProblem(ctx: CommandContext, input: In<'addProblem'>): Out<'addProblem'> {
  const { read, write } = ctx
  const { patientId, code } = input
  requirePatient(read, patientId)
  if (input.encounterId !== null && !visitOf(read, patientId, input.encounterId))
    throw new AppError('NOT_FOUND')
  requirePossible(input, today(read, ctx.nowMs))
  const same = read.all(problemsOf, { patientId }).find((row) => isOnList(row) && isSame(row, code))
  if (same && !input.another) throw new AppError('DUPLICATE', { id: same.id })
  const id = write.insert(
    condition,
    {
      patient_id: patientId,
      code_system: code.system,
      code: code.code,
      code_display: code.display,
      clinical_status: input.clinicalStatus,
      verification_status: input.verificationStatus,
      category: 'problem-list-item',
      severity_display: input.severity,
      onset: input.onset,
      abatement: input.abatement,
      recorded_date: ctx.now,
      encounter_id: input.encounterId,
      note: input.note || null,
    },
    clinicalMs(input.onset, ctx.nowMs),
  )
  if (code.system === icd10cmSystem && code.code !== null)
    noteCodeUse(ctx, 'problem', code.code.replace('.', '').toUpperCase())
  return problemNow(read, patientId, id)
}

const isOnList = (row: Row): boolean =>
  (row.clinical_status === null ||
    (activeConditionStatuses as readonly string[]).includes(row.clinical_status)) &&
  row.verification_status !== 'refuted' &&
  row.verification_status !== 'entered-in-error'

/** ICD-10 and its national editions write the same disease with the same code. */
const icd10Family = 'http://hl7.org/fhir/sid/icd-10'
const familyOf = (system: string | null) => (system?.startsWith(icd10Family) ? icd10Family : system)

/** By code where both have one of the same system; else by words. */
function isSame(row: Row, code: In<'addProblem'>['code']): boolean {
  if (row.code !== null && code.code !== null && familyOf(row.code_system) === familyOf(code.system))
    return row.code === code.code
  return sameName(row.code_display, code.display)
}

export function changeProblem(ctx: CommandContext, input: In<'changeProblem'>): Out<'changeProblem'> {
  const { read, write } = ctx
  const { patientId, id, rev } = input
  const row = problemRow(read, patientId, id)
  const { onset = row.onset, abatement = row.abatement } = input
  // Dates that came from elsewhere are not judged again when something else changes.
  if (input.onset !== undefined || input.abatement !== undefined)
    requirePossible({ onset, abatement }, today(read, ctx.nowMs))
  write.update(condition, id, rev, {
    ...(input.clinicalStatus === undefined ? {} : { clinical_status: input.clinicalStatus }),
    ...(input.verificationStatus === undefined ? {} : { verification_status: input.verificationStatus }),
    ...(input.severity === undefined ? {} : { severity_display: input.severity }),
    ...(input.onset === undefined ? {} : { onset: input.onset }),
    ...(input.abatement === undefined ? {} : { abatement: input.abatement }),
    ...(input.note === undefined ? {} : { note: input.note || null }),
  })
  return problemNow(read, patientId, id)
}

export function resolveProblem(ctx: CommandContext, input: In<'resolveProblem'>): Out<'resolveProblem'> {
  const abatement = input.abatement ?? today(ctx.read, ctx.nowMs)
  const { patientId, id, rev } = input
  return changeProblem(ctx, { patientId, id, rev, clinicalStatus: 'resolved', abatement })
}

export function voidProblem(ctx: CommandContext, input: In<'voidProblem'>): Out<'voidProblem'> {
  const { patientId, id, rev, reason } = input
  problemRow(ctx.read, patientId, id)
  ctx.write.void(condition, id, rev, reason)
  return problemNow(ctx.read, patientId, id)
}

export function restoreProblem(ctx: CommandContext, input: In<'restoreProblem'>): Out<'restoreProblem'> {
  const { patientId, id, rev } = input
  problemRow(ctx.read, patientId, id)
  ctx.write.restore(condition, id, rev)
  return problemNow(ctx.read, patientId, id)
}
