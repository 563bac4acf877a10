// A call once it is known who asks for what: what gates are told of it, what handlers get, what is written down about it.
import type { Scope } from '#shared/permissions.ts'
import type { ActReport, Who } from '../store/engine.ts'
import type { Actor } from './context.ts'
import type { Call, Caller } from './door-types.ts'
import type { GatedCall } from './gates.ts'
import type { Procedure } from './router.ts'

export interface Known {
  readonly call: Call
  readonly caller: Caller
  readonly procedure: Procedure
  readonly who: Who
  readonly scope: Scope | undefined
  readonly input: unknown
  readonly setSession: (token: string | null) => void
}

/** `undefined` for calls that precede a session: nobody is there to be asked. */
export function gatedOf(known: Known, nowMs: number): GatedCall | undefined {
  const { procedure, who, input } = known
  if (!who.actor || !who.session) return undefined
  return {
    name: procedure.name,
    def: procedure.def,
    input,
    actor: who.actor,
    session: who.session,
    scope: known.scope,
    door: who.door,
    nowMs,
    now: new Date(nowMs).toISOString(),
  }
}

export function contextOf(known: Known, nowMs: number) {
  const { who } = known
  return {
    actor: who.actor as Actor,
    scope: known.scope,
    door: who.door,
    nowMs,
    now: new Date(nowMs).toISOString(),
    opId: who.opId,
    session: who.session,
    origin: known.caller.origin,
  }
}

export function actOf(known: Known, output: unknown): ActReport {
  const audit = known.procedure.def.audit
  if (audit === false) throw new Error('an unaudited call reports nothing')
  return {
    action: audit.action,
    category: audit.category,
    patients: output === undefined ? [] : (audit.patients?.(known.input as never, output as never) ?? []),
    detail: output === undefined ? undefined : audit.detail?.(known.input as never, output as never),
    quiet: audit.quiet === true,
  }
}
