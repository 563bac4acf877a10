// Starting a session for a person whose identity was just proven, whatever the way: the one place where it happens.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Pending, Session, SignInMethod } from '#core/rpc/session.ts'
import { accountById, type OpenSigningKey, rolesOf } from '#modules/people/main/api.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { Me } from '../shared/contract.ts'
import { meOf } from './me.ts'
import { forgivePinFailures } from './pin-tries.ts'
import { hasSecondFactor, secondFactorDueAt } from './policy.ts'
import * as q from './queries.ts'
import { recentSignIn, signInStart } from './tables.ts'

export interface ProvenSignIn {
  readonly userId: string
  readonly method: SignInMethod
  /**
   * `two` where the method itself proved two factors (a passkey with user verification, an identity provider that says
   * so): no second step follows. `one`: a person with a second factor is asked for it, one who is overdue sets it up.
   */
  readonly assurance: 'one' | 'two'
  /** Opened by the password, where one was typed; without it signing asks for the password. */
  readonly signingKey?: OpenSigningKey | null
}

/** Inside the command that proved it; the session begins when that commits. */
export function startSession(services: Services, ctx: CommandContext, proven: ProvenSignIn): Me {
  const account = accountById(ctx.read, proven.userId)
  const role = rolesOf(ctx.read, proven.userId)[0]
  if (account?.active !== 1 || !role) throw new AppError('WRONG_PASSWORD')
  const start = ctx.read.get(q.signInStartOf, { user: account.id })
  if (!start) ctx.write.insert(signInStart, { user_id: account.id, first_at: ctx.now, must_enrol: 0 })
  ctx.write.putLocal(recentSignIn, { user_id: account.id, door: ctx.door, last_at: ctx.now })
  const pending = pendingOf(ctx, proven)
  const signingKey = proven.signingKey ?? null
  tellCrowdedOut(services, ctx, account.id)
  if (!pending && proven.method !== 'pin' && ctx.door === 'ipc') forgivePinFailures(ctx, account.id)
  ctx.afterCommit(() => {
    // Switching user at a window ends the former person's session there (SESS-01: no token lives on).
    if (ctx.session) services.sessions.end(ctx.session)
    const { token } = services.sessions.start({
      userId: account.id,
      door: ctx.door,
      role,
      signingKey,
      source: ctx.source ?? '',
      method: proven.method,
      pending,
    })
    ctx.setSession(token)
  })
  return meOf(services, ctx.read, {
    userId: account.id,
    role,
    door: ctx.door,
    locked: false,
    pending,
    signedInAt: ctx.now,
    canSign: signingKey !== null,
  })
}

function pendingOf(ctx: CommandContext, { userId, assurance }: ProvenSignIn): Pending | null {
  if (assurance === 'two') return null
  if (hasSecondFactor(ctx.read, userId)) return 'second-factor'
  const dueAt = secondFactorDueAt(ctx.read, userId, ctx.now)
  return dueAt !== null && dueAt <= ctx.now ? 'enrolment' : null
}

/** At most three at once (SESS-05): whoever is closed for it hears why, and who else may be using the account. */
function tellCrowdedOut(services: Services, ctx: CommandContext, userId: string): void {
  for (const old of services.sessions.crowdedOut(userId, ctx.session)) {
    notify(ctx, {
      to: { user: userId },
      kind: 'session-crowded-out',
      aboutUser: userId,
      detail: new Date(old.startedAt).toISOString(),
    })
  }
}

/** The facts of a living session as its screen shows them. */
export function meOfSession(
  services: Pick<Services, 'sessions'>,
  read: CommandContext['read'],
  session: Session,
  changes: Partial<Parameters<typeof meOf>[2]> = {},
): Me {
  return meOf(services, read, {
    userId: session.userId,
    role: session.role,
    door: session.door,
    locked: session.locked,
    pending: session.pending,
    signedInAt: new Date(session.startedAt).toISOString(),
    canSign: session.signingKey !== null,
    ...changes,
  })
}
