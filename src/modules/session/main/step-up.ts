// Proving once more who sits there, for a dangerous act (SECURITY 3.5): by password, or by a code of the second factor.
import { type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Me, session as contract } from '../shared/contract.ts'
import { type Proof, ownAccount, proveSelf, requireSession, requireUnchanged, strengthen } from './proof.ts'
import { meOfSession } from './start.ts'
import { beginTry, forgiveTry, type Try } from './tries.ts'
import { takeCode } from './totp.ts'

type Defs = (typeof contract)['procedures']

export const stepUp = (
  services: Services,
): PreparedHandler<Defs['stepUp'], { proof: Proof } | { attempt: Try }> =>
  prepared<Defs['stepUp'], { proof: Proof } | { attempt: Try }>({
    async prepare(ctx, input) {
      if (input.by === 'password') return { proof: await proveSelf(services, ctx, input.proof) }
      return { attempt: beginTry(services, ctx, ownAccount(ctx).username, true, 'second-factor') }
    },
    run(ctx, input, by): Me {
      const session = requireSession(ctx)
      let opened = session.signingKey
      if ('proof' in by) {
        requireUnchanged(ctx, by.proof)
        opened = strengthen(ctx, by.proof)
      } else {
        takeCode(services, ctx, session.userId, input.proof)
        forgiveTry(ctx, by.attempt)
      }
      ctx.afterCommit(() => {
        if (opened !== session.signingKey) {
          session.signingKey?.privateKey.fill(0)
          session.signingKey = opened
        }
        services.sessions.prove(session)
        ctx.setSession(services.sessions.renew(session))
      })
      return meOfSession(services, ctx.read, session, { canSign: opened !== null })
    },
  })
