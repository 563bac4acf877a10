// DB-05: where a clinic may not lie. Network drives are doubles by the number their file system tells.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testCaller, testFounding, testHost } from '#testkit/host.ts'
import { type PlaceLook, placeProblem } from './folder-place.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-place-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const ext4 = 0xef53
const look = (type: number, kind = 'ext4'): PlaceLook => ({
  typeOf: () => type,
  mounts: () => `/dev/sda1 / ext4 rw 0 0\nremote ${dir} ${kind} rw 0 0\n`,
  platform: 'linux',
})

test.each([
  ['NFS', 0x6969, 'nfs4'],
  ['SMB', 0x517b, 'smbfs'],
  // As a signed 32-bit number, the way some kernels hand it out.
  ['CIFS', 0xff534d42 | 0, 'cifs'],
  ['SMB2', 0xfe534d42, 'smb3'],
  ['sshfs', 0x65735546, 'fuse.sshfs'],
  ['rclone', 0x65735546, 'fuse.rclone'],
  ['a drive of the host machine', 0x01021997, '9p'],
])('DB-05: a folder on %s is refused', (_name, type, kind) => {
  expect(placeProblem(dir, look(type, kind))).toBe('network-drive')
})

test('DB-05: disks of this computer are not, NTFS through FUSE included', () => {
  expect(placeProblem(dir, look(ext4))).toBeNull()
  expect(placeProblem(dir, look(0x65735546, 'fuseblk'))).toBeNull()
  expect(placeProblem(dir, look(0x01021994, 'tmpfs'))).toBeNull()
  expect(placeProblem(path.join(dir, 'not', 'there', 'yet'))).toBeNull()
})

test.each([
  'OneDrive',
  'OneDrive - Praxis Weber',
  'Dropbox',
  'Dropbox (Personal)',
  'Google Drive',
  'My Drive',
  'GoogleDrive-ana@example.org',
  'iCloudDrive',
  'com~apple~CloudDocs',
  'Nextcloud',
])('DB-05: a folder below "%s" is refused', (name) => {
  const inside = path.join(dir, name, 'clinic')
  mkdirSync(inside, { recursive: true })
  expect(placeProblem(inside, look(ext4))).toBe('cloud-folder')
})

test('DB-05: a cloud folder under another name is known by what its program leaves in it', () => {
  const inside = path.join(dir, 'papers', 'clinic')
  mkdirSync(inside, { recursive: true })
  expect(placeProblem(inside, look(ext4))).toBeNull()
  mkdirSync(path.join(dir, 'papers', '.dropbox.cache'))
  expect(placeProblem(inside, look(ext4))).toBe('cloud-folder')
})

test('DB-05: the host says where the trouble is, opens nothing and writes nothing there', async () => {
  await using kit = testHost()
  const host = await kit.open({ placeProblem: (at) => placeProblem(at, look(0x6969)) })
  const ipc = testCaller('window-1', 'ipc')
  expect(host.status()).toMatchObject({ state: 'broken', problem: 'network-drive' })
  const before = JSON.stringify(host.status())
  expect(await host.bootstrap('create', testFounding, ipc)).toMatchObject({
    ok: false,
    error: { code: 'UNAVAILABLE', details: { problem: 'network-drive' } },
  })
  expect(JSON.stringify(host.status())).toBe(before)
  await host.close()
})
