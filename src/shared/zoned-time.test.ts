// Wall time and instants across the edges where clocks change.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  dayRange,
  daysBetween,
  instantAt,
  minutesBetween,
  wallTimeOf,
  weekdayOf,
} from './zoned-time.ts'

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Cairo',
]

test('an evening visit stays on its day in the zone of the clinic', () => {
  expect(instantAt('2026-01-15', 23 * 60 + 30, 'America/New_York')).toBe('2026-01-16T04:30:00.000Z')
  expect(wallTimeOf('2026-01-16T04:30:00.000Z', 'America/New_York')).toEqual({
    date: '2026-01-15',
    minutes: 1410,
  })
})

test('a time that clocks skip means the instant after the jump; one that comes twice means the first', () => {
  expect(instantAt('2026-03-29', 2 * 60 + 30, 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  expect(instantAt('2026-10-25', 2 * 60 + 30, 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
})

test('days are 23, 24 or 25 hours long and follow each other without a gap', () => {
  const hours = (date: string, zone: string) => {
    const { from, to } = dayRange(date, zone)
    return minutesBetween(from, to) / 60
  }
  expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23)
  expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25)
  expect(hours('2026-04-05', 'Australia/Lord_Howe')).toBe(24.5)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(...zones), (n, zone) => {
      const date = addDays('2000-01-01', n)
      expect(dayRange(date, zone).to).toBe(dayRange(addDays(date, 1), zone).from)
    }),
  )
})

test('an instant read on the wall and written back is the same, except in the hour that comes twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 * 24 * 20_000 }), fc.constantFrom(...zones), (minute, zone) => {
      const instant = new Date(Date.UTC(2000, 0, 1) + minute * 60_000).toISOString()
      const wall = wallTimeOf(instant, zone)
      const back = instantAt(wall.date, wall.minutes, zone)
      expect(wallTimeOf(back, zone)).toEqual(wall)
      expect([0, 30, 60]).toContain(minutesBetween(back, instant))
    }),
  )
})

test('calendar sums', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(weekdayOf('2026-11-25')).toBe(3)
  expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3)
})
