// How a payment settles what is owed: which invoice gets how much, what is given back as change, what stays as credit.
import { AppError } from '#shared/errors.ts'
import type { TenderMethod } from './accounts.ts'

export interface Owed {
  readonly invoiceId: string
  readonly dueMinor: number
}

export interface Share {
  readonly invoiceId: string
  readonly amountMinor: number
}

export interface Tender {
  readonly method: TenderMethod
  readonly amountMinor: number
  readonly reference: string | null
}

export interface Settlement {
  /** What stays in the house; cash is less the change. A tender that came back whole is left out. */
  readonly tenders: readonly Tender[]
  readonly shares: readonly Share[]
  readonly totalMinor: number
  readonly changeMinor: number
  readonly creditMinor: number
}

export interface SettlementRequest {
  readonly tenders: readonly Tender[]
  /** Oldest first. */
  readonly owed: readonly Owed[]
  /** Who gets what, where the payer said so; otherwise the oldest invoice is served first. */
  readonly chosen: readonly Share[] | null
  /** Money beyond what is owed: given back in cash, or kept for the patient. */
  readonly excess: 'change' | 'credit'
}

/**
 * More money than is owed is change out of the cash that was given, or credit where that was asked for. A card cannot
 * give change: an excess that the cash does not cover is refused with TOO_MUCH and `mostMinor`, what can be taken.
 */
export function settle({ tenders, owed, chosen, excess }: SettlementRequest): Settlement {
  const given = tenders.reduce((sum, tender) => sum + tender.amountMinor, 0)
  const shares = chosen === null ? oldestFirst(given, owed) : checkedShares(chosen, owed)
  const used = shares.reduce((sum, share) => sum + share.amountMinor, 0)
  if (used > given) throw new AppError('TOO_MUCH', { mostMinor: given })
  const beyond = given - used
  if (excess === 'credit' || beyond === 0)
    return { tenders, shares, totalMinor: given, changeMinor: 0, creditMinor: beyond }
  const cash = tenders.reduce((sum, t) => sum + (t.method === 'cash' ? t.amountMinor : 0), 0)
  // A bill of 50 for a debt of 0 is no payment at all; and change never exceeds the cash it comes from.
  if (beyond > cash || used === 0) throw new AppError('TOO_MUCH', { mostMinor: used })
  return {
    tenders: lessChange(tenders, beyond),
    shares,
    totalMinor: used,
    changeMinor: beyond,
    creditMinor: 0,
  }
}

export function oldestFirst(amountMinor: number, owed: readonly Owed[]): Share[] {
  let left = amountMinor
  const shares: Share[] = []
  for (const { invoiceId, dueMinor } of owed) {
    const share = Math.min(left, dueMinor)
    if (share <= 0) continue
    shares.push({ invoiceId, amountMinor: share })
    left -= share
  }
  return shares
}

function checkedShares(chosen: readonly Share[], owed: readonly Owed[]): Share[] {
  const due = new Map(owed.map((o) => [o.invoiceId, o.dueMinor]))
  const shares = chosen.filter((share) => share.amountMinor > 0)
  if (new Set(shares.map((s) => s.invoiceId)).size < shares.length)
    throw new AppError('INVALID_INPUT', { fields: ['allocations: invoice named twice'] })
  for (const { invoiceId, amountMinor } of shares) {
    const mostMinor = due.get(invoiceId)
    if (mostMinor === undefined) throw new AppError('NOT_FOUND')
    if (amountMinor > mostMinor) throw new AppError('TOO_MUCH', { mostMinor })
  }
  return shares
}

function lessChange(tenders: readonly Tender[], change: number): Tender[] {
  let left = change
  const kept: Tender[] = []
  for (const tender of tenders.toReversed()) {
    const back = tender.method === 'cash' ? Math.min(left, tender.amountMinor) : 0
    left -= back
    if (tender.amountMinor > back) kept.unshift({ ...tender, amountMinor: tender.amountMinor - back })
  }
  return kept
}
