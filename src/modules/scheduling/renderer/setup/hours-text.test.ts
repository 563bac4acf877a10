import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysOf, hoursText, parseHours, rulesOf } from './hours-text.ts'

describe('opening hours in one line', () => {
  test('as clinics write them', () => {
    expect(parseHours('8-12, 13-17:30')).toEqual([
      { from: 480, until: 720 },
      { from: 780, until: 1050 },
    ])
    expect(parseHours('8:00–16:00')).toEqual([{ from: 480, until: 960 }])
    expect(parseHours(' ')).toEqual([])
  })
  test.each(['8', '12-8', '8-12, 11-14', '8-25', '8-12-14', 'all day'])('%s cannot be read', (text) => {
    expect(parseHours(text)).toBeNull()
  })
  test('a gap becomes a break', () => {
    const week = [[...(parseHours('8-12, 13-17') ?? [])], [], [], [], [], [], []]
    expect(rulesOf(week).map(({ kind, from, until }) => [kind, from, until])).toEqual([
      ['open', 480, 1020],
      ['break', 720, 780],
    ])
  })
  test('what is saved reads as it was typed, whatever the week', () => {
    const day = fc
      .uniqueArray(fc.integer({ min: 0, max: 288 }), { maxLength: 8 })
      .map((marks) => [...marks].sort((a, b) => a - b))
      .map((marks) =>
        marks.flatMap((mark, n) => {
          const next = marks[n + 1]
          return n % 2 === 0 && next !== undefined ? [{ from: mark * 5, until: next * 5 }] : []
        }),
      )
    fc.assert(
      fc.property(fc.array(day, { minLength: 7, maxLength: 7 }), (week) => {
        const read = daysOf(rulesOf(week))
        expect(read).toEqual(week)
        expect(read.map((spans) => parseHours(hoursText(spans)))).toEqual(week)
      }),
    )
  })
})
