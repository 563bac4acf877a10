// Spans against a brute count of every minute.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCovered, joined, overlaps, type Stretch, without } from './spans.ts'

const spanArb = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([from, length]): Stretch => ({ from, until: from + length }))
const spansArb = fc.array(spanArb, { maxLength: 8 })
const minutesOf = (spans: readonly Stretch[]) => {
  const minutes = new Set<number>()
  for (const s of spans) for (let m = s.from; m < s.until; m++) minutes.add(m)
  return minutes
}
const sorted = (minutes: Iterable<number>) => [...minutes].sort((a, b) => a - b)

test('joining keeps every minute once, in order and apart', () => {
  fc.assert(
    fc.property(spansArb, (spans) => {
      const out = joined(spans)
      expect(sorted(minutesOf(out))).toEqual(sorted(minutesOf(spans)))
      for (const [n, s] of out.entries()) {
        expect(s.until).toBeGreaterThan(s.from)
        expect(s.from).toBeGreaterThan(out[n - 1]?.until ?? -1)
      }
    }),
  )
})

test('cutting out leaves exactly the other minutes', () => {
  fc.assert(
    fc.property(spansArb, spansArb, (spans, taken) => {
      const holes = minutesOf(taken)
      expect(sorted(minutesOf(without(spans, taken)))).toEqual(
        sorted(minutesOf(spans)).filter((m) => !holes.has(m)),
      )
    }),
  )
})

test('covering and overlapping are what counting minutes says', () => {
  fc.assert(
    fc.property(spanArb, spansArb, (span, by) => {
      fc.pre(span.until > span.from)
      const minutes = minutesOf(by)
      const own = sorted(minutesOf([span]))
      expect(isCovered(span, by)).toBe(own.every((m) => minutes.has(m)))
      for (const other of by) {
        fc.pre(other.until > other.from)
        expect(overlaps(span, other)).toBe(own.some((m) => m >= other.from && m < other.until))
      }
    }),
  )
})
