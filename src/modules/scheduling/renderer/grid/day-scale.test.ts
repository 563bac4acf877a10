import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wallTimeOf } from '#shared/zoned-time.ts'
import { dayScale, hourMarks, shownSpan } from './day-scale.ts'

const zone = 'Europe/Berlin'
const clockOf = (instant: string) => wallTimeOf(instant, zone).minutes

describe('the axis of a day', () => {
  test('an ordinary day: minutes after midnight', () => {
    const scale = dayScale('2026-11-23', zone, 'own')
    expect(scale.length).toBe(1440)
    expect(scale.minuteOf('2026-11-23T08:30:00.000Z')).toBe(9 * 60 + 30)
    expect(scale.instantAt(570)).toBe('2026-11-23T08:30:00.000Z')
  })

  test('clocks go forward: 23 hours, and ten o’clock stands after nine hours', () => {
    const scale = dayScale('2026-03-29', zone, 'own')
    expect(scale.length).toBe(1380)
    expect(clockOf(scale.instantAt(540))).toBe(600)
    const labels = hourMarks(scale, 0, 300, zone).map((mark) => clockOf(mark.instant) / 60)
    expect(labels).toEqual([0, 1, 3, 4, 5, 6])
  })

  test('clocks go back: 25 hours, two o’clock comes twice at places of its own', () => {
    const scale = dayScale('2026-10-25', zone, 'own')
    expect(scale.length).toBe(1500)
    const marks = hourMarks(scale, 0, 300, zone)
    expect(marks.map((mark) => clockOf(mark.instant) / 60)).toEqual([0, 1, 2, 2, 3, 4])
    expect(new Set(marks.map((mark) => mark.minute)).size).toBe(marks.length)
  })

  test('days beside each other share the clock: nine o’clock stands at one height on every day', () => {
    for (const date of ['2026-03-28', '2026-03-29', '2026-10-25', '2026-11-23']) {
      const scale = dayScale(date, zone, 'shared')
      expect(scale.length).toBe(1440)
      expect(clockOf(scale.instantAt(540))).toBe(540)
      expect(scale.minuteOf(scale.instantAt(540))).toBe(540)
    }
  })

  test('a visit over midnight ends at the bottom', () => {
    const scale = dayScale('2026-10-25', zone, 'shared')
    expect(scale.minuteOf('2026-10-26T00:30:00.000Z')).toBe(1440)
    expect(scale.minuteOf('2026-10-24T20:00:00.000Z')).toBe(0)
  })

  test('there and back again, on any day in zones that shift', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York', 'Asia/Kolkata')
    const days = fc
      .date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(zones, days, fc.nat({ max: 276 }), (timeZone, date, step) => {
        const scale = dayScale(date, timeZone, 'own')
        const minute = Math.min(step * 5, scale.length - 5)
        expect(scale.minuteOf(scale.instantAt(minute))).toBe(minute)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the shown hours', () => {
  const usual = { from: 480, to: 1020 }
  test('full hours around everything', () => {
    const seen = [
      { from: 495, to: 720 },
      { from: 700, to: 1085 },
    ]
    expect(shownSpan(seen, 1440, usual)).toEqual({ from: 480, to: 1140 })
  })
  test('the usual hours of an empty day', () => {
    expect(shownSpan([], 1440, usual)).toEqual(usual)
  })
  test('never beyond the day', () => {
    expect(shownSpan([{ from: 1300, to: 1500 }], 1380, usual)).toEqual({ from: 1260, to: 1380 })
  })
})
