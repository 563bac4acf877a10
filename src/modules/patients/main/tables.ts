// Patients: identity, ways to reach them, people around them, flags. FHIR R4 Patient in snake_case.
import { patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

export const patient = syncedTable(
  'patient',
  30,
  'review',
  {
    /** `name_text` is the whole name as it is written and read; the parts serve search, sorting and letters. */
    name: { name_text: 'text', family: 'text?', given: 'text?', prefix: 'text?', suffix: 'text?' },
    /** YYYY, YYYY-MM or YYYY-MM-DD; `estimated` when worked out from a stated age. */
    birth: { birth_date: 'text?', birth_date_estimated: 'int' },
    /** FHIR administrative gender: male, female, other, unknown. */
    gender: { gender: 'text' },
    death: { deceased: 'int', deceased_at: 'text?' },
    state: { active: 'int' },
    record_number: { record_number: 'text' },
    language: { language: 'text?' },
    marital: { marital_status: 'text?' },
    /** The name under which the audit log knows this patient; erasing the row cuts the link (PRIV-05). */
    alias: { audit_alias: 'text' },
  },
  /** `n` is the full-text rowid; `name_sort` the folded sort key. Both are rebuilt from data. */
  { n: 'int', name_sort: 'text' },
)

export const patientName = patientTable('patient_name', 31, 'plain', {
  name: { use: 'text', name_text: 'text', family: 'text?', given: 'text?' },
})
export const patientIdentifier = patientTable('patient_identifier', 32, 'review', {
  identifier: {
    system: 'text?',
    type_code: 'text?',
    type_display: 'text?',
    value: 'text',
    assigner: 'text?',
  },
})
export const patientTelecom = patientTable('patient_telecom', 33, 'plain', {
  telecom: { system: 'text', use: 'text?', value: 'text', rank: 'int?' },
})
export const patientAddress = patientTable('patient_address', 34, 'plain', {
  address: {
    use: 'text?',
    lines: 'text?',
    city: 'text?',
    district: 'text?',
    state: 'text?',
    postal_code: 'text?',
    country: 'text?',
  },
})
/** Next of kin and other people around the patient; `related_patient_id` where that person is a patient too. */
export const patientContact = patientTable('patient_contact', 35, 'plain', {
  contact: {
    relationship: 'text?',
    name_text: 'text',
    phone: 'text?',
    email: 'text?',
    related_patient_id: 'text?',
  },
})
/** Flags show in the banner; `sticky` ones are desk notes and not part of the legal record (A8). */
export const patientFlag = patientTable('patient_flag', 36, 'plain', {
  flag: { kind: 'text', text: 'text', created_at: 'text', created_by: 'text?' },
})
/** Who cares for the patient: one way of being related (SECURITY 4.1). */
export const careTeamMember = patientTable('care_team_member', 37, 'plain', {
  member: { user_id: 'text', role: 'text', since: 'text', until: 'text?', origin: 'text' },
})

declare module '#core/store/database.ts' {
  interface Database {
    patient: RowOf<typeof patient>
    patient_name: RowOf<typeof patientName>
    patient_identifier: RowOf<typeof patientIdentifier>
    patient_telecom: RowOf<typeof patientTelecom>
    patient_address: RowOf<typeof patientAddress>
    patient_contact: RowOf<typeof patientContact>
    patient_flag: RowOf<typeof patientFlag>
    care_team_member: RowOf<typeof careTeamMember>
    /** FTS5, rowid = patient.n; never selected by column. */
    patient_search: { rowid: number; terms: string }
  }
}
