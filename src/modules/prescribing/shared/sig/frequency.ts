// How often: times a day, every so many hours, on which days, at which hours. What could be read two ways is not here.
import {
  type Amount,
  isDash,
  type Match,
  type Part,
  phrase,
  type PhraseReader,
  type Values,
} from './pattern.ts'
import type { Token } from './tokenise.ts'
import type { Frequency, PeriodUnit, Weekday, When } from './types.ts'
import { weekdayWords } from './vocabulary.ts'

export const noFrequency: Frequency = {
  times: 1,
  timesHigh: null,
  period: 1,
  periodHigh: null,
  periodUnit: 'd',
  whens: [],
  clock: [],
  weekdays: [],
}

const often = (value: Partial<Frequency>): Part => ({ slot: 'frequency', value })

const one: Amount = { low: 1, high: null, hasComma: false }

/** n times in one period. */
const timesIn = (periodUnit: PeriodUnit, fixed?: number, needsDose?: true) => {
  return ({ amounts }: Values): Part | null => {
    const times = fixed === undefined ? amounts[0] : { ...one, low: fixed }
    if (!times || times.low < 1 || (times.high ?? times.low) > 24) return null
    const value = { times: times.low, timesHigh: times.high, periodUnit }
    return needsDose ? { slot: 'frequency', value, needsDose } : often(value)
  }
}
const upTo = (periodUnit: PeriodUnit, fixed?: number) => (values: Values) => {
  const part = timesIn(periodUnit, fixed)(values)
  if (part?.slot !== 'frequency' || part.value.timesHigh) return null
  return often({ ...part.value, times: 0, timesHigh: part.value.times ?? 1 })
}

/** Once in n periods. */
const everyN = ({ amounts: [every = one], periods: [unit] }: Values): Part | null => {
  if (!unit || every.low < 1 || (unit === 'h' && (every.high ?? every.low) > 168)) return null
  return often({ period: every.low, periodHigh: every.high, periodUnit: unit })
}
const everyHours = (values: Values) => everyN({ ...values, periods: ['h'] })
const every = (period: number, periodUnit: PeriodUnit) => () => often({ period, periodUnit })

const aDay = ['daily', 'a|per|each|every day', '/ day']
const aWeek = ['weekly', 'a|per|each|every week', '/ week']
const aMonth = ['monthly', 'a|per|each|every month']
const counted: readonly (readonly [string, number])[] = [
  ['once', 1],
  ['twice', 2],
  ['thrice', 3],
]

function timesPhrases(unit: PeriodUnit, periods: readonly string[]): PhraseReader[] {
  return periods.flatMap((period) => [
    ...counted.map(([word, n]) => phrase(`${word} ${period}`, timesIn(unit, n))),
    ...counted.slice(0, 2).map(([word, n]) => phrase(`up to ${word} ${period}`, upTo(unit, n))),
    phrase(`{range} times ${period}`, timesIn(unit)),
    phrase(`up to {n} times ${period}`, upTo(unit)),
    // "2 x daily": the 2 could be the dose where no dose stands beside it.
    phrase(`{n} x ${period}`, timesIn(unit, undefined, true)),
  ])
}

export const frequencyPhrases: readonly PhraseReader[] = [
  ...timesPhrases('d', aDay),
  ...timesPhrases('wk', aWeek),
  ...timesPhrases('mo', aMonth),
  phrase('daily', timesIn('d', 1)),
  phrase('every|each day', timesIn('d', 1)),
  phrase('qd', timesIn('d', 1)),
  phrase('bid|bd', timesIn('d', 2)),
  phrase('tid|tds', timesIn('d', 3)),
  phrase('qid|qds', timesIn('d', 4)),
  phrase('once? every {range} {period}', everyN),
  phrase('q {range} h|hr|hrs|hours', everyHours),
  phrase('q {n} d|days', (v) => everyN({ ...v, periods: ['d'] })),
  phrase('every hour', every(1, 'h')),
  // "hourly" alone is left out: it is what remains of "6 hourly" when the number is lost.
  phrase('{range} hourly|hrly', everyHours),
  phrase('{range} {joint} hourly', everyHours),
  phrase('once? every other|second day', every(2, 'd')),
  phrase('on? alternate days', every(2, 'd')),
  phrase('qod', every(2, 'd')),
  phrase('weekly', every(1, 'wk')),
  phrase('every|each week', every(1, 'wk')),
  phrase('every other|second week', every(2, 'wk')),
  phrase('fortnightly', every(2, 'wk')),
  phrase('every fortnight', every(2, 'wk')),
  phrase('monthly', every(1, 'mo')),
  phrase('every|each month', every(1, 'mo')),
  phrase('stat', () => often({ periodUnit: 'once' })),
  phrase('as a single dose', () => often({ periodUnit: 'once' })),
  phrase('single dose', () => often({ periodUnit: 'once' })),
  phrase('one time only', () => often({ periodUnit: 'once' })),
]

const slotNames: readonly When[] = ['morning', 'noon', 'evening', 'night']

/** "1-0-1": morning, noon, evening and, where there are four, night. Only with one dose throughout. */
export function schemeAt(
  tokens: readonly Token[],
  at: number,
): { readonly end: number; readonly dose: number; readonly whens: When[] } | null {
  const doses: number[] = []
  let end = at
  for (;;) {
    const token = tokens[end]
    if (token?.kind !== 'number' || token.value === undefined || token.hasComma) return null
    doses.push(token.value)
    end += 1
    if (!isDash(tokens, end)) break
    end += 1
  }
  if (doses.length < 3 || doses.length > 4) return null
  const given = new Set(doses.filter((dose) => dose > 0))
  const [dose] = given
  if (dose === undefined || given.size > 1) return null
  return { end, dose, whens: slotNames.filter((_name, i) => (doses[i] ?? 0) > 0) }
}

type Named = readonly [pattern: readonly string[], when: When]
const dayparts: readonly Named[] = [
  [['in', 'the', 'morning'], 'morning'],
  [['every', 'morning'], 'morning'],
  [['each', 'morning'], 'morning'],
  [['morning'], 'morning'],
  [['mane'], 'morning'],
  [['qam'], 'morning'],
  [['at', 'noon'], 'noon'],
  [['noon'], 'noon'],
  [['at', 'midday'], 'noon'],
  [['midday'], 'noon'],
  [['in', 'the', 'afternoon'], 'afternoon'],
  [['afternoon'], 'afternoon'],
  [['in', 'the', 'evening'], 'evening'],
  [['every', 'evening'], 'evening'],
  [['each', 'evening'], 'evening'],
  [['evening'], 'evening'],
  [['qpm'], 'evening'],
  [['at', 'night'], 'night'],
  [['every', 'night'], 'night'],
  [['each', 'night'], 'night'],
  [['nightly'], 'night'],
  [['night'], 'night'],
  [['nocte'], 'night'],
  [['at', 'bedtime'], 'bedtime'],
  [['every', 'bedtime'], 'bedtime'],
  [['bedtime'], 'bedtime'],
  [['hs'], 'bedtime'],
  [['qhs'], 'bedtime'],
]
/** Alone these are no time of day: "breakfast" needs its before, with or after. */
const mustBeIntroduced = new Set(['morning', 'noon', 'midday', 'afternoon', 'evening', 'night', 'bedtime'])
const meals: Readonly<Record<string, string>> = {
  breakfast: 'breakfast',
  lunch: 'lunch',
  dinner: 'dinner',
  supper: 'dinner',
}
/** "morning/night" may be either of them: only days are listed so. */
const isLink = (token: Token | undefined, slash = false) =>
  token !== undefined &&
  (token.text === 'and' || token.text === ',' || token.text === '&' || (slash && token.text === '/'))

function daypartAt(tokens: readonly Token[], at: number): { end: number; when: When; bare: boolean } | null {
  for (const [pattern, when] of dayparts) {
    if (pattern.every((word, i) => tokens[at + i]?.text === word)) {
      const bare = pattern.length === 1 && mustBeIntroduced.has(pattern[0] ?? '')
      return { end: at + pattern.length, when, bare }
    }
  }
  return null
}

/** "in the morning and at night", "morning, noon and night" after one that was introduced or counted. */
function daypartList(tokens: readonly Token[], at: number): Match | null {
  const first = daypartAt(tokens, at)
  if (!first) return null
  const found = [first.when]
  let end = first.end
  for (;;) {
    const link = linkAt(tokens, end)
    const next = link === null ? null : daypartAt(tokens, link)
    if (!next) break
    found.push(next.when)
    end = next.end
  }
  // A lone "morning" may be anything; two of them are a list.
  if (first.bare && found.length === 1) return null
  return { end, part: { slot: 'when', whens: found } }
}

function linkAt(tokens: readonly Token[], at: number, slash = false): number | null {
  if (!isLink(tokens[at], slash)) return null
  return tokens[at]?.text === ',' && tokens[at + 1]?.text === 'and' ? at + 2 : at + 1
}

function mealList(tokens: readonly Token[], at: number): Match | null {
  const relation = tokens[at]?.text
  if (relation !== 'before' && relation !== 'with' && relation !== 'after') return null
  const found: When[] = []
  let end = at + 1
  for (;;) {
    const meal = meals[tokens[end]?.text ?? '']
    if (meal === undefined) break
    found.push(`${relation}-${meal}` as When)
    end += 1
    const link = linkAt(tokens, end)
    // Each meal may repeat the relation or not, but never change it.
    if (link === null) break
    const next = tokens[link]?.text === relation ? link + 1 : link
    if (meals[tokens[next]?.text ?? ''] === undefined) break
    end = next
  }
  return found.length === 0 ? null : { end, part: { slot: 'when', whens: found } }
}

function clockAt(tokens: readonly Token[], at: number): { end: number; time: string } | null {
  const token = tokens[at]
  if (!token) return null
  const half = tokens[at + 1]?.text
  const isHalf = half === 'am' || half === 'pm'
  if (token.kind === 'clock') {
    const [hour = 0, minute = 0] = token.text.split(':').map(Number)
    if (isHalf) return hour < 1 || hour > 12 ? null : { end: at + 2, time: wall(hour, minute, half === 'pm') }
    // "8:00" alone: morning or evening?
    return hour < 13 && !token.text.startsWith('0') && hour !== 0
      ? null
      : { end: at + 1, time: wall24(hour, minute) }
  }
  if (token.kind !== 'number' || !isHalf || !/^\d+$/.test(token.text)) return null
  const hour = token.value ?? 0
  return hour < 1 || hour > 12 ? null : { end: at + 2, time: wall(hour, 0, half === 'pm') }
}
const wall = (hour: number, minute: number, pm: boolean) => wall24((hour % 12) + (pm ? 12 : 0), minute)
const wall24 = (hour: number, minute: number) =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`

/** "at 8 am and 8 pm". */
function clockList(tokens: readonly Token[], at: number): Match | null {
  if (tokens[at]?.text !== 'at') return null
  const times: string[] = []
  let end = at + 1
  for (;;) {
    const next = clockAt(tokens, end)
    if (!next) return null
    times.push(next.time)
    end = next.end
    const link = linkAt(tokens, end)
    if (link === null || !clockAt(tokens, link)) break
    end = link
  }
  return { end, part: { slot: 'when', clock: times } }
}

/** "on Monday, Wednesday and Friday", "every Monday", "Mon/Wed/Fri". */
function weekdayList(tokens: readonly Token[], at: number): Match | null {
  const intro = tokens[at]?.text
  let end = intro === 'on' || intro === 'every' || intro === 'each' ? at + 1 : at
  const isIntroduced = end > at
  const found: Weekday[] = []
  for (;;) {
    const day = weekdayWords[tokens[end]?.text ?? '']
    if (day === undefined) break
    found.push(day)
    end += 1
    const link = linkAt(tokens, end, true)
    const next = link ?? end
    if (weekdayWords[tokens[next]?.text ?? ''] === undefined) break
    end = next
  }
  if (found.length === 0 || (!isIntroduced && found.length === 1)) return null
  return { end, part: { slot: 'when', weekdays: found } }
}

export const whenReaders: readonly PhraseReader[] = [daypartList, mealList, clockList, weekdayList]
