// BAK-07 with PRIV-05: who was erased after a backup was made does not come back with it, wherever it is restored. Also the
// whole way of a restore over a working clinic: proof, second person, swap.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { ClinicHost } from '#core/host.ts'
import { mintId } from '#core/store/mint.ts'
import { ledgerFile } from '#core/store/purge.ts'
import { copiesBeside } from '#modules/backups/main/api.ts'
import { roleGrant } from '#modules/people/main/tables.ts'
import type { RestoreFacts } from '#shared/restore.ts'
import { testCaller, testHost } from '#testkit/host.ts'
import { type BackedUp, backedUpClinic, confirmKit, must, people } from '#testkit/restoring.ts'

const newPassword = 'pebble lantern orbit cedar ninety'
const gone = 'Zqxgone Ana'
const kept = 'Zqxkept Ben'

async function register(from: BackedUp, name: string): Promise<string> {
  await from.call('session.switchRole', { role: 'doctor' })
  const { id } = (await from.call('patients.register', { name, gender: 'female' })) as { id: string }
  await from.call('session.switchRole', { role: 'admin' })
  return id
}

function erase(host: ClinicHost, patientId: string): void {
  const clinic = host.clinic()
  clinic?.transact({ actor: null, door: 'job' }, { action: 'erasure.purge', category: 'system' }, (ctx) =>
    clinic.services.purge(ctx, { order: ctx.mint(), patientId, whole: true }),
  )
}

const names = (host: ClinicHost) =>
  host.clinic()?.read((r) => r.list((db) => db.selectFrom('patient').select('name_text').orderBy('id'))) ?? []
const audit = (host: ClinicHost, action: string) =>
  host
    .clinic()
    ?.read((r) =>
      r.list((db) => db.selectFrom('audit_log').select(['seq', 'detail']).where('action', '=', action)),
    ) ?? []

/** A second administrator with a session of their own. */
async function secondAdmin(from: BackedUp) {
  const username = 'olga'
  const person = { username, name: 'Olga', roles: ['doctor'] }
  const made = (await from.call('people.create', person)) as { code: string; person: { id: string } }
  const clinic = from.host.clinic()
  const act = { action: 'people.update', category: 'account' } as const
  clinic?.transact({ actor: null, door: 'job' }, act, (ctx) =>
    ctx.write.insert(roleGrant, { user_id: made.person.id, role: 'admin', granted_at: ctx.now }),
  )
  const caller = testCaller('window-2')
  const call = async (procedure: string, input: unknown) =>
    must(await from.host.dispatch({ procedure, input, opId: mintId(Date.now()) }, caller))
  await call('session.setPassword', { username, code: made.code, newPassword })
  // A password of today agrees to nothing yet: the next day both sign in anew.
  from.home.tick(25 * 3_600_000)
  await from.call('session.signIn', people)
  await from.call('session.switchRole', { role: 'admin' })
  await call('session.signIn', { username, password: newPassword })
  await call('session.switchRole', { role: 'admin' })
  return call
}

test('BAK-07: over the open clinic, by proof and two administrators; who was erased since stays erased, and it is written down', async () => {
  await using from = await backedUpClinic()
  const { host, home } = from
  const patientId = await register(from, gone)
  const second = await register(from, kept)
  const other = await secondAdmin(from)
  const file = await from.backup()
  erase(host, patientId)
  const place = { kind: 'folder', path: from.dir }
  const ask = (procedure: string, input: unknown) =>
    host.dispatch({ procedure, input, opId: mintId(Date.now()) }, from.caller)
  const found = (await from.call('backups.restoreFind', { place })) as { name: string }[]
  expect(found.map((each) => each.name)).toEqual([path.basename(file)])

  // Six minutes without a proof, by the session itself: the clock alone would lock it first.
  for (const session of host.clinic()?.services.sessions.list() ?? []) session.provenAt -= 6 * 60_000
  const look = { place, name: found[0]?.name }
  expect(await ask('backups.restoreLook', look)).toMatchObject({ error: { code: 'STEP_UP_NEEDED' } })
  await from.call('session.stepUp', { by: 'password', proof: people.password })
  const facts = (await from.call('backups.restoreLook', look)) as RestoreFacts
  expect(facts).toMatchObject({ clinicName: 'Praxis am See', patients: 2, otherClinic: false })
  expect(facts.newerHere).toBeGreaterThan(0)
  const input = { backupId: facts.backupId }
  const refused = await ask('backups.restoreApply', input)
  expect(refused).toMatchObject({ error: { code: 'SECOND_PERSON_NEEDED' } })
  expect(names(host)).toEqual([{ name_text: kept }])
  await other('session.stepUp', { by: 'password', proof: newPassword })
  const { requests } = (await other('access.listRequests', {})) as { requests: { id: string; rev: number }[] }
  await other('access.approve', { id: requests[0]?.id, rev: requests[0]?.rev })
  const { keptAs } = (await from.call('backups.restoreApply', input)) as { keptAs: string }

  await expect.poll(() => existsSync(path.join(home.dir, 'restore.json')), { timeout: 20_000 }).toBe(false)
  await expect.poll(() => host.status().state, { timeout: 20_000 }).toBe('closed')
  expect(readdirSync(path.join(home.dir, keptAs))).toContain('clinic.db')
  must(await host.bootstrap('unlock', people, from.caller))
  expect(names(host)).toEqual([{ name_text: kept }])
  const [replayed, ...more] = audit(host, 'erasure.replay')
  expect(more).toEqual([])
  const [restored] = audit(host, 'clinic.restore')
  expect(restored?.detail).toContain(`backup=${facts.backupId}`)
  expect(replayed?.seq).toBeLessThan(restored?.seq ?? 0)
  expect(host.clinic()?.verify()).toMatchObject({ ok: true, commits: { ok: true }, control: { ok: true } })

  // PRIV-05: who is erased now is readable in what the restore kept until the next good backup, and no longer.
  await from.call('session.switchRole', { role: 'admin' })
  const state = async () => (await from.call('backups.overview', {})) as { kept: unknown[] }
  expect((await state()).kept).toMatchObject([{ name: keptAs, whose: 'ours', goes: 'date' }])
  home.tick(60_000)
  erase(host, second)
  expect((await state()).kept).toMatchObject([{ name: keptAs, goes: 'next-backup', goesAt: null }])
  home.tick(60_000)
  await from.call('backups.make', {})
  await host.clinic()?.services.jobs.idle()
  expect((await state()).kept).toEqual([])
  expect(existsSync(path.join(home.dir, keptAs))).toBe(false)
  expect(host.clinic()?.verify()).toMatchObject({ ok: true })
})

test('PRIV-05: the file under a former key is told before an erasure, and goes with the next good backup, its key first', async () => {
  await using from = await backedUpClinic()
  const { host, home } = from
  await register(from, gone)
  home.tick(60_000)
  const isBack = new Promise<void>((resolve) => {
    host.onChanged((tables) => {
      if (tables.includes('*') && host.status().state === 'open') resolve()
    })
  })
  host.clinic()?.services.keyWork.rotate()
  await isBack
  const formers = () => readdirSync(home.dir).filter((name) => name.startsWith('clinic.db.generation-'))
  expect(formers()).toHaveLength(1)
  const copies = () => {
    const clinic = host.clinic()
    return clinic?.read((read) => copiesBeside(clinic.services, read, clinic.services.clock()))
  }
  expect(copies()).toMatchObject([{ kind: 'former-key', goes: 'next-backup' }])
  await from.call('session.signIn', people)
  await from.call('session.switchRole', { role: 'admin' })
  await from.call('backups.make', {})
  await host.clinic()?.services.jobs.idle()
  expect([formers(), copies(), host.clinic()?.services.keyWork.facts().olderGenerations]).toEqual([[], [], 0])
})

test('BAK-07: on an empty computer the list beside the backups tells who was erased since the older of them', async () => {
  await using from = await backedUpClinic()
  const { host } = from
  const patientId = await register(from, gone)
  await register(from, kept)
  const target = { kind: 'folder', id: null, rev: 0, name: 'Disk', offSite: true, neverDelete: false }
  await from.call('backups.saveTarget', { target: { ...target, path: from.dir } })
  const backup = async () => {
    await from.call('backups.make', {})
    await host.clinic()?.services.jobs.idle()
    from.home.tick(60_000)
  }
  const lists = () => readdirSync(from.dir).filter((name) => name.endsWith('.sealed'))
  await backup()
  expect(lists()).toEqual([])
  erase(host, patientId)
  await backup()
  // One list, the newest, and no id of anybody readable in it.
  expect(lists()).toHaveLength(1)
  const sealed = readFileSync(path.join(from.dir, lists()[0] ?? ''))
  expect(readFileSync(ledgerFile(from.home.dir)).includes('orders')).toBe(true)
  expect(sealed.includes('orders')).toBe(false)
  await host.close()

  await using to = testHost()
  const empty = await to.open()
  const caller = testCaller()
  const place = { kind: 'folder', path: from.dir }
  const found = must(await empty.bootstrap('restoreFind', { place }, caller)) as { name: string }[]
  expect(found).toHaveLength(2)
  const older = found.map((each) => each.name).toSorted()[0]
  const opener = { kind: 'kit', kit: from.kit }
  expect(must(await empty.bootstrap('restoreLook', { place, name: older, opener }, caller))).toMatchObject({
    patients: 2,
  })
  must(await empty.bootstrap('restoreApply', {}, caller))
  await confirmKit(empty)
  must(await empty.bootstrap('unlock', people, caller))
  expect(names(empty)).toEqual([{ name_text: kept }])
  expect(audit(empty, 'erasure.replay')).toHaveLength(1)
  expect(empty.clinic()?.verify()).toMatchObject({ ok: true })
  // And it stays so at every later opening.
  await empty.close()
  const again = await to.open()
  must(await again.bootstrap('unlock', people, testCaller()))
  expect(names(again)).toEqual([{ name_text: kept }])
  expect(audit(again, 'erasure.replay')).toHaveLength(1)
})
