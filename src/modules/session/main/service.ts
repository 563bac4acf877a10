// The calls around a session that need no password: who am I, lock, sign out, change the hat.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Session } from '#core/rpc/session.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { Role } from '#shared/permissions.ts'
import type { Me } from '../shared/contract.ts'
import { meOfSession } from './start.ts'
import { pinState } from './pin.ts'
import * as q from './queries.ts'

const done = { done: true } as const

/** A browser on the network learns nobody's name before signing in. */
export function hints(services: Services, { read, door }: QueryContext) {
  const { name, isDemo } = clinicOf(read)
  const people = door === 'ipc' ? read.all(q.recentPeople, { door }) : []
  return {
    clinicName: name,
    isDemo,
    people: people.map((person) => ({
      username: person.username,
      name: person.name,
      pin: services.sessions.mayUsePin(person.id) && pinState(read, person.id) === 'set',
    })),
  }
}

export function me(services: Services, { read, session }: QueryContext): Me {
  return meOfSession(services, read, requireSession(session))
}

/** A new token with the new rights (SESS-01); the absolute limit goes on counting from the sign-in. */
export function switchRole(services: Services, ctx: CommandContext, { role }: { role: Role }): Me {
  const session = requireSession(ctx.session)
  if (!ctx.actor.roles.includes(role)) throw new AppError('FORBIDDEN')
  ctx.afterCommit(() => {
    session.role = role
    ctx.setSession(services.sessions.renew(session))
  })
  return meOfSession(services, ctx.read, session, { role })
}

/** The signing key goes too: the password that unlocks brings it back. */
export function lock(services: Services, ctx: CommandContext): typeof done {
  const session = requireSession(ctx.session)
  ctx.afterCommit(() => services.sessions.lock(session))
  return done
}

export function signOut(
  services: Services,
  ctx: CommandContext,
  { isSwitch }: { isSwitch: boolean },
): typeof done {
  const session = requireSession(ctx.session)
  ctx.afterCommit(() => {
    if (!isSwitch) services.sessions.forgetFullSignIn(session.userId)
    services.sessions.end(session)
    ctx.setSession(null)
  })
  return done
}

function requireSession(session: Session | undefined): Session {
  if (!session) throw new AppError('NOT_SIGNED_IN')
  return session
}
