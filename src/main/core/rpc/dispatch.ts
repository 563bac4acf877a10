// The only path from any caller to any data: the ten steps of DESIGN 2.4, in their order. No door and no handler repeats
// one of them: session, input, permission, transaction, handler, capture, output, audit, announcement, reply.
import { AppError, type Reply } from '#shared/errors.ts'
import { OpId } from '#shared/ids.ts'
import type { CommandDef } from '#shared/contract.ts'
import type { Logger } from '../log/logger.ts'
import type { Engine, Who } from '../store/engine.ts'
import { mintId } from '../store/mint.ts'
import type { RowGuard } from '../store/row-guard.ts'
import type { Reader } from '../store/reader.ts'
import { requirePatient, requireScope, requireStepUp, requireUse, type UseRule } from './authorize.ts'
import type { CommandContext, PrepareContext, QueryContext } from './context.ts'
import type { Call, Caller } from './door-types.ts'
import type { Gate, Outside } from './gates.ts'
import { identify } from './identity.ts'
import { inputOf, outputOf, refuseUnlistedRole } from './in-and-out.ts'
import { actOf, contextOf, gatedOf, type Known } from './known-call.ts'
import type { RelationSource } from './module.ts'
import { createNoteLimit, declared, noteFailure, refuse } from './refusals.ts'
import { firstResultOf, rememberResult, repeatedResult } from './repeats.ts'
import type { Procedure } from './router.ts'
import type { SessionStore } from './session.ts'

export interface DispatchParts {
  readonly procedures: ReadonlyMap<string, Procedure>
  readonly engine: Engine
  readonly sessions: SessionStore
  readonly relations: readonly RelationSource[]
  readonly useRules: readonly UseRule[]
  readonly gates: readonly Gate[]
  readonly guard: Pick<RowGuard, 'refuseKnown'>
  readonly now: () => number
  readonly log: Logger
}

const slowMs = 40

export function createDispatch(parts: DispatchParts): (call: Call, caller: Caller) => Promise<Reply> {
  const { procedures, engine, sessions, relations, useRules, gates, guard, now, log } = parts

  const runQuery = (known: Known): unknown => {
    const { procedure, who } = known
    const nowMs = now()
    const context: QueryContext = {
      ...contextOf(known, nowMs),
      clockQuality: engine.clockQuality(),
      read: engine.writeReader,
    }
    const value = engine.snapshot((read) => {
      guardPatient(known, read, nowMs)
      askBefore(known, read, nowMs)
      return letOut(known, read, nowMs, procedure.handler.run({ ...context, read }, known.input))
    })
    const output = outputOf(procedure, value, who)
    if (procedure.def.audit !== false) engine.auditOnly(who, actOf(known, output))
    return output
  }

  const runCommand = async (known: Known): Promise<unknown> => {
    const { procedure, who } = known
    const repeated = firstResultOf(engine.writeReader, who.opId)
    const nowMs = now()
    if (repeated) {
      guardPatient(known, engine.writeReader, nowMs)
      return letOut(known, engine.writeReader, nowMs, repeatedResult(repeated, known))
    }
    let prepared: unknown
    guardPatient(known, engine.writeReader, nowMs)
    askBefore(known, engine.writeReader, nowMs)
    if (procedure.handler.prepare) {
      const context: PrepareContext = {
        ...contextOf(known, nowMs),
        clockQuality: engine.clockQuality(),
        read: engine.writeReader,
        source: known.caller.source,
        setSession: known.setSession,
        outside: (run) =>
          engine.transact(who, procedure.name, run, () => ({ ...actOf(known, undefined), quiet: true })),
      }
      prepared = await procedure.handler.prepare(context, known.input as never)
    }
    let output: unknown
    engine.transact(
      who,
      (procedure.def as CommandDef).audit.action,
      (ctx: CommandContext) => {
        guardPatient(known, ctx.read, ctx.nowMs)
        // While this call prepared, its twin may have come through.
        if (procedure.handler.prepare && firstResultOf(ctx.read, who.opId)) {
          throw new AppError('CONFLICT', { repeated: true })
        }
        const gated = gatedOf(known, ctx.nowMs)
        if (gated) for (const gate of gates) gate.within?.(gated, ctx)
        const withSession = {
          ...ctx,
          scope: known.scope,
          session: who.session,
          source: known.caller.source,
          setSession: known.setSession,
        }
        const value = procedure.handler.run(withSession, known.input, prepared)
        output = outputOf(procedure, letOut(known, ctx.read, ctx.nowMs, value), who)
        rememberResult(ctx, known, output)
      },
      () => actOf(known, output),
    )
    return output
  }

  const guardPatient = (known: Known, read: Reader, nowMs: number) => {
    if (known.scope === undefined || !known.who.actor) return
    const at = new Date(nowMs).toISOString()
    requirePatient(known.procedure.def, known.input, known.scope, known.who.actor, read, relations, at)
    if (known.procedure.def.patient) guard.refuseKnown(known.procedure.def.patient(known.input as never))
    requireUse(known.procedure.def, known.input, known.who.actor, read, useRules)
  }

  const outsideOf =
    (who: Who): Outside =>
    (audit, run) =>
      engine.transact({ ...who, opId: mintId(now()) }, audit.action, run, () => audit)

  const askBefore = (known: Known, read: Reader, nowMs: number) => {
    const gated = gatedOf(known, nowMs)
    if (!gated) return
    for (const gate of gates) gate.before?.(gated, read, outsideOf(known.who))
  }

  const letOut = (known: Known, read: Reader, nowMs: number, value: unknown): unknown => {
    const gated = gatedOf(known, nowMs)
    if (!gated) return value
    return gates.reduce((output, gate) => gate.leaving?.(gated, read, output) ?? output, value)
  }

  const mayNote = createNoteLimit(now)

  return async (call, caller) => {
    const started = performance.now()
    const opId = OpId.safeParse(call.opId).success ? String(call.opId) : mintId(now())
    const procedure = procedures.get(call.procedure)
    if (!procedure) {
      log.warn('unknown procedure', { opId, door: caller.door })
      return { ok: false, error: { code: 'NOT_FOUND', details: {}, opId } }
    }
    let who: Who = { actor: null, door: caller.door, opId }
    let known: Known | undefined
    let input: unknown
    try {
      if (call.opId !== undefined && opId !== call.opId)
        throw new AppError('INVALID_INPUT', { fields: ['opId'] })
      const identity = identify(procedure, caller, engine.writeReader, sessions)
      if (identity) {
        // A stranger at a locked window acts for nobody: not for the person whose session stands there.
        const actor = procedure.def.access === 'public' ? null : identity.actor
        who = { actor, door: caller.door, opId, session: identity.session }
        if (!call.background && !identity.session.locked) sessions.touch(identity.session)
      }
      input = inputOf(procedure, call.input)
      const scope =
        procedure.def.access === 'public' || !identity
          ? undefined
          : requireScope(procedure.def, identity.actor)
      refuseUnlistedRole(procedure, scope, who)
      if (identity) requireStepUp(procedure.def, input, identity.session, now())
      who = { ...who, scope }
      known = { call, caller, procedure, who, scope, input, setSession: caller.setToken }
      const value = procedure.def.kind === 'query' ? runQuery(known) : await runCommand(known)
      const ms = performance.now() - started
      if (ms > slowMs) log.info('slow call', { procedure: procedure.name, ms: Math.round(ms), opId })
      return { ok: true, value }
    } catch (thrown) {
      const error = declared(thrown, procedure)
      if (error.code === 'INTERNAL')
        log.error('procedure failed', { procedure: procedure.name, opId, error: thrown })
      const note = () => {
        if (mayNote(who, error, caller.source)) noteFailure(engine, error, known ?? { input }, procedure, who)
      }
      return refuse(error, opId, note, log, procedure.name)
    }
  }
}
