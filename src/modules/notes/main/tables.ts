// Signed visit notes (FHIR Composition) and the local journal of notes being written.
import { localTable, patientTable, type RowOf } from '#core/store/table-def.ts'

export const composition = patientTable('composition', 60, 'append', {
  /** One signed document is one atom. Corrections and addenda are new rows that point back (FHIR relatesTo). */
  document: {
    /** final or amended. */
    status: 'text',
    /** note, addendum or correction. */
    kind: 'text',
    title: 'text',
    encounter_id: 'text?',
    /** appends or replaces, with the composition it is about. */
    relates_code: 'text?',
    relates_to: 'text?',
    /** The draft it was signed from: a second signing of the same draft finds this. */
    draft_id: 'text?',
    author_id: 'text',
    author_name: 'text',
    author_role: 'text',
    signed_at: 'text',
    /** Clock quality at signing: ok, unknown, suspect (SYNC 2.5). */
    clock_quality: 'text',
    signing_key_id: 'text',
    /** SHA-256 over the canonical signed bytes, and the signer's Ed25519 signature over it. */
    digest: 'blob',
    signature: 'blob',
    /** Why a signed note was unlocked (D12). */
    reason: 'text?',
    /** ProseMirror JSON, exactly as signed. */
    body: 'text',
  },
})

/** Per-keystroke journal: local, encrypted with the database, one row a draft (D11, ELE-07). */
export const noteDraft = localTable('note_draft', {
  id: 'text',
  patient_id: 'text',
  encounter_id: 'text?',
  author_id: 'text',
  kind: 'text',
  relates_to: 'text?',
  title: 'text',
  /** Counts saves; a save that names an older step is refused, so two windows cannot overwrite each other. */
  step: 'int',
  /** 1 where starting this note opened the visit too: dropping the draft then withdraws an empty visit. */
  opened_encounter: 'int',
  created_at: 'text',
  updated_at: 'text',
  reason: 'text?',
  body: 'text',
})

declare module '#core/store/database.ts' {
  interface Database {
    composition: RowOf<typeof composition>
    note_draft: RowOf<typeof noteDraft>
  }
}
