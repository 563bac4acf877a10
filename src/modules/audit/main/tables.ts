// What was disclosed outside of the clinic, orders not to tell of it, and the last full check of the chain here.
import { localTable, patientTable, type RowOf } from '#core/store/table-def.ts'

export const disclosure = patientTable('disclosure', 185, 'append', {
  disclosure: {
    occurred_at: 'text',
    recipient: 'text',
    recipient_kind: 'text',
    address: 'text?',
    what: 'text',
    basis: 'text',
    purpose: 'text',
    /** entered by a person, or written by an act, which is then named. */
    origin: 'text',
    act: 'text?',
    recorded_by: 'text?',
    recorded_by_name: 'text',
  },
})

export const disclosureSuspension = patientTable('disclosure_suspension', 186, 'plain', {
  order: { authority: 'text', reason: 'text', since: 'text', until: 'text', ordered_by: 'text' },
})

/** One row: each computer checks its own file. */
export const auditCheck = localTable('audit_check', {
  one: 'int',
  at: 'text',
  entries: 'int',
  ok: 'int',
  first_bad: 'int?',
  took_ms: 'int',
})

declare module '#core/store/database.ts' {
  interface Database {
    disclosure: RowOf<typeof disclosure>
    disclosure_suspension: RowOf<typeof disclosureSuspension>
    audit_check: RowOf<typeof auditCheck>
  }
}
