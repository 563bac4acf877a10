import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Appointment, Column } from '../shared/contract.ts'
import { bookedShare, gapsBetween } from './booked-share.ts'

const span = (from: number, until: number) => ({ from, until })
const column = (more: Partial<Column> = {}) =>
  ({ open: [span(480, 960)], breaks: [], absences: [], ...more }) as unknown as Column
const visit = (start: number, minutes: number, status = 'booked') =>
  ({ start, minutes, status }) as unknown as Appointment

describe('how much of a day is taken', () => {
  test('half of the hours', () => {
    expect(bookedShare(column(), [visit(480, 240)])).toBe(0.5)
  })
  test('breaks are no time to book, cancelled and missed visits take none', () => {
    const withBreak = column({ breaks: [span(720, 780)] })
    expect(bookedShare(withBreak, [visit(480, 210), visit(800, 60, 'cancelled')])).toBe(0.5)
  })
  test('two at once count once, time outside of the hours not at all', () => {
    expect(bookedShare(column(), [visit(480, 240), visit(480, 240), visit(960, 60)])).toBe(0.5)
  })
  test('a closed day has no share', () => {
    expect(bookedShare(column({ open: [] }), [])).toBeNull()
  })
})

test('gaps and spans cover the whole without overlap', () => {
  const spans = fc.array(
    fc
      .tuple(fc.nat({ max: 1440 }), fc.nat({ max: 300 }))
      .map(([from, length]) => ({ from, to: from + length })),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(spans, (drawn) => {
      const gaps = gapsBetween(drawn, { from: 0, to: 1440 })
      for (let minute = 0; minute < 1440; minute += 7) {
        const isIn = (list: readonly { from: number; to: number }[]) =>
          list.some((item) => item.from <= minute && minute < item.to)
        expect(isIn(gaps)).toBe(!isIn(drawn))
      }
    }),
  )
})
