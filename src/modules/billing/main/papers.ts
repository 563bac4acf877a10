// What an invoice and a receipt show on paper, from the same rows as the screens.
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import type { InvoicePaper, PaperPatient, ReceiptPaper } from '#modules/papers/shared/paper-data.ts'
import * as q from './invoice-queries.ts'
import { appliedAtOnce } from './ledger-queries.ts'
import { invoiceOf } from './invoice-view.ts'
import { paymentOf } from './payment-view.ts'
import { paperPatientOf } from './recipient.ts'

export function invoicePaper(read: Reader, patientId: string, invoiceId: string): InvoicePaper {
  const invoice = invoiceOf(read, patientId, invoiceId)
  const row = read.get(q.invoiceById, { patientId, invoiceId })
  if (!row) throw new AppError('NOT_FOUND')
  return {
    kind: 'invoice',
    type: invoice.kind,
    number: invoice.number,
    reverses: invoice.reverses?.number ?? null,
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    patient: JSON.parse(row.recipient) as PaperPatient,
    payer: invoice.payer,
    currency: invoice.currency,
    lines: invoice.lines.map((line) => ({
      date: line.date,
      code: line.code,
      text: line.title,
      quantity: line.quantity,
      unitMinor: line.unitMinor,
      taxBasisPoints: line.taxBasisPoints,
      netMinor: line.netMinor,
    })),
    taxes: invoice.taxes,
    netMinor: invoice.netMinor,
    taxMinor: invoice.taxMinor,
    totalMinor: invoice.totalMinor,
    paidMinor: invoice.paidMinor,
    dueMinor: invoice.dueMinor,
    note: invoice.note ?? invoice.reason,
  }
}

/** A receipt shows what it paid for when it was given, whatever became of the money later. */
export function receiptPaper(read: Reader, patientId: string, paymentId: string): ReceiptPaper {
  const payment = paymentOf(read, patientId, paymentId)
  const sign = payment.kind === 'refund' ? -1 : 1
  return {
    kind: 'receipt',
    number: payment.number,
    at: payment.at,
    patient: paperPatientOf(read, patientId),
    currency: payment.currency,
    tenders: payment.tenders.map((tender) => ({ ...tender, amountMinor: sign * tender.amountMinor })),
    appliedTo: read
      .all(appliedAtOnce, { patientId, paymentId })
      .map((row) => ({ invoiceNumber: row.number, amountMinor: row.amount })),
    totalMinor: sign * payment.totalMinor,
    balanceMinor: payment.balanceMinor,
    cashier: payment.cashier,
  }
}
