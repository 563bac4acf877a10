import { describe, expect, test } from 'vitest'
import { birthDateOfAge, isPossibleAge, parseAge } from './age-input.ts'

describe('an age is read as people type it', () => {
  test.each([
    ['40', 40, 'year'],
    ['40y', 40, 'year'],
    [' 40 years ', 40, 'year'],
    ['7 months', 7, 'month'],
    ['7m', 7, 'month'],
    ['3 wk.', 3, 'week'],
    ['10 d', 10, 'day'],
    ['٤٠', 40, 'year'],
    ['٤٠ سنة', 40, 'year'],
    ['3 أشهر', 3, 'month'],
    ['2 أسابيع', 2, 'week'],
  ])('%s', (text, value, unit) => {
    expect(parseAge(text)).toEqual({ value, unit })
  })

  test.each(['', '1986', '14.3.1986', 'forty', '40 cats', '3/4', '-3'])('"%s" is not an age', (text) => {
    expect(parseAge(text)).toBeNull()
  })
})

describe('an age stands for an estimated birth date', () => {
  test.each([
    [40, 'year', '1986'],
    [0, 'year', '2026'],
    [7, 'month', '2025-08'],
    [3, 'month', '2025-12'],
    [26, 'month', '2024-01'],
    [2, 'week', '2026-02-28'],
    [10, 'day', '2026-03-04'],
  ] as const)('%s %ss', (value, unit, date) => {
    expect(birthDateOfAge({ value, unit }, '2026-03-14')).toBe(date)
  })

  test('nobody is older than 130', () => {
    expect(isPossibleAge({ value: 130, unit: 'year' })).toBe(true)
    expect(isPossibleAge({ value: 131, unit: 'year' })).toBe(false)
  })
})
