// Jobs the clock starts: one run at a time each, caught up once after a sleep or a closed day, their state kept.
// Only an opened clinic has one: without its keys there is nothing to work on.
import type { Logger } from '../log/logger.ts'
import type { Engine } from '../store/engine.ts'
import { mintId } from '../store/mint.ts'
import { preparedQuery } from '../store/reader.ts'
import { jobState } from '../store/tables.ts'
import { type CronTimes, cronTimes } from './cron.ts'
import type { JobResult, JobState, ScheduledContext, ScheduledJob } from './scheduled.ts'

export interface Scheduler {
  /** Starts what is due by now; resolves when those runs have ended. */
  runDue(): Promise<void>
  states(): readonly JobState[]
  /** Makes the jobs due that have to do with it. */
  clockWasSet(): void
  /** Lets running jobs come to a safe stop and keeps their state. */
  stop(): Promise<void>
}

interface Entry {
  readonly job: ScheduledJob
  dueMs: number
  lastRunAt: string | null
  outcome: JobState['outcome']
  problem: string | null
  failures: number
  running: Promise<void> | null
  /** When the state was last written, so that a job of every minute does not write every minute. */
  keptMs: number
}

const keepEveryMs = 15 * 60_000
const job = { actor: null, door: 'job' } as const

const keptStates = preparedQuery<Record<never, never>>()((db) => db.selectFrom('job_state').selectAll())
const clinicZone = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('clinic').select('time_zone').where('voided_at', 'is', null).orderBy('id').limit(1),
)

export function createScheduler(
  jobs: readonly ScheduledJob[],
  engine: Engine,
  now: () => number,
  log: Logger,
): Scheduler {
  if (new Set(jobs.map((j) => j.name)).size !== jobs.length) throw new Error('two jobs have one name')
  const abort = new AbortController()
  let times: { zone: string; ofJob: Map<string, CronTimes> } | null = null
  let entries: Map<string, Entry> | null = null
  let lastLookMs = 0

  const closeTimes = () => {
    for (const each of times?.ofJob.values() ?? []) each.close()
    times = null
  }
  /** `null` while the clinic's first transaction has not been written. */
  const timesNow = (): Map<string, CronTimes> | null => {
    const zone = engine.writeReader.get(clinicZone, {})?.time_zone
    if (zone === undefined) return null
    if (times?.zone !== zone) {
      closeTimes()
      times = { zone, ofJob: new Map(jobs.map((j) => [j.name, cronTimes(j.cron, zone)])) }
    }
    return times?.ofJob ?? null
  }
  const nextOf = (name: string, ms: number): number => {
    const found = timesNow()?.get(name)
    if (!found) throw new Error(`no times for ${name}`)
    return found.nextAfter(ms)
  }

  const load = (nowMs: number): Map<string, Entry> => {
    const kept = new Map(engine.writeReader.all(keptStates, {}).map((row) => [row.name, row]))
    return new Map(
      jobs.map((each) => {
        const row = kept.get(each.name)
        const next = nextOf(each.name, nowMs)
        return [
          each.name,
          {
            job: each,
            // What was due while the clinic was closed is due now, once. A clock set back does not put a job off.
            dueMs: each.atStart ? nowMs : row ? Math.min(Date.parse(row.due_at), next) : next,
            lastRunAt: row?.last_run_at ?? null,
            outcome: (row?.outcome ?? null) as Entry['outcome'],
            problem: row?.problem ?? null,
            failures: row?.failures ?? 0,
            running: null,
            keptMs: 0,
          },
        ]
      }),
    )
  }

  const keep = (changed: readonly Entry[], nowMs: number) => {
    if (changed.length === 0) return
    engine.transact(
      { ...job, opId: mintId(nowMs) },
      'job.state',
      (ctx) => {
        for (const e of changed) {
          e.keptMs = nowMs
          ctx.write.putLocal(jobState, {
            name: e.job.name,
            due_at: new Date(e.dueMs).toISOString(),
            last_run_at: e.lastRunAt,
            outcome: e.outcome,
            problem: e.problem,
            failures: e.failures,
          })
        }
      },
      () => ({ action: 'job.state', category: 'system', quiet: true }),
    )
  }

  const contextOf = (): ScheduledContext => ({
    signal: abort.signal,
    now,
    read: (look) => engine.snapshot(look),
    transact: (act, run) => engine.transact({ ...job, opId: mintId(now()) }, act.action, run, () => act),
  })

  const runOne = async (entry: Entry): Promise<void> => {
    const before = entry.outcome
    const failuresBefore = entry.failures
    entry.lastRunAt = new Date(now()).toISOString()
    let result: JobResult
    try {
      result = await entry.job.run(contextOf())
    } catch (error) {
      log.error('scheduled job failed', { job: entry.job.name, error })
      result = { problem: 'internal' }
    }
    entry.problem = result.problem ?? null
    entry.outcome = result.problem === undefined ? 'ok' : 'failed'
    entry.failures = result.problem === undefined ? 0 : failuresBefore + 1
    const nowMs = now()
    entry.dueMs = nextOf(entry.job.name, nowMs)
    const isNews = before !== entry.outcome || failuresBefore !== entry.failures
    const isRare = entry.dueMs - nowMs > keepEveryMs || nowMs - entry.keptMs > keepEveryMs
    if (isNews || isRare) keep([entry], nowMs)
  }

  const look = (): Map<string, Entry> | null => {
    if (jobs.length === 0 || !timesNow()) return null
    const nowMs = now()
    entries ??= load(nowMs)
    if (nowMs < lastLookMs) {
      for (const e of entries.values()) e.dueMs = Math.min(e.dueMs, nextOf(e.job.name, nowMs))
    }
    lastLookMs = nowMs
    return entries
  }

  return {
    async runDue() {
      if (abort.signal.aborted) return
      const nowMs = now()
      const started = [...(look()?.values() ?? [])]
        .filter((e) => e.running === null && e.dueMs <= nowMs)
        .map((e) => {
          const run = runOne(e)
            .catch((error: unknown) => log.error('state of a job was not kept', { job: e.job.name, error }))
            .finally(() => {
              e.running = null
            })
          e.running = run
          return run
        })
      await Promise.all(started)
    },
    states: () =>
      [...(look()?.values() ?? [])].map((e) => ({
        name: e.job.name,
        running: e.running !== null,
        dueAt: new Date(e.dueMs).toISOString(),
        lastRunAt: e.lastRunAt,
        outcome: e.outcome,
        problem: e.problem,
        failures: e.failures,
      })),
    clockWasSet() {
      // Not loaded yet: what runs at the start comes anyway.
      for (const e of entries?.values() ?? []) if (e.job.whenClockSet) e.dueMs = Math.min(e.dueMs, now())
    },
    async stop() {
      abort.abort()
      await Promise.all([...(entries?.values() ?? [])].map((e) => e.running ?? Promise.resolve()))
      if (entries) keep([...entries.values()], now())
      closeTimes()
    },
  }
}
