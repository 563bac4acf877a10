// The checks of this computer that the health page and its lamp show; modules add theirs.
import { statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { JobState } from '../jobs/scheduled.ts'
import type { Health } from '../rpc/services.ts'
import type { Connection } from './connection.ts'
import { type Reserve, reserveBytes } from './reserve.ts'

export interface HealthFacts {
  /** The database. */
  readonly file: string
  readonly db: Connection
  readonly chainOk: boolean
  readonly markFound: boolean
  readonly time: Health['time']
  readonly warnings: readonly string[]
  readonly keyAgeDays: number
  readonly jobs: readonly JobState[]
  readonly rowFaults: number
  readonly reserve: ReturnType<Reserve['state']>
  /** What modules add. */
  readonly more: Health['checks']
}

export function healthOf(facts: HealthFacts): Health {
  const { file, db, chainOk, markFound, time, warnings, jobs, rowFaults, reserve, more } = facts
  const free = freeBytes(path.dirname(file))
  const size = statSync(file).size
  const warn = (bad: boolean) => (bad ? 'warning' : 'ok') as 'warning' | 'ok'
  const entries = Number(db.prepare('select coalesce(max(seq), 0) from audit_log').pluck().get())
  return {
    auditEntries: entries,
    commits: Number(db.prepare('select coalesce(max(pos), 0) from sync_commit').pluck().get()),
    checks: [
      { name: 'audit-chain', state: chainOk ? 'ok' : 'danger', value: entries },
      { name: 'watermark', state: markFound ? 'ok' : 'danger', value: null },
      { name: 'row-sweep', state: rowFaults > 0 ? 'danger' : 'ok', value: rowFaults },
      { name: 'keychain', state: warn(warnings.includes('password-only')), value: null },
      { name: 'kit', state: warnings.includes('kit-pending') ? 'danger' : 'ok', value: null },
      // Changed yearly (SECURITY 3.6).
      { name: 'key-age', state: warn(facts.keyAgeDays > 365), value: facts.keyAgeDays },
      // A backup or migration needs the database's size and more beside it (SECURITY 3.6).
      {
        name: 'disk-space',
        state: free < 64 * 2 ** 20 ? 'danger' : warn(free < 2.2 * size + 2 ** 30),
        value: free,
      },
      ...(reserve === 'none' ? [] : [reserveCheck(reserve)]),
      { name: 'clock', state: warn(time.quality === 'suspect'), value: null },
      { name: 'database-size', state: 'ok', value: size },
      ...(jobs.length > 0 ? [jobCheck(jobs)] : []),
      ...more,
    ],
    jobs,
    time,
  }
}

/** @param generationSince `null`: the key is as old as the clinic. */
export function keyAgeDays(db: Connection, generationSince: string | null, nowMs: number): number {
  const first: unknown = db.prepare('select at from audit_log order by seq limit 1').pluck().get()
  const since = generationSince ?? (typeof first === 'string' ? first : null)
  return since === null ? 0 : Math.max(0, Math.floor((nowMs - Date.parse(since)) / 86_400_000))
}

/** Just opened it is not there yet; given up means that the disk was full and still is. */
function reserveCheck(state: 'there' | 'given-up' | 'missing'): Health['checks'][number] {
  const states = { there: 'ok', missing: 'warning', 'given-up': 'danger' } as const
  return { name: 'reserve', state: states[state], value: reserveBytes }
}

/** One failed run may be a mail server that restarts; from the second on somebody should look. */
function jobCheck(jobs: readonly JobState[]): Health['checks'][number] {
  const failing = jobs.filter((job) => job.failures > 1).length
  return { name: 'jobs', state: failing > 0 ? 'warning' : 'ok', value: failing }
}

function freeBytes(dir: string): number {
  const stats = statfsSync(dir)
  return stats.bavail * stats.bsize
}
