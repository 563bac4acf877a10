// The second step of a sign-in: the code from the phone, or one from paper.
import { type CommandContext, type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Session, SignInMethod } from '#core/rpc/session.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { Me, session as contract } from '../shared/contract.ts'
import { forgivePinFailures } from './pin-tries.ts'
import { ownAccount } from './proof.ts'
import { recoveryCodesLeft, takeRecoveryCode } from './recovery-codes.ts'
import { meOfSession } from './start.ts'
import { takeCode } from './totp.ts'
import { beginTry, forgiveTry, type Try } from './tries.ts'

type Defs = (typeof contract)['procedures']

export const secondFactor = (services: Services): PreparedHandler<Defs['secondFactor'], Try> =>
  prepared<Defs['secondFactor'], Try>({
    prepare(ctx) {
      requirePending(ctx)
      return Promise.resolve(beginTry(services, ctx, ownAccount(ctx).username, true, 'second-factor'))
    },
    run(ctx, input, attempt): Me {
      const session = requirePending(ctx)
      takeCode(services, ctx, session.userId, input.code)
      forgiveTry(ctx, attempt)
      return completeSignIn(services, ctx, session, 'password+totp')
    },
  })

/** A used code means a lost phone, or somebody with a stolen paper: its owner and the administrators hear of it. */
export const recoveryCode = (services: Services): PreparedHandler<Defs['recoveryCode'], Try> =>
  prepared<Defs['recoveryCode'], Try>({
    prepare(ctx) {
      requirePending(ctx)
      return Promise.resolve(beginTry(services, ctx, ownAccount(ctx).username, true, 'second-factor'))
    },
    run(ctx, input, attempt): Me {
      const session = requirePending(ctx)
      takeRecoveryCode(services, ctx, session.userId, input.code)
      forgiveTry(ctx, attempt)
      const about = {
        kind: 'recovery-code-used',
        aboutUser: session.userId,
        detail: String(recoveryCodesLeft(ctx.read, session.userId)),
      }
      notify(ctx, { ...about, to: { user: session.userId } })
      notify(ctx, { ...about, to: { role: 'admin' } })
      return completeSignIn(services, ctx, session, 'recovery')
    },
  })

function requirePending({ session }: Pick<CommandContext, 'session'>): Session {
  if (!session) throw new AppError('NOT_SIGNED_IN')
  // Of several codes sent at once the first one completed it.
  if (session.pending !== 'second-factor') throw new AppError('CONFLICT')
  return session
}

/** Also for passkeys that stand in for the code: the session works from the commit on, under a new token. */
export function completeSignIn(
  services: Services,
  ctx: CommandContext,
  session: Session,
  method: SignInMethod,
): Me {
  forgivePinFailures(ctx, session.userId)
  ctx.afterCommit(() => ctx.setSession(services.sessions.complete(session, method)))
  return meOfSession(services, ctx.read, session, { pending: null })
}
