// What patients ask about their record, what is locked, what was amended, what was erased, and breaches.
import { patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

export const privacyRequest = patientTable('privacy_request', 195, 'review', {
  request: {
    /** copy, amendment, restriction, erasure or disclosures. */
    kind: 'text',
    asked_by: 'text',
    /** How it was made sure who asks. */
    identity_check: 'text',
    words: 'text?',
    received_on: 'text',
    due_on: 'text',
    entered_at: 'text',
    entered_by: 'text',
  },
  /** open, granted, partly, refused, withdrawn. */
  answer: {
    state: 'text',
    reason: 'text?',
    decided_at: 'text?',
    decided_by: 'text?',
    decided_by_name: 'text?',
  },
})

/** The patient's words beside a row that stays as it was. */
export const recordAmendment = patientTable('record_amendment', 196, 'review', {
  amendment: {
    request_id: 'text?',
    target_table: 'text',
    target_id: 'text',
    target_title: 'text',
    words: 'text',
    asked_at: 'text',
  },
  answer: {
    state: 'text',
    reason: 'text?',
    /** The row that corrects the amended one, where there is one. */
    corrected_by: 'text?',
    answered_at: 'text?',
    answered_by: 'text?',
    answered_by_name: 'text?',
  },
  disagreement: { disagreement: 'text?', disagreed_at: 'text?' },
})

/** A record or an item locked for everything but care, legal claims and what the patient agrees to; a visit paid by oneself. */
export const recordRestriction = patientTable('record_restriction', 197, 'review', {
  restriction: {
    request_id: 'text?',
    scope: 'text',
    target_table: 'text?',
    target_id: 'text?',
    cause: 'text',
    reason: 'text',
    since: 'text',
    set_by: 'text',
  },
  lift: { lifted_at: 'text?', lifted_by: 'text?', lift_reason: 'text?' },
})

/** What was decided about one category of an erasure request; `until` null with `restrict` means until somebody lifts it. */
export const erasureStep = patientTable('erasure_step', 198, 'review', {
  decision: {
    request_id: 'text',
    category: 'text',
    action: 'text',
    reason: 'text',
    until: 'text?',
    basis: 'text',
    decided_at: 'text',
    decided_by: 'text',
  },
  done: { done_at: 'text?', rows: 'int?' },
})

/** That something was erased, without a word about whom. The signed order itself stands in the control log. */
export const erasureRecord = syncedTable('erasure_record', 199, 'append', {
  erasure: {
    order_id: 'text',
    /** The id the patient had here: it leads to nothing any more where all was erased. */
    subject: 'text',
    at: 'text',
    by_user: 'text?',
    categories: 'text',
    rows: 'int',
    changes: 'int',
    is_whole: 'int',
  },
})

export const breachCase = syncedTable('breach_case', 200, 'review', {
  case: {
    kind: 'text',
    /** JSON of what the trail was asked. */
    question: 'text',
    discovered_at: 'text',
    opened_at: 'text',
    opened_by: 'text',
    affected: 'int',
  },
  state: { state: 'text', closed_at: 'text?', closed_by: 'text?', close_reason: 'text?' },
})

declare module '#core/store/database.ts' {
  interface Database {
    privacy_request: RowOf<typeof privacyRequest>
    record_amendment: RowOf<typeof recordAmendment>
    record_restriction: RowOf<typeof recordRestriction>
    erasure_step: RowOf<typeof erasureStep>
    erasure_record: RowOf<typeof erasureRecord>
    breach_case: RowOf<typeof breachCase>
  }
}
