// Marks on what only some may see, and who these are; emergency access, reasons for access, requests to a second person.
import { patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

/** On a whole patient (`patient`, own id), a visit (with all that belongs to it), a note, a result, a document ... */
export const sensitivityLabel = patientTable('sensitivity_label', 154, 'plain', {
  label: { target_table: 'text', target_id: 'text', flag: 'text', set_by: 'text', set_at: 'text' },
})

/** Need to know: who may see the marked item, besides the person who set the mark. */
export const sensitivityReader = patientTable('sensitivity_reader', 155, 'plain', {
  reader: { label_id: 'text', user_id: 'text' },
})

/**
 * An act that waits for a second person: what its input digests to, and facts to judge by. The input itself is kept only
 * where the contract says so, and until it is done, refused or withdrawn.
 */
export const approvalRequest = syncedTable('approval_request', 175, 'plain', {
  ask: { procedure: 'text', digest: 'text', facts: 'text', asked_by: 'text', asked_at: 'text' },
  /** state: open, approved, declined, withdrawn or used. `good_from` lies ahead where the kit stood in for a person. */
  answer: {
    state: 'text',
    answered_by: 'text?',
    answered_at: 'text?',
    by_kit: 'int',
    answer: 'text?',
    input: 'text?',
    good_from: 'text?',
    good_until: 'text',
    used_at: 'text?',
  },
})

/** One person's emergency access to one patient. */
export const breakGlass = patientTable('break_glass', 176, 'plain', {
  grant: {
    user_id: 'text',
    role: 'text',
    reason_code: 'text',
    reason: 'text',
    started_at: 'text',
    until_at: 'text',
  },
  end: { ended_at: 'text?' },
})

/** Why somebody opened the record of a patient nobody had given them. */
export const accessReason = patientTable('access_reason', 177, 'append', {
  reason: { user_id: 'text', role: 'text', code: 'text', text: 'text?', given_at: 'text' },
})

declare module '#core/store/database.ts' {
  interface Database {
    sensitivity_label: RowOf<typeof sensitivityLabel>
    sensitivity_reader: RowOf<typeof sensitivityReader>
    approval_request: RowOf<typeof approvalRequest>
    break_glass: RowOf<typeof breakGlass>
    access_reason: RowOf<typeof accessReason>
  }
}
