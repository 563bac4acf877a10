// How long, at most how much, how many on the script and how often it may be filled again.
import { isClear } from './dose.ts'
import { type Part, phrase, type PhraseReader, type Values } from './pattern.ts'
import type { Duration, Maximum } from './types.ts'

function lasting({ amounts: [amount], periods: [unit], courses: [course] }: Values): Part | null {
  if (course) return { slot: 'duration', value: { low: course.value, high: null, unit: course.unit } }
  if (!amount || !unit || unit === 'h' || unit === 'min' || amount.low < 1) return null
  return { slot: 'duration', value: { low: amount.low, high: amount.high, unit } }
}
const fixed = (low: number, unit: Duration['unit']) => (): Part => ({
  slot: 'duration',
  value: { low, high: null, unit },
})

export const durationPhrases: readonly PhraseReader[] = [
  // Without "for" or "x" a number of days could belong to anything.
  phrase('for|x {range} {period}', lasting),
  phrase('for|x {course}', lasting),
  phrase('{course}', lasting),
  phrase('for a day', fixed(1, 'd')),
  phrase('for a week', fixed(1, 'wk')),
  phrase('for a fortnight', fixed(2, 'wk')),
  phrase('for a month', fixed(1, 'mo')),
]

type MaxUnit = Maximum['unit']
const atMost =
  (period: number, periodUnit: Maximum['periodUnit'], word?: 'dose' | 'times') =>
  ({ amounts: [amount], units: [unit] }: Values): Part | null => {
    const named: MaxUnit = word ?? unit ?? null
    if (!amount || amount.high !== null || !isClear(amount, unit ?? null)) return null
    return { slot: 'max', value: { value: amount.low, unit: named, period, periodUnit } }
  }

const limits = ['max', 'maximum', 'maximum|max of', 'no|not more than', 'at most', 'do not exceed', 'max :']
const spans: readonly (readonly [string, number, Maximum['periodUnit']])[] = [
  ['in|per|every 24 {period}', 24, 'h'],
  ['a|per|each|every day', 1, 'd'],
  ['in a day', 1, 'd'],
  ['/ day', 1, 'd'],
  ['/ 24 {period}', 24, 'h'],
  ['daily', 1, 'd'],
  ['a|per|each|every week', 1, 'wk'],
  ['/ week', 1, 'wk'],
  ['weekly', 1, 'wk'],
]
const inHours =
  (make: (v: Values) => Part | null) =>
  (values: Values): Part | null =>
    values.periods.every((p) => p === 'h') ? make(values) : null

export const maximumPhrases: readonly PhraseReader[] = limits.flatMap((limit) =>
  spans.flatMap(([span, period, unit]) => [
    phrase(`${limit} {amount} {unit} ${span}`, inHours(atMost(period, unit))),
    phrase(`${limit} {n} ${span}`, inHours(atMost(period, unit))),
    phrase(`${limit} {n} dose|doses ${span}`, inHours(atMost(period, unit, 'dose'))),
    phrase(`${limit} {n} times ${span}`, inHours(atMost(period, unit, 'times'))),
  ]),
)

function supply({ amounts: [amount], units: [unit] }: Values): Part | null {
  if (!amount || amount.high !== null || !isClear(amount, unit ?? null)) return null
  return { slot: 'quantity', value: { value: amount.low, unit: unit ?? null } }
}
const refills = ({ amounts: [amount] }: Values): Part | null =>
  amount && amount.high === null && amount.low <= 99 ? { slot: 'refills', value: amount.low } : null

export const supplyPhrases: readonly PhraseReader[] = [
  phrase('# {n}', supply),
  phrase('disp|dispense|qty|quantity|supply :? #? {n}', supply),
  phrase('disp|dispense|qty|quantity|supply :? {amount} {unit}', supply),
  phrase('# {n} {unit}', supply),
  phrase('no|zero refills|refill|repeats', () => ({ slot: 'refills', value: 0 })),
  // "repeat x 1" is an order to give it once more.
  phrase('{n} refills|refill|repeats', refills),
  phrase('refills|refill|repeats :? {n}', refills),
  phrase('refill|refills x {n}', refills),
]
