// PINs of this computer: a quick way back for somebody who fully signed in here within twelve hours (SECURITY 3.5).
// Six digits are safe only because of five tries and because the verifier never leaves this computer.
import {
  type CommandContext,
  type PrepareContext,
  type PreparedHandler,
  prepared,
} from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { accountById, accountByUsername } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { Me, session as contract } from '../shared/contract.ts'
import { isPinGood } from '../shared/pin-contract.ts'
import { normalUsername, requireSession } from './proof.ts'
import { forgivePinFailures } from './pin-tries.ts'
import * as q from './queries.ts'
import { meOfSession, startSession } from './start.ts'
import { devicePin } from './tables.ts'
import { beginTry, forgiveTry, type Try } from './tries.ts'

type Defs = (typeof contract)['procedures']

const freeTries = 5

export function pinState(read: Reader, userId: string): 'none' | 'set' | 'blocked' {
  const pin = read.get(q.pinOf, { user: userId })
  if (!pin) return 'none'
  return pin.failures >= freeTries ? 'blocked' : 'set'
}

export const setPin = (services: Services): PreparedHandler<Defs['setPin'], string> =>
  prepared<Defs['setPin'], string>({
    async prepare(ctx, { pin }) {
      requireDesk(ctx)
      if (!isPinGood(pin)) throw new AppError('PASSWORD_TOO_WEAK', { fault: 'pin' })
      const { verifier, keyEncryptionKey } = await services.passwords.hash(pin)
      keyEncryptionKey.fill(0)
      return verifier
    },
    run(ctx, _input, verifier) {
      const { userId } = requireSession(ctx)
      ctx.write.putLocal(devicePin, { user_id: userId, verifier, failures: 0, set_at: ctx.now })
      return { done: true as const }
    },
  })

export function removePin(ctx: CommandContext) {
  dropPin(ctx, requireSession(ctx).userId)
  return { done: true as const }
}

export function dropPin(ctx: CommandContext, userId: string): void {
  ctx.write.deleteLocal(devicePin, { user_id: userId })
}

interface PinProof {
  readonly userId: string
  readonly verifier: string
  readonly attempt: Try
}

export const pinSignIn = (services: Services): PreparedHandler<Defs['pinSignIn'], PinProof> =>
  prepared<Defs['pinSignIn'], PinProof>({
    async prepare(ctx, input) {
      requireDesk(ctx)
      const username = normalUsername(input.username)
      const account = accountByUsername(ctx.read, username)
      const attempt = beginTry(services, ctx, username, account !== undefined, 'pin')
      if (account?.active !== 1 || !services.sessions.mayUsePin(account.id)) throw new AppError('PIN_NOT_NOW')
      const verifier = ctx.outside((inner) => countPinTry(inner, account.id))
      const proven = await services.passwords.verify(input.pin, verifier)
      if (!proven) throw new AppError('WRONG_PASSWORD')
      proven.keyEncryptionKey.fill(0)
      return { userId: account.id, verifier, attempt }
    },
    run(ctx, _input, { userId, verifier, attempt }): Me {
      const pin = ctx.read.get(q.pinOf, { user: userId })
      const isActive = accountById(ctx.read, userId)?.active === 1
      // Meanwhile somebody may have ended the account, its sessions or this PIN.
      if (!isActive || pin?.verifier !== verifier || !services.sessions.mayUsePin(userId))
        throw new AppError('PIN_NOT_NOW')
      forgivePinFailures(ctx, userId)
      forgiveTry(ctx, attempt)
      const own = ctx.session
      if (own?.userId !== userId || own.pending)
        return startSession(services, ctx, { userId, method: 'pin', assurance: 'two' })
      // The same person at the same window goes on where they were.
      ctx.afterCommit(() => {
        own.locked = false
        services.sessions.touch(own)
        ctx.setSession(services.sessions.renew(own))
      })
      return meOfSession(services, ctx.read, own, { locked: false })
    },
  })

/** Counted before the PIN is looked at, so that many at once do not outrun the count. Returns the verifier. */
function countPinTry(ctx: CommandContext, userId: string): string {
  const pin = ctx.read.get(q.pinOf, { user: userId })
  if (!pin || pin.failures >= freeTries) throw new AppError('PIN_NOT_NOW')
  ctx.write.putLocal(devicePin, { user_id: userId, ...pin, failures: pin.failures + 1 })
  return pin.verifier
}

/** Windows of this computer only: over the network six digits are nothing. */
function requireDesk(ctx: PrepareContext): void {
  if (ctx.door !== 'ipc') throw new AppError('FORBIDDEN')
}
