// The key file: what opens it, what does not, and what is noticed (SECURITY 3.1-3.3, KEY-01..03, KEY-06, KEY-09).
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { memoryDeviceSecrets, noDeviceSecrets } from './device-secret.ts'
import { createHasher } from './kdf.ts'
import { type KeyFile, KeyFileDamaged, readKeyFile } from './key-file.ts'
import { createKeyRing, type KeyRing, type KeyRingOptions, unlockKeyRing } from './key-ring.ts'

const password = 'kettle whistle orbit mango'
const hasher = createHasher()
let dir: string
let file: string
let secrets: ReturnType<typeof memoryDeviceSecrets>

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-keys-'))
  file = path.join(dir, 'keys.json')
  secrets = memoryDeviceSecrets()
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const options = (more: Partial<KeyRingOptions> = {}): KeyRingOptions => ({
  file,
  secrets,
  hasher,
  slotParams: { memoryKib: 64, iterations: 1, parallelism: 1 },
  clock: () => Date.UTC(2026, 2, 2),
  ...more,
})

async function made(more: Partial<KeyRingOptions> = {}): Promise<KeyRing> {
  const ring = createKeyRing(options(more))
  await ring.slots.put('u1', 'anna', password)
  ring.save()
  return ring
}

async function unlock(
  username = 'anna',
  secret = password,
  more: Partial<KeyRingOptions> = {},
): Promise<KeyRing | null> {
  const found = readKeyFile(file)
  if (!found) throw new Error('no key file')
  return await unlockKeyRing(options(more), found, { username, password: secret })
}

interface Stored {
  body: KeyFile
  checksum: string
  mac: string
}
const stored = (): Stored => JSON.parse(readFileSync(file, 'utf8')) as Stored

describe('opening', () => {
  test('gives back the same keys, each 32 random bytes', async () => {
    const ring = await made()
    const again = await unlock(' ANNA ')
    expect(again?.keys).toEqual(ring.keys)
    const { database, auditMac, pepper, watermarkMac, attachments, totpSeeds, backupSigning, device } =
      ring.keys
    const all = [database, auditMac, pepper, watermarkMac, attachments, totpSeeds, backupSigning]
    expect(all.map((key) => key.length)).toEqual(all.map(() => 32))
    expect(new Set(all.map((key) => Buffer.from(key).toString('hex'))).size).toBe(all.length)
    expect(device.writer).toHaveLength(16)
    const signature = sign(
      null,
      Buffer.from('x'),
      createPrivateKey({ key: Buffer.from(device.privateKey), format: 'der', type: 'pkcs8' }),
    )
    const publicKey = createPublicKey({ key: Buffer.from(device.publicKey), format: 'der', type: 'spki' })
    expect(verify(null, Buffer.from('x'), publicKey, signature)).toBe(true)
  })

  test('needs the right name and the right password', async () => {
    await made()
    for (const [name, secret] of [
      ['anna', `${password} `],
      ['anna', ''],
      ['otto', password],
      ['', password],
    ] as const) {
      expect(await unlock(name, secret)).toBeNull()
    }
  })

  test('is not possible on another computer with a copy of every file and the right password (KEY-02)', async () => {
    await made()
    await expect(unlock('anna', password, { secrets: memoryDeviceSecrets() })).rejects.toMatchObject({
      problem: 'missing',
    })
    const foreign = memoryDeviceSecrets()
    await foreign.write(stored().body.clinicId, randomBytes(32))
    await expect(unlock('anna', password, { secrets: foreign })).rejects.toMatchObject({
      problem: 'other-secret',
    })
  })

  test('with another or without any keychain says so instead of trying', async () => {
    await made()
    await expect(
      unlock('anna', password, { secrets: memoryDeviceSecrets('keychain') }),
    ).rejects.toMatchObject({ problem: 'other-backend' })
    await expect(unlock('anna', password, { secrets: noDeviceSecrets })).rejects.toMatchObject({
      problem: 'unavailable',
    })
  })

  test('a composed password opens what was set decomposed', async () => {
    const ring = createKeyRing(options())
    await ring.slots.put('u1', 'anna', 'crème brûlée à côté'.normalize('NFD'))
    ring.save()
    expect(await unlock('anna', 'crème brûlée à côté'.normalize('NFC'))).not.toBeNull()
  })
})

describe('the file', () => {
  test('is private, names nobody, and holds no key in clear', async () => {
    const ring = await made()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('anna')
    for (const key of [
      ring.keys.database,
      ring.keys.pepper,
      ring.keys.device.privateKey,
      ...secrets.entries.values(),
    ]) {
      expect(text).not.toContain(Buffer.from(key).toString('base64url'))
    }
  })

  test('any changed character is noticed before or after the password, never taken as a wrong one', async () => {
    await made()
    const good = readFileSync(file, 'utf8')
    rmSync(`${file}.old`, { force: true })
    let tried = 0
    for (let at = 0; at < good.length; at += 7) {
      const bad = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`
      writeFileSync(file, bad)
      tried += 1
      await expect(unlock()).rejects.toBeInstanceOf(KeyFileDamaged)
    }
    expect(tried).toBeGreaterThan(300)
  })

  test('a tampered file with a fitting checksum fails its MAC or its slot', async () => {
    await made()
    const tamper = async (change: (body: KeyFile) => unknown) => {
      const { body, mac } = stored()
      change(body as never)
      const { createHash } = await import('node:crypto')
      const checksum = createHash('sha256').update(JSON.stringify(body)).digest('base64url')
      const before = readFileSync(file)
      writeFileSync(file, JSON.stringify({ body, checksum, mac }))
      const outcome = await unlock().then(
        (ring) => (ring ? 'opened' : 'wrong password'),
        (error: Error) => error.name,
      )
      writeFileSync(file, before)
      return outcome
    }
    type Open = { -readonly [K in keyof KeyFile]: KeyFile[K] }
    expect(await tamper((body: Open) => (body.device = { ...body.device, incarnation: 2 }))).toBe(
      'KeyFileDamaged',
    )
    expect(await tamper((body: Open) => (body.keys = body.keys.toReversed()))).toBe('KeyFileDamaged')
    expect(await tamper((body: Open) => (body.keys = body.keys.slice(1)))).toBe('KeyFileDamaged')
    expect(
      await tamper((body: Open) => (body.slots = body.slots.map((slot) => ({ ...slot, userId: 'u2' })))),
    ).toBe('KeyFileDamaged')
    const cheaper = (body: Open) =>
      (body.slots = body.slots.map((slot) => ({
        ...slot,
        kdf: { memoryKib: 8, iterations: 1, parallelism: 1 },
      })))
    expect(await tamper(cheaper)).toBe('wrong password')
    const noDevice = (body: Open) =>
      (body.slots = body.slots.map((slot) => ({ ...slot, backend: 'none' as const, deviceCheck: null })))
    expect(await tamper(noDevice)).toBe('wrong password')
  })

  test('when it is damaged, its older copy opens and is put back', async () => {
    const ring = await made()
    await ring.slots.put('u2', 'berta', password)
    writeFileSync(file, '{"body":')
    const again = await unlock()
    expect(again?.keys).toEqual(ring.keys)
    expect(stored().body.slots).toHaveLength(1)
  })

  test('when it is damaged, its good older copy is not overwritten with the damage', async () => {
    await made()
    await (await unlock())?.slots.put('u2', 'berta', password)
    writeFileSync(file, '{"body":')
    expect(await unlock()).not.toBeNull()
    writeFileSync(file, '{"body":')
    expect(await unlock()).not.toBeNull()
  })

  test('a sub-key of a later version stays where it is', async () => {
    const ring = await made()
    const names = stored().body.keys.map((key) => key.name)
    expect(names).toContain('deviceAgreement')
    await ring.slots.put('u2', 'berta', password)
    expect(stored().body.keys.map((key) => key.name)).toEqual(names)
  })
})

describe('slots', () => {
  test('are one a person; a new password ends the old one, in the older copy too', async () => {
    const ring = await made()
    await ring.slots.put('u2', 'berta', password)
    await ring.slots.put('u1', 'anna', 'another good password')
    expect(await unlock('anna', password)).toBeNull()
    expect(await unlock('anna', 'another good password')).not.toBeNull()
    expect(await unlock('berta')).not.toBeNull()
    writeFileSync(file, 'damaged')
    expect(await unlock('anna', password)).toBeNull()
    expect(await unlock('anna', 'another good password')).not.toBeNull()
  })

  test('an undecided change leaves both passwords; the next sign-in keeps the one that stands', async () => {
    const next = 'another good password'
    const ring = await made()
    await ring.slots.add('u1', 'anna', next)
    expect(await unlock('anna', password)).not.toBeNull()
    expect(await unlock('anna', next)).not.toBeNull()
    const reopened = await unlock('anna', password)
    ;(await reopened?.slots.settle('u1', 'anna', password))?.keep()
    expect(await unlock('anna', next)).toBeNull()
    expect(await unlock('anna', password)).not.toBeNull()
    expect(await reopened?.slots.settle('u1', 'anna', password)).toBeNull()
    writeFileSync(file, 'damaged')
    expect(await unlock('anna', next)).toBeNull()
  })

  test('a dropped change leaves the former password only, and two changes do not take each other’s slot', async () => {
    const ring = await made()
    const lost = await ring.slots.add('u1', 'anna', 'the losing password')
    const won = await ring.slots.add('u1', 'anna', 'the winning password')
    lost.drop()
    expect(await unlock('anna', password)).not.toBeNull()
    expect(await unlock('anna', 'the losing password')).toBeNull()
    won.keep()
    expect(await unlock('anna', 'the winning password')).not.toBeNull()
    expect(await unlock('anna', password)).toBeNull()
  })

  test('of a removed person open nothing, the older copy included (KEY-09)', async () => {
    const ring = await made()
    await ring.slots.put('u2', 'berta', password)
    ring.slots.remove('u2')
    expect(ring.slots.has('u2')).toBe(false)
    expect(await unlock('berta')).toBeNull()
    rmSync(file)
    expect(await unlock('berta')).toBeNull()
    expect(await unlock('anna')).not.toBeNull()
  })

  test('the last one cannot go: nobody could open the clinic again', async () => {
    const ring = await made()
    expect(() => ring.slots.remove('u1')).toThrow('CONFLICT')
    ring.slots.remove('somebody else')
    expect(await unlock()).not.toBeNull()
  })

  test('share this computer’s one secret', async () => {
    const ring = await made()
    await ring.slots.put('u2', 'berta', password)
    expect(secrets.entries.size).toBe(1)
    expect(await unlock('berta')).not.toBeNull()
  })

  test('without a keychain take a long password only, and warn', async () => {
    const alone = { secrets: noDeviceSecrets }
    const ring = createKeyRing(options(alone))
    await expect(ring.slots.put('u1', 'anna', 'Vx9#kLm2qTz7pWb')).rejects.toMatchObject({
      code: 'PASSWORD_TOO_WEAK',
    })
    await ring.slots.put('u1', 'anna', password)
    ring.save()
    expect(ring.slots.warnings()).toEqual(['password-only', 'kit-pending'])
    await ring.slots.put('u2', 'berta', 'Vx9#kLm2qTz7pWb')
    expect(ring.slots.has('u2')).toBe(false)
    expect(await unlock('anna', password, alone)).not.toBeNull()
    expect((await made()).slots.warnings()).toEqual(['kit-pending'])
  })

  test('when the keychain went away, nobody’s old password goes on opening, and the last slot stays', async () => {
    const ring = await made()
    await ring.slots.put('u2', 'berta', password)
    secrets.entries.clear()
    await ring.slots.put('u2', 'berta', 'another good password')
    expect(ring.slots.has('u2')).toBe(false)
    await expect(ring.slots.put('u1', 'anna', 'another good password')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
    expect(ring.slots.has('u1')).toBe(true)
  })
})

test('nothing is written before a new ring is saved', async () => {
  const ring = createKeyRing(options())
  await ring.slots.put('u1', 'anna', password)
  expect(existsSync(file)).toBe(false)
})

test('wiping overwrites every key', async () => {
  const ring = await made()
  const { clinicId: _, device, kit, formerLedgers: __, ...keys } = ring.keys
  expect(kit).toBeNull()
  ring.wipe()
  for (const key of [...Object.values(keys), device.privateKey])
    expect(key.every((byte) => byte === 0)).toBe(true)
})

test('a replaced file is never absent, and no half of it is left', async () => {
  const ring = await made()
  for (let n = 0; n < 20; n++) {
    await ring.slots.put('u2', 'berta', `${password} ${n}`)
    expect(existsSync(`${file}.tmp`)).toBe(false)
    expect(readKeyFile(file)?.fromOldCopy).toBe(false)
  }
})
