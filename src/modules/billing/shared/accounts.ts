// The few accounts of a clinic's patient ledger and the ways money comes in. Names are on the wire: add, never rename.
import * as z from 'zod'

/** How money changes hands. Each is an account of the ledger, so that a day can be counted by it. */
export const tenderMethods = ['cash', 'card', 'transfer', 'cheque', 'other'] as const
export type TenderMethod = (typeof tenderMethods)[number]
export const TenderMethod = z.enum(tenderMethods)

/** `deposits` is money of patients that no invoice has used yet; `receivable` is what they owe. */
export const accounts = ['receivable', 'deposits', 'revenue', 'tax', 'write-off', ...tenderMethods] as const
export type Account = (typeof accounts)[number]

/** One act on the money of a patient. */
export const journalKinds = [
  'issue',
  'credit-note',
  'payment',
  'apply-credit',
  'refund',
  'write-off',
  'undo-write-off',
] as const
export type JournalKind = (typeof journalKinds)[number]
export const JournalKind = z.enum(journalKinds)

export const isTender = (account: string): account is TenderMethod =>
  (tenderMethods as readonly string[]).includes(account)
