// A clinic folder from empty to open and back, with what goes wrong on the way. Real database, real modules, small argon2.
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { modules } from '#modules/main.ts'
import type { CreateClinic } from '#shared/bootstrap.ts'
import type { Reply } from '#shared/errors.ts'
import { type TestHost, testCaller, testFounding, testHost, testPassword } from '#testkit/host.ts'
import type { PreparedHandler } from './rpc/context.ts'
import type { ModuleDef } from './rpc/module.ts'
import type { ClinicHost, HostOptions } from './host.ts'
import { memoryDeviceSecrets, noDeviceSecrets } from './keys/device-secret.ts'

const password = testPassword
const founding = testFounding
const caller = testCaller

let kit: TestHost
let dir: string

beforeEach(() => {
  kit = testHost()
  dir = kit.dir
})
afterEach(() => kit[Symbol.asyncDispose]())

const open = (more: Partial<HostOptions> = {}): Promise<ClinicHost> => kit.open(more)

const codeOf = (reply: Reply) => (reply.ok ? 'ok' : reply.error.code)
const detailsOf = (reply: Reply) => (reply.ok ? {} : reply.error.details)

/** The product's own handler, whose answer then breaks the contract: the transaction is rolled back after `run`. */
function withBrokenChange(module: ModuleDef): ModuleDef {
  if (module.name !== 'session') return module
  return {
    ...module,
    implementations: (services) =>
      module.implementations(services).map((found) => {
        const real = found.handlers.changePassword as PreparedHandler<never, unknown>
        const run = (...given: Parameters<typeof real.run>) => {
          real.run(...given)
          return {} as never
        }
        return { ...found, handlers: { ...found.handlers, changePassword: { ...real, run } as never } }
      }),
  }
}

async function created(more: Partial<HostOptions> = {}): Promise<void> {
  const host = await open(more)
  expect(await host.bootstrap('create', founding, caller())).toMatchObject({ ok: true })
  await host.close()
}

test('jobs of the clock run while the clinic is open, and only then', async () => {
  const ticks = new Set<() => void>()
  let runs = 0
  const job = {
    name: 'test.job',
    cron: '* * * * *',
    run: () => Promise.resolve((runs += 1)).then(() => ({})),
  }
  const host = await open({
    modules: modules.map((m) => ({ ...m, schedule: () => (m.name === 'clinic' ? [job] : []) })),
    ticker: (tick) => {
      ticks.add(tick)
      return () => void ticks.delete(tick)
    },
  })
  expect(ticks.size).toBe(0)
  await host.bootstrap('create', founding, caller())
  expect(ticks.size).toBe(1)
  for (const tick of ticks) tick()
  kit.tick(60_000)
  for (const tick of ticks) tick()
  await expect.poll(() => runs).toBe(1)
  await host.close()
  expect(ticks.size).toBe(0)
})

describe('an empty folder', () => {
  test('says so, and becomes a clinic with its founder signed in', async () => {
    const host = await open()
    expect(host.status()).toMatchObject({
      state: 'none',
      clinicName: null,
      isDemo: false,
      passwordOnly: false,
      minimumPassword: 15,
      problem: null,
      problemValue: null,
    })
    const founder = caller()
    const reply = await host.bootstrap('create', founding, founder)
    expect(reply).toMatchObject({
      ok: true,
      value: { username: 'anna', roles: ['doctor', 'admin'], canSign: true },
    })
    expect(founder.token).not.toBeNull()
    expect(host.status()).toMatchObject({ state: 'open', clinicName: 'Praxis am See', problem: null })
    expect(await host.dispatch({ procedure: 'session.me', input: {} }, founder)).toMatchObject({ ok: true })
  })

  test('the first audit entries are the creation and the sign-in; the control log starts with genesis', async () => {
    const host = await open()
    await host.bootstrap('create', founding, caller())
    const clinic = host.clinic()
    const actions = clinic?.read((r) =>
      r.list((db) => db.selectFrom('audit_log').select(['action', 'detail']).orderBy('seq')),
    )
    expect(actions?.[0]).toEqual({
      action: 'clinic.create',
      detail: 'keychain=secret-service encryption=sqlcipher-aes-256',
    })
    expect(actions?.some((row) => row.action === 'session.sign-in')).toBe(true)
    const control =
      clinic?.read((r) => r.list((db) => db.selectFrom('control_log').select('body').orderBy('n'))) ?? []
    const kinds = control.map(
      (row) => /genesis|device\.add|role\.grant/.exec(Buffer.from(row.body).toString('latin1'))?.[0],
    )
    expect(kinds).toEqual(['genesis', 'device.add', 'role.grant', 'role.grant'])
    expect(clinic?.verify()).toMatchObject({ ok: true })
  })

  test('refuses weak passwords, strange fields and odd zones, and stays empty', async () => {
    const host = await open()
    const admin = founding.admin
    const tries: [unknown, string][] = [
      [{ ...founding, admin: { ...admin, password: 'short' } }, 'PASSWORD_TOO_WEAK'],
      [{ ...founding, admin: { ...admin, password: 'Praxis am See 2026' } }, 'PASSWORD_TOO_WEAK'],
      [{ ...founding, extra: 1 }, 'INVALID_INPUT'],
      [{ ...founding, timeZone: 'Mars/Olympus' }, 'INVALID_INPUT'],
      [{ ...founding, admin: { ...admin, username: 'An na' } }, 'INVALID_INPUT'],
      [null, 'INVALID_INPUT'],
    ]
    for (const [input, code] of tries)
      expect(codeOf(await host.bootstrap('create', input, caller()))).toBe(code)
    expect(codeOf(await host.bootstrap('toString', {}, caller()))).toBe('NOT_FOUND')
    expect(codeOf(await host.bootstrap('unlock', { username: 'anna', password }, caller()))).toBe('CONFLICT')
    expect(host.status().state).toBe('none')
    expect(existsSync(path.join(dir, 'clinic.db'))).toBe(false)
  })

  test('without a keychain the first password must be longer, and the warning stays', async () => {
    const host = await open({ secrets: noDeviceSecrets })
    expect(host.status()).toMatchObject({ passwordOnly: true, minimumPassword: 20 })
    const short = { ...founding, admin: { ...founding.admin, password: 'Vx9#kLm2qTz7pWb' } }
    const refused = await host.bootstrap('create', short, caller())
    expect(detailsOf(refused)).toEqual({ fault: 'too-short', minimum: 20 })
    await host.bootstrap('create', founding, caller())
    expect(host.status()).toMatchObject({ state: 'open', passwordOnly: true })
  })

  test('a creation that was killed midway is forgotten', async () => {
    writeFileSync(path.join(dir, 'unfinished'), '')
    writeFileSync(path.join(dir, 'clinic.db'), 'half of one')
    const host = await open()
    expect(host.status().state).toBe('none')
    expect(await host.bootstrap('create', founding, caller())).toMatchObject({ ok: true })
    expect(existsSync(path.join(dir, 'unfinished'))).toBe(false)
  })

  test('a creation that fails leaves nothing behind', async () => {
    const host = await open({
      createPerson: () => {
        throw new Error('disk on fire')
      },
    })
    expect(codeOf(await host.bootstrap('create', founding, caller()))).toBe('INTERNAL')
    expect(readdirSync(dir).filter((name) => name !== 'log')).toEqual([])
    expect(host.status().state).toBe('none')
  })
})

describe('a closed clinic', () => {
  test('opens with the right password only, and a second creation is refused', async () => {
    await created()
    const host = await open()
    expect(host.status()).toMatchObject({ state: 'closed', clinicName: null, passwordOnly: false })
    expect(codeOf(await host.bootstrap('create', founding, caller()))).toBe('CONFLICT')
    expect(
      codeOf(await host.bootstrap('unlock', { username: 'anna', password: `${password}!` }, caller())),
    ).toBe('WRONG_PASSWORD')
    expect(codeOf(await host.bootstrap('unlock', { username: 'otto', password }, caller()))).toBe(
      'WRONG_PASSWORD',
    )
    expect(host.status().state).toBe('closed')
    expect(codeOf(await host.dispatch({ procedure: 'session.me', input: {} }, caller()))).toBe('UNAVAILABLE')
    const anna = caller()
    expect(await host.bootstrap('unlock', { username: ' Anna', password }, anna)).toMatchObject({
      ok: true,
      value: { canSign: true },
    })
    expect(host.status().state).toBe('open')
    const opened = host
      .clinic()
      ?.read((r) =>
        r.list((db) => db.selectFrom('audit_log').select('detail').where('action', '=', 'clinic.open')),
      )
    expect(opened).toEqual([{ detail: 'wrong-tries=2' }])
    // The second person at the same screen is an ordinary sign-in.
    expect(codeOf(await host.bootstrap('unlock', { username: 'anna', password: 'x' }, caller()))).toBe(
      'WRONG_PASSWORD',
    )
    expect(host.status().state).toBe('open')
  })

  test('wrong tries make people wait, also after a restart', async () => {
    await created()
    const first = await open()
    for (let n = 0; n < 6; n++) {
      kit.tick(60_000)
      await first.bootstrap('unlock', { username: 'anna', password: 'wrong' }, caller())
    }
    await first.close()
    const host = await open()
    const early = await host.bootstrap('unlock', { username: 'anna', password }, caller())
    expect([codeOf(early), detailsOf(early)]).toEqual(['TOO_MANY_TRIES', { retryAfterSeconds: 2 }])
    kit.tick(2000)
    expect(codeOf(await host.bootstrap('unlock', { username: 'anna', password }, caller()))).toBe('ok')
    expect(existsSync(path.join(dir, 'tries.json'))).toBe(false)
  })

  test('one source may try twenty times a minute', async () => {
    const host = await open()
    for (let n = 0; n < 20; n++) await host.bootstrap('openDemo', { locale: 'en' }, caller('a'))
    expect(codeOf(await host.bootstrap('openDemo', { locale: 'en' }, caller('a')))).toBe('TOO_MANY_TRIES')
    expect(codeOf(await host.bootstrap('openDemo', { locale: 'en' }, caller('b')))).toBe('NOT_FOUND')
  })

  test('two changes of a password at once: the one that won opens it cold, nothing else does', async () => {
    await created()
    const host = await open()
    const anna = caller()
    await host.bootstrap('unlock', { username: 'anna', password }, anna)
    const wanted = ['harbour thistle cobalt meadow', 'lantern quarry violin pebble']
    const replies = await Promise.all(
      wanted.map((newPassword) =>
        host.dispatch(
          { procedure: 'session.changePassword', input: { oldPassword: password, newPassword } },
          anna,
        ),
      ),
    )
    expect(replies.map(codeOf).toSorted()).toEqual(['WRONG_PASSWORD', 'ok'])
    await host.close()
    const again = await open()
    for (const [n, choice] of [...wanted, password].entries())
      expect(codeOf(await again.verify({ username: 'anna', password: choice }))).toBe(
        codeOf(replies[n] ?? { ok: false, error: { code: 'WRONG_PASSWORD', details: {}, opId: '' } }),
      )
    const winner = wanted[replies.findIndex((reply) => reply.ok)] ?? ''
    expect(codeOf(await again.bootstrap('unlock', { username: 'anna', password: winner }, caller()))).toBe(
      'ok',
    )
  })

  test('a change of password whose transaction fails leaves the old one opening it cold', async () => {
    await created()
    const host = await open({ modules: modules.map(withBrokenChange) })
    const anna = caller()
    await host.bootstrap('unlock', { username: 'anna', password }, anna)
    const input = { oldPassword: password, newPassword: 'harbour thistle cobalt meadow' }
    expect(codeOf(await host.dispatch({ procedure: 'session.changePassword', input }, anna))).toBe('INTERNAL')
    await host.close()
    const again = await open()
    const old = { username: 'anna', password }
    expect(codeOf(await again.bootstrap('unlock', old, caller()))).toBe('ok')
    await again.close()
    const third = await open()
    expect(codeOf(await third.verify({ username: 'anna', password: input.newPassword }))).toBe(
      'WRONG_PASSWORD',
    )
    expect(codeOf(await third.verify(old))).toBe('ok')
  })

  test('a person who may no longer sign in cannot open it either', async () => {
    const host = await open()
    const anna = caller()
    await host.bootstrap('create', founding, anna)
    const added = await host.dispatch(
      { procedure: 'people.create', input: { username: 'berta', name: 'Berta', roles: ['nurse'] } },
      anna,
    )
    // Her hat is the doctor's: admins add people.
    expect(codeOf(added)).toBe('FORBIDDEN')
    host.clinic()?.transact({ actor: null, door: 'job' }, { action: 'test', category: 'system' }, (ctx) => {
      const table = modules.flatMap((m) => m.tables).find((t) => t.name === 'user_account')
      const id = ctx.read.list((db) => db.selectFrom('user_account').select('id'))[0]?.id ?? ''
      if (table?.kind === 'synced') ctx.write.update(table, id, 'any', { active: 0 } as never)
    })
    await host.close()
    const again = await open()
    expect(codeOf(await again.bootstrap('unlock', { username: 'anna', password }, caller()))).toBe(
      'WRONG_PASSWORD',
    )
    expect(again.status().state).toBe('closed')
    expect(again.clinic()).toBeNull()
  })
})

describe('what can be wrong is named, and nothing is touched', () => {
  const snapshot = () =>
    new Map(
      readdirSync(dir)
        .filter((n) => statSync(path.join(dir, n)).isFile())
        .map((n) => [n, readFileSync(path.join(dir, n)).toString('base64')]),
    )

  async function unlocking(more: Partial<HostOptions> = {}) {
    const before = snapshot()
    const host = await open(more)
    const reply = await host.bootstrap('unlock', { username: 'anna', password }, caller())
    expect(host.clinic()).toBeNull()
    expect(snapshot()).toEqual(before)
    return { host, reply }
  }

  test.each([
    ['missing', memoryDeviceSecrets()],
    ['other-backend', memoryDeviceSecrets('keychain')],
    ['unavailable', noDeviceSecrets],
    ['other-secret', withSecret(new Uint8Array(32))],
  ] as const)('keychain %s', async (reason, other) => {
    await created()
    const { host, reply } = await unlocking({ secrets: other })
    expect(detailsOf(reply)).toEqual({ problem: 'keychain-changed', value: null, reason })
    expect(host.status()).toMatchObject({ state: 'broken', problem: 'keychain-changed', keychain: reason })
  })

  test('a keychain that comes back opens the clinic without a restart', async () => {
    const secrets = memoryDeviceSecrets()
    await created({ secrets })
    const entry = [...secrets.entries]
    secrets.entries.clear()
    const host = await open({ secrets })
    expect(codeOf(await host.bootstrap('unlock', { username: 'anna', password }, caller()))).toBe(
      'UNAVAILABLE',
    )
    for (const [id, secret] of entry) secrets.entries.set(id, secret)
    expect(codeOf(await host.bootstrap('unlock', { username: 'anna', password }, caller()))).toBe('ok')
    expect(host.status()).toMatchObject({ state: 'open', problem: null })
  })

  test('a password-only clinic still opens once there is a keychain', async () => {
    await created({ secrets: noDeviceSecrets })
    const host = await open({ secrets: memoryDeviceSecrets() })
    expect(codeOf(await host.bootstrap('unlock', { username: 'anna', password }, caller()))).toBe('ok')
  })

  test('a lost key file is not an empty folder', async () => {
    await created()
    for (const name of ['keys.json', 'keys.json.old']) rmSync(path.join(dir, name), { force: true })
    const { host, reply } = await unlocking()
    expect(detailsOf(reply)).toMatchObject({ problem: 'key-file-damaged' })
    expect(codeOf(await host.bootstrap('create', founding, caller()))).toBe('CONFLICT')
  })

  test('a damaged key file, with no older copy', async () => {
    await created()
    const file = path.join(dir, 'keys.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"wrapped": "./, '"wrapped": "_'))
    rmSync(`${file}.old`, { force: true })
    const { reply } = await unlocking()
    expect(detailsOf(reply)).toMatchObject({ problem: 'key-file-damaged' })
  })

  test('a database that lost its newest saves', async () => {
    const host = await open()
    await host.bootstrap('create', founding, caller())
    await host.close()
    copyFileSync(path.join(dir, 'clinic.db'), path.join(dir, 'yesterday'))
    const later = await open()
    await later.bootstrap('unlock', { username: 'anna', password }, caller())
    await later.close()
    copyFileSync(path.join(dir, 'yesterday'), path.join(dir, 'clinic.db'))
    const { host: broken, reply } = await unlocking()
    expect(detailsOf(reply)).toMatchObject({ problem: 'watermark-ahead' })
    expect(broken.status().problemValue).toBeGreaterThan(0)
  })

  test('a plaintext database', async () => {
    await created()
    writeFileSync(
      path.join(dir, 'clinic.db'),
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)]),
    )
    const { reply } = await unlocking()
    expect(detailsOf(reply)).toMatchObject({ problem: 'plaintext-database' })
  })
})

function withSecret(secret: Uint8Array) {
  const store = memoryDeviceSecrets()
  return { ...store, read: () => Promise.resolve(Uint8Array.from(secret)) }
}

describe('one owner', () => {
  test('a second host of the same folder learns who the first is, and takes over when that ends', async () => {
    await created()
    const first = await open()
    const second = await open()
    expect(second.status()).toMatchObject({
      state: 'broken',
      problem: 'owned-by-other-process',
      problemValue: process.pid,
    })
    expect(second.otherOwner()).toEqual({ pid: process.pid, door: 'ipc' })
    expect(codeOf(await second.bootstrap('unlock', { username: 'anna', password }, caller()))).toBe(
      'UNAVAILABLE',
    )
    await first.close()
    expect(await second.bootstrap('status', {}, caller())).toMatchObject({
      ok: true,
      value: { state: 'closed', problem: null },
    })
    expect(codeOf(await second.bootstrap('unlock', { username: 'anna', password }, caller()))).toBe('ok')
  })

  test('an owner that was killed leaves no lock', async () => {
    const script = `import { lockFolder } from '#core/host-lock.ts'
      await lockFolder(${JSON.stringify(dir)}, 'cli'); process.stdout.write('held'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    const host = await open()
    expect(host.status()).toMatchObject({ problem: 'owned-by-other-process', problemValue: child.pid })
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await host.bootstrap('status', {}, caller())).toMatchObject({
      value: { state: 'none', problem: null },
    })
  })
})

describe('the demo clinic', () => {
  const demo = (filled: string[], publicPassword = 'demo') => ({
    founding: (): CreateClinic => ({
      ...founding,
      clinicName: 'Demo',
      admin: { ...founding.admin, username: 'demo', password: publicPassword },
    }),
    fill: (_clinic: unknown, { locale }: { locale: string }) => void filled.push(locale),
  })

  test('is made once, filled, apart from the real one, and opens with a public password', async () => {
    const filled: string[] = []
    const host = await open({ demo: demo(filled) })
    const visitor = caller()
    expect(await host.bootstrap('openDemo', { locale: 'ar' }, visitor)).toMatchObject({
      ok: true,
      value: { clinic: { isDemo: true } },
    })
    expect(host.status()).toMatchObject({ state: 'open', isDemo: true, clinicName: 'Demo' })
    expect(visitor.token).not.toBeNull()
    await host.close()
    const again = await open({ demo: demo(filled) })
    expect(again.status().state).toBe('none')
    expect(await again.bootstrap('openDemo', { locale: 'en' }, caller())).toMatchObject({ ok: true })
    expect(filled).toEqual(['ar'])
    expect(existsSync(path.join(dir, 'keys.json'))).toBe(false)
  })

  test('is made anew when its public password no longer opens it, and the real clinic can be made beside it', async () => {
    const filled: string[] = []
    const first = await open({ demo: demo(filled, 'before') })
    await first.bootstrap('openDemo', { locale: 'en' }, caller())
    await first.close()
    const host = await open({ demo: demo(filled, 'after') })
    expect(codeOf(await host.bootstrap('openDemo', { locale: 'de' }, caller()))).toBe('ok')
    expect(codeOf(await host.bootstrap('openDemo', { locale: 'de' }, caller()))).toBe('ok')
    expect(filled).toEqual(['en', 'de'])
    await host.close()
    const real = await open({ demo: demo(filled) })
    expect(codeOf(await real.bootstrap('create', founding, caller()))).toBe('ok')
    expect(codeOf(await real.bootstrap('openDemo', { locale: 'en' }, caller()))).toBe('CONFLICT')
  })
})

test('closing waits for what is being opened, and closes that too', async () => {
  const host = await open()
  const creating = host.bootstrap('create', founding, caller())
  const [reply] = await Promise.all([creating, host.close()])
  expect(codeOf(reply)).toBe('ok')
  expect(host.clinic()).toBeNull()
  expect(codeOf(await host.bootstrap('unlock', { username: 'anna', password }, caller()))).toBe('UNAVAILABLE')
  const next = await open()
  expect(next.status().state).toBe('closed')
})

test('a clinic that fails to close still forgets its keys and lets the folder go', async () => {
  let broken = false
  const monotonic = () => {
    if (broken) throw new Error('no clock')
    return 0
  }
  const host = await open({ monotonic })
  await host.bootstrap('create', founding, caller())
  const digest = host.clinic()?.services.keyedDigest ?? (() => new Uint8Array())
  const withNoKey = createHmac('sha256', Buffer.alloc(32)).update('label\0text').digest()
  expect(digest('label', 'text')).not.toEqual(withNoKey)
  broken = true
  await host.close().catch(() => {})
  expect(digest('label', 'text')).toEqual(withNoKey)
  expect((await open()).otherOwner()).toBeNull()
})

test('two creations at once make one clinic', async () => {
  const host = await open()
  const codes = (await Promise.all([1, 2, 3].map(() => host.bootstrap('create', founding, caller())))).map(
    codeOf,
  )
  expect(codes.sort()).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'ok'])
})

test('changes are announced to those who listen, also when they listened before the clinic was open', async () => {
  const host = await open()
  const heard: string[] = []
  host.onChanged((tables) => heard.push(...tables))
  await host.bootstrap('create', founding, caller())
  expect(heard).toContain('recent_sign_in')
})
