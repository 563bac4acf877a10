// Allergies: adding, changing, taking off and bringing back. Each substance stands once in a chart, under whatever name,
// brand or code it comes (openemr#12971); checked inside the saving transaction.
import { chartTables, isAbsence, requirePatient, saysNoneKnown } from '#modules/chart/main/api.ts'
import { noteCodeUse, sameName, substanceOf, substanceUseKey } from '#modules/codes/main/api.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Database } from '#core/store/database.ts'
import type { Reader } from '#core/store/reader.ts'
import type { Coded } from '#shared/coded.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Allergy, profile } from '../shared/contract.ts'
import { clinicalMs, requirePossible, today } from './dates.ts'
import { entryHistory } from './history.ts'
import { allergiesOf, allergyById, voidedAllergiesOf } from './queries.ts'

type Procedures = (typeof profile)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>
type Row = Database['allergy_intolerance']
const { allergyIntolerance } = chartTables

export function textsOf(json: string | null): string[] {
  return json === null ? [] : (JSON.parse(json) as string[])
}

function rowToAllergy(row: Row): Allergy {
  return {
    id: row.id,
    patientId: row.patient_id as Allergy['patientId'],
    rev: row.rev,
    substance: codedOf(row),
    clinicalStatus: row.clinical_status,
    verificationStatus: row.verification_status,
    type: row.type,
    category: row.category,
    criticality: row.criticality,
    manifestations: textsOf(row.manifestations),
    severity: row.severity,
    onset: row.onset,
    note: row.note,
    recordedDate: row.recorded_date,
    voided: row.voided_at !== null,
  }
}

const codedOf = (row: Row): Coded => ({ system: row.code_system, code: row.code, display: row.code_display })

function allergyRow(read: Reader, patientId: string, id: string): Row {
  const row = read.get(allergyById, { patientId, id })
  // "None known" is not edited here: the chart records it and takes it back.
  if (!row || isAbsence(row)) throw new AppError('NOT_FOUND')
  return row
}

const allergyNow = (read: Reader, patientId: string, id: string): Allergy =>
  rowToAllergy(allergyRow(read, patientId, id))

export function allergy(
  services: Services,
  { read }: QueryContext,
  { patientId, id }: In<'allergy'>,
): Out<'allergy'> {
  return {
    ...allergyNow(read, patientId, id),
    history: entryHistory(services, read, allergyIntolerance.name, id),
  }
}

export function addAllergy(
  services: Services,
  ctx: CommandContext,
  input: In<'addAllergy'>,
): Out<'addAllergy'> {
  const { read, write } = ctx
  const { patientId, substance } = input
  requirePatient(read, patientId)
  requirePossible(input, today(read, ctx.nowMs))
  refuseSecond(services, read, patientId, substance)
  const known = substanceOf(services, substance)
  const id = write.insert(
    allergyIntolerance,
    {
      patient_id: patientId,
      code_system: substance.system,
      code: substance.code,
      code_display: substance.display,
      clinical_status: input.clinicalStatus,
      verification_status: input.verificationStatus,
      type: input.type,
      category: input.category ?? known?.category ?? null,
      criticality: input.criticality,
      manifestations: manifestationsText(input.manifestations),
      severity: input.severity,
      onset: input.onset,
      recorded_date: ctx.now,
      note: input.note || null,
    },
    clinicalMs(input.onset, ctx.nowMs),
  )
  const none = read.all(allergiesOf, { patientId }).filter(saysNoneKnown)
  for (const row of none) write.void(allergyIntolerance, row.id, 'any', takenBackBy(id))
  if (known) noteCodeUse(ctx, 'substance', substanceUseKey(known))
  return { ...allergyNow(read, patientId, id), withdrewNone: none.length > 0 }
}

const takenBackBy = (id: string) => `an allergy was recorded: ${id}`

/** Said twice, a reaction is kept once. */
function manifestationsText(texts: readonly string[]): string | null {
  const kept = texts.filter(
    (text, n) => !texts.slice(0, n).some((other) => other === text || sameName(other, text)),
  )
  return kept.length === 0 ? null : JSON.stringify(kept)
}

/** Also one that is over or was refuted: that entry is to be changed, not a second one begun. */
function refuseSecond(
  services: Services,
  read: Reader,
  patientId: string,
  substance: Coded,
  except?: string,
): void {
  const key = substanceOf(services, substance)?.key
  const isSame = (row: Row): boolean => {
    if (row.id === except || row.verification_status === 'entered-in-error' || isAbsence(row)) return false
    if (row.code !== null && row.code_system === substance.system && row.code === substance.code) return true
    if (sameName(row.code_display, substance.display)) return true
    return key !== undefined && substanceOf(services, codedOf(row))?.key === key
  }
  const same = read.all(allergiesOf, { patientId }).find(isSame)
  if (same) throw new AppError('DUPLICATE', { id: same.id })
}

export function changeAllergy(ctx: CommandContext, input: In<'changeAllergy'>): Out<'changeAllergy'> {
  const { read, write } = ctx
  const { patientId, id, rev } = input
  allergyRow(read, patientId, id)
  if (input.onset !== undefined) requirePossible({ onset: input.onset }, today(read, ctx.nowMs))
  write.update(allergyIntolerance, id, rev, {
    ...(input.clinicalStatus === undefined ? {} : { clinical_status: input.clinicalStatus }),
    ...(input.verificationStatus === undefined ? {} : { verification_status: input.verificationStatus }),
    ...(input.type === undefined ? {} : { type: input.type }),
    ...(input.category === undefined ? {} : { category: input.category }),
    ...(input.criticality === undefined ? {} : { criticality: input.criticality }),
    ...(input.manifestations === undefined
      ? {}
      : { manifestations: manifestationsText(input.manifestations) }),
    ...(input.severity === undefined ? {} : { severity: input.severity }),
    ...(input.onset === undefined ? {} : { onset: input.onset }),
    ...(input.note === undefined ? {} : { note: input.note || null }),
  })
  return allergyNow(read, patientId, id)
}

export function voidAllergy(ctx: CommandContext, input: In<'voidAllergy'>): Out<'voidAllergy'> {
  const { read, write } = ctx
  const { patientId, id, rev, reason } = input
  allergyRow(read, patientId, id)
  write.void(allergyIntolerance, id, rev, reason)
  // Only at once: weeks later nobody has asked again, so nothing is claimed.
  if (input.undo) {
    for (const row of read.all(voidedAllergiesOf, { patientId, reason: takenBackBy(id) }))
      write.restore(allergyIntolerance, row.id, 'any')
  }
  return allergyNow(read, patientId, id)
}

export function restoreAllergy(
  services: Services,
  ctx: CommandContext,
  input: In<'restoreAllergy'>,
): Out<'restoreAllergy'> {
  const { read, write } = ctx
  const { patientId, id, rev } = input
  const row = allergyRow(read, patientId, id)
  refuseSecond(services, read, patientId, codedOf(row), id)
  write.restore(allergyIntolerance, id, rev)
  for (const none of read.all(allergiesOf, { patientId }).filter(saysNoneKnown))
    write.void(allergyIntolerance, none.id, 'any', takenBackBy(id))
  return allergyNow(read, patientId, id)
}
