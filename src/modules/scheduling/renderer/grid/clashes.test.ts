import { describe, expect, test } from 'vitest'
import { type Candidate, type ClashVisit, clashesOf, covers, type DayFacts } from './clashes.ts'

const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 23, hour, minute)
const span = (from: number, to: number) => ({ fromMs: from, toMs: to })
const visit = (more: Partial<ClashVisit> = {}): ClashVisit => ({
  ...span(at(10), at(10, 30)),
  id: 'v1',
  patientId: 'p1',
  patientName: 'Amina Haddad',
  providerId: 'keller',
  roomId: 'room4',
  ...more,
})
const facts = (more: Partial<DayFacts> = {}): DayFacts => ({
  visits: [visit()],
  open: new Map([['keller', [span(at(8), at(12)), span(at(13), at(16))]]]),
  away: new Map([['keller', [{ ...span(at(12), at(13)), name: 'Lunch' }]]]),
  ...more,
})
const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  ...span(at(9), at(9, 30)),
  visitId: 'v2',
  patientId: 'p2',
  providerId: 'keller',
  roomId: null,
  ...more,
})

describe('what would be in the way', () => {
  test('nothing at a free time within the hours', () => {
    expect(clashesOf(candidate(), facts())).toEqual([])
  })
  test('visits that touch are not in the way', () => {
    expect(clashesOf(candidate(span(at(9, 30), at(10))), facts())).toEqual([])
    expect(clashesOf(candidate(span(at(10, 30), at(11))), facts())).toEqual([])
  })
  test('a visit is not in its own way', () => {
    const own = candidate({ ...span(at(10, 5), at(10, 35)), visitId: 'v1', patientId: 'p1' })
    expect(clashesOf(own, facts())).toEqual([])
  })
  test('the provider, the patient and the room, each by its kind', () => {
    const ten = span(at(10, 15), at(10, 45))
    expect(clashesOf(candidate(ten), facts())).toEqual([{ kind: 'provider', with: 'Amina Haddad' }])
    const elsewhere = { ...ten, providerId: 'osei' }
    expect(clashesOf(candidate({ ...elsewhere, patientId: 'p1' }), facts())).toEqual([
      { kind: 'patient', with: 'Amina Haddad' },
    ])
    expect(clashesOf(candidate({ ...elsewhere, roomId: 'room4' }), facts())).toEqual([
      { kind: 'room', with: 'Amina Haddad' },
    ])
  })
  test('a named absence is named, other closed time is closed', () => {
    expect(clashesOf(candidate(span(at(12), at(12, 30))), facts())).toEqual([{ kind: 'away', name: 'Lunch' }])
    expect(clashesOf(candidate(span(at(15, 45), at(16, 15))), facts())).toEqual([{ kind: 'closed' }])
  })
  test('a resource without hours of its own is never closed', () => {
    const elsewhere = candidate({ ...span(at(20), at(20, 30)), providerId: 'osei' })
    expect(clashesOf(elsewhere, facts())).toEqual([])
  })
})

test('hours that touch cover a time together', () => {
  expect(covers([span(2, 4), span(0, 2)], span(1, 3))).toBe(true)
  expect(covers([span(0, 2), span(3, 4)], span(1, 4))).toBe(false)
  expect(covers([], span(1, 4))).toBe(false)
})
