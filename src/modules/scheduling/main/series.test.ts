// Rules of recurring visits, through the front door: clashes before saving, this and following, nine stays nine.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, wallTimeOf } from '#shared/zoned-time.ts'
import { at, later, monday, scheduledClinic } from '#testkit/scheduling.ts'
import type { SeriesRule } from '../shared/shapes.ts'

const weekly: SeriesRule = {
  freq: 'weekly',
  interval: 1,
  weekdays: [],
  monthlyBy: 'day',
  anchor: null,
  count: 6,
  until: null,
}

async function withSeries() {
  const s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const wish = {
    patientId: s.patient,
    rule: weekly,
    firstDate: '2026-03-09',
    start: at(9),
    minutes: 30,
    providerId: s.doctor.id,
    visitTypeId: s.followUp.id,
  }
  return { ...s, desk, wish }
}

test('a weekly visit at nine stays at nine when clocks change', async () => {
  await using s = await withSeries()
  const { appointments } = await s.desk.bookSeries(s.wish)
  expect(appointments.map((a) => [a.date, a.start])).toEqual(
    [0, 7, 14, 21, 28, 35].map((days) => [addDays('2026-03-09', days), at(9)]),
  )
  // Clocks change on 29 March: the instants move, the wall time does not.
  expect(appointments.map((a) => a.startAt.slice(11, 16))).toEqual([
    '08:00',
    '08:00',
    '08:00',
    '07:00',
    '07:00',
    '07:00',
  ])
})

test('clashing dates are shown before saving, refused without a decision, left out or saved with a reason', async () => {
  await using s = await withSeries()
  const other = await s.register('Ben Sol')
  const taken = await s.desk.book({
    patientId: other,
    date: '2026-03-16',
    start: at(9, 15),
    providerId: s.doctor.id,
    visitTypeId: null,
  })
  await s.desk.addAbsence({
    resourceId: null,
    kind: 'holiday',
    title: 'Easter Monday',
    fromDate: '2026-04-06',
    untilDate: '2026-04-06',
  })
  const { dates } = await s.desk.seriesPreview(s.wish)
  expect(dates.filter((d) => d.clashes.length > 0).map((d) => [d.date, d.clashes[0]?.kind])).toEqual([
    ['2026-03-16', 'provider'],
    ['2026-04-06', 'absence'],
  ])
  await expect(s.desk.bookSeries(s.wish)).rejects.toMatchObject({
    code: 'SLOT_TAKEN',
    details: { date: '2026-03-16', count: 2, appointmentId: taken.id },
  })
  await expect(s.desk.bookSeries({ ...s.wish, skip: ['2026-03-16'] })).rejects.toMatchObject({
    code: 'OUTSIDE_HOURS',
    details: { date: '2026-04-06', count: 1 },
  })
  const { appointments } = await s.desk.bookSeries({
    ...s.wish,
    skip: ['2026-04-06'],
    override: { reason: 'agreed with Dr One' },
  })
  expect(appointments.map((a) => [a.date, a.overrideReason])).toEqual([
    ['2026-03-09', null],
    ['2026-03-16', 'agreed with Dr One'],
    ['2026-03-23', null],
    ['2026-03-30', null],
    ['2026-04-13', null],
  ])
})

test('a change of this and following leaves the past, what was moved by hand and what was cancelled', async () => {
  await using s = await withSeries()
  const { appointments } = await s.desk.bookSeries(s.wish)
  const [, second, third, fourth, fifth] = appointments
  if (!second || !third || !fourth || !fifth) throw new Error('six visits were booked')
  const which = (a: { id: string; rev: number }) => ({
    patientId: s.patient,
    appointmentId: a.id as never,
    rev: a.rev,
  })
  await s.desk.move({
    ...which(fourth),
    date: '2026-03-31',
    start: at(14),
    minutes: 30,
    providerId: s.doctor.id,
    roomId: null,
  })
  await s.desk.cancel({ ...which(fifth), code: 'patient' })
  const { series } = await s.desk.series({ patientId: s.patient, appointmentId: second.id })
  const changed = await s.desk.changeSeries({
    patientId: s.patient,
    appointmentId: third.id,
    rev: series.rev,
    scope: 'following',
    shiftDays: 1,
    start: at(10),
    minutes: 30,
    providerId: s.doctor.id,
    visitTypeId: s.followUp.id,
  })
  expect(changed.series).toMatchObject({ firstDate: '2026-03-24', rule: { count: 4 } })
  expect(changed.appointments.map((a) => [a.date, a.start, a.status])).toEqual([
    ['2026-03-24', at(10), 'booked'],
    ['2026-03-31', at(14), 'booked'],
    ['2026-04-06', at(9), 'cancelled'],
    ['2026-04-14', at(10), 'booked'],
  ])
  const before = await s.desk.series({ patientId: s.patient, appointmentId: second.id })
  expect(before.appointments.map((a) => a.date)).toEqual(['2026-03-09', '2026-03-16'])
  expect(before.series.rule).toMatchObject({ count: null, until: '2026-03-22' })
  await expect(
    s.desk.changeSeries({
      patientId: s.patient,
      appointmentId: second.id,
      rev: series.rev,
      scope: 'all',
      start: at(11),
      minutes: 30,
      providerId: s.doctor.id,
      visitTypeId: null,
    }),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('visits of a series are not in each other’s way when all move, and one moved back belongs to it again', async () => {
  await using s = await withSeries()
  const daily = { ...s.wish, rule: { ...weekly, freq: 'daily' as const, count: 5 } }
  const { series, appointments } = await s.desk.bookSeries(daily)
  const [first] = appointments
  if (!first) throw new Error('five visits were booked')
  const same = {
    patientId: s.patient,
    appointmentId: first.id,
    start: at(9, 15),
    minutes: 30,
    providerId: s.doctor.id,
    visitTypeId: s.followUp.id,
    scope: 'all',
  } as const
  expect((await s.desk.changeSeriesPreview(same)).dates.flatMap((d) => d.clashes)).toEqual([])
  const moved = await s.desk.changeSeries({ ...same, rev: series.rev })
  expect(moved.appointments.every((a) => a.start === at(9, 15) && !a.detached)).toBe(true)
  const [one] = moved.appointments
  const place = {
    patientId: s.patient,
    appointmentId: first.id,
    minutes: 30,
    providerId: s.doctor.id,
    roomId: null,
  }
  const away = await s.desk.move({ ...place, rev: one?.rev ?? 0, date: '2026-03-09', start: at(15) })
  expect(away.detached).toBe(true)
  const back = await s.desk.move({ ...place, rev: away.rev, date: '2026-03-09', start: at(9, 15) })
  expect(back.detached).toBe(false)
})

test('cancelling a series leaves what has begun, and each visit can be taken back', async () => {
  await using s = await withSeries()
  const { appointments } = await s.desk.bookSeries({ ...s.wish, firstDate: monday, start: at(10) })
  const [first, second] = appointments
  if (!first || !second) throw new Error('six visits were booked')
  await s.desk.setFlow({ patientId: s.patient, appointmentId: first.id, step: 'arrive', seen: 'booked' })
  later(s.clinic, 3 * 3_600_000)
  const desk = s.clinic.as('reception').scheduling
  const { cancelled } = await desk.cancelSeries({
    patientId: s.patient,
    appointmentId: first.id,
    scope: 'all',
    code: 'patient',
  })
  expect(cancelled).toHaveLength(5)
  expect((await desk.appointment({ patientId: s.patient, appointmentId: first.id })).status).toBe('arrived')
  const back = await desk.restore({
    patientId: s.patient,
    appointmentId: second.id,
    rev: cancelled[0]?.rev ?? 0,
  })
  expect(back.status).toBe('booked')
})

test('whatever is done to a series, no visit is lost, doubled, or off its time of day', async () => {
  await using s = await withSeries()
  const edit = fc.record({
    kind: fc.constantFrom('move', 'cancel', 'all', 'following'),
    which: fc.nat(20),
    quarter: fc.integer({ min: 0, max: 8 }),
    days: fc.integer({ min: -2, max: 2 }),
  })
  const edits = fc.sample(edit, { numRuns: 60, seed: 7 })
  const wish = { ...s.wish, providerId: s.other.id, override: { reason: 'property test' } }
  await s.desk.bookSeries({ ...wish, rule: { ...weekly, count: 12 } })
  const booked = async () =>
    (await s.desk.patientAppointments({ patientId: s.patient, when: 'upcoming' })).items
  let expected = 12
  for (const { kind, which, quarter, days } of edits) {
    const all = await booked()
    const one = all[which % all.length]
    if (!one || all.length < 4) break
    const named = { patientId: s.patient, appointmentId: one.id }
    const to = { start: at(9) + quarter * 15, minutes: 30, providerId: s.other.id, roomId: null }
    const override = { reason: 'property test' }
    if (kind === 'move') {
      const date = addDays(one.date, days)
      await s.desk.move({ ...named, ...to, rev: one.rev, date, override })
    } else if (kind === 'cancel') {
      await s.desk.cancel({ ...named, rev: one.rev, code: 'patient' })
      expected -= 1
    } else {
      const { series } = await s.desk.series(named)
      const { appointments } = await s.desk.changeSeries({
        ...named,
        ...to,
        rev: series.rev,
        scope: kind,
        shiftDays: days,
        visitTypeId: null,
        override,
      })
      for (const a of appointments) {
        if (a.status === 'booked' && !a.detached) {
          expect(wallTimeOf(a.startAt, 'Europe/Berlin').minutes).toBe(to.start)
        }
      }
    }
    expect(await booked()).toHaveLength(expected)
  }
})
