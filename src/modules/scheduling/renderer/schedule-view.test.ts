import { describe, expect, test } from 'vitest'
import { instantAt } from '#shared/zoned-time.ts'
import { type Appointment, ResourceId, type Setup } from '../shared/contract.ts'
import { freeSlot, movedTo } from './place.ts'
import { type Calendar, scheduleView, type Words } from './schedule-view.ts'
import type { KnownVisit } from './visit-acts.ts'

const timeZone = 'Europe/Berlin'
const date = '2026-11-23'
const idOf = (n: number) => ResourceId.parse(`0190d5a4-0000-7000-8000-00000000000${n}`)
const keller = idOf(1)
const osei = idOf(2)
const room = idOf(3)

/** Keys instead of words, so that no language decides a test. */
const words = {
  t: (key: string, values: Record<string, unknown> = {}) =>
    [key, ...Object.values(values).map(String)].join(' '),
  formats: {
    locale: 'en-GB',
    today: date,
    timeZone,
    instant: (instant: string) => instant.slice(11, 16),
    date: (day: string) => day,
    number: (value: number) => `${Math.round(value * 100)}%`,
  },
} as unknown as Words

const resource = (id: ResourceId, kind: 'provider' | 'room', name: string) => ({
  id,
  rev: 1,
  kind,
  name,
  userId: null,
  colour: 'blue',
  position: 1,
  active: true,
  defaultRoomId: null,
  roomKind: null,
})
const setup = {
  resources: [
    resource(keller, 'provider', 'Dr. Keller'),
    resource(osei, 'provider', 'Dr. Osei'),
    resource(room, 'room', 'Room 4'),
  ],
  visitTypes: [],
} as unknown as Setup

const visit = (start: number, minutes: number, more: Partial<Appointment> = {}) => {
  const startAt = instantAt(date, start, timeZone)
  return {
    id: `v${start}`,
    rev: 1,
    busy: false,
    patientId: `p${start}`,
    patientName: 'Amina Haddad',
    date,
    start,
    minutes,
    startAt,
    endAt: instantAt(date, start + minutes, timeZone),
    providerId: keller,
    roomId: null,
    visitTypeId: null,
    reason: 'Follow-up',
    status: 'booked',
    overrideReason: null,
    seriesId: null,
    ...more,
  } as unknown as KnownVisit
}
const column = (resourceId: ResourceId) => ({
  date,
  resourceId,
  open: [{ from: 480, until: 720 }],
  breaks: [{ from: 720, until: 780 }],
  absences: [],
})
const shown = (appointments: readonly Appointment[], more: Partial<Calendar> = {}) => {
  const calendar = {
    timeZone,
    hoursKnown: true,
    days: [{ date, minutes: 1440 }],
    columns: [column(keller), column(osei), column(room)],
    appointments,
    ...more,
  } as unknown as Calendar
  return { ...scheduleView({ calendar, setup, isWeek: false, mayMove: true, words }), timeZone }
}

describe('what the grid draws', () => {
  test('a visit with a room stands in both columns, under its own key in each', () => {
    const { columns } = shown([visit(540, 30, { roomId: room })])
    expect(columns.map((made) => made.visits.length)).toEqual([1, 0, 1])
    expect(columns[2]?.visits[0]?.what).toBe('visit.with Dr. Keller')
    expect(columns[0]?.visits[0]?.key).not.toBe(columns[2]?.visits[0]?.key)
  })
  test('each is named whole: who, when, what for, how it stands', () => {
    const { columns } = shown([visit(630, 30)])
    const said = 'Amina Haddad Follow-up · status.booked · visit.fromTo 09:30 10:00'
    expect(columns[0]?.visits[0]?.label).toBe(said)
  })
  test('visits at once share the width, a missed one is dim and cannot be moved', () => {
    const { columns } = shown([visit(540, 30), visit(550, 30, { status: 'noshow' })])
    const [first, second] = columns[0]?.visits ?? []
    expect([first?.lanes, second?.lanes]).toEqual([2, 2])
    expect([first?.canMove, second?.canMove]).toEqual([true, false])
    expect([first?.isDim, second?.isDim]).toEqual([false, true])
  })
  test('a visit of a patient who is none of one’s own shows no name and stays where it is', () => {
    const hidden = visit(540, 30, { busy: true, patientId: null, patientName: null })
    const [box] = shown([hidden]).columns[0]?.visits ?? []
    expect([box?.name, box?.canMove]).toEqual(['visit.taken', false])
  })
  test('closed time is hatched without a name, a break has one; unknown hours close nothing', () => {
    const shades = shown([]).columns[0]?.shades.map(({ from, to, name }) => [from, to, name])
    expect(shades).toEqual([
      [0, 480, null],
      [780, 1440, null],
      [720, 780, 'shade.break'],
    ])
    const open = shown([], { hoursKnown: false } as Partial<Calendar>).columns[0]?.shades
    expect(open?.map(({ name }) => name)).toEqual(['shade.break'])
  })
  test('missed visits are in nobody’s way', () => {
    const { facts } = shown([visit(540, 30), visit(600, 30, { status: 'noshow' })])
    expect(facts.visits.map(({ id }) => id)).toEqual(['v540'])
  })
})

describe('what a place means', () => {
  const target = { column: 0, minute: 600, length: 40 }
  test('in the same column the room stays, with another provider it is looked for again', () => {
    const placed = visit(540, 30, { roomId: room })
    const view = shown([placed])
    expect(movedTo(view, placed, target)).toEqual({
      date,
      start: 600,
      minutes: 40,
      providerId: keller,
      roomId: room,
    })
    expect(movedTo(view, placed, { ...target, column: 1 })).toMatchObject({
      providerId: osei,
      roomId: null,
    })
  })
  test('the column of a room changes the room and not the provider', () => {
    const placed = visit(540, 30)
    expect(movedTo(shown([placed]), placed, { ...target, column: 2 })).toMatchObject({
      providerId: keller,
      roomId: room,
    })
  })
  test('free time is booked with whoever’s column it is; a room does not say with whom', () => {
    const view = shown([])
    expect(freeSlot(view, 1, 600, 15)).toMatchObject({ date, start: 600, providerId: osei, minutes: 15 })
    expect(freeSlot(view, 2, 600, 15)).toBeNull()
    expect(freeSlot(view, 9, 600, 15)).toBeNull()
  })
})
