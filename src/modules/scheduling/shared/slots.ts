// Where in free stretches a visit may begin, and which few of many free times are worth offering. Pure.
import type { Stretch } from './spans.ts'

/** Times people say: every quarter of an hour, every five minutes for short visits. */
export const stepFor = (minutes: number): number => (minutes >= 15 ? 15 : 5)

/**
 * Beginnings on the wall clock within a free stretch: where it begins, so that no gap is left, and each step after that.
 * All are whole five minutes.
 */
export function beginningsIn(free: Stretch, minutes: number): number[] {
  const first = Math.ceil(free.from / 5) * 5
  const step = stepFor(minutes)
  const last = free.until - minutes
  const out: number[] = []
  if (first <= last) out.push(first)
  for (let at = (Math.floor(first / step) + 1) * step; at <= last; at += step) out.push(at)
  return out
}

export interface Candidate {
  readonly date: string
  readonly start: number
  readonly providerId: string
}

const noon = 12 * 60

/**
 * A few times that differ: the earliest, one in the other half of that day, one on the next day that has any; then by
 * time. With a time of day asked for: on each day the nearest to it.
 */
export function bestOf<C extends Candidate>(
  candidates: readonly C[],
  preferred: number | null,
  limit: number,
): C[] {
  const sorted = candidates.toSorted(byTime)
  const chosen: C[] = []
  const take = (found: C | undefined) => {
    if (found && chosen.length < limit && !chosen.includes(found)) chosen.push(found)
  }
  if (preferred !== null) {
    for (const day of byDay(sorted)) take(nearest(day, preferred))
  } else {
    const first = sorted[0]
    take(first)
    take(sorted.find((c) => c.date === first?.date && c.start >= noon !== (first?.start ?? 0) >= noon))
    take(sorted.find((c) => c.date !== first?.date))
  }
  for (const candidate of sorted) if (!chosen.some((c) => isSameTime(c, candidate))) take(candidate)
  return chosen.sort(byTime)
}

const byTime = (a: Candidate, b: Candidate): number =>
  a.date === b.date ? a.start - b.start : a.date < b.date ? -1 : 1
const isSameTime = (a: Candidate, b: Candidate): boolean => a.date === b.date && a.start === b.start

function byDay<C extends Candidate>(sorted: readonly C[]): C[][] {
  const days = new Map<string, C[]>()
  for (const candidate of sorted) days.set(candidate.date, [...(days.get(candidate.date) ?? []), candidate])
  return [...days.values()]
}

const nearest = <C extends Candidate>(day: readonly C[], to: number): C | undefined =>
  day.reduce<C | undefined>(
    (best, c) => (best === undefined || Math.abs(c.start - to) < Math.abs(best.start - to) ? c : best),
    undefined,
  )
