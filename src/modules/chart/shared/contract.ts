// The chart: one call opens it whole, further pages come by section. Reading only, but for "none known".
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import { Flag, genders } from '#modules/patients/shared/contract.ts'

const nullable = z.string().nullable()

export const Banner = z.strictObject({
  patientId: PatientId,
  rev: z.number().int(),
  name: z.string(),
  birthDate: nullable,
  birthDateEstimated: z.boolean(),
  gender: z.enum(genders),
  recordNumber: z.string(),
  language: nullable,
  deceased: z.boolean(),
  deceasedAt: nullable,
  active: z.boolean(),
  phone: nullable,
  flags: z.array(Flag),
})
export type Banner = z.infer<typeof Banner>

export const AllergyLine = z.strictObject({
  id: Id,
  rev: z.number().int(),
  substance: z.string(),
  code: nullable,
  clinicalStatus: nullable,
  verificationStatus: nullable,
  criticality: nullable,
  manifestations: z.array(z.string()),
  severity: nullable,
  recordedDate: nullable,
})
export const Allergies = z.strictObject({
  /** recorded: see items · none-known: somebody asked and recorded it · not-recorded: nobody asked yet. */
  state: z.enum(['recorded', 'none-known', 'not-recorded']),
  items: z.array(AllergyLine),
})
export const ProblemLine = z.strictObject({
  id: Id,
  rev: z.number().int(),
  display: z.string(),
  codeSystem: nullable,
  code: nullable,
  clinicalStatus: nullable,
  verificationStatus: nullable,
  onset: nullable,
  abatement: nullable,
})
export const MedicineLine = z.strictObject({
  id: Id,
  rev: z.number().int(),
  display: z.string(),
  dosageText: nullable,
  status: z.string(),
  authoredOn: nullable,
  reason: nullable,
})

const MeasuredValue = {
  codeSystem: nullable,
  code: nullable,
  display: z.string(),
  valueKind: nullable,
  valueNumber: z.number().nullable(),
  /** The value as received, digits kept. */
  valueText: nullable,
  comparator: nullable,
  unit: nullable,
  ucum: nullable,
} as const
export const ComponentValue = z.strictObject(MeasuredValue)
export const ObservationLine = z.strictObject({
  id: Id,
  ...MeasuredValue,
  status: z.string(),
  category: nullable,
  effectiveAt: nullable,
  components: z.array(ComponentValue),
  interpretation: nullable,
  rangeLow: z.number().nullable(),
  rangeHigh: z.number().nullable(),
  rangeText: nullable,
  reportId: Id.nullable(),
  note: nullable,
})
export type ObservationLine = z.infer<typeof ObservationLine>

/** The newest value of one vital sign, with the series behind it for the sparkline, oldest first. */
export const VitalSign = z.strictObject({
  /** One of `vitalKeys` (vital-signs.ts), or `other:<code or words>`: then `latest.display` is its name. */
  key: z.string(),
  latest: ObservationLine,
  /** At most 12 points; `second` carries the diastolic of a blood pressure. */
  series: z.array(z.strictObject({ at: z.string(), value: z.number(), second: z.number().nullable() })),
})

export const EncounterLine = z.strictObject({
  id: Id,
  rev: z.number().int(),
  status: z.string(),
  classCode: nullable,
  typeDisplay: nullable,
  reasonDisplay: nullable,
  start: nullable,
  end: nullable,
  practitioner: nullable,
  place: nullable,
  /** Signed notes of this visit. */
  notes: z.number().int(),
})
export const DocumentLine = z.strictObject({
  id: Id,
  typeDisplay: z.string(),
  title: nullable,
  description: nullable,
  date: nullable,
  author: nullable,
  contentType: nullable,
  size: z.number().int().nullable(),
})
export const NoteLine = z.strictObject({
  id: Id,
  kind: z.enum(['note', 'addendum', 'correction']),
  title: z.string(),
  encounterId: Id.nullable(),
  relatesTo: Id.nullable(),
  authorName: z.string(),
  signedAt: Instant,
})
export const DraftLine = z.strictObject({
  id: Id,
  kind: z.enum(['note', 'addendum', 'correction']),
  title: z.string(),
  encounterId: Id.nullable(),
  mine: z.boolean(),
  authorName: z.string(),
  updatedAt: Instant,
})

export const timelineKinds = [
  'encounter',
  'note',
  'condition',
  'medication',
  'report',
  'immunization',
  'procedure',
  'document',
  'care-plan',
  'allergy',
] as const
export const TimelineItem = z.strictObject({
  kind: z.enum(timelineKinds),
  id: Id,
  at: nullable,
  /** Words of the record; empty where it has none (a visit just begun): show the name of the kind then. */
  title: z.string(),
  detail: nullable,
  /** FHIR status of the record; for notes whether it is a note, an addendum or a correction. */
  status: nullable,
})
export type TimelineItem = z.infer<typeof TimelineItem>

export const Chart = z.strictObject({
  banner: Banner,
  allergies: Allergies,
  problems: z.array(ProblemLine),
  medicines: z.array(MedicineLine),
  vitals: z.array(VitalSign),
  encounters: z.array(EncounterLine),
  notes: z.array(NoteLine),
  drafts: z.array(DraftLine),
  timeline: z.array(TimelineItem),
  /** How many marks hide something from this reader: that there is something, never what (SECURITY 4.3). */
  hidden: z.number().int(),
  /** Cursor for `chart.timeline` to go on from the last line above. */
  timelineNext: nullable,
  /** How many of each there are in all, so that a section says what it does not show. */
  totals: z.strictObject({
    problems: z.number().int(),
    medicines: z.number().int(),
    encounters: z.number().int(),
    observations: z.number().int(),
    documents: z.number().int(),
    sources: z.number().int(),
  }),
})
export type Chart = z.infer<typeof Chart>

/** Opaque position of the last line shown; pass it to get the next page. */
const Cursor = z.string().max(200).nullable().default(null)
const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() })
const pageInput = {
  patientId: PatientId,
  cursor: Cursor,
  limit: z.number().int().min(1).max(200).default(50),
} as const

/** Whose change makes an open chart stale. */
const chartTables = [
  'allergy_intolerance',
  'care_plan',
  'composition',
  'condition',
  'diagnostic_report',
  'document_reference',
  'encounter',
  'immunization',
  'medication_request',
  'observation',
  'procedure',
] as const

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const view = (action: string) =>
  ({ action, category: 'clinical', patients: (i: { patientId: string }) => [i.patientId] }) as const

export const ReportPanel = z.strictObject({
  id: Id,
  display: z.string(),
  category: nullable,
  status: z.string(),
  effectiveAt: nullable,
  conclusion: nullable,
  results: z.array(ObservationLine),
})

export const DetailField = z.strictObject({
  /** One of `fieldNames` (fields.ts): label `chart.field.<name>`. Lists give several fields of one name. */
  name: z.string(),
  value: z.string(),
})

export const chart = contract('chart', {
  open: query({
    summary:
      'Open a chart: banner, allergies, problems, medicines, vitals, visits, notes and the newest timeline.',
    access: 'notes.R',
    ...ofPatient,
    audit: view('chart.open'),
    // note_draft is left out on purpose: it changes three times a second while somebody types.
    reads: [
      ...chartTables,
      'break_glass',
      'sensitivity_label',
      'sensitivity_reader',
      'patient',
      'patient_flag',
      'patient_telecom',
      'source_resource',
    ],
    input: z.strictObject({ patientId: PatientId }),
    output: Chart,
  }),
  timeline: query({
    summary: 'Everything that happened, newest first, by page and kind.',
    access: 'notes.R',
    ...ofPatient,
    audit: view('chart.timeline'),
    reads: chartTables,
    input: z.strictObject({ ...pageInput, kinds: z.array(z.enum(timelineKinds)).max(20).default([]) }),
    output: pageOf(TimelineItem),
  }),
  problems: query({
    summary: 'All problems, resolved ones included.',
    access: 'profile.R',
    ...ofPatient,
    audit: view('chart.problems'),
    reads: ['condition'],
    input: z.strictObject(pageInput),
    output: pageOf(ProblemLine),
    /** Desk and money see no clinical words here; billing sees codes. */
    fields: {
      reception: [],
      lab: ['id', 'rev', 'display', 'clinicalStatus'],
      billing: ['id', 'rev', 'codeSystem', 'code', 'clinicalStatus'],
    },
    fieldsIn: 'items',
  }),
  medicines: query({
    summary: 'All medicines, stopped ones included.',
    access: 'prescriptions.R',
    ...ofPatient,
    audit: view('chart.medicines'),
    reads: ['medication_request'],
    input: z.strictObject(pageInput),
    output: pageOf(MedicineLine),
    fields: { billing: ['id', 'rev', 'status', 'authoredOn'] },
    fieldsIn: 'items',
  }),
  results: query({
    summary: 'Reports with their results, newest first.',
    access: 'results.R',
    ...ofPatient,
    audit: view('chart.results'),
    reads: ['diagnostic_report', 'observation'],
    input: z.strictObject(pageInput),
    output: pageOf(ReportPanel),
  }),
  observations: query({
    summary: 'Single measurements and findings by category, newest first.',
    access: 'vitals.R',
    ...ofPatient,
    audit: view('chart.observations'),
    reads: ['observation'],
    input: z.strictObject({ ...pageInput, category: z.string().max(100).nullable().default(null) }),
    output: pageOf(ObservationLine),
  }),
  documents: query({
    summary: 'Documents, newest first.',
    access: 'documents.R',
    ...ofPatient,
    audit: view('chart.documents'),
    reads: ['document_reference'],
    input: z.strictObject(pageInput),
    output: pageOf(DocumentLine),
  }),
  encounters: query({
    summary: 'Visits, newest first.',
    access: 'notes.R',
    ...ofPatient,
    audit: view('chart.encounters'),
    reads: ['encounter'],
    input: z.strictObject(pageInput),
    output: pageOf(EncounterLine),
  }),
  item: query({
    summary: 'One record of the chart in full, field by field.',
    access: 'notes.R',
    ...ofPatient,
    audit: view('chart.item'),
    reads: chartTables,
    input: z.strictObject({ patientId: PatientId, kind: z.enum([...timelineKinds, 'observation']), id: Id }),
    output: z.strictObject({
      kind: z.string(),
      id: Id,
      title: z.string(),
      fields: z.array(DetailField),
      /** The original this record was made from, where it was imported. */
      sourceId: Id.nullable(),
    }),
  }),
  sources: query({
    summary: 'Imported originals of this patient, mapped or kept as they came.',
    access: 'notes.R',
    ...ofPatient,
    audit: view('chart.sources'),
    reads: ['source_resource'],
    input: z.strictObject({
      ...pageInput,
      onlyUnmapped: z.boolean().default(false),
      resourceType: z.string().max(64).nullable().default(null),
    }),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          id: Id,
          resourceType: z.string(),
          sourceId: z.string(),
          title: nullable,
          at: nullable,
          mapped: z.boolean(),
        }),
      ),
      next: z.string().nullable(),
      types: z.array(z.strictObject({ resourceType: z.string(), count: z.number().int() })),
    }),
  }),
  source: query({
    summary: 'One imported original, exactly as it came.',
    access: 'notes.R',
    ...ofPatient,
    audit: view('chart.source'),
    reads: ['source_resource'],
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: z.strictObject({ id: Id, resourceType: z.string(), json: z.string() }),
  }),
  recordNoKnownAllergies: command({
    summary: 'Record that the patient was asked and no allergies are known.',
    access: 'profile.C',
    ...ofPatient,
    audit: { action: 'allergy.none-known', category: 'clinical', patients: (i) => [i.patientId] },
    input: z.strictObject({ patientId: PatientId }),
    output: Allergies,
    // CONFLICT where an allergy is recorded; recording it twice changes nothing.
  }),
  withdrawNoKnownAllergies: command({
    summary: 'Take back "no known allergies" (undo).',
    access: 'profile.C',
    ...ofPatient,
    audit: { action: 'allergy.none-known-withdrawn', category: 'clinical', patients: (i) => [i.patientId] },
    input: z.strictObject({ patientId: PatientId }),
    output: Allergies,
  }),
})
