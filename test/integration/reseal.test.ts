// After a new kit (SECURITY 3.3): backups of the former one are sealed anew, so that the new kit alone brings the clinic back
// from them; where nothing may be deleted they stay, and are told. Real places, real kits, real restores.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readHeader } from '#core/backup/pieces.ts'
import { openWithKit } from '#core/backup/sealing.ts'
import type { ClinicHost } from '#core/host.ts'
import { kitPair, parseKit } from '#core/keys/kit.ts'
import { backupCopy } from '#modules/backups/main/tables.ts'
import type { Overview } from '#modules/backups/shared/contract.ts'
import { bucketServer } from '#testkit/bucket-server.ts'
import { testCaller, testHost } from '#testkit/host.ts'
import { type BackedUp, backedUpClinic, confirmKit, must, people } from '#testkit/restoring.ts'

let outside: string
beforeEach(() => {
  outside = mkdtempSync(path.join(tmpdir(), 'osler-reseal-'))
})
afterEach(() => rmSync(outside, { recursive: true, force: true }))

const clinicOf = (host: ClinicHost) => {
  const clinic = host.clinic()
  if (!clinic) throw new Error('not open')
  return clinic
}
const overview = async (from: BackedUp) => (await from.call('backups.overview', {})) as Overview
const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.oslerbackup'))
    .map((name) => path.join(folder, name))
    .toSorted()
const work = async (from: BackedUp, procedure: 'backups.make' | 'backups.reseal' | 'backups.testRestore') => {
  await from.call(procedure, {})
  await clinicOf(from.host).services.jobs.idle()
  from.home.tick(60_000)
}

async function addFolder(from: BackedUp, name: string, neverDelete = false): Promise<string> {
  const folder = path.join(outside, name)
  mkdirSync(folder)
  const target = { kind: 'folder', id: null, rev: 0, name, offSite: true, neverDelete, path: folder }
  await from.call('backups.saveTarget', { target })
  return folder
}

async function newKit(host: ClinicHost): Promise<string> {
  const { kit } = clinicOf(host).services.keyWork
  const { groups, ask } = kit.begin()
  const change = await kit.confirm(ask.map((at) => groups[at] ?? ''))
  change?.keep()
  return groups.join('-')
}

/** Whether the kit alone comes to the key of the file. */
async function opensWith(kit: string, file: string): Promise<boolean> {
  const parsed = parseKit(kit)
  if (!parsed.ok) throw new Error('no kit')
  const { privateKey } = await kitPair(parsed.secret)
  return await openWithKit(privateKey, readHeader(file).header.body).then(
    () => true,
    () => false,
  )
}

async function asAdmin(): Promise<BackedUp> {
  const from = await backedUpClinic()
  await from.call('session.switchRole', { role: 'doctor' })
  await from.call('patients.register', { name: 'Ana Sol', gender: 'female' })
  await from.call('session.switchRole', { role: 'admin' })
  return from
}

test('BAK-02: sealed anew, backups of before the kit and of before the database key open with the new kit alone, wherever they may be replaced', {
  timeout: 300_000,
}, async () => {
  await using from = await asAdmin()
  await using server = await bucketServer()
  const disk = await addFolder(from, 'disk')
  const vault = await addFolder(from, 'vault', true)
  const { endpoint, bucket, accessKey, secretKey } = server
  const common = {
    id: null,
    rev: 0,
    name: 'Bucket',
    offSite: true,
    neverDelete: false,
    region: 'eu',
    prefix: '',
  }
  await from.call('backups.saveTarget', {
    target: { kind: 'bucket', ...common, endpoint, bucket, accessKey, secretKey },
  })
  await work(from, 'backups.make')
  const isBack = new Promise<void>((resolve) => {
    from.host.onChanged((tables) => {
      if (tables.includes('*') && from.host.status().state === 'open') resolve()
    })
  })
  clinicOf(from.host).services.keyWork.rotate()
  await isBack
  await from.call('session.signIn', people)
  await from.call('session.switchRole', { role: 'admin' })
  await work(from, 'backups.make')
  // The key that the older backup was made under is destroyed here.
  expect(clinicOf(from.host).services.keyWork.facts()).toMatchObject({ generation: 2, olderGenerations: 0 })
  const oldId = (await overview(from)).kitId
  expect((await overview(from)).otherKit).toEqual({ here: 0, locked: 0, kits: [] })
  const before = filesIn(disk).map((file) => readFileSync(file))

  const kit = await newKit(from.host)
  expect((await overview(from)).otherKit).toEqual({ here: 2, locked: 0, kits: [oldId] })
  const state = (await from.call('keys.state', {})) as { advice: { kind: string; name: string | null }[] }
  expect(state.advice).toContainEqual({ kind: 'backups-other-kit', name: oldId, at: null })
  const [oldest = ''] = filesIn(disk)
  expect([await opensWith(from.kit, oldest), await opensWith(kit, oldest)]).toEqual([true, false])

  await work(from, 'backups.reseal')
  const after = await overview(from)
  expect(after.lastReseal).toMatchObject({ done: 2, failed: 0, locked: 2, problem: null })
  expect(after.otherKit).toEqual({ here: 0, locked: 2, kits: [oldId] })
  const anew = after.made.filter((made) => made.reason === 'reseal')
  expect(anew.map((made) => [made.kitId, made.copies.map((copy) => copy.state)])).toEqual(
    [0, 1].map(() => [after.kitId, ['good', 'good', 'good']]),
  )
  expect([filesIn(disk).length, filesIn(vault).length, server.objects().length]).toEqual([2, 2, 2])
  expect(filesIn(path.join(from.home.dir, 'backups'))).toHaveLength(2)
  for (const file of filesIn(disk)) {
    expect([await opensWith(from.kit, file), await opensWith(kit, file)]).toEqual([false, true])
    // Not a piece of the former file stands in the new one: it has a key of its own.
    const bytes = readFileSync(file)
    for (const old of before) expect(bytes.includes(old.subarray(-20_000, -10_000))).toBe(false)
  }
  expect(await opensWith(from.kit, filesIn(vault)[0] ?? '')).toBe(true)
  const audit = clinicOf(from.host).read((r) =>
    r.list((db) => db.selectFrom('audit_log').select('detail').where('action', '=', 'backup.resealed')),
  )
  expect(audit).toEqual([{ detail: `kit=${after.kitId} done=2 failed=0 locked=2` }])
  expect(readdirSync(from.home.dir)).not.toContain('backup-work')

  // All the way back from the older one: people sign in, the attachment is there.
  await using to = testHost()
  const host = await to.open()
  const file = filesIn(disk)[0] ?? ''
  const place = { kind: 'folder', path: file }
  const opener = { kind: 'kit', kit }
  must(await host.bootstrap('restoreLook', { place, name: path.basename(file), opener }, testCaller()))
  must(await host.bootstrap('restoreApply', {}, testCaller()))
  await confirmKit(host)
  must(await host.bootstrap('unlock', people, testCaller()))
  expect(clinicOf(host).read((r) => r.list((db) => db.selectFrom('patient').select('name_text')))).toEqual([
    { name_text: 'Ana Sol' },
  ])
  expect(clinicOf(host).verify()).toMatchObject({ ok: true })
  expect(readFileSync(path.join(to.dir, 'attachments', 'a1b2c3'), 'utf8')).toBe('sealed picture '.repeat(500))
})

test('BAK-02: cut short at a place, the old file stays there; the next run ends it and leaves no third', async () => {
  await using from = await asAdmin()
  await using server = await bucketServer()
  const { bucket, accessKey, secretKey } = server
  const target = {
    kind: 'bucket',
    name: 'Bucket',
    offSite: true,
    neverDelete: false,
    region: 'eu',
    prefix: '',
    bucket,
    accessKey,
    secretKey,
  }
  const save = (id: string | null, rev: number, endpoint: string) =>
    from.call('backups.saveTarget', { target: { ...target, id, rev, endpoint } })
  const { id } = (await save(null, 0, server.endpoint)) as { id: string }
  await work(from, 'backups.make')
  const home = path.join(from.home.dir, 'backups')
  const [old = ''] = filesIn(home)
  const oldCopy = path.join(outside, 'old')
  copyFileSync(old, oldCopy)
  const oldObjects = server.objects()
  const kit = await newKit(from.host)

  await save(id, 1, await server.lineCutAfter(30_000))
  await work(from, 'backups.reseal')
  const cut = await overview(from)
  expect(cut.lastReseal).toMatchObject({ done: 0, failed: 1, problem: 'interrupted' })
  expect(cut.otherKit).toMatchObject({ here: 1 })
  expect(server.objects()).toEqual(oldObjects)
  expect(await opensWith(kit, filesIn(home)[0] ?? '')).toBe(true)

  await save(id, 2, server.endpoint)
  await work(from, 'backups.reseal')
  expect((await overview(from)).otherKit).toEqual({ here: 0, locked: 0, kits: [] })
  expect(server.objects()).toHaveLength(1)
  expect(server.objects()).not.toEqual(oldObjects)
  const [anew = ''] = filesIn(home)
  expect(filesIn(home)).toEqual([anew])

  // Killed after the new file was read back and before the old one went: both are there.
  const oldRow = clinicOf(from.host).read((r) =>
    r.list((db) => db.selectFrom('backup_made').select(['id', 'name']).where('reason', '=', 'hand')),
  )[0]
  copyFileSync(oldCopy, path.join(home, oldRow?.name ?? ''))
  clinicOf(from.host).transact(
    { actor: null, door: 'job' },
    { action: 'backup.note', category: 'system' },
    (ctx) =>
      ctx.write.putLocal(backupCopy, {
        backup_id: oldRow?.id ?? '',
        target_id: 'home',
        state: 'good',
        problem: null,
        at: ctx.now,
      }),
  )
  expect((await overview(from)).otherKit).toMatchObject({ here: 1 })
  await work(from, 'backups.reseal')
  expect(filesIn(home)).toEqual([anew])
  expect((await overview(from)).otherKit).toMatchObject({ here: 0 })
})

test('BAK-06: what was damaged or exchanged at its place is not sealed anew, and what lies there is not touched', async () => {
  await using from = await asAdmin()
  await work(from, 'backups.make')
  const home = path.join(from.home.dir, 'backups')
  const [file = ''] = filesIn(home)
  const bytes = readFileSync(file)
  await newKit(from.host)
  await using other = await asAdmin()
  const foreign = readFileSync(await other.backup())
  const damaged = Buffer.from(bytes)
  damaged[bytes.length >> 1] = (damaged[bytes.length >> 1] ?? 0) ^ 1
  for (const put of [damaged, foreign, bytes.subarray(0, 5000), Buffer.from('no backup')]) {
    writeFileSync(file, put)
    await work(from, 'backups.reseal')
    expect((await overview(from)).lastReseal).toMatchObject({
      done: 0,
      failed: 1,
      problem: 'contents-differ',
    })
    expect(readFileSync(file).equals(put)).toBe(true)
    expect(filesIn(home)).toEqual([file])
  }
  writeFileSync(file, bytes)
  await work(from, 'backups.reseal')
  expect((await overview(from)).lastReseal).toMatchObject({ done: 1, failed: 0 })
  await work(from, 'backups.testRestore')
  expect((await overview(from)).drills).toMatchObject([{ outcome: 'ok', patients: 1 }])
})
