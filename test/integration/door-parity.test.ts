// One contract, two doors: every procedure answers the same through the in-process door of the desktop and through real
// HTTPS. The bootstrap contract, which runs outside of dispatch, is counted apart. The Electron side of the IPC door is
// driven in test/e2e.
import https from 'node:https'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClinicHost } from '#core/host.ts'
import { loadCertificate, type TlsFiles } from '#core/http/certificate.ts'
import { type HttpsDoor, startHttps } from '#core/http/https-door.ts'
import { createLogger } from '#core/log/logger.ts'
import { mintId } from '#core/store/mint.ts'
import { modules } from '#modules/main.ts'
import { bootstrapProcedures } from '#shared/bootstrap.ts'
import type { ProcedureDef } from '#shared/contract.ts'
import type { Reply } from '#shared/errors.ts'
import { testCaller, testFounding, testHost, type TestHost, testPassword } from '#testkit/host.ts'
import { sampleInput } from '#testkit/sample-input.ts'

const bootstrapToken = 'one-time-token-of-the-printed-address'
const folder = mkdtempSync(path.join(tmpdir(), 'osler-parity-'))
const ipc = testCaller('window-1', 'ipc')
let kit: TestHost
let host: ClinicHost
let files: TlsFiles
let door: HttpsDoor
let cookie = ''
let patientId = ''

beforeAll(async () => {
  mkdirSync(path.join(folder, 'renderer'))
  writeFileSync(path.join(folder, 'renderer/index.html'), '<!doctype html><title>Osler</title>')
  kit = testHost()
  host = await kit.open({ door: 'https' })
  files = await loadCertificate(path.join(kit.dir, 'tls'), Date.now())
  const log = createLogger(2, 'silent')
  door = await startHttps(host, {
    port: 0,
    tls: files,
    staticDir: path.join(folder, 'renderer'),
    log,
    bootstrapToken,
  })
  expect(await host.bootstrap('create', testFounding, ipc)).toMatchObject({ ok: true })
  await post('session.signIn', { username: 'anna', password: testPassword })
  const registered = await host.dispatch(
    { procedure: 'patients.register', input: { name: 'Ana Sol', gender: 'female' } },
    ipc,
  )
  patientId = (registered as { value: { id: string } }).value.id
})
afterAll(async () => {
  await door.close()
  await kit[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

function post(procedure: string, input: unknown, target = `/api/${procedure}`): Promise<Reply> {
  const origin = `https://localhost:${door.port}`
  const headers = {
    host: `localhost:${door.port}`,
    origin,
    'x-osler': '1',
    'x-osler-token': bootstrapToken,
    'content-type': 'application/json',
    ...(cookie ? { cookie } : {}),
  }
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        host: '127.0.0.1',
        port: door.port,
        servername: 'localhost',
        ca: files.cert,
        path: target,
        method: 'POST',
        headers,
      },
      (response) => {
        const set = response.headers['set-cookie']?.[0]?.split(';')[0]
        if (set) cookie = set
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('end', () => resolve(JSON.parse(text) as Reply))
      },
    )
    request.on('error', reject)
    const opId = target.startsWith('/api/') ? { opId: mintId(Date.UTC(2026, 2, 2, 8)) } : {}
    request.end(JSON.stringify({ input, ...opId }))
  })
}

/** Names, types and codes, without the ids and instants that must differ between two acts. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shapeOf(v)]))
}
const tellOf = (reply: Reply) =>
  reply.ok
    ? { ok: true, value: shapeOf(reply.value) }
    : { ok: false, code: reply.error.code, details: shapeOf(reply.error.details) }

function procedures(): { name: string; def: ProcedureDef }[] {
  const services = host.clinic()?.services
  if (!services) throw new Error('the clinic is closed')
  return modules.flatMap((m) =>
    m.implementations(services).flatMap(({ contract }) =>
      Object.entries(contract.procedures as Record<string, ProcedureDef>).map(([p, def]) => ({
        name: `${contract.module}.${p}`,
        def,
      })),
    ),
  )
}

/** These end or lock the very session that asks, or go by the door on purpose; each has a test of its own. */
const apart = [
  'federation.completeLink',
  'federation.completeSignIn',
  'federation.passkeyBegin',
  'federation.passkeyChallenge',
  // Of the session that made the kit alone.
  'keys.kitPaper',
  'keys.confirmKit',
  'session.hints',
  'session.lock',
  'session.signOut',
  'session.signIn',
  'session.setPassword',
  'session.unlock',
  'session.switchRole',
  'session.changePassword',
  'session.setPin',
  // Wrong tries are counted apart for the desk and the network.
  'session.stepUp',
  'session.confirmFactor',
  'session.removeFactor',
  'session.pinSignIn',
]

test('every procedure answers the same through both doors, as a doctor and as an admin', async () => {
  const wrong: string[] = []
  let counted = 0
  for (const role of ['doctor', 'admin']) {
    await host.dispatch({ procedure: 'session.switchRole', input: { role } }, ipc)
    await post('session.switchRole', { role })
    for (const { name, def } of procedures()) {
      if (apart.includes(name)) continue
      counted += 1
      const input = sampleInput(def.input, { fields: { patientId } })
      // Both sides act on what the other left: the first of each kind may differ from the second, so both are warmed.
      await host.dispatch({ procedure: name, input, opId: mintId(Date.UTC(2026, 2, 2, 8)) }, ipc)
      const inside = await host.dispatch(
        { procedure: name, input, opId: mintId(Date.UTC(2026, 2, 2, 8)) },
        ipc,
      )
      const outside = await post(name, input)
      const [a, b] = [JSON.stringify(tellOf(inside)), JSON.stringify(tellOf(outside))]
      if (a !== b) wrong.push(`${name} as ${role}: ${a} inside, ${b} outside`)
    }
  }
  expect(wrong).toEqual([])
  expect(counted).toBeGreaterThan(70)
}, 300_000)

test('the bootstrap contract answers the same through both doors, and only it runs outside of dispatch', async () => {
  expect(Object.keys(bootstrapProcedures).sort()).toEqual([
    'confirmKit',
    'create',
    'kitPaper',
    'kitSheet',
    'openDemo',
    'readDowntime',
    'restoreApply',
    'restoreFind',
    'restoreLeave',
    'restoreLook',
    'status',
    'unlock',
    'unlockKit',
  ])
  for (const [name, input] of [
    ['status', {}],
    ['create', testFounding],
    ['create', { nonsense: true }],
    ['unlockKit', { kit: 'QQQQ' }],
    ['kitSheet', {}],
    ['kitPaper', { language: 'en' }],
    ['confirmKit', { typed: ['QQQQ', 'QQQQ'] }],
    ['restoreFind', {}],
    ['restoreLook', {}],
    ['restoreApply', {}],
    ['restoreLeave', {}],
    ['readDowntime', {}],
    ['readDowntime', { opener: { kind: 'password', username: 'anna', password: testPassword } }],
    ['nothing', {}],
  ] as const) {
    const inside = await host.bootstrap(name, input, testCaller('window-2', 'ipc'))
    const outside = await post('', input, `/bootstrap/${name}`)
    expect(tellOf(outside), name).toEqual(tellOf(inside))
  }
})
