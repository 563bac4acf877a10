// The command line as people and scripts use it: real processes, real argon2, one line of JSON, exit 0 or 1.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { commandLine } from '#testkit/command-line.ts'

const home = mkdtempSync(path.join(tmpdir(), 'osler-cli-'))
const dir = path.join(home, 'clinic')
const password = 'kettle whistle orbit mango seven'
afterAll(() => rmSync(home, { recursive: true, force: true }))

const { run, start } = commandLine(home, password)

const call = (procedure: string, input: unknown, env: Record<string, string> = {}, as = 'anna') =>
  run(['call', '--dir', dir, '--as', as, procedure], { input: JSON.stringify(input), ...env })

describe('one clinic, from its creation on', { timeout: 120_000 }, () => {
  test('create makes it, privately, and only once', async () => {
    const weak = await run(['create', '--dir', dir, '--name', 'Praxis', '--admin', 'anna'], {
      OSLER_PASSWORD: 'too short',
    })
    expect(weak).toMatchObject({
      code: 1,
      json: { error: { code: 'PASSWORD_TOO_WEAK', details: { minimum: 20 } } },
    })
    const options = [
      '--doctor',
      '--country',
      'DE',
      '--time-zone',
      'Europe/Berlin',
      '--currency',
      'EUR',
      '--locale',
      'de',
    ]
    const made = await run(['create', '--dir', dir, '--name', 'Praxis am See', '--admin', 'anna', ...options])
    expect(made).toMatchObject({
      code: 0,
      json: { created: true, admin: 'anna', passwordOnly: true, warnings: ['password-only', 'kit-pending'] },
    })
    expect(made.err).toContain('No keychain')
    for (const name of ['', 'clinic.db', 'keys.json', 'watermark', 'log']) {
      expect([name, statSync(path.join(dir, name)).mode & 0o077]).toEqual([name, 0])
    }
    const again = await run(['create', '--dir', dir, '--name', 'Other', '--admin', 'otto'])
    expect([again.code, again.out]).toEqual([1, ''])
    expect(again.err).toContain('already')
  })

  test('the slot costs what a thief must pay: 256 MiB, three passes, four lanes', () => {
    const file = JSON.parse(readFileSync(path.join(dir, 'keys.json'), 'utf8')) as {
      body: { slots: { kdf: unknown }[] }
    }
    expect(file.body.slots.map((slot) => slot.kdf)).toEqual([
      { memoryKib: 262_144, iterations: 3, parallelism: 4 },
    ])
  })

  test('call answers with the procedure’s output, under the hat that may', async () => {
    const me = await call('session.me', {})
    expect(me).toMatchObject({
      code: 0,
      err: '',
      json: { username: 'anna', role: 'doctor', clinic: { name: 'Praxis am See', currency: 'EUR' } },
    })
    expect(await call('people.list', {})).toMatchObject({ code: 0, json: [{ username: 'anna' }] })
    const asDoctor = await run(['call', '--dir', dir, '--as', 'anna', '--role', 'doctor', 'people.list'])
    expect(asDoctor).toMatchObject({ code: 1, json: { error: { code: 'FORBIDDEN' } } })
  })

  test('a patient registered here is found here', async () => {
    const made = await call('patients.register', { name: 'Ana Sol', gender: 'female' })
    expect(made.code).toBe(0)
    expect(await call('patients.search', { text: 'sol' })).toMatchObject({ code: 0 })
    expect((await call('patients.search', { text: 'sol' })).out).toContain('Ana Sol')
  })

  test('refusals say why, in words and as JSON', async () => {
    const nobody = await call('session.me', {}, {}, 'nobody')
    expect([nobody.code, nobody.json.error.code]).toEqual([1, 'WRONG_PASSWORD'])
    expect(nobody.err).toContain('OSLER_UNLOCK_USER')
    const noJson = await run(['call', '--dir', dir, '--as', 'anna', 'session.me'], { input: '{' })
    expect([noJson.code, noJson.err]).toEqual([1, 'the input on standard input is not JSON\n'])
    const noPassword = await run(['call', '--dir', dir, '--as', 'anna', 'session.me'], { OSLER_PASSWORD: '' })
    expect([noPassword.code, noPassword.err]).toEqual([
      1,
      'no password: set OSLER_PASSWORD, or run this at a terminal\n',
    ])
  })

  test('a new person sets a password by code, and comes in behind somebody who can open', async () => {
    const added = await call('people.create', { username: 'berta', name: 'Berta Klein', roles: ['nurse'] })
    expect(added.code).toBe(0)
    const opener = { OSLER_UNLOCK_USER: 'anna', OSLER_UNLOCK_PASSWORD: password }
    const own = { OSLER_PASSWORD: 'pebble lantern orbit cedar ninety' }
    const args = ['set-password', '--dir', dir, '--as', 'berta', '--code', added.json.code as string]
    expect((await run(args, own)).err).toContain('OSLER_UNLOCK_USER')
    expect(await run(args, { ...own, ...opener })).toMatchObject({ code: 0, json: { done: true } })
    expect(await run(args, { ...own, ...opener })).toMatchObject({
      code: 1,
      json: { error: { code: 'ONE_TIME_CODE_WRONG' } },
    })
    expect(await call('session.me', {}, { ...own, ...opener }, 'berta')).toMatchObject({
      code: 0,
      json: { role: 'nurse' },
    })
    // Her first sign-in made her own slot.
    expect(await call('session.me', {}, own, 'berta')).toMatchObject({ code: 0, json: { username: 'berta' } })
  })

  test('import takes FHIR files and says what became of each resource', async () => {
    const file = path.join(home, 'one.json')
    const patient = {
      resourceType: 'Patient',
      id: 'p1',
      name: [{ family: 'Quill', given: ['Ada'] }],
      gender: 'female',
    }
    writeFileSync(
      file,
      JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient }, {}] }),
    )
    const done = await run(['import', '--dir', dir, '--as', 'anna', file])
    expect(done).toMatchObject({ code: 0, json: { files: 1, resources: 1, mapped: 1, keptAsSource: 0 } })
    expect(done.json.refused).toEqual([{ file, place: expect.any(String), reason: 'ENTRY_WITHOUT_RESOURCE' }])
    expect((await call('patients.search', { text: 'quill' })).out).toContain('Quill')
    const bad = path.join(home, 'bad.json')
    writeFileSync(bad, '{"resourceType":')
    expect(await run(['import', '--dir', dir, '--as', 'anna', bad])).toMatchObject({
      code: 1,
      json: { resources: 0, refused: [{ file: bad }] },
    })
    expect(await run(['import', '--dir', dir, '--as', 'anna', path.join(home, 'none.json')])).toMatchObject({
      code: 1,
    })
  })

  test('verify finds everything as it was written, or says what is not', async () => {
    expect(await run(['verify', '--dir', dir])).toMatchObject({
      code: 0,
      json: {
        ok: true,
        integrity: 'ok',
        audit: { ok: true },
        watermark: { ok: true, missingSaves: 0 },
        schema: { ok: true },
      },
    })
    expect(await run(['verify', '--dir', dir, '--as', 'berta'])).toMatchObject({
      code: 1,
      json: { error: { code: 'WRONG_PASSWORD' } },
    })
    const database = path.join(dir, 'clinic.db')
    const good = readFileSync(database)
    const yesterday = path.join(home, 'yesterday')
    writeFileSync(yesterday, good)
    await call('session.me', {})
    writeFileSync(database, readFileSync(yesterday))
    const found = await run(['verify', '--dir', dir])
    expect(found).toMatchObject({ code: 1, json: { ok: false, problem: 'watermark-ahead' } })
    expect(found.json.value).toBeGreaterThan(0)
  })
})

describe('what can be typed wrong', () => {
  test.each([
    [[], 'Usage'],
    [['frobnicate'], 'there is no command frobnicate'],
    [['toString'], 'there is no command toString'],
    [['create', '--dir', 'x'], '--name is missing'],
    [['create', '--kitten'], 'Unknown option'],
    [['create', '--kit'], 'argument missing'],
    [['call', '--dir', home, '--as', 'a'], 'exactly one MODULE.PROCEDURE'],
    [['call', '--dir', home, '--as', 'a', 'no.such'], 'there is no procedure no.such'],
    [['call', '--dir', '/nowhere/at/all', '--as', 'a', 'session.me'], 'there is no folder'],
    [['call', '--dir', home, '--as', 'a', 'session.me'], 'there is no clinic in'],
    [['verify', '--dir', home, 'x'], 'unexpected: x'],
    [['serve', '--dir', home, '--port', 'http'], '--port takes a number'],
    [['import', '--dir', home, '--as', 'a'], 'at least one file or folder'],
  ])('%j', async (args, words) => {
    const result = await run(args)
    expect([result.code, result.out]).toEqual([1, ''])
    expect(result.err).toContain(words)
    expect(result.err).not.toMatch(/\bat .*\.ts:/)
  })

  test('help is no mistake', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, err: '' })
  })
})

test('procedures lists every one with permission, audit action and schemas', async () => {
  const { code, json } = await run(['procedures'])
  expect(code).toBe(0)
  const list = json as {
    name: string
    kind: string
    permission: string
    auditAction: string | null
    input: object
    output: object
  }[]
  expect(list.length).toBeGreaterThan(40)
  for (const one of list) {
    expect(one.name).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/)
    expect(['query', 'command']).toContain(one.kind)
    expect(one.permission).toMatch(/^(public|[A-Za-z]+\.[CRUSXM])$/)
    if (one.kind === 'command') expect(one.auditAction).toMatch(/^[a-z][a-z.-]+$/)
    expect([one.input, one.output]).toEqual([
      expect.objectContaining({ $schema: expect.any(String) }),
      expect.objectContaining({ $schema: expect.any(String) }),
    ])
  }
  const signIn = list.find((one) => one.name === 'session.signIn')
  expect(signIn?.input).toMatchObject({
    type: 'object',
    required: ['username', 'password'],
    additionalProperties: false,
  })
})

describe('serving', { timeout: 120_000 }, () => {
  async function ready(child: ChildProcess, pattern: RegExp): Promise<string> {
    let out = ''
    for await (const part of child.stdout ?? []) {
      out += String(part)
      const found = pattern.exec(out)
      if (found) return found[0]
    }
    throw new Error(`it ended without a word: ${out}`)
  }

  function ask(
    address: URL,
    certificate: string,
    target: string,
    body: unknown,
    headers: Record<string, string> = {},
  ) {
    return new Promise<{ status: number; json: Record<string, unknown> }>((resolve, reject) => {
      const request = https.request(
        {
          host: '127.0.0.1',
          port: address.port,
          servername: 'localhost',
          ca: readFileSync(certificate),
          method: 'POST',
          path: target,
          headers: {
            'x-osler': '1',
            origin: address.origin,
            host: address.host,
            'content-type': 'application/json',
            ...headers,
          },
        },
        (response) => {
          let text = ''
          response.on('data', (part: Buffer) => (text += part.toString()))
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, json: JSON.parse(text) as Record<string, unknown> }),
          )
        },
      )
      request.on('error', reject)
      request.end(JSON.stringify({ input: body }))
    })
  }

  test('start offers an empty folder to a browser, names its address and certificate, and ends when told to', async () => {
    const data = path.join(home, 'data')
    const child = start(['start'], { XDG_DATA_HOME: data })
    const said = await ready(child, /Osler is ready: https:\/\/localhost:\d+\/#[\w-]{43}\nCertificate: .*\n/)
    const address = new URL(said.split('\n')[0]?.replace('Osler is ready: ', '') ?? '')
    const certificate = said.split('\n')[1]?.replace('Certificate: ', '') ?? ''
    expect(certificate).toBe(path.join(data, 'osler', 'tls', 'certificate.pem'))
    const token = { 'x-osler-token': address.hash.slice(1) }
    expect(await ask(address, certificate, '/bootstrap/status', {})).toMatchObject({ status: 403 })
    expect(await ask(address, certificate, '/bootstrap/status', {}, token)).toMatchObject({
      status: 200,
      json: { value: { state: 'none', passwordOnly: true } },
    })

    const other = await run(['call', '--dir', path.join(data, 'osler'), '--as', 'anna', 'session.me'])
    expect(other).toMatchObject({
      code: 1,
      json: { error: { details: { problem: 'owned-by-other-process', pid: child.pid } } },
    })
    expect(other.err).toContain(`in use by process ${child.pid}`)

    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('serve with the two variables opens the clinic without a person', async () => {
    const served = path.join(home, 'served')
    await run(['create', '--dir', served, '--name', 'Served', '--admin', 'anna'])
    const child = start(['serve', '--dir', served, '--port', '0'], {
      OSLER_UNLOCK_USER: 'anna',
      OSLER_UNLOCK_PASSWORD: password,
    })
    const line = JSON.parse(await ready(child, /\{.*\}\n/)) as {
      ready: boolean
      address: string
      certificate: string
    }
    const address = new URL(line.address)
    expect(await ask(address, line.certificate, '/bootstrap/status', {})).toMatchObject({
      status: 200,
      json: { value: { state: 'open', clinicName: 'Served' } },
    })
    expect(
      await ask(address, line.certificate, '/api/session.signIn', { username: 'anna', password }),
    ).toMatchObject({ status: 200 })
    expect(existsSync(path.join(served, 'tls', 'key.pem'))).toBe(true)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('a wrong opener is told, and nothing is served', async () => {
    const served = path.join(home, 'served')
    const result = await run(['serve', '--dir', served], {
      OSLER_UNLOCK_USER: 'anna',
      OSLER_UNLOCK_PASSWORD: 'wrong',
    })
    expect(result).toMatchObject({ code: 1 })
    expect(result.err).toContain('WRONG_PASSWORD')
  })
})
