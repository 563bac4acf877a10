// AUD-07: what several servers say together, servers that want to be left alone, and where the system's own are found.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { timePacket, timeServer } from '#testkit/time-server.ts'
import { systemTimeServers } from './system-servers.ts'
import { createTimeCheck } from './time-check.ts'

const now = Date.UTC(2026, 2, 2, 8)
const hour = 3_600_000

function checkAt(mono = { ms: 0 }) {
  const told: number[] = []
  const check = createTimeCheck({
    wall: () => now,
    monotonic: () => mono.ms,
    compared: (aheadMs) => told.push(aheadMs),
    systemServers: () => [],
    timeoutMs: 200,
  })
  return { told, compare: (...names: string[]) => check.compare(names, new AbortController().signal) }
}

test('AUD-07: among three servers one that lies changes nothing; two that differ are no answer; a silent one is left out', async () => {
  await using a = await timeServer(() => now + 20)
  await using b = await timeServer(() => now - 30)
  await using liar = await timeServer(() => now - 900 * hour)
  await using silent = await timeServer()
  const { compare, told } = checkAt()
  expect((await compare(liar.name, a.name, b.name)).facts).toMatchObject({ outcome: 'right', server: b.name })
  expect((await compare(a.name, liar.name)).facts).toMatchObject({ outcome: 'disagree', aheadMs: null })
  expect((await compare(silent.name, a.name)).facts).toMatchObject({ outcome: 'right', server: a.name })
  expect((await compare(silent.name)).facts.outcome).toBe('silent')
  expect((await compare()).facts.outcome).toBe('off')
  expect(told).toHaveLength(2)
  // Each was asked with one packet.
  expect(silent.asked).toHaveLength(2)
})

test('AUD-07: of more than four servers four are asked, none twice', async () => {
  const servers = await Promise.all(Array.from({ length: 5 }, () => timeServer(() => now)))
  const names = servers.map(({ name }) => name)
  await checkAt().compare(names[0] ?? '', ...names)
  expect(servers.map(({ asked }) => asked.length)).toEqual([1, 1, 1, 1, 0])
  for (const server of servers) await server[Symbol.asyncDispose]()
})

test.each([
  ['DENY', [1, 1, 1]],
  ['RSTR', [1, 1, 1]],
  ['RATE', [1, 1, 2]],
])('AUD-07: a server that answers %s is left alone', async (kiss, asked) => {
  await using server = await timeServer()
  server.answer = (request, _from, send) =>
    send(timePacket(request, { stratum: 0, reference: kiss, received: now, sent: now }))
  const mono = { ms: 0 }
  const { compare } = checkAt(mono)
  const counts: number[] = []
  for (const at of [0, 6, 25]) {
    mono.ms = at * hour
    expect((await compare(server.name)).facts.outcome).toBe('silent')
    counts.push(server.asked.length)
  }
  expect(counts).toEqual(asked)
})

test('AUD-07: a wrong clock is news once, and once more when it is right again', async () => {
  await using server = await timeServer(() => now + 3 * hour)
  const { compare, told } = checkAt()
  expect(await compare(server.name)).toMatchObject({ news: 'drift', facts: { outcome: 'wrong' } })
  expect((await compare(server.name)).news).toBeNull()
  server.answer = () => {}
  expect((await compare(server.name)).news).toBeNull()
  server.tell(() => now + 3 * hour)
  expect((await compare(server.name)).news).toBeNull()
  server.tell(() => now)
  expect((await compare(server.name)).news).toBe('right-again')
  expect(told[0]).toBeGreaterThan(-3 * hour - 100)
  expect(told[0]).toBeLessThan(-3 * hour + 100)
  // Two who ask at once share one question, and the news.
  server.tell(() => now + 3 * hour)
  const both = await Promise.all([compare(server.name), compare(server.name)])
  expect(both.map(({ news }) => news)).toEqual(['drift', null])
})

test('AUD-07: the servers of the computer’s own system are read where that system keeps them', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'osler-time-'))
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  const serversOf = (platform: NodeJS.Platform, env = {}) => systemTimeServers(platform, root, env)
  expect(serversOf('linux')).toEqual([])
  write(
    'etc/chrony/chrony.conf',
    '# pool no.example\npool 2.pool.example iburst\nserver one.example prefer\n',
  )
  expect(serversOf('linux')).toEqual(['2.pool.example', 'one.example'])
  write('etc/systemd/timesyncd.conf', '[Time]\n#NTP=\n#FallbackNTP=0.x.example 1.x.example\n')
  expect(serversOf('linux')).toEqual(['0.x.example', '1.x.example'])
  write('etc/systemd/timesyncd.conf.d/own.conf', '[Time]\nNTP=time.house.example\n')
  expect(serversOf('linux')).toEqual(['time.house.example'])
  expect(serversOf('win32')).toEqual(['time.windows.com'])
  expect(serversOf('darwin')).toEqual(['time.apple.com'])
  expect(serversOf('freebsd')).toEqual([])
  // Named for this computer, they come before the system's; an empty name is nobody.
  expect(serversOf('linux', { OSLER_TIME_SERVERS: 'a.example, b.example:1123' })).toEqual([
    'a.example',
    'b.example:1123',
  ])
  expect(serversOf('win32', { OSLER_TIME_SERVERS: '' })).toEqual([])
  rmSync(root, { recursive: true })
})
