// What is typed about a recurring visit, and the rule it makes.
import type * as z from 'zod'
import { weekdayOf } from '#shared/zoned-time.ts'
import type { SeriesRule } from '#modules/scheduling/shared/contract.ts'

export interface RepeatDraft {
  readonly freq: z.infer<typeof SeriesRule>['freq']
  readonly interval: string
  /** Empty: the weekday of the first date. */
  readonly weekdays: readonly number[]
  readonly monthlyBy: 'day' | 'weekday'
  readonly count: string
}

export const newRepeat: RepeatDraft = {
  freq: 'weekly',
  interval: '1',
  weekdays: [],
  monthlyBy: 'day',
  count: '6',
}

export const mostDates = 130
const mostInterval = 52

/** `null` while a number in it cannot be used. */
export function ruleOf(draft: RepeatDraft, firstDate: string): z.infer<typeof SeriesRule> | null {
  const interval = wholeNumber(draft.interval, mostInterval)
  const count = wholeNumber(draft.count, mostDates)
  if (interval === null || count === null) return null
  return {
    freq: draft.freq,
    interval,
    weekdays: draft.freq === 'weekly' ? weekdaysWith(draft.weekdays, firstDate) : [],
    monthlyBy: draft.monthlyBy,
    anchor: null,
    count,
    until: null,
  }
}

/** The first date is always one of them. */
export function weekdaysWith(chosen: readonly number[], firstDate: string): number[] {
  return [...new Set([...chosen, weekdayOf(firstDate)])].sort((a, b) => a - b)
}

function wholeNumber(text: string, most: number): number | null {
  if (!/^\d{1,3}$/.test(text.trim())) return null
  const value = Number(text)
  return value >= 1 && value <= most ? value : null
}
