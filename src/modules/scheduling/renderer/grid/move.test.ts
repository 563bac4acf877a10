import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MoveKey, moved, moveKeyOf, resized, settled, type Target } from './move.ts'
import { firstFrom, neighbourOf } from './neighbours.ts'

const limits = { columns: 4, from: 480, to: 1020 }

describe('a visit on its way', () => {
  test('stands on steps of five minutes inside the shown hours', () => {
    expect(settled({ column: 9, minute: 483, length: 30 }, limits)).toEqual({
      column: 3,
      minute: 485,
      length: 30,
    })
    expect(settled({ column: -1, minute: 1015, length: 30 }, limits)).toEqual({
      column: 0,
      minute: 990,
      length: 30,
    })
  })
  test('the end follows the pointer and never passes the start', () => {
    const target: Target = { column: 0, minute: 600, length: 30 }
    expect(resized(target, 652, limits).length).toBe(50)
    expect(resized(target, 500, limits).length).toBe(5)
  })
  test('no series of keys leads out of the grid or off the steps', () => {
    const keys = fc.array(
      fc.constantFrom<MoveKey>('earlier', 'later', 'previous-column', 'next-column', 'shorter', 'longer'),
    )
    fc.assert(
      fc.property(keys, (pressed) => {
        let target: Target = { column: 1, minute: 600, length: 30 }
        for (const key of pressed) target = moved(target, key, limits)
        expect(target.column).toBeGreaterThanOrEqual(0)
        expect(target.column).toBeLessThan(limits.columns)
        expect(target.minute).toBeGreaterThanOrEqual(limits.from)
        expect(target.minute + target.length).toBeLessThanOrEqual(limits.to)
        expect(target.minute % 5).toBe(0)
      }),
    )
  })
  test('left and right follow the eye in either direction', () => {
    expect(moveKeyOf('ArrowLeft', false, false)).toBe('previous-column')
    expect(moveKeyOf('ArrowLeft', false, true)).toBe('next-column')
    expect(moveKeyOf('ArrowDown', true, false)).toBe('longer')
    expect(moveKeyOf('a', false, false)).toBeNull()
  })
})

describe('arrow keys between visits', () => {
  const items = [
    { key: 'a', column: 0, from: 480 },
    { key: 'b', column: 0, from: 600 },
    { key: 'c', column: 2, from: 490 },
    { key: 'd', column: 2, from: 610 },
  ]
  const [a, b] = items as [(typeof items)[0], (typeof items)[0]]
  test('up and down stay in the column and stop at its ends', () => {
    expect(neighbourOf(items, a, 'down')?.key).toBe('b')
    expect(neighbourOf(items, b, 'down')).toBeNull()
    expect(neighbourOf(items, b, 'up')?.key).toBe('a')
  })
  test('sideways goes to the nearest time, over empty columns', () => {
    expect(neighbourOf(items, b, 'next-column')?.key).toBe('d')
    expect(neighbourOf(items, a, 'previous-column')).toBeNull()
  })
  test('the keyboard lands on what comes next', () => {
    expect(firstFrom(items, 595)?.key).toBe('b')
    expect(firstFrom(items, 700)?.key).toBe('a')
    expect(firstFrom([], 700)).toBeNull()
  })
})
