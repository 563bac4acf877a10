// The opened clinic: database, writer, audit and dispatcher of one folder. `clinic.ts` builds it, `host.ts` owns it.
import type { Reply } from '#shared/errors.ts'
import type { ClinicKeys } from './keys/types.ts'
import type { Actor, CommandContext, Door } from './rpc/context.ts'
import type { Call, Caller } from './rpc/door-types.ts'
import type { ModuleDef } from './rpc/module.ts'
import type { CataloguePlaces } from './catalogue/catalogues.ts'
import type { Ticker } from './jobs/cron.ts'
import type {
  Clock,
  Download,
  OpenExternal,
  KeyWork,
  RestoreWork,
  PasswordWork,
  Services,
  SlotWork,
  SpawnIsolated,
} from './rpc/services.ts'
import type { MigrationStep } from './db/migrate.ts'
import type { Logger } from './log/logger.ts'
import type { PrintPort } from './print/print-port.ts'
import type { BackupWorkShape } from './backup/work.ts'
import type { Reader } from './store/reader.ts'
import type { AnchorPlace } from './store/anchor.ts'
import type { DataCategory } from '#shared/contract.ts'

export interface OpenClinicOptions {
  /** Folder that holds clinic.db and watermark. */
  readonly dir: string
  readonly keys: ClinicKeys
  readonly modules: readonly ModuleDef[]
  readonly clock: Clock
  /** Milliseconds that never jump; a wall clock that disagrees with it is marked suspect. */
  readonly monotonic?: Clock
  readonly migrations: readonly MigrationStep[]
  readonly log: Logger
  readonly passwords: PasswordWork
  readonly slots: SlotWork
  readonly keyWork: KeyWork
  readonly restoring: RestoreWork
  readonly spawnIsolated: SpawnIsolated
  /** The system's printers unless given. */
  readonly printing?: PrintPort
  /** Opens the person's browser; absent where this process has no desktop. */
  readonly openExternal?: OpenExternal | undefined
  /** Where reference data lies, and where files made from it may be kept. */
  readonly catalogues: CataloguePlaces
  /** The time servers this computer's own system asks; nobody is asked unasked where this is not given. */
  readonly systemTimeServers?: () => readonly string[]
  /** Drives the jobs of the clock. Without it nothing is started by itself: tests call `runDueJobs`. */
  readonly ticker?: Ticker | undefined
  /** A second memory of how far the trail had come, away from the folder: what it remembers and how it is told. */
  readonly anchor?: AnchorPlace | undefined
  /** Kept free beside the database for a full disk; none unless given. */
  readonly reserveBytes?: number
  /** Modules do their last work at closing: where people close the clinic, not after each act of a command line. */
  readonly atClose?: boolean
  readonly backupWork?: BackupWorkShape
  /** Creates the database when there is none; refused otherwise. */
  readonly create?: boolean
}

/** What the process that has a folder gives to whichever clinic it opens there. */
export type ProcessParts = Pick<
  OpenClinicOptions,
  'modules' | 'migrations' | 'spawnIsolated' | 'openExternal' | 'catalogues' | 'ticker' | 'monotonic' | 'log'
>

export interface AuditedAct {
  readonly action: string
  readonly category: DataCategory
  readonly patients?: readonly string[] | undefined
  readonly detail?: string | undefined
}

export interface OpenClinic {
  readonly services: Services
  dispatch(call: Call, caller: Caller): Promise<Reply>
  read<T>(run: (read: Reader) => T): T
  /** One audited, captured transaction outside of a procedure: jobs, bootstrap, demo filling. */
  transact<T>(who: { actor: Actor | null; door: Door }, act: AuditedAct, run: (ctx: CommandContext) => T): T
  /** Starts the jobs that are due by the clinic's clock; resolves when they have ended. */
  runDueJobs(): Promise<void>
  upload(token: string, body: AsyncIterable<Uint8Array>): Promise<Reply>
  /** `undefined` for a token that is unknown, used, late or another session's. */
  download(token: string, caller: Pick<Caller, 'door' | 'token'>): Download | undefined
  onChanged(listener: (tables: readonly string[]) => void): () => void
  verify(): VerifyReport
  /** Makes the reserve now instead of soon. */
  fillReserve(): Promise<void>
  /** Begins to make reference data that is not there yet, so that nobody has to wait for it later. */
  warmCatalogues(): void
  close(): Promise<void>
}

export interface VerifyReport {
  readonly ok: boolean
  /** `ok`, or what SQLite says is wrong. */
  readonly integrity: string
  readonly audit: { readonly entries: number; readonly ok: boolean; readonly firstBadSeq: number | null }
  readonly commits: { readonly count: number; readonly ok: boolean; readonly firstBadSeq: number | null }
  readonly control: { readonly entries: number; readonly ok: boolean }
  readonly watermark: { readonly ok: boolean; readonly missingSaves: number }
  readonly schema: { readonly ok: boolean }
  /** Rows compared with the commits that wrote them, and how many do not match. */
  readonly rows: { readonly count: number; readonly faults: number }
}

/** Thrown by `openClinic`; `problem` is one of the bootstrap problems. */
export class OpenProblem extends Error {
  readonly problem: string
  readonly value: number | null
  constructor(problem: string, value: number | null = null, options?: { cause?: unknown }) {
    super(`clinic cannot be opened: ${problem}`, options)
    this.name = 'OpenProblem'
    this.problem = problem
    this.value = value
  }
}
