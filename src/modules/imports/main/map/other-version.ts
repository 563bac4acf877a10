// Fields of other FHIR versions that change what a resource means. Read as R4, a dose that was not given would stand in
// the record as given (STU3 Immunization.notGiven): such a resource is kept as it came.
import { isObject, type RawObject } from '../fhir-element.ts'

/** By type: fields that only DSTU2, STU3 or R5 know, and fields that have another shape there. */
const fieldsElsewhere: Readonly<Record<string, readonly string[]>> = {
  DiagnosticReport: ['codedDiagnosis'],
  DocumentReference: ['class', 'indexed'],
  Immunization: ['notGiven', 'wasNotGiven'],
  MedicationRequest: ['medication'],
  Procedure: ['notDone', 'notPerformed', 'occurrenceDateTime', 'occurrencePeriod'],
}
const objectsInR4: Readonly<Record<string, string>> = {
  AllergyIntolerance: 'clinicalStatus',
  Condition: 'clinicalStatus',
  Encounter: 'class',
}

/** The field that gives it away; null for what may be R4. */
export function fieldOfOtherVersion(raw: RawObject): string | null {
  const type = String(raw.resourceType)
  const field = fieldsElsewhere[type]?.find((f) => raw[f] !== undefined)
  if (field !== undefined) return field
  const shaped = objectsInR4[type]
  return shaped !== undefined && raw[shaped] !== undefined && !isObject(raw[shaped]) ? shaped : null
}
