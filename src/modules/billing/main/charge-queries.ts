// Reads of charges, compiled once.
import { preparedQuery } from '#core/store/reader.ts'

const columns = [
  'id',
  'rev',
  'patient_id',
  'encounter_id',
  'service_date',
  'definition_id',
  'code',
  'title',
  'category',
  'quantity',
  'unit_minor',
  'currency',
  'tax_code',
  'tax_basis_points',
  'net_minor',
  'tax_minor',
  'status',
  'source',
  'entered_by',
  'entered_by_name',
  'voided_at',
] as const

/** Also removed ones: undo brings them back. */
export const chargeById = preparedQuery<{ patientId: string; id: string }>()((db, p) =>
  db.selectFrom('charge_item').select(columns).where('patient_id', '=', p.patientId).where('id', '=', p.id),
)
/** Not yet invoiced, in the order they were entered. */
export const draftCharges = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('charge_item')
    .select(columns)
    .where('patient_id', '=', p.patientId)
    .where('status', '=', 'draft')
    .where('voided_at', 'is', null)
    .orderBy('id'),
)
/** Also removed ones: what billing took out of a visit does not come back by itself. */
export const visitCharge = preparedQuery<{ patientId: string; encounterId: string }>()((db, p) =>
  db
    .selectFrom('charge_item')
    .select('id')
    .where('patient_id', '=', p.patientId)
    .where('encounter_id', '=', p.encounterId)
    .where('source', '=', 'visit')
    .limit(1),
)
export const chargesOfInvoice = preparedQuery<{ patientId: string; invoiceId: string }>()((db, p) =>
  db
    .selectFrom('charge_item')
    .select('id')
    .where('patient_id', '=', p.patientId)
    .where('invoice_id', '=', p.invoiceId)
    .where('voided_at', 'is', null),
)
