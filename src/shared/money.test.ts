// Amounts: rounding, reading what people type, never guessing.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { basisPointsOf, formatMoney, minorDigits, parseMoney } from './money.ts'

test('amounts as people type them', () => {
  for (const [text, minor] of [
    ['12', 1200],
    ['12.5', 1250],
    ['12,50', 1250],
    ['1,234.50', 123_450],
    ['1.234,50', 123_450],
    ['1 234,50', 123_450],
    ['1,234,567', 123_456_700],
    ['-3.07', -307],
    ['١٢٫٥٠', 1250],
  ] as const) {
    expect(parseMoney(text, 'EUR'), text).toBe(minor)
  }
  expect(parseMoney('500', 'JPY')).toBe(500)
  expect(parseMoney('1.250', 'KWD')).toBe(null)
})

test('what is no amount, or could be two, is refused', () => {
  for (const text of [
    '',
    'abc',
    '1.2.3',
    '12.345',
    '1,234',
    '1.234',
    '12,3,4',
    '1.234.50',
    '--1',
    '9'.repeat(20),
  ]) {
    expect(parseMoney(text, 'EUR'), text).toBeNull()
  }
  expect(parseMoney('1.5', 'JPY')).toBeNull()
})

test('what is shown can be typed back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -99_999, max: 99_999 }), (minor) => {
      expect(parseMoney((minor / 100).toFixed(2), 'EUR')).toBe(minor)
    }),
  )
})

test('parts are rounded half away from zero', () => {
  expect(basisPointsOf(50, 100)).toBe(1)
  expect(basisPointsOf(-50, 100)).toBe(-1)
  expect(basisPointsOf(49, 100)).toBe(0)
  expect(basisPointsOf(10_000, 1900)).toBe(1900)
})

test('digits follow the currency', () => {
  expect([minorDigits('EUR'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3])
  expect(formatMoney(123_450, 'EUR', 'en-IE')).toBe('€1,234.50')
})
