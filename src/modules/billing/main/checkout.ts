// Checkout: invoice, credit and money in one act, so that a person at the desk never leaves half of it behind.
import type { CommandContext } from '#core/rpc/context.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { requirePatient } from '#modules/chart/main/api.ts'
import type { billing } from '../shared/contract.ts'
import { oldestFirst, settle } from '../shared/settlement.ts'
import { booksOf } from './business-date.ts'
import * as invoiceQueries from './invoice-queries.ts'
import { chosenCharges, issueInvoice } from './invoices.ts'
import { balanceOf } from './ledger.ts'
import * as paymentQueries from './payment-queries.ts'
import { owedBy, recordPayment, spendCredit } from './payments.ts'

type Checkout = (typeof billing)['procedures']['checkout']

export function checkout(ctx: CommandContext, input: InputOf<Checkout>): OutputOf<Checkout> {
  const { patientId } = input
  requirePatient(ctx.read, patientId)
  const books = booksOf(ctx)
  const charges = input.chargeIds.length === 0 ? [] : chosenCharges(ctx.read, patientId, input.chargeIds)
  if (charges.length === 0 && input.tenders.length === 0) throw new AppError('NOTHING_TO_BILL')
  const invoiceId =
    charges.length === 0
      ? null
      : issueInvoice(ctx, books, { patientId, charges, payer: input.payer, note: input.note })
  const { dueMinor, creditMinor } = balanceOf(ctx.read, patientId)
  const payableMinor = Math.max(0, dueMinor - creditMinor)
  if (payableMinor !== input.expectedPayableMinor) throw new AppError('CONFLICT', { payableMinor })
  for (const share of oldestFirst(creditMinor, owedBy(ctx.read, patientId)))
    spendCredit(ctx, books, { patientId, ...share })
  const settlement =
    input.tenders.length === 0
      ? null
      : settle({
          tenders: input.tenders,
          owed: owedBy(ctx.read, patientId),
          chosen: null,
          excess: input.excess,
        })
  const paymentId = settlement && recordPayment(ctx, books, { patientId, settlement, note: input.note })
  const after = balanceOf(ctx.read, patientId)
  return {
    invoice:
      invoiceId === null
        ? null
        : numbered(ctx.read.get(invoiceQueries.invoiceById, { patientId, invoiceId })),
    payment:
      paymentId === null
        ? null
        : numbered(ctx.read.get(paymentQueries.paymentById, { patientId, paymentId })),
    changeMinor: settlement?.changeMinor ?? 0,
    balanceMinor: after.dueMinor - after.creditMinor,
  }
}

function numbered(row: { readonly id: string; readonly number: string } | undefined) {
  if (!row) throw new AppError('NOT_FOUND')
  return { id: row.id, number: row.number }
}
