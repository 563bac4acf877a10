// Dates of a rule against the `rrule` library, an implementation by other people; and edits of a series against a model of
// a rule with exceptions that is built on it and shares no code with ours.
import fc from 'fast-check'
import { RRule, Weekday } from 'rrule'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, weekdayOf } from '#shared/zoned-time.ts'
import { datesOf } from './series.ts'
import { type Occurrence, planChange, type SeriesState } from './series-plan.ts'
import type { SeriesRule } from './shapes.ts'

const utc = (date: string) => new Date(`${date}T00:00:00Z`)
const day = (at: Date) => at.toISOString().slice(0, 10)

const known = new Map<string, string[]>()

/** What the rule means, in RFC 5545 words; the library is slow, so each answer is kept. */
function rruleDates(rule: SeriesRule, first: string): string[] {
  const key = `${first} ${JSON.stringify(rule)}`
  const dates = known.get(key) ?? askLibrary(rule, first)
  known.set(key, dates)
  return dates
}

function askLibrary(rule: SeriesRule, first: string): string[] {
  const dayOfMonth = Number(first.slice(8))
  const options: Partial<ConstructorParameters<typeof RRule>[0]> = {
    dtstart: utc(first),
    interval: rule.interval,
    wkst: RRule.MO,
    ...(rule.count === null ? {} : { count: rule.count }),
    ...(rule.until === null ? {} : { until: utc(rule.until) }),
  }
  if (rule.freq === 'daily') return new RRule({ ...options, freq: RRule.DAILY }).all().map(day)
  if (rule.freq === 'weekly') {
    const weekdays = rule.weekdays.length === 0 ? [weekdayOf(first)] : rule.weekdays
    return new RRule({ ...options, freq: RRule.WEEKLY, byweekday: weekdays.map((w) => w - 1) }).all().map(day)
  }
  if (rule.monthlyBy === 'day') {
    const anchor = rule.anchor ?? dayOfMonth
    const days = anchor > 28 ? Array.from({ length: anchor - 27 }, (_, n) => 28 + n) : [anchor]
    return new RRule({ ...options, freq: RRule.MONTHLY, bymonthday: days, bysetpos: -1 }).all().map(day)
  }
  const nth = rule.anchor ?? Math.ceil(dayOfMonth / 7)
  const weekday = new Weekday(weekdayOf(first) - 1, nth >= 5 ? -1 : nth)
  return new RRule({ ...options, freq: RRule.MONTHLY, byweekday: [weekday] }).all().map(day)
}

const dateArb = fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2024-01-01', n))

/** Few dates, so that nothing meets the limits of two years and 130 visits. */
const ruleArb = (first: string): fc.Arbitrary<SeriesRule> =>
  fc
    .record({
      freq: fc.constantFrom('daily', 'weekly', 'monthly'),
      interval: fc.integer({ min: 1, max: 3 }),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
      monthlyBy: fc.constantFrom('day', 'weekday'),
      count: fc.option(fc.integer({ min: 1, max: 7 })),
      days: fc.integer({ min: 0, max: 120 }),
    })
    .map(({ days, ...rule }) => ({
      ...rule,
      anchor: null,
      weekdays: rule.freq === 'weekly' ? rule.weekdays.toSorted((a, b) => a - b) : [],
      until: rule.count === null ? addDays(first, days) : null,
    }))

test('the dates of any rule are those of RFC 5545', () => {
  fc.assert(
    fc.property(
      dateArb.chain((first) => fc.tuple(fc.constant(first), ruleArb(first))),
      ([first, rule]) => {
        expect(datesOf(rule, first)).toEqual(rruleDates(rule, first))
      },
    ),
    { numRuns: 1500 },
  )
})

const plain: SeriesRule = {
  freq: 'monthly',
  interval: 1,
  weekdays: [],
  monthlyBy: 'day',
  anchor: null,
  count: 4,
  until: null,
}

test('a series on the 31st takes the last day of shorter months and keeps the 31st', () => {
  expect(datesOf(plain, '2026-01-31')).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'])
})

test('a rule without an end, beyond two years or 130 visits is refused', () => {
  expect(datesOf({ ...plain, count: null }, '2026-01-31')).toBeNull()
  expect(datesOf({ ...plain, count: 26 }, '2026-01-31')).toBeNull()
  expect(datesOf({ ...plain, freq: 'daily', count: 130 }, '2026-01-01')).toHaveLength(130)
  expect(datesOf({ ...plain, freq: 'daily', count: null, until: '2026-12-31' }, '2026-01-01')).toBeNull()
})

describe('edits of a series', () => {
  type Exception = 'cancelled' | { readonly date: string; readonly start: number }
  interface Segment {
    rule: SeriesRule
    first: string
    start: number
    exceptions: Map<string, Exception>
  }
  interface Model {
    segments: Segment[]
    /** Left a series because its date is no more, but somebody had agreed on it. */
    loose: { date: string; start: number }[]
  }

  const visible = ({ segments, loose }: Model): string[] =>
    [
      ...segments.flatMap((s) =>
        rruleDates(s.rule, s.first).flatMap((date) => {
          const exception = s.exceptions.get(date)
          if (exception === 'cancelled') return []
          return [exception ?? { date, start: s.start }]
        }),
      ),
      ...loose,
    ]
      .map(({ date, start }) => `${date} ${start}`)
      .sort()

  interface Edit {
    readonly kind: 'move' | 'cancel' | 'time' | 'shift' | 'rule'
    readonly scope: 'following' | 'all'
    readonly which: number
    readonly at: number
    readonly days: number
    readonly start: number
    readonly rule: Omit<SeriesRule, 'until' | 'anchor'>
    readonly length: number
  }
  const editArb: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constantFrom('move', 'cancel', 'time', 'shift', 'rule'),
    scope: fc.constantFrom('following', 'all'),
    which: fc.nat(50),
    at: fc.nat(50),
    days: fc.integer({ min: -6, max: 6 }),
    start: fc.integer({ min: 96, max: 200 }).map((n) => n * 5),
    rule: ruleArb('2024-01-01').map(({ until: _u, anchor: _a, ...rule }) => rule),
    length: fc.integer({ min: 0, max: 120 }),
  })

  /** In words: a rule with exceptions; the change of all renames exceptions with their dates, a split makes two. */
  function changeModel(
    model: Model,
    segment: Segment,
    at: string,
    edit: Edit,
    rule: SeriesRule | null,
  ): boolean {
    const dates = rruleDates(segment.rule, segment.first)
    const whole = edit.scope === 'all' || at === dates[0]
    const from = whole ? 0 : dates.indexOf(at)
    const affected = dates.slice(from)
    const shift = edit.kind === 'shift' ? edit.days : 0
    const start = edit.kind === 'time' ? edit.start : segment.start
    const base = whole ? segment.first : at
    const first = addDays(base, shift)
    const next = rule ?? turned(remaining(segment, whole ? 0 : from, base), shift)
    const target = rruleDates(next, first)
    if (target.length === 0 || target.length > 130 || (target.at(-1) ?? '') > addMonths(first, 24))
      return false
    const exceptions = new Map<string, Exception>()
    for (const [n, date] of affected.entries()) {
      const exception = segment.exceptions.get(date)
      if (!exception) continue
      const now = rule ? (target.includes(date) ? date : undefined) : target[n]
      if (now !== undefined) exceptions.set(now, exception)
      else if (exception !== 'cancelled') model.loose.push(exception)
    }
    const changed: Segment = { rule: next, first, start, exceptions }
    if (whole) Object.assign(segment, changed)
    else {
      segment.rule = { ...segment.rule, count: null, until: addDays(at, -1) }
      for (const date of affected) segment.exceptions.delete(date)
      model.segments.push(changed)
    }
    return true
  }

  /** The rule from its n-th date on: the same pattern, fewer visits. */
  function remaining({ rule, first }: Segment, n: number, base: string): SeriesRule {
    if (base === first) return rule
    const dayOfMonth = Number(first.slice(8))
    const monthly = rule.anchor ?? (rule.monthlyBy === 'day' ? dayOfMonth : Math.ceil(dayOfMonth / 7))
    return {
      ...rule,
      anchor: rule.freq === 'monthly' ? monthly : null,
      weekdays: rule.freq === 'weekly' && rule.weekdays.length === 0 ? [weekdayOf(first)] : rule.weekdays,
      count: rule.count === null ? null : rule.count - n,
    }
  }

  function turned(rule: SeriesRule, days: number): SeriesRule {
    if (days === 0) return rule
    const weekdays = rule.weekdays
      .map((w) => weekdayOf(addDays('2024-01-01', w - 1 + days)))
      .sort((a, b) => a - b)
    return { ...rule, weekdays, anchor: null, until: rule.until === null ? null : addDays(rule.until, days) }
  }

  /** Our side: rows as the database has them, changed only as the plan says. */
  interface Row extends Occurrence {
    series: number | null
    day: string
    start: number
  }
  interface Ours {
    series: (SeriesState & { start: number })[]
    rows: Row[]
    nextId: number
  }
  const booked = ({ rows }: Ours) =>
    rows
      .filter((r) => r.status === 'booked')
      .map((r) => `${r.day} ${r.start}`)
      .sort()

  const rowOn = (ours: Ours, series: number, date: string, start: number): Row => ({
    id: String(ours.nextId++),
    date,
    status: 'booked',
    detached: false,
    frozen: false,
    series,
    day: date,
    start,
  })

  function changeOurs(ours: Ours, n: number, at: string, edit: Edit, rule: SeriesRule | null): boolean {
    const state = ours.series[n]
    if (!state) throw new Error('no such series')
    const shiftDays = edit.kind === 'shift' ? edit.days : 0
    const start = edit.kind === 'time' ? edit.start : state.start
    const own = ours.rows.filter((r) => r.series === n)
    const plan = planChange(state, own, { scope: edit.scope, at, shiftDays, rule })
    if (!plan) return false
    const target = plan.ended ? ours.series.length : n
    if (plan.ended) ours.series[n] = { ...plan.ended, start: state.start }
    ours.series[target] = { ...plan.next, start }
    const set = (id: string, changes: Partial<Row>) => {
      ours.rows = ours.rows.map((r) => (r.id === id ? { ...r, ...changes } : r))
    }
    for (const id of plan.close) set(id, { status: 'cancelled', series: null })
    for (const id of plan.loosen) set(id, { series: null })
    for (const id of plan.members) set(id, { series: target })
    for (const { id, date } of plan.relabel) set(id, { date })
    for (const { id, date } of plan.place) set(id, { date, day: date, start })
    for (const date of plan.add) ours.rows.push(rowOn(ours, target, date, start))
    return true
  }

  const sequences = 500
  const editsEach = 20

  test('ten thousand random edits leave exactly the visits that a rule with exceptions has', () => {
    let edits = 0
    const start = dateArb.chain((first) => fc.tuple(fc.constant(first), ruleArb(first)))
    fc.assert(
      fc.property(
        start,
        fc.array(editArb, { minLength: editsEach, maxLength: editsEach }),
        ([first, rule], list) => {
          fc.pre(rruleDates(rule, first).length > 0)
          const model: Model = { segments: [{ rule, first, start: 540, exceptions: new Map() }], loose: [] }
          const ours: Ours = { series: [{ rule, firstDate: first, start: 540 }], rows: [], nextId: 0 }
          for (const date of datesOf(rule, first) ?? []) ours.rows.push(rowOn(ours, 0, date, 540))
          for (const edit of list) {
            edits += 1
            const n = edit.which % model.segments.length
            const segment = model.segments[n]
            const dates = segment ? rruleDates(segment.rule, segment.first) : []
            const at = dates[edit.at % Math.max(1, dates.length)]
            if (!segment || at === undefined) continue
            apply(model, ours, segment, n, at, edit)
            expect(booked(ours)).toEqual(visible(model))
          }
        },
      ),
      { numRuns: sequences },
    )
    expect(edits).toBeGreaterThanOrEqual(sequences * editsEach)
  }, 120_000)

  function apply(model: Model, ours: Ours, segment: Segment, n: number, at: string, edit: Edit): void {
    const row = ours.rows.find((r) => r.series === n && r.date === at)
    if (!row) throw new Error(`no visit stands for ${at}`)
    if (edit.kind === 'move' || edit.kind === 'cancel') {
      if (row.status !== 'booked') return
      const to = { date: addDays(at, edit.days), start: edit.start }
      segment.exceptions.set(at, edit.kind === 'cancel' ? 'cancelled' : to)
      const changes: Partial<Row> =
        edit.kind === 'cancel' ? { status: 'cancelled' } : { day: to.date, start: to.start, detached: true }
      ours.rows = ours.rows.map((r) => (r === row ? { ...r, ...changes } : r))
      return
    }
    const rule: SeriesRule | null =
      edit.kind === 'rule'
        ? { ...edit.rule, anchor: null, until: edit.rule.count === null ? addDays(at, edit.length) : null }
        : null
    expect(changeOurs(ours, n, at, edit, rule)).toBe(changeModel(model, segment, at, edit, rule))
  }
})
