// Who of the waiting a gap is right for, and in which order they are asked. Pure.
import { weekdayOf } from '#shared/zoned-time.ts'
import { urgencies } from './shapes.ts'

interface Wish {
  readonly minutes: number
  readonly provider_id: string | null
  readonly earliest: string | null
  readonly latest: string | null
  readonly weekdays: readonly number[]
  readonly from_minutes: number | null
  readonly until_minutes: number | null
}

export interface Gap {
  readonly date: string
  readonly start: number
  readonly minutes: number
  readonly providerId: string
}

export const isMatch = (wish: Wish, gap: Gap): boolean =>
  wish.minutes <= gap.minutes &&
  (wish.provider_id === null || wish.provider_id === gap.providerId) &&
  (wish.earliest === null || wish.earliest <= gap.date) &&
  (wish.latest === null || wish.latest >= gap.date) &&
  (wish.weekdays.length === 0 || wish.weekdays.includes(weekdayOf(gap.date))) &&
  (wish.from_minutes === null || wish.from_minutes <= gap.start) &&
  (wish.until_minutes === null || wish.until_minutes >= gap.start + wish.minutes)

interface Place {
  readonly id: string
  readonly urgency: string
  readonly added_at: string
}

/** The most urgent first; among equals whoever has waited longest. */
export function rankWaiting<W extends Place>(waiting: readonly W[]): W[] {
  const rank = (entry: Place) => urgencies.findIndex((urgency) => urgency === entry.urgency)
  return waiting.toSorted(
    (a, b) => rank(a) - rank(b) || compare(a.added_at, b.added_at) || compare(a.id, b.id),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
