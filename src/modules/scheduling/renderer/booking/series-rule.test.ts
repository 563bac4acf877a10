import { expect, test } from 'vitest'
import { newRepeat, ruleOf, weekdaysWith } from './series-rule.ts'

const monday = '2026-11-23'

test('six weeks on the weekday of the first visit, unless told otherwise', () => {
  expect(ruleOf(newRepeat, monday)).toEqual({
    freq: 'weekly',
    interval: 1,
    weekdays: [1],
    monthlyBy: 'day',
    anchor: null,
    count: 6,
    until: null,
  })
})

test('other weekdays come beside that of the first visit, in order', () => {
  expect(weekdaysWith([5, 3], monday)).toEqual([1, 3, 5])
  expect(weekdaysWith([1], monday)).toEqual([1])
})

test('months know no weekdays', () => {
  expect(ruleOf({ ...newRepeat, freq: 'monthly', weekdays: [3] }, monday)?.weekdays).toEqual([])
})

test('numbers that cannot be used make no rule', () => {
  for (const count of ['', '0', '131', '2.5', 'many']) {
    expect(ruleOf({ ...newRepeat, count }, monday)).toBeNull()
  }
  expect(ruleOf({ ...newRepeat, interval: '53' }, monday)).toBeNull()
})
