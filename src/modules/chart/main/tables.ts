// The clinical record outside of notes: FHIR R4 resources as rows, one patient's rows lying together.
// Coded values stand as <field>_system, <field>_code, <field>_display; the display is what people read.
import { patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

export const encounter = patientTable('encounter', 40, 'review', {
  /** FHIR encounter status and class: planned, arrived, in-progress, finished, cancelled · AMB, IMP, EMER, VR ... */
  state: { status: 'text', class_code: 'text?' },
  type: { type_system: 'text?', type_code: 'text?', type_display: 'text?' },
  reason: { reason_system: 'text?', reason_code: 'text?', reason_display: 'text?' },
  period: { period_start: 'text?', period_end: 'text?' },
  people: { practitioner_id: 'text?', practitioner_display: 'text?', user_id: 'text?' },
  place: { organization_id: 'text?', organization_display: 'text?', location_display: 'text?' },
})

export const condition = patientTable('condition', 41, 'review', {
  code: { code_system: 'text?', code: 'text?', code_display: 'text' },
  /** active, recurrence, relapse, inactive, remission, resolved · unconfirmed ... entered-in-error. */
  status: { clinical_status: 'text?', verification_status: 'text?' },
  category: { category: 'text?' },
  severity: { severity_display: 'text?' },
  course: { onset: 'text?', abatement: 'text?', recorded_date: 'text?' },
  context: { encounter_id: 'text?' },
  note: { note: 'text?' },
})

export const allergyIntolerance = patientTable('allergy_intolerance', 42, 'review', {
  /** "No known allergies" is the IPS absent-unknown code here: a recorded fact. */
  substance: { code_system: 'text?', code: 'text?', code_display: 'text' },
  status: { clinical_status: 'text?', verification_status: 'text?' },
  kind: { type: 'text?', category: 'text?', criticality: 'text?' },
  /** JSON array of manifestation texts; severity mild, moderate, severe. */
  reaction: { manifestations: 'text?', severity: 'text?' },
  course: { onset: 'text?', recorded_date: 'text?', last_occurrence: 'text?' },
  note: { note: 'text?' },
})

export const medicationRequest = patientTable('medication_request', 43, 'review', {
  /** active, on-hold, cancelled, completed, entered-in-error, stopped, draft, unknown. */
  status: { status: 'text', status_reason: 'text?', intent: 'text' },
  medication: { medication_system: 'text?', medication_code: 'text?', medication_display: 'text' },
  /** Directions as written; dose, unit, route and frequency form one group and never merge apart (SYNC 2.6). */
  dosage: {
    dosage_text: 'text?',
    dose_value: 'real?',
    dose_unit: 'text?',
    route_display: 'text?',
    frequency_text: 'text?',
    as_needed: 'int?',
    /** Structured directions as prescribing understood them (JSON); null where they stand as written. */
    sig: 'text?',
  },
  period: { authored_on: 'text?', ended_on: 'text?' },
  people: { requester_id: 'text?', requester_display: 'text?' },
  context: { encounter_id: 'text?', reason_display: 'text?' },
  note: { note: 'text?' },
  supply: { quantity_value: 'real?', quantity_unit: 'text?', refills_allowed: 'int?' },
  /** Where it comes from: our prescriber and script, the row it renews or changes, or told by the patient. */
  order: {
    prescriber_id: 'text?',
    prescription_id: 'text?',
    prior_id: 'text?',
    is_reported: 'int?',
    is_long_term: 'int?',
  },
  /** The catalogue's medicine and its substances, JSON array of {name, base, cuis}: what checks go by. */
  drug: { drug_id: 'text?', ingredients: 'text?' },
})

const value = {
  /** quantity, codeable, string, boolean, integer, range, ratio, time, dateTime, period, sampled; null when absent. */
  value_kind: 'text?',
  value_number: 'real?',
  /** Decimal as received ("7.40"): digits carry meaning in a result. */
  value_text: 'text?',
  value_comparator: 'text?',
  value_unit: 'text?',
  /** UCUM code of the unit where known. */
  value_ucum: 'text?',
  value_system: 'text?',
  value_code: 'text?',
} as const

export const observation = patientTable('observation', 44, 'append', {
  /** One measurement is one atom: code, value, unit, components and range never merge apart. */
  measurement: {
    status: 'text',
    /** First FHIR category code: vital-signs, laboratory, survey, social-history, imaging ... */
    category: 'text?',
    code_system: 'text?',
    code: 'text?',
    code_display: 'text',
    effective_at: 'text?',
    ...value,
    /** JSON array of {code_system, code, code_display, ...value} (blood pressure, Apgar ...). */
    components: 'text?',
    interpretation: 'text?',
    range_low: 'real?',
    range_high: 'real?',
    range_text: 'text?',
    absent_reason: 'text?',
    body_site: 'text?',
    method: 'text?',
    note: 'text?',
  },
  context: { encounter_id: 'text?', report_id: 'text?', performer_display: 'text?' },
})

export const diagnosticReport = patientTable('diagnostic_report', 45, 'append', {
  report: {
    status: 'text',
    category: 'text?',
    code_system: 'text?',
    code: 'text?',
    code_display: 'text',
    effective_at: 'text?',
    issued: 'text?',
    conclusion: 'text?',
    /** JSON array of observation ids in report order. */
    result_ids: 'text?',
  },
  context: { encounter_id: 'text?', performer_display: 'text?' },
})

export const immunization = patientTable('immunization', 46, 'append', {
  dose: {
    status: 'text',
    status_reason: 'text?',
    vaccine_system: 'text?',
    vaccine_code: 'text?',
    vaccine_display: 'text',
    occurrence: 'text?',
    lot_number: 'text?',
    expiration_date: 'text?',
    site_display: 'text?',
    route_display: 'text?',
    dose_value: 'real?',
    dose_unit: 'text?',
    primary_source: 'int?',
    note: 'text?',
  },
  context: { encounter_id: 'text?', performer_display: 'text?', location_display: 'text?' },
})

export const procedure = patientTable('procedure', 47, 'append', {
  procedure: {
    status: 'text',
    code_system: 'text?',
    code: 'text?',
    code_display: 'text',
    performed_start: 'text?',
    performed_end: 'text?',
    reason_display: 'text?',
    body_site: 'text?',
    outcome: 'text?',
    note: 'text?',
  },
  context: { encounter_id: 'text?', performer_display: 'text?', location_display: 'text?' },
})

export const documentReference = patientTable('document_reference', 48, 'append', {
  document: {
    status: 'text',
    type_system: 'text?',
    type_code: 'text?',
    type_display: 'text',
    category_display: 'text?',
    date: 'text?',
    description: 'text?',
    content_type: 'text?',
    title: 'text?',
    /** Where the original says the content is; never fetched. */
    url: 'text?',
    size: 'int?',
    author_display: 'text?',
  },
  context: { encounter_id: 'text?' },
})

export const carePlan = patientTable('care_plan', 49, 'review', {
  status: { status: 'text', intent: 'text' },
  /** `activities` and `addresses`: JSON arrays of texts. */
  plan: {
    title: 'text',
    category_display: 'text?',
    description: 'text?',
    activities: 'text?',
    addresses: 'text?',
  },
  period: { period_start: 'text?', period_end: 'text?' },
  context: { encounter_id: 'text?' },
})

export const practitioner = syncedTable('practitioner', 50, 'plain', {
  name: { name_text: 'text', family: 'text?', given: 'text?' },
  details: { active: 'int', qualification: 'text?', phone: 'text?', email: 'text?', identifier: 'text?' },
})

export const organization = syncedTable('organization', 51, 'plain', {
  name: { name: 'text' },
  details: { active: 'int', type_display: 'text?', phone: 'text?', address: 'text?', identifier: 'text?' },
})

/** All of them, by name: what import, sync tests and the demo clinic write through. */
export const chartTables = {
  encounter,
  condition,
  allergyIntolerance,
  medicationRequest,
  observation,
  diagnosticReport,
  immunization,
  procedure,
  documentReference,
  carePlan,
  practitioner,
  organization,
} as const

declare module '#core/store/database.ts' {
  interface Database {
    encounter: RowOf<typeof encounter>
    condition: RowOf<typeof condition>
    allergy_intolerance: RowOf<typeof allergyIntolerance>
    medication_request: RowOf<typeof medicationRequest>
    observation: RowOf<typeof observation>
    diagnostic_report: RowOf<typeof diagnosticReport>
    immunization: RowOf<typeof immunization>
    procedure: RowOf<typeof procedure>
    document_reference: RowOf<typeof documentReference>
    care_plan: RowOf<typeof carePlan>
    practitioner: RowOf<typeof practitioner>
    organization: RowOf<typeof organization>
  }
}
