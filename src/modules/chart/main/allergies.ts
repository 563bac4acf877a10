// Allergies: which entries count, "none known" as a recorded fact, and taking it back.
import { absentUnknownSystem, noKnownAllergies } from '#shared/coded.ts'
import { AppError } from '#shared/errors.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { Allergies, AllergyLine } from '../shared/contract.ts'
import type { z } from 'zod'
import { type RowFrom, textsOf } from './lines.ts'
import { requirePatient } from './patient.ts'
import { allergiesOf as allergyRows, allergiesOfPatients } from './queries.ts'
import { allergyIntolerance } from './tables.ts'

export type AllergyRow = Pick<
  RowFrom<typeof allergyRows>,
  'code_system' | 'code' | 'clinical_status' | 'verification_status'
>
type State = z.infer<typeof Allergies>['state']

const snomed = 'http://snomed.info/sct'
/** "No known allergy" and its narrower forms: SNOMED CT 716186003, and drug, food, environmental, latex. */
const snomedNone = '716186003'
const snomedNarrowNone = new Set(['409137002', '429625007', '428607008', '1003774007'])
/** IPS absent-unknown also says "no known food allergies" and the like. */
const isIpsNarrowNone = (code: string) => code.startsWith('no-known-') && code !== noKnownAllergies

/** The whole statement: this patient was asked and has no allergies. */
function isNoneKnown(row: Pick<AllergyRow, 'code_system' | 'code'>): boolean {
  return (
    (row.code_system === absentUnknownSystem && row.code === noKnownAllergies) ||
    (row.code_system === snomed && row.code === snomedNone)
  )
}

function isNarrowNone(row: AllergyRow): boolean {
  if (row.code === null) return false
  if (row.code_system === absentUnknownSystem)
    return isIpsNarrowNone(row.code) || row.code === 'no-allergy-info'
  return row.code_system === snomed && snomedNarrowNone.has(row.code)
}

function isWithdrawn(row: AllergyRow): boolean {
  return row.verification_status === 'entered-in-error'
}

/** What the row says holds today: not refuted, not over, not recorded by mistake. */
function holds(row: AllergyRow): boolean {
  return (
    !isWithdrawn(row) &&
    row.verification_status !== 'refuted' &&
    row.clinical_status !== 'inactive' &&
    row.clinical_status !== 'resolved'
  )
}

/** Statements that somebody has no allergies, whole or of one kind: not substances. */
export const isAbsence = (row: AllergyRow): boolean => isNoneKnown(row) || isNarrowNone(row)

/** An allergy to warn of: one that holds and is not a statement of absence. */
export function isInForce(row: AllergyRow): boolean {
  return holds(row) && !isNoneKnown(row) && !isNarrowNone(row)
}

/** "None known" that still holds; one refuted or over says nothing about today. */
export function saysNoneKnown(row: AllergyRow): boolean {
  return isNoneKnown(row) && holds(row)
}

export function allergyState(rows: readonly AllergyRow[]): State {
  if (rows.some(isInForce)) return 'recorded'
  return rows.some(saysNoneKnown) ? 'none-known' : 'not-recorded'
}

/** For other modules: what may be said to people without clinical rights. */
export function allergyStateOf(read: Reader, patientId: string): State {
  return allergyState(read.all(allergyRows, { patientId }))
}

/** For clinicians outside of an open chart. */
export function allergyLinesOf(read: Reader, patientId: string): z.infer<typeof Allergies> {
  return allergiesFrom(read.all(allergyRows, { patientId }))
}

/** For lists of many patients, by patient: the state, and what to warn of. A patient without a row is left out. */
export function allergiesOfMany(
  read: Reader,
  patientIds: readonly string[],
  isHidden: (patientId: string, id: string) => boolean,
): ReadonlyMap<string, { readonly state: State; readonly substances: readonly string[] }> {
  const byPatient = new Map<string, RowFrom<typeof allergiesOfPatients>[]>()
  for (const row of read.all(allergiesOfPatients, { ids: JSON.stringify(patientIds) })) {
    const rows = byPatient.get(row.patient_id)
    if (rows) rows.push(row)
    else byPatient.set(row.patient_id, [row])
  }
  return new Map(
    [...byPatient].map(([id, rows]) => [
      id,
      {
        state: allergyState(rows),
        // The state stays: that there is something to ask about, never what.
        substances: rows.filter((r) => isInForce(r) && !isHidden(id, r.id)).map((r) => r.code_display),
      },
    ]),
  )
}

/** Those to warn of first; past, refuted and narrow statements follow. */
export function allergiesFrom(rows: readonly RowFrom<typeof allergyRows>[]): z.infer<typeof Allergies> {
  const shown = rows.filter((r) => !isWithdrawn(r) && !isNoneKnown(r))
  const items = [...shown.filter(isInForce), ...shown.filter((r) => !isInForce(r))].map(rowToAllergy)
  return { state: allergyState(rows), items }
}

function rowToAllergy(r: RowFrom<typeof allergyRows>): z.infer<typeof AllergyLine> {
  return {
    id: r.id,
    rev: r.rev,
    substance: r.code_display,
    code: r.code,
    clinicalStatus: r.clinical_status,
    verificationStatus: r.verification_status,
    criticality: r.criticality,
    manifestations: textsOf(r.manifestations),
    severity: r.severity,
    recordedDate: r.recorded_date,
  }
}

export function recordNoKnownAllergies(
  ctx: CommandContext,
  input: { patientId: string },
): z.infer<typeof Allergies> {
  const { read, write, now } = ctx
  requirePatient(read, input.patientId)
  const rows = read.all(allergyRows, input)
  const state = allergyState(rows)
  if (state === 'recorded') throw new AppError('CONFLICT', { allergies: rows.filter(isInForce).length })
  if (state === 'not-recorded') {
    write.insert(allergyIntolerance, {
      patient_id: input.patientId,
      code_system: absentUnknownSystem,
      code: noKnownAllergies,
      code_display: 'No known allergies',
      clinical_status: 'active',
      verification_status: 'confirmed',
      recorded_date: now,
    })
  }
  return allergiesFrom(read.all(allergyRows, input))
}

export function withdrawNoKnownAllergies(
  ctx: CommandContext,
  input: { patientId: string },
): z.infer<typeof Allergies> {
  const { read, write } = ctx
  requirePatient(read, input.patientId)
  for (const row of read.all(allergyRows, input)) {
    if (saysNoneKnown(row)) write.void(allergyIntolerance, row.id, 'any', 'withdrawn')
  }
  return allergiesFrom(read.all(allergyRows, input))
}
