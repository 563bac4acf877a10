// The board through dispatch: who stands where, what each role sees of it, and the acts that begin on a card.
import { expect, test } from 'vitest'
import { chartTables } from '#modules/chart/main/api.ts'
import { patientListTables } from '#modules/patients/main/api.ts'
import type { CallerInputOf } from '#shared/contract.ts'
import type { Role } from '#shared/permissions.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { withFees } from '#testkit/billing.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import type { board } from '../shared/contract.ts'
import * as queries from './queries.ts'

type Intake = CallerInputOf<(typeof board)['procedures']['intake']>

async function openClinicDay(clinic: TestClinic) {
  const admin = clinic.as('admin')
  const keller = await admin.scheduling.saveProvider({
    id: null,
    rev: null,
    name: 'Dr. Keller',
    colour: 'blue',
    userId: clinic.userId('doctor') as never,
  })
  const room = await admin.scheduling.saveRoom({ id: null, rev: null, name: 'Room 2', colour: 'grey' })
  const checkUp = await admin.scheduling.saveVisitType({
    id: null,
    rev: null,
    name: 'Check-up',
    minutes: 15,
    colour: 'green',
    noteTitle: 'Check-up note',
  })
  return { keller, room, checkUp }
}

/** A patient with a visit at 10:00 of the clinic's wall clock, which is an hour after the test begins. */
async function expectedPatient(clinic: TestClinic, name = 'Hannah Weiss', start = 600) {
  const day = await openClinicDay(clinic)
  const desk = clinic.as('reception')
  const { id: patientId } = await desk.patients.register({
    name,
    gender: 'female',
    birthDate: '1985-05-05',
    telecoms: [{ system: 'phone', use: null, value: '030 1234567', rank: null }],
  })
  const visit = await desk.scheduling.book({
    patientId,
    date: '2026-03-02',
    start,
    providerId: day.keller.id,
    visitTypeId: day.checkUp.id,
    reason: 'Headache',
    override: { reason: 'for the test' },
  })
  return { ...day, patientId, visit, desk }
}

const cardsFor = async (clinic: TestClinic, role: Role) => (await clinic.as(role).board.today({})).cards
const theCard = async (clinic: TestClinic, role: Role = 'nurse') => (await cardsFor(clinic, role))[0]

const pressure: Intake['signs'] = [{ sign: 'blood-pressure', value: '172', second: '104', unit: 'mm[Hg]' }]

test('a visit goes through the columns: expected, waiting, with nurse, ready, with doctor, to check out, left', async () => {
  await using clinic = await testClinic()
  const { patientId, visit, desk, room } = await expectedPatient(clinic)
  const which = { patientId, appointmentId: visit.id }
  const stages: (string | undefined)[] = []
  const look = async () => stages.push((await theCard(clinic))?.stage)

  await look()
  await desk.scheduling.setFlow({ ...which, step: 'arrive', seen: 'booked' })
  await look()
  await clinic.as('nurse').scheduling.setFlow({ ...which, step: 'room', seen: 'arrived', roomId: room.id })
  await look()
  clinic.tick(60_000)
  await clinic.as('nurse').board.intake({ ...which, seen: 'roomed', roomId: room.id, signs: pressure })
  await look()
  const { draftId } = await clinic.as('doctor').board.openNote({ ...which, seen: 'roomed' })
  await look()
  await clinic.as('doctor').scheduling.setFlow({ ...which, step: 'done', seen: 'with-doctor' })
  await look()
  await desk.scheduling.setFlow({ ...which, step: 'leave', seen: 'done' })
  await look()

  expect(stages).toEqual(['expected', 'waiting', 'with-nurse', 'ready', 'with-doctor', 'check-out', 'left'])
  const draft = await clinic.as('doctor').notes.openDraft({ patientId, draftId })
  expect(draft).toMatchObject({ title: 'Check-up note' })
  expect(draft.encounterId).toBe((await theCard(clinic))?.encounterId)
})

test('intake from the waiting room gives the room, saves the values and is taken back whole', async () => {
  await using clinic = await testClinic()
  const { patientId, visit, desk, room } = await expectedPatient(clinic)
  const which = { patientId, appointmentId: visit.id }
  await desk.scheduling.setFlow({ ...which, step: 'arrive', seen: 'booked' })
  const nurse = clinic.as('nurse')

  const done = await nurse.board.intake({
    ...which,
    seen: 'arrived',
    roomId: room.id,
    signs: pressure,
    reason: 'Headache since Sunday',
    allergies: 'none-known',
  })

  expect(done).toMatchObject({ marked: 1, roomed: true })
  expect(await theCard(clinic)).toMatchObject({
    stage: 'ready',
    room: 'Room 2',
    vitalsTaken: true,
    allergyState: 'none-known',
    marks: [{ sign: 'blood-pressure', value: '172/104', interpretation: 'H' }],
  })
  expect((await nurse.board.today({})).rooms).toEqual([{ id: room.id, name: 'Room 2', taken: true }])

  await nurse.board.undoIntake({ ...which, undo: done.undo, roomed: done.roomed })

  expect(await theCard(clinic)).toMatchObject({
    stage: 'waiting',
    vitalsTaken: false,
    allergyState: 'not-recorded',
    marks: [],
  })
})

test('an impossible value leaves the patient where they were', async () => {
  await using clinic = await testClinic()
  const { patientId, visit, desk, room } = await expectedPatient(clinic)
  const which = { patientId, appointmentId: visit.id }
  await desk.scheduling.setFlow({ ...which, step: 'arrive', seen: 'booked' })

  await expect(
    clinic.as('nurse').board.intake({
      ...which,
      seen: 'arrived',
      roomId: room.id,
      signs: [{ sign: 'temperature', value: '368', unit: 'Cel' }],
    }),
  ).rejects.toMatchObject({ code: 'IMPOSSIBLE_VALUE', details: { part: 'temperature' } })

  expect(await theCard(clinic)).toMatchObject({ stage: 'waiting' })
})

test('a card that somebody moved meanwhile is refused, with where it stands', async () => {
  await using clinic = await testClinic()
  const { patientId, visit, desk } = await expectedPatient(clinic)
  const which = { patientId, appointmentId: visit.id }
  await desk.scheduling.setFlow({ ...which, step: 'arrive', seen: 'booked' })
  const refused = { code: 'WRONG_STATE', details: { status: 'arrived' } }

  await expect(clinic.as('doctor').board.openNote({ ...which, seen: 'roomed' })).rejects.toMatchObject(
    refused,
  )
  await expect(
    clinic.as('nurse').board.intake({ ...which, seen: 'roomed', roomId: null, signs: pressure }),
  ).rejects.toMatchObject(refused)
})

test('SECURITY 4: the desk sees that there is an allergy, not to what, and nothing measured; billing sees neither', async () => {
  await using clinic = await testClinic()
  const { patientId, visit, desk, room } = await expectedPatient(clinic)
  const which = { patientId, appointmentId: visit.id }
  clinic.transact((ctx) =>
    ctx.write.insert(chartTables.allergyIntolerance, {
      patient_id: patientId,
      code_display: 'Penicillin',
      clinical_status: 'active',
    }),
  )
  await desk.scheduling.setFlow({ ...which, step: 'arrive', seen: 'booked' })
  await clinic.as('nurse').board.intake({ ...which, seen: 'arrived', roomId: room.id, signs: pressure })

  const hidden = { vitalsTaken: null, marks: [], allergies: [], noteSignedAt: null }
  expect(await theCard(clinic, 'doctor')).toMatchObject({
    allergies: ['Penicillin'],
    vitalsTaken: true,
    mine: true,
  })
  expect(await theCard(clinic, 'reception')).toMatchObject({
    ...hidden,
    stage: 'ready',
    allergyState: 'recorded',
    mine: false,
  })
  const billed = await theCard(clinic, 'billing')
  expect(billed).toMatchObject({ ...hidden, stage: 'ready', allergyState: null, reason: null })
  expect(JSON.stringify(billed)).not.toMatch(/Headache|Penicillin|172/)
  expect(JSON.stringify(await theCard(clinic, 'reception'))).not.toMatch(/Penicillin|172/)
})

test('what is owed stands on the card for desk and billing, not for clinicians', async () => {
  await using clinic = await testClinic()
  const { visit: fee } = await withFees(clinic)
  const { patientId } = await expectedPatient(clinic)
  await clinic.as('doctor').billing.addCharge({ patientId, feeId: fee.id })

  const due = (await theCard(clinic, 'reception'))?.due
  expect(due).toBeGreaterThan(0)
  expect((await theCard(clinic, 'billing'))?.due).toBe(due)
  expect((await theCard(clinic, 'doctor'))?.due).toBeNull()
  expect((await theCard(clinic, 'nurse'))?.due).toBeNull()
})

test.each(['admin', 'lab', 'patient', 'researcher'] as const)('%s has no board', async (role) => {
  await using clinic = await testClinic()

  await expect(clinic.as(role).board.today({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('AUTHZ-03: where the clinic is not one care team, a nurse sees cards of related patients only', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  await expectedPatient(clinic)

  expect(await cardsFor(clinic, 'reception')).toHaveLength(1)
  expect(await cardsFor(clinic, 'nurse')).toEqual([])
  // The visit itself ties the doctor to the patient.
  expect(await cardsFor(clinic, 'doctor')).toHaveLength(1)
})

test('desk and billing neither take values nor open notes from a card', async () => {
  await using clinic = await testClinic()
  const { patientId, visit } = await expectedPatient(clinic)
  const which = { patientId, appointmentId: visit.id, seen: 'booked' as const }

  for (const role of ['reception', 'billing'] as const) {
    const person = clinic.as(role)
    await expect(person.board.intake({ ...which, roomId: null, signs: pressure })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(person.board.openNote(which)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  await expect(
    clinic.as('billing').board.registerWalkIn({ person: { name: 'Ana Sol', gender: 'female' } }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('W2: somebody new is registered, arrived and numbered in one act, with the next free doctor', async () => {
  await using clinic = await testClinic()
  const { keller } = await openClinicDay(clinic)
  const desk = clinic.as('reception')

  const first = await desk.board.registerWalkIn({
    person: { name: 'Ana Sol', gender: 'female' },
    reason: 'Cough',
  })
  const second = await desk.board.registerWalkIn({ person: { name: 'Bo Lund', gender: 'male' } })

  expect([first.queueNumber, second.queueNumber]).toEqual([1, 2])
  expect(await cardsFor(clinic, 'reception')).toMatchObject([
    {
      name: 'Ana Sol',
      stage: 'waiting',
      walkIn: true,
      firstVisit: true,
      providerId: keller.id,
      reason: 'Cough',
    },
    { name: 'Bo Lund', stage: 'waiting', queueNumber: 2 },
  ])
  expect(clinic.auditOf('board.register-walk-in')).toMatchObject([{ outcome: 'ok' }, { outcome: 'ok' }])
})

test('without a doctor to see, nobody is registered by halves', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')

  await expect(
    desk.board.registerWalkIn({ person: { name: 'Ana Sol', gender: 'female' } }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })

  expect((await desk.patients.search({ text: 'Ana Sol' })).patients).toEqual([])
})

test('a phone number written down long ago is told by its age until it is amended', async () => {
  await using clinic = await testClinic()
  const { patientId } = await expectedPatient(clinic)
  expect((await theCard(clinic))?.phoneSince).toMatch(/^2026-03-02T08:/)

  clinic.transact((ctx) => {
    const [telecom] = ctx.read.list((db) =>
      db.selectFrom('patient_telecom').select('id').where('patient_id', '=', patientId),
    )
    ctx.write.update(patientListTables.telecoms, telecom?.id ?? '', 'any', { value: '030 7654321' })
  })

  expect(await theCard(clinic)).toMatchObject({ phone: '030 7654321', phoneSince: null })
})

test('the board of today has neither yesterday nor cancelled visits, and is one audit entry', async () => {
  await using clinic = await testClinic()
  const { patientId, visit, desk } = await expectedPatient(clinic)
  expect(await cardsFor(clinic, 'reception')).toHaveLength(1)
  await desk.scheduling.cancel({ patientId, appointmentId: visit.id, rev: visit.rev, code: 'patient' })
  expect(await cardsFor(clinic, 'reception')).toEqual([])
  clinic.tick(24 * 3600_000)
  expect(await cardsFor(clinic, 'nurse')).toEqual([])
  expect(clinic.auditOf('board.today').map((e) => e.detail)).toEqual(['1 visits', '0 visits', '0 visits'])
})

test('no statement walks a whole table', async () => {
  await using clinic = await testClinic()
  const all = queriesOf(queries)
  expect(all.length).toBeGreaterThan(2)
  expect(
    tableWalks(
      clinic,
      all.filter(([name]) => name !== 'rooms'),
    ),
  ).toEqual([])
})
