// How much of a day is taken, and which parts of it nothing covers.
import type { Appointment, Column } from '../shared/contract.ts'
import type { Span } from './grid/day-scale.ts'

/** The parts of `whole` that no span covers, in order. */
export function gapsBetween(spans: readonly Span[], whole: Span): Span[] {
  const gaps: Span[] = []
  let reached = whole.from
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from > reached) gaps.push({ from: reached, to: Math.min(span.from, whole.to) })
    reached = Math.max(reached, span.to)
    if (reached >= whole.to) break
  }
  if (reached < whole.to) gaps.push({ from: reached, to: whole.to })
  return gaps
}

const minutesOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, span) => sum + Math.max(0, span.to - span.from), 0)

/** Booked minutes of the bookable ones, 0 to 1; visits outside of the hours do not count. `null` on a closed day. */
export function bookedShare(column: Column, visits: readonly Appointment[]): number | null {
  const off = [...column.breaks, ...column.absences].map(({ from, until }) => ({ from, to: until }))
  const bookable = column.open.flatMap(({ from, until }) => gapsBetween(off, { from, to: until }))
  const total = minutesOf(bookable)
  if (total === 0) return null
  const taken = visits
    .filter(({ status }) => status !== 'cancelled' && status !== 'noshow')
    .map(({ start, minutes }) => ({ from: start, to: start + minutes }))
  const free = bookable.flatMap((span) => gapsBetween(taken, span))
  return (total - minutesOf(free)) / total
}
