// Reads of signed notes and drafts, compiled once.
import { preparedQuery } from '#core/store/reader.ts'

type OfPatient = { patientId: string; id: string }

export const noteById = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('composition')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)

/** Corrections and addenda of a note, oldest first. */
export const relatedTo = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('composition')
    .select(['id', 'relates_code'])
    .where('patient_id', '=', p.patientId)
    .where('relates_to', '=', p.id)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)

export const signedFromDraft = preparedQuery<{ patientId: string; draftId: string }>()((db, p) =>
  db
    .selectFrom('composition')
    .select('id')
    .where('patient_id', '=', p.patientId)
    .where('draft_id', '=', p.draftId)
    .limit(1),
)

export const signingKeyById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('user_signing_key').select(['user_id', 'public_key']).where('id', '=', p.id),
)

export const draftById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('note_draft').selectAll().where('id', '=', p.id),
)

/** An author's drafts on one patient: few, so that the visit or note they are about is looked for among them. */
export const ownDraftsOnPatient = preparedQuery<{ patientId: string; authorId: string }>()((db, p) =>
  db
    .selectFrom('note_draft')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('author_id', '=', p.authorId)
    .orderBy('created_at'),
)

export const ownDrafts = preparedQuery<{ authorId: string }>()((db, p) =>
  db
    .selectFrom('note_draft as d')
    .innerJoin('patient as p', 'p.id', 'd.patient_id')
    .select(['d.id', 'd.patient_id', 'p.name_text', 'd.kind', 'd.title', 'd.updated_at'])
    .where('d.author_id', '=', p.authorId)
    .where('p.voided_at', 'is', null)
    .orderBy('d.updated_at', 'desc')
    .limit(200),
)

export const authoredSince = preparedQuery<{ patientId: string; userId: string; since: string }>()((db, p) =>
  db
    .selectFrom('composition')
    .select('id')
    .where('patient_id', '=', p.patientId)
    .where('author_id', '=', p.userId)
    .where('signed_at', '>=', p.since)
    .where('voided_at', 'is', null)
    .limit(1),
)

export const draftedBy = preparedQuery<{ patientId: string; userId: string }>()((db, p) =>
  db
    .selectFrom('note_draft')
    .select('id')
    .where('patient_id', '=', p.patientId)
    .where('author_id', '=', p.userId)
    .limit(1),
)
