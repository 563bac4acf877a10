// Reads of undo: what a batch made, and whether anybody has built on it.
import { sql } from 'kysely'
import { preparedQuery } from '#core/store/reader.ts'
import { voidReasons } from './former.ts'

type OfBatch = { batch: string }

export const patientsOfBatch = preparedQuery<OfBatch>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select('patient_id')
    .distinct()
    .where('batch_id', '=', p.batch)
    .where('voided_at', 'is', null)
    .where('patient_id', 'is not', null)
    .orderBy('patient_id'),
)
const undoColumns = ['id', 'mapped_table', 'mapped_id', 'former'] as const
/** Newest first: what was done last is taken back first. */
export const sourcesOfPatientInBatch = preparedQuery<OfBatch & { patient: string }>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select(undoColumns)
    .where('patient_id', '=', p.patient)
    .where(sql<string>`+batch_id`, '=', p.batch)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
)
export const clinicSourcesOfBatch = preparedQuery<OfBatch & { before: string; limit: number }>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select(undoColumns)
    .where('batch_id', '=', p.batch)
    .where('voided_at', 'is', null)
    .where('patient_id', 'is', null)
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(sql<number>`(${p.limit} + 0)`),
)
/** Originals of this batch that a later import has replaced: they can go once that one is gone. */
export const replacedSince = preparedQuery<OfBatch>()((db, p) =>
  db
    .selectFrom('source_resource as a')
    .select(sql<number>`count(*)`.as('n'))
    .where('a.batch_id', '=', p.batch)
    .where('a.void_reason', '=', voidReasons.superseded)
    .where(
      sql<boolean>`exists (select 1 from source_resource as b where b.source_ns = a.source_ns
        and b.resource_type = a.resource_type and b.source_id = a.source_id
        and b.voided_at is null and b.batch_id <> a.batch_id)`,
    ),
)
export const formerOfSource = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('source_resource').select(['former', 'mapped_id']).where('id', '=', p.id),
)
/** Place in the log of the last commit that filed something of this batch for a patient. */
export const lastCommitOf = preparedQuery<OfBatch & { patient: string }>()((db, p) =>
  db
    .selectFrom('source_resource as s')
    .innerJoin('sync_commit as c', (j) =>
      j.onRef('c.writer', '=', 's.ins_writer').onRef('c.seq', '=', 's.ins_seq'),
    )
    .select(sql<number>`max(c.pos)`.as('pos'))
    .where('s.patient_id', '=', p.patient)
    .where(sql<string>`+s.batch_id`, '=', p.batch),
)
/** Later by when it was filed: a batch may be opened first and filed last. */
export const laterBatchOf = preparedQuery<OfBatch & { patient: string; pos: number }>()((db, p) =>
  db
    .selectFrom('source_resource as s')
    .innerJoin('sync_commit as c', (j) =>
      j.onRef('c.writer', '=', 's.ins_writer').onRef('c.seq', '=', 's.ins_seq'),
    )
    .select('s.id')
    .where('s.patient_id', '=', p.patient)
    .where(sql<string>`+s.batch_id`, '<>', p.batch)
    .where('s.voided_at', 'is', null)
    .where('c.pos', '>', p.pos)
    .limit(sql.lit(1)),
)
export const draftSince = preparedQuery<{ patient: string; since: string }>()((db, p) =>
  db
    .selectFrom('note_draft')
    .select('id')
    .where('patient_id', '=', p.patient)
    .where('updated_at', '>=', p.since)
    .limit(sql.lit(1)),
)
export const reviewsOfBatch = preparedQuery<OfBatch>()((db, p) =>
  db.selectFrom('import_review').select('id').where('batch_id', '=', p.batch).where('voided_at', 'is', null),
)
/** People and houses that rows still shown point to. */
export const peopleInUse = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('encounter')
    .select('practitioner_id as id')
    .distinct()
    .where('practitioner_id', 'is not', null)
    .where('voided_at', 'is', null)
    .union(
      db
        .selectFrom('medication_request')
        .select('requester_id as id')
        .where('requester_id', 'is not', null)
        .where('voided_at', 'is', null),
    )
    .union(
      db
        .selectFrom('encounter')
        .select('organization_id as id')
        .where('organization_id', 'is not', null)
        .where('voided_at', 'is', null),
    )
    .union(
      db.selectFrom('user_account').select('practitioner_id as id').where('practitioner_id', 'is not', null),
    ),
)
