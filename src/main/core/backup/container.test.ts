// BAK-02: whatever is done to a backup file, it is refused: 1,000 doctored files, and the two seals of its key.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSigningPair } from '../keys/device-identity.ts'
import { kitPair, newKit } from '../keys/kit.ts'
import { decodeHeader, encodeHeader, signBody } from './header.ts'
import { entryOf, packBackup, requireSignature, unpackBackup } from './pack.ts'
import { readHeader } from './pieces.ts'
import { openWithKit, openWithRoot, sealFileKey } from './sealing.ts'
import { BackupRefused, type Manifest } from './types.ts'

const chunkSize = 64
const sealedSize = chunkSize + 16
const device = makeSigningPair()
const otherDevice = makeSigningPair()
const fileKey = randomBytes(32)
const backupWrap = randomBytes(32)
const kit = newKit()
const id = (n: number) => `01934b6a-0000-7000-8000-${String(n).padStart(12, '0')}`

let dir: string
let counter = 0
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-container-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function make(backupId: string, words: string, key = fileKey, signedBy = device): Promise<string> {
  const sources = new Map([
    ['clinic.db', path.join(dir, `db-${++counter}`)],
    ['keys.json', path.join(dir, `keys-${counter}`)],
  ])
  writeFileSync(sources.get('clinic.db') ?? '', words.repeat(60))
  writeFileSync(sources.get('keys.json') ?? '', '{"keys":1}')
  const manifest: Manifest = {
    clinicName: 'Praxis',
    app: '0',
    schema: 1,
    generation: 1,
    rows: { patient: 3 },
    patients: 3,
    newestAt: null,
    audit: { seq: 1, mac: 'AA' },
    commits: { pos: 1, hash: 'AA' },
    entries: [...sources].map(([name, file]) => entryOf(name, file)),
  }
  const of = { clinicId: id(1), backupId }
  const pair = await kitPair(kit)
  const sealed = await sealFileKey(
    key,
    { backupWrap, kit: { id: 'KIT1-TEST', publicKey: pair.publicKey } },
    of,
  )
  const file = path.join(dir, `backup-${counter}`)
  const head = { ...of, deviceId: id(2), at: '2026-03-02T08:00:00.000Z', chunkSize, sealed }
  packBackup({ file, head, manifest, sources, fileKey: key, privateKey: signedBy.privateKey }, () => {})
  return file
}

function open(file: string, key = fileKey): Map<string, string> {
  const into = path.join(dir, `out-${++counter}`)
  try {
    const { header } = readHeader(file)
    requireSignature(unpackBackup(file, header, key, into).proof, [device.publicKey])
    return new Map(
      ['clinic.db', 'keys.json'].map((name) => [name, readFileSync(path.join(into, name), 'utf8')]),
    )
  } finally {
    rmSync(into, { recursive: true, force: true })
  }
}

function faultOf(bytes: Buffer): string {
  const file = path.join(dir, `doctored-${++counter}`)
  writeFileSync(file, bytes)
  try {
    open(file)
    return 'opened'
  } catch (error) {
    return error instanceof BackupRefused ? error.fault : `other error: ${String(error)}`
  } finally {
    rmSync(file)
  }
}

function dice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test('a backup comes out as it went in; its name and size say nothing, its text is nowhere in it', async () => {
  const file = await make(id(10), 'canary of Mrs Weber ')
  expect(open(file).get('clinic.db')).toBe('canary of Mrs Weber '.repeat(60))
  const bytes = readFileSync(file)
  for (const word of ['Weber', 'Praxis', 'patient', 'keys.json']) expect(bytes.includes(word)).toBe(false)
})

test('entries that fill whole pieces, and empty ones, come out as they went in', async () => {
  for (const words of ['x'.repeat(32), '', 'x'.repeat(64), 'y']) {
    expect(open(await make(id(11), words)).get('clinic.db')).toBe(words.repeat(60))
  }
})

test('BAK-02: 1,000 doctored files are all refused: cut, swapped, repeated, dropped, extended, mixed, edited', async () => {
  const whole = readFileSync(await make(id(20), 'one clinic, one day '))
  // The same keys: only what binds a piece to its file can tell them apart.
  const other = readFileSync(await make(id(21), 'another day, newer. '))
  const end = readHeader(await make(id(20), 'x')).header.end
  const { end: headEnd } = decodeHeader(whole)
  expect(Math.abs(end - headEnd)).toBeLessThan(200)
  const body = whole.subarray(headEnd, whole.length - 64)
  const pieces = Array.from({ length: Math.ceil(body.length / sealedSize) }, (_, i) =>
    body.subarray(i * sealedSize, (i + 1) * sealedSize),
  )
  const otherEnd = decodeHeader(other).end
  const otherPiece = (i: number) => other.subarray(otherEnd + i * sealedSize, otherEnd + (i + 1) * sealedSize)
  const join = (parts: readonly Buffer[]) =>
    Buffer.concat([whole.subarray(0, headEnd), ...parts, whole.subarray(whole.length - 64)])
  const roll = dice(202)
  const some = (list: readonly Buffer[]) => roll(list.length)
  const kinds: Record<string, () => Buffer> = {
    cut: () => whole.subarray(0, roll(whole.length)),
    'cut at a piece': () => join(pieces.slice(0, roll(pieces.length))),
    swap: () => {
      const [a, b] = [roll(pieces.length - 1), 0]
      const list: Buffer[] = [...pieces]
      const second = a === b ? a + 1 : b
      ;[list[a], list[second]] = [list[second] as Buffer, list[a] as Buffer]
      return join(list)
    },
    repeat: () => {
      const at = some(pieces)
      return join([...pieces.slice(0, at + 1), pieces[at] as Buffer, ...pieces.slice(at + 1)])
    },
    drop: () => {
      const at = some(pieces)
      return join(pieces.filter((_, i) => i !== at))
    },
    extend: () => Buffer.concat([whole, randomBytes(1 + roll(200))]),
    'extend by own pieces': () => join([...pieces, ...pieces.slice(0, 1 + roll(3))]),
    reorder: () => {
      const by = 1 + roll(pieces.length - 1)
      return join([...pieces.slice(by), ...pieces.slice(0, by)])
    },
    'mix of two': () => {
      const at = roll(pieces.length - 1)
      return join(pieces.map((piece, i) => (i === at ? otherPiece(i) : piece)))
    },
    'head of the other': () => Buffer.concat([other.subarray(0, otherEnd), whole.subarray(headEnd)]),
    'tail of the other': () => Buffer.concat([whole.subarray(0, whole.length - 64), other.subarray(-64)]),
    'bit in the header': () => flip(whole, roll(headEnd), 1 << roll(8)),
    'bit in the body': () => flip(whole, headEnd + roll(body.length), 1 << roll(8)),
    'bit in the signature': () => flip(whole, whole.length - 64 + roll(64), 1 << roll(8)),
  }
  const names = Object.keys(kinds)
  const opened: string[] = []
  const seen = new Map<string, number>()
  for (let n = 0; n < 1000; n++) {
    const name = names[n % names.length] as string
    const doctored = (kinds[name] as () => Buffer)()
    const fault = doctored.equals(whole) ? 'unchanged' : faultOf(doctored)
    seen.set(fault, (seen.get(fault) ?? 0) + 1)
    if (fault === 'opened' || fault.startsWith('other') || fault === 'unchanged')
      opened.push(`${name}: ${fault}`)
  }
  expect(opened).toEqual([])
  expect([...seen.values()].reduce((a, b) => a + b)).toBe(1000)
}, 60_000)

test('BAK-02: who knows the file’s key can still not change what a device signed', async () => {
  const signedByStranger = await make(id(30), 'planted ', fileKey, otherDevice)
  expect(faultOf(readFileSync(signedByStranger))).toBe('wrong-signature')
  // Own header signature, body of the stranger's making: each of the two signatures has to hold.
  const whole = readFileSync(await make(id(31), 'genuine '))
  const { header } = readHeader(signedByStranger)
  const planted = Buffer.from(whole)
  signBody(decodeHeader(whole).hash, createHash('sha256').digest(), otherDevice.privateKey).copy(
    planted,
    whole.length - 64,
  )
  expect(faultOf(planted)).toBe('wrong-signature')
  expect(header.body.backupId).toBe(id(30))
  const again = encodeHeader(decodeHeader(whole).body, otherDevice.privateKey)
  const resigned = Buffer.concat([again.bytes, whole.subarray(decodeHeader(whole).end)])
  expect(faultOf(resigned)).toBe('wrong-signature')
})

test('BAK-02: the key opens with the kit and with the root’s backup key, with no other, and under no other name', async () => {
  const { header } = readHeader(await make(id(40), 'sealed '))
  const { privateKey } = await kitPair(kit)
  expect(await openWithKit(privateKey, header.body)).toEqual(fileKey)
  expect(openWithRoot(backupWrap, header.body)).toEqual(fileKey)
  const stranger = await kitPair(newKit())
  await expect(openWithKit(stranger.privateKey, header.body)).rejects.toMatchObject({ fault: 'wrong-kit' })
  expect(() => openWithRoot(randomBytes(32), header.body)).toThrow(/wrong-key/)
  const renamed = { ...header.body, backupId: id(41) }
  await expect(openWithKit(privateKey, renamed)).rejects.toMatchObject({ fault: 'wrong-kit' })
  expect(() => openWithRoot(backupWrap, renamed)).toThrow(/wrong-key/)
  const withoutKit = { ...header.body, sealed: { ...header.body.sealed, kit: null } }
  await expect(openWithKit(privateKey, withoutKit)).rejects.toMatchObject({ fault: 'wrong-kit' })
})

test('files that are none, and forms of a later program, are named so', () => {
  expect(faultOf(Buffer.from('PK\u0003\u0004 a zip file'))).toBe('not-a-backup')
  expect(faultOf(Buffer.alloc(0))).toBe('not-a-backup')
  expect(faultOf(Buffer.from('OSLERBK2................'))).toBe('newer-format')
  const huge = Buffer.concat([Buffer.from('OSLERBK1'), Buffer.from([0x7f, 0xff, 0xff, 0xff])])
  expect(faultOf(huge)).toBe('header-damaged')
  expect(existsSync(path.join(dir, 'out-1', 'clinic.db'))).toBe(false)
})

function flip(bytes: Buffer, at: number, mask: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ mask
  return copy
}
