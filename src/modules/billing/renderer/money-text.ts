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

/**
 * An amount as it was typed; `null` where it is none. In currencies of three digits (KWD) people always write all three:
 * behind the point of their own language they are the fraction, where the parser alone could not know.
 */
export function readAmount(text: string, currency: string, locale: string): number | null {
  const parts = new Intl.NumberFormat(intlLocale(locale)).formatToParts(1.5)
  const point = parts.find((part) => part.type === 'decimal')?.value ?? '.'
  const [whole = '', fraction = '', ...more] = text.trim().split(point)
  const isWhole =
    minorDigits(currency) === 3 && more.length === 0 && /^\d+$/.test(whole) && /^\d{3}$/.test(fraction)
  return isWhole ? parseMoney(`${whole}${fraction}`, 'JPY') : parseMoney(text, currency)
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
export function readTenders(
  typed: readonly TypedTender[],
  currency: string,
  locale: string,
): ReadTender[] | null {
  const tenders: ReadTender[] = []
  for (const { method, amount, reference } of typed) {
    if (amount.trim() === '') continue
    const amountMinor = readAmount(amount, currency, locale)
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
