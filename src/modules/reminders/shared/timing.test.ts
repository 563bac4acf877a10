// Lead times, quiet hours and grace, compared with a slow account that walks minute by minute.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMinutes } from '#shared/zoned-time.ts'
import { quietUntil, retryAfterMinutes, timingOf, windowOf } from './timing.ts'

const night = { from: 20 * 60, to: 8 * 60 }

test('a reminder is due its lead before the visit, and late only while half of the lead is left', () => {
  const start = '2026-03-04T10:00:00.000Z'
  expect(windowOf(start, 2880, [2880, 120])).toEqual({
    opensAt: '2026-03-02T10:00:00.000Z',
    closesAt: '2026-03-03T10:00:00.000Z',
  })
  expect(windowOf(start, 120, [2880, 120]).closesAt).toBe('2026-03-04T09:00:00.000Z')
})

test('two reminders of one visit never go out together: the longer one gives way before the shorter is due', () => {
  const start = '2026-03-04T10:00:00.000Z'
  const long = windowOf(start, 180, [180, 120])
  const short = windowOf(start, 120, [180, 120])
  expect(long.closesAt < short.opensAt).toBe(true)
})

test('in quiet hours it waits for the morning; if that is too late it is left out', () => {
  const window = { opensAt: '2026-03-02T20:00:00.000Z', closesAt: '2026-03-03T20:00:00.000Z' }
  expect(timingOf(window, [], night, 'UTC')).toEqual({ dueAt: '2026-03-03T08:00:00.000Z' })
  expect(timingOf({ ...window, closesAt: '2026-03-03T07:00:00.000Z' }, [], night, 'UTC')).toEqual({
    skip: 'quiet-hours',
  })
  expect(timingOf(window, ['2026-03-04T08:00:00.000Z'], night, 'UTC')).toEqual({ skip: 'too-late' })
  expect(timingOf(window, ['2026-03-03T12:00:00.000Z'], night, 'UTC')).toEqual({
    dueAt: '2026-03-03T12:00:00.000Z',
  })
})

const wallMinutes = (instant: string, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant))
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value)
  return part('hour') * 60 + part('minute')
}

test('the end of quiet hours is the first loud minute on the wall, also when clocks change', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Africa/Cairo', 'UTC')
  fc.assert(
    fc.property(
      zones,
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.oneof(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }),
        // Around the changes of clocks.
        fc.integer({ min: Date.UTC(2026, 2, 28, 20), max: Date.UTC(2026, 2, 29, 6) }),
        fc.integer({ min: Date.UTC(2026, 9, 24, 20), max: Date.UTC(2026, 9, 25, 6) }),
        fc.integer({ min: Date.UTC(2026, 10, 1, 2), max: Date.UTC(2026, 10, 1, 9) }),
      ),
      (zone, from, to, ms) => {
        const at = new Date(Math.floor(ms / 60_000) * 60_000).toISOString()
        const isQuiet = (instant: string) => {
          const m = wallMinutes(instant, zone)
          if (from === to) return false
          return from < to ? m >= from && m < to : m >= from || m < to
        }
        const end = quietUntil(at, { from, to }, zone)
        if (!isQuiet(at)) return end === null
        if (end === null || isQuiet(end) || end <= at) return false
        return isQuiet(addMinutes(end, -1)) || end === addMinutes(at, 1)
      },
    ),
    { numRuns: 400 },
  )
})

test('a loud minute that the clocks leap over comes a day later', () => {
  expect(quietUntil('2026-03-28T20:00:00.000Z', { from: 121, to: 120 }, 'Europe/Berlin')).toBe(
    '2026-03-30T00:00:00.000Z',
  )
})

test('tries grow further apart, up to an hour', () => {
  expect([1, 2, 3, 4, 5].map(retryAfterMinutes)).toEqual([2, 6, 18, 54, 60])
})
