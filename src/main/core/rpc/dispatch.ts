// The only path from any caller to any data: the ten steps of DESIGN 2.4, in their order. No door and no handler repeats
// one of them: session, input, permission, transaction, handler, capture, output, audit, announcement, reply.
import { createHash } from 'node:crypto'
import type * as z from 'zod'
import { AppError, commonErrorCodes, type Reply } from '#shared/errors.ts'
import { OpId } from '#shared/ids.ts'
import { isRole, type Role, type Scope } from '#shared/permissions.ts'
import type { CommandDef } from '#shared/contract.ts'
import type { Logger } from '../log/logger.ts'
import type { ActReport, Engine, Who } from '../store/engine.ts'
import { mintId } from '../store/mint.ts'
import type { RowGuard } from '../store/row-guard.ts'
import { preparedQuery, type Reader } from '../store/reader.ts'
import { opResult } from '../store/tables.ts'
import { requirePatient, requireScope, requireStepUp, requireUse, type UseRule } from './authorize.ts'
import type { Actor, CommandContext, PrepareContext, QueryContext } from './context.ts'
import type { Call, Caller } from './door-types.ts'
import type { Gate, GatedCall, Outside } from './gates.ts'
import type { RelationSource } from './module.ts'
import type { Procedure } from './router.ts'
import type { Session, SessionStore } from './session.ts'

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

/** Repeats of an act are recognised for as long as their first result is kept. */
export const opResultDays = 30
const slowMs = 40

const accountOf = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('user_account')
    .select(['id', 'name', 'active'])
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)
const rolesOf = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('role_grant').select('role').where('user_id', '=', p.id).where('voided_at', 'is', null),
)
const firstResult = preparedQuery<{ op: string }>()((db, p) =>
  db.selectFrom('op_result').select(['user_id', 'procedure', 'digest', 'result']).where('op_id', '=', p.op),
)

interface Known {
  readonly call: Call
  readonly caller: Caller
  readonly procedure: Procedure
  readonly who: Who
  readonly scope: Scope | undefined
  readonly input: unknown
  readonly setSession: (token: string | null) => void
}

export function createDispatch(parts: DispatchParts): (call: Call, caller: Caller) => Promise<Reply> {
  const { procedures, engine, sessions, relations, useRules, gates, guard, now, log } = parts

  const identify = (
    procedure: Procedure,
    caller: Caller,
    read: Reader,
  ): { actor: Actor; session: Session } | null => {
    const session = caller.token === null ? undefined : sessions.find(caller.token)
    const actor = session ? actorOf(read, session) : null
    if (session && !actor) sessions.end(session)
    if (!session || !actor) {
      if (procedure.def.access === 'public') return null
      throw new AppError('NOT_SIGNED_IN')
    }
    if (session.locked && procedure.def.access !== 'public' && !procedure.def.whileLocked) {
      throw new AppError('SESSION_LOCKED')
    }
    refusePending(procedure, session)
    return { actor, session }
  }

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
    if (procedure.def.audit !== false) engine.auditOnly(who, reportOf(known, output))
    return output
  }

  const runCommand = async (known: Known): Promise<unknown> => {
    const { procedure, who } = known
    const repeated = engine.writeReader.get(firstResult, { op: who.opId })
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
        if (procedure.handler.prepare && ctx.read.get(firstResult, { op: who.opId })) {
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
      () => reportOf(known, output),
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

  const noteFailure = (error: AppError, known: Partial<Known>, procedure: Procedure, who: Who) => {
    const audit = procedure.def.audit
    const refused = error.code !== 'INTERNAL' && error.code !== 'UNAVAILABLE'
    engine.auditOnly(who, {
      action: audit === false ? procedure.name : audit.action,
      category: audit === false ? 'none' : audit.category,
      patients: patientOfRefusal(procedure, known.input),
      outcome: refused ? 'refused' : 'failed',
      code: error.code,
      detail: error.auditDetail,
    })
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
      const identity = identify(procedure, caller, engine.writeReader)
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
        if (error.code !== 'NOT_SIGNED_IN' || mayNote(caller.source)) {
          noteFailure(error, known ?? { input }, procedure, who)
        }
      }
      return refuse(error, opId, note, log, procedure.name)
    }
  }
}

/** Half a sign-in does nothing but complete itself (AUTH-05). */
function refusePending({ def }: Procedure, { pending }: Session): void {
  if (!pending || def.access === 'public') return
  if (def.whilePending !== 'both' && def.whilePending !== pending)
    throw new AppError('SECOND_FACTOR_NEEDED', { pending })
}

/** The log is kept for years: callers without a session get at most this many entries a minute and source. */
const anonymousNotesPerMinute = 20

function createNoteLimit(now: () => number): (source: string) => boolean {
  let minute = 0
  const bySource = new Map<string, number>()
  return (source) => {
    const current = Math.floor(now() / 60_000)
    if (current !== minute) bySource.clear()
    minute = current
    const count = (bySource.get(source) ?? 0) + 1
    // Many sources at once share one allowance, so that inventing sources gains nothing.
    if (count > anonymousNotesPerMinute || bySource.size > 1_000) return false
    bySource.set(source, count)
    return true
  }
}

function refuse(error: AppError, opId: string, note: () => void, log: Logger, procedure: string): Reply {
  try {
    note()
  } catch (failure) {
    // The refusal stands; that its entry could not be written is itself an alarm.
    log.error('audit entry could not be written', { procedure, opId, error: failure })
    return { ok: false, error: { code: 'UNAVAILABLE', details: {}, opId } }
  }
  return { ok: false, error: { code: error.code, details: error.details, opId } }
}

export function actorOf(read: Reader, session: Session): Actor | null {
  const account = read.get(accountOf, { id: session.userId })
  if (!account || account.active !== 1) return null
  const roles = read
    .all(rolesOf, { id: session.userId })
    .map((g) => g.role)
    .filter(isRole)
  if (!roles.includes(session.role)) return null
  return { userId: account.id, userName: account.name, role: session.role, roles, sessionId: session.id }
}

/** `undefined` for calls that precede a session: nobody is there to be asked. */
function gatedOf(known: Known, nowMs: number): GatedCall | undefined {
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

function contextOf(known: Known, nowMs: number) {
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

function inputOf(procedure: Procedure, input: unknown): unknown {
  const parsed = procedure.def.input.safeParse(input ?? {})
  if (parsed.success) return parsed.data
  throw new AppError('INVALID_INPUT', { fields: placesOf(parsed.error) })
}

/** Paths and rule names only: what was typed may be patient data. */
function placesOf(error: z.ZodError): string[] {
  const places = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, 10).map((k) => `${[...issue.path, k].join('.')}: unknown`)
      : [`${issue.path.join('.')}: ${issue.code}`],
  )
  return [...new Set(places)].slice(0, 20)
}

function refuseUnlistedRole(procedure: Procedure, scope: Scope | undefined, who: Who): void {
  if (scope !== 'f' && scope !== 'fr') return
  if (!procedure.filters.get((who.actor as Actor).role)) throw new AppError('FORBIDDEN')
}

function outputOf(procedure: Procedure, value: unknown, who: Who): unknown {
  const parsed = procedure.def.output.safeParse(value)
  if (!parsed.success)
    throw new Error(`output of ${procedure.name} breaks its contract: ${placesOf(parsed.error).join(', ')}`)
  if (who.scope !== 'f' && who.scope !== 'fr') return parsed.data
  const filter = procedure.filters.get((who.actor as Actor).role as Role)
  if (!filter) throw new AppError('FORBIDDEN')
  return filter(parsed.data)
}

function actOf(known: Known, output: unknown): ActReport {
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

const reportOf = (known: Known, output: unknown): ActReport => actOf(known, output)

function patientOfRefusal(procedure: Procedure, input: unknown): string[] {
  if (!procedure.def.patient || input === undefined) return []
  try {
    return [procedure.def.patient(input as never)]
  } catch {
    return []
  }
}

/** Account answers may hold one-time codes: they are not kept, so a repeat of such an act is told to look first. */
function rememberResult(ctx: CommandContext, known: Known, output: unknown): void {
  const { procedure, who } = known
  const audit = procedure.def.audit
  if (known.call.opId === undefined || audit === false || audit.quiet) return
  ctx.write.putLocal(opResult, {
    op_id: who.opId,
    user_id: who.actor?.userId ?? '',
    procedure: procedure.name,
    digest: digestOf(known),
    at: ctx.now,
    result: audit.category === 'account' ? '' : JSON.stringify(output),
  })
}

/** One id, one act: another input, person or role under it is refused and never answered with the first result. */
function digestOf({ who, input }: Known): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify([who.actor?.role ?? null, input]))
    .digest()
}

function repeatedResult(
  first: { user_id: string; procedure: string; digest: Uint8Array; result: string },
  known: Known,
): unknown {
  const same =
    first.procedure === known.procedure.name &&
    first.user_id === (known.who.actor?.userId ?? '') &&
    Buffer.from(first.digest).equals(digestOf(known))
  if (!same || first.result === '') throw new AppError('CONFLICT', { repeated: true })
  return JSON.parse(first.result)
}

function declared(thrown: unknown, procedure: Procedure): AppError {
  if (thrown instanceof AppError) {
    const known: readonly string[] = [...commonErrorCodes, ...(procedure.def.errors ?? [])]
    if (known.includes(thrown.code)) return thrown
  }
  return new AppError('INTERNAL', {}, { cause: thrown })
}
