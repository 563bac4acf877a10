// One payment or refund as it stands: how it was paid and where its money lies now.
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import { patientNameOf } from '#modules/patients/main/api.ts'
import type { Payment } from '../shared/shapes.ts'
import * as ledgerQueries from './ledger-queries.ts'
import * as q from './payment-queries.ts'

export function paymentOf(read: Reader, patientId: string, paymentId: string): Payment {
  const row = read.get(q.paymentById, { patientId, paymentId })
  if (!row) throw new AppError('NOT_FOUND')
  const uses = read.all(ledgerQueries.usesOfPayment, { patientId, paymentId })
  const origin =
    row.refund_of === null ? undefined : read.get(q.paymentById, { patientId, paymentId: row.refund_of })
  return {
    id: row.id,
    patientId: row.patient_id as Payment['patientId'],
    patientName: patientNameOf(read, patientId) ?? '',
    number: row.number,
    kind: row.kind as Payment['kind'],
    at: row.paid_at,
    businessDate: row.business_date,
    currency: row.currency,
    totalMinor: row.total_minor,
    changeMinor: row.change_minor,
    tenders: read.all(q.tendersOf, { patientId, paymentId }).map((tender) => ({
      method: tender.method as Payment['tenders'][number]['method'],
      amountMinor: tender.amount_minor,
      reference: tender.reference,
    })),
    appliedTo: uses
      .flatMap((use) =>
        use.invoice_id === null
          ? []
          : [{ invoiceId: use.invoice_id, invoiceNumber: use.number ?? '', amountMinor: use.amount }],
      )
      .sort((a, b) => (a.invoiceId < b.invoiceId ? -1 : 1)),
    unusedMinor: uses.reduce((sum, use) => sum + (use.account === 'deposits' ? use.amount : 0), 0),
    refundedMinor: read.get(q.refundedOf, { patientId, paymentId })?.refunded ?? 0,
    refundOf: origin ? { id: origin.id, number: origin.number } : null,
    balanceMinor: row.balance_minor,
    note: row.note,
    reason: row.reason,
    cashier: row.cashier_name,
  }
}
