// From one resource to the draft of its row. Types without a table of their own, and values nobody understands,
// give no draft: such a resource is kept as it came.
import type { RegisterPatient } from '#modules/patients/shared/contract.ts'
import { type Digits, FhirElement, NotUnderstood } from '../fhir-element.ts'
import type { FileIndex, Located, ResourceKey } from '../references.ts'
import { mapAllergyIntolerance } from './allergy-intolerance.ts'
import { mapCarePlan } from './care-plan.ts'
import { mapCondition } from './condition.ts'
import { mapDiagnosticReport } from './diagnostic-report.ts'
import { mapDocumentReference } from './document-reference.ts'
import { mapEncounter } from './encounter.ts'
import { mapImmunization } from './immunization.ts'
import { mapMedicationRequest } from './medication-request.ts'
import { mapObservation } from './observation.ts'
import { mapOrganization } from './organization.ts'
import { fieldOfOtherVersion } from './other-version.ts'
import { mapPatient } from './patient.ts'
import { mapPractitioner } from './practitioner.ts'
import { mapProcedure } from './procedure.ts'
import { References, type WantedRef } from './row.ts'

export type Cell = string | number | null

export interface RowDraft {
  readonly table: TargetTable
  readonly row: Readonly<Record<string, Cell>>
  readonly refs: readonly WantedRef[]
  /** Observations under this one. */
  readonly members: readonly ResourceKey[]
}
export interface PatientDraft {
  readonly table: 'patient'
  readonly patient: RegisterPatient
}
export type Draft = RowDraft | PatientDraft

export interface Mapping {
  readonly draft: Draft | null
  /** Places that were not understood; with a draft, the values there were left out of it. */
  readonly notUnderstood: readonly string[]
  /** The field by which it shows that it is not R4. */
  readonly otherVersion?: string
}

type Mapper = (r: FhirElement, refs: References) => object

const mappers = {
  AllergyIntolerance: ['allergy_intolerance', mapAllergyIntolerance],
  CarePlan: ['care_plan', mapCarePlan],
  Condition: ['condition', mapCondition],
  DiagnosticReport: ['diagnostic_report', mapDiagnosticReport],
  DocumentReference: ['document_reference', mapDocumentReference],
  Encounter: ['encounter', mapEncounter],
  Immunization: ['immunization', mapImmunization],
  MedicationRequest: ['medication_request', mapMedicationRequest],
  Observation: ['observation', mapObservation],
  Organization: ['organization', mapOrganization],
  Practitioner: ['practitioner', mapPractitioner],
  Procedure: ['procedure', mapProcedure],
} as const satisfies Record<string, readonly [string, Mapper]>

export type TargetTable = (typeof mappers)[keyof typeof mappers][0]
export const mappedTypes: readonly string[] = ['Patient', ...Object.keys(mappers)]
/** Mapped types that stand for themselves; every other one needs its patient to have a row. */
export const clinicTables: readonly string[] = ['organization', 'practitioner']

export function mapResource(located: Located, index: FileIndex, digits: Digits): Mapping {
  const type = located.key[1]
  try {
    // Rules that change what everything means, and that are not known here (FHIR R4, Resource.implicitRules).
    if (located.raw.implicitRules !== undefined) throw new NotUnderstood('implicitRules')
    if (type === 'Patient') {
      const { patient, notUnderstood } = mapPatient(new FhirElement(located.raw, '', digits), located.key[2])
      return { draft: { table: 'patient', patient }, notUnderstood }
    }
    if (!Object.hasOwn(mappers, type)) return { draft: null, notUnderstood: [] }
    const otherVersion = fieldOfOtherVersion(located.raw)
    if (otherVersion !== null) return { draft: null, notUnderstood: [], otherVersion }
    const [table, map] = mappers[type as keyof typeof mappers] as readonly [TargetTable, Mapper]
    const refs = new References(index, located)
    const row = map(new FhirElement(located.raw, '', digits), refs) as Record<string, Cell>
    return { draft: { table, row, refs: refs.wanted, members: refs.members }, notUnderstood: [] }
  } catch (error) {
    if (error instanceof NotUnderstood) return { draft: null, notUnderstood: [error.place] }
    throw error
  }
}
