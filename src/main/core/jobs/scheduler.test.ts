// Jobs of the clock: due by the clinic's zone, one run at a time, one run after a sleep, their state kept over a restart.
import { expect, test } from 'vitest'
import { testClinic, type TestClinic } from '#testkit/clinic.ts'
import { modules } from '#modules/main.ts'
import { cronTimes } from './cron.ts'
import type { JobResult, ScheduledJob } from './scheduled.ts'

const minute = 60_000
const hour = 60 * minute

interface Counted {
  readonly runs: string[]
  result: () => Promise<JobResult>
}

async function clinicWithJob(
  cron: string,
  reopen?: TestClinic,
): Promise<{ clinic: TestClinic; counted: Counted }> {
  const counted: Counted = { runs: [], result: () => Promise.resolve({}) }
  const job: ScheduledJob = {
    name: 'test.job',
    cron,
    run: (ctx) => {
      counted.runs.push(new Date(ctx.now()).toISOString())
      return counted.result()
    },
  }
  // All modules, with this job in place of theirs.
  const list = modules.map((m) => ({ ...m, schedule: () => (m.name === 'clinic' ? [job] : []) }))
  const clinic = reopen ? await reopen.reopen({ modules: list }) : await testClinic({ modules: list })
  return { clinic, counted }
}

test('a job runs when its minute comes, by the wall clock of the clinic', async () => {
  // 08:00 UTC is 09:00 in Berlin.
  const { clinic, counted } = await clinicWithJob('30 9 * * *')
  await using _ = clinic
  await clinic.clinic.runDueJobs()
  clinic.tick(29 * minute)
  await clinic.clinic.runDueJobs()
  expect(counted.runs).toEqual([])
  clinic.tick(minute)
  await clinic.clinic.runDueJobs()
  await clinic.clinic.runDueJobs()
  expect(counted.runs).toEqual(['2026-03-02T08:30:00.000Z'])
  const health = await clinic.as('admin').clinic.health({})
  expect(health.jobs).toMatchObject([
    {
      name: 'test.job',
      outcome: 'ok',
      lastRunAt: '2026-03-02T08:30:00.000Z',
      dueAt: '2026-03-03T08:30:00.000Z',
      failures: 0,
      running: false,
    },
  ])
})

test('a computer that slept for a day runs a job of every minute once, not a thousand times', async () => {
  const { clinic, counted } = await clinicWithJob('* * * * *')
  await using _ = clinic
  await clinic.clinic.runDueJobs()
  clinic.tick(24 * hour)
  await clinic.clinic.runDueJobs()
  await clinic.clinic.runDueJobs()
  expect(counted.runs).toHaveLength(1)
  clinic.tick(minute)
  await clinic.clinic.runDueJobs()
  expect(counted.runs).toHaveLength(2)
})

test('what was due while the clinic was closed runs once at the next opening', async () => {
  const first = await clinicWithJob('30 9 * * *')
  await first.clinic.clinic.runDueJobs()
  first.clinic.tick(3 * 24 * hour)
  const { clinic, counted } = await clinicWithJob('30 9 * * *', first.clinic)
  await using _ = clinic
  await clinic.clinic.runDueJobs()
  await clinic.clinic.runDueJobs()
  expect(counted.runs).toHaveLength(1)
})

test('one run at a time: while it lasts it is not started again, and closing waits for it', async () => {
  const { clinic, counted } = await clinicWithJob('* * * * *')
  let end: () => void = () => {}
  counted.result = () =>
    new Promise((resolve) => {
      end = () => resolve({})
    })
  await clinic.clinic.runDueJobs()
  clinic.tick(minute)
  const running = clinic.clinic.runDueJobs()
  clinic.tick(minute)
  await clinic.clinic.runDueJobs()
  expect(counted.runs).toHaveLength(1)
  expect((await clinic.as('admin').clinic.health({})).jobs[0]?.running).toBe(true)
  const closing = clinic.close()
  end()
  await Promise.all([running, closing])
  expect(counted.runs).toHaveLength(1)
})

test('failures are counted, shown on the lamp from the second on, kept over a restart, and forgotten after a good run', async () => {
  const { clinic: first, counted } = await clinicWithJob('* * * * *')
  counted.result = () => Promise.resolve({ problem: 'unreachable' })
  const check = async (clinic: TestClinic) => {
    const health = await clinic.as('admin').clinic.health({})
    return { state: health.checks.find((c) => c.name === 'jobs')?.state, job: health.jobs[0] }
  }
  await first.clinic.runDueJobs()
  first.tick(minute)
  await first.clinic.runDueJobs()
  expect(await check(first)).toMatchObject({ state: 'ok', job: { failures: 1, problem: 'unreachable' } })
  first.tick(minute)
  counted.result = () => Promise.reject(new Error('broken'))
  await first.clinic.runDueJobs()
  expect(await check(first)).toMatchObject({ state: 'warning', job: { failures: 2, problem: 'internal' } })

  const again = await clinicWithJob('* * * * *', first)
  await using clinic = again.clinic
  expect(await check(clinic)).toMatchObject({ state: 'warning', job: { failures: 2 } })
  clinic.tick(minute)
  await clinic.clinic.runDueJobs()
  expect(await check(clinic)).toMatchObject({ state: 'ok', job: { failures: 0, problem: null } })
})

test('a clock set back does not put a job off for the time it was wrong', async () => {
  const { clinic, counted } = await clinicWithJob('* * * * *')
  await using _ = clinic
  clinic.setWall(clinic.now() + 30 * 24 * hour)
  await clinic.clinic.runDueJobs()
  clinic.setWall(clinic.now() - 30 * 24 * hour)
  await clinic.clinic.runDueJobs()
  clinic.tick(2 * minute)
  await clinic.clinic.runDueJobs()
  expect(counted.runs.length).toBeGreaterThanOrEqual(1)
  expect(counted.runs.at(-1)).toBe(new Date(clinic.now()).toISOString())
})

test('expressions that are none, or never come, are refused; daylight saving is the zone’s', () => {
  expect(() => cronTimes('61 * * * *', 'UTC')).toThrow(/not a cron expression/)
  expect(() => cronTimes('* * * * * *', 'UTC')).toThrow(/five fields/)
  const times = cronTimes('30 9 * * *', 'Europe/Berlin')
  expect(new Date(times.nextAfter(Date.UTC(2026, 2, 28, 12))).toISOString()).toBe('2026-03-29T07:30:00.000Z')
  times.close()
  const leap = cronTimes('0 0 29 2 *', 'UTC')
  expect(() => leap.nextAfter(Date.UTC(2026, 5, 1))).toThrow(/within a week/)
  leap.close()
})
