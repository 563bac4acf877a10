// What is written on screens: partial dates stay partial, digits and years are Western, money has its minor units.
import { expect, test } from 'vitest'
import {
  formatAgeUnit,
  formatAgo,
  formatBytes,
  formatClinicalTime,
  formatDate,
  formatInstant,
  formatMoney,
} from './intl.ts'

/** Intl puts narrow and non-breaking blanks and direction marks where this test does not care. */
const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u200e\u200f]/g, '')

test.each([
  ['1986-03-14', 'en-GB', 'medium', '14 Mar 1986'],
  ['1986-03', 'en-GB', 'medium', 'Mar 1986'],
  ['1986', 'en-GB', 'medium', '1986'],
  ['1986-03-14', 'en-US', 'short', '03/14/1986'],
  ['1986-03-14', 'de-DE', 'short', '14.03.1986'],
  ['1986-03-14', 'en-GB', 'long', 'Friday 14 March 1986'],
  ['1986-03', 'en-GB', 'long', 'March 1986'],
  ['0912-03-14', 'en-GB', 'medium', '14 Mar 912'],
] as const)('%s in %s (%s) is %s', (date, locale, style, words) => {
  expect(plain(formatDate(date, locale, style))?.replace(',', '')).toBe(words)
})

test.each(['ar-EG', 'ar-SA', 'fa-IR', 'th-TH'])('%s shows Gregorian years in Western digits', (locale) => {
  expect(formatDate('1986-03-14', locale)).toMatch(/1986/)
})

test('an instant is shown as the clinic’s clock showed it', () => {
  const instant = '2026-03-14T23:30:00.000Z'
  expect(plain(formatInstant(instant, 'en-GB', 'Europe/Berlin'))).toBe('15 Mar 2026, 00:30')
  expect(plain(formatInstant(instant, 'en-GB', 'America/New_York'))).toBe('14 Mar 2026, 19:30')
  expect(plain(formatClinicalTime('2026-03', 'en-GB', 'Europe/Berlin'))).toBe('Mar 2026')
})

test('the short style says the year where it is not the present one', () => {
  const year = new Date().getUTCFullYear()
  const short = (at: string) => plain(formatInstant(at, 'en-GB', 'UTC', 'short-date-time'))
  expect(short(`${year}-06-14T09:30:00.000Z`)).toBe('14 Jun, 09:30')
  expect(short(`${year - 1}-06-14T09:30:00.000Z`)).toBe(`14 Jun ${year - 1}, 09:30`)
})

test('ages, times ago, money and sizes read as people say them', () => {
  expect(formatAgeUnit(34, 'year', 'en-GB', 'long')).toBe('34 years')
  expect(formatAgeUnit(7, 'week', 'en-GB', 'long')).toBe('7 weeks')
  expect(formatAgo('2026-03-14T09:00:00.000Z', Date.parse('2026-03-14T11:00:00.000Z'), 'en-GB')).toBe(
    '2 hours ago',
  )
  expect(plain(formatMoney(4800, 'EUR', 'de-DE'))).toBe('48,00 €')
  expect(plain(formatMoney(4800, 'JPY', 'en-GB'))).toBe('JP¥4,800')
  expect(plain(formatMoney(4800, 'KWD', 'en-GB'))).toBe('KWD 4.800')
  expect(plain(formatBytes(548_900, 'en-GB'))).toBe('548.9 kB')
})
