// Two hundred people book the same half hour at once, half at the desktop's door and half through real HTTPS: one gets it.
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
import type { Reply } from '#shared/errors.ts'
import { testCaller, testFounding, testHost, type TestHost, testPassword } from '#testkit/host.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'osler-race-'))
const ipc = testCaller('window-1', 'ipc')
const agent = new https.Agent({ keepAlive: true, maxSockets: 50 })
let kit: TestHost
let host: ClinicHost
let files: TlsFiles
let door: HttpsDoor
let cookie = ''

beforeAll(async () => {
  mkdirSync(path.join(folder, 'renderer'))
  writeFileSync(path.join(folder, 'renderer/index.html'), '<!doctype html><title>Osler</title>')
  kit = testHost()
  host = await kit.open({ door: 'https' })
  files = await loadCertificate(path.join(kit.dir, 'tls'), Date.now())
  const log = createLogger(2, 'silent')
  door = await startHttps(host, { port: 0, tls: files, staticDir: path.join(folder, 'renderer'), log })
  expect(await host.bootstrap('create', testFounding, ipc)).toMatchObject({ ok: true })
  await post('session.signIn', { username: 'anna', password: testPassword })
})
afterAll(async () => {
  agent.destroy()
  await door.close()
  await kit[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

function post(procedure: string, input: unknown): Promise<Reply> {
  const headers = {
    host: `localhost:${door.port}`,
    origin: `https://localhost:${door.port}`,
    'x-osler': '1',
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
        path: `/api/${procedure}`,
        method: 'POST',
        headers,
        agent,
      },
      (response) => {
        const set = response.headers['set-cookie']?.[0]
        if (set) cookie = set.split(';')[0] ?? ''
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('end', () => resolve(JSON.parse(text) as Reply))
      },
    )
    request.on('error', reject)
    request.end(JSON.stringify({ input, opId: mintId(Date.now()) }))
  })
}

const local = (procedure: string, input: unknown): Promise<Reply> =>
  host.dispatch({ procedure, input, opId: mintId(Date.now()) }, ipc)

function valueOf<T>(reply: Reply): T {
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value as T
}

const rivals = 200

test('REL-05: of two hundred bookings of one slot exactly one wins; the others learn who was first, and nothing is half saved', async () => {
  valueOf(await local('session.switchRole', { role: 'admin' }))
  const { id: providerId } = valueOf<{ id: string }>(
    await local('scheduling.saveProvider', { id: null, rev: null, name: 'Dr Weber', colour: 'blue' }),
  )
  valueOf(await local('session.switchRole', { role: 'doctor' }))
  const patients: string[] = []
  for (let n = 0; n < rivals; n++) {
    const input = { name: `Rival ${n}`, gender: 'unknown' }
    patients.push(valueOf<{ id: string }>(await local('patients.register', input)).id)
  }
  const replies = await Promise.all(
    patients.map((patientId, n) => {
      const input = { patientId, date: '2026-03-03', start: 600, minutes: 30, providerId, visitTypeId: null }
      return n % 2 === 0 ? local('scheduling.book', input) : post('scheduling.book', input)
    }),
  )
  const won = replies.filter((reply) => reply.ok)
  expect(won).toHaveLength(1)
  const winner = valueOf<{ id: string }>(
    won[0] ?? { ok: false, error: { code: 'INTERNAL', details: {}, opId: '' } },
  )
  for (const reply of replies) {
    if (reply.ok) continue
    expect(reply.error).toMatchObject({
      code: 'SLOT_TAKEN',
      details: { kind: 'provider', appointmentId: winner.id },
    })
  }
  const day = valueOf<{ appointments: { id: string }[] }>(
    await local('scheduling.calendar', { date: '2026-03-03' }),
  )
  expect(day.appointments.map((a) => a.id)).toEqual([winner.id])

  // With a reason both stand, and the reason with them.
  const over = { patientId: patients[0], date: '2026-03-03', start: 615, providerId, visitTypeId: null }
  const forced = replies[0]?.ok ? { ...over, patientId: patients[1] } : over
  const second = valueOf<{ overrideReason: string }>(
    await post('scheduling.book', { ...forced, override: { reason: 'double booked on purpose' } }),
  )
  expect(second.overrideReason).toBe('double booked on purpose')
})
