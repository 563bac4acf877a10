// Reads of prescribing in the clinic's database, compiled once.
import { sql } from 'kysely'
import { preparedQuery } from '#core/store/reader.ts'

type OfPatient = { patientId: string }
type OneOfPatient = { patientId: string; id: string }

const medicineColumns = [
  'id',
  'rev',
  'status',
  'status_reason',
  'intent',
  'medication_system',
  'medication_code',
  'medication_display',
  'dosage_text',
  'sig',
  'authored_on',
  'ended_on',
  'requester_display',
  'reason_display',
  'encounter_id',
  'note',
  'quantity_value',
  'quantity_unit',
  'refills_allowed',
  'prescriber_id',
  'prescription_id',
  'prior_id',
  'is_reported',
  'is_long_term',
  'drug_id',
  'ingredients',
] as const

export const currentStatuses = ['active', 'on-hold', 'unknown'] as const
/** What was only suggested: nobody has decided that the patient takes it. */
const suggested = ['proposal', 'option'] as const

/** All of them, without a limit: a check that looks at some medicines only is no check. */
export const currentMedicines = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('medication_request')
    .select(medicineColumns)
    .where('patient_id', '=', p.patientId)
    .where('status', 'in', currentStatuses)
    .where('intent', 'not in', suggested)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
)

export const medicinesPage = preparedQuery<{ patientId: string; before: string; limit: number }>()((db, p) =>
  db
    .selectFrom('medication_request')
    .select(medicineColumns)
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const currentMedicinesPage = preparedQuery<{ patientId: string; before: string; limit: number }>()(
  (db, p) =>
    db
      .selectFrom('medication_request')
      .select(medicineColumns)
      .where('patient_id', '=', p.patientId)
      .where('id', '<', p.before)
      .where('status', 'in', currentStatuses)
      .where('intent', 'not in', suggested)
      .where('voided_at', 'is', null)
      .orderBy('id', 'desc')
      .limit(p.limit),
)

export const medicineById = preparedQuery<OneOfPatient>()((db, p) =>
  db
    .selectFrom('medication_request')
    .select(medicineColumns)
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)

/** What took the place of a medicine: a renewal or a change. */
export const successorOf = preparedQuery<OneOfPatient>()((db, p) =>
  db
    .selectFrom('medication_request')
    .select(['id'])
    .where('patient_id', '=', p.patientId)
    .where('prior_id', '=', p.id)
    .where('voided_at', 'is', null)
    .limit(1),
)

/** The caller's newest scripts of one medicine, over all patients: only words and numbers leave this query. */
export const ownEarlier = preparedQuery<{ userId: string; drugId: string; limit: number }>()((db, p) =>
  db
    .selectFrom('medication_request')
    .select(['dosage_text', 'quantity_value', 'quantity_unit', 'refills_allowed'])
    .where('prescriber_id', '=', p.userId)
    .where('drug_id', '=', p.drugId)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export const allergyRows = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('allergy_intolerance')
    .select([
      'id',
      'code_system',
      'code',
      'code_display',
      'criticality',
      'severity',
      'clinical_status',
      'verification_status',
    ])
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)

export const refillsOf = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('medication_refill')
    .select(['id', 'medication_request_id'])
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null),
)
export const refillById = preparedQuery<OneOfPatient>()((db, p) =>
  db
    .selectFrom('medication_refill')
    .select(['id', 'medication_request_id'])
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)

export const basketOf = preparedQuery<OfPatient>()((db, p) =>
  db.selectFrom('prescription_basket').selectAll().where('patient_id', '=', p.patientId),
)

export const prescriptionById = preparedQuery<OneOfPatient>()((db, p) =>
  db
    .selectFrom('prescription')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)
export const prescriptionsPage = preparedQuery<{ patientId: string; before: string; limit: number }>()(
  (db, p) =>
    db
      .selectFrom('prescription')
      .select(['id', 'number', 'signed_at', 'prescriber_name', 'items'])
      .where('patient_id', '=', p.patientId)
      .where('id', '<', p.before)
      .where('voided_at', 'is', null)
      .orderBy('id', 'desc')
      .limit(p.limit),
)
export const overridesOf = preparedQuery<OfPatient>()((db, p) =>
  db.selectFrom('alert_override').selectAll().where('patient_id', '=', p.patientId).orderBy('id'),
)

export const favouritesOf = preparedQuery<{ userId: string }>()((db, p) =>
  db
    .selectFrom('sig_favourite')
    .selectAll()
    .where('user_id', '=', p.userId)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(500),
)
export const favouriteById = preparedQuery<{ userId: string; id: string }>()((db, p) =>
  db
    .selectFrom('sig_favourite')
    .selectAll()
    .where('id', '=', p.id)
    .where('user_id', '=', p.userId)
    .where('voided_at', 'is', null),
)

/** The clinic's own medicines: tens, at most hundreds. */
export const ownDrugs = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('own_drug')
    .selectAll()
    .where('id', '>', '')
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(2000),
)
export const ownDrugById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('own_drug').selectAll().where('id', '=', p.id).where('voided_at', 'is', null),
)

/** Who prescribes these medicines from this computer, and how often; `ids` is a JSON array. */
export const usesOf = preparedQuery<{ ids: string }>()((db, p) =>
  db
    .selectFrom('drug_use')
    .select(['drug_id', 'user_id', 'uses'])
    .where('drug_id', 'in', sql<string>`(select value from json_each(${p.ids}))`),
)
