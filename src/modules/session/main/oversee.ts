// Seeing and ending sessions (SESS-05), and the clinic's rules for signing in (SESS-02, AUTH-05).
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Session } from '#core/rpc/session.ts'
import { readSetting, writeSetting } from '#modules/clinic/main/api.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { accountById } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { SessionLine, SignInRules } from '../shared/sessions-contract.ts'
import { pinState } from './pin.ts'
import { mfaPolicy, sessionLimits } from './policy.ts'
import * as q from './queries.ts'
import { recoveryCodesLeft } from './recovery-codes.ts'

const done = { done: true } as const

export function security(services: Services, ctx: QueryContext) {
  const { userId } = ctx.actor
  return {
    factorSince: ctx.read.get(q.factorOf, { user: userId })?.confirmed_at ?? null,
    recoveryCodesLeft: recoveryCodesLeft(ctx.read, userId),
    pin: ctx.door === 'ipc' ? pinState(ctx.read, userId) : ('elsewhere' as const),
    sessions: linesOf(services, ctx, userId),
  }
}

export function sessionsOf(services: Services, ctx: QueryContext, { userId }: { userId: string }) {
  if (!accountById(ctx.read, userId)) throw new AppError('NOT_FOUND')
  return {
    factorSince: ctx.read.get(q.factorOf, { user: userId })?.confirmed_at ?? null,
    sessions: linesOf(services, ctx, userId),
  }
}

function linesOf(services: Services, ctx: QueryContext, userId: string): SessionLine[] {
  return services.sessions
    .list()
    .filter((session) => session.userId === userId)
    .sort((a, b) => b.lastActiveAt - a.lastActiveAt)
    .map((session) => lineOf(session, ctx))
}

const lineOf = (session: Session, ctx: QueryContext): SessionLine => ({
  id: session.id,
  door: session.door,
  address: session.door === 'https' ? session.source : '',
  role: session.role,
  method: session.method,
  startedAt: new Date(session.startedAt).toISOString(),
  lastActAt: new Date(session.lastActiveAt).toISOString(),
  locked: session.locked,
  isThis: session.id === ctx.session?.id,
})

export function endSession(services: Services, ctx: CommandContext, { id }: { id: string }) {
  return end(services, ctx, ctx.actor.userId, id)
}

export function endSessionOf(
  services: Services,
  ctx: CommandContext,
  { userId, id }: { userId: string; id: string | null },
) {
  if (!accountById(ctx.read, userId)) throw new AppError('NOT_FOUND')
  if (id !== null) return end(services, ctx, userId, id)
  ctx.afterCommit(() => services.sessions.endAllOf(userId, ctx.session))
  return done
}

function end(services: Services, ctx: CommandContext, userId: string, id: string) {
  const found = services.sessions.list().find((session) => session.id === id && session.userId === userId)
  if (!found) throw new AppError('NOT_FOUND')
  if (userId !== ctx.actor.userId)
    notify(ctx, { to: { user: userId }, kind: 'session-ended', aboutUser: ctx.actor.userId })
  ctx.afterCommit(() => {
    services.sessions.end(found)
    // Who closes a window from elsewhere does not want its PIN to open another.
    services.sessions.forgetFullSignIn(userId)
    if (found.id === ctx.session?.id) ctx.setSession(null)
  })
  return done
}

export function rules({ read }: Pick<QueryContext, 'read'>): SignInRules {
  return { limits: readSetting(read, sessionLimits), secondFactorDays: readSetting(read, mfaPolicy).dueDays }
}

export function setRules(ctx: CommandContext, input: SignInRules): SignInRules {
  writeSetting(ctx, sessionLimits, input.limits)
  writeSetting(ctx, mfaPolicy, { dueDays: input.secondFactorDays })
  return rules(ctx)
}
