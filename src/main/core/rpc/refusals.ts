// A call that does not come through: what the caller is told, and that it is written down.
import { AppError, commonErrorCodes, type ErrorCode, type Reply } from '#shared/errors.ts'
import type { Logger } from '../log/logger.ts'
import type { Engine, Who } from '../store/engine.ts'
import type { Known } from './known-call.ts'
import type { Procedure } from './router.ts'

export function declared(thrown: unknown, procedure: Procedure): AppError {
  if (thrown instanceof AppError) {
    const known: readonly string[] = [...commonErrorCodes, ...(procedure.def.errors ?? [])]
    if (known.includes(thrown.code)) return thrown
  }
  return new AppError('INTERNAL', {}, { cause: thrown })
}

export function refuse(
  error: AppError,
  opId: string,
  note: () => void,
  log: Logger,
  procedure: string,
): Reply {
  try {
    note()
  } catch (failure) {
    // The refusal stands; that its entry could not be written is itself an alarm.
    log.error('audit entry could not be written', { procedure, opId, error: failure })
    return { ok: false, error: { code: 'UNAVAILABLE', details: {}, opId } }
  }
  return { ok: false, error: { code: error.code, details: error.details, opId } }
}

export function noteFailure(
  engine: Engine,
  error: AppError,
  known: Partial<Known>,
  procedure: Procedure,
  who: Who,
): void {
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

function patientOfRefusal(procedure: Procedure, input: unknown): string[] {
  if (!procedure.def.patient || input === undefined) return []
  try {
    return [procedure.def.patient(input as never)]
  } catch {
    return []
  }
}

/** The log is kept for years: what nobody in particular can provoke gets at most this many entries a minute and source. */
const anonymousNotesPerMinute = 20
/** Refusals that cost a stranger nothing. Not among them: a password or code that was looked at, since those are few. */
const costNothing: ReadonlySet<ErrorCode> = new Set(['NOT_SIGNED_IN', 'INVALID_INPUT', 'TOO_MANY_TRIES'])

/** Whether a refusal is written down. */
export function createNoteLimit(now: () => number): (who: Who, error: AppError, source: string) => boolean {
  const hasRoom = createAllowance(now)
  return (who, { code }, source) => who.actor !== null || !costNothing.has(code) || hasRoom(source)
}

function createAllowance(now: () => number): (source: string) => boolean {
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
