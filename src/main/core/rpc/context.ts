// What a handler is given, and how handlers are bound to a contract. Handlers are synchronous by design:
// a command runs inside one open transaction, so nothing may be awaited in it (docs/adr/0003).
import type { CommandDef, Contract, InputOf, OutputOf, ProcedureDef, QueryDef } from '#shared/contract.ts'
import type { Role, Scope } from '#shared/permissions.ts'
import type { ClockQuality } from '../store/clock.ts'
import type { Reader } from '../store/reader.ts'
import type { Writer } from '../store/writer-types.ts'
import type { Session } from './session.ts'

export type Door = 'ipc' | 'https' | 'cli' | 'job'

/** Who acts: one person under one role ("hat") in one session. */
export interface Actor {
  readonly userId: string
  readonly userName: string
  readonly role: Role
  /** Every role the person holds; only `role` counts for decisions. */
  readonly roles: readonly Role[]
  readonly sessionId: string
}

export interface QueryContext {
  readonly read: Reader
  /** Absent only in `public` procedures called without a session. */
  readonly actor: Actor
  /** Scope in which this call was allowed; `undefined` in public procedures. */
  readonly scope: Scope | undefined
  readonly door: Door
  readonly nowMs: number
  /** How far wall time can be trusted at this call (SYNC 2.5). */
  readonly clockQuality: ClockQuality
  /** UTC instant text of this call; one value for the whole call. */
  readonly now: string
  readonly opId: string
  /** The session of the call; absent before sign-in. */
  readonly session: Session | undefined
  /** Where a browser stands, `https://name:port` with a name this server answers to; absent at other doors. */
  readonly origin?: string | undefined
}

export interface CommandContext extends QueryContext {
  readonly write: Writer
  /** This workstation's writer of now, as it stands in `ins_writer`: another one after a restored file (SYNC 2.21). */
  readonly writerNumber: number
  /** UUIDv7 minted from now, or from the given epoch milliseconds. */
  readonly mint: (atMs?: number) => string
  /** Runs after the commit, e.g. to start a background job. Not run when the transaction fails. */
  readonly afterCommit: (task: () => void) => void
  /** As in `prepare`; call it from `afterCommit`, so that no session outlives a failed command. */
  readonly setSession: (token: string | null) => void
  /** Where the call comes from, as the door names it; absent in jobs. */
  readonly source?: string
}

/** Given to `prepare`: no transaction is open, so it may await. */
export interface PrepareContext extends QueryContext {
  /** Where the call comes from, as the door names it (a window, an address): for counting wrong passwords. */
  readonly source: string
  /** Called by session procedures: tells the door which session the caller has from now on. */
  readonly setSession: (token: string | null) => void
  /** Commits one small transaction now, whatever becomes of the command: counters of wrong passwords. */
  readonly outside: <T>(run: (ctx: CommandContext) => T) => T
}

export interface PreparedHandler<D extends ProcedureDef, P> {
  readonly prepare: (ctx: PrepareContext, input: InputOf<D>) => Promise<P>
  readonly run: (ctx: CommandContext, input: InputOf<D>, prepared: P) => OutputOf<D>
}

export type Handler<D extends ProcedureDef> = D extends QueryDef
  ? (ctx: QueryContext, input: InputOf<D>) => OutputOf<D>
  : D extends CommandDef
    ? // The prepared value's type is the handler's own affair.
      // oxlint-disable-next-line typescript/no-explicit-any
      ((ctx: CommandContext, input: InputOf<D>) => OutputOf<D>) | PreparedHandler<D, any>
    : never

export type Handlers<C extends Contract> = {
  readonly [K in keyof C['procedures']]: Handler<C['procedures'][K]>
}

export interface Implementation<C extends Contract = Contract> {
  readonly contract: C
  readonly handlers: Handlers<C>
}

export function implement<C extends Contract>(contract: C, handlers: Handlers<C>): Implementation<C> {
  return { contract, handlers }
}

/** Ties a prepared value's type between its two phases. */
export function prepared<D extends ProcedureDef, P>(handler: PreparedHandler<D, P>): PreparedHandler<D, P> {
  return handler
}
