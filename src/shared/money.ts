// Money as integer minor units of an ISO 4217 currency: 12.50 EUR is 1250. Never a fraction, never a float sum.
import * as z from 'zod'

/** Minor units; negative for money that goes back. The limit keeps every sum of a clinic exact in a double. */
export const Minor = z.number().int().min(-1e12).max(1e12)
export const Currency = z.string().regex(/^[A-Z]{3}$/)

/** Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217, as the runtime knows it). */
export function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  )
}

/** Basis points (1900 is 19 %) of an amount, half away from zero, as tax authorities and tills round. */
export function basisPointsOf(amount: number, basisPoints: number): number {
  const product = BigInt(amount) * BigInt(basisPoints)
  const half = product < 0n ? -5000n : 5000n
  return Number((product + half) / 10_000n)
}

/** Amount in words of the locale: 12,50 €. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const digits = minorDigits(currency)
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(minor / 10 ** digits)
}

/**
 * What a person typed as an amount: `12`, `12.5`, `1,234.50`, `1.234,50`, `12,50`, Arabic digits. `null` where it is no
 * amount, has more digits than the currency, or could mean two amounts (`1,234` with two digits: a thousand or one?).
 */
export function parseMoney(text: string, currency: string): number | null {
  const digits = minorDigits(currency)
  const plain = toAsciiDigits(text.trim())
    .replaceAll(/[\s\u00a0\u202f'’\u066c]/g, '')
    .replace('\u066b', '.')
  const m = /^([+-]?)(\d{1,3}(?:[.,]\d{3})+|\d+)(?:([.,])(\d+))?$/.exec(plain)
  if (!m) return null
  const [, sign = '', whole = '', point = '', fraction = ''] = m
  const groups = /[.,]/.exec(whole)?.[0]
  if (groups !== undefined && point === groups) return null
  if (new Set(whole.replaceAll(/\d/g, '')).size > 1) return null
  // One separator with three digits behind it: grouping, unless the currency has three digits itself.
  if (groups !== undefined && point === '' && digits > 0 && whole.split(groups).length === 2) return null
  if (point !== '' && fraction.length > digits) return null
  const minor =
    Number(whole.replaceAll(/[.,]/g, '')) * 10 ** digits + Number(fraction.padEnd(digits, '0') || '0')
  if (!Number.isSafeInteger(minor) || minor > 1e12) return null
  return sign === '-' ? -minor : minor
}

function toAsciiDigits(text: string): string {
  return text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) & 0xf))
}
