// Amounts as they are typed: plain digits with the person's own point or comma, read back by the shared parser.
import { intlLocale } from '#renderer/i18n/intl.ts'
import { minorDigits, parseMoney } from '#shared/money.ts'
import type { TenderMethod } from '../shared/accounts.ts'

/** An amount ready to be edited: `1234,50` where a comma is written. */
export function amountText(minor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency)
  return new Intl.NumberFormat(intlLocale(locale), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  }).format(minor / 10 ** digits)
}

/** One way of paying as it stands in the form. */
export interface TypedTender {
  readonly key: number
  readonly method: TenderMethod
  readonly amount: string
  readonly reference: string
}

export interface ReadTender {
  readonly method: TenderMethod
  readonly amountMinor: number
  readonly reference: string | null
}

/** `null` where an amount cannot be read. Empty lines and zeros are left out: nothing is paid by them. */
export function readTenders(typed: readonly TypedTender[], currency: string): ReadTender[] | null {
  const tenders: ReadTender[] = []
  for (const { method, amount, reference } of typed) {
    if (amount.trim() === '') continue
    const amountMinor = parseMoney(amount, currency)
    if (amountMinor === null || amountMinor < 0) return null
    if (amountMinor > 0) tenders.push({ method, amountMinor, reference: reference.trim() || null })
  }
  return tenders
}

export type Outlook =
  | { readonly kind: 'exact' }
  | { readonly kind: 'change' | 'left' | 'beyond'; readonly minor: number }

/** What the amounts in the form will come to, before they are posted. */
export function outlookOf(tenders: readonly ReadTender[], payableMinor: number): Outlook {
  const given = tenders.reduce((sum, t) => sum + t.amountMinor, 0)
  const cash = tenders.reduce((sum, t) => sum + (t.method === 'cash' ? t.amountMinor : 0), 0)
  const beyond = given - payableMinor
  if (beyond === 0) return { kind: 'exact' }
  if (beyond < 0) return { kind: 'left', minor: -beyond }
  return { kind: beyond <= cash && payableMinor > 0 ? 'change' : 'beyond', minor: beyond }
}
