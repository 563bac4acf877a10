// The clinic root key is renewed (KEY-09): whoever had kit, password, key file and keychain of a former time opens nothing of
// today, and everybody and everything else goes on. Kills at each step leave one of the two clinics whole (KEY-07).
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openWithKit, openWithRoot } from '#core/backup/sealing.ts'
import { readHeader } from '#core/backup/pieces.ts'
import { openPacket, readPacketFile } from '#core/downtime/packet.ts'
import type { ClinicHost } from '#core/host.ts'
import { memoryDeviceSecrets } from '#core/keys/device-secret.ts'
import { readKeyFile } from '#core/keys/key-file.ts'
import { unlockKeyRingByKit } from '#core/keys/key-ring.ts'
import { kitPair, parseKit } from '#core/keys/kit.ts'
import { opensWith } from '#core/db/rotate-database.ts'
import { roleGrant } from '#modules/people/main/tables.ts'
import type { KeyState } from '#modules/keys/shared/contract.ts'
import type { DowntimePacket } from '#shared/downtime.ts'
import { testCaller, testHost, testPassword } from '#testkit/host.ts'
import { seededRandom } from '#testkit/random.ts'
import { killRenewals, ownMoments, steal, whatOpens } from '#testkit/renewing.ts'
import { ask, beginRenewal, renewRoot, signInAdmin, whenChanged } from '#testkit/renewing-host.ts'
import { type BackedUp, backedUpClinic, confirmKit, must, people, tableHashes } from '#testkit/restoring.ts'
import { ringOptions } from '#testkit/rotating-ring.ts'
import { codeAt } from '#testkit/sign-in.ts'

const newPassword = 'pebble lantern orbit cedar ninety'

/** Somebody with a password of their own, who has signed in here once and so opens the closed clinic. */
async function hire(from: BackedUp, username: string, isAdmin = false) {
  await signInAdmin(from)
  const made = (await from.call('people.create', { username, name: username, roles: ['reception'] })) as {
    code: string
    person: { id: string; rev: number }
  }
  const { id } = made.person
  if (isAdmin) {
    const act = { action: 'people.update', category: 'account' } as const
    from.host
      .clinic()
      ?.transact({ actor: null, door: 'job' }, act, (ctx) =>
        ctx.write.insert(roleGrant, { user_id: id, role: 'admin', granted_at: ctx.now }),
      )
  }
  const caller = testCaller(`window-${username}`)
  must(await ask(from.host, caller, 'session.setPassword', { username, code: made.code, newPassword }))
  const who = { username, password: newPassword }
  must(await ask(from.host, caller, 'session.signIn', who))
  return { id, who, caller }
}

async function endAccess(from: BackedUp, id: string): Promise<void> {
  const all = (await from.call('people.list', {})) as { id: string; rev: number }[]
  await from.call('people.deactivate', { id, rev: all.find((one) => one.id === id)?.rev, reason: 'left' })
}

const keyState = async (from: BackedUp) => (await from.call('keys.state', {})) as KeyState
const slotsOf = (host: ClinicHost) =>
  host
    .clinic()
    ?.services.keyWork.facts()
    .slots.map((slot) => slot.userId)
const audit = (host: ClinicHost, action: string) =>
  host
    .clinic()
    ?.read((r) => r.list((db) => db.selectFrom('audit_log').selectAll().where('action', '=', action))) ?? []
const notices = (host: ClinicHost) =>
  host.clinic()?.read((r) => r.list((db) => db.selectFrom('notice').select(['kind', 'detail', 'to_role']))) ??
  []
const secretOf = (kit: string) => {
  const parsed = parseKit(kit)
  if (!parsed.ok) throw new Error('no kit')
  return parsed.secret
}
const backupNow = async (from: BackedUp) => {
  await from.call('backups.make', {})
  await from.host.clinic()?.services.jobs.idle()
  from.home.tick(60_000)
}
const nobodyToday: DowntimePacket = {
  format: 1,
  clinicName: 'Praxis am See',
  timeZone: 'Europe/Berlin',
  writtenAt: '2026-03-02T08:00:00.000Z',
  days: [],
  patients: [],
  readers: [],
}

test('KEY-09: an administrator who left with kit, password, key file and keychain of that time opens nothing of today', async () => {
  const secrets = memoryDeviceSecrets()
  await using from = await backedUpClinic({ secrets })
  const { host, home, kit } = from
  const berta = await hire(from, 'berta', true)
  host.clinic()?.services.downtime.write(nobodyToday)
  // What she takes along on her last day: all files as they lie there, the kit, her own password and the keychain.
  const taken = mkdtempSync(path.join(tmpdir(), 'osler-thief-'))
  const thief = path.join(taken, 'clinic')
  for (const name of ['keys.json', 'keys.json.old', 'downtime.packet'])
    copyFileSync(path.join(home.dir, name), path.join(taken, name))
  const stolen = steal(home.dir, kit)
  const oldFile = readKeyFile(path.join(taken, 'keys.json'))
  const oldRing = oldFile && unlockKeyRingByKit(ringOptions(taken), oldFile, secretOf(kit))
  if (!oldRing) throw new Error('the kit opens nothing')
  try {
    home.tick(60_000)
    await endAccess(from, berta.id)
    expect((await keyState(from)).advice.map((one) => one.kind)).toEqual(['admin-left'])
    home.tick(60_000)
    const newKit = await renewRoot(from)
    await signInAdmin(from)
    const state = await keyState(from)
    expect(state.advice).toEqual([])
    expect(state).toMatchObject({ root: { generation: 2 }, database: { generation: 2 } })
    expect(newKit).not.toBe(kit)
    await backupNow(from)
    const [backup = ''] = readdirSync(path.join(home.dir, 'backups')).toSorted().toReversed()

    // By the bytes: neither key file, nor the database, nor the copy of the day, nor a new backup.
    expect(whatOpens(home.dir, stolen)).toEqual([])
    const bytes = readPacketFile(home.dir)
    expect(bytes).not.toBeNull()
    expect(bytes && openPacket(oldRing.keys, bytes)).toBeNull()
    const { header } = readHeader(path.join(home.dir, 'backups', backup))
    expect(header.body.sealed.kit?.id).toBe(state.kit?.id)
    expect(() => openWithRoot(oldRing.keys.backupWrap, header.body)).toThrow('wrong-key')
    const pair = await kitPair(secretOf(kit))
    await expect(openWithKit(pair.privateKey, header.body)).rejects.toThrow('wrong-kit')
    // The backup was what the former file waited for: nothing under a key she knows is left beside the database.
    expect(readdirSync(home.dir).filter((name) => /generation|renewed|rotating/.test(name))).toEqual([])
    for (const { generation } of oldRing.generations.list())
      expect(opensWith(path.join(home.dir, 'clinic.db'), oldRing.generations.keyOf(generation))).toBe(false)
    await host.close()

    // By the program, with the keychain of the clinic's own computer: today's files, then her key file beside them.
    cpSync(home.dir, thief, { recursive: true })
    await using other = testHost()
    const tryAll = async () => {
      cpSync(thief, other.dir, { recursive: true })
      const shut = await other.open({ secrets })
      const byKit = await shut.bootstrap('unlockKit', { kit }, testCaller())
      const byPassword = await shut.bootstrap('unlock', berta.who, testCaller())
      const bySomebody = await shut.bootstrap('unlock', people, testCaller())
      await shut.close()
      return [byKit, byPassword, bySomebody].map((r) =>
        r.ok ? 'open' : (r.error.details.problem ?? r.error.code),
      )
    }
    expect(await tryAll()).toEqual(['WRONG_KIT', 'WRONG_PASSWORD', 'open'])
    for (const name of ['keys.json', 'keys.json.old'])
      copyFileSync(path.join(taken, name), path.join(thief, name))
    expect(await tryAll()).toEqual(Array(3).fill('wrong-key-or-damaged'))
  } finally {
    rmSync(taken, { recursive: true, force: true })
  }
}, 120_000)

test('KEY-09: colleagues sign in as always and get new slots; a restart opens by password and by the new kit', async () => {
  await using from = await backedUpClinic()
  const { host, home, caller, kit } = from
  const cora = await hire(from, 'cora')
  const { uri } = must(await ask(host, cora.caller, 'session.beginFactor', {})) as { uri: string }
  const code = () => codeAt(uri, host.clinic()?.services.clock() ?? 0)
  must(await ask(host, cora.caller, 'session.confirmFactor', { code: code() }))
  const anna = slotsOf(host)?.[0]
  expect(slotsOf(host)).toEqual([anna, cora.id])
  const rows = tableHashes(host)
  const sheet = await beginRenewal(from)
  const typed = sheet.ask.map((at) => sheet.groups[at] ?? '')

  // Wrong groups, a wrong password and somebody else change nothing.
  const before = readFileSync(path.join(home.dir, 'keys.json'))
  const renew = (input: unknown, by = caller) => ask(host, by, 'keys.renew', input)
  expect(await renew({ typed: ['QQQQ', 'PPPP'], password: testPassword })).toMatchObject({
    error: { code: 'WRONG_KIT', details: { fault: 'groups' } },
  })
  for (const password of ['not my password at all', null])
    expect(await renew({ typed, password })).toMatchObject({ error: { code: 'WRONG_PASSWORD' } })
  expect(await ask(host, caller, 'keys.confirmKit', { typed })).toMatchObject({
    error: { code: 'WRONG_STATE' },
  })
  expect(readFileSync(path.join(home.dir, 'keys.json')).equals(before)).toBe(true)

  const changed = whenChanged(host)
  must(await renew({ typed, password: testPassword }))
  await changed
  expect(host.status()).toMatchObject({ state: 'open', kitId: sheet.id, step: null })
  expect(await ask(host, caller, 'session.me', {})).toMatchObject({ error: { code: 'NOT_SIGNED_IN' } })
  // Only who did it opens the closed clinic; the others make their own way in anew.
  expect(slotsOf(host)).toEqual([anna])
  const signedIn = must(await ask(host, cora.caller, 'session.signIn', cora.who))
  expect(signedIn).toMatchObject({ pending: 'second-factor' })
  must(await ask(host, cora.caller, 'session.secondFactor', { code: code() }))
  expect(slotsOf(host)).toEqual([anna, cora.id])

  // Every row is there, the trail is whole, and says who did what.
  const after = tableHashes(host)
  for (const table of ['user_account', 'patient', 'role_grant', 'user_signing_key'])
    expect([table, after[table]]).toEqual([table, rows[table]])
  expect(host.clinic()?.verify()).toMatchObject({ ok: true, commits: { ok: true }, control: { ok: true } })
  expect(audit(host, 'key.renew').at(-1)).toMatchObject({
    user_id: anna,
    detail: `kit=${sheet.id}`,
    outcome: 'ok',
  })
  expect(audit(host, 'key.rotated')).toMatchObject([
    { detail: `generation=2 done root=2 renewed kit=${sheet.id}` },
  ])
  expect(notices(host)).toContainEqual({ kind: 'root-key-renewed', detail: sheet.id, to_role: 'admin' })
  expect(readFileSync(path.join(home.dir, 'attachments', 'a1b2c3'), 'utf8')).toContain('sealed picture')
  await host.close()

  for (const who of [people, cora.who]) {
    const again = await home.open()
    must(await again.bootstrap('unlock', who, testCaller()))
    expect(again.clinic()?.verify()).toMatchObject({ ok: true })
    await again.close()
  }
  const byKit = await home.open()
  expect(await byKit.bootstrap('unlockKit', { kit }, testCaller())).toMatchObject({
    error: { code: 'WRONG_KIT' },
  })
  must(await byKit.bootstrap('unlockKit', { kit: sheet.groups.join('-') }, testCaller()))
  expect(byKit.status()).toMatchObject({ state: 'kit', kitFor: 'kit-used' })
}, 120_000)

test('KEY-09, BAK-07: a backup of before opens with the kit of its day, one of after with the new kit; who was erased since stays erased', async () => {
  await using from = await backedUpClinic()
  const { host, kit } = from
  const { id } = (await from.call('patients.register', { name: 'Zqxgone Ana', gender: 'female' })) as {
    id: string
  }
  await signInAdmin(from)
  const places = path.join(from.dir, 'disk')
  mkdirSync(places)
  const target = { kind: 'folder', id: null, rev: 0, name: 'Disk', offSite: true, neverDelete: false }
  await from.call('backups.saveTarget', { target: { ...target, path: places } })
  const work = () => host.clinic()?.services
  const ofPlace = work()?.backups.seal('place', 'bucket password')
  const sealed = work()?.sealSecret('label', Buffer.from('seed'))
  const digest = work()?.keyedDigest('label', 'code')
  const newKit = await renewRoot(from, () => backupNow(from))
  await signInAdmin(from)
  expect(work()?.backups.unseal('place', ofPlace ?? new Uint8Array())).toBe('bucket password')
  expect(Buffer.from(work()?.openSecret('label', sealed ?? new Uint8Array()) ?? []).toString()).toBe('seed')
  expect(work()?.keyedDigest('label', 'code')).toEqual(digest)
  const act = { action: 'erasure.purge', category: 'system' } as const
  const clinic = host.clinic()
  clinic?.transact({ actor: null, door: 'job' }, act, (ctx) =>
    clinic.services.purge(ctx, { order: ctx.mint(), patientId: id, whole: true }),
  )
  // A backup of minutes ago is no reason to wait: it is of former keys, and the former file waits for a newer one.
  const former = () => readdirSync(from.home.dir).filter((name) => name.includes('generation'))
  expect(former()).toHaveLength(1)
  await clinic?.runDueJobs()
  from.home.tick(11 * 60_000)
  await clinic?.runDueJobs()
  expect(former()).toEqual([])
  await signInAdmin(from)
  const [older = '', newer = ''] = readdirSync(places)
    .filter((name) => name.endsWith('.oslerbackup'))
    .toSorted()
  const place = { kind: 'folder', path: places }
  expect(await ask(host, from.caller, 'backups.restoreLook', { place, name: older })).toMatchObject({
    error: { code: 'WRONG_FILE', details: { backup: 'wrong-key' } },
  })
  await host.close()
  for (const [name, right, wrong] of [
    [older, kit, newKit],
    [newer, newKit, kit],
  ] as const) {
    await using to = testHost()
    const empty = await to.open()
    const look = (text: string) =>
      empty.bootstrap('restoreLook', { place, name, opener: { kind: 'kit', kit: text } }, testCaller())
    expect(await look(wrong)).toMatchObject({ error: { code: 'WRONG_KIT' } })
    expect(must(await look(right))).toMatchObject({ clinicName: 'Praxis am See', attachments: 1 })
    must(await empty.bootstrap('restoreApply', {}, testCaller()))
    await confirmKit(empty)
    must(await empty.bootstrap('unlock', people, testCaller()))
    expect(empty.clinic()?.verify()).toMatchObject({ ok: true })
    expect(readFileSync(path.join(to.dir, 'attachments', 'a1b2c3'), 'utf8')).toContain('sealed picture')
    // The list beside the backups opens for the kit of either time.
    const left = empty.clinic()?.read((r) => r.list((db) => db.selectFrom('patient').select('name_text')))
    expect(left).toEqual([])
  }
}, 120_000)

test('KEY-07: a renewal that fails before it is decided leaves the former kit, slots and key, and says so', async () => {
  await using from = await backedUpClinic()
  const { host, home, kit } = from
  const cora = await hire(from, 'cora')
  const sheet = await beginRenewal(from)
  const typed = sheet.ask.map((at) => sheet.groups[at] ?? '')
  // A folder where the new key file is to be written.
  const inTheWay = path.join(home.dir, 'keys.json.tmp')
  mkdirSync(inTheWay)
  const changed = whenChanged(host)
  must(await ask(host, from.caller, 'keys.renew', { typed, password: testPassword }))
  await changed
  rmSync(inTheWay, { recursive: true })
  expect(host.status()).toMatchObject({ state: 'open', step: null })
  expect(readdirSync(home.dir).filter((name) => /renewed|rotating/.test(name))).toEqual([])
  expect(slotsOf(host)).toHaveLength(2)
  expect(audit(host, 'key.rotated').at(-1)?.detail).toMatch(/^generation=1 failed root=1 kept kit=/)
  expect(notices(host).at(-1)).toMatchObject({ kind: 'root-key-not-renewed' })
  must(await ask(host, cora.caller, 'session.signIn', cora.who))
  await host.close()
  const later = await home.open()
  expect(await later.bootstrap('unlockKit', { kit: sheet.groups.join('-') }, testCaller())).toMatchObject({
    error: { code: 'WRONG_KIT' },
  })
  must(await later.bootstrap('unlockKit', { kit }, testCaller()))
}, 120_000)

test('KEY-07: 27 kills while the root key is renewed: one kit always opens, no row is lost, nothing stolen opens what is there', async () => {
  const { steps, former, renewed } = await killRenewals(27, seededRandom(909))
  for (const moment of ownMoments) expect(steps.get(moment), moment).toBeGreaterThanOrEqual(3)
  expect([...steps.values()].reduce((a, b) => a + b, 0)).toBe(27)
  expect(former).toBeGreaterThan(3)
  expect(renewed).toBeGreaterThan(3)
}, 120_000)
