// Signing in as a whole: floods, guesses, clocks, resets, limits, and what ends a session.
import https from 'node:https'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadCertificate } from '#core/http/certificate.ts'
import { startHttps } from '#core/http/https-door.ts'
import { createHasher, kdfFloor, productionKdf } from '#core/keys/kdf.ts'
import { createPasswordWork } from '#core/keys/password-work.ts'
import { createLogger } from '#core/log/logger.ts'
import { createSessionStore } from '#core/rpc/session.ts'
import { clinic as clinicTable } from '#modules/clinic/main/tables.ts'
import { codeAt, doorOf, goodPassword, hire, signedIn } from '#testkit/sign-in.ts'
import { guessCodes } from '#testkit/guess-codes.ts'
import { timeRefusals } from '#testkit/sign-in-times.ts'
import { testClinic } from '#testkit/clinic.ts'
import { testCaller, testFounding, testHost } from '#testkit/host.ts'
import { type Role, roles } from '#shared/permissions.ts'
import { absoluteSecondsFor, defaultLimits, idleSecondsFor } from '#shared/session-limits.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

describe('accounts and passwords', () => {
  test('AUTH-01: a new folder has no account before its founder; names are unique and belong to people', async () => {
    await using kit = testHost()
    const host = await kit.open()
    expect(host.status().state).toBe('none')
    expect(
      await host.dispatch({ procedure: 'session.hints', input: {} }, testCaller('w', 'ipc')),
    ).toMatchObject({
      ok: false,
      error: { code: 'UNAVAILABLE' },
    })
    await host.bootstrap('create', testFounding, testCaller('window-1', 'ipc'))
    const names = host.clinic()?.read((r) => r.list((db) => db.selectFrom('user_account').select('username')))
    expect(names).toEqual([{ username: 'anna' }])
    await using clinic = await testClinic()
    const { people } = clinic.as('admin')
    await people.create({ username: 'olga', name: 'Olga', roles: ['nurse'] })
    await expect(people.create({ username: 'OLGA', name: 'Other', roles: ['nurse'] })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
    })
    for (const username of ['test', 'shared', 'service', 'guest', 'root', 'admin', 'everyone'])
      await expect(people.create({ username, name: 'Desk', roles: ['nurse'] })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
  })

  test('AUTH-02: 128 characters of any script come back unchanged, pasted or typed', async () => {
    await using clinic = await testClinic()
    const password = Array.from(
      Array.from({ length: 9 }, (_, n) => `päß${n * 7} ключ 鍵穴 مفتاح 🔑λ${n}`).join(''),
    )
      .slice(0, 128)
      .join('')
    expect(Array.from(password)).toHaveLength(128)
    await hire(clinic, 'olga', ['nurse'], password)
    const door = doorOf(clinic)
    expect((await door.session.signIn({ username: 'olga', password })).username).toBe('olga')
    expect(
      (await door.session.signIn({ username: 'olga', password: password.normalize('NFD') })).username,
    ).toBe('olga')
    await expect(
      door.session.signIn({ username: 'olga', password: password.slice(0, -1) }),
    ).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    })
  })

  test('AUTH-03: the verifier is argon2id with 64 MiB, three rounds and a salt of 16 bytes', async () => {
    const work = createPasswordWork({ pepper: new Uint8Array(32), policy: productionKdf.verifier })
    const started = performance.now()
    const { verifier } = await work.hash(goodPassword)
    expect(performance.now() - started).toBeLessThan(7_000)
    const [, , , cost, salt] = verifier.split('$')
    expect(cost).toBe('m=65536,t=3,p=1')
    expect(Buffer.from(salt ?? '', 'base64')).toHaveLength(16)
    expect(kdfFloor.verifier).toEqual({ memoryKib: 19 * 1024, iterations: 2, parallelism: 1 })
  })

  test('AUTH-04: of 500 sign-ins at once four are hashed, fifty wait, the rest hear 429; nobody else waits for them', async () => {
    const params = { memoryKib: 19 * 1024, iterations: 1, parallelism: 1 }
    const hasher = createHasher()
    await hasher('warm', new Uint8Array(16), params, 32)
    const before = process.memoryUsage().rss
    const one = performance.now()
    await hasher('one', new Uint8Array(16), params, 32)
    const alone = performance.now() - one
    let longestPing = 0
    let last = performance.now()
    const ping = setInterval(() => {
      longestPing = Math.max(longestPing, performance.now() - last)
      last = performance.now()
    }, 5)
    const all = await Promise.allSettled(
      Array.from({ length: 500 }, (_, n) => hasher(`guess ${n}`, new Uint8Array(16), params, 32)),
    )
    clearInterval(ping)
    const grown = process.memoryUsage().rss - before
    const refused = all.filter((r) => r.status === 'rejected')
    expect(all.filter((r) => r.status === 'fulfilled')).toHaveLength(54)
    expect(refused).toHaveLength(446)
    expect(refused[0]).toMatchObject({ reason: { code: 'TOO_MANY_TRIES' } })
    // Four buffers at once, with room for what the allocator keeps; not fifty-four.
    expect(grown).toBeLessThan(16 * params.memoryKib * 1024)
    expect(longestPing).toBeLessThan(Math.max(100, 20 * alone))
  })

  test('AUTH-08: unknown, wrong, locked and disabled get one answer in one time', async () => {
    // A hash that costs a few milliseconds, as in earnest it costs many: what else is done weighs little beside it.
    const kdf = { memoryKib: 8_192, iterations: 1, parallelism: 1 }
    const ratios: number[] = []
    // A difference that is there is there each time; one that a busy machine makes is not.
    while (ratios.length < 3 && !ratios.some((ratio) => ratio < 1.6)) {
      await using clinic = await testClinic({ kdf })
      const { answers, medians } = await timeRefusals(clinic, 24)
      expect([...answers]).toEqual(['WRONG_PASSWORD {}'])
      ratios.push(Math.max(...medians) / Math.min(...medians))
    }
    expect(Math.min(...ratios)).toBeLessThan(1.6)
  })
})

describe('AUTH-07: guesses', () => {
  test('AUTH-07: of the codes guessed in 130 visits at most a hundred are looked at, restarts and lost cookies included', async () => {
    expect(await guessCodes(260, 2)).toBeLessThanOrEqual(100)
  })
})

describe('AUTH-09: codes from an administrator', () => {
  test('AUTH-09: once, in time, for one’s own account; the second factor stays; nobody learns a password', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['nurse'])
    await hire(clinic, 'pavel', ['nurse'])
    const window = await signedIn(clinic, 'olga')
    const { uri } = await window.session.beginFactor({})
    await window.session.confirmFactor({ code: codeAt(uri, clinic.now()) })
    const admin = clinic.as('admin')
    const reset = async (handedOver: 'now' | 'paper') => {
      const own = clinic.session('admin')
      own.lastActiveAt = clinic.now()
      own.locked = false
      const rev = (await admin.people.list({})).find((p) => p.id === id)?.rev ?? 0
      return admin.people.resetPassword({ id, rev, handedOver })
    }
    const set = (username: string, code: string, newPassword = 'harbour-thistle-cobalt') =>
      doorOf(clinic).session.setPassword({ username, code, newPassword })
    const wrong = { code: 'ONE_TIME_CODE_WRONG' }

    const onPaper = await reset('paper')
    expect(Date.parse(onPaper.expiresAt) - clinic.now()).toBe(24 * hour)
    await expect(set('pavel', onPaper.code)).rejects.toMatchObject(wrong)
    clinic.tick(24 * hour)
    await expect(set('olga', onPaper.code)).rejects.toMatchObject(wrong)

    const late = await reset('now')
    expect(Date.parse(late.expiresAt) - clinic.now()).toBe(10 * minute)
    clinic.tick(10 * minute)
    await expect(set('olga', late.code)).rejects.toMatchObject(wrong)

    const inTime = await reset('now')
    clinic.tick(10 * minute - second)
    await set('olga', inTime.code)
    await expect(set('olga', inTime.code, 'another-thistle-cobalt')).rejects.toMatchObject(wrong)
    const next = doorOf(clinic)
    const me = await next.session.signIn({ username: 'olga', password: 'harbour-thistle-cobalt' })
    expect(me.pending).toBe('second-factor')
    await expect(next.clinic.get({})).rejects.toMatchObject({ code: 'SECOND_FACTOR_NEEDED' })
  })
})

describe('sessions', () => {
  test('SESS-01: ten thousand tokens are 256 bits and all different; what stood before a sign-in is dead after it', async () => {
    const store = createSessionStore(() => 0)
    const { session } = store.start({ userId: 'u', door: 'https', role: 'nurse', signingKey: null })
    const tokens = Array.from({ length: 10_000 }, () => store.renew(session))
    expect(new Set(tokens).size).toBe(10_000)
    for (const token of tokens.slice(0, 100)) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(store.find(tokens[9_998] ?? '')).toBeUndefined()
    expect(store.find(tokens[9_999] ?? '')).toBe(session)
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['nurse'])
    const planted = doorOf(clinic, 'https', '10.0.0.1')
    planted.state.token = tokens[0] ?? null
    await planted.session.signIn({ username: 'olga', password: goodPassword })
    expect(planted.state.token).not.toBe(tokens[0])
    expect(clinic.clinic.services.sessions.find(tokens[0] ?? '')).toBeUndefined()
  })

  test('SESS-02: each role and channel locks at its limit and not a second before; background calls do not extend', async () => {
    for (const role of roles) {
      for (const door of ['ipc', 'https'] as const) {
        let now = 1_000_000
        const store = createSessionStore(() => now)
        const { token } = store.start({ userId: role, door, role, signingKey: null })
        const idle = idleSecondsFor(defaultLimits, door, role) * second
        now += idle - second
        expect(store.find(token)?.locked, `${role} ${door}`).toBe(false)
        now += 2 * second
        expect(store.find(token)?.locked, `${role} ${door}`).toBe(true)
        const whole = absoluteSecondsFor(defaultLimits, role) * second
        now = 1_000_000 + whole - second
        expect(store.find(token), `${role} ${door}`).toBeDefined()
        now += second
        expect(store.find(token), `${role} ${door}`).toBeUndefined()
      }
    }
    const figures = (door: string, role: Role) => idleSecondsFor(defaultLimits, door, role)
    expect([figures('ipc', 'doctor'), figures('ipc', 'reception'), figures('https', 'doctor')]).toEqual([
      300, 120, 600,
    ])
    expect(figures('https', 'patient')).toBe(600)
    expect(
      ['doctor', 'patient'].map((role) => absoluteSecondsFor(defaultLimits, role as Role) / 3600),
    ).toEqual([12, 4])
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = await signedIn(clinic, 'olga')
    const token = window.state.token
    for (let at = 0; at < 5 * 60 - 10; at += 10) {
      clinic.tick(10 * second)
      expect(await clinic.call('session.me', {}, { token, background: true })).toMatchObject({ ok: true })
      expect(await clinic.call('clinic.get', {}, { token, background: true })).toMatchObject({ ok: true })
    }
    clinic.tick(10 * second)
    expect(await clinic.call('clinic.get', {}, { token, background: true })).toMatchObject({
      error: { code: 'SESSION_LOCKED' },
    })
  })

  test('SESS-02: the clinic changes the limits within their bounds, and they hold at once', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = await signedIn(clinic, 'olga')
    const admin = clinic.as('admin')
    const limits = { ...defaultLimits, desktop: 1 }
    for (const beyond of [0, 16])
      await expect(
        admin.session.setRules({ limits: { ...limits, desktop: beyond }, secondFactorDays: 7 }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await admin.session.setRules({ limits, secondFactorDays: 7 })
    expect((await window.session.me({})).idleSeconds).toBe(60)
    clinic.tick(61 * second)
    await expect(window.clinic.get({})).rejects.toMatchObject({ code: 'SESSION_LOCKED' })
    expect(clinic.auditOf('session.set-rules').at(-1)).toMatchObject({ outcome: 'ok' })
  })

  test('SESS-04: cookies are __Host-, Secure, HttpOnly and Strict on every route, and no token stands in an answer', async () => {
    await using kit = testHost()
    const host = await kit.open({ door: 'https' })
    const folder = mkdtempSync(path.join(tmpdir(), 'osler-sign-in-'))
    mkdirSync(path.join(folder, 'renderer'))
    writeFileSync(path.join(folder, 'renderer/index.html'), '<!doctype html><title>Osler</title>')
    const tls = await loadCertificate(path.join(kit.dir, 'tls'), Date.now())
    const door = await startHttps(host, {
      port: 0,
      tls,
      staticDir: path.join(folder, 'renderer'),
      log: createLogger(2, 'silent'),
      bootstrapToken: 'one-time-token-of-the-printed-address',
    })
    try {
      await host.bootstrap('create', testFounding, testCaller('window-1', 'ipc'))
      let cookie = ''
      const ask = (method: string, target: string, body?: unknown) =>
        new Promise<{ cookies: string[]; text: string; headers: string }>((resolve, reject) => {
          const at = `localhost:${door.port}`
          const headers = {
            host: at,
            origin: `https://${at}`,
            'x-osler': '1',
            'content-type': 'application/json',
            ...(cookie ? { cookie } : {}),
          }
          const request = https.request(
            {
              host: '127.0.0.1',
              port: door.port,
              servername: 'localhost',
              ca: tls.cert,
              path: target,
              method,
              headers,
            },
            (response) => {
              let text = ''
              response.on('data', (part: Buffer) => (text += part.toString()))
              response.on('end', () =>
                resolve({
                  cookies: response.headers['set-cookie'] ?? [],
                  text,
                  headers: JSON.stringify(response.headers),
                }),
              )
            },
          )
          request.on('error', reject)
          request.end(body === undefined ? undefined : JSON.stringify(body))
        })
      const { username, password } = testFounding.admin
      const signIn = await ask('POST', '/api/session.signIn', { input: { username, password } })
      cookie = signIn.cookies[0]?.split(';')[0] ?? ''
      const token = cookie.split('=')[1] ?? ''
      const answers = [
        signIn,
        await ask('POST', '/api/session.me', { input: {} }),
        await ask('POST', '/api/session.security', { input: {} }),
        await ask('POST', '/api/session.stepUp', { input: { by: 'password', proof: 'wrong' } }),
        await ask('POST', '/bootstrap/status', { input: {} }),
        await ask('POST', '/blob/nothing'),
        await ask('GET', '/'),
        await ask('GET', '/nothing.js'),
        await ask('GET', '/blob/nothing'),
        await ask('POST', '/api/session.signOut', { input: {} }),
      ]
      for (const answer of answers) {
        expect(answer.text).not.toContain(token)
        for (const set of answer.cookies)
          expect(set).toMatch(
            /^__Host-osler=[^;]*; Path=\/; Secure; HttpOnly; SameSite=Strict(; Max-Age=0)?$/,
          )
        if (answer !== signIn) expect(answer.headers).not.toContain(token)
      }
      expect(answers.filter((answer) => answer.cookies.length > 0)).toHaveLength(2)
    } finally {
      await door.close()
    }
  })

  test('SESS-05: a person and an administrator see and end sessions; the fourth sign-in closes the oldest, with a notice', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['nurse'])
    const doors = []
    for (let n = 0; n < 3; n++) {
      clinic.tick(second)
      doors.push(
        await signedIn(clinic, 'olga', n === 0 ? 'ipc' : 'https', n === 0 ? 'window-1' : `10.0.0.${n}`),
      )
    }
    const [first, middle, last] = doors
    if (!first || !middle || !last) throw new Error('three doors')
    const { sessions } = await last.session.security({})
    expect(sessions.map(({ door, address, isThis }) => [door, address, isThis])).toEqual([
      ['https', '10.0.0.2', true],
      ['https', '10.0.0.1', false],
      ['ipc', '', false],
    ])
    clinic.tick(second)
    await signedIn(clinic, 'olga', 'https', '10.0.0.9')
    await expect(first.session.me({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
    const notices = clinic.read((r) => r.list((db) => db.selectFrom('notice').selectAll()))
    expect(notices).toMatchObject([{ kind: 'session-crowded-out', to_user: id, about_user: id }])
    await last.session.endSession({ id: sessions[1]?.id ?? '' })
    await expect(middle.session.me({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
    const admin = clinic.as('admin')
    expect((await admin.session.sessionsOf({ userId: id })).sessions).toHaveLength(2)
    // One's own list reaches nobody else's session.
    const other = clinic.session('doctor').id
    await expect(last.session.endSession({ id: other })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(clinic.as('nurse').session.sessionsOf({ userId: id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await admin.session.endSessionOf({ userId: id, id: null })
    await expect(last.session.me({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  })

  test.each(['disabled', 'role taken away', 'password reset', 'factor reset'] as const)(
    'SESS-06: twenty open channels, then %s: every one is refused at its next call',
    async (what) => {
      await using clinic = await testClinic()
      const id = await hire(clinic, 'olga', ['nurse', 'doctor'])
      const window = await signedIn(clinic, 'olga')
      const { uri } = await window.session.beginFactor({})
      await window.session.confirmFactor({ code: codeAt(uri, clinic.now()) })
      const { sessions } = clinic.clinic.services
      // Three sessions are the most a person has, each over many windows and requests at once.
      const tokens = (['ipc', 'https', 'https'] as const).map(
        (door) => sessions.start({ userId: id, door, role: 'doctor', signingKey: null }).token,
      )
      const channels = Array.from({ length: 20 }, (_, n) => tokens[n % 3] ?? '')
      const askAll = () => Promise.all(channels.map((token) => clinic.call('clinic.get', {}, { token })))
      expect((await askAll()).every((reply) => reply.ok)).toBe(true)
      const admin = clinic.as('admin')
      const rev = (await admin.people.list({})).find((p) => p.id === id)?.rev ?? 0
      if (what === 'disabled') await admin.people.deactivate({ id, rev, reason: 'has left' })
      if (what === 'role taken away') await admin.people.update({ id, rev, name: 'Olga', roles: ['nurse'] })
      if (what === 'password reset') await admin.people.resetPassword({ id, rev })
      if (what === 'factor reset') await admin.session.resetFactor({ userId: id })
      for (const reply of await askAll())
        expect(reply).toMatchObject({ ok: false, error: { code: 'NOT_SIGNED_IN' } })
      expect(sessions.list().filter((session) => session.userId === id)).toEqual([])
    },
  )
})

test('AUTH-05: the demo clinic asks nobody for a second factor', async () => {
  await using clinic = await testClinic()
  await hire(clinic, 'olga', ['nurse'])
  clinic.transact((ctx) => {
    const row = ctx.read.list((db) => db.selectFrom('clinic').select('id'))[0]
    if (row) ctx.write.update(clinicTable, row.id, 'any', { is_demo: 1 })
  })
  clinic.tick(30 * 24 * hour)
  const me = await doorOf(clinic).session.signIn({ username: 'olga', password: goodPassword })
  expect(me).toMatchObject({ pending: null, secondFactorDueAt: null })
})
