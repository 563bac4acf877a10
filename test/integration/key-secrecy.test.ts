// Where keys must never be: files, logs, answers, error texts, environment (KEY-01); what a thief of the files is up
// against (KEY-02); which algorithms are used, also in Electron's own crypto (KEY-08).
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryDeviceSecrets, noDeviceSecrets } from '#core/keys/device-secret.ts'
import { createHasher, kdfFloor, productionKdf } from '#core/keys/kdf.ts'
import { readKeyFile } from '#core/keys/key-file.ts'
import { unlockKeyRingByKit } from '#core/keys/key-ring.ts'
import { newKit, parseKit } from '#core/keys/kit.ts'
import { openKitSlot } from '#core/keys/kit-slot.ts'
import { createLogger } from '#core/log/logger.ts'
import type { KitSheet } from '#shared/bootstrap.ts'
import type { Reply } from '#shared/errors.ts'
import { testCaller, testFounding, testHost, testPassword, type TestHost } from '#testkit/host.ts'

const root = path.resolve(import.meta.dirname, '../..')
const who = { username: 'anna', password: testPassword }
const { kit: _, ...withKit } = testFounding
let folder: TestHost
beforeEach(() => {
  folder = testHost()
})
afterEach(() => folder[Symbol.asyncDispose]())

const filesOf = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(dir, name))
    .filter((file) => statSync(file).isFile())

/** Every way bytes may be written down. */
const forms = (key: Uint8Array) => {
  const bytes = Buffer.from(key)
  return [
    bytes,
    ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(bytes.toString(form))),
  ]
}

test('KEY-01: the root key and every key under it stand in no file, log, answer, error or variable', async () => {
  const logs = mkdtempSync(path.join(tmpdir(), 'osler-logs-'))
  const said: Reply[] = []
  try {
    const host = await folder.open({ log: createLogger(path.join(logs, 'osler.log')) })
    const anna = testCaller()
    const bootstrap = async (name: string, input: unknown) => {
      const reply = await host.bootstrap(name, input, anna)
      said.push(reply)
      return reply
    }
    await bootstrap('create', { ...withKit, admin: { ...withKit.admin, isDoctor: false } })
    const sheet = await host.bootstrap('kitSheet', {}, anna)
    if (!sheet.ok) throw new Error('no kit')
    const { groups, ask } = sheet.value as KitSheet
    await bootstrap('kitPaper', { language: 'en' })
    await bootstrap('confirmKit', { typed: ask.map((at) => groups[at] ?? '') })
    for (const [procedure, input] of [
      ['session.me', {}],
      ['keys.state', {}],
      ['clinic.health', {}],
      ['clinic.supportFile', {}],
      ['people.list', {}],
      ['keys.kitPaper', { language: 'en' }],
      ['patients.search', { text: 'x'.repeat(5000) }],
      ['no.such', {}],
    ] as const)
      said.push(await host.dispatch({ procedure, input }, anna))
    await host.close()
    const again = await folder.open({ log: createLogger(path.join(logs, 'osler.log')) })
    said.push(await again.bootstrap('unlock', { ...who, password: 'wrong' }, testCaller()))
    said.push(await again.bootstrap('unlock', who, testCaller()))
    said.push(await again.bootstrap('status', {}, testCaller()))

    const parsed = parseKit(groups.join(''))
    const found = readKeyFile(path.join(folder.dir, 'keys.json'))
    const slot = found?.body.slots.find((one) => one.kind === 'kit')
    if (!parsed.ok || !found || !slot) throw new Error('no kit in the key file')
    const crk = openKitSlot(found.body.clinicId, slot, parsed.secret)
    const options = {
      file: path.join(folder.dir, 'keys.json'),
      secrets: noDeviceSecrets,
      hasher: createHasher(),
      slotParams: kdfFloor.slot,
      clock: Date.now,
    }
    const ring = unlockKeyRingByKit(options, found, parsed.secret)
    if (!crk || !ring) throw new Error('the kit does not open')
    const { device, clinicId: _id, kit: _kit, formerLedgers: _none, ...keys } = ring.keys
    const planted = new Map<string, Uint8Array>([
      ['root', crk],
      ['kit', parsed.secret],
      ['device', device.privateKey],
      ...Object.entries(keys),
    ])
    expect(planted.size).toBeGreaterThanOrEqual(10)
    const places = new Map<string, Buffer>([
      ...[...filesOf(folder.dir), ...filesOf(logs)].map((file) => [file, readFileSync(file)] as const),
      ['environment', Buffer.from(JSON.stringify(process.env))],
      ['command line', Buffer.from(JSON.stringify([process.argv, process.execArgv]))],
      ['answers', Buffer.from(JSON.stringify(said))],
    ])
    for (const [place, bytes] of places)
      for (const [name, key] of planted)
        for (const form of forms(key)) expect(bytes.includes(form), `${name} in ${place}`).toBe(false)
    // The search finds what is there: a public key does stand in the key file.
    const [, , , publicForm] = forms(device.publicKey)
    expect(places.get(options.file)?.includes(publicForm ?? '')).toBe(true)
    ring.wipe()
  } finally {
    rmSync(logs, { recursive: true, force: true })
  }
})

test('KEY-01: a composed program leaves its memory out of core dumps', () => {
  if (process.platform !== 'linux') return
  const run = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { composeHost } from ${JSON.stringify(path.join(root, 'src/main/cli/compose.ts'))}
const host = await composeHost({ dir: ${JSON.stringify(path.join(folder.dir, 'c'))}, door: 'cli' })
process.stdout.write((await import('node:fs')).readFileSync('/proc/self/coredump_filter', 'utf8'))
await host.close()`,
    ],
    { cwd: root, encoding: 'utf8' },
  )
  expect(run.stdout.trim()).toMatch(/^0+$/)
  const shell = readFileSync(path.join(root, 'src/main/index.ts'), 'utf8')
  expect(shell).toContain("appendSwitch('disable-breakpad')")
})

test('KEY-02: the files alone, with the right password, open on no other computer; a guess costs 256 MiB', async () => {
  // As the product does it: no smaller argon2id, however small the other tests take it.
  const host = await folder.open({ kdf: productionKdf })
  expect(await host.bootstrap('create', testFounding, testCaller())).toMatchObject({ ok: true })
  await host.close()
  const slots = readKeyFile(path.join(folder.dir, 'keys.json'))?.body.slots ?? []
  expect(slots).toHaveLength(1)
  for (const slot of slots) {
    expect(slot.kdf?.memoryKib).toBeGreaterThanOrEqual(256 * 1024)
    expect(slot.kdf?.iterations).toBeGreaterThanOrEqual(3)
    // The other half of the key: 256 bits that are not among the files.
    expect(slot.deviceCheck).not.toBeNull()
  }
  const copy = mkdtempSync(path.join(tmpdir(), 'osler-stolen-'))
  try {
    cpSync(folder.dir, copy, { recursive: true })
    const doubles = { missing: memoryDeviceSecrets(), unavailable: noDeviceSecrets }
    for (const [reason, secrets] of Object.entries(doubles)) {
      const thief = await folder.open({ dir: copy, secrets })
      expect(await thief.bootstrap('unlock', who, testCaller())).toMatchObject({
        error: { code: 'UNAVAILABLE', details: { reason } },
      })
      await thief.close()
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
  const owner = await folder.open({ kdf: productionKdf })
  expect(await owner.bootstrap('unlock', who, testCaller())).toMatchObject({ ok: true })
})

test('KEY-06: 1,000 well-formed kits of others are stopped by the check value; the database need not even be there', async () => {
  const host = await folder.open()
  await host.bootstrap('create', withKit, testCaller())
  const sheet = await host.bootstrap('kitSheet', {}, testCaller())
  if (!sheet.ok) throw new Error('no kit')
  const { groups, ask } = sheet.value as KitSheet
  await host.bootstrap('confirmKit', { typed: ask.map((at) => groups[at] ?? '') }, testCaller())
  await host.close()
  for (const name of readdirSync(folder.dir))
    if (name !== 'keys.json') rmSync(path.join(folder.dir, name), { recursive: true, force: true })
  const file = path.join(folder.dir, 'keys.json')
  const before = readFileSync(file)
  const found = readKeyFile(file)
  if (!found) throw new Error('no key file')
  const options = {
    file,
    secrets: noDeviceSecrets,
    hasher: createHasher(),
    slotParams: kdfFloor.slot,
    clock: Date.now,
  }
  for (let i = 0; i < 1000; i++) expect(unlockKeyRingByKit(options, found, newKit())).toBeNull()
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(readdirSync(folder.dir)).toEqual(['keys.json'])
  const parsed = parseKit(groups.join(' '))
  expect(parsed.ok && unlockKeyRingByKit(options, found, parsed.secret)).toBeTruthy()
})

const electron = process.env.ELECTRON_OVERRIDE_DIST_PATH
  ? path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH, 'electron')
  : null

test.skipIf(!electron)('KEY-08: the same kit gives the same keys under Electron’s crypto', () => {
  const script = `import { kitId, kitKek, kitPair, sealingSuite } from '#core/keys/kit.ts'
import { makeAgreementPair, makeSigningPair } from '#core/keys/device-identity.ts'
import { unwrapKey, wrapKey } from '#core/keys/wrap.ts'
import { createHasher } from '#core/keys/kdf.ts'
const secret = Buffer.alloc(32, 7)
const pair = await kitPair(secret)
const { nonce, wrapped } = wrapKey(secret, Buffer.from('x'), 'c')
const hash = await createHasher()('password', Buffer.alloc(16), { memoryKib: 64, iterations: 1, parallelism: 1 }, 32)
const suite = sealingSuite()
const recipientPublicKey = await suite.kem.deserializePublicKey(Uint8Array.from(pair.publicKey).buffer)
const recipientKey = await suite.kem.deserializePrivateKey(Uint8Array.from(pair.privateKey).buffer)
const sealed = await suite.seal({ recipientPublicKey }, new TextEncoder().encode('words').buffer)
const opened = await suite.open({ recipientKey, enc: sealed.enc }, sealed.ct)
process.stdout.write(JSON.stringify([kitId(secret), kitKek(secret, 'a').toString('hex'), pair.publicKey.toString('hex'), pair.privateKey.toString('hex'), unwrapKey(secret, { nonce, wrapped }, 'c').toString(), hash.toString('hex'), Buffer.from(opened).toString(), makeSigningPair().publicKey.length, makeAgreementPair().publicKey.length]))`
  const run = (program: string, env: Record<string, string>) =>
    spawnSync(program, ['--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    }).stdout
  const here = run(process.execPath, {})
  expect(here).toContain('words')
  expect(run(electron ?? '', { ELECTRON_RUN_AS_NODE: '1' })).toBe(here)
})
