// Which category of the retention table each row of a patient belongs to. What nobody named counts as care: kept longest.
import type { SyncedTable } from '#core/store/table-def.ts'
import type { Reader } from '#core/store/reader.ts'
import type { Category } from '../shared/retention.ts'

const billing = new Set([
  'charge_item',
  'invoice',
  'invoice_line',
  'payment',
  'payment_tender',
  'ledger_journal',
  'ledger_entry',
])
const contact = new Set(['communication_consent', 'reminder_send', 'waitlist_entry'])
/** Who it is, and the bookkeeping around a record: all of it goes with the last of the record itself. */
const identity = new Set([
  'patient_name',
  'patient_identifier',
  'patient_telecom',
  'patient_address',
  'patient_contact',
  'care_team_member',
  'privacy_request',
  'record_amendment',
  'record_restriction',
  'erasure_step',
  'sensitivity_label',
  'sensitivity_reader',
  'notice',
  'review_item',
  'import_review',
  'paper_print',
  'disclosure',
  'disclosure_suspension',
])

export interface PatientRow {
  readonly table: string
  readonly id: string
}

/** Rows of a patient by category; hidden ones are rows too. */
export function rowsByCategory(
  read: Reader,
  tables: readonly SyncedTable[],
  patientId: string,
): Record<Category, PatientRow[]> {
  const found: Record<Category, PatientRow[]> = { contact: [], billing: [], care: [], identity: [] }
  for (const { name } of tables) {
    if (name === 'patient_flag') continue
    const rows = read.list((db) =>
      db
        .selectFrom(name as 'patient_name')
        .select('id')
        .where('patient_id', '=', patientId),
    )
    const category = categoryOfTable(name)
    for (const { id } of rows) found[category].push({ table: name, id })
  }
  const flags = read.list((db) =>
    db.selectFrom('patient_flag').select(['id', 'kind']).where('patient_id', '=', patientId),
  )
  // Sticky notes of the desk are no part of the legal record; alerts are.
  for (const flag of flags)
    found[flag.kind === 'sticky' ? 'contact' : 'care'].push({ table: 'patient_flag', id: flag.id })
  return found
}

export function categoryOfTable(name: string): Category {
  if (billing.has(name)) return 'billing'
  if (contact.has(name)) return 'contact'
  return identity.has(name) ? 'identity' : 'care'
}
