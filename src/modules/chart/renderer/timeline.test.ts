// What is new since the last visit, and the years before.
import { expect, test } from 'vitest'
import type { Chart, TimelineItem } from '../shared/contract.ts'
import { monthsSpanned, sparkOf } from './spark-points.ts'
import { dayOf, lastVisitOf, splitSince, withYears } from './timeline.ts'

const visit = (start: string | null, status = 'finished'): Chart['encounters'][number] => ({
  id: `v-${start}-${status}`,
  rev: 1,
  status,
  classCode: 'AMB',
  typeDisplay: 'Visit',
  reasonDisplay: null,
  start,
  end: start,
  practitioner: null,
  place: null,
  notes: 0,
})
const item = (at: string | null): TimelineItem => ({
  kind: 'report',
  id: `i-${at}`,
  at,
  title: 'Potassium',
  detail: null,
  status: 'final',
})
const zone = 'Europe/Berlin'

test('the last visit is the newest one that took place before today', () => {
  const old = visit('2026-08-03T08:00:00.000Z')
  const list = [
    visit('2026-11-22T08:00:00.000Z', 'in-progress'),
    visit('2026-12-01', 'planned'),
    visit('2026-10-01', 'cancelled'),
    old,
    visit('2025-01-19'),
    visit(null),
  ]
  expect(lastVisitOf(list, '2026-11-22', zone)).toBe(old)
  expect(lastVisitOf([], '2026-11-22', zone)).toBeNull()
})

test('what came after the day of the last visit is new, all else is the timeline before', () => {
  const items = [
    item('2026-11-12'),
    item('2026-11-02T10:00:00.000Z'),
    item('2026-08-03'),
    item('2025-01'),
    item(null),
  ]
  const { since, before } = splitSince(items, visit('2026-08-03T08:00:00.000Z'), zone)
  expect(since.map((i) => i.at)).toEqual(['2026-11-12', '2026-11-02T10:00:00.000Z'])
  expect(before.map((i) => i.at)).toEqual(['2026-08-03', '2025-01', null])
  expect(splitSince(items, null, zone)).toEqual({ since: [], before: items })
})

test('an instant belongs to the day the clinic had then', () => {
  expect(dayOf('2026-08-02T22:30:00.000Z', zone)).toBe('2026-08-03')
  expect(dayOf('2026-08', zone)).toBe('2026-08')
})

test('a line stands before each new year, in the clinic’s zone', () => {
  const rows = withYears(
    [item('2026-01-01'), item('2025-12-31T23:30:00.000Z'), item('2025-06'), item(null)],
    zone,
  )
  expect(rows.map((row) => (row.kind === 'year' ? row.year : row.item.at))).toEqual([
    '2026',
    '2026-01-01',
    '2025-12-31T23:30:00.000Z',
    '2025',
    '2025-06',
    null,
    null,
  ])
})

test('a curve runs over its whole box, oldest first, both parts on one scale', () => {
  const spark = sparkOf(
    [
      { at: '2026-01-01', value: 120, second: 80 },
      { at: '2026-07-01', value: 172, second: 104 },
    ],
    100,
    50,
  )
  expect(spark).toEqual({ line: '4,27.7 96,4', secondLine: '4,46 96,35', last: { x: 96, y: 4 } })
})

test('a single value, equal values and undated values draw without a fault', () => {
  expect(sparkOf([{ at: '2026-01-01', value: 5, second: null }], 100, 50).last).toEqual({ x: 96, y: 25 })
  expect(sparkOf([], 100, 50)).toEqual({ line: '', secondLine: '', last: null })
  const flat = [1, 2, 3].map((n) => ({ at: n === 2 ? 'not a date' : '2026-01-01', value: 7, second: null }))
  expect(sparkOf(flat, 100, 50).line).toBe('4,25 50,25 96,25')
})

test('the span of a curve is told in months', () => {
  const at = (day: string) => ({ at: day, value: 1, second: null })
  expect(monthsSpanned([at('2025-11-20'), at('2026-11-22')])).toBe(12)
  expect(monthsSpanned([at('2026-11-20'), at('2026-11-22')])).toBe(1)
  expect(monthsSpanned([])).toBe(1)
})
