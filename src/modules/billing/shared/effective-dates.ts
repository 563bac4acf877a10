// Prices and tax rates hold from a date until a date, both included. A new one takes its place among the others without
// leaving a day with two answers; the past keeps the answer it had.
import { addDays } from '#shared/zoned-time.ts'

export interface Period {
  readonly validFrom: string
  /** The last day; null where no end is known. */
  readonly validUntil: string | null
}

export function holdsOn(period: Period, date: string): boolean {
  return period.validFrom <= date && (period.validUntil === null || date <= period.validUntil)
}

export interface Placement<P extends Period> {
  /** The last day of the new one: the day before the next begins. */
  readonly validUntil: string | null
  /** Begins earlier and reaches into the new one: ends the day before it. */
  readonly cut: P | undefined
  readonly cutUntil: string
  /** Begins on the same day: the new one stands instead. */
  readonly replaced: P | undefined
}

/** Where a price or rate that begins on `from` goes among `others` of its kind. */
export function placeFrom<P extends Period>(from: string, others: readonly P[]): Placement<P> {
  const next = others
    .map((o) => o.validFrom)
    .filter((start) => start > from)
    .sort()[0]
  return {
    validUntil: next === undefined ? null : addDays(next, -1),
    cut: others.find((o) => o.validFrom < from && holdsOn(o, from)),
    cutUntil: addDays(from, -1),
    replaced: others.find((o) => o.validFrom === from),
  }
}
