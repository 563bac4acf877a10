import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lanesOf } from './lanes.ts'

const span = (from: number, to: number) => ({ from, to })

describe('lanes', () => {
  test('one after the other share the whole width', () => {
    const items = [span(0, 30), span(30, 60)]
    expect([...lanesOf(items).values()]).toEqual([
      { lane: 0, lanes: 1 },
      { lane: 0, lanes: 1 },
    ])
  })

  test('two at once stand beside each other, a third takes the lane that became free', () => {
    const items = [span(0, 30), span(0, 60), span(30, 60)]
    const placed = lanesOf(items)
    expect(items.map((item) => placed.get(item))).toEqual([
      { lane: 1, lanes: 2 },
      { lane: 0, lanes: 2 },
      { lane: 1, lanes: 2 },
    ])
  })

  test('nothing in one lane ever overlaps, and lanes stay below their number', () => {
    const spans = fc.array(
      fc.record({ from: fc.integer({ min: 0, max: 1400 }), length: fc.integer({ min: 5, max: 240 }) }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(spans, (drawn) => {
        const items = drawn.map(({ from, length }) => span(from, from + length))
        const placed = lanesOf(items)
        for (const a of items) {
          const laneOfA = placed.get(a)
          if (!laneOfA) throw new Error('not placed')
          expect(laneOfA.lane).toBeLessThan(laneOfA.lanes)
          for (const b of items) {
            if (a === b || a.from >= b.to || b.from >= a.to) continue
            expect(placed.get(b)?.lane).not.toBe(laneOfA.lane)
            expect(placed.get(b)?.lanes).toBe(laneOfA.lanes)
          }
        }
      }),
    )
  })
})
