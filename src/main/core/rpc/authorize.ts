// The one judge: role matrix, then the patient a call is about. Deny by default (AUTHZ-01, AUTHZ-03).
import type { ProcedureDef } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { type Role, type Scope, scopeOf, splitAccess } from '#shared/permissions.ts'
import type { Reader } from '../store/reader.ts'
import type { Actor } from './context.ts'
import type { RelationSource } from './module.ts'
import { type Session, stepUpSeconds } from './session.ts'

/** The scope a role has for a procedure, or FORBIDDEN. De-identified scopes are served by no product path yet. */
export function requireScope(def: ProcedureDef, actor: Actor): Scope {
  if (def.access === 'public') throw new Error('public procedures are not judged by role')
  const scope = scopeOf(actor.role, ...splitAccess(def.access))
  if (scope === undefined || scope === 'd') throw new AppError('FORBIDDEN')
  return scope
}

/**
 * Scope `r` and `fr`: the patient must be related to the person; `o`: be the person's own.
 * A patient out of reach and one that does not exist get the same answer.
 */
export function requirePatient(
  def: ProcedureDef,
  input: unknown,
  scope: Scope,
  actor: Actor,
  read: Reader,
  relations: readonly RelationSource[],
  now: string,
): void {
  if (!def.patient || scope === 'a' || scope === 'f') return
  // Patients get accounts with the portal; until then no account owns a record.
  if (scope === 'o') throw new AppError('NOT_FOUND')
  const patientId = def.patient(input as never)
  if (!isRelated(relations, read, actor, patientId, now)) throw new AppError('NOT_FOUND')
}

/** A dangerous act by somebody who found the screen open: whoever it is proves once more who they are. */
export function requireStepUp(def: ProcedureDef, input: unknown, session: Session, nowMs: number): void {
  const wanted = typeof def.stepUp === 'function' ? def.stepUp(input as never) : def.stepUp === true
  if (wanted && nowMs - session.provenAt > stepUpSeconds * 1000) throw new AppError('STEP_UP_NEEDED')
}

export type UseRule = (read: Reader, patientId: string, role: Role) => boolean

/** A restricted record answers only to those it is still for, whatever their scope; to others it is not there. */
export function requireUse(
  def: ProcedureDef,
  input: unknown,
  actor: Actor,
  read: Reader,
  rules: readonly UseRule[],
): void {
  if (!def.patient || rules.length === 0) return
  const patientId = def.patient(input as never)
  if (!rules.every((mayUse) => mayUse(read, patientId, actor.role))) throw new AppError('NOT_FOUND')
}

export function isRelated(
  relations: readonly RelationSource[],
  read: Reader,
  actor: Pick<Actor, 'userId' | 'role'>,
  patientId: string,
  now: string,
): boolean {
  return relations.some((r) => r.isRelated(read, actor.userId, patientId, now, actor.role))
}
