// AUD-07: answers of a real server on loopback: the true ones are read to the millisecond, each kind of lie is refused.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { timeServerOf } from '#shared/time-servers.ts'
import { type TimeServer, timePacket, timeServer, type Told } from '#testkit/time-server.ts'
import { askTimeServer } from './sntp.ts'

const now = Date.UTC(2026, 2, 2, 8, 0, 0, 250)

async function ask(server: Pick<TimeServer, 'name'>, options: { wall?: number; timeoutMs?: number } = {}) {
  const address = timeServerOf(server.name)
  if (!address) throw new Error(`${server.name} is no server`)
  const { signal } = new AbortController()
  const wall = () => options.wall ?? now
  return await askTimeServer(address, { wall, timeoutMs: options.timeoutMs ?? 2_000, signal })
}

const hour = 3_600_000
const truths: [string, number, Partial<Told>, number][] = [
  ['the same time', now, {}, now],
  ['three hours more', now + 3 * hour, {}, now],
  ['a day less', now - 24 * hour, {}, now],
  ['twelve years more', now + 12 * 365 * 24 * hour, {}, now],
  ['the last second of era 0', Date.UTC(2036, 1, 7, 6, 28, 15), {}, Date.UTC(2036, 1, 7, 6, 28, 15)],
  ['the first second of era 1', Date.UTC(2036, 1, 7, 6, 28, 17), {}, Date.UTC(2036, 1, 7, 6, 28, 17)],
  ['era 1, to a clock of era 0', Date.UTC(2040, 0, 1), {}, now],
  ['a leap second at midnight', now, { leap: 1 }, now],
  ['version 3', now, { version: 3 }, now],
  ['stratum 15', now, { stratum: 15 }, now],
]
test.each(truths)('AUD-07: a server that tells %s is believed', async (_what, told, more, wall) => {
  await using server = await timeServer()
  server.answer = (request, _from, send) => send(timePacket(request, { received: told, sent: told, ...more }))
  const answer = await ask(server, { wall })
  if ('refused' in answer) throw new Error(answer.refused)
  expect(Math.abs(answer.offsetMs - (told - wall) - answer.roundTripMs / 2)).toBeLessThan(1)
  expect(answer.roundTripMs).toBeLessThan(2_000)
})

const right = { received: now, sent: now }
const lies: [string, Partial<Told>, string][] = [
  ['hands back another question', { originate: Buffer.alloc(8, 7) }, 'forged'],
  ['hands back an empty question', { originate: Buffer.alloc(8) }, 'forged'],
  ['says it is a client', { mode: 3 }, 'no-server'],
  ['broadcasts', { mode: 5 }, 'no-server'],
  ['speaks version 1', { version: 1 }, 'no-server'],
  ['says its clock is not set', { leap: 3 }, 'unsynchronised'],
  ['is too far from any clock', { stratum: 16 }, 'unsynchronised'],
  ['wants to be left alone', { stratum: 0, reference: 'DENY' }, 'kiss-of-death'],
  ['tells no time of sending', { sent: null }, 'unsynchronised'],
  ['tells no time of arrival', { received: null }, 'unsynchronised'],
  ['answered before it was asked', { sent: now - 1 }, 'impossible'],
  ['thought for an hour within a moment', { received: now - hour }, 'impossible'],
]
test.each(lies)('AUD-07: a server that %s is not believed', async (_what, told, refused) => {
  await using server = await timeServer()
  server.answer = (request, _from, send) => send(timePacket(request, { ...right, ...told }))
  expect(await ask(server, { timeoutMs: refused === 'forged' ? 150 : 2_000 })).toMatchObject({ refused })
})

test('AUD-07: short packets, echoes, answers of another port and late ones count for nothing', async () => {
  await using server = await timeServer()
  server.answer = (request, _from, send) => send(timePacket(request, right).subarray(0, 47))
  expect(await ask(server, { timeoutMs: 150 })).toEqual({ refused: 'forged' })
  server.answer = (_request, _from, send) => send(Buffer.alloc(0))
  expect(await ask(server, { timeoutMs: 150 })).toEqual({ refused: 'forged' })
  server.answer = (request, _from, send) => send(request)
  expect(await ask(server, { timeoutMs: 150 })).toEqual({ refused: 'forged' })

  const other = createSocket('udp4')
  other.bind(0, '127.0.0.1')
  await once(other, 'listening')
  server.answer = (request, _from, send) => send(timePacket(request, right), other)
  expect(await ask(server, { timeoutMs: 150 })).toEqual({ refused: 'silent' })
  other.close()

  const { promise: answered, resolve: hasAnswered } = Promise.withResolvers<void>()
  server.answer = (request, _from, send) =>
    void after(250).then(() => {
      send(timePacket(request, right))
      hasAnswered()
    })
  expect(await ask(server, { timeoutMs: 100 })).toEqual({ refused: 'silent' })
  await answered
})

test('AUD-07: a forged answer does not keep the true one from being heard', async () => {
  await using server = await timeServer()
  server.answer = (request, _from, send) => {
    send(
      timePacket(request, {
        ...right,
        sent: now + hour,
        received: now + hour,
        originate: Buffer.alloc(8, 1),
      }),
    )
    send(timePacket(request, right))
  }
  expect(await ask(server)).toMatchObject({ offsetMs: expect.closeTo(0, -2) as number })
})

test('AUD-07: the question tells nothing but that it is one, and no two are alike', async () => {
  await using server = await timeServer(() => now)
  await ask(server)
  await ask(server)
  const [first, second] = server.asked
  expect(first?.[0]).toBe(0x23)
  expect(first?.subarray(1, 40)).toEqual(Buffer.alloc(39))
  expect(first?.subarray(40)).not.toEqual(second?.subarray(40))
})

test('AUD-07: a closed port, a name that does not exist and a clinic that closes end at once', async () => {
  const gone = await timeServer()
  await gone[Symbol.asyncDispose]()
  expect(await ask(gone)).toEqual({ refused: 'unreachable' })
  expect(await ask({ name: 'no-such-host.invalid' })).toEqual({ refused: 'unreachable' })
  await using silent = await timeServer()
  const closing = new AbortController()
  const address = timeServerOf(silent.name)
  if (!address) throw new Error('no server')
  const asking = askTimeServer(address, { wall: () => now, timeoutMs: 60_000, signal: closing.signal })
  closing.abort()
  expect(await asking).toEqual({ refused: 'silent' })
})

test('names of servers: hosts, ports, addresses in brackets; nothing else', () => {
  expect(timeServerOf('time.example.org')).toEqual({ host: 'time.example.org', port: 123 })
  expect(timeServerOf('10.0.0.1:1123')).toEqual({ host: '10.0.0.1', port: 1123 })
  expect(timeServerOf('[::1]:9')).toEqual({ host: '::1', port: 9 })
  for (const wrong of [
    '',
    'a b',
    'http://x',
    'x:0',
    'x:70000',
    'x:',
    '-x',
    'x/y',
    '::1',
    'x@y',
    `${'a'.repeat(254)}`,
  ])
    expect(timeServerOf(wrong), wrong).toBeNull()
})
