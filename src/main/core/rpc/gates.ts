// What a module may put between a permission and an act, for every call alike: a second person's consent, a reason for
// access, a meter, marks on what only some may see. Dispatch asks all gates; none is asked by a handler.
import type { DataCategory, ProcedureDef } from '#shared/contract.ts'
import type { Scope } from '#shared/permissions.ts'
import type { Reader } from '../store/reader.ts'
import type { Actor, CommandContext, Door } from './context.ts'
import type { Session } from './session.ts'

/** A call of a signed-in person that the role matrix, step-up and the relation to its patient have let through. */
export interface GatedCall {
  /** `module.procedure`. */
  readonly name: string
  readonly def: ProcedureDef
  readonly input: unknown
  readonly actor: Actor
  readonly session: Session
  readonly scope: Scope | undefined
  readonly door: Door
  readonly nowMs: number
  readonly now: string
}

/** Commits a small audited transaction of its own, whatever becomes of the call. */
export type Outside = <T>(
  audit: {
    readonly action: string
    readonly category: DataCategory
    readonly patients?: readonly string[]
    readonly detail?: string
  },
  run: (ctx: CommandContext) => T,
) => T

export interface Gate {
  readonly name: string
  /** Before any work. Refuses by throwing. */
  readonly before?: (call: GatedCall, read: Reader, outside: Outside) => void
  /** First thing in the transaction of a command: what was true before is still true, and is used up now. */
  readonly within?: (call: GatedCall, ctx: CommandContext) => void
  /** Last thing before the answer leaves. Returns what may leave. */
  readonly leaving?: (call: GatedCall, read: Reader, output: unknown) => unknown
}

/** Says of an input that its contract flags with `fourEyes`, and of who sends it, that it needs no second person after all. */
export type FourEyesWaiver = (read: Reader, input: unknown, userId: string) => boolean
