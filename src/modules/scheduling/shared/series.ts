// Dates of a recurring visit from its rule, on the calendar alone: clocks do not enter, so nine stays nine. Pure.
import { daysInMonth } from '#shared/time.ts'
import { addDays, addMonths, weekdayOf } from '#shared/zoned-time.ts'
import type { SeriesRule } from './shapes.ts'

export const mostDates = 130
const longestMonths = 24
const lastWeekday = 5

/** Dates in order, or `null` where the rule goes past 130 dates or two years. */
export function datesOf(rule: SeriesRule, firstDate: string): string[] | null {
  const end = addMonths(firstDate, longestMonths)
  const dates: string[] = []
  for (const date of candidates(rule, firstDate)) {
    if (rule.until !== null && date > rule.until) return dates
    if (date > end || dates.length === mostDates) return null
    dates.push(date)
    if (rule.count !== null && dates.length === rule.count) return dates
  }
  return dates
}

function* candidates(rule: SeriesRule, first: string): Generator<string> {
  if (rule.freq === 'daily') for (let n = 0; ; n++) yield addDays(first, n * rule.interval)
  if (rule.freq === 'weekly') yield* weekly(rule, first)
  yield* monthly(rule, first)
}

function* weekly(rule: SeriesRule, first: string): Generator<string> {
  const weekdays =
    rule.weekdays.length === 0 ? [weekdayOf(first)] : [...new Set(rule.weekdays)].sort((a, b) => a - b)
  const monday = addDays(first, 1 - weekdayOf(first))
  for (let week = 0; ; week++) {
    for (const weekday of weekdays) {
      const date = addDays(monday, week * 7 * rule.interval + weekday - 1)
      if (date >= first) yield date
    }
  }
}

function* monthly(rule: SeriesRule, first: string): Generator<string> {
  const anchor = anchorOf(rule, first)
  const weekday = weekdayOf(first)
  for (let n = 0; ; n++) {
    const month = addMonths(`${first.slice(0, 8)}01`, n * rule.interval)
    const date = rule.monthlyBy === 'day' ? dayIn(month, anchor) : weekdayIn(month, weekday, anchor)
    if (date >= first) yield date
  }
}

/** The day of the month, or the number of the weekday in it, that a rule means. */
export function anchorOf(rule: Pick<SeriesRule, 'monthlyBy' | 'anchor'>, first: string): number {
  const day = Number(first.slice(8))
  return rule.anchor ?? (rule.monthlyBy === 'day' ? day : Math.ceil(day / 7))
}

const lengthOf = (month: string): number => daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)))

/** A month without the day takes its last one: nobody goes without a visit in February. */
const dayIn = (month: string, day: number): string =>
  `${month.slice(0, 8)}${String(Math.min(day, lengthOf(month))).padStart(2, '0')}`

function weekdayIn(month: string, weekday: number, nth: number): string {
  const firstOne = 1 + ((weekday - weekdayOf(month) + 7) % 7)
  const last = firstOne + 7 * Math.floor((lengthOf(month) - firstOne) / 7)
  const day = nth >= lastWeekday ? last : firstOne + 7 * (nth - 1)
  return `${month.slice(0, 8)}${String(day).padStart(2, '0')}`
}

/** The rule by which all dates lie some days later: weekdays turn with them, a monthly day is that of the new first date. */
export function shifted(rule: SeriesRule, days: number): SeriesRule {
  if (days === 0) return rule
  return {
    ...rule,
    weekdays: rule.weekdays.map((w) => ((((w - 1 + days) % 7) + 7) % 7) + 1).sort((a, b) => a - b),
    anchor: null,
    until: rule.until === null ? null : addDays(rule.until, days),
  }
}

/**
 * The rule from one of its dates on, for a series that is split there. A month's day is kept: a split on 28 February of a
 * series on the 31st goes on on 31 March.
 */
export function continuedFrom(rule: SeriesRule, first: string, at: string): SeriesRule {
  const before = (datesOf(rule, first) ?? []).filter((date) => date < at).length
  return {
    ...rule,
    weekdays: rule.freq === 'weekly' && rule.weekdays.length === 0 ? [weekdayOf(first)] : rule.weekdays,
    anchor: rule.freq === 'monthly' ? anchorOf(rule, first) : null,
    count: rule.count === null ? null : Math.max(1, rule.count - before),
  }
}

/** The rule as far as the day before a date. */
export const endedBefore = (rule: SeriesRule, at: string): SeriesRule => ({
  ...rule,
  count: null,
  until: addDays(at, -1),
})
