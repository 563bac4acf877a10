// Setting up a second factor, replacing it, removing it; an administrator takes a colleague's away but never sees a seed.
import { randomBytes } from 'node:crypto'
import { type CommandContext, type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { accountById, type Account } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { Me, session as contract } from '../shared/contract.ts'
import { requireGoodPassword } from './own-password.ts'
import { hasSecondFactor } from './policy.ts'
import { ownAccount, type Proof, proveSelf, requireSession, requireUnchanged } from './proof.ts'
import * as q from './queries.ts'
import { dropRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts'
import { completeSignIn } from './second-factor.ts'
import { meOfSession } from './start.ts'
import { secondFactor, secondFactorUse, signInStart } from './tables.ts'
import { sealSeed, seedBytes, spendStep, stepOf, totpOf } from './totp.ts'
import { beginTry, forgiveTry, type Try } from './tries.ts'

type Defs = (typeof contract)['procedures']

/** Longer than anybody needs to point a camera at a screen. */
const enrolmentMs = 20 * 60_000

/** Nothing is kept in the database until the first code proves that the phone has it. */
export function beginFactor(services: Services, ctx: CommandContext): { uri: string; secret: string } {
  const session = requireSession(ctx)
  const account = requireAccount(ctx, session.userId)
  const seed = randomBytes(seedBytes)
  const totp = totpOf(seed, { issuer: `Osler ${clinicOf(ctx.read).name}`, label: account.username })
  ctx.afterCommit(() => {
    session.enrolling?.seed.fill(0)
    session.enrolling = { seed, until: services.clock() + enrolmentMs }
  })
  return { uri: totp.toString(), secret: totp.secret.base32 }
}

export const confirmFactor = (services: Services): PreparedHandler<Defs['confirmFactor'], Try> =>
  prepared<Defs['confirmFactor'], Try>({
    prepare: (ctx) =>
      Promise.resolve(beginTry(services, ctx, ownAccount(ctx).username, true, 'second-factor')),
    run(ctx, { code }, attempt) {
      const session = requireSession(ctx)
      const { userId, enrolling } = session
      if (!enrolling || ctx.nowMs > enrolling.until) throw new AppError('WRONG_STATE')
      const step = stepOf(enrolling.seed, code, ctx.nowMs)
      if (step === null) throw new AppError('WRONG_CODE')
      dropFactors(ctx, userId, 'replaced')
      ctx.write.insert(secondFactor, {
        user_id: userId,
        seed: sealSeed(services, userId, enrolling.seed),
        confirmed_at: ctx.now,
      })
      // Steps spent under a former seed say nothing about this one.
      ctx.write.deleteLocal(secondFactorUse, { user_id: userId })
      spendStep(ctx, userId, step)
      forgiveTry(ctx, attempt)
      mayEnrolLater(ctx, userId)
      const recoveryCodes = makeRecoveryCodes(services, ctx, userId)
      notify(ctx, { to: { user: userId }, kind: 'second-factor-set', aboutUser: userId })
      const me = completeSignIn(services, ctx, session, 'password+totp')
      ctx.afterCommit(() => {
        enrolling.seed.fill(0)
        session.enrolling = null
        services.sessions.endAllOf(userId, session)
      })
      return { me, recoveryCodes }
    },
  })

export function newRecoveryCodes(services: Services, ctx: CommandContext): { recoveryCodes: string[] } {
  const { userId } = requireSession(ctx)
  if (!hasSecondFactor(ctx.read, userId)) throw new AppError('WRONG_STATE')
  return { recoveryCodes: makeRecoveryCodes(services, ctx, userId) }
}

/** A short password was good enough only beside the factor, so it is looked at again. */
export const removeFactor = (services: Services): PreparedHandler<Defs['removeFactor'], Proof> =>
  prepared<Defs['removeFactor'], Proof>({
    async prepare(ctx, { password }) {
      const proof = await proveSelf(services, ctx, password)
      requireGoodPassword(services, ctx.read, proof.account, password, 'alone')
      return proof
    },
    run(ctx, _input, proof): Me {
      requireUnchanged(ctx, proof)
      const session = requireSession(ctx)
      const { userId } = session
      if (!hasSecondFactor(ctx.read, userId)) throw new AppError('WRONG_STATE')
      dropFactors(ctx, userId, 'removed by its owner')
      dropRecoveryCodes(ctx, userId, 'factor removed')
      notify(ctx, { to: { user: userId }, kind: 'second-factor-removed', aboutUser: userId })
      ctx.afterCommit(() => {
        services.sessions.endAllOf(userId, session)
        ctx.setSession(services.sessions.renew(session))
      })
      return meOfSession(services, ctx.read, session)
    },
  })

export function resetFactor(services: Services, ctx: CommandContext, { userId }: { userId: string }) {
  requireAccount(ctx, userId)
  if (!hasSecondFactor(ctx.read, userId)) throw new AppError('WRONG_STATE')
  endFactor(ctx, userId, 'reset by an administrator')
  notify(ctx, { to: { user: userId }, kind: 'second-factor-reset', aboutUser: ctx.actor.userId })
  const own = ctx.session?.userId === userId ? ctx.session : undefined
  ctx.afterCommit(() => services.sessions.endAllOf(userId, own))
  return { done: true as const }
}

/** Without it and its codes; whoever signs in as this person next sets a new one up before anything else. */
export function endFactor(ctx: CommandContext, userId: string, reason: string): void {
  if (!hasSecondFactor(ctx.read, userId)) return
  dropFactors(ctx, userId, reason)
  dropRecoveryCodes(ctx, userId, reason)
  const start = ctx.read.get(q.signInStartOf, { user: userId })
  if (start) ctx.write.update(signInStart, start.id, 'any', { must_enrol: 1 })
  else ctx.write.insert(signInStart, { user_id: userId, first_at: ctx.now, must_enrol: 1 })
}

function mayEnrolLater(ctx: CommandContext, userId: string): void {
  const start = ctx.read.get(q.signInStartOf, { user: userId })
  if (start?.must_enrol === 1) ctx.write.update(signInStart, start.id, 'any', { must_enrol: 0 })
}

function dropFactors(ctx: CommandContext, userId: string, reason: string): void {
  for (const { id } of ctx.read.all(q.factorsOf, { user: userId }))
    ctx.write.void(secondFactor, id, 'any', reason)
}

function requireAccount(ctx: CommandContext, userId: string): Account {
  const account = accountById(ctx.read, userId)
  if (!account) throw new AppError('NOT_FOUND')
  return account
}
