// Which part of a record may be erased, and when: a pure function of the clinic's retention table and a few dates.
import * as z from 'zod'

/** identity goes last; contact is messages, consent to be written to, the waiting list and desk notes. */
export const categories = ['contact', 'billing', 'care', 'identity'] as const
export type Category = (typeof categories)[number]

export const RetentionRule = z.strictObject({
  /** Years after the last contact (billing: after the last invoice). 0: no law keeps it. */
  years: z.number().int().min(0).max(100),
  /** For who was a minor at the last contact: kept at least until this age. */
  minorsUntil: z.number().int().min(18).max(60).nullable(),
  /** Legal basis in words, as it stands in a decision. */
  basis: z.string().trim().max(300),
})
export type RetentionRule = z.infer<typeof RetentionRule>
export const Retention = z.strictObject({
  contact: RetentionRule,
  billing: RetentionRule,
  care: RetentionRule,
})
export type Retention = z.infer<typeof Retention>

export const defaultRetention: Retention = {
  contact: { years: 0, minorsUntil: null, basis: '' },
  billing: { years: 10, minorsUntil: null, basis: 'Tax and commercial law: invoices and payments' },
  care: { years: 10, minorsUntil: 25, basis: 'Duty to keep medical records' },
}

export interface ErasureFacts {
  /** YYYY-MM-DD in the clinic's zone. */
  readonly today: string
  readonly birthDate: string | null
  readonly lastContact: string | null
  readonly lastInvoice: string | null
  /** What there is at all. */
  readonly has: Readonly<Record<'contact' | 'billing' | 'care', boolean>>
  /** A legal claim is pending or to be expected: nothing is erased until it is over. */
  readonly legalClaim: boolean
}

export interface CategoryDecision {
  readonly category: Category
  readonly action: 'erase' | 'restrict'
  /** First day on which it may go; null for an erasure now, or without a known end. */
  readonly until: string | null
  readonly why: 'no-law' | 'time-over' | 'kept-by-law' | 'legal-claim' | 'with-the-rest'
  readonly basis: string
}

export function decideErasure(retention: Retention, facts: ErasureFacts): CategoryDecision[] {
  const kept = (['contact', 'billing', 'care'] as const)
    .filter((category) => facts.has[category])
    .map((category) => decideCategory(category, retention[category], facts))
  return [...kept, identityOf(kept)]
}

function decideCategory(
  category: 'contact' | 'billing' | 'care',
  rule: RetentionRule,
  facts: ErasureFacts,
): CategoryDecision {
  if (facts.legalClaim)
    return { category, action: 'restrict', until: null, why: 'legal-claim', basis: rule.basis }
  if (rule.years === 0 && rule.minorsUntil === null)
    return { category, action: 'erase', until: null, why: 'no-law', basis: '' }
  const until = endOf(category, rule, facts)
  return facts.today >= until
    ? { category, action: 'erase', until: null, why: 'time-over', basis: rule.basis }
    : { category, action: 'restrict', until, why: 'kept-by-law', basis: rule.basis }
}

/** Without a known last contact the time cannot have run out: it is counted from today. */
function endOf(category: 'contact' | 'billing' | 'care', rule: RetentionRule, facts: ErasureFacts): string {
  const from = (category === 'billing' ? facts.lastInvoice : facts.lastContact) ?? facts.today
  const byYears = addYears(from, rule.years)
  if (rule.minorsUntil === null || facts.birthDate === null) return byYears
  const born = lastDayOf(facts.birthDate)
  if (from >= addYears(born, 18)) return byYears
  const byAge = addYears(born, rule.minorsUntil)
  return byAge > byYears ? byAge : byYears
}

/** The person's name and number go when nothing else is left that needs them. */
function identityOf(others: readonly CategoryDecision[]): CategoryDecision {
  const restricted = others.filter((d) => d.action === 'restrict')
  if (restricted.length === 0)
    return { category: 'identity', action: 'erase', until: null, why: 'with-the-rest', basis: '' }
  const open = restricted.find((d) => d.until === null)
  const last = restricted.reduce((a, b) => ((b.until ?? '') > (a.until ?? '') ? b : a))
  const longest = open ?? last
  return {
    category: 'identity',
    action: 'restrict',
    until: longest.until,
    why: open ? 'legal-claim' : 'with-the-rest',
    basis: longest.basis,
  }
}

/** The day itself in another year; the 29th of February becomes the 1st of March, so that nothing goes early. */
export function addYears(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0')
  const moved = `${year}${date.slice(4)}`
  const isLeap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
  return moved.endsWith('-02-29') && !isLeap(Number(year)) ? `${year}-03-01` : moved
}

/** Of a date known to the year or month: its last day, so that nobody counts as older than they may be. */
function lastDayOf(date: string): string {
  if (date.length === 4) return `${date}-12-31`
  if (date.length > 7) return date.slice(0, 10)
  const day = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate()
  return `${date}-${String(day).padStart(2, '0')}`
}
