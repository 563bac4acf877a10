// Free times: what is offered is free, what is free is found, whatever clocks do.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayRange, instantAt, wallTimeOf } from '#shared/zoned-time.ts'
import { at, monday, scheduledClinic } from '#testkit/scheduling.ts'
import { startsIn } from './slots.ts'
import { clockIn } from './wall-clock.ts'

test('"2w" gives three free times that differ: early, in the other half of the day, on another day', async () => {
  await using s = await scheduledClinic()
  const found = await s.clinic.as('reception').scheduling.freeSlots({
    text: '2w',
    visitTypeId: s.followUp.id,
    providerId: s.doctor.id,
  })
  expect(found).toMatchObject({ date: '2026-03-16', preferred: null })
  expect(found.slots.map((slot) => [slot.date, slot.start, slot.minutes])).toEqual([
    ['2026-03-16', at(8), 30],
    ['2026-03-16', at(13), 30],
    ['2026-03-17', at(8), 30],
  ])
})

test('a time of day asked for is met as near as it can be, day by day', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  await desk.book({
    patientId: s.patient,
    date: '2026-03-16',
    start: at(14),
    providerId: s.doctor.id,
    visitTypeId: s.followUp.id,
  })
  const found = await desk.freeSlots({
    text: '2w 14:00',
    visitTypeId: s.followUp.id,
    providerId: s.doctor.id,
  })
  expect(found.slots.map((slot) => [slot.date, slot.start])).toEqual([
    ['2026-03-16', at(13, 30)],
    ['2026-03-17', at(14)],
    ['2026-03-18', at(14)],
  ])
})

test('now is not offered once it has passed, the next page goes on, and words that mean nothing give nothing', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const wish = { visitTypeId: s.followUp.id, providerId: s.doctor.id }
  const first = await desk.freeSlots({ ...wish, text: '' })
  expect(first.slots[0]).toMatchObject({ date: monday, start: at(9) })
  const last = first.slots.at(-1)
  if (!last) throw new Error('three times were free')
  const next = await desk.freeSlots({ ...wish, text: '', after: { date: last.date, start: last.start } })
  expect(next.slots.every((slot) => slot.startAt > last.startAt)).toBe(true)
  expect(await desk.freeSlots({ ...wish, text: 'whenever' })).toEqual({
    date: null,
    preferred: null,
    slots: [],
  })
})

test('an examination is offered only where a room is free as well', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  for (const resourceId of [s.room.id, s.room2.id]) {
    await desk.addAbsence({
      resourceId,
      kind: 'block',
      title: 'painting',
      fromDate: '2026-03-03',
      untilDate: '2026-03-03',
      until: at(15),
    })
  }
  const found = await desk.freeSlots({ text: 'tomorrow', visitTypeId: s.inRoom.id, providerId: s.doctor.id })
  expect(found.slots[0]).toMatchObject({ date: '2026-03-03', start: at(15), roomId: s.room.id })
})

test('every time that is offered can be booked, and nothing earlier was free', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const patients = await Promise.all(['A', 'B', 'C'].map((n) => s.register(`Patient ${n}`)))
  const edits = fc.sample(
    fc.record({
      text: fc.constantFrom('', '1d', '3d', '1w', '3w', '25d', '2w 10:00', 'fri 16:00'),
      minutes: fc.constantFrom(10, 15, 30, 45, 60),
      room: fc.boolean(),
      own: fc.boolean(),
      who: fc.nat(2),
    }),
    { numRuns: 40, seed: 11 },
  )
  for (const { text, minutes, room, own, who } of edits) {
    const visitTypeId = room ? s.inRoom.id : s.followUp.id
    const providerId = own ? s.doctor.id : null
    const { slots } = await desk.freeSlots({ text, visitTypeId, providerId, minutes })
    expect(slots.length).toBe(3)
    for (const slot of slots) {
      const { clashes } = await desk.checkSlot({
        patientId: s.patient,
        date: slot.date,
        start: slot.start,
        minutes,
        providerId: slot.providerId,
        roomId: slot.roomId,
        visitTypeId,
      })
      expect(clashes).toEqual([])
    }
    const [slot] = slots
    const patientId = patients[who]
    if (!slot || !patientId) continue
    await desk
      .book({ patientId, ...pick(slot), visitTypeId })
      .catch((error: { details: { kind?: string } }) => expect(error.details.kind).toBe('patient'))
  }
})

const pick = (slot: {
  date: string
  start: number
  minutes: number
  providerId: string
  roomId: string | null
}) => ({
  date: slot.date,
  start: slot.start,
  minutes: slot.minutes,
  providerId: slot.providerId,
  roomId: slot.roomId,
})

/** Zones that change clocks in spring and autumn, at midnight, by half an hour, in the south, and never. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'Asia/Beirut',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Kathmandu',
] as const

const days = Array.from({ length: 1096 }, (_, n) => addDays('2025-01-01', n))
/** Every day of three years, and half of the time one on which the zone's clocks change. */
const dayArb = fc.oneof(
  ...zones.map((zone) => {
    const changing = days.filter((date) => clockIn(zone).day(date).minutes !== 1440)
    const date = fc.constantFrom(...days)
    return fc.tuple(
      fc.constant(zone),
      changing.length === 0 ? date : fc.oneof(date, fc.constantFrom(...changing)),
    )
  }),
)

test('beginnings lie inside the free stretch, exist on the wall, and none is missed, whatever clocks do', () => {
  fc.assert(
    fc.property(
      dayArb,
      fc.integer({ min: 0, max: 287 }),
      fc.integer({ min: 0, max: 120 }),
      fc.constantFrom(10, 15, 30, 60),
      ([zone, date], fromStep, steps, minutes) => {
        const clock = clockIn(zone)
        const day = clock.day(date)
        const from = day.fromMs + fromStep * 300_000
        const free = { from, until: Math.min(day.toMs, from + steps * 300_000) }
        const starts = startsIn(clock, date, free, minutes)
        expect(new Set(starts).size).toBe(starts.length)
        for (const start of starts) {
          const instant = instantAt(date, start, zone)
          expect(wallTimeOf(instant, zone)).toEqual({ date, minutes: start })
          expect(Date.parse(instant)).toBeGreaterThanOrEqual(free.from)
          expect(Date.parse(instant) + minutes * 60_000).toBeLessThanOrEqual(free.until)
        }
        const step = minutes >= 15 ? 15 : 5
        for (let start = 0; start < 1440; start += step) {
          const instant = instantAt(date, start, zone)
          const shown = wallTimeOf(instant, zone)
          const exists = shown.date === date && shown.minutes === start
          const fits =
            Date.parse(instant) >= free.from && Date.parse(instant) + minutes * 60_000 <= free.until
          if (exists && fits) expect(starts).toContain(start)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('the fast clock agrees with the calendar library at every edge', () => {
  fc.assert(
    fc.property(dayArb, fc.integer({ min: 0, max: 1439 }), ([zone, date], minutes) => {
      const clock = clockIn(zone)
      const instant = instantAt(date, minutes, zone)
      expect(clock.ms(date, minutes)).toBe(Date.parse(instant))
      expect(clock.wall(instant)).toEqual(wallTimeOf(instant, zone))
      expect(clock.day(date)).toMatchObject(dayRange(date, zone))
    }),
    { numRuns: 2000 },
  )
})
