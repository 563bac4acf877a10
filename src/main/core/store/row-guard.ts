// Records that do not match their history are not served, to anybody, until they do: found when a chart is opened, or by the
// sweep, whose result is kept in this file's bookkeeping so that a restart forgets nothing (REL-04).
import { Worker } from 'node:worker_threads'
import { AppError } from '#shared/errors.ts'
import type { Connection } from '../db/connection.ts'
import { getMeta } from '../db/migrate.ts'
import { findWorker } from '../isolate/find-worker.ts'
import type { ClinicKeys } from '../keys/types.ts'
import type { CommandContext } from '../rpc/context.ts'
import type { Logger } from '../log/logger.ts'
import type { Reader } from './reader.ts'
import { createRowCheck } from './row-check.ts'
import { lastCommit, type SweepResult, sweepRows } from './row-sweep.ts'
import type { SyncedTable } from './table-def.ts'
import { meta } from './tables.ts'

const kept = 'row_sweep'

export interface RowGuard {
  /** Compares the record's changed rows with their history; throws RECORD_MISMATCH. For the opening of a chart. */
  requireTrue(read: Reader, patientId: string): void
  /** Throws RECORD_MISMATCH for a record that is already known not to hold. Costs nothing. */
  refuseKnown(patientId: string): void
  /** Looks at every row, in a grown clinic on a thread of its own. */
  sweep(signal: AbortSignal): Promise<SweepResult>
  /** Keeps what the sweep found; a clean one trusts everything again. */
  settle(ctx: CommandContext, result: SweepResult): void
  /** How much does not hold, by the last sweep and the charts opened since. */
  faults(): number
}

export interface RowGuardParts {
  readonly db: Connection
  readonly file: string
  readonly keys: ClinicKeys
  readonly tables: readonly SyncedTable[]
  readonly log: Logger
}

interface Kept {
  readonly at: string
  readonly rows: number
  readonly faults: number
  readonly patients: readonly string[]
}

export function createRowGuard({ db, file, keys, tables, log }: RowGuardParts): RowGuard {
  const check = createRowCheck(tables)
  const before = keptIn(db)
  const doubtful = new Set(before?.patients ?? [])
  let swept = before?.faults ?? 0
  let opened = 0
  const refuse = () => new AppError('RECORD_MISMATCH')
  return {
    requireTrue(read, patientId) {
      const fault = check.patientFault(read, patientId)
      if (!fault) return
      doubtful.add(patientId)
      opened += 1
      log.error('a record does not match its history', {
        name: fault.table,
        code: fault.kind,
      })
      throw refuse()
    },
    refuseKnown(patientId) {
      if (doubtful.has(patientId)) throw refuse()
    },
    sweep: (signal) =>
      isSmall(db) ? Promise.resolve(sweepRows(db, keys, tables)) : runWorker({ file, keys, tables }, signal),
    settle(ctx, result) {
      const { rows, faults, patients } = result
      const now: Kept = { at: ctx.now, rows, faults, patients }
      ctx.write.putLocal(meta, { key: kept, value: JSON.stringify(now) })
      ctx.afterCommit(() => {
        doubtful.clear()
        for (const id of patients) doubtful.add(id)
        swept = faults
        opened = 0
        if (faults > 0) {
          const tables = new Set(result.shown.map((f) => f.table))
          log.error('the sweep found rows that do not hold', {
            count: faults,
            name: [...tables, ...result.chains].join(' '),
          })
        }
      })
    },
    faults: () => swept + opened,
  }
}

/** A young clinic is looked through in less time than a thread needs to start. */
const isSmall = (db: Connection): boolean => lastCommit(db) < smallCommits
const smallCommits = 1_000

function keptIn(db: Connection): Kept | null {
  const text = getMeta(db, kept)
  return text === null ? null : (JSON.parse(text) as Kept)
}

function runWorker(
  data: { file: string; keys: ClinicKeys; tables: readonly SyncedTable[] },
  signal: AbortSignal,
): Promise<SweepResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(findWorker('row-sweep').file, { workerData: data })
    const stop = () => void worker.terminate()
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', (result: SweepResult) => resolve(result))
    worker.once('error', reject)
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop)
      reject(new Error('the sweep was stopped'))
    })
  })
}
