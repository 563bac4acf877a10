// Reads of the imports module, compiled once.
import { sql } from 'kysely'
import { preparedQuery } from '#core/store/reader.ts'
import { voidReasons } from './former.ts'

type OfBatch = { batch: string }

export const batchById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('import_batch').selectAll().where('id', '=', p.id).where('voided_at', 'is', null),
)
export const allBatches = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('import_batch')
    .selectAll()
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(sql.lit(500)),
)
export const filesOfBatch = preparedQuery<OfBatch>()((db, p) =>
  db.selectFrom('import_file').selectAll().where('batch_id', '=', p.batch).orderBy('id'),
)
export const fileById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('import_file').selectAll().where('id', '=', p.id),
)
export const progressOfBatch = preparedQuery<OfBatch>()((db, p) =>
  db.selectFrom('import_progress').select('counts').where('batch_id', '=', p.batch),
)

export const problemsPage = preparedQuery<OfBatch & { after: string; limit: number }>()((db, p) =>
  db
    .selectFrom('import_problem as p')
    .leftJoin('import_file as f', 'f.id', 'p.file_id')
    .select(['p.id', 'p.place', 'p.code', 'p.detail', 'f.name as file'])
    .where('p.batch_id', '=', p.batch)
    .where('p.id', '>', p.after)
    .orderBy('p.id')
    .limit(sql<number>`(${p.limit} + 0)`),
)
export const problemCount = preparedQuery<OfBatch>()((db, p) =>
  db.selectFrom('import_problem').select(sql<number>`count(*)`.as('n')).where('batch_id', '=', p.batch),
)

/** Groups of a batch by status; the clinic level, whose key is empty, comes first. */
export const groupsWaiting = preparedQuery<OfBatch>()((db, p) =>
  db
    .selectFrom('import_group')
    .select('group_key')
    .distinct()
    .where('batch_id', '=', p.batch)
    .where('status', '=', 'waiting')
    .orderBy('group_key'),
)
export const groupTotals = preparedQuery<OfBatch>()((db, p) =>
  db
    .selectFrom('import_group')
    .select([
      sql<number>`count(distinct group_key)`.as('groups'),
      sql<number>`count(distinct nullif(group_key, ''))`.as('patients'),
    ])
    .where('batch_id', '=', p.batch),
)
export const groupParts = preparedQuery<OfBatch & { key: string }>()((db, p) =>
  db
    .selectFrom('import_group')
    .select(['file_id', 'part', 'resources', 'content'])
    .where('batch_id', '=', p.batch)
    .where('group_key', '=', p.key)
    .where('status', '=', 'waiting')
    .orderBy('file_id')
    .orderBy('part'),
)
/** Without the content: which parts there are. */
export const groupPartNames = preparedQuery<OfBatch & { key: string }>()((db, p) =>
  db
    .selectFrom('import_group')
    .select(['file_id', 'part'])
    .where('batch_id', '=', p.batch)
    .where('group_key', '=', p.key)
    .where('status', '=', 'waiting')
    .orderBy('file_id')
    .orderBy('part'),
)
export const groupPart = preparedQuery<OfBatch & { key: string; file: string; part: number }>()((db, p) =>
  db
    .selectFrom('import_group')
    .select(['file_id', 'part', 'resources', 'content'])
    .where('batch_id', '=', p.batch)
    .where('group_key', '=', p.key)
    .where('file_id', '=', p.file)
    .where('part', '=', p.part),
)

const linkColumns = [
  'id',
  'digest',
  'patient_id',
  'mapped_table',
  'mapped_id',
  'title',
  'open_refs',
  'former',
  'batch_id',
  'subject_key',
] as const

/** Originals under one identity: one as a rule, several where sources share ids and their patients are not known. */
export const linksByKey = preparedQuery<{ ns: string; type: string; id: string }>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select(linkColumns)
    .where('source_ns', '=', p.ns)
    .where('resource_type', '=', p.type)
    .where('source_id', '=', p.id)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(sql.lit(50)),
)
export const earlierVersion = preparedQuery<{ ns: string; type: string; id: string; digest: string }>()(
  (db, p) =>
    db
      .selectFrom('source_resource')
      .select('id')
      .where('source_ns', '=', p.ns)
      .where('resource_type', '=', p.type)
      .where('source_id', '=', p.id)
      .where('digest', '=', p.digest)
      .where('void_reason', 'in', [voidReasons.superseded, voidReasons.older])
      .limit(sql.lit(1)),
)
/** Originals that name a patient who was not known when they came. */
export const waitingForPatient = preparedQuery<{ subject: string }>()((db, p) =>
  db
    .selectFrom('source_resource')
    .select([...linkColumns, 'source_ns', 'resource_type', 'source_id', 'content', 'clinical_at'])
    .where('subject_key', '=', p.subject)
    .where(sql<string>`+patient_id`, 'is', null)
    .where('voided_at', 'is', null),
)
export const contentOfSource = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('source_resource').select('content').where('id', '=', p.id),
)

export const identifiersOfPractitioners = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('practitioner')
    .select(['id', 'identifier', 'name_text as title'])
    .where('voided_at', 'is', null),
)
export const identifiersOfOrganizations = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('organization').select(['id', 'identifier', 'name as title']).where('voided_at', 'is', null),
)

/** Active people who may care for patients (DESIGN 5: imported patients join their care team). */
export const activeClinicians = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('user_account as u')
    .innerJoin('role_grant as g', 'g.user_id', 'u.id')
    .select('u.id')
    .distinct()
    .where('g.role', 'in', ['doctor', 'nurse'])
    .where('g.voided_at', 'is', null)
    .where('u.active', '=', 1)
    .where('u.voided_at', 'is', null)
    .orderBy('u.id'),
)
