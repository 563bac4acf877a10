// Every fixed question of this module to the database.
import { preparedQuery } from '#core/store/reader.ts'

const requestColumns = [
  'r.id',
  'r.rev',
  'r.patient_id',
  'p.name_text',
  'r.kind',
  'r.asked_by',
  'r.identity_check',
  'r.words',
  'r.received_on',
  'r.due_on',
  'r.state',
  'r.reason',
  'r.decided_at',
  'r.decided_by_name',
] as const

export const openRequests = preparedQuery<{ limit: number }>()((db, p) =>
  db
    .selectFrom('privacy_request as r')
    .innerJoin('patient as p', 'p.id', 'r.patient_id')
    .select(requestColumns)
    .where('r.state', '=', 'open')
    .where('r.voided_at', 'is', null)
    .orderBy('r.due_on')
    .orderBy('r.id')
    .limit(p.limit),
)
export const allRequests = preparedQuery<{ limit: number }>()((db, p) =>
  db
    .selectFrom('privacy_request as r')
    .innerJoin('patient as p', 'p.id', 'r.patient_id')
    .select(requestColumns)
    .where('r.voided_at', 'is', null)
    .orderBy('r.received_on', 'desc')
    .orderBy('r.id', 'desc')
    .limit(p.limit),
)
export const requestsOfPatient = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('privacy_request as r')
    .innerJoin('patient as p', 'p.id', 'r.patient_id')
    .select(requestColumns)
    .where('r.patient_id', '=', p.patient)
    .where('r.voided_at', 'is', null)
    .orderBy('r.id', 'desc'),
)
export const restrictionsOfPatient = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('record_restriction')
    .selectAll()
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
)
export const liveRestrictions = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('record_restriction')
    .select(['scope', 'target_table', 'target_id'])
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .where('lifted_at', 'is', null),
)
export const amendmentsOfPatient = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('record_amendment')
    .selectAll()
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
)
export const stepsOfPatient = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('erasure_step')
    .selectAll()
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)
export const patientsWithDueSteps = preparedQuery<{ today: string }>()((db, p) =>
  db
    .selectFrom('erasure_step')
    .select('patient_id')
    .distinct()
    .where('done_at', 'is', null)
    .where('until', 'is not', null)
    .where('until', '<=', p.today)
    .where('voided_at', 'is', null),
)
/** Decided for now and not carried out: the clinic was closed in between. */
export const patientsWithOpenErasures = preparedQuery<Record<string, never>>()((db) =>
  db
    .selectFrom('erasure_step')
    .select('patient_id')
    .distinct()
    .where('done_at', 'is', null)
    .where('action', '=', 'erase')
    .where('voided_at', 'is', null),
)
export const erasureRecords = preparedQuery<{ limit: number }>()((db, p) =>
  db
    .selectFrom('erasure_record as e')
    .leftJoin('user_account as u', 'u.id', 'e.by_user')
    .select(['e.id', 'e.at', 'u.name', 'e.categories', 'e.rows', 'e.is_whole'])
    .where('e.voided_at', 'is', null)
    .orderBy('e.id', 'desc')
    .limit(p.limit),
)
export const breachCases = preparedQuery<Record<string, never>>()((db) =>
  db
    .selectFrom('breach_case as b')
    .leftJoin('user_account as u', 'u.id', 'b.opened_by')
    .selectAll('b')
    .select('u.name as opened_by_name')
    .where('b.voided_at', 'is', null)
    .orderBy('b.id', 'desc'),
)

export const lastEncounter = preparedQuery<{ patient: string; now: string }>()((db, p) =>
  db
    .selectFrom('encounter')
    .select((e) => e.fn.max(e.fn.coalesce('period_end', 'period_start')).as('at'))
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .where((e) => e(e.fn.coalesce('period_start', 'period_end'), '<=', p.now)),
)
export const lastNote = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('composition')
    .select((e) => e.fn.max('signed_at').as('at'))
    .where('patient_id', '=', p.patient),
)
export const lastAppointment = preparedQuery<{ patient: string; now: string }>()((db, p) =>
  db
    .selectFrom('appointment')
    .select((e) => e.fn.max('start_at').as('at'))
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .where('closed_at', 'is', null)
    .where('start_at', '<=', p.now),
)
export const lastPrescription = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('prescription')
    .select((e) => e.fn.max('signed_at').as('at'))
    .where('patient_id', '=', p.patient),
)
export const lastSource = preparedQuery<{ patient: string; now: string }>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select((e) => e.fn.max('clinical_at').as('at'))
    .where('patient_id', '=', p.patient)
    .where('clinical_at', '<=', p.now),
)
export const lastInvoice = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('ledger_journal')
    .select((e) => e.fn.max('business_date').as('at'))
    .where('patient_id', '=', p.patient),
)
