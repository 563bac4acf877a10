// One patient's account, and the lists over all patients.
import type { QueryContext } from '#core/rpc/context.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { Id } from '#shared/ids.ts'
import { patientNameOf, searchPatients } from '#modules/patients/main/api.ts'
import { totalsOf } from '../shared/amounts.ts'
import type { billing } from '../shared/contract.ts'
import type { Account, Series, StatementLine } from '../shared/shapes.ts'
import { booksOf } from './business-date.ts'
import { draftChargesOf } from './charges.ts'
import * as invoiceQueries from './invoice-queries.ts'
import { type ListRow, toListItem } from './invoice-view.ts'
import { balanceOf } from './ledger.ts'
import * as ledgerQueries from './ledger-queries.ts'
import * as paymentQueries from './payment-queries.ts'
import type * as z from 'zod'

type Procedures = (typeof billing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

/** Above every id. */
const lastId = '~'

export function account(ctx: QueryContext, { patientId }: In<'account'>): Account {
  const { read } = ctx
  const patientName = patientNameOf(read, patientId)
  if (patientName === undefined) throw new AppError('NOT_FOUND')
  const { currency, businessDate } = booksOf(ctx)
  const charges = draftChargesOf(read, patientId)
  const draft = totalsOf(charges)
  const { dueMinor, creditMinor } = balanceOf(read, patientId)
  return {
    patientId,
    patientName,
    currency,
    businessDate,
    charges,
    draft,
    invoices: read.all(invoiceQueries.owedInvoices, { patientId }).map(toListItem),
    dueMinor,
    creditMinor,
    payableMinor: Math.max(0, draft.totalMinor + dueMinor - creditMinor),
    lastMethod: (read.get(paymentQueries.lastTender, { patientId })?.method ?? null) as Account['lastMethod'],
  }
}

export function statement(ctx: QueryContext, input: In<'statement'>): Out<'statement'> {
  const { read } = ctx
  const { patientId, limit } = input
  const before = boundOf(input.cursor)
  const rows = read.all(ledgerQueries.statementBefore, { patientId, before, limit: limit + 1 })
  let balance = read.get(ledgerQueries.balanceBefore, { patientId, before })?.balance ?? 0
  const { dueMinor, creditMinor } = balanceOf(read, patientId)
  const lines = rows.slice(0, limit).map((row): StatementLine => {
    const amountMinor = row.amount ?? 0
    const balanceMinor = balance
    balance -= amountMinor
    return {
      journalId: row.id,
      kind: row.kind as StatementLine['kind'],
      at: row.posted_at,
      businessDate: row.business_date,
      invoiceId: row.invoice_id,
      invoiceNumber: row.invoice_number,
      paymentId: row.payment_id,
      paymentNumber: row.payment_number,
      reason: row.reason,
      by: row.posted_by_name,
      amountMinor,
      balanceMinor,
    }
  })
  return {
    currency: booksOf(ctx).currency,
    balanceMinor: dueMinor - creditMinor,
    lines,
    next: rows.length > limit ? (lines.at(-1)?.journalId ?? null) : null,
  }
}

function boundOf(cursor: string | null): string {
  if (cursor === null) return lastId
  if (!Id.safeParse(cursor).success) throw new AppError('INVALID_INPUT', { fields: ['cursor'] })
  return cursor
}

export function invoices(ctx: QueryContext, input: In<'invoices'>): Out<'invoices'> {
  const { read } = ctx
  const { currency } = booksOf(ctx)
  // A patient's own scope holds for their own record, which this list does not name.
  if (ctx.scope === 'o') return { currency, invoices: [], next: null, openCount: 0, openDueMinor: 0 }
  const rows = listRows(ctx, input, boundOf(input.cursor))
  const open = input.withTotals ? read.get(invoiceQueries.openTotals, {}) : undefined
  const shown = rows.slice(0, input.limit)
  return {
    currency,
    invoices: shown.map(toListItem),
    next: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null,
    openCount: open?.count ?? null,
    openDueMinor: open?.due ?? null,
  }
}

const mostPatients = 50

/** A number, whole or its last digits; else words by which patients are found. */
function listRows(ctx: QueryContext, input: In<'invoices'>, before: string): readonly ListRow[] {
  const { read } = ctx
  const limit = input.limit + 1
  const text = input.text.toUpperCase()
  if (text === '') {
    const query = input.state === 'open' ? invoiceQueries.openInvoices : invoiceQueries.newestInvoices
    return read.all(query, { before, limit })
  }
  const isOpen = (row: ListRow) => input.state === 'all' || (row.due ?? 0) !== 0
  if (/^C?\d/.test(text)) {
    const serial = /^\d{1,9}$/.test(text) ? Number(text) : -1
    const byNumber = read.all(invoiceQueries.invoicesByNumber, { before, limit, number: text, serial })
    if (byNumber.length > 0) return byNumber.filter(isOpen)
  }
  const found = searchPatients(ctx, { text: input.text, limit: mostPatients })
  const ids = JSON.stringify(found.patients.map((patient) => patient.id))
  const query = input.state === 'open' ? invoiceQueries.openOfPatients : invoiceQueries.invoicesOfPatients
  return read.all(query, { before, limit, ids })
}

export function numbering({ read }: QueryContext): { series: z.infer<typeof Series>[] } {
  const rows = [...read.all(invoiceQueries.invoiceSeries, {}), ...read.all(invoiceQueries.paymentSeries, {})]
  return {
    series: rows.map(({ series, first, last, count }) => {
      const own = series.slice(series.indexOf(':') + 1)
      const number = (serial: number) => `${own}-${String(serial).padStart(5, '0')}`
      return { series, first: number(first), last: number(last), count, missing: last - count }
    }),
  }
}
