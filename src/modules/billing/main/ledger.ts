// The ledger: the only way in. Every act is a journal whose entries come to zero, and nothing in it is changed later.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { Account, JournalKind } from '../shared/accounts.ts'
import * as q from './ledger-queries.ts'
import { invoiceOpen, ledgerEntry, ledgerJournal } from './tables.ts'

export interface Entry {
  readonly account: Account
  /** Positive is a debit, negative a credit. */
  readonly amountMinor: number
  readonly invoiceId?: string | null
  readonly paymentId?: string | null
}

export interface Journal {
  readonly patientId: string
  readonly kind: JournalKind
  readonly businessDate: string
  readonly currency: string
  readonly invoiceId?: string | null
  readonly paymentId?: string | null
  readonly reversesId?: string | null
  readonly reason?: string | null
}

/** Writes one act. A journal that does not come to zero is a mistake in the program: the whole act is rolled back. */
export function post(ctx: CommandContext, journal: Journal, entries: readonly Entry[]): string {
  const sum = entries.reduce((total, entry) => total + entry.amountMinor, 0)
  if (sum !== 0 || !entries.every((entry) => Number.isSafeInteger(entry.amountMinor)))
    throw new Error(`ledger: a ${journal.kind} does not balance`)
  const { patientId } = journal
  const id = ctx.write.insert(ledgerJournal, {
    patient_id: patientId,
    kind: journal.kind,
    posted_at: ctx.now,
    business_date: journal.businessDate,
    invoice_id: journal.invoiceId ?? null,
    payment_id: journal.paymentId ?? null,
    reverses_id: journal.reversesId ?? null,
    reason: journal.reason ?? null,
    posted_by: ctx.actor?.userId ?? null,
    posted_by_name: ctx.actor?.userName ?? '',
  })
  for (const entry of entries) {
    if (entry.amountMinor === 0) continue
    ctx.write.insert(ledgerEntry, {
      patient_id: patientId,
      journal_id: id,
      account: entry.account,
      debit_minor: Math.max(entry.amountMinor, 0),
      credit_minor: Math.max(-entry.amountMinor, 0),
      currency: journal.currency,
      invoice_id: entry.invoiceId ?? null,
      payment_id: entry.paymentId ?? null,
      business_date: journal.businessDate,
    })
  }
  const touched = entries.flatMap((e) => (e.account === 'receivable' && e.invoiceId ? [e.invoiceId] : []))
  for (const invoiceId of new Set(touched)) markOpen(ctx, patientId, invoiceId)
  return id
}

/** Keeps the way to open invoices in step with the ledger. */
function markOpen(ctx: CommandContext, patientId: string, invoiceId: string): void {
  if (dueOf(ctx.read, patientId, invoiceId) === 0)
    ctx.write.deleteLocal(invoiceOpen, { invoice_id: invoiceId })
  else ctx.write.putLocal(invoiceOpen, { invoice_id: invoiceId, patient_id: patientId })
}

export function dueOf(read: Reader, patientId: string, invoiceId: string): number {
  return read.get(q.dueOfInvoice, { patientId, invoiceId })?.due ?? 0
}

export interface Balance {
  readonly chargesMinor: number
  readonly dueMinor: number
  readonly creditMinor: number
}

export function balancesOf(read: Reader, patientIds: readonly string[]): Map<string, Balance> {
  const rows = read.all(q.balancesOf, { ids: JSON.stringify(patientIds) })
  return new Map(
    rows.map((row) => [
      row.patient_id,
      { chargesMinor: row.charges, dueMinor: row.receivable, creditMinor: row.deposits },
    ]),
  )
}

export function balanceOf(read: Reader, patientId: string): Balance {
  return balancesOf(read, [patientId]).get(patientId) ?? { chargesMinor: 0, dueMinor: 0, creditMinor: 0 }
}

/** What each patient is to pay, open charges included; negative is credit. One statement for a whole board. */
export function openBalances(read: Reader, patientIds: readonly string[]): Map<string, number> {
  return new Map(
    [...balancesOf(read, patientIds)].map(([id, b]) => [id, b.chargesMinor + b.dueMinor - b.creditMinor]),
  )
}
