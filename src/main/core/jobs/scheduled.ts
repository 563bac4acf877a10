// What a module brings to be run by the clock, and how such a run went. `scheduler.ts` runs it.
import type { DataCategory } from '#shared/contract.ts'
import type { CommandContext } from '../rpc/context.ts'
import type { Reader } from '../store/reader.ts'

export interface ScheduledContext {
  /** Fires when the clinic is being closed: come to a safe stop soon. */
  readonly signal: AbortSignal
  now(): number
  read<T>(run: (read: Reader) => T): T
  /** One transaction nobody at a desk started: it acts for no person and is audited as a job. */
  transact<T>(
    act: {
      readonly action: string
      readonly category: DataCategory
      readonly patients?: readonly string[]
      readonly detail?: string
      /** Bookkeeping of this computer only; what changes shared rows is audited all the same. */
      readonly quiet?: boolean
    },
    run: (ctx: CommandContext) => T,
  ): T
}

export interface JobResult {
  /** A short code of what is wrong, for the health page; absent when all went well. Never patient data. */
  readonly problem?: string
}

export interface ScheduledJob {
  /** Stable, `module.what`: the health page finds its words by it. */
  readonly name: string
  /** Five fields, read in the clinic's time zone; due at least once a week. */
  readonly cron: string
  /** Also when the clinic was opened, and when its clock was set. */
  readonly atStart?: boolean
  readonly whenClockSet?: boolean
  readonly run: (ctx: ScheduledContext) => Promise<JobResult>
}

export interface JobState {
  readonly name: string
  readonly running: boolean
  /** Instant of the next run. */
  readonly dueAt: string
  readonly lastRunAt: string | null
  readonly outcome: 'ok' | 'failed' | null
  readonly problem: string | null
  /** Failed runs in a row; 0 after a good one. */
  readonly failures: number
}
