// Reads of an open chart and of its sections, compiled once. Every one is a range on (patient_id, id), newest first:
// ids are minted from the clinical instant, so their order is the order in which things happened.
// Longer than most files on purpose: it is the list of what opening a chart reads.
import { sql } from 'kysely'
import { preparedQuery, sqlBuilder } from '#core/store/reader.ts'

export interface Page extends Record<string, string | number> {
  patientId: string
  /** Exclusive upper bound of ids; `lastId` for the first page. */
  before: string
  limit: number
}
type OfPatient = { patientId: string }

/** Sorts after every UUID: the cursor of a first page. */
export const lastId = 'g'

export const allergiesOf = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('allergy_intolerance')
    .select([
      'id',
      'rev',
      'code_system',
      'code',
      'code_display',
      'clinical_status',
      'verification_status',
      'criticality',
      'manifestations',
      'severity',
      'onset',
      'recorded_date',
    ])
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(200),
)

/** `ids` is a JSON array of patients: what a list of people needs to know. */
export const allergiesOfPatients = preparedQuery<{ ids: string }>()((db, p) =>
  db
    .selectFrom('allergy_intolerance')
    .select([
      'id',
      'patient_id',
      'code_system',
      'code',
      'code_display',
      'clinical_status',
      'verification_status',
    ])
    .where('patient_id', 'in', sql<string>`(select value from json_each(${p.ids}))`)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
)

const problemColumns = [
  'id',
  'rev',
  'code_system',
  'code',
  'code_display',
  'clinical_status',
  'verification_status',
  'onset',
  'abatement',
  'recorded_date',
] as const

export const newestProblems = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('condition')
    .select(problemColumns)
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const activeConditionStatuses = ['active', 'recurrence', 'relapse'] as const

/** For long histories only: the active ones may lie far behind the newest. */
export const activeProblems = preparedQuery<{ patientId: string; limit: number }>()((db, p) =>
  db
    .selectFrom('condition')
    .select(problemColumns)
    .where('patient_id', '=', p.patientId)
    .where('clinical_status', 'in', activeConditionStatuses)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const medicineColumns = [
  'id',
  'rev',
  'medication_display',
  'dosage_text',
  'status',
  'intent',
  'authored_on',
  'reason_display',
] as const

export const newestMedicines = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('medication_request')
    .select(medicineColumns)
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const currentMedicineStatuses = ['active', 'on-hold', 'unknown'] as const
/** What was only suggested to somebody: nobody has decided that the patient takes it. */
export const suggestedIntents = ['proposal', 'option'] as const

export const currentMedicines = preparedQuery<{ patientId: string; limit: number }>()((db, p) =>
  db
    .selectFrom('medication_request')
    .select(medicineColumns)
    .where('patient_id', '=', p.patientId)
    .where('status', 'in', currentMedicineStatuses)
    .where('intent', 'not in', suggestedIntents)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const newestEncounters = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('encounter')
    .select([
      'id',
      'rev',
      'status',
      'class_code',
      'type_display',
      'reason_display',
      'period_start',
      'period_end',
      'practitioner_display',
      'organization_display',
      'location_display',
    ])
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

/** Signed visit notes of some visits; `ids` is a JSON array. Addenda and corrections belong to a note, so they do not count. */
export const noteCounts = preparedQuery<{ patientId: string; ids: string }>()((db, p) =>
  db
    .selectFrom('composition')
    .select(['encounter_id', sql<number>`count(*)`.as('count')])
    .where('patient_id', '=', p.patientId)
    .where('encounter_id', 'in', sql<string>`(select value from json_each(${p.ids}))`)
    .where('kind', '=', 'note')
    .where('voided_at', 'is', null)
    .groupBy('encounter_id'),
)

export const newestNotes = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('composition')
    .select(['id', 'kind', 'title', 'encounter_id', 'relates_to', 'author_name', 'signed_at'])
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const draftsOf = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('note_draft as d')
    .leftJoin('user_account as u', 'u.id', 'd.author_id')
    .select([
      'd.id',
      'd.kind',
      'd.title',
      'd.encounter_id',
      'd.author_id',
      'd.updated_at',
      'u.name as author_name',
    ])
    .where('d.patient_id', '=', p.patientId)
    .orderBy('d.updated_at', 'desc')
    .limit(20),
)

export const newestDocuments = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('document_reference')
    .select([
      'id',
      'status',
      'type_display',
      'title',
      'description',
      'date',
      'author_display',
      'content_type',
      'size',
    ])
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const newestReports = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('diagnostic_report')
    .select([
      'id',
      'status',
      'category',
      'code_display',
      'effective_at',
      'issued',
      'conclusion',
      'result_ids',
    ])
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const newestImmunizations = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('immunization')
    .select(['id', 'status', 'status_reason', 'vaccine_display', 'occurrence', 'lot_number'])
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const newestProcedures = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('procedure')
    .select(['id', 'status', 'code_display', 'performed_start', 'reason_display', 'performer_display'])
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const newestCarePlans = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('care_plan')
    .select(['id', 'status', 'title', 'category_display', 'period_start'])
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const newestAllergies = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('allergy_intolerance')
    .select([
      'id',
      'code_system',
      'code',
      'code_display',
      'clinical_status',
      'verification_status',
      'manifestations',
      'onset',
      'recorded_date',
    ])
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

/** Counts for long histories; short ones are counted from the rows that were read anyway. */
const countOf = (table: 'condition' | 'document_reference' | 'encounter' | 'medication_request') =>
  preparedQuery<OfPatient>()((db, p) =>
    db
      .selectFrom(table)
      .select(sql<number>`count(*)`.as('count'))
      .where('patient_id', '=', p.patientId)
      .where('voided_at', 'is', null),
  )
export const countProblems = countOf('condition')
export const countMedicines = countOf('medication_request')
export const countEncounters = countOf('encounter')
export const countDocuments = countOf('document_reference')

/** Answered from the index alone: the planner would otherwise walk the wide rows, at ten times the cost. */
export const countObservations = preparedQuery<OfPatient>()((_db, p) => ({
  compile: () =>
    sql<{ count: number }>`select count(*) as count from observation indexed by observation_code
      where patient_id = ${p.patientId} and voided_at is null`.compile(sqlBuilder),
}))

export const countSources = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select(sql<number>`count(*)`.as('count'))
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null),
)
