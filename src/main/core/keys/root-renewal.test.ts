// A new root key as the key file sees it: what moves, what is dropped, and that nothing is written before it is decided.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLedgerCopy, sealLedger } from '../backup/ledger-copy.ts'
import { memoryDeviceSecrets } from './device-secret.ts'
import { createHasher } from './kdf.ts'
import { readKeyFile } from './key-file.ts'
import {
  createKeyRing,
  type KeyRing,
  type KeyRingOptions,
  unlockKeyRing,
  unlockKeyRingByKit,
} from './key-ring.ts'
import { parseKit } from './kit.ts'
import type { RootRenewal } from './root-renewal.ts'

const password = 'kettle whistle orbit mango'
const anna = { userId: 'u1', username: 'anna', password }
const later = '2026-03-09T18:00:00.000Z'
let dir: string
let options: KeyRingOptions
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-renewal-'))
  options = {
    file: path.join(dir, 'keys.json'),
    secrets: memoryDeviceSecrets(),
    hasher: createHasher(),
    slotParams: { memoryKib: 64, iterations: 1, parallelism: 1 },
    clock: () => Date.UTC(2026, 2, 2),
  }
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function made(): Promise<{ ring: KeyRing; kit: string }> {
  const ring = createKeyRing(options)
  for (const [userId, username] of [
    ['u1', 'anna'],
    ['u2', 'cora'],
  ] as const)
    await ring.slots.put(userId, username, password)
  const sheet = ring.kit.begin()
  ;(await ring.kit.confirm(typedOf(sheet)))?.keep()
  ring.save()
  return { ring, kit: sheet.groups.join('-') }
}
const typedOf = (sheet: { ask: readonly number[]; groups: readonly string[] }) =>
  sheet.ask.map((at) => sheet.groups[at] ?? '')

async function begun(ring: KeyRing): Promise<{ renewal: RootRenewal; kit: string }> {
  const sheet = ring.kit.begin()
  const start = await ring.beginRenewal({ typed: typedOf(sheet), owner: anna })
  if (!start.ok) throw new Error(start.wrong)
  return { renewal: start.renewal, kit: sheet.groups.join('-') }
}

async function openers(kits: readonly string[]) {
  const found = readKeyFile(options.file)
  if (!found) throw new Error('no key file')
  const byKit = kits.map((kit) => {
    const parsed = parseKit(kit)
    return parsed.ok && unlockKeyRingByKit(options, found, parsed.secret) !== null
  })
  const people = []
  for (const username of ['anna', 'cora'])
    people.push((await unlockKeyRing(options, found, { username, password })) !== null)
  return { byKit, people }
}

test('KEY-09: until it is decided nothing is written; then the new kit and the acting person open, and nobody else', async () => {
  const { ring, kit } = await made()
  const before = readFileSync(options.file, 'utf8')
  const { renewal, kit: newKit } = await begun(ring)
  expect(readFileSync(options.file, 'utf8')).toBe(before)
  expect(await openers([kit, newKit])).toEqual({ byKit: [true, false], people: [true, true] })
  renewal.decide(later)
  expect(await openers([kit, newKit])).toEqual({ byKit: [false, true], people: [true, false] })
  // Nor does the older copy hold anything of the former one.
  expect(readFileSync(`${options.file}.old`, 'utf8')).toBe(readFileSync(options.file, 'utf8'))
  const next = renewal.ring()
  expect(next?.root()).toEqual({ generation: 2, madeAt: later })
  expect(next?.generations.list()).toMatchObject([{ generation: 1 }, { generation: 2, madeAt: later }])
  expect(next?.slotList().map((slot) => slot.kind)).toEqual(['password', 'kit'])
  // Whoever has none makes one at the next sign-in, as after a kit was used.
  ;(await next?.slots.settle('u2', 'cora', password))?.keep()
  expect((await openers([newKit])).people).toEqual([true, true])
})

test('KEY-09: the keys below go on, those derived from the root key are others, and a second renewal works as well', async () => {
  const { ring } = await made()
  const ledger = Buffer.from('{"v":1,"orders":[]}')
  let present = ring
  for (const generation of [2, 3]) {
    const { renewal } = await begun(present)
    const { database, backupWrap, downtime, ...rest } = present.keys
    const wasDatabase = Buffer.from(database)
    renewal.decide(later)
    const next = renewal.ring()
    if (!next) throw new Error('not decided')
    for (const name of [
      'auditMac',
      'pepper',
      'watermarkMac',
      'attachments',
      'totpSeeds',
      'backupSigning',
      'targetSecrets',
    ] as const)
      expect(next.keys[name], name).toEqual(rest[name])
    expect(next.keys.device).toEqual(rest.device)
    for (const [name, key] of Object.entries({ backupWrap, downtime, database: wasDatabase }))
      expect(next.keys[name as 'backupWrap'], name).not.toEqual(key)
    expect(Buffer.from(next.keys.database)).toEqual(Buffer.from(renewal.databaseKey))
    expect(next.root()?.generation).toBe(generation)
    // A copy of the ledger opens for those who restore with a root key of any time ...
    const copy = sealLedger(next.keys, ledger)
    for (const each of [ring, present, next])
      expect(Buffer.from(openLedgerCopy(each.keys, copy) ?? [])).toEqual(ledger)
    // ... and one that a former root key alone has sealed is not believed by a later one.
    expect(openLedgerCopy(next.keys, sealLedger(present.keys, ledger))).toBeNull()
    present = next
  }
})

test('KEY-09: wrong groups or another password make nothing', async () => {
  const { ring } = await made()
  const before = readFileSync(options.file, 'utf8')
  expect(await ring.beginRenewal({ typed: ['QQQQ', 'QQQQ'], owner: anna })).toEqual({
    ok: false,
    wrong: 'groups',
  })
  const typed = typedOf(ring.kit.begin())
  const other = { ...anna, password: 'something else entirely' }
  expect(await ring.beginRenewal({ typed, owner: other })).toEqual({ ok: false, wrong: 'password' })
  expect(readFileSync(options.file, 'utf8')).toBe(before)
})

test('what was made and not decided is overwritten', async () => {
  const { ring } = await made()
  const { renewal } = await begun(ring)
  renewal.drop()
  expect(renewal.databaseKey.every((byte) => byte === 0)).toBe(true)
  expect(renewal.ring()).toBeNull()
})
