// Payments: the one way money comes in, and the one way it goes back.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { nextSerial } from '#core/store/number-series.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { requirePatient } from '#modules/chart/main/api.ts'
import type { billing } from '../shared/contract.ts'
import { oldestFirst, settle, type Settlement, type Tender } from '../shared/settlement.ts'
import type { Invoice, Payment } from '../shared/shapes.ts'
import { type Books, booksOf, businessDateFor } from './business-date.ts'
import { invoiceOf } from './invoice-view.ts'
import { posting, standingInvoice } from './invoices.ts'
import { balanceOf, dueOf, type Entry, post } from './ledger.ts'
import * as ledgerQueries from './ledger-queries.ts'
import * as q from './payment-queries.ts'
import { paymentOf } from './payment-view.ts'
import { payment as paymentTable, paymentTender } from './tables.ts'

type Procedures = (typeof billing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>

export function takePayment(ctx: CommandContext, input: In<'takePayment'>): Payment {
  const { patientId } = input
  requirePatient(ctx.read, patientId)
  const books = booksOf(ctx)
  const settlement = settle({
    tenders: input.tenders,
    owed: owedBy(ctx.read, patientId),
    chosen: input.allocations,
    excess: input.excess,
  })
  const id = recordPayment(
    ctx,
    { ...books, businessDate: businessDateFor(books, input.businessDate) },
    {
      patientId,
      settlement,
      note: input.note,
    },
  )
  return paymentOf(ctx.read, patientId, id)
}

export function owedBy(read: Reader, patientId: string) {
  return read
    .all(ledgerQueries.owedBy, { patientId })
    .flatMap((row) => (row.invoice_id === null ? [] : [{ invoiceId: row.invoice_id, dueMinor: row.due }]))
}

export function recordPayment(
  ctx: CommandContext,
  books: Books,
  input: { readonly patientId: string; readonly settlement: Settlement; readonly note: string | null },
): string {
  const { patientId, settlement } = input
  const { creditMinor, changeMinor, totalMinor, tenders } = settlement
  const before = balanceOf(ctx.read, patientId)
  const paymentId = insertPayment(ctx, books, {
    patientId,
    kind: 'payment',
    totalMinor,
    changeMinor,
    balanceMinor: before.dueMinor - before.creditMinor - totalMinor,
    tenders,
    note: input.note,
  })
  post(ctx, { patientId, kind: 'payment', paymentId, ...posting(books) }, [
    ...tenders.map((t): Entry => ({ account: t.method, amountMinor: t.amountMinor, paymentId })),
    ...settlement.shares.map(
      (s): Entry => ({
        account: 'receivable',
        amountMinor: -s.amountMinor,
        invoiceId: s.invoiceId,
        paymentId,
      }),
    ),
    { account: 'deposits', amountMinor: -creditMinor, paymentId },
  ])
  return paymentId
}

interface NewPayment {
  readonly patientId: string
  readonly kind: Payment['kind']
  readonly totalMinor: number
  readonly changeMinor: number
  readonly balanceMinor: number
  readonly tenders: readonly Tender[]
  readonly note?: string | null
  readonly refundOf?: string
  readonly reason?: string
}

function insertPayment(ctx: CommandContext, books: Books, input: NewPayment): string {
  const { patientId } = input
  const year = Number(books.businessDate.slice(0, 4))
  const id = ctx.write.insert(paymentTable, {
    patient_id: patientId,
    kind: input.kind,
    ...nextSerial(ctx, 'receipt', year, 'R'),
    refund_of: input.refundOf ?? null,
    paid_at: ctx.now,
    business_date: books.businessDate,
    currency: books.currency,
    total_minor: input.totalMinor,
    change_minor: input.changeMinor,
    balance_minor: input.balanceMinor,
    note: input.note ?? null,
    reason: input.reason ?? null,
    cashier_id: ctx.actor?.userId ?? null,
    cashier_name: ctx.actor?.userName ?? '',
  })
  input.tenders.forEach((tender, position) => {
    ctx.write.insert(paymentTender, {
      patient_id: patientId,
      payment_id: id,
      position,
      method: tender.method,
      amount_minor: tender.amountMinor,
      reference: tender.reference || null,
    })
  })
  return id
}

export function applyCredit(ctx: CommandContext, input: In<'applyCredit'>): Invoice {
  const { patientId, invoiceId, amountMinor } = input
  standingInvoice(ctx.read, patientId, invoiceId)
  const mostMinor = Math.min(
    dueOf(ctx.read, patientId, invoiceId),
    balanceOf(ctx.read, patientId).creditMinor,
  )
  if (amountMinor > mostMinor) throw new AppError('TOO_MUCH', { mostMinor })
  spendCredit(ctx, booksOf(ctx), { patientId, invoiceId, amountMinor })
  return invoiceOf(ctx.read, patientId, invoiceId)
}

/** Takes the oldest unused money first. */
export function spendCredit(
  ctx: CommandContext,
  books: Books,
  use: { readonly patientId: string; readonly invoiceId: string; readonly amountMinor: number },
): void {
  const { patientId, invoiceId } = use
  const unused = ctx.read
    .all(ledgerQueries.unusedMoney, { patientId })
    .flatMap((row) => (row.payment_id === null ? [] : [{ invoiceId: row.payment_id, dueMinor: row.unused }]))
  for (const { invoiceId: paymentId, amountMinor } of oldestFirst(use.amountMinor, unused)) {
    post(ctx, { patientId, kind: 'apply-credit', invoiceId, paymentId, ...posting(books) }, [
      { account: 'deposits', amountMinor, paymentId },
      { account: 'receivable', amountMinor: -amountMinor, invoiceId, paymentId },
    ])
  }
}

/** Money goes back from one payment: never more than came in by it. An invoice it had paid is due again. */
export function refund(ctx: CommandContext, input: In<'refund'>): Payment {
  const { patientId, paymentId } = input
  const row = ctx.read.get(q.paymentById, { patientId, paymentId })
  if (!row) throw new AppError('NOT_FOUND')
  const books = booksOf(ctx)
  if (row.kind !== 'payment' || row.currency !== books.currency) throw new AppError('WRONG_STATE')
  const totalMinor = input.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0)
  const mostMinor = row.total_minor - (ctx.read.get(q.refundedOf, { patientId, paymentId })?.refunded ?? 0)
  if (totalMinor > mostMinor) throw new AppError('TOO_MUCH', { mostMinor })
  const sources = sourcesOfRefund(ctx.read, patientId, paymentId, totalMinor)
  const before = balanceOf(ctx.read, patientId)
  const refundId = insertPayment(ctx, books, {
    patientId,
    kind: 'refund',
    totalMinor,
    changeMinor: 0,
    balanceMinor: before.dueMinor - before.creditMinor + totalMinor,
    tenders: input.tenders,
    refundOf: paymentId,
    reason: input.reason,
  })
  post(ctx, { patientId, kind: 'refund', paymentId: refundId, reason: input.reason, ...posting(books) }, [
    ...sources,
    ...input.tenders.map(
      (t): Entry => ({ account: t.method, amountMinor: -t.amountMinor, paymentId: refundId }),
    ),
  ])
  return paymentOf(ctx.read, patientId, refundId)
}

/** What no invoice uses goes first, then the newest use. */
function sourcesOfRefund(read: Reader, patientId: string, paymentId: string, amountMinor: number): Entry[] {
  let left = amountMinor
  const uses = read.all(ledgerQueries.usesOfPayment, { patientId, paymentId })
  const inOrder = [
    ...uses.filter((u) => u.account === 'deposits'),
    ...uses.filter((u) => u.account !== 'deposits'),
  ]
  const entries: Entry[] = []
  for (const use of inOrder) {
    const part = Math.min(left, use.amount)
    if (part <= 0) continue
    left -= part
    entries.push(
      use.account === 'deposits'
        ? { account: 'deposits', amountMinor: part, paymentId }
        : { account: 'receivable', amountMinor: part, invoiceId: use.invoice_id, paymentId },
    )
  }
  return entries
}

export function payment(ctx: QueryContext, input: In<'payment'>): Payment {
  return paymentOf(ctx.read, input.patientId, input.paymentId)
}
