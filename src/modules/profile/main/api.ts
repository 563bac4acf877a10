// What other modules may ask of the profile: what is to be warned of, and what the patient has now.
import { activeConditionStatuses, isInForce } from '#modules/chart/main/api.ts'
import type { Reader } from '#core/store/reader.ts'
import type { Coded } from '#shared/coded.ts'
import { textsOf } from './allergies.ts'
import { allergiesOf, problemsOf } from './queries.ts'

export interface ActiveAllergy {
  readonly id: string
  /** As recorded; `substanceOf` of codes' api tells which substance it is and under which other codes it goes. */
  readonly substance: Coded
  readonly type: string | null
  readonly category: string | null
  readonly criticality: string | null
  readonly manifestations: readonly string[]
  readonly severity: string | null
  readonly verificationStatus: string | null
}

/** Allergies in force: not refuted, not over, not entered in error, no statement of absence. */
export function activeAllergies(read: Reader, patientId: string): ActiveAllergy[] {
  return read
    .all(allergiesOf, { patientId })
    .filter(isInForce)
    .map((row) => ({
      id: row.id,
      substance: { system: row.code_system, code: row.code, display: row.code_display },
      type: row.type,
      category: row.category,
      criticality: row.criticality,
      manifestations: textsOf(row.manifestations),
      severity: row.severity,
      verificationStatus: row.verification_status,
    }))
}

export interface ActiveProblem {
  readonly id: string
  readonly code: Coded
  readonly clinicalStatus: string | null
  readonly verificationStatus: string | null
  readonly onset: string | null
  readonly encounterId: string | null
}

export function activeProblems(read: Reader, patientId: string): ActiveProblem[] {
  return read
    .all(problemsOf, { patientId })
    .filter(
      (row) =>
        (activeConditionStatuses as readonly (string | null)[]).includes(row.clinical_status) &&
        row.verification_status !== 'refuted' &&
        row.verification_status !== 'entered-in-error',
    )
    .map((row) => ({
      id: row.id,
      code: { system: row.code_system, code: row.code, display: row.code_display },
      clinicalStatus: row.clinical_status,
      verificationStatus: row.verification_status,
      onset: row.onset,
      encounterId: row.encounter_id,
    }))
}
