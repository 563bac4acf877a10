// Signing in and unlocking.
import { type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services, SlotChange } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { type Account, accountByUsername, isStaff, rolesOf } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { Me, session as contract } from '../shared/contract.ts'
import { followedBySlot } from './follow-slot.ts'
import {
  normalUsername,
  type Proof,
  prove,
  proveSelf,
  requireSession,
  requireUnchanged,
  strengthen,
} from './proof.ts'
import { meOfSession, startSession } from './start.ts'

type Defs = (typeof contract)['procedures']

interface SignIn {
  readonly proof: Proof
  readonly slot: SlotChange | null
}

export const signIn = (services: Services): PreparedHandler<Defs['signIn'], SignIn> =>
  prepared<Defs['signIn'], SignIn>({
    async prepare(ctx, input) {
      const username = normalUsername(input.username)
      const account = accountByUsername(ctx.read, username)
      const proof = await prove(services, ctx, account, username, input.password)
      return { proof, slot: await settleSlot(services, ctx.read, proof.account, input.password) }
    },
    run: followedBySlot((ctx, _input, { proof }): Me => {
      requireUnchanged(ctx, proof)
      const { account } = proof
      return startSession(services, ctx, {
        userId: account.id,
        method: 'password',
        assurance: 'one',
        signingKey: strengthen(ctx, proof),
      })
    }),
  })

/**
 * Staff's first sign-in at an open clinic makes the slot with which they can open it cold next time (DESIGN 5); a later
 * one tidies up after a change of password that was cut short.
 */
async function settleSlot(
  services: Services,
  read: Reader,
  account: Account,
  password: string,
): Promise<SlotChange | null> {
  if (!isStaff(rolesOf(read, account.id))) return null
  try {
    return await services.slots.settle(account.id, account.username, password)
  } catch (error) {
    // Too short for a PC without a keychain, or the keychain is locked: the person can work, and a colleague opens cold.
    if (!(error instanceof AppError)) throw error
    return null
  }
}

export const unlock = (services: Services): PreparedHandler<Defs['unlock'], Proof> =>
  prepared<Defs['unlock'], Proof>({
    prepare: (ctx, input) => proveSelf(services, ctx, input.password),
    run(ctx, _input, proof): Me {
      requireUnchanged(ctx, proof)
      const session = requireSession(ctx)
      const opened = strengthen(ctx, proof)
      ctx.afterCommit(() => {
        session.signingKey?.privateKey.fill(0)
        session.signingKey = opened
        session.locked = false
        services.sessions.touch(session)
        services.sessions.prove(session)
        ctx.setSession(services.sessions.renew(session))
      })
      return meOfSession(services, ctx.read, session, { locked: false, canSign: opened !== null })
    },
  })
