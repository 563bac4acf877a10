// Who is signed in, as the screen shows it.
import type { Door } from '#core/rpc/context.ts'
import { idleSecondsFor } from '#core/rpc/session.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { accountById, rolesOf } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { Role } from '#shared/permissions.ts'
import type { Me } from '../shared/contract.ts'

export interface SessionFacts {
  readonly userId: string
  readonly role: Role
  readonly door: Door
  readonly locked: boolean
  readonly signedInAt: string
  readonly canSign: boolean
}

export function meOf(read: Reader, facts: SessionFacts): Me {
  const account = accountById(read, facts.userId)
  if (!account) throw new AppError('NOT_SIGNED_IN')
  const { name, country, timeZone, currency, locale, isDemo } = clinicOf(read)
  return {
    userId: account.id as UserId,
    username: account.username,
    name: account.name,
    role: facts.role,
    roles: rolesOf(read, account.id),
    locked: facts.locked,
    idleSeconds: idleSecondsFor(facts.door, facts.role),
    signedInAt: facts.signedInAt,
    canSign: facts.canSign,
    clinic: { name, country, timeZone, currency, locale, isDemo },
  }
}
