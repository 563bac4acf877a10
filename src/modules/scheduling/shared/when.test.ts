// What people type for "when", in English and Arabic and in the order of the clinic's dates.
import { expect, test } from 'vitest'
import { addDays, addMonths } from '#shared/zoned-time.ts'
import { parseWhen } from './when.ts'

const today = '2026-03-04' // a Wednesday
const read = (text: string, locale = 'en-GB') => {
  const when = parseWhen(text, { locale, today })
  return when.ok ? `${when.date}${when.minute === null ? '' : ` ${when.minute}`}` : when.problem
}

test('spans count from today; months end on their last day', () => {
  for (const [text, date] of [
    ['2w', addDays(today, 14)],
    ['2 weeks', addDays(today, 14)],
    ['in 10 days', addDays(today, 10)],
    ['3d', addDays(today, 3)],
    ['1m', addMonths(today, 1)],
    ['6mo', addMonths(today, 6)],
    ['1y', addMonths(today, 12)],
    ['', today],
    ['now', today],
    ['Tomorrow', '2026-03-05'],
  ] as const) {
    expect(read(text), text).toBe(date)
  }
})

test('a weekday is the next one, never today', () => {
  expect(read('fri')).toBe('2026-03-06')
  expect(read('wednesday')).toBe('2026-03-11')
  expect(read('dienstag', 'de-DE')).toBe('2026-03-10')
  expect(read('mi', 'de-DE')).toBe('2026-03-11')
})

test('dates in the clinic’s order, with and without a year, and the next time a day comes', () => {
  expect(read('14/03/2026')).toBe('2026-03-14')
  expect(read('2026-03-14')).toBe('2026-03-14')
  expect(read('03/14/2026', 'en-US')).toBe('2026-03-14')
  expect(read('3/14', 'en-US')).toBe('2026-03-14')
  expect(read('14.3.', 'de-DE')).toBe('2026-03-14')
  expect(read('14.03', 'de-DE')).toBe('2026-03-14')
  expect(read('2/1')).toBe('2027-01-02')
  expect(read('14 mar')).toBe('2026-03-14')
  expect(read('14/03/27')).toBe('2027-03-14')
  expect(read('14/03/26')).toBe('2026-03-14')
})

test('a time of day may follow', () => {
  expect(read('2w 14:30')).toBe(`2026-03-18 ${14 * 60 + 30}`)
  expect(read('fri 9am')).toBe(`2026-03-06 ${9 * 60}`)
  expect(read('tomorrow at 12 pm')).toBe(`2026-03-05 ${12 * 60}`)
  expect(read('14/03/2026 8:15')).toBe(`2026-03-14 ${8 * 60 + 15}`)
  expect(read('16:00')).toBe(`${today} ${16 * 60}`)
})

test('Arabic words, digits and dates', () => {
  expect(read('٢ اسبوع', 'ar-EG')).toBe('2026-03-18')
  expect(read('بعد أسبوعين', 'ar-EG')).toBe('2026-03-18')
  expect(read('غداً', 'ar-EG')).toBe('2026-03-05')
  expect(read('الجمعة', 'ar-EG')).toBe('2026-03-06')
  expect(read('١٤/٣/٢٠٢٦', 'ar-EG')).toBe('2026-03-14')
  expect(read('بعد شهر 9:30 ص', 'ar-EG')).toBe(`2026-04-04 ${9 * 60 + 30}`)
})

test('what is past, far off or no date is told apart and never guessed', () => {
  expect(read('1/3/2026')).toBe('past')
  expect(read('2025-12-24')).toBe('past')
  for (const text of ['hello', '99w 12', '31/31/2026', 'x2w', '2026', '25:00', '5y']) {
    expect(read(text), text).toBe('not-understood')
  }
})
