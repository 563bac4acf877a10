// A Patient resource from its text, as the mapper reads it: what the source said the last time.
import type { RegisterPatient } from '#modules/patients/shared/contract.ts'
import { isObject, noDigits } from './fhir-element.ts'
import { mapResource } from './map/map-resource.ts'
import { FileIndex, type Located } from './references.ts'

export function readPatient(text: string, id: string): RegisterPatient | undefined {
  const raw: unknown = JSON.parse(text)
  if (!isObject(raw)) return undefined
  const located: Located = { key: ['', 'Patient', id], base: null, fullUrl: null, raw }
  const { draft } = mapResource(located, new FileIndex(''), noDigits)
  return draft?.table === 'patient' ? draft.patient : undefined
}
