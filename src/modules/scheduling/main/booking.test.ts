// Rules of booking: nothing is booked over another visit, closed hours or time off unless somebody says why.
import { expect, test } from 'vitest'
import { at, later, monday, scheduledClinic } from '#testkit/scheduling.ts'

const visit = (s: { patient: string; doctor: { id: string }; followUp: { id: string } }) =>
  ({
    patientId: s.patient,
    date: monday,
    start: at(10),
    providerId: s.doctor.id,
    visitTypeId: s.followUp.id,
  }) as never

test('reception books a visit; it stands in the calendar with its length from the visit type', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const booked = await desk.book(visit(s))
  expect(booked).toMatchObject({
    date: monday,
    start: at(10),
    minutes: 30,
    startAt: '2026-03-02T09:00:00.000Z',
    status: 'booked',
    patientName: 'Ana Sol',
    bookedByName: 'Test reception',
    roomId: null,
  })
  const day = await desk.calendar({ date: monday })
  expect(day.appointments).toMatchObject([{ id: booked.id, start: at(10) }])
  expect(day.columns).toHaveLength(2)
  expect(day.columns[0]?.open).toEqual([
    { from: at(8), until: at(12) },
    { from: at(13), until: at(17) },
  ])
  expect(s.clinic.auditOf('appointment.book')).toMatchObject([{ outcome: 'ok', role: 'reception' }])
})

test('a second visit in the same time is refused by kind of clash, and saved with a reason that is kept', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const first = await desk.book(visit(s))
  const second = await s.register('Ben Sol')
  const clash = { ...(visit(s) as object), patientId: second, start: at(10, 15) } as never
  await expect(desk.book(clash)).rejects.toMatchObject({
    code: 'SLOT_TAKEN',
    details: { kind: 'provider', appointmentId: first.id },
  })
  expect(
    (await desk.checkSlot({ ...(clash as object), minutes: 30 } as never)).clashes.map((c) => [
      c.kind,
      c.patientName,
    ]),
  ).toEqual([['provider', 'Ana Sol']])
  const forced = await desk.book({
    ...(clash as object),
    override: { reason: 'urgent, agreed by phone' },
  } as never)
  expect(forced.overrideReason).toBe('urgent, agreed by phone')
  expect(s.clinic.auditOf('appointment.book').map((a) => [a.outcome, a.detail])).toEqual([
    ['ok', ''],
    ['refused', null],
    ['ok', 'over a clash: urgent, agreed by phone'],
  ])
  // Back to back is no clash.
  expect((await desk.book({ ...(clash as object), start: at(11) } as never)).status).toBe('booked')
})

test('a patient is not booked twice at one time, with another doctor either', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  await desk.book(visit(s))
  await expect(desk.book({ ...(visit(s) as object), providerId: s.other.id } as never)).rejects.toMatchObject(
    { code: 'SLOT_TAKEN', details: { kind: 'patient' } },
  )
})

test('closed hours, breaks and time off refuse a visit, each under its name', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const on = (more: object) => ({ ...(visit(s) as object), ...more }) as never
  for (const start of [at(7, 45), at(11, 45), at(12, 30), at(16, 45)]) {
    await expect(desk.book(on({ start }))).rejects.toMatchObject({
      code: 'OUTSIDE_HOURS',
      details: { kind: 'hours' },
    })
  }
  await expect(desk.book(on({ date: '2026-03-07' }))).rejects.toMatchObject({ code: 'OUTSIDE_HOURS' })
  const { absence } = await desk.addAbsence({
    resourceId: s.doctor.id,
    kind: 'meeting',
    title: 'Team',
    fromDate: monday,
    from: at(10, 15),
    untilDate: monday,
    until: at(11),
  })
  await expect(desk.book(visit(s))).rejects.toMatchObject({
    code: 'OUTSIDE_HOURS',
    details: { kind: 'absence', absenceId: absence.id },
  })
  expect((await desk.book(on({ providerId: s.other.id }))).status).toBe('booked')
})

test('an examination takes the doctor’s own room, then another free one, and without any it is refused', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const examine = async (patientId: string, providerId: string) =>
    desk.book({ ...(visit(s) as object), visitTypeId: s.inRoom.id, patientId, providerId } as never)
  expect((await examine(s.patient, s.doctor.id)).roomId).toBe(s.room.id)
  expect((await examine(await s.register('Ben Sol'), s.other.id)).roomId).toBe(s.room2.id)
  const third = await s.clinic
    .as('admin')
    .scheduling.saveProvider({ id: null, rev: null, name: 'Dr Three', colour: 'rose' })
  await expect(examine(await s.register('Cem Sol'), third.id)).rejects.toMatchObject({
    code: 'SLOT_TAKEN',
    details: { kind: 'room' },
  })
})

test('moving looks for clashes again, refuses an outdated view, and an undo is a move back', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const booked = await desk.book(visit(s))
  const other = await desk.book({
    ...(visit(s) as object),
    patientId: await s.register('Ben Sol'),
    start: at(11),
  } as never)
  const to = {
    patientId: s.patient,
    appointmentId: booked.id,
    rev: booked.rev,
    date: monday,
    start: at(11),
    minutes: 30,
    providerId: s.doctor.id,
    roomId: null,
  } as never
  await expect(desk.move(to)).rejects.toMatchObject({ details: { appointmentId: other.id } })
  const moved = await desk.move({ ...(to as object), providerId: s.other.id, minutes: 45 } as never)
  expect(moved).toMatchObject({ start: at(11), minutes: 45, providerId: s.other.id })
  await expect(desk.move({ ...(to as object), start: at(14) } as never)).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  const back = await desk.move({ ...(to as object), start: at(10), rev: moved.rev } as never)
  expect(back).toMatchObject({ start: at(10), minutes: 30, providerId: s.doctor.id })
})

test('a cancelled visit frees its time; taking it back looks whether the time is still free', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const booked = await desk.book(visit(s))
  const which = { patientId: booked.patientId as never, appointmentId: booked.id }
  const cancelled = await desk.cancel({ ...which, rev: booked.rev, code: 'patient', text: 'has a cold' })
  expect(cancelled).toMatchObject({ status: 'cancelled', closeCode: 'patient', closedLate: true })
  expect((await desk.calendar({ date: monday })).appointments).toEqual([])
  const restored = await desk.restore({ ...which, rev: cancelled.rev })
  expect(restored).toMatchObject({ status: 'booked', closeCode: null, closedLate: false })
  const again = await desk.cancel({ ...which, rev: restored.rev, code: 'clinic' })
  expect(again.closedLate).toBe(false)
  await desk.book({ ...(visit(s) as object), patientId: await s.register('Ben Sol') } as never)
  await expect(desk.restore({ ...which, rev: again.rev })).rejects.toMatchObject({ code: 'SLOT_TAKEN' })
  expect(s.clinic.auditOf('appointment.cancel').map((a) => a.detail)).toEqual(['patient', 'clinic'])
})

test('a patient who did not come can be noted from the time of the visit on, counted, and still arrive late', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const booked = await desk.book(visit(s))
  const which = { patientId: booked.patientId as never, appointmentId: booked.id }
  await expect(desk.noShow({ ...which, rev: booked.rev })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  later(s.clinic, 90 * 60_000)
  const missed = await desk.noShow({ ...which, rev: booked.rev })
  expect(missed.status).toBe('noshow')
  expect(await desk.patientAppointments({ patientId: s.patient, when: 'past' })).toMatchObject({
    noShows: 1,
    items: [{ id: booked.id, status: 'noshow' }],
  })
  const late = await desk.setFlow({ ...which, step: 'arrive', seen: 'noshow' })
  expect(late).toMatchObject({ status: 'arrived', closedAt: null })
})

test('an act on an appointment of another patient than the window shows is refused', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const booked = await desk.book(visit(s))
  const wrong = { patientId: await s.register('Ben Sol'), appointmentId: booked.id, rev: booked.rev }
  await expect(desk.cancel({ ...wrong, code: 'patient' })).rejects.toMatchObject({ code: 'WRONG_PATIENT' })
  await expect(
    desk.setFlow({ patientId: wrong.patientId, appointmentId: booked.id, step: 'arrive', seen: 'booked' }),
  ).rejects.toMatchObject({ code: 'WRONG_PATIENT' })
})

test('nothing is booked for somebody who has died', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception')
  const dead = await desk.patients.register({ name: 'Eva Sol', gender: 'female', deceased: true })
  await expect(
    desk.scheduling.book({ ...(visit(s) as object), patientId: dead.id } as never),
  ).rejects.toMatchObject({ code: 'WRONG_STATE', details: { status: 'deceased' } })
})

test('a kind of visit that nurses alone book is refused to the desk', async () => {
  await using s = await scheduledClinic()
  const type = await s.clinic.as('admin').scheduling.saveVisitType({
    id: null,
    rev: null,
    name: 'Wound care',
    minutes: 20,
    colour: 'rose',
    bookableBy: ['nurse'],
  })
  const wound = { ...(visit(s) as object), visitTypeId: type.id } as never
  await expect(s.clinic.as('reception').scheduling.book(wound)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect((await s.clinic.as('nurse').scheduling.book(wound)).minutes).toBe(20)
})

test('where clocks jump forward nobody is booked into the hour that does not exist', async () => {
  await using s = await scheduledClinic()
  await expect(
    s.clinic.as('reception').scheduling.book({
      ...(visit(s) as object),
      date: '2026-03-29',
      start: at(2, 30),
      override: { reason: 'night visit' },
    } as never),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { fields: ['start'] } })
})

test('repeating a booking under one id books once', async () => {
  await using s = await scheduledClinic()
  const opId = '01934b6a-0000-7000-8000-000000000001'
  const token = s.clinic.tokenOf('reception')
  const [a, b] = [
    await s.clinic.call('scheduling.book', visit(s), { opId, token }),
    await s.clinic.call('scheduling.book', visit(s), { opId, token }),
  ]
  expect(a).toEqual(b)
  expect((await s.clinic.as('reception').scheduling.calendar({ date: monday })).appointments).toHaveLength(1)
})
