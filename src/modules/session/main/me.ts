// Who is signed in, as the screen shows it.
import type { Door } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Pending } from '#core/rpc/session.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { accountById, rolesOf } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { Role } from '#shared/permissions.ts'
import type { Me } from '../shared/contract.ts'
import { hasSecondFactor, secondFactorDueAt } from './policy.ts'

export interface SessionFacts {
  readonly userId: string
  readonly role: Role
  readonly door: Door
  readonly locked: boolean
  readonly pending: Pending | null
  readonly signedInAt: string
  readonly canSign: boolean
}

export function meOf(services: Pick<Services, 'sessions'>, read: Reader, facts: SessionFacts): Me {
  const account = accountById(read, facts.userId)
  if (!account) throw new AppError('NOT_SIGNED_IN')
  const { name, country, timeZone, currency, locale, isDemo } = clinicOf(read)
  const enrolled = hasSecondFactor(read, account.id)
  return {
    userId: account.id as UserId,
    username: account.username,
    name: account.name,
    role: facts.role,
    roles: rolesOf(read, account.id),
    locked: facts.locked,
    idleSeconds: services.sessions.idleSeconds(facts.door, facts.role),
    signedInAt: facts.signedInAt,
    canSign: facts.canSign,
    pending: facts.pending,
    hasSecondFactor: enrolled,
    secondFactorDueAt: enrolled ? null : secondFactorDueAt(read, account.id, facts.signedInAt),
    clinic: { name, country, timeZone, currency, locale, isDemo },
  }
}
