// Opening hours as rules: which minutes of the wall clock are open on a day. Pure.
import { weekdayOf } from '#shared/zoned-time.ts'
import type { OpeningRule } from './setup-shapes.ts'
import { joined, type Stretch } from './spans.ts'

export interface RuleOf
  extends Pick<OpeningRule, 'weekday' | 'from' | 'until' | 'kind' | 'validFrom' | 'validUntil'> {
  readonly resourceId: string | null
}

export interface DayHours {
  readonly open: readonly Stretch[]
  readonly breaks: readonly Stretch[]
}

/** Shown as open while nobody has entered hours: Monday to Friday, eight to six. */
const usual: readonly Stretch[] = [{ from: 8 * 60, until: 18 * 60 }]
const lastUsualWeekday = 5

const holdsOn = (rule: RuleOf, date: string): boolean =>
  (rule.validFrom === null || rule.validFrom <= date) && (rule.validUntil === null || rule.validUntil >= date)

/**
 * Hours of a provider or room on a day. Any opening line of its own that holds on this day, for whichever weekday,
 * replaces the clinic's week; without one the clinic's hours are meant. Breaks of both count.
 */
export function hoursOn(rules: readonly RuleOf[], resourceId: string | null, date: string): DayHours {
  const weekday = weekdayOf(date)
  const holding = rules.filter((rule) => holdsOn(rule, date))
  const isOpening = (rule: RuleOf) => rule.kind === 'open'
  const own = holding.filter((rule) => isOpening(rule) && rule.resourceId === resourceId)
  const source = own.length > 0 ? own : holding.filter((rule) => isOpening(rule) && rule.resourceId === null)
  const known = rules.some(isOpening)
  return {
    open: known
      ? joined(source.filter((rule) => rule.weekday === weekday))
      : weekday <= lastUsualWeekday
        ? usual
        : [],
    breaks: joined(
      holding.filter(
        (rule) =>
          rule.kind === 'break' &&
          rule.weekday === weekday &&
          (rule.resourceId === null || rule.resourceId === resourceId),
      ),
    ),
  }
}

export const areHoursKnown = (rules: readonly RuleOf[]): boolean => rules.some((rule) => rule.kind === 'open')

interface AbsenceTimes {
  readonly fromDate: string
  readonly from: number
  readonly untilDate: string
  readonly until: number
}

/** The minutes of a day that time off takes; `null` when it takes none. */
export function absenceOn(absence: AbsenceTimes, date: string): Stretch | null {
  if (date < absence.fromDate || date > absence.untilDate) return null
  const from = date === absence.fromDate ? absence.from : 0
  const until = date === absence.untilDate ? absence.until : 1440
  return until > from ? { from, until } : null
}
