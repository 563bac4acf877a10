// Signed notes as they are read: the signature checked each time, corrections and addenda found, nothing changed.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { notes, SignedNote } from '../shared/contract.ts'
import type { NoteDocument } from '../shared/document.ts'
import { noteById, relatedTo, signingKeyById } from './queries.ts'
import { isSealIntact } from './signature.ts'
import type { composition } from './tables.ts'

export type CompositionRow = RowOf<typeof composition>

export function getNote(
  { read }: QueryContext,
  input: InputOf<(typeof notes)['procedures']['get']>,
): SignedNote {
  return rowToNote(read, noteFor(read, input.patientId, input.id))
}

export function noteFor(read: Reader, patientId: string, id: string): CompositionRow {
  const row = read.get(noteById, { patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

/** What an addendum to this one is really about: addenda hang on the note, not on each other. */
export function originOf(read: Reader, note: CompositionRow): CompositionRow {
  if (note.kind !== 'addendum' || note.relates_to === null) return note
  return noteFor(read, note.patient_id, note.relates_to)
}

/** A note that was replaced stays readable, but nothing is added to it: the newer one is named instead. */
export function requireCurrent(read: Reader, note: CompositionRow): void {
  const replacedBy = replacementOf(relationsOf(read, note))
  if (replacedBy !== null) throw new AppError('CONFLICT', { replacedBy })
}

type Relations = readonly { id: string; relates_code: string | null }[]

const relationsOf = (read: Reader, note: CompositionRow): Relations =>
  read.all(relatedTo, { patientId: note.patient_id, id: note.id })

/** Two PCs apart may each correct one note: the newest stands, both are in the record. */
const replacementOf = (relations: Relations) =>
  relations.findLast((r) => r.relates_code === 'replaces')?.id ?? null

export function rowToNote(read: Reader, row: CompositionRow, signature = checked(read, row)): SignedNote {
  const relations = relationsOf(read, row)
  return {
    id: row.id as SignedNote['id'],
    patientId: row.patient_id as SignedNote['patientId'],
    encounterId: row.encounter_id as SignedNote['encounterId'],
    kind: row.kind as SignedNote['kind'],
    // Rows of signed notes never change: that one was amended shows in the rows that point to it (FHIR relatesTo).
    status: relations.length > 0 ? 'amended' : 'final',
    title: row.title,
    reason: row.reason,
    relatesTo: row.relates_to as SignedNote['relatesTo'],
    body: JSON.parse(row.body) as NoteDocument,
    authorId: row.author_id as SignedNote['authorId'],
    authorName: row.author_name,
    authorRole: row.author_role,
    signedAt: row.signed_at,
    clockQuality: row.clock_quality as SignedNote['clockQuality'],
    signature,
    replacedBy: replacementOf(relations) as SignedNote['replacedBy'],
    addenda: relations.filter((r) => r.relates_code === 'appends').map((r) => r.id as SignedNote['id']),
  }
}

/** The key must be one of the named author's: a valid signature of somebody else is a broken one. */
function checked(read: Reader, row: CompositionRow): SignedNote['signature'] {
  const key = read.get(signingKeyById, { id: row.signing_key_id })
  return isSealIntact(row, key?.user_id === row.author_id ? key.public_key : null) ? 'valid' : 'broken'
}
