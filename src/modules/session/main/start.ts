// Starting a session for a person whose identity was just proven, whatever the way.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { accountById, rolesOf } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { Me } from '../shared/contract.ts'
import { meOf } from './me.ts'
import { recentSignIn } from './tables.ts'

export interface ProvenSignIn {
  readonly userId: string
  readonly method: 'oidc' | 'passkey'
  readonly assurance: 'one' | 'two'
}

export function startSession(services: Services, ctx: CommandContext, { userId }: ProvenSignIn): Me {
  const role = rolesOf(ctx.read, userId)[0]
  if (accountById(ctx.read, userId)?.active !== 1 || !role) throw new AppError('WRONG_PASSWORD')
  ctx.write.putLocal(recentSignIn, { user_id: userId, door: ctx.door, last_at: ctx.now })
  ctx.afterCommit(() => {
    if (ctx.session) services.sessions.end(ctx.session)
    const { token } = services.sessions.start({ userId, door: ctx.door, role, signingKey: null })
    ctx.setSession(token)
  })
  return meOf(ctx.read, {
    userId,
    role,
    door: ctx.door,
    locked: false,
    signedInAt: ctx.now,
    canSign: false,
  })
}
