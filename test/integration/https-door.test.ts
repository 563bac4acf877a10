// The HTTPS door over real TLS on loopback: who gets in, what every answer carries, what hostile requests get.
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'
import https from 'node:https'
import path from 'node:path'
import { tmpdir } from 'node:os'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClinicHost } from '#core/host.ts'
import { loadCertificate, type TlsFiles } from '#core/http/certificate.ts'
import { securityHeaders } from '#core/http/headers.ts'
import { type HttpsDoor, startHttps } from '#core/http/https-door.ts'
import { createLogger } from '#core/log/logger.ts'
import { testFounding, testHost, type TestHost, testPassword } from '#testkit/host.ts'

const token = 'one-time-token-of-the-printed-address'
const secretWord = 'CANARY-OUTSIDE'
const folder = mkdtempSync(path.join(tmpdir(), 'osler-door-'))
const staticDir = path.join(folder, 'renderer')
let kit: TestHost
let host: ClinicHost
let files: TlsFiles
let door: HttpsDoor

beforeAll(async () => {
  mkdirSync(path.join(staticDir, 'assets'), { recursive: true })
  writeFileSync(path.join(staticDir, 'index.html'), '<!doctype html><title>Osler</title>')
  writeFileSync(path.join(staticDir, 'assets/app-1a2b.js'), 'export {}')
  writeFileSync(path.join(staticDir, '.env'), secretWord)
  writeFileSync(path.join(folder, 'outside.txt'), secretWord)
  symlinkSync(path.join(folder, 'outside.txt'), path.join(staticDir, 'assets/link.txt'))
  kit = testHost()
  host = await kit.open({ door: 'https' })
  files = await loadCertificate(path.join(kit.dir, 'tls'), Date.now())
  door = await startDoor(token)
})
afterAll(async () => {
  await door.close()
  await kit[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const startDoor = (bootstrapToken?: string, slowRequestMs?: number) =>
  startHttps(host, {
    port: 0,
    tls: files,
    staticDir,
    log: createLogger(2, 'silent'),
    ...(bootstrapToken ? { bootstrapToken } : {}),
    ...(slowRequestMs ? { slowRequestMs } : {}),
  })

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  readonly json: {
    ok: boolean
    value?: Record<string, unknown>
    error?: { code: string; details: Record<string, unknown>; opId: string }
  }
}
interface Ask {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>
  readonly body?: string | Buffer
  readonly to?: HttpsDoor
}

function send(target: string, { method = 'GET', headers = {}, body, to = door }: Ask = {}): Promise<Answer> {
  const sent = Object.fromEntries(
    Object.entries({ host: `localhost:${to.port}`, ...headers }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        host: '127.0.0.1',
        port: to.port,
        servername: 'localhost',
        ca: files.cert,
        path: target,
        method,
        headers: sent,
        agent: false,
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('end', () => {
          const isJson = String(response.headers['content-type']).startsWith('application/json')
          const json = (isJson && text !== '' ? JSON.parse(text) : {}) as Answer['json']
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json })
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

const ownHeaders = (to: HttpsDoor = door): Record<string, string> => ({
  'x-osler': '1',
  origin: `https://localhost:${to.port}`,
  'content-type': 'application/json',
})

function post(target: string, body: unknown, headers: Ask['headers'] = {}): Promise<Answer> {
  return send(target, {
    method: 'POST',
    headers: { ...ownHeaders(), ...headers },
    body: JSON.stringify(body),
  })
}

const cookieOf = (answer: Answer) => String(answer.headers['set-cookie']).split(';')[0] ?? ''
const call = (procedure: string, input: unknown, headers: Ask['headers'] = {}) =>
  post(`/api/${procedure}`, { input }, headers)
const bootstrap = (name: string, input: unknown, headers: Ask['headers'] = { 'x-osler-token': token }) =>
  post(`/bootstrap/${name}`, { input }, headers)

let cookie = ''

async function signIn(): Promise<string> {
  const answer = await call('session.signIn', { username: 'anna', password: testPassword })
  expect(answer.status).toBe(200)
  return cookieOf(answer)
}

describe('before a clinic is open', () => {
  test('nothing is told without the token of the printed address', async () => {
    for (const headers of [
      {},
      { 'x-osler-token': '' },
      { 'x-osler-token': `${token}x` },
      { 'x-osler-token': token.slice(1) },
    ]) {
      for (const name of ['status', 'create', 'unlock', 'openDemo', 'nothing']) {
        const answer = await bootstrap(name, {}, headers)
        expect([answer.status, answer.json.error?.details]).toEqual([403, { reason: 'token' }])
      }
    }
    expect((await bootstrap('status', {})).json.value).toMatchObject({ state: 'none' })
    expect((await bootstrap('toString', {})).status).toBe(404)
    expect((await call('session.me', {})).status).toBe(503)
  })

  test('creating a clinic signs its founder in by cookie, and the token is spent', async () => {
    const weak = { ...testFounding, admin: { ...testFounding.admin, password: 'x' } }
    expect((await bootstrap('create', weak)).json.error?.code).toBe('PASSWORD_TOO_WEAK')
    const answer = await bootstrap('create', testFounding)
    expect(answer.json).toMatchObject({ ok: true, value: { username: 'anna' } })
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-osler=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/),
    ])
    cookie = cookieOf(answer)
    expect(answer.text).not.toContain(cookie.split('=')[1])
    expect((await call('session.me', {}, { cookie })).json).toMatchObject({
      ok: true,
      value: { username: 'anna' },
    })
    const again = await bootstrap('unlock', { username: 'anna', password: testPassword })
    expect([again.status, again.json.error?.details]).toEqual([403, { reason: 'token' }])
    expect((await bootstrap('status', {}, {})).json.value).toMatchObject({
      state: 'open',
      clinicName: 'Praxis am See',
    })
  })
})

describe('sessions', () => {
  test('no cookie, a strange one, or two of them: not signed in', async () => {
    for (const bad of [
      undefined,
      '__Host-osler=',
      '__Host-osler=x',
      `__Host-osler=${'a'.repeat(43)}`,
      `${cookie}; ${cookie}`,
      cookie.replace('__Host-', ''),
    ]) {
      const answer = await call('session.me', {}, { cookie: bad })
      expect([answer.status, answer.json.error?.code]).toEqual([401, 'NOT_SIGNED_IN'])
    }
  })

  test('signing out takes the cookie away and ends the session', async () => {
    const own = await signIn()
    const out = await call('session.signOut', {}, { cookie: own })
    expect(out.headers['set-cookie']).toEqual([
      '__Host-osler=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0',
    ])
    expect((await call('session.me', {}, { cookie: own })).status).toBe(401)
  })

  test('refusals keep their code and get a fitting status', async () => {
    const own = await signIn()
    const cases: [string, unknown, number, string][] = [
      ['session.signIn', { username: 'anna', password: 'no' }, 422, 'WRONG_PASSWORD'],
      ['session.me', { extra: 1 }, 400, 'INVALID_INPUT'],
      ['people.list', {}, 403, 'FORBIDDEN'],
      ['no.such', {}, 404, 'NOT_FOUND'],
      ['__proto__.x', {}, 404, 'NOT_FOUND'],
    ]
    for (const [procedure, input, status, code] of cases) {
      const answer = await call(procedure, input, { cookie: own })
      expect([procedure, answer.status, answer.json.error?.code]).toEqual([procedure, status, code])
    }
    await call('session.lock', {}, { cookie: own })
    expect((await call('clinic.get', {}, { cookie: own })).status).toBe(423)
  })
})

describe('strangers', () => {
  test('WEB-03: another site’s page cannot act: header, origin and fetch metadata must be ours', async () => {
    const own = `https://localhost:${door.port}`
    const bad: Ask['headers'][] = [
      { 'x-osler': undefined },
      { 'x-osler': '0' },
      { origin: undefined },
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: `http://localhost:${door.port}` },
      { origin: 'https://localhost' },
      { origin: `${own}.evil.example` },
      { origin: `https://127.0.0.1:${door.port}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]
    for (const headers of bad) {
      for (const target of ['/api/session.signOut', '/bootstrap/status', '/blob/abc']) {
        const answer = await post(target, { input: {} }, { cookie, ...headers })
        expect([target, headers, answer.status]).toEqual([target, headers, 403])
      }
    }
    expect((await call('session.me', {}, { cookie })).status).toBe(200)
  })

  test('WEB-04: names that were pointed at this computer from outside are refused', async () => {
    const port = door.port
    const bad = [
      'evil.example',
      `evil.example:${port}`,
      `localhost.evil.example:${port}`,
      `localhost:${port + 1}`,
      'localhost',
      `127.0.0.2:${port}`,
      `0.0.0.0:${port}`,
      `[::]:${port}`,
      `127.0.0.1.nip.io:${port}`,
      `localhost.:${port}`,
      `localhost:0${port}`,
      `user@localhost:${port}`,
      `localhost:${port}, evil.example`,
      `10.0.0.1:${port}`,
      `osler.local:${port}`,
    ]
    for (const name of bad) {
      for (const target of ['/', '/api/session.me', '/api/events']) {
        const answer = await send(target, { headers: { host: name, cookie } })
        expect([name, target, [400, 403].includes(answer.status)]).toEqual([name, target, true])
        expect(answer.text).not.toContain('doctype')
      }
    }
    for (const name of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `LOCALHOST:${port}`]) {
      expect((await send('/', { headers: { host: name } })).status).toBe(200)
    }
  })

  test('WEB-03: no cross-origin permission is ever given, and reading never acts', async () => {
    const preflight = await send('/api/session.me', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-private-network': 'true',
      },
    })
    expect(preflight.status).toBe(404)
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD']) {
      const answer = await send('/api/session.signOut', { method, headers: { ...ownHeaders(), cookie } })
      expect([400, 404]).toContain(answer.status)
    }
    expect((await call('session.me', {}, { cookie })).status).toBe(200)
  })

  test('a form or plain-text body is not JSON', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      undefined,
    ]) {
      const answer = await send('/api/session.signOut', {
        method: 'POST',
        headers: { ...ownHeaders(), cookie, 'content-type': type },
        body: '{"input":{}}',
      })
      expect([type, answer.status]).toEqual([type, 400])
    }
  })
})

describe('every answer', () => {
  const asked: [string, Ask][] = [
    ['/', {}],
    ['/assets/app-1a2b.js', {}],
    ['/nothing', {}],
    ['/%zz', {}],
    ['/api/events', {}],
    ['/api/session.me', {}],
    ['/api/session.me', { method: 'POST' }],
    ['/api/session.me', { method: 'POST', body: '{' }],
    ['/', { headers: { host: 'evil.example' } }],
    ['/', { headers: { cookie: 'x'.repeat(20_000) } }],
    ['/bootstrap/create', { method: 'POST', body: '{}' }],
    ['/blob/x', { method: 'POST', body: 'x' }],
    ['/', { method: 'DELETE' }],
  ]
  test.each(asked)('WEB-02: carries the security headers: %s', async (target, ask) => {
    const answer = await send(target, {
      ...ask,
      headers: { ...(ask.method === 'POST' ? ownHeaders() : {}), ...ask.headers },
    })
    expect(answer.headers).toMatchObject(securityHeaders)
    for (const name of [
      'server',
      'x-powered-by',
      'etag',
      'strict-transport-security',
      'access-control-allow-origin',
    ]) {
      expect(answer.headers[name]).toBeUndefined()
    }
    if (target.startsWith('/api') || ask.method === 'POST')
      expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('WEB-02: the policy is exactly the one that was reviewed', () => {
    expect(securityHeaders['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
        "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types ProseMirrorClipboard",
    )
  })

  const nasty = [
    '',
    '{',
    '[]',
    'null',
    '1',
    '"x"',
    '{"input":',
    '{"input":{}}}',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{}}}',
    '{"input":{},"extra":1}',
    '{"input":{},"opId":5}',
    '{"input":{},"background":"yes"}',
    '\u0000',
    '{"input":{"a":"\\ud800"}}',
    '['.repeat(5000),
    `{"input":{"a":${'['.repeat(2000)}${']'.repeat(2000)}}}`,
    '{"opId":"' + 'x'.repeat(500) + '"}',
    '{"input":{"username":{"$ne":null}}}',
    "{'input':{}}",
    '{"input":{}}\u0000',
    '<xml/>',
    'NaN',
    '{"input":1e999}',
  ]
  const paths = [
    '/api/',
    '/api',
    '/api//',
    '/api/session',
    '/api/session.',
    '/api/.me',
    '/api/session.me/',
    '/api/session.me/x',
    '/api/session%2Eme%00',
    '/api/..%2f..%2fetc',
    '/api/constructor.name',
    `/api/${'a'.repeat(3000)}`,
    '/api/session.me?x=1#y',
    '/bootstrap/',
    '/bootstrap/a/b',
    '/blob/',
    '/blob/..%2f..',
    '/%',
    '/%c0%ae',
    '/api/%F0%9F%92%A9',
    '/api/session.signIn%0d%0ax:y',
    '/*',
    '//',
    '/.',
    '/api/events/',
  ]
  test(`WEB-07: ${nasty.length + paths.length} malformed requests get a generic refusal with an id`, async () => {
    const answers = [
      ...(await Promise.all(
        nasty.map((body) => send('/api/session.signIn', { method: 'POST', headers: ownHeaders(), body })),
      )),
      ...(await Promise.all(
        paths.map((target) => send(target, { method: 'POST', headers: ownHeaders(), body: '{"input":{}}' })),
      )),
    ]
    for (const answer of answers) {
      expect([400, 401, 403, 404]).toContain(answer.status)
      expect(answer.json.error?.opId).toMatch(/^[0-9a-f-]{36}$/)
      expect(Object.keys(answer.json).sort()).toEqual(['error', 'ok'])
      expect(answer.text).not.toMatch(
        /node_modules|\.ts\b|\bat \w|SQL|fastify|Unexpected|stack|\/work|\d+\.\d+\.\d+/i,
      )
    }
  })

  test('WEB-05: too large a body is refused', async () => {
    const answer = await post('/api/session.signIn', {
      input: { username: 'x'.repeat(1024 * 1024), password: 'x' },
    })
    expect([answer.status, answer.json.error?.details]).toEqual([413, { reason: 'too-large' }])
  })
})

describe('the renderer’s files', () => {
  test('come with their type; only hashed names are cached for good', async () => {
    const page = await send('/?x=1')
    expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ])
    const script = await send('/assets/app-1a2b.js')
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(script.headers['cache-control']).toContain('immutable')
  })

  test.each([
    '/.env',
    '/assets/link.txt',
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/assets/..%5c..%5coutside.txt',
    '/assets',
    '/assets/',
    '//outside.txt',
    '/index.html%00.js',
    '/./index.html',
    '/assets//app-1a2b.js',
    '/index.html/',
    '/INDEX.HTML/../.env',
    '/outside.txt',
  ])('%s is not one of them', async (target) => {
    const answer = await send(target)
    expect([404, 400]).toContain(answer.status)
    expect(answer.text).not.toContain(secretWord)
  })
})

describe('announcements', () => {
  function listen(headers: Record<string, string>) {
    const events: string[] = []
    let heard: () => void = () => {}
    const request = https.get({
      host: '127.0.0.1',
      port: door.port,
      servername: 'localhost',
      ca: files.cert,
      path: '/api/events',
      agent: false,
      headers: { host: `localhost:${door.port}`, ...headers },
    })
    const ended = new Promise<void>((resolve) => {
      request.on('response', (response) => {
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          events.push(part)
          heard()
        })
        response.on('end', resolve)
      })
    })
    const until = async (pattern: RegExp) => {
      while (!pattern.test(events.join(''))) await new Promise<void>((resolve) => (heard = resolve))
    }
    return { request, ended, until, text: () => events.join('') }
  }
  const change = () => host.clinic()?.services.announce(['appointment'])

  test('reach a signed-in person, name tables only, and end with the session', async () => {
    const own = await signIn()
    const stream = listen({ cookie: own })
    await stream.until(/retry/)
    change()
    await stream.until(/data: \["appointment"\]/)
    await call('session.signOut', {}, { cookie: own })
    change()
    await stream.ended
    expect(stream.text().match(/appointment/g)).toHaveLength(1)
  })

  test('are nothing for others', async () => {
    expect((await send('/api/events')).status).toBe(401)
    expect((await send('/api/events', { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(
      403,
    )
  })
})

describe('uploads', () => {
  const upload = (blob: string, body: string | Buffer, headers: Ask['headers'] = {}) =>
    send(`/blob/${blob}`, {
      method: 'POST',
      headers: { ...ownHeaders(), 'content-type': 'application/octet-stream', ...headers },
      body,
    })

  function issue(sink: (body: AsyncIterable<Uint8Array>) => Promise<void>): string {
    const clinic = host.clinic()
    if (!clinic) throw new Error('the clinic is open here')
    // Somebody at work: the token of a person who left is worth nothing.
    const session = clinic.services.sessions.list().find((s) => !s.locked)
    return clinic.services.uploads.issue({ sessionId: session?.id } as never, sink)
  }

  test('stream to whoever asked for them, once', async () => {
    let bytes = 0
    const blob = issue(async (body) => {
      for await (const chunk of body) bytes += chunk.byteLength
    })
    expect((await upload(blob, Buffer.alloc(3_000_000))).json).toMatchObject({ ok: true })
    expect(bytes).toBe(3_000_000)
    expect((await upload(blob, 'again')).status).toBe(404)
    expect((await upload('unknown', 'x')).status).toBe(404)
    expect(
      (
        await upload(
          issue(async () => {}),
          'x',
          { 'content-type': 'application/json' },
        )
      ).status,
    ).toBe(400)
  })

  test('a refused file still gets its answer', async () => {
    const blob = issue(async (body) => {
      for await (const _ of body) throw new Error('Ana Sol')
    })
    const answer = await upload(blob, Buffer.alloc(5_000_000))
    expect([answer.status, answer.json.error?.code]).toEqual([500, 'INTERNAL'])
    expect(answer.text).not.toContain('Ana')
  })
})

describe('downloads', () => {
  const paper = {
    type: 'application/pdf',
    name: 'Rechnung 2026-1 für ".pdf',
    open: () => Promise.resolve(Buffer.from('%PDF-1.7')),
  } as const
  const get = (blob: string, headers: Ask['headers'] = {}) => send(`/blob/${blob}`, { headers })

  /** A token of the session behind a cookie. */
  function issue(own: string): string {
    const { services } = host.clinic() ?? {}
    const session = services?.sessions.find(own.split('=')[1] ?? '')
    if (!services || !session) throw new Error('the clinic is open and somebody is signed in here')
    return services.downloads.issue({ sessionId: session.id }, paper)
  }

  test('go to the session they were made for, once, as a file and never as a page', async () => {
    const own = await signIn()
    const blob = issue(own)
    const answer = await get(blob, { cookie: own })
    expect([answer.status, answer.text]).toEqual([200, '%PDF-1.7'])
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Rechnung 2026-1 f_r _.pdf"; filename*=UTF-8''Rechnung%202026-1%20f%C3%BCr%20%22.pdf`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
    })
    expect((await get(blob, { cookie: own })).status).toBe(404)
  })

  test("a stranger's token, another session, no cookie, another page: nothing, and the owner still gets the paper", async () => {
    const [own, other] = [await signIn(), await signIn()]
    const blob = issue(own)
    expect((await get('x'.repeat(43), { cookie: own })).status).toBe(404)
    expect((await get(blob, { cookie: other })).status).toBe(404)
    expect((await get(blob)).status).toBe(404)
    expect((await get(blob, { cookie: own, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await get(blob, { cookie: own, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  test('who was locked, or came too late, gets nothing', async () => {
    const own = await signIn()
    const late = issue(own)
    kit.tick(2 * 60_000 + 1)
    expect((await get(late, { cookie: own })).status).toBe(404)
    const locked = issue(own)
    await call('session.lock', {}, { cookie: own })
    expect((await get(locked, { cookie: own })).status).toBe(404)
  })

  test('a paper that cannot be made is an error without details', async () => {
    const own = await signIn()
    const { services } = host.clinic() ?? {}
    const session = services?.sessions.find(own.split('=')[1] ?? '')
    const broken = { ...paper, open: () => Promise.reject(new Error('Ana Sol')) }
    const blob = services?.downloads.issue({ sessionId: session?.id ?? '' }, broken) ?? ''
    const answer = await get(blob, { cookie: own })
    expect([answer.status, answer.json.error?.code]).toEqual([500, 'INTERNAL'])
    expect(answer.text).not.toContain('Ana')
  })
})

describe('exhaustion', () => {
  test('WEB-05: slow headers and slow bodies are cut off, other people are not disturbed', async () => {
    const quick = await startDoor(undefined, 300)
    const options = { host: '127.0.0.1', port: quick.port, ca: files.cert, servername: 'localhost' }
    const head = tls.connect(options, () => head.write('GET / HTTP/1.1\r\nHost: loc'))
    const body = tls.connect(options, () => {
      const headers = Object.entries({
        ...ownHeaders(quick),
        host: `localhost:${quick.port}`,
        'content-length': '100',
      })
      body.write(
        `POST /api/session.me HTTP/1.1\r\n${headers.map(([k, v]) => `${k}: ${v}`).join('\r\n')}\r\n\r\n{"in`,
      )
    })
    for (const socket of [head, body]) socket.on('error', () => {}).resume()
    const cut = Promise.all([once(head, 'close'), once(body, 'close')])
    expect((await send('/', { to: quick })).status).toBe(200)
    await cut
    await quick.close()
  })

  test('a connection a browser opened ahead and did not use is closed without a word', async () => {
    // A browser takes whatever stands there as the answer to its next request: a person would read of a wrong input.
    const quick = await startDoor(undefined, 300)
    const options = { host: '127.0.0.1', port: quick.port, ca: files.cert, servername: 'localhost' }
    const spare = tls.connect(options)
    const told: Buffer[] = []
    spare.on('data', (part: Buffer) => told.push(part)).on('error', () => {})
    await once(spare, 'close')
    expect(Buffer.concat(told).toString('utf8')).toBe('')
    await quick.close()
  })

  test('WEB-05: one source has fifty connections', async () => {
    const other = await startDoor()
    const sockets = Array.from({ length: 60 }, () =>
      connectTcp(other.port, '127.0.0.1').on('error', () => {}),
    )
    let closed = 0
    await new Promise<void>((resolve) => {
      for (const socket of sockets) socket.on('close', () => ++closed === 10 && resolve())
    })
    expect(sockets.filter((socket) => !socket.destroyed)).toHaveLength(50)
    for (const socket of sockets) socket.destroy()
    await other.close()
  })

  test('one source may not ask without end', async () => {
    const other = await startDoor()
    const agent = new https.Agent({ keepAlive: true, maxSockets: 20 })
    const ask = () =>
      new Promise<number>((resolve, reject) => {
        const options = {
          host: '127.0.0.1',
          port: other.port,
          ca: files.cert,
          servername: 'localhost',
          path: '/nothing',
          agent,
          headers: { host: `localhost:${other.port}` },
        }
        https.get(options, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject)
      })
    const statuses = await Promise.all(Array.from({ length: 2500 }, ask))
    expect(new Set(statuses)).toEqual(new Set([404, 429]))
    agent.destroy()
    await other.close()
  })
})

describe('TLS', () => {
  const handshake = (options: tls.ConnectionOptions) =>
    new Promise<string>((resolve) => {
      const socket = tls.connect(
        { host: '127.0.0.1', port: door.port, ca: files.cert, servername: 'localhost', ...options },
        () => {
          resolve(socket.getProtocol() ?? '')
          socket.destroy()
        },
      )
      socket.on('error', () => resolve('refused'))
    })

  test('WEB-01: is 1.3, 1.2 for old tablets, and nothing below', async () => {
    expect(await handshake({})).toBe('TLSv1.3')
    expect(await handshake({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2')
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    expect(await handshake(old)).toBe('refused')
    expect(await handshake({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' })).toBe('refused')
  })

  test('WEB-01: plain HTTP gets no answer', async () => {
    const socket = connectTcp(door.port, '127.0.0.1', () =>
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    )
    let text = ''
    socket.on('data', (part) => (text += part.toString('latin1'))).on('error', () => {})
    await once(socket, 'close')
    expect(text).not.toContain('HTTP')
  })

  test('the certificate names this computer only, is kept, and its key is private', async () => {
    const dir = path.join(kit.dir, 'tls')
    const again = await loadCertificate(dir, Date.now())
    expect(again.cert).toBe(files.cert)
    expect(statSync(path.join(dir, 'key.pem')).mode & 0o777).toBe(0o600)
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    const later = await loadCertificate(dir, Date.now() + 340 * 86_400_000)
    expect(later.cert).not.toBe(files.cert)
    expect(readFileSync(later.certFile, 'utf8')).toBe(later.cert)
    expect(
      await handshake({ servername: 'evil.example', checkServerIdentity: tls.checkServerIdentity }),
    ).toBe('refused')
  })
})
