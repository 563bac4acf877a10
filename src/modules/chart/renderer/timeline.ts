// Sorting out the timeline: what happened since the last visit, and year by year before it.
import { localDateIn } from '#shared/time.ts'
import type { Chart, TimelineItem } from '../shared/contract.ts'

type Encounter = Chart['encounters'][number]

/** Calendar date in the clinic's zone, at the precision at which the time is known. */
export function dayOf(time: string, timeZone: string): string {
  return time.length > 10 ? localDateIn(timeZone, Date.parse(time)) : time
}

/** The newest visit that began before today, cancelled ones left out: the one a reader compares with. */
export function lastVisitOf(
  encounters: readonly Encounter[],
  today: string,
  timeZone: string,
): Encounter | null {
  let newest: Encounter | null = null
  for (const visit of encounters) {
    if (!visit.start || !happened(visit.status)) continue
    if (dayOf(visit.start, timeZone) >= today) continue
    if (!newest?.start || visit.start > newest.start) newest = visit
  }
  return newest
}

const happened = (status: string) => !['planned', 'cancelled', 'entered-in-error', 'noshow'].includes(status)

export interface TimelineSplit {
  readonly since: readonly TimelineItem[]
  readonly before: readonly TimelineItem[]
}

/** Items after the day of the last visit, and the rest, both in the order they came in. */
export function splitSince(
  items: readonly TimelineItem[],
  lastVisit: Encounter | null,
  timeZone: string,
): TimelineSplit {
  const end = lastVisit?.end ?? lastVisit?.start
  if (!end) return { since: [], before: items }
  const day = dayOf(end, timeZone)
  const isSince = (item: TimelineItem) => item.at !== null && dayOf(item.at, timeZone).slice(0, 10) > day
  return { since: items.filter(isSince), before: items.filter((item) => !isSince(item)) }
}

export type TimelineRow<T> =
  | { readonly kind: 'year'; readonly year: string | null }
  | { readonly kind: 'item'; readonly item: T }

/** The same items with a line before each new year; `null` is "not dated". */
export function withYears<T extends { readonly at: string | null }>(
  items: readonly T[],
  timeZone: string,
): TimelineRow<T>[] {
  const rows: TimelineRow<T>[] = []
  let year: string | null | undefined
  for (const item of items) {
    const own = item.at === null ? null : dayOf(item.at, timeZone).slice(0, 4)
    if (own !== year) rows.push({ kind: 'year', year: own })
    year = own
    rows.push({ kind: 'item', item })
  }
  return rows
}

/** Year at which something began, as the problem list shows it. */
export const yearOf = (time: string | null): string | null => (time ? time.slice(0, 4) : null)
