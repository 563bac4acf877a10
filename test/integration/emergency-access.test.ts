// Being related lapses by itself; emergency access, reasons for access and the bulk meter stand where it ends.
import { expect, test } from 'vitest'
import { composition } from '#modules/notes/main/tables.ts'
import { appointment, schedulable } from '#modules/scheduling/main/tables.ts'
import { chartTables } from '#modules/chart/main/api.ts'
import type { PatientId } from '#shared/ids.ts'
import type { Role } from '#shared/permissions.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'

const hour = 3_600_000
const day = 24 * hour
const reason = 'Found unconscious at the door'
const notFound = { code: 'NOT_FOUND' }

const register = async (clinic: TestClinic, name = 'Ana Sol'): Promise<PatientId> =>
  (await clinic.as('reception').patients.register({ name, gender: 'female' })).id

const prove = (clinic: TestClinic, role: 'doctor' | 'nurse') =>
  clinic.clinic.services.sessions.prove(clinic.session(role))

/** Somebody moved the mouse meanwhile. */
function wake(clinic: TestClinic, ...roles: Role[]): void {
  for (const role of roles) {
    const session = clinic.session(role)
    session.locked = false
    session.lastActiveAt = clinic.now()
  }
}

const notices = (clinic: TestClinic, kind: string) =>
  clinic.read((r) =>
    r.list((db) => db.selectFrom('notice').select(['to_role', 'detail']).where('kind', '=', kind)),
  )

test('AUTHZ-07: without a reason of fifteen characters nothing opens; with one it does, for four hours, told and to be reviewed', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  const patientId = await register(clinic)
  const doctor = clinic.as('doctor')
  await expect(doctor.chart.open({ patientId })).rejects.toMatchObject(notFound)
  for (const bad of ['', 'short', ' '.repeat(20), '12345678901234']) {
    await expect(
      doctor.access.breakGlass({ patientId, code: 'life-threat', reason: bad }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  }
  await expect(
    doctor.access.breakGlass({ patientId, code: undefined as never, reason }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const opened = await doctor.access.breakGlass({ patientId, code: 'unconscious', reason })
  expect(Date.parse(opened.until) - clinic.now()).toBe(4 * hour)
  expect((await doctor.chart.open({ patientId })).banner.name).toBe('Ana Sol')
  // Asked twice it is one.
  expect((await doctor.access.breakGlass({ patientId, code: 'other', reason })).id).toBe(opened.id)
  expect(notices(clinic, 'emergency-access')).toEqual([{ to_role: 'privacy', detail: 'unconscious' }])
  const [review] = clinic.read((r) => r.list((db) => db.selectFrom('review_item').selectAll()))
  expect(review).toMatchObject({ kind: 'emergency-access', patient_id: patientId, state: 'open' })
  expect(Date.parse(review?.due_at ?? '') - clinic.now()).toBe(72 * hour)
  // One patient, one person, one hat.
  const other = await register(clinic, 'Otto Berg')
  await expect(doctor.chart.open({ patientId: other })).rejects.toMatchObject(notFound)
  await expect(clinic.as('nurse').chart.open({ patientId })).rejects.toMatchObject(notFound)
  clinic.tick(4 * hour - 1)
  wake(clinic, 'doctor')
  expect((await clinic.as('doctor').chart.open({ patientId })).hidden).toBe(0)
  clinic.tick(1)
  await expect(clinic.as('doctor').chart.open({ patientId })).rejects.toMatchObject(notFound)
  expect(clinic.auditOf('emergency.open').map((a) => a.outcome)).toContain('ok')
  expect(clinic.clinic.verify().audit.ok).toBe(true)
})

test('AUTHZ-07: it wants the person proven anew, a clinician, and can be ended before its time', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  const patientId = await register(clinic)
  clinic.session('doctor')
  clinic.tick(5 * 60_000 + 1)
  const open = () => clinic.as('doctor').access.breakGlass({ patientId, code: 'life-threat', reason })
  wake(clinic, 'doctor', 'reception')
  await expect(open()).rejects.toMatchObject({ code: 'STEP_UP_NEEDED' })
  prove(clinic, 'doctor')
  await open()
  expect(await clinic.as('doctor').access.endBreakGlass({ patientId })).toEqual({ ended: true })
  await expect(clinic.as('doctor').chart.open({ patientId })).rejects.toMatchObject(notFound)
  for (const role of ['admin', 'reception', 'lab', 'billing', 'privacy', 'researcher'] as const) {
    await expect(
      clinic.as(role).access.breakGlass({ patientId, code: 'life-threat', reason }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
})

test('AUTHZ-07: the third emergency of one person within seven days raises an alert', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  for (const name of ['One', 'Two', 'Three']) {
    expect(notices(clinic, 'emergency-access-often')).toEqual([])
    const patientId = await register(clinic, name)
    await clinic.as('doctor').access.breakGlass({ patientId, code: 'life-threat', reason })
    if (name !== 'Three') clinic.tick(3 * day)
  }
  expect(notices(clinic, 'emergency-access-often').map((n) => n.to_role)).toEqual(['privacy', 'admin'])
})

test('AUTHZ-07: allergies, current medicines and alerts need no emergency, and are audited', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  const patientId = await register(clinic)
  await clinic.as('reception').patients.addFlag({ patientId, kind: 'alert', text: 'Falls' })
  clinic.transact((ctx) => {
    ctx.write.insert(chartTables.allergyIntolerance, {
      patient_id: patientId,
      code_display: 'Penicillin',
      clinical_status: 'active',
    } as never)
    ctx.write.insert(chartTables.medicationRequest, {
      patient_id: patientId,
      status: 'active',
      intent: 'order',
      medication_display: 'Warfarin 5 mg',
    } as never)
  })
  const set = await clinic.as('nurse').access.safetySet({ patientId })
  expect(set.allergies.items.map((a) => a.substance)).toEqual(['Penicillin'])
  expect(set.medicines.map((m) => m.display)).toEqual(['Warfarin 5 mg'])
  expect(set.alerts.map((a) => a.text)).toEqual(['Falls'])
  expect(clinic.auditOf('chart.safety-set')).toHaveLength(1)
  await expect(clinic.as('reception').access.safetySet({ patientId })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('4.1: an appointment ties for thirty days to each side, a signed note for two years; both lapse by themselves', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  const byVisit = await register(clinic, 'Vera Visit')
  const byNote = await register(clinic, 'Nora Note')
  const doctor = clinic.userId('doctor')
  const { services } = clinic.clinic
  const isTied = (patientId: string) =>
    clinic.read((read) =>
      services.isRelated(
        read,
        { userId: doctor, role: 'doctor' },
        patientId,
        new Date(clinic.now()).toISOString(),
      ),
    )
  const visitAt = clinic.now() + 40 * day
  clinic.transact((ctx) => {
    ctx.write.insert(composition, {
      patient_id: byNote,
      status: 'final',
      kind: 'note',
      title: 'Note',
      body: '{"type":"doc","content":[]}',
      author_id: doctor,
      author_name: 'Doctor',
      author_role: 'doctor',
      signed_at: ctx.now,
      clock_quality: 'ok',
      digest: new Uint8Array(32),
      signature: new Uint8Array(64),
      signing_key_id: doctor,
    })
  })
  clinic.transact((ctx) => {
    const provider = ctx.write.insert(schedulable, {
      kind: 'provider',
      name: 'Doctor',
      colour: 'blue',
      position: 1,
      user_id: doctor,
      active: 1,
    } as never)
    ctx.write.insert(appointment, {
      patient_id: byVisit,
      provider_id: provider,
      start_at: new Date(visitAt).toISOString(),
      end_at: new Date(visitAt + 30 * 60_000).toISOString(),
      status: 'booked',
      walk_in: 0,
      detached: 0,
      closed_late: 0,
      booked_at: ctx.now,
    } as never)
  })
  expect(isTied(byVisit)).toBe(false)
  clinic.setWall(visitAt - 30 * day + 1000)
  expect(isTied(byVisit)).toBe(true)
  clinic.setWall(visitAt + 30 * day)
  expect(isTied(byVisit)).toBe(true)
  clinic.setWall(visitAt + 30 * day + hour)
  expect(isTied(byVisit)).toBe(false)
  expect(isTied(byNote)).toBe(true)
  clinic.setWall(Date.UTC(2028, 2, 2, 7))
  expect(isTied(byNote)).toBe(true)
  clinic.setWall(Date.UTC(2028, 2, 2, 9))
  expect(isTied(byNote)).toBe(false)
})

test('S7: a record that only "one care team" opens wants a reason once a day; own patients never', async () => {
  await using clinic = await testClinic({ policyAsDelivered: true })
  const patientId = await register(clinic)
  const doctor = clinic.as('doctor')
  const own = await doctor.patients.register({ name: 'Olga Own', gender: 'female' })
  expect((await doctor.chart.open({ patientId: own.id })).banner.name).toBe('Olga Own')
  const asked = { code: 'ACCESS_REASON_NEEDED', details: { why: 'not-assigned' } }
  await expect(doctor.chart.open({ patientId })).rejects.toMatchObject(asked)
  // No section is a way around it.
  await expect(doctor.chart.timeline({ patientId })).rejects.toMatchObject(asked)
  await expect(doctor.access.giveReason({ patientId, code: 'other' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  await doctor.access.giveReason({ patientId, code: 'phone-call', text: 'Called about a refill' })
  expect((await doctor.chart.open({ patientId })).banner.name).toBe('Ana Sol')
  expect(clinic.auditOf('chart.reason').at(-1)).toMatchObject({
    outcome: 'ok',
    detail: 'phone-call: Called about a refill',
  })
  await expect(clinic.as('nurse').chart.open({ patientId })).rejects.toMatchObject(asked)
  clinic.tick(24 * hour + 1)
  await expect(clinic.as('doctor').chart.open({ patientId })).rejects.toMatchObject(asked)
  const policy = await clinic.as('admin').access.policy({})
  await clinic.as('admin').access.savePolicy({ ...policy, askReason: false })
  expect((await clinic.as('doctor').chart.open({ patientId })).banner.name).toBe('Ana Sol')
})

test('AUTHZ-09: a scripted run stops at the 61st record, in whatever session, and after a restart too', async () => {
  await using clinic = await testClinic()
  const ids: PatientId[] = []
  for (let i = 0; i < 63; i++) ids.push(await register(clinic, `Patient ${i}`))
  const tripped = { code: 'STEP_UP_NEEDED', details: { why: 'many-charts' } }
  for (const patientId of ids.slice(0, 40)) await clinic.as('doctor').chart.open({ patientId })
  const again = clinic.clinic.services.sessions.start({
    userId: clinic.userId('doctor'),
    door: 'https',
    role: 'doctor',
    signingKey: null,
  })
  for (const patientId of ids.slice(40, 60)) {
    expect(
      await clinic.call('chart.open', { patientId }, { token: again.token, door: 'https' }),
    ).toMatchObject({
      ok: true,
    })
  }
  // Records seen before may be opened again, a new one not, although the session was proven a moment ago.
  await clinic.as('doctor').chart.open({ patientId: ids[0] as PatientId })
  const next = { patientId: ids[60] as PatientId }
  await expect(clinic.as('doctor').chart.open(next)).rejects.toMatchObject(tripped)
  await expect(clinic.as('doctor').chart.open(next)).rejects.toMatchObject(tripped)
  expect(notices(clinic, 'bulk-charts')).toHaveLength(1)
  // Another person is another count.
  await clinic.as('nurse').chart.open(next)
  clinic.tick(1000)
  prove(clinic, 'doctor')
  await clinic.as('doctor').chart.open(next)
})

test('AUTHZ-09: what was opened before a restart counts after it, for ten minutes', async () => {
  const first = await testClinic()
  const ids: PatientId[] = []
  for (let i = 0; i < 61; i++) ids.push(await register(first, `Patient ${i}`))
  for (const patientId of ids.slice(0, 60)) await first.as('doctor').chart.open({ patientId })
  await using clinic = await first.reopen()
  const next = { patientId: ids[60] as PatientId }
  await expect(clinic.as('doctor').chart.open(next)).rejects.toMatchObject({ code: 'STEP_UP_NEEDED' })
  clinic.tick(10 * 60_000)
  wake(clinic, 'doctor')
  prove(clinic, 'doctor')
  await clinic.as('doctor').chart.open(next)
})

test('AUTHZ-09: at night a record opens after a fresh proof, and the privacy duty hears of it once a night', async () => {
  await using clinic = await testClinic({ policyAsDelivered: true })
  const own = await clinic.as('doctor').patients.register({ name: 'Olga Own', gender: 'female' })
  const open = () => clinic.as('doctor').chart.open({ patientId: own.id })
  await open()
  // Berlin is an hour ahead: 22:30 by the clinic's clock.
  clinic.tick(13.5 * hour)
  await expect(open()).rejects.toMatchObject({ code: 'STEP_UP_NEEDED', details: { why: 'night' } })
  await expect(open()).rejects.toMatchObject({ code: 'STEP_UP_NEEDED' })
  clinic.tick(1000)
  prove(clinic, 'doctor')
  await open()
  expect(notices(clinic, 'night-use')).toHaveLength(1)
  // Five past midnight is still the same night.
  clinic.tick(95 * 60_000)
  wake(clinic, 'doctor')
  await open()
  expect(notices(clinic, 'night-use')).toHaveLength(1)
})
