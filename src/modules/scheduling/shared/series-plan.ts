// What a change of a series does to each of its visits, decided without a database. Pure.
import { addDays } from '#shared/zoned-time.ts'
import { continuedFrom, datesOf, endedBefore, shifted } from './series.ts'
import type { SeriesRule } from './shapes.ts'

export interface Occurrence {
  readonly id: string
  /** The day the rule means. */
  readonly date: string
  readonly status: string
  /** Changed on its own. */
  readonly detached: boolean
  /** Has begun, is over, or its time has passed: never changed. */
  readonly frozen: boolean
}

export interface SeriesState {
  readonly rule: SeriesRule
  readonly firstDate: string
}

export interface Change {
  readonly scope: 'following' | 'all'
  /** The date of the visit the change was made on. */
  readonly at: string
  readonly shiftDays: number
  readonly rule: SeriesRule | null
}

export interface Plan {
  /** The series as it ends before the change; `null` where it is changed as a whole. */
  readonly ended: SeriesState | null
  readonly next: SeriesState
  /** Visits that take the new time on a date. */
  readonly place: readonly { readonly id: string; readonly date: string }[]
  /** Visits that only learn which date they now stand for: moved ones keep their time, cancelled ones stay so. */
  readonly relabel: readonly { readonly id: string; readonly date: string }[]
  /** Visits whose date is no more: cancelled, and no longer of the series. */
  readonly close: readonly string[]
  /** Visits changed or cancelled on their own whose date is no more: they stay as they are, outside of the series. */
  readonly loosen: readonly string[]
  /** Dates that get a new visit. */
  readonly add: readonly string[]
  /** All visits that belong to the changed series from now on. */
  readonly members: readonly string[]
}

/** `null` where the new rule goes past the limits or gives no date. */
export function planChange(
  series: SeriesState,
  occurrences: readonly Occurrence[],
  change: Change,
): Plan | null {
  const oldDates = datesOf(series.rule, series.firstDate) ?? []
  const whole = change.scope === 'all' || oldDates.every((date) => date >= change.at)
  const next = nextState(series, change, whole)
  const newDates = datesOf(next.rule, next.firstDate)
  if (newDates === null || newDates.length === 0) return null
  const affected = whole ? oldDates : oldDates.filter((date) => date >= change.at)
  const dateFor = pairing(affected, newDates, change.rule !== null)
  const members = occurrences.filter((o) => whole || o.date >= change.at)
  const place: { id: string; date: string }[] = []
  const relabel: { id: string; date: string }[] = []
  const close: string[] = []
  const loosen: string[] = []
  const taken = new Set<string>()
  for (const o of members) {
    const date = dateFor(o.date)
    if (date !== undefined) taken.add(date)
    const isOnRule = !o.frozen && !o.detached && o.status === 'booked'
    if (date !== undefined && isOnRule) place.push({ id: o.id, date })
    else if (date !== undefined && date !== o.date) relabel.push({ id: o.id, date })
    else if (date === undefined && isOnRule) close.push(o.id)
    else if (date === undefined && !o.frozen) loosen.push(o.id)
  }
  const apart = new Set([...close, ...loosen])
  return {
    ended: whole ? null : { rule: endedBefore(series.rule, change.at), firstDate: series.firstDate },
    next,
    place,
    relabel,
    close,
    loosen,
    add: newDates.filter((date) => !taken.has(date)),
    members: members.map((o) => o.id).filter((id) => !apart.has(id)),
  }
}

function nextState(series: SeriesState, change: Change, whole: boolean): SeriesState {
  const first = whole ? series.firstDate : change.at
  if (change.rule) return { rule: change.rule, firstDate: first }
  const rule = whole ? series.rule : continuedFrom(series.rule, series.firstDate, change.at)
  return { rule: shifted(rule, change.shiftDays), firstDate: addDays(first, change.shiftDays) }
}

/** A new rule keeps the visits on dates both rules have; moved as a whole, the first date answers to the first. */
function pairing(
  from: readonly string[],
  to: readonly string[],
  byDate: boolean,
): (date: string) => string | undefined {
  const known = new Set(to)
  if (byDate) return (date) => (known.has(date) ? date : undefined)
  const at = new Map(from.map((date, n) => [date, to[n]]))
  return (date) => at.get(date)
}
