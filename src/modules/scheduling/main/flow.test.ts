// A visit through the day: each step has its stamp and moves the encounter with it; each step can be taken back.
import { expect, test } from 'vitest'
import { chartTables } from '#modules/chart/main/api.ts'
import { at, later, monday, scheduledClinic } from '#testkit/scheduling.ts'
import { markDone, markWithDoctor, visitOfEncounter, visitTypeOfEncounter } from './api.ts'

async function bookedVisit() {
  const s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const booked = await desk.book({
    patientId: s.patient,
    date: monday,
    start: at(10),
    providerId: s.doctor.id,
    visitTypeId: s.followUp.id,
  })
  const which = { patientId: s.patient, appointmentId: booked.id }
  const encounter = (id: string | null) =>
    s.clinic.read((r) =>
      r.list((db) =>
        db
          .selectFrom('encounter')
          .selectAll()
          .where('id', '=', id ?? ''),
      ),
    )[0]
  return { ...s, desk, booked, which, encounter }
}

test('booked, arrived, roomed, with the doctor, done, left: stamps and encounter follow', async () => {
  await using s = await bookedVisit()
  const { desk, which } = s
  const arrived = await desk.setFlow({ ...which, step: 'arrive', seen: 'booked' })
  expect(arrived).toMatchObject({ status: 'arrived', arrivedAt: new Date(s.clinic.now()).toISOString() })
  expect(s.encounter(arrived.encounterId)).toMatchObject({
    status: 'arrived',
    type_display: 'Follow-up',
    user_id: s.clinic.userId('doctor'),
    practitioner_display: 'Test doctor',
  })
  later(s.clinic, 60_000)
  const roomed = await desk.setFlow({ ...which, step: 'room', seen: 'arrived', roomId: s.room2.id })
  expect(roomed).toMatchObject({ status: 'roomed', roomId: s.room2.id })
  later(s.clinic, 60_000)
  const doctor = s.clinic.as('doctor').scheduling
  const begun = await doctor.setFlow({ ...which, step: 'start', seen: 'roomed' })
  expect(begun.withDoctorAt).toBe(new Date(s.clinic.now()).toISOString())
  expect(s.encounter(arrived.encounterId)?.status).toBe('in-progress')
  later(s.clinic, 600_000)
  const done = await doctor.setFlow({ ...which, step: 'done', seen: 'with-doctor' })
  expect(s.encounter(arrived.encounterId)).toMatchObject({ status: 'finished', period_end: done.doneAt })
  const left = await desk.setFlow({ ...which, step: 'leave', seen: 'done' })
  expect(left.status).toBe('left')
  expect(s.clinic.auditOf('visit.flow').map((a) => a.detail)).toEqual([
    'booked: arrive',
    'arrived: room',
    'roomed: start',
    'with-doctor: done',
    'done: leave',
  ])
})

test('every step can be taken back, stamp by stamp, and the encounter with it', async () => {
  await using s = await bookedVisit()
  const { desk, which } = s
  const before = await desk.appointment(which)
  for (const [step, seen] of [
    ['arrive', 'booked'],
    ['start', 'arrived'],
    ['done', 'with-doctor'],
    ['leave', 'done'],
  ] as const) {
    await desk.setFlow({ ...which, step, seen })
  }
  const id = (await desk.appointment(which)).encounterId
  expect((await desk.setFlow({ ...which, step: 'back', seen: 'left' })).status).toBe('done')
  expect((await desk.setFlow({ ...which, step: 'back', seen: 'done' })).status).toBe('with-doctor')
  expect(s.encounter(id)).toMatchObject({ status: 'in-progress', period_end: null })
  // There was no room: the step before is the waiting room.
  expect((await desk.setFlow({ ...which, step: 'back', seen: 'with-doctor' })).status).toBe('arrived')
  const after = await desk.setFlow({ ...which, step: 'back', seen: 'arrived' })
  expect({ ...after, rev: 0 }).toEqual({ ...before, rev: 0 })
  expect(s.encounter(id)?.voided_at).not.toBeNull()
})

test('steps that do not follow, and steps from a status that is no more, are refused', async () => {
  await using s = await bookedVisit()
  const { desk, which } = s
  for (const step of ['room', 'start', 'done', 'leave', 'back'] as const) {
    await expect(desk.setFlow({ ...which, step, seen: 'booked' })).rejects.toMatchObject({
      code: 'WRONG_STATE',
      details: { status: 'booked' },
    })
  }
  await desk.setFlow({ ...which, step: 'arrive', seen: 'booked' })
  await expect(desk.setFlow({ ...which, step: 'arrive', seen: 'booked' })).rejects.toMatchObject({
    code: 'WRONG_STATE',
    details: { status: 'arrived' },
  })
  await expect(desk.cancel({ ...which, rev: 2, code: 'patient' })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
})

test('nobody arrives for a visit of another day', async () => {
  await using s = await bookedVisit()
  later(s.clinic, 24 * 3_600_000)
  await expect(
    s.clinic.as('reception').scheduling.setFlow({ ...s.which, step: 'arrive', seen: 'booked' }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })
})

test('an arrival in whose visit something was recorded is not taken back', async () => {
  await using s = await bookedVisit()
  const arrived = await s.desk.setFlow({ ...s.which, step: 'arrive', seen: 'booked' })
  s.clinic.transact((ctx) => {
    ctx.write.insert(chartTables.observation, {
      patient_id: s.patient,
      status: 'final',
      code_display: 'Weight',
      encounter_id: arrived.encounterId,
    })
  })
  await expect(s.desk.setFlow({ ...s.which, step: 'back', seen: 'arrived' })).rejects.toMatchObject({
    code: 'WRONG_STATE',
    details: { status: 'recorded' },
  })
})

test('a visit that somebody opened in the chart today is taken over, one that has its own appointment is not', async () => {
  await using s = await bookedVisit()
  const draft = await s.clinic.as('doctor').notes.start({ patientId: s.patient })
  const arrived = await s.desk.setFlow({ ...s.which, step: 'arrive', seen: 'booked' })
  expect(arrived.encounterId).toBe(draft.encounterId)
  const second = await s.desk.book({
    patientId: s.patient,
    date: monday,
    start: at(15),
    providerId: s.other.id,
    visitTypeId: null,
  })
  const again = await s.desk.setFlow({
    patientId: s.patient,
    appointmentId: second.id,
    step: 'arrive',
    seen: 'booked',
  })
  expect(again.encounterId).not.toBe(draft.encounterId)
})

test('the note’s side: beginning and signing set the stamps once, and tell which visit it was', async () => {
  await using s = await bookedVisit()
  const { encounterId } = await s.desk.setFlow({ ...s.which, step: 'arrive', seen: 'booked' })
  const id = encounterId ?? ''
  s.clinic.transact((ctx) => markWithDoctor(ctx, s.patient, id))
  expect((await s.desk.appointment(s.which)).status).toBe('with-doctor')
  s.clinic.transact((ctx) => {
    markDone(ctx, s.patient, id)
    markDone(ctx, s.patient, id)
  })
  expect((await s.desk.appointment(s.which)).status).toBe('done')
  const other = await s.register('Ben Sol')
  s.clinic.read((read) => {
    expect(visitOfEncounter(read, s.patient, id)?.id).toBe(s.booked.id)
    expect(visitTypeOfEncounter(read, s.patient, id)?.feeCode).toBe('FU')
    expect(visitOfEncounter(read, other, id)).toBeUndefined()
  })
})

test('a walk-in is arrived at once with whoever is free next, and numbers count up from one', async () => {
  await using s = await scheduledClinic()
  const desk = s.clinic.as('reception').scheduling
  const first = await desk.walkIn({ patientId: s.patient, visitTypeId: s.followUp.id })
  expect(first).toMatchObject({
    status: 'arrived',
    walkIn: true,
    queueNumber: 1,
    start: at(9),
    providerId: s.doctor.id,
    overrideReason: null,
  })
  const second = await desk.walkIn({ patientId: await s.register('Ben Sol'), visitTypeId: s.followUp.id })
  expect(second).toMatchObject({ queueNumber: 2, start: at(9), providerId: s.other.id })
  const third = await desk.walkIn({ patientId: await s.register('Cem Sol'), visitTypeId: s.followUp.id })
  expect(third).toMatchObject({ queueNumber: 3, start: at(9, 30) })
  await expect(desk.walkIn({ patientId: s.patient, visitTypeId: null })).rejects.toMatchObject({
    code: 'SLOT_TAKEN',
    details: { kind: 'patient', appointmentId: first.id },
  })
})

test('after the last free place a walk-in still waits, and that it is in between is kept', async () => {
  await using s = await scheduledClinic()
  later(s.clinic, 9 * 3_600_000)
  const late = await s.clinic.as('reception').scheduling.walkIn({ patientId: s.patient, visitTypeId: null })
  expect(late).toMatchObject({ start: at(18), status: 'arrived', overrideReason: 'walk-in' })
})
