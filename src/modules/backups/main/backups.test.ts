// When backups are made, where they go, who hears when they fail, and what test restores find.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepAside, writeTestKeyFile } from '#testkit/backup.ts'
import { bucketServer } from '#testkit/bucket-server.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { withSecondPerson } from '#testkit/second-person.ts'
import type { QueryContext } from '#core/rpc/context.ts'
import { homeTarget } from '../shared/contract.ts'
import { overview as readOverview } from './overview.ts'

const hour = 3_600_000
let outside: string
beforeEach(() => {
  outside = mkdtempSync(path.join(tmpdir(), 'osler-outside-'))
})
afterEach(() => rmSync(outside, { recursive: true, force: true }))

async function ready(more: Parameters<typeof testClinic>[0] = {}): Promise<TestClinic> {
  const clinic = await testClinic(more)
  writeTestKeyFile(clinic)
  await clinic.clinic.runDueJobs()
  return clinic
}
/** Read beside the doors: a session that starts anew after hours would itself be a change of the clinic. */
const overview = (clinic: TestClinic) =>
  clinic.read((read) => readOverview(clinic.clinic.services, { read, nowMs: clinic.now() } as QueryContext))
const check = (clinic: TestClinic, name: string) =>
  clinic.clinic.services.health().checks.find((each) => each.name === name)
const notices = (clinic: TestClinic) =>
  clinic.read((r) =>
    r.list((db) => db.selectFrom('notice').select(['kind', 'to_role', 'detail']).orderBy('created_at')),
  )
const change = (clinic: TestClinic) =>
  clinic.as('reception').patients.register({ name: 'Ana Sol', gender: 'female' })
const later = async (clinic: TestClinic, ms: number) => {
  clinic.tick(ms)
  await clinic.clinic.runDueJobs()
}
const makeNow = async (clinic: TestClinic) => {
  await clinic.as('admin').backups.make({})
  await clinic.clinic.services.jobs.idle()
}
const folderInput = {
  id: null,
  rev: 0,
  name: 'Disk',
  offSite: true,
  neverDelete: false,
  kind: 'folder',
} as const
const silentBucket = {
  bucket: 'backups',
  region: 'eu',
  prefix: '',
  accessKey: 'a',
  secretKey: 's',
} as const
const addFolder = (clinic: TestClinic, folder: string, more: { neverDelete?: boolean } = {}) => {
  mkdirSync(folder, { recursive: true })
  return clinic.as('admin').backups.saveTarget({ target: { ...folderInput, path: folder, ...more } })
}

test('BAK-01: a backup each four hours in which something was saved, once a day where nothing was', async () => {
  await using clinic = await ready()
  const count = () => overview(clinic).made.length
  await later(clinic, 10 * 60_000)
  expect(count()).toBe(1)
  await later(clinic, 3 * hour + 40 * 60_000)
  expect(count()).toBe(1)
  await change(clinic)
  await later(clinic, 20 * 60_000)
  expect(count()).toBe(2)
  // Bookkeeping of a backup itself is no use of the clinic.
  await later(clinic, 12 * hour)
  expect(count()).toBe(2)
  await later(clinic, 8 * hour)
  expect(count()).toBe(3)
  expect(check(clinic, 'backup-age')).toMatchObject({ state: 'ok', value: 0 })
})

test('BAK-01: at close, whenever something was saved since', async () => {
  const clinic = await ready({ atClose: true })
  try {
    await makeNow(clinic)
    clinic.tick(60_000)
    await change(clinic)
    await clinic.close()
    expect(
      readdirSync(path.join(clinic.dir, 'backups')).filter((n) => n.endsWith('.oslerbackup')),
    ).toHaveLength(2)
    const again = await testClinic({ reopen: clinic, startAt: clinic.now(), atClose: true })
    expect(overview(again).made[0]).toMatchObject({ reason: 'close', patients: 1 })
    await again.close()
    expect(
      readdirSync(path.join(clinic.dir, 'backups')).filter((n) => n.endsWith('.oslerbackup')),
    ).toHaveLength(2)
  } finally {
    await clinic[Symbol.asyncDispose]()
  }
})

test('BAK-01: at 24 hours without a good backup the lamp is red and administrators are told, at 48 there is a report', async () => {
  await using clinic = await ready()
  // Everything fails: the folder of backups is a file.
  writeFileSync(path.join(clinic.dir, 'backups'), '')
  await later(clinic, 10 * 60_000)
  expect(check(clinic, 'backup-age')).toMatchObject({ state: 'ok' })
  expect(notices(clinic)).toMatchObject([{ kind: 'backup-failed', to_role: 'admin' }])
  clinic.tick(23 * hour)
  expect(overview(clinic).late).toBe('no')
  await later(clinic, hour)
  expect(overview(clinic).late).toBe('day')
  expect(check(clinic, 'backup-age')).toMatchObject({ state: 'danger', value: 24 })
  expect(notices(clinic).map((n) => n.kind)).toEqual(['backup-failed', 'backup-failed', 'backup-late'])
  await later(clinic, 24 * hour)
  expect(overview(clinic).late).toBe('two-days')
  const reviews = clinic.read((r) => r.list((db) => db.selectFrom('review_item').select(['kind'])))
  expect(reviews).toEqual([{ kind: 'backup-late' }])
  // Not again within the day.
  await later(clinic, hour)
  expect(notices(clinic)).toHaveLength(5)
})

test('BAK-01: a backup that hangs is told at 24 hours and reported at 48, by somebody else', async () => {
  await using clinic = await ready()
  // A bucket that takes the call and never answers, and no other place that works.
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => void sockets.add(socket))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  await clinic.as('admin').backups.saveTarget({
    target: { ...folderInput, kind: 'bucket', endpoint: `http://127.0.0.1:${port}`, ...silentBucket },
  })
  writeFileSync(path.join(clinic.dir, 'backups'), '')
  await clinic.as('admin').backups.make({})
  await expect.poll(() => sockets.size).toBeGreaterThan(0)
  expect(overview(clinic).running).toMatchObject({ step: 'copy' })
  const kinds = () => notices(clinic).map((n) => n.kind)
  const runs: Promise<void>[] = []
  const lookAfter = async (ms: number) => {
    clinic.tick(ms)
    runs.push(clinic.clinic.runDueJobs())
    // The backup goes on to hang; what does not wait for it has ended by then.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await lookAfter(2 * hour)
  expect(kinds()).toEqual([])
  await lookAfter(22 * hour)
  expect(kinds()).toEqual(['backup-late'])
  await lookAfter(24 * hour)
  expect(kinds()).toEqual(['backup-late', 'backup-late'])
  expect(clinic.read((r) => r.list((db) => db.selectFrom('review_item').select('kind')))).toEqual([
    { kind: 'backup-late' },
  ])
  silent.close()
  for (const socket of sockets) socket.destroy()
  await clinic.clinic.services.jobs.idle()
  await Promise.all(runs)
})

test('BAK-03: a copy that a target hands back changed, or cuts short, is not listed as good', async () => {
  await using clinic = await ready()
  await using server = await bucketServer()
  const bucket = {
    id: null,
    rev: 0,
    name: 'Bucket',
    kind: 'bucket',
    offSite: true,
    neverDelete: false,
    bucket: server.bucket,
    region: 'us-east-1',
    prefix: '',
    accessKey: server.accessKey,
    secretKey: server.secretKey,
  } as const
  const good = await clinic
    .as('admin')
    .backups.saveTarget({ target: { ...bucket, endpoint: server.endpoint } })
  const line = await server.lineCutAfter(20_000)
  const cut = await clinic
    .as('admin')
    .backups.saveTarget({ target: { ...bucket, name: 'Cut', endpoint: line } })
  expect(await clinic.as('admin').backups.testTarget({ id: good.id })).toEqual({ problem: null })
  await makeNow(clinic)
  const { made, targets } = overview(clinic)
  const copies = Object.fromEntries(made[0]?.copies.map((copy) => [copy.targetId, copy.state]) ?? [])
  expect(copies).toEqual({ [homeTarget]: 'good', [good.id]: 'good', [cut.id]: 'failed' })
  expect(targets.find((t) => t.id === cut.id)).toMatchObject({ problem: 'interrupted', newestGoodAt: null })
  expect(check(clinic, 'backup-offsite')).toMatchObject({ state: 'ok', value: 0 })
  // The key to the bucket is in no answer, and in no file in clear.
  expect(JSON.stringify(targets)).not.toContain('secret')
  expect(
    clinic.read((r) => r.list((db) => db.selectFrom('backup_target').select('secret')))[0]?.secret,
  ).not.toEqual(new TextEncoder().encode(server.secretKey))
  // What lies there is damaged without a word: the next test restore from it finds it.
  const [key] = server.objects()
  const file = server.objectFile(key ?? '')
  const stored = readFileSync(file)
  stored[5000] = (stored[5000] ?? 0) ^ 1
  writeFileSync(file, stored)
  await clinic.as('admin').backups.testRestore({})
  await clinic.clinic.services.jobs.idle()
  const after = overview(clinic)
  expect(after.made[0]?.copies.find((copy) => copy.targetId === good.id)?.state).toBe('failed')
  expect(after.drills.map((d) => d.outcome).toSorted()).toEqual(['failed', 'ok'])
})

test('BAK-04: old ones go by the rule; where nothing may be deleted nothing is even asked to', async () => {
  await using clinic = await ready()
  const kept = path.join(outside, 'kept')
  const pruned = path.join(outside, 'pruned')
  await addFolder(clinic, kept, { neverDelete: true })
  await addFolder(clinic, pruned)
  const files = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.oslerbackup'))
  for (let n = 0; n < 3; n++) await makeNow(clinic)
  expect([files(kept).length, files(pruned).length]).toEqual([3, 3])
  // Three of one day, a week ago: one of them stands for it.
  clinic.tick(7 * 24 * hour)
  await makeNow(clinic)
  expect([files(kept).length, files(pruned).length]).toEqual([4, 2])
})

test('N6: each night the newest backup is restored on trial; what it finds stands on the lamp and on a paper', async () => {
  await using clinic = await ready()
  await change(clinic)
  await makeNow(clinic)
  await later(clinic, 20 * hour)
  const { drills } = overview(clinic)
  expect(drills[0]).toMatchObject({ kind: 'monthly', outcome: 'ok', patients: 1, problem: null })
  expect(check(clinic, 'test-restore')).toMatchObject({ state: 'ok' })
  const paper = await clinic.as('admin').backups.drillCertificate({ id: drills[0]?.id ?? '', language: 'ar' })
  const download = clinic.clinic.download(paper.token, clinic.caller(clinic.tokenOf('admin')))
  expect(
    Buffer.from((await download?.open()) ?? [])
      .subarray(0, 4)
      .toString(),
  ).toBe('%PDF')
  // Every copy is gone: the lamp is red.
  rmSync(path.join(clinic.dir, 'backups'), { recursive: true })
  clinic.tick(60_000)
  await clinic.as('admin').backups.testRestore({})
  await clinic.clinic.services.jobs.idle()
  expect(check(clinic, 'test-restore')).toMatchObject({ state: 'danger' })
})

test('places: a folder that is not there, a stale version, a bucket without its key, http to elsewhere', async () => {
  await using clinic = await testClinic()
  const admin = clinic.as('admin').backups
  await expect(
    admin.saveTarget({ target: { ...folderInput, path: path.join(outside, 'nowhere') } }),
  ).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    details: { target: 'missing' },
  })
  await expect(admin.saveTarget({ target: { ...folderInput, path: 'here' } })).rejects.toMatchObject({
    details: { target: 'address' },
  })
  const { id } = await addFolder(clinic, path.join(outside, 'disk'))
  await expect(
    addFolder(clinic, path.join(outside, 'disk2')).then(() =>
      admin.saveTarget({ target: { ...folderInput, id, rev: 7, path: outside } }),
    ),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
  rmSync(path.join(outside, 'disk'), { recursive: true })
  expect(await admin.testTarget({ id })).toEqual({ problem: 'missing' })
  const bucket = {
    ...folderInput,
    kind: 'bucket',
    endpoint: 'https://s3.example.org',
    bucket: 'backups',
    region: 'eu',
    prefix: '',
    accessKey: 'a',
  } as const
  await expect(admin.saveTarget({ target: bucket })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await expect(
    admin.saveTarget({ target: { ...bucket, endpoint: 'http://s3.example.org', secretKey: 's' } }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  expect(await admin.removeTarget({ id, rev: 1 })).toEqual({ id })
  expect(overview(clinic).targets.map((t) => t.name)).toEqual(['', 'Disk'])
  for (const role of ['doctor', 'nurse', 'reception', 'privacy', 'billing'] as const)
    await expect(clinic.as(role).backups.overview({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(existsSync(path.join(clinic.dir, 'backup-work'))).toBe(false)
})

test('a drill by people is written down, and is due again after a quarter', async () => {
  await using clinic = await testClinic()
  clinic.tick(92 * 24 * hour)
  expect(overview(clinic).peopleDrillDue).toBe(true)
  await clinic.as('admin').backups.recordDrill({ outcome: 'ok', minutes: 25, note: 'On the spare laptop' })
  const after = overview(clinic)
  expect(after.peopleDrillDue).toBe(false)
  expect(after.drills[0]).toMatchObject({ kind: 'people', note: 'On the spare laptop', tookMs: 1_500_000 })
})

test('PRIV-05: what a restore kept is listed, and goes after 30 days, though never before a good backup made since', async () => {
  await using clinic = await ready()
  const kept = () => overview(clinic).kept.map(({ whose, goes }) => [whose, goes])
  expect(kept()).toEqual([])
  await makeNow(clinic)
  clinic.tick(60_000)
  const ours = keepAside(clinic)
  clinic.tick(60_000)
  keepAside(clinic, 'other')
  clinic.tick(60_000)
  keepAside(clinic, 'unknown')
  expect(kept()).toEqual([
    ['ours', 'date'],
    ['other', 'by-hand'],
    ['unknown', 'by-hand'],
  ])
  const [first] = overview(clinic).kept
  expect(first).toMatchObject({
    name: ours,
    at: '2026-03-02T08:01:00.000Z',
    goesAt: '2026-04-01T08:01:00.000Z',
  })
  expect(first?.bytes).toBeGreaterThan(100_000)
  // The disk is full for a month: nothing newer is proven, so nothing goes.
  const home = path.join(clinic.dir, 'backups')
  rmSync(home, { recursive: true })
  writeFileSync(home, '')
  await later(clinic, 40 * 24 * hour)
  expect(kept()).toHaveLength(3)
  rmSync(home)
  await later(clinic, hour)
  expect(kept()).toEqual([
    ['other', 'by-hand'],
    ['unknown', 'by-hand'],
  ])
  expect(clinic.auditOf('backup.forget-kept')).toMatchObject([{ detail: ours, outcome: 'ok' }])
  await later(clinic, 400 * 24 * hour)
  expect(kept()).toHaveLength(2)
})

test('PRIV-05: within the 30 days it stays; in the first night after them the job finds it', async () => {
  await using clinic = await ready()
  keepAside(clinic)
  await later(clinic, 24 * hour)
  expect(overview(clinic).made).not.toEqual([])
  // From now on no backup is made: what goes, goes by the job.
  rmSync(path.join(clinic.dir, 'keys.json'))
  await later(clinic, 28 * 24 * hour)
  expect(overview(clinic).kept).toHaveLength(1)
  await later(clinic, 2 * 24 * hour)
  expect(overview(clinic).kept).toEqual([])
})

test('PRIV-05: an administrator deletes what a restore kept, after a fresh proof and with a second one', async () => {
  await using clinic = await ready()
  const name = keepAside(clinic, 'other')
  const admin = clinic.as('admin').backups
  await expect(admin.removeKept({ name: 'backups' })).rejects.toMatchObject({ code: 'SECOND_PERSON_NEEDED' })
  await expect(admin.removeKept({ name })).rejects.toMatchObject({ code: 'SECOND_PERSON_NEEDED' })
  clinic.session('admin').provenAt -= 6 * 60_000
  await expect(admin.removeKept({ name })).rejects.toMatchObject({ code: 'STEP_UP_NEEDED' })
  clinic.session('admin').provenAt = clinic.now()
  expect(overview(clinic).kept).toHaveLength(1)
  expect(await withSecondPerson(clinic, (one) => one.backups.removeKept({ name }))).toEqual({ name })
  expect(readdirSync(clinic.dir).filter((each) => each.startsWith('before-restore-'))).toEqual([])
  expect(overview(clinic).kept).toEqual([])
  expect(clinic.auditOf('backup.remove-kept').at(-1)).toMatchObject({ detail: name, outcome: 'ok' })
  await expect(
    withSecondPerson(clinic, (one) => one.backups.removeKept({ name: 'before-restore-x' })),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
