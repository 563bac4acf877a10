// Reads of the papers module, compiled once.
import { preparedQuery } from '#core/store/reader.ts'

type OfPatient = { patientId: string; id: string }

export const letterheadRow = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('letterhead').selectAll().where('id', '=', p.id).where('voided_at', 'is', null),
)

/** Copies of one paper, in the order in which they were made: few. */
export const printsOf = preparedQuery<{ kind: string; paperId: string }>()((db, p) =>
  db
    .selectFrom('paper_print')
    .select(['copy', 'outcome'])
    .where('kind', '=', p.kind)
    .where('paper_id', '=', p.paperId)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)

export const printById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('paper_print').selectAll().where('id', '=', p.id),
)

export const sickNotesOf = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('sick_note')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(200),
)

export const sickNoteById = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('sick_note')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)

export const revocationsOf = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('sick_note_revocation')
    .select(['note_id', 'reason', 'revoked_at', 'revoked_by_name'])
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)

export const signingKeyById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('user_signing_key').select(['user_id', 'public_key']).where('id', '=', p.id),
)

const jobColumns = [
  'id',
  'print_id',
  'kind',
  'title',
  'printer',
  'state',
  'tries',
  'message',
  'system_job',
  'created_by',
  'created_by_name',
  'created_at',
  'updated_at',
] as const

/** Without the documents, which are large. */
export const jobs = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('print_job').select(jobColumns).orderBy('id', 'desc').limit(200),
)

export const jobsBy = preparedQuery<{ userId: string }>()((db, p) =>
  db
    .selectFrom('print_job')
    .select(jobColumns)
    .where('created_by', '=', p.userId)
    .orderBy('id', 'desc')
    .limit(200),
)

export const jobById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('print_job').selectAll().where('id', '=', p.id),
)

export const jobsIn = preparedQuery<{ state: string }>()((db, p) =>
  db.selectFrom('print_job').select(jobColumns).where('state', '=', p.state).orderBy('id'),
)

export const jobsUntil = preparedQuery<{ before: string }>()((db, p) =>
  db.selectFrom('print_job').select(['id', 'state']).where('created_at', '<', p.before).limit(500),
)
