// The recovery kit around a clinic: made when it is set up, used when nothing else opens it, replaced afterwards
// (SECURITY 3.3; KEY-03, KEY-04, KEY-06).
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { KitSheet } from '#shared/bootstrap.ts'
import type { Reply } from '#shared/errors.ts'
import { testCaller, testFounding, testHost, testPassword, type TestHost } from '#testkit/host.ts'
import type { ClinicHost } from './host.ts'
import { memoryDeviceSecrets, noDeviceSecrets, withoutKeychain } from './keys/device-secret.ts'
import { kitText, newKit } from './keys/kit.ts'

const { kit: _, ...founding } = testFounding
const who = { username: 'anna', password: testPassword }
let folder: TestHost
beforeEach(() => {
  folder = testHost()
})
afterEach(() => folder[Symbol.asyncDispose]())

const codeOf = (reply: Reply) => (reply.ok ? 'ok' : reply.error.code)
const detailsOf = (reply: Reply) => (reply.ok ? {} : reply.error.details)
const value = <T>(reply: Reply): T => {
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.error)}`)
  return reply.value as T
}
const sheetOf = async (host: ClinicHost) =>
  value<KitSheet>(await host.bootstrap('kitSheet', {}, testCaller()))
const askedOf = (sheet: KitSheet) => sheet.ask.map((at) => sheet.groups[at] ?? '')
const confirm = (host: ClinicHost, typed: readonly string[]) =>
  host.bootstrap('confirmKit', { typed }, testCaller())
const unlockKit = (host: ClinicHost, kit: string) => host.bootstrap('unlockKit', { kit }, testCaller())

/** A finished clinic; returns the text of its kit. */
async function made(): Promise<string> {
  const host = await folder.open()
  value(await host.bootstrap('create', founding, testCaller()))
  const sheet = await sheetOf(host)
  value(await confirm(host, askedOf(sheet)))
  await host.close()
  return sheet.groups.join('-')
}

const filesOf = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(dir, name))
    .filter((file) => statSync(file).isFile())
const digests = (dir: string) =>
  Object.fromEntries(
    filesOf(dir).map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  )
const audit = (host: ClinicHost, action: string) =>
  host
    .clinic()
    ?.read((read) => read.list((db) => db.selectFrom('audit_log').selectAll().where('action', '=', action)))

describe('KEY-04: a new clinic', () => {
  test('KEY-04: nobody works in it before two groups of its kit were typed, and without that it never existed', async () => {
    const host = await folder.open()
    const founder = testCaller()
    value(await host.bootstrap('create', founding, founder))
    expect(host.status()).toMatchObject({ state: 'kit', kitFor: 'set-up', kitId: null })
    expect(await host.dispatch({ procedure: 'session.me', input: {} }, founder)).toMatchObject({
      error: { code: 'UNAVAILABLE', details: { state: 'kit' } },
    })
    const sheet = await sheetOf(host)
    expect(await sheetOf(host)).toEqual(sheet)
    const [first = '', second = ''] = askedOf(sheet)
    for (const typed of [
      [second, first],
      [first, 'QQQQ'],
      ['', ''],
    ])
      expect(detailsOf(await confirm(host, typed))).toEqual({ fault: 'groups' })
    await host.close()
    expect(readdirSync(folder.dir)).not.toContain('keys.json')
    const later = await folder.open()
    expect(later.status()).toMatchObject({ state: 'none' })
  })

  test('KEY-04: confirmed, it opens with the founder signed in, the kit is in the key file, and the act is written down', async () => {
    const host = await folder.open()
    const founder = testCaller()
    value(await host.bootstrap('create', founding, founder))
    const sheet = await sheetOf(host)
    expect(
      codeOf(
        await confirm(
          host,
          askedOf(sheet).map((g) => ` ${g.toLowerCase()} `),
        ),
      ),
    ).toBe('ok')
    expect(host.status()).toMatchObject({ state: 'open', kitFor: null, kitId: sheet.id })
    expect(await host.dispatch({ procedure: 'session.me', input: {} }, founder)).toMatchObject({ ok: true })
    expect(audit(host, 'kit.confirm')).toMatchObject([{ detail: `kit=${sheet.id} set-up` }])
    expect(host.clinic()?.services.slots.warnings()).not.toContain('kit-pending')
    const file = readFileSync(path.join(folder.dir, 'keys.json'), 'utf8')
    expect(file).toContain(`"id": "${sheet.id}"`)
    for (const group of [sheet.groups.join('-'), sheet.groups.join('')]) expect(file).not.toContain(group)
  })

  test('KEY-04: its paper is a PDF in both languages, and no file of it is left in the folder or the temporary one', async () => {
    const temporary = mkdtempSync(path.join(tmpdir(), 'osler-temp-'))
    const formerly = process.env.TMPDIR
    process.env.TMPDIR = temporary
    try {
      const host = await folder.open()
      value(await host.bootstrap('create', founding, testCaller()))
      const sheet = await sheetOf(host)
      for (const language of ['en', 'ar']) {
        const paper = value<{ name: string; token: string }>(
          await host.bootstrap('kitPaper', { language }, testCaller()),
        )
        expect(paper.name).toBe(`osler-kit-${sheet.id}.pdf`)
        const file = host.download(paper.token, testCaller())
        expect(
          Buffer.from((await file?.open()) ?? [])
            .subarray(0, 5)
            .toString(),
        ).toBe('%PDF-')
        expect(host.download(paper.token, testCaller())).toBeUndefined()
      }
      value(await confirm(host, askedOf(sheet)))
      await host.close()
      const secret = sheet.groups.join('')
      for (const file of [...filesOf(folder.dir), ...filesOf(temporary)]) {
        const bytes = readFileSync(file)
        expect(bytes.includes('%PDF-'), file).toBe(false)
        expect(bytes.includes(secret) || bytes.includes(sheet.groups.join('-')), file).toBe(false)
      }
    } finally {
      if (formerly === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = formerly
      rmSync(temporary, { recursive: true, force: true })
    }
  })

  test('the command line may leave it for later: the clinic works, and its lamp is red', async () => {
    const host = await folder.open()
    value(await host.bootstrap('create', testFounding, testCaller()))
    expect(host.status()).toMatchObject({ state: 'open', kitId: null })
    expect(host.clinic()?.services.slots.warnings()).toContain('kit-pending')
  })
})

describe('a kit that is needed', () => {
  test('KEY-06: mistyped, another clinic’s and right are told apart, the first two before the database is touched', async () => {
    const text = await made()
    const before = digests(folder.dir)
    const host = await folder.open()
    const at = text.indexOf('-', 30) + 1
    const wrong = text.slice(0, at) + (text[at] === 'Q' ? 'P' : 'Q') + text.slice(at + 1)
    expect(detailsOf(await unlockKit(host, wrong))).toEqual({
      fault: 'mistyped',
      groups: [String(at / 5 + 1)],
    })
    expect(detailsOf(await unlockKit(host, text.slice(0, -1)))).toEqual({ fault: 'length', groups: [] })
    expect(digests(folder.dir)).toEqual(before)
    expect(detailsOf(await unlockKit(host, kitText(newKit())))).toEqual({ fault: 'other' })
    const { [path.join(folder.dir, 'tries.json')]: tries, ...untouched } = digests(folder.dir)
    expect(tries).toBeDefined()
    expect(untouched).toEqual(before)
    expect(codeOf(await unlockKit(host, text))).toBe('ok')
  })

  test('opens a clinic whose keychain is gone; a new kit comes first, then people sign in and get new slots', async () => {
    const text = await made()
    const secrets = memoryDeviceSecrets('keychain')
    const host = await folder.open({ secrets })
    expect(host.status()).toMatchObject({ state: 'broken', keychain: 'other-backend' })
    expect(codeOf(await unlockKit(host, text))).toBe('ok')
    expect(host.status()).toMatchObject({ state: 'kit', kitFor: 'kit-used' })
    const anna = testCaller()
    const signIn = () => host.dispatch({ procedure: 'session.signIn', input: who }, anna)
    expect(detailsOf(await signIn())).toEqual({ state: 'kit' })
    const sheet = await sheetOf(host)
    expect(sheet.groups.join('-')).not.toBe(text)
    value(await confirm(host, askedOf(sheet)))
    expect(host.clinic()?.services.keyWork.facts().slots).toEqual([])
    value(await signIn())
    // The new half for slots, and the anchor of the audit trail.
    expect([...secrets.entries.keys()].filter((name) => !name.endsWith(':audit-anchor'))).toHaveLength(1)
    expect(host.clinic()?.services.keyWork.facts().slots).toMatchObject([{ backend: 'keychain' }])
    expect(audit(host, 'kit.use')).toHaveLength(1)
    expect(audit(host, 'kit.confirm')?.at(-1)).toMatchObject({ detail: `kit=${sheet.id} kit-used` })
    const notices = host.clinic()?.read((read) => read.list((db) => db.selectFrom('notice').selectAll()))
    expect(notices).toMatchObject([{ kind: 'kit-used', to_role: 'admin' }])
    await host.close()

    const again = await folder.open({ secrets })
    expect(detailsOf(await unlockKit(again, text))).toEqual({ fault: 'other' })
    expect(codeOf(await again.bootstrap('unlock', who, testCaller()))).toBe('ok')
  })

  test('a kit whose successor was never confirmed goes on to open', async () => {
    const text = await made()
    const host = await folder.open({ secrets: noDeviceSecrets })
    value(await unlockKit(host, text))
    await host.close()
    const again = await folder.open({ secrets: noDeviceSecrets })
    expect(codeOf(await unlockKit(again, text))).toBe('ok')
  })

  test('KEY-03: six doubles of a keychain, six different answers, nothing in the folder changed', async () => {
    const own = memoryDeviceSecrets()
    const first = await folder.open({ secrets: own })
    value(await first.bootstrap('create', testFounding, testCaller()))
    await first.close()
    const before = digests(folder.dir)
    const { DeviceSecretError } = await import('./keys/device-secret.ts')
    const failing = (problem: 'locked' | 'damaged') => ({
      ...own,
      read: () => Promise.reject(new DeviceSecretError(problem)),
    })
    const doubles = {
      missing: memoryDeviceSecrets(),
      locked: failing('locked'),
      'other-backend': memoryDeviceSecrets('credential-manager'),
      'plain-text': withoutKeychain('basic_text'),
      forgetful: withoutKeychain('keyutils'),
      damaged: failing('damaged'),
    }
    for (const [problem, secrets] of Object.entries(doubles)) {
      const host = await folder.open({ secrets })
      expect(detailsOf(await host.bootstrap('unlock', who, testCaller()))).toMatchObject({ reason: problem })
      expect(host.status()).toMatchObject({ state: 'broken', problem: 'keychain-changed', keychain: problem })
      // Not silently made anew either.
      expect(codeOf(await host.bootstrap('create', testFounding, testCaller()))).toBe('CONFLICT')
      await host.close()
      expect(digests(folder.dir), problem).toEqual(before)
    }
    const host = await folder.open({ secrets: own })
    expect(codeOf(await host.bootstrap('unlock', who, testCaller()))).toBe('ok')
  })
})
