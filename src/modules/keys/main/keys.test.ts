// The security centre: what it shows, a new kit, what it advises, and that nothing switches encryption off.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import { bootstrapProcedures, type KitSheet } from '#shared/bootstrap.ts'
import { contracts } from '#testkit/client.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { withSecondPerson } from '#testkit/second-person.ts'
import { testCaller, testFounding, testHost, testPassword } from '#testkit/host.ts'
import type { KeyState } from '../shared/contract.ts'

/** Founded by somebody who only administers: no other hat to switch from. */
const founding = { ...testFounding, admin: { ...testFounding.admin, isDoctor: false } }

let clinic: TestClinic
beforeEach(async () => {
  clinic = await testClinic()
})
afterEach(() => clinic.close())

test('a new clinic shows its keychain, its missing kit, its key and its encryption', async () => {
  const state = await clinic.as('admin').keys.state({})
  expect(state).toMatchObject({
    keychain: 'none',
    kit: null,
    database: { generation: 1, older: 0 },
    openers: [],
    encryption: { cipher: 'SQLCipher 4, AES-256, HMAC-SHA-512' },
    isDemo: false,
  })
  expect(state.advice.map((a) => a.kind)).toEqual(['kit-pending'])
  expect(state.database.neededBytes).toBeGreaterThan(2 * state.database.bytes)
})

test('KEY-04: a new kit counts once two of its groups were typed by the person who made it', async () => {
  const admin = clinic.as('admin')
  const other = clinic.another('admin')
  const sheet = await withSecondPerson(clinic, (one) => one.keys.makeKit({}))
  expect(sheet.groups).toHaveLength(15)
  const typed = sheet.ask.map((at) => sheet.groups[at] ?? '')
  await expect(other.keys.confirmKit({ typed })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  await expect(other.keys.kitPaper({ language: 'en' })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  await expect(admin.keys.confirmKit({ typed: ['QQQQ', 'PPPP'] })).rejects.toMatchObject({
    code: 'WRONG_KIT',
    details: { fault: 'groups' },
  })
  expect((await admin.keys.state({})).kit).toBeNull()
  const paper = await admin.keys.kitPaper({ language: 'ar' })
  expect(paper.name).toBe(`osler-kit-${sheet.id}.pdf`)
  await admin.keys.confirmKit({ typed })
  const state = await admin.keys.state({})
  expect(state.kit).toEqual({ id: sheet.id, madeAt: sheet.madeAt, confirmed: 'typed' })
  expect(state.advice).toEqual([])
  expect(clinic.auditOf('kit.replace').at(-1)).toMatchObject({ detail: `kit=${sheet.id}` })
  const notices = clinic.read((read) =>
    read.list((db) => db.selectFrom('notice').selectAll().where('kind', '=', 'kit-replaced')),
  )
  expect(notices).toMatchObject([{ kind: 'kit-replaced', to_role: 'admin', detail: sheet.id }])
  // Neither a repeat nor the log of acts holds the kit.
  const kept = clinic.read((read) => read.list((db) => db.selectFrom('op_result').selectAll()))
  const everything = JSON.stringify([kept, clinic.audit()])
  expect(everything).not.toContain(sheet.groups.join('","'))
  expect(everything).not.toContain(sheet.groups.join('-'))
  // A second one takes its place; the first answers no more.
  const second = await withSecondPerson(clinic, (one) => one.keys.makeKit({}))
  await admin.keys.confirmKit({ typed: second.ask.map((at) => second.groups[at] ?? '') })
  expect((await admin.keys.state({})).kit?.id).toBe(second.id)
})

test('the dangerous acts want a fresh proof, and belong to administrators', async () => {
  clinic.session('admin').provenAt = clinic.now() - 6 * 60_000
  const typed = ['QQQQ', 'QQQQ']
  for (const [procedure, input] of [
    ['keys.makeKit', {}],
    ['keys.confirmKit', { typed }],
    ['keys.rotate', {}],
    ['keys.beginRenewal', {}],
    ['keys.renew', { typed, password: null }],
  ] as const) {
    const token = clinic.tokenOf('admin')
    expect(await clinic.call(procedure, input, { token })).toMatchObject({
      error: { code: 'STEP_UP_NEEDED' },
    })
    const doctor = await clinic.call(procedure, input, { token: clinic.tokenOf('doctor') })
    expect(doctor).toMatchObject({ error: { code: 'FORBIDDEN' } })
  }
})

test('KEY-09: an administrator who left is reason for a new kit, a new key and a new root key, until all are newer', async () => {
  const admin = clinic.as('admin')
  const made = await withSecondPerson(clinic, (one) =>
    one.people.create({ username: 'berta.k', name: 'Berta Kurz', roles: ['admin'] }),
  )
  const kinds = async () => (await admin.keys.state({})).advice.map((a) => [a.kind, a.name])
  const newKit = async () => {
    const sheet = await withSecondPerson(clinic, (one) => one.keys.makeKit({}))
    await admin.keys.confirmKit({ typed: sheet.ask.map((at) => sheet.groups[at] ?? '') })
  }
  await newKit()
  expect(await kinds()).toEqual([])
  clinic.tick(60_000)
  await admin.people.deactivate({ id: made.person.id, rev: made.person.rev, reason: 'left' })
  expect(await kinds()).toEqual([['admin-left', 'Berta Kurz']])
  clinic.tick(60_000)
  await newKit()
  // The key of the database is still the one she could have copied.
  expect(await kinds()).toEqual([['admin-left', 'Berta Kurz']])
  await withSecondPerson(clinic, (one) => one.keys.rotate({}))
  expect(await admin.keys.state({})).toMatchObject({ database: { generation: 2 }, root: { generation: 1 } })
  // With the former kit and the key file of then she has the root key, which opens the key file of today.
  expect(await kinds()).toEqual([['admin-left', 'Berta Kurz']])
  const sheet = await withSecondPerson(clinic, (one) => one.keys.beginRenewal({}))
  await admin.keys.renew({ typed: sheet.ask.map((at) => sheet.groups[at] ?? ''), password: null })
  expect(await admin.keys.state({})).toMatchObject({ kit: { id: sheet.id }, root: { generation: 2 } })
  expect(await kinds()).toEqual([])
})

test('KEY-09: a renewal takes two people and goes on only in the session that began it', async () => {
  const admin = clinic.as('admin')
  const other = clinic.another('admin')
  await expect(admin.keys.beginRenewal({})).rejects.toMatchObject({ code: 'SECOND_PERSON_NEEDED' })
  const sheet = await withSecondPerson(clinic, (one) => one.keys.beginRenewal({}))
  const typed = sheet.ask.map((at) => sheet.groups[at] ?? '')
  await expect(other.keys.renew({ typed, password: null })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  // A kit that was agreed to for something else, and the other way round.
  await expect(admin.keys.confirmKit({ typed })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  expect((await admin.keys.kitPaper({ language: 'ar' })).name).toBe(`osler-kit-${sheet.id}.pdf`)
  await expect(admin.keys.renew({ typed: ['QQQQ', 'PPPP'], password: null })).rejects.toMatchObject({
    code: 'WRONG_KIT',
  })
  expect(await admin.keys.renew({ typed, password: null })).toEqual({ id: sheet.id })
  expect(clinic.auditOf('key.renew').at(-1)).toMatchObject({ detail: `kit=${sheet.id}`, outcome: 'ok' })
  await expect(admin.keys.renew({ typed, password: null })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  const kit = await withSecondPerson(clinic, (one) => one.keys.makeKit({}))
  const groups = kit.ask.map((at) => kit.groups[at] ?? '')
  await expect(admin.keys.renew({ typed: groups, password: null })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
})

test('KEY-09: a person who is removed can no longer open the closed clinic here', async () => {
  await using folder = testHost()
  const host = await folder.open()
  const anna = testCaller()
  expect(await host.bootstrap('create', founding, anna)).toMatchObject({ ok: true })
  const call = async (procedure: string, input: unknown, caller = anna) => {
    const reply = await host.dispatch({ procedure, input }, caller)
    if (!reply.ok) throw new Error(`${procedure}: ${reply.error.code}`)
    return reply.value
  }
  const { person, code } = (await call('people.create', {
    username: 'berta.k',
    name: 'Berta Kurz',
    roles: ['reception'],
  })) as { person: { id: string }; code: string }
  const berta = testCaller('window-2')
  const password = 'another kettle whistle orbit'
  await call('session.setPassword', { username: 'berta.k', code, newPassword: password }, berta)
  await call('session.signIn', { username: 'berta.k', password }, berta)
  const openers = async () => ((await call('keys.state', {})) as KeyState).openers.map((o) => o.name)
  expect(await openers()).toEqual(['Anna Weber', 'Berta Kurz'])
  const people = (await call('people.list', {})) as { id: string; rev: number }[]
  const { rev } = people.find((one) => one.id === person.id) ?? { rev: 0 }
  await call('people.deactivate', { id: person.id, rev, reason: 'left' })
  expect(await openers()).toEqual(['Anna Weber'])
  await host.close()
  const again = await folder.open()
  expect(await again.bootstrap('unlock', { username: 'berta.k', password }, testCaller())).toMatchObject({
    error: { code: 'WRONG_PASSWORD' },
  })
  for (const name of ['keys.json', 'keys.json.old'])
    expect(readFileSync(path.join(folder.dir, name), 'utf8')).not.toContain(person.id)
})

test('KEY-07: changing the key signs everybody out and opens again under it; a password change re-wraps only', async () => {
  await using folder = testHost()
  const host = await folder.open()
  const anna = testCaller()
  const { kit: _, ...withKit } = founding
  expect(await host.bootstrap('create', withKit, anna)).toMatchObject({ ok: true })
  const shown = await host.bootstrap('kitSheet', {}, anna)
  if (!shown.ok) throw new Error('no kit')
  const { groups, ask } = shown.value as KitSheet
  await host.bootstrap('confirmKit', { typed: ask.map((at) => groups[at] ?? '') }, anna)
  const database = path.join(folder.dir, 'clinic.db')
  // The first page of the file begins with a salt that changes with the key.
  const salt = () => readFileSync(database).subarray(0, 16).toString('hex')
  const before = salt()
  const newPassword = 'quite another kettle whistles'
  expect(
    await host.dispatch(
      { procedure: 'session.changePassword', input: { oldPassword: testPassword, newPassword } },
      anna,
    ),
  ).toMatchObject({ ok: true })
  expect(salt()).toBe(before)
  const changed = new Promise<void>((resolve) => {
    host.onChanged((tables) => {
      if (tables.includes('*')) resolve()
    })
  })
  // The only administrator: the kit agrees in a second person's place, and that is good a day later.
  const asked = await host.dispatch({ procedure: 'keys.rotate', input: {} }, anna)
  expect(asked).toMatchObject({ error: { code: 'SECOND_PERSON_NEEDED' } })
  const id = asked.ok ? '' : String(asked.error.details.requestId)
  const consent = { id, rev: 1, kit: groups.join(' ') }
  expect(await host.dispatch({ procedure: 'access.approveWithKit', input: consent }, anna)).toMatchObject({
    ok: true,
  })
  folder.tick(25 * 3_600_000)
  const input = { username: 'anna', password: newPassword }
  expect(await host.dispatch({ procedure: 'session.signIn', input }, anna)).toMatchObject({ ok: true })
  const rotate = await host.dispatch({ procedure: 'keys.rotate', input: {} }, anna)
  expect(rotate).toEqual({ ok: true, value: { started: true } })
  await changed
  expect(host.status()).toMatchObject({ state: 'open', step: null })
  expect(await host.dispatch({ procedure: 'session.me', input: {} }, anna)).toMatchObject({
    error: { code: 'NOT_SIGNED_IN' },
  })
  expect(await host.dispatch({ procedure: 'session.signIn', input }, anna)).toMatchObject({ ok: true })
  const reply = await host.dispatch({ procedure: 'keys.state', input: {} }, anna)
  expect(reply).toMatchObject({ ok: true, value: { database: { generation: 2, older: 1 } } })
  const entries = host
    .clinic()
    ?.read((read) => read.list((db) => db.selectFrom('audit_log').select(['action', 'detail'])))
  expect(entries).toContainEqual({ action: 'key.rotated', detail: 'generation=2 done' })
  expect(entries?.map((e) => e.action)).toContain('key.rotate')
  expect(host.clinic()?.verify()).toMatchObject({ ok: true })
  expect(host.clinic()?.services.keyWork.forgetOldGenerations()).toBe(1)
  expect(readdirSync(folder.dir).filter((name) => name.includes('generation'))).toEqual([])
  await host.close()
  expect(salt()).not.toBe(before)
  const again = await folder.open()
  expect(await again.bootstrap('unlock', input, testCaller())).toMatchObject({ ok: true })
})

test('DB-03: nothing that can be called or clicked switches encryption off, and that it is on is written down', async () => {
  await using folder = testHost()
  const host = await folder.open()
  for (const more of [{ encryption: false }, { encrypted: false }, { cipher: 'none' }])
    expect(await host.bootstrap('create', { ...testFounding, ...more }, testCaller())).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    })
  expect(await host.bootstrap('create', testFounding, testCaller())).toMatchObject({ ok: true })
  const created = host
    .clinic()
    ?.read((read) =>
      read.list((db) => db.selectFrom('audit_log').selectAll().where('action', '=', 'clinic.create')),
    )
  expect(created?.[0]?.detail).toContain('encryption=sqlcipher-aes-256')
  await host.close()
  expect(readFileSync(path.join(folder.dir, 'clinic.db')).subarray(0, 15).toString()).not.toBe(
    'SQLite format 3',
  )
  const suspicious = /encrypt|cipher|plain(?!-text)|unprotect|decrypt/i
  const inputs = [
    ...Object.values(contracts).flatMap((c) =>
      Object.entries(c.procedures).map(([name, def]) => [name, def.input] as const),
    ),
    ...Object.entries(bootstrapProcedures),
  ]
  expect(inputs.length).toBeGreaterThan(100)
  for (const [name, input] of inputs) {
    expect(name).not.toMatch(suspicious)
    const { properties = {} } = z.toJSONSchema(input, { unrepresentable: 'any', io: 'input' }) as {
      properties?: Record<string, unknown>
    }
    for (const property of Object.keys(properties)) expect(`${name}.${property}`).not.toMatch(suspicious)
  }
  expect((await clinic.as('admin').keys.state({})).encryption.since).toBe('2026-03-02T08:00:00.000Z')
})
