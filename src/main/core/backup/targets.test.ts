// The places: folders that are gone, full, read-only or another disk; a real S3 server that fails in each way.
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BucketServer, bucketServer } from '#testkit/bucket-server.ts'
import { bucketTarget, isAllowedEndpoint } from './bucket-target.ts'
import { claimFolder, folderTarget } from './folder-target.ts'
import { ledgerCopyName } from './ledger-copy.ts'
import { type BackupTarget, fileNameOf, isBackupName, TargetProblem } from './targets.ts'

let dir: string
let file: string
const name = fileNameOf('01934b6a-0000-7000-8000-00000000000a', '2026-03-02T08:00:00.000Z')
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-targets-'))
  file = path.join(dir, 'made')
  writeFileSync(file, randomBytes(300_000))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** BAK-07: the list of erasures lies beside the backups, and is none of them. */
async function keepsLedgers(target: BackupTarget): Promise<void> {
  const list = ledgerCopyName(
    { clinicId: '01934b6a-0000-7000-8000-000000000001', backupWrap: randomBytes(32) },
    new TextEncoder().encode('{}'),
  )
  await target.put(list, file)
  await target.put(name, file)
  expect(await target.ledgers()).toEqual([list])
  expect(await target.list()).toEqual([{ name, bytes: 300_000 }])
  await target.fetch(list, path.join(dir, 'list-back'))
  expect(hash(path.join(dir, 'list-back'))).toBe(hash(file))
  await target.remove(list)
  await target.remove(name)
  expect(await target.ledgers()).toEqual([])
}

const hash = (of: string) => createHash('sha256').update(readFileSync(of)).digest('base64url')
async function problem(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    return error instanceof TargetProblem ? error.problem : String(error)
  }
}

test('a name tells the time and nothing of the clinic; foreign names are no backups', () => {
  expect(name).toBe('osler-2026-03-02T0800Z-00000000000a.oslerbackup')
  expect(isBackupName(name)).toBe(true)
  for (const bad of ['../x.oslerbackup', '.x.oslerbackup', 'x.oslerbackup.part', 'a/b.oslerbackup', 'x.txt'])
    expect(isBackupName(bad)).toBe(false)
})

test('a folder takes, hands back, lists and gives away', async () => {
  const folder = path.join(dir, 'good')
  mkdirSync(folder)
  const target = folderTarget({ path: folder, mark: await claimFolder(folder) })
  await target.probe()
  await target.put(name, file)
  expect(await target.hashOf(name)).toBe(hash(file))
  expect(await target.list()).toEqual([{ name, bytes: 300_000 }])
  await target.fetch(name, path.join(dir, 'back'))
  expect(hash(path.join(dir, 'back'))).toBe(hash(file))
  await target.remove(name)
  await keepsLedgers(target)
  expect(readdirSync(folder)).toEqual(['.osler-backups'])
  expect(await claimFolder(folder)).toBe(readFileSync(path.join(folder, '.osler-backups'), 'utf8').trim())
})

test('a disk that is gone, one that is another, and one that cannot be written to are told apart', async () => {
  const folder = path.join(dir, 'usb')
  mkdirSync(folder)
  const target = folderTarget({ path: folder, mark: await claimFolder(folder) })
  // Unplugged: the mount point stays behind, empty.
  renameSync(folder, `${folder}-away`)
  expect(await problem(target.put(name, file))).toBe('missing')
  mkdirSync(folder)
  expect(await problem(target.put(name, file))).toBe('unplugged')
  const other = path.join(dir, 'usb2')
  mkdirSync(other)
  await claimFolder(other)
  expect(await problem(folderTarget({ path: other, mark: 'x'.repeat(22) }).probe())).toBe('unplugged')
  expect(readdirSync(other)).toEqual(['.osler-backups'])
  expect(await problem(claimFolder('relative/folder'))).toBe('address')
  expect(await problem(claimFolder(file))).toBe('missing')
  // As root nothing is read-only.
  if (process.getuid?.() !== 0) {
    const locked = path.join(dir, 'locked')
    mkdirSync(locked)
    const mark = await claimFolder(locked)
    chmodSync(locked, 0o500)
    expect(await problem(folderTarget({ path: locked, mark }).put(name, file))).toBe('read-only')
    chmodSync(locked, 0o700)
  }
})

test('a full disk is named, and leaves no half backup under a good name', async (context) => {
  // The kernel’s own always-full device stands in where there is one.
  if (process.platform !== 'linux' || statfsSync('/dev').bavail < 0) return context.skip()
  const folder = path.join(dir, 'full')
  mkdirSync(folder)
  const target = folderTarget({ path: folder, mark: await claimFolder(folder) })
  symlinkSync('/dev/full', path.join(folder, `${name}.part`))
  expect(await problem(target.put(name, file))).toBe('full')
  expect((await target.list()).length).toBe(0)
})

const bucketAt = (server: BucketServer, more: Partial<Parameters<typeof bucketTarget>[0]> = {}) =>
  bucketTarget({
    endpoint: server.endpoint,
    bucket: server.bucket,
    region: 'us-east-1',
    prefix: '',
    accessKey: server.accessKey,
    secretKey: server.secretKey,
    ...more,
  })

test('a bucket takes, hands back, lists and gives away; names stay under the prefix', async () => {
  await using server = await bucketServer()
  const target = bucketAt(server)
  await target.probe()
  expect(server.objects()).toEqual([])
  await target.put(name, file)
  expect(await target.hashOf(name)).toBe(hash(file))
  expect(await target.list()).toEqual([{ name, bytes: 300_000 }])
  await target.fetch(name, path.join(dir, 'from-bucket'))
  expect(hash(path.join(dir, 'from-bucket'))).toBe(hash(file))
  await target.remove(name)
  expect(await target.list()).toEqual([])
  await keepsLedgers(target)
  await keepsLedgers(bucketAt(server, { prefix: 'clinic/' }))
})

test('each failure of a bucket has its name: down, wrong keys, no bucket, cut line, nothing there', async () => {
  await using server = await bucketServer()
  // The server knows people by the name of their key alone.
  expect(await problem(bucketAt(server, { accessKey: 'nobody' }).put(name, file))).toBe('credentials')
  expect(await problem(bucketAt(server, { accessKey: 'nobody' }).probe())).toBe('credentials')
  expect(await problem(bucketAt(server, { bucket: 'another' }).probe())).toBe('missing')
  expect(await problem(bucketAt(server, { bucket: 'another' }).put(name, file))).toBe('missing')
  const line = await server.lineCutAfter(100_000)
  expect(await problem(bucketAt(server, { endpoint: line }).put(name, file))).toBe('interrupted')
  expect(await bucketAt(server).list()).toEqual([])
  expect(await problem(bucketAt(server).hashOf(name))).toBe('gone')
  await server.stop()
  expect(await problem(bucketAt(server).put(name, file))).toBe('unreachable')
})

test('damage that the server keeps silent about shows in what it hands back', async () => {
  await using server = await bucketServer()
  const target = bucketAt(server)
  await target.put(name, file)
  const stored = readFileSync(server.objectFile(name))
  stored[1000] = (stored[1000] ?? 0) ^ 1
  writeFileSync(server.objectFile(name), stored)
  expect(await target.hashOf(name)).not.toBe(hash(file))
})

test('addresses: TLS, or this computer itself, and nothing behind the host', () => {
  for (const good of [
    'https://s3.example.org',
    'https://minio.lan:9000/',
    'http://127.0.0.1:9000',
    'http://localhost:1',
  ])
    expect(isAllowedEndpoint(good)).toBe(true)
  for (const bad of [
    'http://s3.example.org',
    'http://192.168.1.5:9000',
    'https://user:pw@s3.example.org',
    'https://s3.example.org/bucket',
    'https://s3.example.org/?x=1',
    'ftp://s3.example.org',
    'file:///etc',
    'not an address',
  ])
    expect(isAllowedEndpoint(bad)).toBe(false)
})
