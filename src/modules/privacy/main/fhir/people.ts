// The patient and the people and houses the record names, as FHIR R4 resources.
import { codeOrWords, type Json, type Resource, type Row, str } from './elements.ts'

export interface PatientParts {
  readonly patient: Row
  readonly names: readonly Row[]
  readonly identifiers: readonly Row[]
  readonly telecoms: readonly Row[]
  readonly addresses: readonly Row[]
  readonly contacts: readonly Row[]
}

export const recordNumberSystem = 'urn:osler:record-number'

export function patientResource(parts: PatientParts): Resource {
  const { patient } = parts
  const deathTime = str(patient, 'deceased_at')
  const language = str(patient, 'language')
  return {
    resourceType: 'Patient',
    id: String(patient.id),
    active: patient.active === 1,
    identifier: [
      ...parts.identifiers.map((row) => ({
        system: str(row, 'system'),
        type: typeOf(row),
        value: str(row, 'value'),
        assigner: str(row, 'assigner') === undefined ? undefined : { display: str(row, 'assigner') },
      })),
      { system: recordNumberSystem, value: str(patient, 'record_number') },
    ],
    name: [
      {
        use: 'official',
        ...nameParts(patient),
        prefix: one(patient, 'prefix'),
        suffix: one(patient, 'suffix'),
      },
      ...parts.names.map((row) => ({ use: str(row, 'use'), ...nameParts(row) })),
    ],
    telecom: parts.telecoms.map((row) => ({
      system: str(row, 'system'),
      use: str(row, 'use'),
      value: str(row, 'value'),
      rank: typeof row.rank === 'number' ? row.rank : undefined,
    })),
    gender: str(patient, 'gender'),
    birthDate: str(patient, 'birth_date'),
    ...(deathTime === undefined
      ? { deceasedBoolean: patient.deceased === 1 ? true : undefined }
      : { deceasedDateTime: deathTime }),
    address: parts.addresses.map((row) => ({
      use: str(row, 'use'),
      line: str(row, 'lines')?.split('\n'),
      city: str(row, 'city'),
      district: str(row, 'district'),
      state: str(row, 'state'),
      postalCode: str(row, 'postal_code'),
      country: str(row, 'country'),
    })),
    maritalStatus: codeOrWords(str(patient, 'marital_status')),
    communication:
      language === undefined
        ? undefined
        : [{ language: codeOrWords(language, 'urn:ietf:bcp:47') ?? {}, preferred: true }],
    contact: parts.contacts.map((row) => ({
      relationship: str(row, 'relationship') === undefined ? undefined : [{ text: str(row, 'relationship') }],
      name: { text: str(row, 'name_text') },
      telecom: (['phone', 'email'] as const).flatMap((system) => {
        const value = str(row, system)
        return value === undefined ? [] : [{ system, value }]
      }),
    })),
  }
}

const one = (row: Row, column: string): Json | undefined => {
  const value = str(row, column)
  return value === undefined ? undefined : [value]
}

const nameParts = (row: Row) => ({
  text: str(row, 'name_text'),
  family: str(row, 'family'),
  given: one(row, 'given'),
})

function typeOf(row: Row): Json | undefined {
  const [code, text] = [str(row, 'type_code'), str(row, 'type_display')]
  return code === undefined && text === undefined
    ? undefined
    : { coding: code === undefined ? undefined : [{ code, display: text }], text }
}

export const practitionerResource = (row: Row): Resource => ({
  resourceType: 'Practitioner',
  id: String(row.id),
  active: row.active === 1,
  identifier: identifierOf(row),
  name: [{ ...nameParts(row) }],
  telecom: reach(row),
  qualification:
    str(row, 'qualification') === undefined ? undefined : [{ code: { text: str(row, 'qualification') } }],
})

export const organizationResource = (row: Row): Resource => ({
  resourceType: 'Organization',
  id: String(row.id),
  active: row.active === 1,
  identifier: identifierOf(row),
  name: str(row, 'name'),
  type: str(row, 'type_display') === undefined ? undefined : [{ text: str(row, 'type_display') }],
  telecom: reach(row),
  address: str(row, 'address') === undefined ? undefined : [{ text: str(row, 'address') }],
})

const reach = (row: Row): Json =>
  (['phone', 'email'] as const).flatMap((system) => {
    const value = str(row, system)
    return value === undefined ? [] : [{ system, value }]
  })

function identifierOf(row: Row): Json | undefined {
  const value = str(row, 'identifier')
  if (value === undefined) return undefined
  const bar = value.indexOf('|')
  return [bar < 0 ? { value } : { system: value.slice(0, bar), value: value.slice(bar + 1) }]
}
