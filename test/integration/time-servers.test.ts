// AUD-07: the clinic's clock is compared with time servers at the start, every six hours, after it was set and by hand;
// entries say how far their time can be trusted, administrators hear of a wrong clock, and being offline disturbs nobody.
import { expect, test } from 'vitest'
import { timeServer } from '#testkit/time-server.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'

const minute = 60_000
const hour = 60 * minute

/** The quality that the next entry gets. */
function act(clinic: TestClinic): string | undefined {
  clinic.transact(() => undefined)
  return clinic.audit().at(-1)?.clock
}
async function run(clinic: TestClinic): Promise<void> {
  await clinic.clinic.runDueJobs()
  await clinic.clinic.services.jobs.idle()
}
function health(clinic: TestClinic) {
  const { time, checks } = clinic.clinic.services.health()
  return { ...time, lamp: checks.find(({ name }) => name === 'clock')?.state }
}
async function ask(clinic: TestClinic, ...servers: string[]): Promise<void> {
  await clinic.as('admin').clinic.saveTimeSettings({ from: servers.length > 0 ? 'own' : 'none', servers })
  await clinic.clinic.services.jobs.idle()
}
const notices = (clinic: TestClinic) =>
  clinic.read((read) =>
    read.list((db) =>
      db.selectFrom('notice').select(['to_role', 'detail']).where('kind', '=', 'clock-wrong'),
    ),
  )

test('AUD-07: a good answer makes entries "ok" for a day, at the start and every six hours', async () => {
  const first = await testClinic()
  let clinic = first
  await using server = await timeServer(() => clinic.now())
  expect(act(clinic)).toBe('unknown')
  await ask(clinic, server.name)
  expect(act(clinic)).toBe('ok')
  expect(health(clinic)).toMatchObject({
    outcome: 'right',
    quality: 'ok',
    server: server.name,
    lamp: 'ok',
  })

  clinic = await first.reopen()
  await using _ = clinic
  expect(act(clinic)).toBe('unknown')
  await run(clinic)
  expect(act(clinic)).toBe('ok')
  const atStart = server.asked.length
  for (let n = 1; n <= 4; n++) {
    clinic.tick(6 * hour)
    await run(clinic)
    expect(server.asked).toHaveLength(atStart + n)
  }
  // Nobody answers any more: the last answer holds for a day, then it is too old to vouch for anything.
  server.answer = () => {}
  clinic.tick(23 * hour)
  expect(act(clinic)).toBe('ok')
  clinic.tick(2 * hour)
  expect(act(clinic)).toBe('unknown')
  expect(health(clinic).lamp).toBe('ok')
})

test('AUD-07: a clock that is wrong by more than two minutes is told to administrators, and entries are "suspect" until it is right', async () => {
  await using clinic = await testClinic()
  const right = clinic.now()
  let passed = 0
  await using server = await timeServer(() => right + passed)
  clinic.setWall(right + 3 * minute)
  await ask(clinic, server.name)
  expect(act(clinic)).toBe('suspect')
  expect(notices(clinic)).toEqual([{ to_role: 'admin', detail: '3' }])
  expect(clinic.auditOf('clock.drift')).toMatchObject([
    { detail: `by 180 s, says ${server.name}`, user_id: clinic.userId('admin') },
  ])
  expect(health(clinic)).toMatchObject({ outcome: 'wrong', quality: 'suspect', lamp: 'warning' })
  // Told once, however often it is found.
  passed = 6 * hour
  clinic.tick(6 * hour)
  await run(clinic)
  expect(notices(clinic)).toHaveLength(1)
  // Osler does not set the clock: somebody does, and the next act notices it.
  expect(clinic.now()).toBe(right + 6 * hour + 3 * minute)
  clinic.setWall(right + passed)
  expect(act(clinic)).toBe('ok')
  await run(clinic)
  expect(clinic.auditOf('clock.right')).toHaveLength(1)
  expect(health(clinic)).toMatchObject({ outcome: 'right', quality: 'ok', lamp: 'ok' })
  expect(clinic.clinic.verify()).toMatchObject({ ok: true })
})

test.each([
  ['ahead', 119_000, 'ok'],
  ['ahead', 121_000, 'suspect'],
  ['behind', -119_000, 'ok'],
  ['behind', -121_000, 'suspect'],
])('AUD-07: a clock %s by %i ms makes entries %s', async (_way, by, quality) => {
  await using clinic = await testClinic()
  const right = clinic.now()
  await using server = await timeServer(() => right)
  clinic.setWall(right + by)
  await ask(clinic, server.name)
  expect(act(clinic)).toBe(quality)
})

test('AUD-07: set after it was compared, a clock is "suspect" with the next entry, and compared anew', async () => {
  await using clinic = await testClinic()
  const right = clinic.now()
  await using server = await timeServer(() => right)
  await ask(clinic, server.name)
  await run(clinic)
  const before = server.asked.length
  clinic.setWall(right + 5 * minute)
  expect(act(clinic)).toBe('suspect')
  await run(clinic)
  expect(server.asked).toHaveLength(before + 1)
  expect(notices(clinic)).toHaveLength(1)
})

test('AUD-07: a clinic that was opened behind its own newest entry is trusted when a server says that it is right', async () => {
  const clinic = await testClinic()
  const right = clinic.now()
  clinic.setWall(right + 3 * 24 * hour)
  act(clinic)
  await using server = await timeServer(() => right)
  await using again = await clinic.reopen({ startAt: right })
  expect(act(again)).toBe('suspect')
  await ask(again, server.name)
  expect(act(again)).toBe('ok')
})

test('AUD-07: offline, switched off, or with servers that differ: nothing waits, nothing alarms, quality is "unknown"', async () => {
  await using clinic = await testClinic()
  await using silent = await timeServer()
  await using one = await timeServer(() => clinic.now())
  await using other = await timeServer(() => clinic.now() + 9 * hour)
  await clinic.as('admin').clinic.saveTimeSettings({ from: 'own', servers: [silent.name] })
  expect(await clinic.as('admin').clinic.compareTime({})).toEqual({ started: false })
  expect(act(clinic)).toBe('unknown')
  // All of this while the server still has not answered.
  expect(clinic.clinic.services.jobs.isRunning('clock.compare')).toBe(true)
  await clinic.clinic.services.jobs.idle()
  expect(health(clinic)).toMatchObject({ outcome: 'silent', quality: 'unknown', lamp: 'ok' })
  for (const [servers, outcome] of [
    [['no-such-host.invalid'], 'silent'],
    [[one.name, other.name], 'disagree'],
    [[], 'off'],
  ] as const) {
    await ask(clinic, ...servers)
    await run(clinic)
    expect(health(clinic)).toMatchObject({ outcome, quality: 'unknown', lamp: 'ok' })
    expect(act(clinic)).toBe('unknown')
  }
  expect(notices(clinic)).toEqual([])
  const { jobs, time } = await clinic.as('admin').clinic.health({})
  expect(time).toMatchObject({ outcome: 'off', server: null })
  expect(jobs.find(({ name }) => name === 'clock.compare')).toMatchObject({ failures: 0 })
  const asked = silent.asked.length
  clinic.tick(12 * hour)
  await run(clinic)
  expect(silent.asked).toHaveLength(asked)
})

test('AUD-07: time servers are an administrator’s setting; names that are none, and more than four, are refused', async () => {
  await using clinic = await testClinic()
  const admin = clinic.as('admin').clinic
  expect(await admin.timeSettings({})).toEqual({ from: 'system', servers: [], system: [] })
  for (const servers of [[], ['http://x'], ['x:99999'], ['a', 'b', 'c', 'd', 'e']]) {
    await expect(admin.saveTimeSettings({ from: 'own', servers })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  }
  await expect(
    clinic.as('doctor').clinic.saveTimeSettings({ from: 'none', servers: [] }),
  ).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await ask(clinic, '127.0.0.1:9')
  expect(clinic.auditOf('clock.save-settings').at(-1)?.detail).toBe('own 127.0.0.1:9')
  expect(await admin.timeSettings({})).toMatchObject({ from: 'own', servers: ['127.0.0.1:9'] })
})
