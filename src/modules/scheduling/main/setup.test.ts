// Rules of setting the schedule up: who may, what is refused, and what a screen reads.
import { expect, test } from 'vitest'
import { at, monday, scheduledClinic, week } from '#testkit/scheduling.ts'

test('everybody who books reads the setup; only admins change it', async () => {
  await using s = await scheduledClinic()
  const setup = await s.clinic.as('doctor').scheduling.setup({})
  expect(setup).toMatchObject({ timeZone: 'Europe/Berlin', today: monday, hoursKnown: true })
  expect(setup.resources.map((r) => r.name)).toEqual(['Room 1', 'Room 2', 'Dr One', 'Dr Two'])
  expect(setup.visitTypes.map((t) => t.name)).toEqual(['Examination', 'Follow-up'])
  const room = { id: null, rev: null, name: 'Room 3', colour: 'grey' } as const
  await expect(s.clinic.as('reception').scheduling.saveRoom(room)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(s.clinic.as('patient').scheduling.setup({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('two of one name, or two providers of one person, are refused', async () => {
  await using s = await scheduledClinic()
  const admin = s.clinic.as('admin').scheduling
  const fresh = { id: null, rev: null, colour: 'grey' } as const
  await expect(admin.saveProvider({ ...fresh, name: 'dr one' })).rejects.toMatchObject({ code: 'NAME_TAKEN' })
  await expect(
    admin.saveProvider({ ...fresh, name: 'Dr Three', userId: s.clinic.userId('doctor') as never }),
  ).rejects.toMatchObject({ code: 'DUPLICATE' })
  await expect(admin.saveVisitType({ ...fresh, name: 'FOLLOW-UP', minutes: 10 })).rejects.toMatchObject({
    code: 'NAME_TAKEN',
  })
})

test('a change of an outdated view is refused, and a provider cannot become a room', async () => {
  await using s = await scheduledClinic()
  const admin = s.clinic.as('admin').scheduling
  const change = { id: s.other.id, rev: s.other.rev, name: 'Dr Two', colour: 'rose' } as const
  expect((await admin.saveProvider(change)).rev).toBe(2)
  await expect(admin.saveProvider(change)).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(admin.saveRoom({ ...change, rev: 2 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('hours are replaced as a whole; lines that meet or end before they begin are refused', async () => {
  await using s = await scheduledClinic()
  const admin = s.clinic.as('admin').scheduling
  const [own] = (await admin.setup({})).hours
  expect(own?.rules).toHaveLength(10)
  const version = own?.version ?? ''
  const line = {
    weekday: 1,
    from: at(9),
    until: at(12),
    kind: 'open',
    validFrom: null,
    validUntil: null,
  } as const
  for (const rules of [
    [line, { ...line, from: at(11), until: at(15) }],
    [{ ...line, until: at(9) }],
    [{ ...line, validFrom: '2026-05-01', validUntil: '2026-04-01' }],
  ]) {
    await expect(admin.saveHours({ resourceId: null, version, rules })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  }
  const winter = { ...line, validUntil: '2026-03-31' } as const
  const summer = { ...line, from: at(7), validFrom: '2026-04-01' } as const
  const saved = await admin.saveHours({ resourceId: null, version, rules: [winter, summer] })
  expect(saved.rules).toHaveLength(2)
  await expect(admin.saveHours({ resourceId: null, version, rules: [] })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  const open = async (date: string) =>
    (await s.clinic.as('doctor').scheduling.calendar({ date, resourceIds: [s.doctor.id] })).columns[0]?.open
  expect(await open('2026-03-30')).toEqual([{ from: at(9), until: at(12) }])
  expect(await open('2026-04-06')).toEqual([{ from: at(7), until: at(12) }])
})

test('own hours of a doctor replace those of the clinic, also on the days on which there are none', async () => {
  await using s = await scheduledClinic()
  const admin = s.clinic.as('admin').scheduling
  await admin.saveHours({
    resourceId: s.doctor.id,
    version: '',
    rules: [{ weekday: 2, from: at(18), until: at(20), kind: 'open', validFrom: null, validUntil: null }],
  })
  const { columns } = await s.clinic.as('doctor').scheduling.calendar({ date: monday, days: 2 })
  const open = (id: string) => columns.filter((c) => c.resourceId === id).map((c) => c.open)
  expect(open(s.doctor.id)).toEqual([[], [{ from: at(18), until: at(20) }]])
  expect(open(s.other.id)[0]).toHaveLength(2)
  // Nothing is booked outside of them, and a room without hours of its own is there in the evening too.
  const desk = s.clinic.as('reception').scheduling
  const evening = await desk.book({
    patientId: s.patient,
    date: '2026-03-03',
    start: at(18),
    providerId: s.doctor.id,
    visitTypeId: s.inRoom.id,
  })
  expect(evening.roomId).toBe(s.room.id)
})

test('the desk enters sickness, sees how many visits it hits, lists them, and can take it back', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const booked = await desk.book({
    patientId: s.patient,
    date: '2026-03-03',
    start: at(10),
    providerId: s.doctor.id,
    visitTypeId: null,
  })
  const sick = {
    resourceId: s.doctor.id,
    kind: 'sick',
    fromDate: '2026-03-03',
    untilDate: '2026-03-05',
  } as const
  const { absence, displaced } = await desk.addAbsence(sick)
  expect(displaced).toBe(1)
  for (const absenceId of [absence.id, null]) {
    expect((await desk.displaced({ absenceId })).appointments.map((a) => a.id)).toEqual([booked.id])
  }
  const [, day] = (await desk.calendar({ date: monday, days: 2, resourceIds: [s.doctor.id] })).columns
  expect(day).toMatchObject({
    open: [],
    absences: [{ from: 0, until: 1440, kind: 'sick', wholeClinic: false }],
  })
  const removed = await desk.removeAbsence({ id: absence.id, rev: absence.rev })
  expect((await desk.displaced({})).appointments).toEqual([])
  expect((await desk.restoreAbsence({ id: removed.id })).displaced).toBe(1)
  await expect(s.clinic.as('doctor').scheduling.addAbsence(sick)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  // An admin enters holidays and learns how many are hit, not who.
  expect(
    (await s.clinic.as('admin').scheduling.addAbsence({ ...sick, resourceId: null, kind: 'holiday' }))
      .displaced,
  ).toBe(1)
  await expect(s.clinic.as('admin').scheduling.displaced({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('before anybody entered hours, usual ones are shown and nothing is refused for them', async () => {
  await using s = await scheduledClinic()
  const admin = s.clinic.as('admin').scheduling
  const [hours] = (await admin.setup({})).hours
  await admin.saveHours({ resourceId: null, version: hours?.version ?? '', rules: [] })
  const desk = s.clinic.as('reception').scheduling
  const day = await desk.calendar({ date: monday })
  expect(day.hoursKnown).toBe(false)
  expect(day.columns[0]?.open).toEqual([{ from: at(8), until: at(18) }])
  const visit = {
    patientId: s.patient,
    date: monday,
    start: at(20),
    providerId: s.doctor.id,
    visitTypeId: null,
  }
  expect((await desk.book(visit)).status).toBe('booked')
  expect(week).toHaveLength(10)
})
