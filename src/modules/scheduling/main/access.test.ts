// Who sees whose appointments: a doctor the related ones, billing what it bills, nobody more (AUTHZ-03, AUTHZ-05).
import { expect, test } from 'vitest'
import { at, later, monday, scheduledClinic } from '#testkit/scheduling.ts'

async function twoVisits(oneCareTeam: boolean) {
  const s = await scheduledClinic({ oneCareTeam })
  const desk = s.clinic.as('reception').scheduling
  const visit = {
    patientId: s.patient,
    date: monday,
    start: at(10),
    visitTypeId: s.followUp.id,
    reason: 'cough',
  }
  const own = await desk.book({ ...visit, providerId: s.doctor.id })
  const stranger = await s.register('Berta Fremd')
  const others = await desk.book({ ...visit, patientId: stranger, providerId: s.other.id })
  return { ...s, desk, own, others, stranger }
}

test('AUTHZ-03: without the one care team a doctor sees own patients; other times are taken, without a name', async () => {
  await using s = await twoVisits(false)
  const seen = await s.clinic.as('doctor').scheduling.calendar({ date: monday })
  expect(seen.appointments.map((a) => [a.id, a.busy, a.patientName, a.reason])).toEqual([
    [s.own.id, false, 'Ana Sol', 'cough'],
    [s.others.id, true, null, null],
  ])
  expect(JSON.stringify(seen)).not.toContain(s.stranger)
  const entry = s.clinic.auditOf('appointment.calendar').at(-1)
  expect(entry).toMatchObject({ role: 'doctor', outcome: 'ok' })
  await expect(
    s.clinic.as('doctor').scheduling.appointment({ patientId: s.stranger, appointmentId: s.others.id }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const clash = await s.clinic.as('doctor').scheduling.checkSlot({
    patientId: s.patient,
    date: monday,
    start: at(10),
    minutes: 30,
    providerId: s.other.id,
  })
  expect(clash.clashes.map((c) => [c.kind, c.patientName])).toEqual([
    ['provider', null],
    ['patient', 'Ana Sol'],
  ])
})

test('a visit within 30 days ties its doctor to the patient, and the tie lapses by itself', async () => {
  await using s = await twoVisits(false)
  const doctor = s.clinic.as('doctor').patients
  expect((await doctor.get({ patientId: s.patient })).name).toBe('Ana Sol')
  await expect(doctor.get({ patientId: s.stranger })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  later(s.clinic, 31 * 86_400_000)
  await expect(s.clinic.as('doctor').patients.get({ patientId: s.patient })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('one care team sees the whole day', async () => {
  await using s = await twoVisits(true)
  const seen = await s.clinic.as('nurse').scheduling.calendar({ date: monday })
  expect(seen.appointments.every((a) => !a.busy && a.patientName !== null)).toBe(true)
})

test('AUTHZ-05: billing sees who came for which kind of visit, not why', async () => {
  await using s = await twoVisits(true)
  const [line] = (await s.clinic.as('billing').scheduling.calendar({ date: monday })).appointments
  expect(line).toMatchObject({
    patientName: 'Ana Sol',
    visitTypeId: s.followUp.id,
    reason: null,
    phone: null,
    bookedByName: null,
  })
})

test('admins keep the schedule and see no appointment; patients and outsiders see nothing', async () => {
  await using s = await twoVisits(true)
  for (const role of ['admin', 'civil', 'researcher'] as const) {
    await expect(s.clinic.as(role).scheduling.calendar({ date: monday })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  }
  await expect(s.clinic.as('patient').scheduling.calendar({ date: monday })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(s.clinic.as('patient').scheduling.waitlist({})).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const visit = {
    patientId: s.patient,
    date: monday,
    start: at(14),
    providerId: s.doctor.id,
    visitTypeId: null,
  }
  for (const role of ['admin', 'lab', 'billing', 'civil', 'researcher'] as const) {
    await expect(s.clinic.as(role).scheduling.book(visit)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  expect(s.clinic.auditOf('appointment.book').filter((a) => a.outcome === 'refused')).toHaveLength(5)
})

test('AUTHZ-05: the laboratory sees no phone number, in the schedule no more than in demographics', async () => {
  await using s = await scheduledClinic()
  const taker = await s.clinic.as('admin').scheduling.saveProvider({
    id: null,
    rev: null,
    name: 'Blood samples',
    colour: 'rose',
    userId: s.clinic.userId('lab') as never,
  })
  const desk = s.clinic.as('reception')
  const number = '+49 30 5550199'
  const patientId = (
    await desk.patients.register({
      name: 'Berta Ruf',
      gender: 'female',
      telecoms: [{ system: 'phone', use: 'mobile', value: number, rank: 1 }],
    })
  ).id
  const visit = { patientId, date: monday, start: at(10), providerId: taker.id, visitTypeId: s.followUp.id }
  const { id } = await desk.scheduling.book(visit)
  await desk.scheduling.addToWaitlist({ patientId, visitTypeId: s.followUp.id, appointmentId: id })
  await desk.scheduling.addAbsence({
    resourceId: taker.id,
    kind: 'meeting',
    fromDate: monday,
    untilDate: monday,
  })
  const answers = async (role: 'reception' | 'lab') => {
    const { scheduling } = s.clinic.as(role)
    return [
      await scheduling.appointment({ patientId, appointmentId: id }),
      await scheduling.displaced({}),
      await scheduling.waitlist({}),
    ].map((answer) => [JSON.stringify(answer).includes('Berta Ruf'), JSON.stringify(answer).includes(number)])
  }
  const [named, called] = [true, true]
  expect(await answers('reception')).toEqual(Array(3).fill([named, called]))
  expect(await answers('lab')).toEqual(Array(3).fill([named, !called]))
})
