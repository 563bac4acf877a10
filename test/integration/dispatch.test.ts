// The ten steps of dispatch(), seen from outside: what a door gets back and what is left behind.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { mintId } from '#core/store/mint.ts'
import { testClinic } from '#testkit/clinic.ts'

const newPatient = { name: 'Ana Sol', gender: 'female' } as const

test('a repeated opId acts once and answers the same', async () => {
  await using clinic = await testClinic()
  const opId = mintId(clinic.now())
  const token = clinic.tokenOf('reception')
  const first = await clinic.call('patients.register', newPatient, { token, opId })
  const again = await clinic.call('patients.register', newPatient, { token, opId })
  expect(first.ok).toBe(true)
  expect(again).toEqual(first)
  expect(clinic.auditOf('patient.register')).toHaveLength(1)
  expect(clinic.read((r) => r.list((db) => db.selectFrom('patient').select('id')))).toHaveLength(1)
})

test('an opId of somebody else or of another act is refused, not answered', async () => {
  await using clinic = await testClinic()
  const opId = mintId(clinic.now())
  await clinic.call('patients.register', newPatient, { token: clinic.tokenOf('reception'), opId })
  const other = await clinic.call('patients.register', newPatient, { token: clinic.tokenOf('nurse'), opId })
  expect(other).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
})

test('REL-05: 50 parallel sends of one act register one patient', async () => {
  await using clinic = await testClinic()
  const opId = mintId(clinic.now())
  const token = clinic.tokenOf('reception')
  const replies = await Promise.all(
    Array.from({ length: 50 }, () => clinic.call('patients.register', newPatient, { token, opId })),
  )
  expect(new Set(replies.map((r) => JSON.stringify(r))).size).toBe(1)
  expect(clinic.read((r) => r.list((db) => db.selectFrom('patient').select('id')))).toHaveLength(1)
})

test('an unknown procedure is not found and an unknown field is named, without what was typed', async () => {
  await using clinic = await testClinic()
  const token = clinic.tokenOf('reception')
  expect(await clinic.call('patients.dropAll', {}, { token })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  })
  const reply = await clinic.call(
    'patients.register',
    { ...newPatient, name: '', secret: 'Zq-typed' },
    { token },
  )
  expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  expect(JSON.stringify(reply)).toContain('secret')
  expect(JSON.stringify(reply)).not.toContain('Zq-typed')
})

test('AUD-01: a view, a save and a refusal each leave one entry that names who, what and whom', async () => {
  await using clinic = await testClinic()
  const { id } = await clinic.as('reception').patients.register(newPatient)
  await clinic.as('doctor').chart.open({ patientId: id })
  await expect(clinic.as('billing').chart.open({ patientId: id })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  const alias = clinic.auditOf('patient.register')[0]?.patient_alias
  expect(alias).toBeTruthy()
  expect(clinic.auditOf('chart.open')).toMatchObject([
    { role: 'doctor', outcome: 'ok', patient_alias: alias, user_id: clinic.userId('doctor') },
    { role: 'billing', outcome: 'refused', code: 'FORBIDDEN', patient_alias: alias },
  ])
  expect(clinic.clinic.verify()).toMatchObject({ ok: true })
})

test('AUD-02: no entry holds a name, a birth date or anything that was typed', async () => {
  await using clinic = await testClinic()
  const words = ['Zqfamily', 'Zqgiven', '1977-08-09', 'Zqflagtext', 'Zqsearched']
  const desk = clinic.as('reception')
  const { id } = await desk.patients.register({
    name: 'Zqgiven Zqfamily',
    gender: 'other',
    birthDate: '1977-08-09',
  })
  await desk.patients.addFlag({ patientId: id, kind: 'sticky', text: 'Zqflagtext' })
  await desk.patients.search({ text: 'Zqsearched Zqfamily' })
  await clinic.call(
    'patients.search',
    { text: 'Zqsearched', nonsense: 1 },
    { token: clinic.tokenOf('reception') },
  )
  const log = JSON.stringify(clinic.audit())
  for (const word of words) expect(log).not.toContain(word)
})

test('AUTHZ-06: of 100 racing edits of one version one wins and 99 are told', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const patient = await desk.patients.register(newPatient)
  const {
    id,
    rev,
    recordNumber: _number,
    flags: _flags,
    allergyState: _state,
    registeredAt: _at,
    ...fields
  } = patient
  const outcomes = await Promise.allSettled(
    Array.from({ length: 100 }, (_, i) =>
      desk.patients.update({ ...fields, patientId: id, rev, name: `Ana ${i}` }),
    ),
  )
  const won = outcomes.filter((o) => o.status === 'fulfilled')
  const told = outcomes.filter(
    (o) => o.status === 'rejected' && (o.reason as { code: string }).code === 'CONFLICT',
  )
  expect([won.length, told.length]).toEqual([1, 99])
})

test('SESS-02: a session locks after its idle limit and ends after twelve hours; background calls do not keep it alive', async () => {
  await using clinic = await testClinic()
  const token = clinic.tokenOf('doctor')
  const me = (background = false) => clinic.call('session.me', {}, { token, background })
  const search = (background = false) => clinic.call('patients.search', { text: 'x' }, { token, background })
  clinic.tick(299_000)
  expect(await search()).toMatchObject({ ok: true })
  clinic.tick(200_000)
  expect(await search(true)).toMatchObject({ ok: true })
  clinic.tick(101_000)
  expect(await search()).toMatchObject({ ok: false, error: { code: 'SESSION_LOCKED' } })
  expect(await me()).toMatchObject({ ok: true, value: { locked: true } })
  clinic.tick(12 * 3600 * 1000)
  expect(await me()).toMatchObject({ ok: false, error: { code: 'NOT_SIGNED_IN' } })
})

test('SESS-05: a fourth sign-in of one person closes the oldest session', async () => {
  await using clinic = await testClinic()
  const { sessions } = clinic.clinic.services
  const start = () =>
    sessions.start({ userId: clinic.userId('nurse'), door: 'ipc', role: 'nurse', signingKey: null }).token
  const tokens = [start(), start(), start(), start()]
  const answers = await Promise.all(
    tokens.map(async (token) => (await clinic.call('session.me', {}, { token })).ok),
  )
  expect(answers).toEqual([false, true, true, true])
})

test('a handler that breaks its contract answers INTERNAL, and its detail stays in the log', async () => {
  await using clinic = await testClinic()
  const reply = await clinic.call(
    'patients.get',
    { patientId: 'not-an-id' },
    { token: clinic.tokenOf('reception') },
  )
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'INVALID_INPUT', details: { fields: ['patientId: invalid_format'] } },
  })
  expect(JSON.stringify(reply)).not.toMatch(/select|stack|\/src\//)
})

test('changed tables are announced after the commit, and nothing is when it fails', async () => {
  await using clinic = await testClinic()
  const heard: string[][] = []
  clinic.clinic.onChanged((tables) => heard.push([...tables]))
  clinic.tokenOf('reception')
  heard.length = 0
  await clinic.as('reception').patients.register(newPatient)
  expect(heard.flat()).toContain('patient')
  heard.length = 0
  await clinic
    .as('reception')
    .patients.register({ ...newPatient, name: '' })
    .catch(() => null)
  expect(heard).toEqual([])
})

test('an opId used again with other words is refused, never answered with the first result', async () => {
  await using clinic = await testClinic()
  const opId = mintId(clinic.now())
  const token = clinic.tokenOf('reception')
  await clinic.call('patients.register', newPatient, { token, opId })
  const other = await clinic.call('patients.register', { ...newPatient, name: 'Bob Lee' }, { token, opId })
  expect(other).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
})

test('a device whose clock is a month behind can still save: nothing is refused for its time (SYNC 2.5)', async () => {
  await using clinic = await testClinic()
  const opId = mintId(clinic.now(), clinic.now() - 31 * 86_400_000)
  const reply = await clinic.call('patients.register', newPatient, {
    token: clinic.tokenOf('reception'),
    opId,
  })
  expect(reply.ok).toBe(true)
})

test('a wrong password at a locked window is nobody’s act, least of all that of the person who is locked', async () => {
  await using clinic = await testClinic()
  const token = clinic.tokenOf('doctor')
  clinic.session('doctor').locked = true
  await clinic.call('session.signIn', { username: 'stranger', password: 'a wrong password' }, { token })
  expect(clinic.auditOf('session.sign-in').at(-1)).toMatchObject({
    outcome: 'refused',
    user_id: null,
    session_id: null,
  })
})

test('calls without a session cannot fill the log: at most 20 entries a minute and source', async () => {
  await using clinic = await testClinic()
  const before = clinic.audit().length
  for (let i = 0; i < 200; i++) await clinic.call('patients.search', { text: 'x' })
  expect(clinic.audit().length - before).toBe(20)
  clinic.tick(60_000)
  await clinic.call('patients.search', { text: 'x' })
  expect(clinic.audit().length - before).toBe(21)
})

test('nor can calls that make no sense, or that are sent on while they have to wait', async () => {
  await using clinic = await testClinic()
  const before = clinic.audit().length
  for (let i = 0; i < 100; i++) {
    await clinic.call('patients.search', { text: 'x' }, { opId: 'none' })
    await clinic.call('session.signIn', { username: 1 })
  }
  expect(clinic.audit().length - before).toBe(20)

  clinic.tick(60_000)
  const signIns = clinic.auditOf('session.sign-in').length
  const guess = () =>
    clinic.call('session.signIn', { username: 'maria.keller', password: 'a wrong password' })
  const codes = new Set<string>()
  for (let i = 0; i < 60; i++) {
    const reply = await guess()
    codes.add(reply.ok ? 'ok' : reply.error.code)
  }
  expect([...codes]).toEqual(['WRONG_PASSWORD', 'TOO_MANY_TRIES'])
  const noted = clinic.auditOf('session.sign-in').slice(signIns)
  // Each password that was looked at, however many there are.
  expect(noted.filter(({ code }) => code === 'WRONG_PASSWORD').length).toBeGreaterThanOrEqual(5)
  expect(noted.filter(({ code }) => code === 'TOO_MANY_TRIES')).toHaveLength(20)
})

test('an upload token is worth nothing once its person was locked or has left', async () => {
  await using clinic = await testClinic()
  const { uploads } = clinic.clinic.services
  const token = clinic.tokenOf('admin')
  const actor = { sessionId: clinic.session('admin').id } as never
  const sink = () => Promise.resolve()
  expect(uploads.take(uploads.issue(actor, sink))).toBeDefined()
  const kept = uploads.issue(actor, sink)
  await clinic.call('session.lock', {}, { token })
  expect(uploads.take(kept)).toBeUndefined()
})

test('AUD-05: a missing watermark is written down at the next opening and the lamp stays red', async () => {
  await using first = await testClinic()
  await first.close()
  rmSync(path.join(first.dir, 'watermark'))
  const again = await first.reopen()
  expect(again.auditOf('watermark.missing')).toHaveLength(1)
  const health = await again.as('admin').clinic.health({})
  expect(health.checks.find((c) => c.name === 'watermark')?.state).toBe('danger')
  await again.close()
})
