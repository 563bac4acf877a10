// Letterhead, sick notes, what was printed by whom, and the print queue of this workstation.
import { localTable, patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

/** One row, under the id of the clinic. */
export const letterhead = syncedTable('letterhead', 130, 'plain', {
  /** `name_lines` and `address` are JSON lists of lines. */
  heading: { name_lines: 'text', address: 'text', phone: 'text?', email: 'text?' },
  numbers: { registration: 'text?', tax_number: 'text?', bank: 'text?' },
  footer: { footer: 'text?' },
  logo: { logo: 'blob?', logo_type: 'text?' },
  /** `settings` is JSON: page and printer by kind of paper. */
  printing: { language: 'text', settings: 'text' },
})

/** Every paper that left the program, one row a copy. What became of a copy later is a further row of the same copy. */
export const paperPrint = syncedTable('paper_print', 131, 'append', {
  print: {
    kind: 'text',
    paper_id: 'text',
    patient_id: 'text?',
    copy: 'int',
    printed_at: 'text',
    printed_by: 'text',
    printed_by_name: 'text',
    /** printer, browser or file. */
    target: 'text',
    printer: 'text?',
    /** issued, failed or cancelled. */
    outcome: 'text',
  },
})

export const sickNote = patientTable('sick_note', 132, 'append', {
  /** One signed document is one atom. Taking it back is a row of its own. */
  note: {
    number: 'text',
    issued_on: 'text',
    from_date: 'text',
    until_date: 'text',
    is_follow_up: 'int',
    diagnosis: 'text?',
    remarks: 'text?',
    author_id: 'text',
    author_name: 'text',
    author_role: 'text',
    signed_at: 'text',
    clock_quality: 'text',
    signing_key_id: 'text',
    /** SHA-256 over the canonical signed bytes, and the doctor's Ed25519 signature over it. */
    digest: 'blob',
    signature: 'blob',
  },
})

export const sickNoteRevocation = patientTable('sick_note_revocation', 133, 'append', {
  revocation: {
    note_id: 'text',
    reason: 'text',
    revoked_at: 'text',
    revoked_by: 'text',
    revoked_by_name: 'text',
  },
})

/** Papers on their way to a printer of this workstation. The document goes when the job is over. */
export const printJob = localTable('print_job', {
  id: 'text',
  print_id: 'text',
  kind: 'text',
  /** Kind and number; no patient's name, since it stands in the printer's own list. */
  title: 'text',
  printer: 'text',
  /** queued, sent, done, failed or cancelled. */
  state: 'text',
  tries: 'int',
  /** A code of `shared/print-problems.ts`. */
  message: 'text?',
  /** The number the printing system gave it. */
  system_job: 'text?',
  document: 'text',
  created_by: 'text',
  created_by_name: 'text',
  created_at: 'text',
  updated_at: 'text',
})

declare module '#core/store/database.ts' {
  interface Database {
    letterhead: RowOf<typeof letterhead>
    paper_print: RowOf<typeof paperPrint>
    sick_note: RowOf<typeof sickNote>
    sick_note_revocation: RowOf<typeof sickNoteRevocation>
    print_job: RowOf<typeof printJob>
  }
}
