// Invoices: issued once with a number, corrected only by a credit note, a write-off or its reversal.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { nextSerial } from '#core/store/number-series.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { totalsOf } from '../shared/amounts.ts'
import type { billing } from '../shared/contract.ts'
import type { Charge, Invoice, Payer } from '../shared/shapes.ts'
import { type Books, booksOf } from './business-date.ts'
import * as chargeQueries from './charge-queries.ts'
import { draftChargesOf } from './charges.ts'
import * as q from './invoice-queries.ts'
import { invoiceOf } from './invoice-view.ts'
import { dueOf, type Entry, post } from './ledger.ts'
import * as ledgerQueries from './ledger-queries.ts'
import { recipientOf } from './recipient.ts'
import { chargeItem, invoice as invoiceTable, invoiceLine } from './tables.ts'

type Procedures = (typeof billing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>

export function issue(ctx: CommandContext, input: In<'issue'>): Invoice {
  const books = booksOf(ctx)
  const charges = chosenCharges(ctx.read, input.patientId, input.chargeIds)
  const { totalMinor } = totalsOf(charges)
  if (totalMinor !== input.expectedTotalMinor) throw new AppError('CONFLICT', { totalMinor })
  const id = issueInvoice(ctx, books, { ...input, charges })
  return invoiceOf(ctx.read, input.patientId, id)
}

/** The named ones among the open charges; one that is gone or billed by now is a conflict, not a smaller bill. */
export function chosenCharges(read: Reader, patientId: string, ids: readonly string[]): Charge[] {
  const wanted = new Set(ids)
  const charges = draftChargesOf(read, patientId).filter((charge) => wanted.has(charge.id))
  if (charges.length === wanted.size) return charges
  throw new AppError(charges.length === 0 ? 'NOTHING_TO_BILL' : 'CONFLICT')
}

export interface NewInvoice {
  readonly patientId: string
  readonly charges: readonly Charge[]
  readonly payer: Payer | null
  readonly dueOn?: string | null
  readonly note: string | null
}

export function issueInvoice(ctx: CommandContext, books: Books, input: NewInvoice): string {
  const { patientId, charges } = input
  if (charges.length === 0) throw new AppError('NOTHING_TO_BILL')
  const totals = totalsOf(charges)
  const id = insertInvoice(ctx, books, 'invoice', {
    patientId,
    recipient: recipientOf(ctx.read, patientId),
    totals,
    payer: input.payer,
    dueOn: input.dueOn ?? null,
    note: input.note,
  })
  charges.forEach((charge, position) => {
    ctx.write.insert(invoiceLine, {
      patient_id: patientId,
      invoice_id: id,
      position,
      charge_item_id: charge.id,
      service_date: charge.serviceDate,
      code: charge.code,
      title: charge.title,
      quantity: charge.quantity,
      unit_minor: charge.unitMinor,
      tax_code: charge.taxCode,
      tax_basis_points: charge.taxBasisPoints,
      net_minor: charge.netMinor,
      tax_minor: charge.taxMinor,
    })
    ctx.write.update(chargeItem, charge.id, charge.rev, { status: 'billed', invoice_id: id })
  })
  post(ctx, { patientId, kind: 'issue', invoiceId: id, ...posting(books) }, [
    { account: 'receivable', amountMinor: totals.totalMinor, invoiceId: id },
    { account: 'revenue', amountMinor: -totals.netMinor, invoiceId: id },
    { account: 'tax', amountMinor: -totals.taxMinor, invoiceId: id },
  ])
  return id
}

export const posting = (books: Books) => ({ businessDate: books.businessDate, currency: books.currency })

interface Document {
  readonly patientId: string
  /** JSON. */
  readonly recipient: string
  readonly totals: { netMinor: number; taxMinor: number; totalMinor: number }
  readonly payer: Payer | null
  readonly dueOn: string | null
  readonly note: string | null
  readonly reversesId?: string
  readonly reason?: string
}

function insertInvoice(ctx: CommandContext, books: Books, kind: Invoice['kind'], doc: Document): string {
  const year = Number(books.businessDate.slice(0, 4))
  const serial = nextSerial(ctx, kind, year, kind === 'credit-note' ? 'C' : '')
  return ctx.write.insert(invoiceTable, {
    patient_id: doc.patientId,
    kind,
    ...serial,
    reverses_id: doc.reversesId ?? null,
    issued_at: ctx.now,
    business_date: books.businessDate,
    due_on: doc.dueOn,
    recipient: doc.recipient,
    payer_name: doc.payer?.name ?? null,
    payer_address: doc.payer ? JSON.stringify(doc.payer.address) : null,
    currency: books.currency,
    net_minor: doc.totals.netMinor,
    tax_minor: doc.totals.taxMinor,
    total_minor: doc.totals.totalMinor,
    note: doc.note,
    reason: doc.reason ?? null,
    issued_by: ctx.actor?.userId ?? null,
    issued_by_name: ctx.actor?.userName ?? '',
  })
}

export function invoice(ctx: QueryContext, input: In<'invoice'>): Invoice {
  return invoiceOf(ctx.read, input.patientId, input.invoiceId)
}

type InvoiceRow = RowOf<typeof invoiceTable>

/** An invoice that still stands: issued to this patient and not taken back. */
export function standingInvoice(read: Reader, patientId: string, invoiceId: string): InvoiceRow {
  const row = read.get(q.invoiceById, { patientId, invoiceId })
  if (!row) throw new AppError('NOT_FOUND')
  if (row.kind !== 'invoice' || read.get(q.creditNoteOf, { invoiceId })) throw new AppError('WRONG_STATE')
  return row
}

/** Takes the whole invoice back: what was written off is due no more, what was paid for it is the patient's again. */
export function creditNote(ctx: CommandContext, input: In<'creditNote'>): Invoice {
  const { patientId, invoiceId } = input
  const row = standingInvoice(ctx.read, patientId, invoiceId)
  const books = booksOf(ctx)
  if (row.currency !== books.currency) throw new AppError('WRONG_STATE')
  const id = insertInvoice(ctx, books, 'credit-note', {
    patientId,
    recipient: row.recipient,
    totals: { netMinor: -row.net_minor, taxMinor: -row.tax_minor, totalMinor: -row.total_minor },
    payer:
      row.payer_name === null
        ? null
        : { name: row.payer_name, address: JSON.parse(row.payer_address ?? '[]') },
    dueOn: null,
    note: null,
    reversesId: invoiceId,
    reason: input.reason,
  })
  for (const { id: _id, ...line } of ctx.read.all(q.linesOf, { patientId, invoiceId })) {
    const { rev: _rev, ins_writer: _w, ins_seq: _s, voided_at: _v, void_reason: _r, ...values } = line
    ctx.write.insert(invoiceLine, {
      ...values,
      invoice_id: id,
      quantity: -line.quantity,
      net_minor: -line.net_minor,
      tax_minor: -line.tax_minor,
    })
  }
  post(ctx, { patientId, kind: 'credit-note', invoiceId, reason: input.reason, ...posting(books) }, [
    { account: 'revenue', amountMinor: row.net_minor, invoiceId },
    { account: 'tax', amountMinor: row.tax_minor, invoiceId },
    { account: 'receivable', amountMinor: -row.total_minor, invoiceId },
    ...undoneSettlement(ctx.read, patientId, invoiceId),
  ])
  if (input.reopenCharges) {
    for (const charge of ctx.read.all(chargeQueries.chargesOfInvoice, { patientId, invoiceId }))
      ctx.write.update(chargeItem, charge.id, 'any', { status: 'draft', invoice_id: null })
  }
  return invoiceOf(ctx.read, patientId, id)
}

function undoneSettlement(read: Reader, patientId: string, invoiceId: string): Entry[] {
  return read.all(ledgerQueries.settledOnInvoice, { patientId, invoiceId }).flatMap((settled): Entry[] => {
    const { account, payment_id: paymentId, amount } = settled
    if (account === 'write-off') {
      return [
        { account: 'write-off', amountMinor: amount, invoiceId },
        { account: 'receivable', amountMinor: -amount, invoiceId },
      ]
    }
    if (paymentId === null) return []
    return [
      { account: 'receivable', amountMinor: amount, invoiceId, paymentId },
      { account: 'deposits', amountMinor: -amount, paymentId },
    ]
  })
}

export function writeOff(ctx: CommandContext, input: In<'writeOff'>): Invoice {
  const { patientId, invoiceId, amountMinor } = input
  if (!ctx.read.get(q.invoiceById, { patientId, invoiceId })) throw new AppError('NOT_FOUND')
  const mostMinor = dueOf(ctx.read, patientId, invoiceId)
  if (amountMinor > mostMinor) throw new AppError('TOO_MUCH', { mostMinor })
  post(ctx, { patientId, kind: 'write-off', invoiceId, reason: input.reason, ...posting(booksOf(ctx)) }, [
    { account: 'write-off', amountMinor, invoiceId },
    { account: 'receivable', amountMinor: -amountMinor, invoiceId },
  ])
  return invoiceOf(ctx.read, patientId, invoiceId)
}

export function undoWriteOff(ctx: CommandContext, input: In<'undoWriteOff'>): Invoice {
  const { patientId, journalId } = input
  const journal = ctx.read.get(ledgerQueries.journalById, { patientId, id: journalId })
  const invoiceId = journal?.invoice_id
  if (!journal || invoiceId == null || journal.kind !== 'write-off') throw new AppError('NOT_FOUND')
  standingInvoice(ctx.read, patientId, invoiceId)
  const journals = ctx.read.all(ledgerQueries.journalsOfInvoice, { patientId, invoiceId })
  if (journals.some((other) => other.reverses_id === journalId)) throw new AppError('WRONG_STATE')
  const amountMinor = -(journals.find((own) => own.id === journalId)?.amount ?? 0)
  post(
    ctx,
    {
      patientId,
      kind: 'undo-write-off',
      invoiceId,
      reversesId: journalId,
      reason: input.reason,
      ...posting(booksOf(ctx)),
    },
    [
      { account: 'receivable', amountMinor, invoiceId },
      { account: 'write-off', amountMinor: -amountMinor, invoiceId },
    ],
  )
  return invoiceOf(ctx.read, patientId, invoiceId)
}
