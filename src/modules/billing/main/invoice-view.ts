// One invoice as it was issued, and what became of it.
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import type { PaperPatient } from '#modules/papers/shared/paper-data.ts'
import { taxesOf } from '../shared/amounts.ts'
import type { Invoice, InvoiceLineItem, Payer } from '../shared/shapes.ts'
import * as q from './invoice-queries.ts'
import * as ledgerQueries from './ledger-queries.ts'

export function invoiceOf(read: Reader, patientId: string, invoiceId: string): Invoice {
  const row = read.get(q.invoiceById, { patientId, invoiceId })
  if (!row) throw new AppError('NOT_FOUND')
  const recipient = JSON.parse(row.recipient) as PaperPatient
  const reversedBy = read.get(q.creditNoteOf, { invoiceId }) ?? null
  const settled = settledOf(read, patientId, invoiceId)
  const isCreditNote = row.kind === 'credit-note'
  const item = toListItem({
    ...row,
    name_text: recipient.name,
    record_number: recipient.recordNumber,
    due: isCreditNote || reversedBy ? 0 : row.total_minor - settled.paidMinor - settled.writtenOffMinor,
    reversed: reversedBy ? 1 : 0,
  })
  return {
    ...item,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by_name,
    reverses: row.reverses_id === null ? null : numbered(read, patientId, row.reverses_id),
    reversedBy,
    payer: payerOf(row),
    note: row.note,
    reason: row.reason,
    ...amountsOf(read, patientId, invoiceId),
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    ...settled,
    journal: journalOf(read, patientId, invoiceId),
  }
}

function numbered(read: Reader, patientId: string, invoiceId: string) {
  const row = read.get(q.invoiceById, { patientId, invoiceId })
  if (!row) throw new AppError('NOT_FOUND')
  return { id: row.id, number: row.number }
}

function payerOf(row: { payer_name: string | null; payer_address: string | null }): Payer | null {
  if (row.payer_name === null) return null
  return { name: row.payer_name, address: JSON.parse(row.payer_address ?? '[]') as string[] }
}

function amountsOf(read: Reader, patientId: string, invoiceId: string) {
  const lines = read.all(q.linesOf, { patientId, invoiceId }).map((line) => ({
    chargeId: line.charge_item_id,
    date: line.service_date,
    code: line.code,
    title: line.title,
    quantity: line.quantity,
    unitMinor: line.unit_minor,
    taxBasisPoints: line.tax_basis_points,
    netMinor: line.net_minor,
    taxMinor: line.tax_minor,
  }))
  return { lines, taxes: taxesOf(lines) }
}

function settledOf(read: Reader, patientId: string, invoiceId: string) {
  let paidMinor = 0
  let writtenOffMinor = 0
  for (const row of read.all(ledgerQueries.settledOnInvoice, { patientId, invoiceId })) {
    if (row.account === 'write-off') writtenOffMinor -= row.amount
    else if (row.payment_id !== null) paidMinor += row.amount
  }
  return { paidMinor, writtenOffMinor }
}

function journalOf(read: Reader, patientId: string, invoiceId: string): Invoice['journal'] {
  const rows = read.all(ledgerQueries.journalsOfInvoice, { patientId, invoiceId })
  const undone = new Set(rows.map((row) => row.reverses_id))
  return rows.map((row) => ({
    journalId: row.id,
    kind: row.kind as Invoice['journal'][number]['kind'],
    at: row.posted_at,
    businessDate: row.business_date,
    invoiceId,
    invoiceNumber: null,
    paymentId: row.payment_id,
    paymentNumber: row.payment_number,
    reason: row.reason,
    by: row.posted_by_name,
    amountMinor: row.amount,
    isUndone: undone.has(row.id),
  }))
}

export interface ListRow {
  readonly id: string
  readonly patient_id: string
  readonly name_text: string
  readonly record_number: string
  readonly number: string
  readonly kind: string
  readonly business_date: string
  readonly due_on: string | null
  readonly currency: string
  readonly total_minor: number
  readonly due: number | null
  readonly reversed: number
}

export function toListItem(row: ListRow): InvoiceLineItem {
  const dueMinor = row.due ?? 0
  return {
    id: row.id,
    patientId: row.patient_id as InvoiceLineItem['patientId'],
    patientName: row.name_text,
    recordNumber: row.record_number,
    number: row.number,
    kind: row.kind as InvoiceLineItem['kind'],
    state: stateOf(row, dueMinor),
    issuedOn: row.business_date,
    dueOn: row.due_on,
    currency: row.currency,
    totalMinor: row.total_minor,
    dueMinor,
  }
}

function stateOf(row: ListRow, dueMinor: number): InvoiceLineItem['state'] {
  if (row.kind === 'credit-note') return 'credit-note'
  if (row.reversed === 1) return 'credited'
  if (dueMinor === 0) return 'paid'
  return dueMinor < row.total_minor ? 'partial' : 'unpaid'
}
