// What the machine offers to modules beyond rows: sessions, passwords, signing, background work, isolated readers.
// Built once in the composition root (`core/clinic.ts`); modules see only this shape.
import type { Actor, Door } from './context.ts'
import type { CommandContext } from './context.ts'
import type { WorkOptions } from '../backup/machine.ts'
import type { RestoreDesk } from '../backup/restore-desk.ts'
import type { BackupWork } from '../backup/work.ts'
import type { Catalogues } from '../catalogue/definition.ts'
import type { DowntimeFile } from '../downtime/packet.ts'
import type { JobState } from '../jobs/scheduled.ts'
import type { Logger } from '../log/logger.ts'
import type { MakePdf } from '../pdf/pdf-maker.ts'
import type { PrintPort } from '../print/print-port.ts'
import type { Backend } from '../keys/device-secret.ts'
import type { RenewalRequest } from '../keys/root-renewal.ts'
import type { Purge } from '../store/purge.ts'
import type { ClockQuality } from '../store/clock.ts'
import type { Reader } from '../store/reader.ts'
import type { AuditDesk } from '../store/audit-desk.ts'
import type { RowGuard } from '../store/row-guard.ts'
import type { SyncedTable } from '../store/table-def.ts'
import type { UseRule } from './authorize.ts'
import type { TimeCheck, TimeFacts } from '../time/time-check.ts'
import type { SessionStore } from './session.ts'
import type { KitSheet } from '#shared/bootstrap.ts'
import type { SupportFacts } from '../db/support-facts.ts'
import type { DataCategory } from '#shared/contract.ts'
import type { RestoreFacts, RestorePlace } from '#shared/restore.ts'

/** Epoch milliseconds, injectable so that tests own the time. */
export type Clock = () => number

export interface PasswordWork {
  /** argon2id with the pepper; resolves to a PHC string for the account row. */
  hash(password: string): Promise<{ verifier: string; keyEncryptionKey: Uint8Array }>
  /** Also derives the key that wraps the person's signing key. `null` when the password is wrong. */
  verify(
    password: string,
    verifier: string | null,
  ): Promise<{ keyEncryptionKey: Uint8Array; outdated: boolean } | null>
}

/** The key file cannot take part in a transaction, so both slots are there until it is known which password stands. */
export interface SlotChange {
  /** The transaction has committed: this slot stays, the person's former ones go. */
  keep(): void
  /** The transaction failed: the former ones stay. */
  drop(): void
}

export interface SlotWork {
  /** Makes a cold-start slot of a person on this PC (SECURITY 3.5) beside those that are there. */
  add(userId: string, username: string, password: string): Promise<SlotChange>
  /**
   * For a password that was just proven: what is to be kept when the person has no slot, or has several because a
   * change was cut short. `null` when all is in order. Keep only while the password is known to be still theirs.
   */
  settle(userId: string, username: string, password: string): Promise<SlotChange | null>
  /** `add` and `keep` where nothing can fail in between. */
  put(userId: string, username: string, password: string): Promise<void>
  remove(userId: string): void
  has(userId: string): boolean
  warnings(): readonly ('password-only' | 'kit-pending')[]
}

export interface KitWork {
  /** Whether what was typed is the kit that opens this clinic now. */
  verify(text: string): boolean
  /** The kit that opens this clinic now. */
  current(): { readonly id: string; readonly madeAt: string; readonly confirmed: 'typed' | 'file' } | null
  /** Makes one that counts only once it is confirmed; one that waited before is void. */
  begin(): KitSheet
  waiting(): KitSheet | null
  /** `null` when the groups are not those of the kit that waits. Kept, every former kit is dead at once. */
  confirm(
    typed: readonly string[],
    options?: { readonly by?: 'typed' | 'file'; readonly withoutPeople?: boolean },
  ): Promise<SlotChange | null>
  drop(): void
}

export interface KeyWork {
  readonly kit: KitWork
  facts(): KeyFacts
  /** Closes the clinic, gives the database a new key, opens it again. Everybody has to sign in anew. */
  rotate(): void
  /** Makes a new root key in memory, for the kit that waits and for who asks; nothing is changed by it. */
  beginRenewal(request: RenewalRequest): Promise<BegunRenewal>
  /** After a good backup: the former database key and the file under it are destroyed. Returns how many. */
  forgetOldGenerations(): number
}

export type BegunRenewal =
  | {
      readonly ok: true
      readonly kitId: string
      /** As `rotate`, with the new root key: of all slots, the new kit's and the asking person's are left. */
      readonly start: () => void
      readonly drop: () => void
    }
  | { readonly ok: false; readonly wrong: 'groups' | 'password' }

/** A restore over this open clinic, with the keys it has. */
export interface RestoreWork extends Pick<RestoreDesk, 'find' | 'apply' | 'waiting' | 'discard'> {
  look(place: RestorePlace, name: string, work?: WorkOptions): Promise<RestoreFacts>
  /** After `apply` and after the act's own commit: closes the clinic and swaps. Everybody has to sign in anew. */
  swap(): void
}

export interface KeyFacts {
  readonly backend: Backend
  readonly slots: readonly { readonly userId: string; readonly backend: Backend }[]
  readonly generation: number
  /** `null`: as old as the clinic. */
  readonly generationSince: string | null
  readonly olderGenerations: number
  /** `null`: as old as the clinic. */
  readonly root: { readonly generation: number; readonly madeAt: string } | null
  readonly databaseBytes: number
  readonly freeBytes: number
  /** What a rotation needs beside it. */
  readonly neededBytes: number
}

export interface JobContext {
  readonly signal: AbortSignal
  /** Runs one transaction under the starting actor; audited like a command. */
  transact<T>(
    audit: { action: string; category: DataCategory; patients?: readonly string[]; detail?: string },
    run: (ctx: CommandContext) => T,
  ): T
  read<T>(run: (read: Reader) => T): T
  now(): number
}

export interface Jobs {
  /** Starts background work under the actor who asked; a second one under the same key is refused. */
  start(key: string, actor: Actor, door: Door, run: (ctx: JobContext) => Promise<void>): void
  cancel(key: string): boolean
  isRunning(key: string): boolean
  /** Resolves when no job is running; for tests, the command line and a clean close. */
  idle(): Promise<void>
}

export interface IsolatedRun {
  /** Feeds bytes; resolves when the worker has taken them (back-pressure). */
  write(chunk: Uint8Array): Promise<void>
  end(): void
  /** Messages of the worker, in order, structured-clone safe. Ends when the worker ended well. */
  readonly messages: AsyncIterable<unknown>
  kill(): void
}

export interface IsolateOptions {
  /** Worker entry by name; the host knows the file (source in development, bundle in the product). */
  readonly worker: string
  readonly data?: unknown
  /** Seconds without any message or taken input before the worker is killed. */
  readonly idleSeconds: number
  readonly memoryMb: number
}

/** Thrown by `messages` when the worker was killed or died: code TOO_SLOW, TOO_MUCH_MEMORY, READER_CRASHED, CANCELLED. */
export type SpawnIsolated = (options: IsolateOptions) => IsolatedRun

export interface UploadTokens {
  /** One-time, ten minutes; the sink receives the body of the upload route. */
  issue(actor: Actor, sink: (body: AsyncIterable<Uint8Array>) => Promise<void>): string
  take(token: string): ((body: AsyncIterable<Uint8Array>) => Promise<void>) | undefined
}

export const downloadTypes = ['application/pdf', 'application/zip', 'application/json', 'text/csv'] as const

export interface Download {
  /** Only types that a browser shows or saves and never runs. */
  readonly type: (typeof downloadTypes)[number]
  /** Name to save under; no patient's name. */
  readonly name: string
  /** Called once, when the token is used. */
  readonly open: () => Promise<Uint8Array>
}

export interface DownloadTokens {
  /** One-time, two minutes, for the actor's own session only. */
  issue(actor: Pick<Actor, 'sessionId'>, download: Download): string
}

/**
 * Opens the person's own browser at one page outside (ELE-04): https only, and only at the address of `allowed`.
 * `null` where there is no desktop to open one on.
 */
export type OpenExternal = (url: string, allowed: string) => Promise<void>

export interface Health {
  auditEntries: number
  commits: number
  checks: readonly { name: string; state: 'ok' | 'warning' | 'danger'; value: number | null }[]
  /** What the clock starts, and how it last went. */
  jobs: readonly JobState[]
  /** What comparing the clock with time servers said last, and how far it is trusted now. */
  time: TimeFacts & { readonly quality: ClockQuality }
}

export interface Services {
  readonly clock: Clock
  readonly sessions: SessionStore
  readonly passwords: PasswordWork
  readonly slots: SlotWork
  readonly keyWork: KeyWork
  readonly jobs: Jobs
  readonly spawnIsolated: SpawnIsolated
  readonly uploads: UploadTokens
  /** Public reference data in read-only files beside the clinic's database. */
  readonly catalogues: Catalogues
  readonly downloads: DownloadTokens
  /** A document to PDF bytes, in an isolated worker. */
  readonly makePdf: MakePdf
  readonly printing: PrintPort
  readonly backups: BackupWork
  /** The copy of the day beside the database. */
  readonly downtime: DowntimeFile
  readonly restoring: RestoreWork
  readonly openExternal: OpenExternal | null
  readonly health: () => Health
  readonly time: TimeCheck
  readonly supportFacts: (now: string) => SupportFacts
  /** Appends a signed control-log entry inside the open transaction (role grants, devices). */
  readonly appendControl: (ctx: CommandContext, entry: Readonly<Record<string, unknown>>) => void
  /** The trail as a whole: its head, checking it, signing what leaves it, anchors. */
  readonly audit: AuditDesk
  /** Whether somebody in that role may use a patient's record at all: for lists, which name no one patient (PRIV-03). */
  readonly mayUse: UseRule
  /** Erases rows of a patient for good, inside the open transaction (core/store/purge.ts). */
  readonly purge: Purge['erase']
  /** Every synced table whose rows belong to one patient, the patient's own excepted. */
  readonly patientTables: readonly SyncedTable[]
  /** Ed25519 over bytes by this workstation, for manifests that outside readers check with the public key. */
  readonly signAsDevice: (bytes: Uint8Array) => Uint8Array
  /** SPKI. */
  readonly devicePublicKey: Uint8Array
  /** Row history from the commits, newest first, values decoded per column. */
  readonly rowHistory: (read: Reader, tableName: string, rowId: string) => readonly RowVersion[]
  /** When a row was last changed, by whomever; cheap enough to ask for each of a list. */
  readonly lastChangedAt: (read: Reader, tableName: string, rowId: string) => string | null
  /** HMAC under a per-clinic key: for code hashes and other keyed digests. */
  readonly keyedDigest: (label: string, text: string) => Uint8Array
  /** Encrypts a secret of sign-in (a TOTP seed) under its own key; `label` binds it to its row and use (AUTH-05). */
  readonly sealSecret: (label: string, plain: Uint8Array) => Uint8Array
  /** `null` when the bytes, the label or the key are others. */
  readonly openSecret: (label: string, sealed: Uint8Array) => Uint8Array | null
  /** Says of a flagged input that no second person has to agree to it (`ModuleDef.fourEyesWaivers`). */
  readonly isFourEyesWaived: (read: Reader, procedure: string, input: unknown, userId: string) => boolean
  /** Which relations tie the person to the patient now, by their names. */
  readonly relationsOf: (
    read: Reader,
    actor: Pick<Actor, 'userId' | 'role'>,
    patientId: string,
    now: string,
  ) => readonly string[]
  /** Whether anything ties the person to the patient, as for scope `r`: for jobs, whose patients no call names. */
  readonly isRelated: (
    read: Reader,
    actor: Pick<Actor, 'userId' | 'role'>,
    patientId: string,
    now: string,
  ) => boolean
  /** After a good backup: removes what migrations kept of the database before them (DB-06). Returns how many files. */
  readonly forgetOldGenerations: () => number
  /** Records that do not match their history are served to nobody (REL-04). */
  readonly records: RowGuard
  readonly log: Logger
  /** Announces that tables changed outside a commit (progress of a job). */
  readonly announce: (tables: readonly string[]) => void
}

export interface RowVersion {
  readonly at: string
  readonly userId: string | null
  readonly role: string | null
  readonly action: string
  readonly op: 'insert' | 'put' | 'void' | 'restore'
  readonly writer: number
  readonly seq: number
  /** Columns of the changed groups with the values they got. */
  readonly values: Readonly<Record<string, string | number | null>>
}
