// The own password: changing it, and setting it with a one-time code.
import { type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services, SlotChange } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import {
  type Account,
  accountById,
  accountByUsername,
  codeDigest,
  isStaff,
  isSameDigest,
  rolesOf,
  setFirstCredential,
  setVerifier,
} from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { minimumLength, passwordFault } from '#shared/password-rules.ts'
import type { session as contract } from '../shared/contract.ts'
import { followedBySlot } from './follow-slot.ts'
import {
  normalUsername,
  openKey,
  ownAccount,
  type Proof,
  proveSelf,
  requireSession,
  requireUnchanged,
  rewrap,
} from './proof.ts'
import { hasSecondFactor } from './policy.ts'
import { beginTry, forgiveTry } from './tries.ts'

type Defs = (typeof contract)['procedures']

interface Hashed {
  readonly verifier: string
  readonly keyEncryptionKey: Uint8Array
}

interface Change {
  readonly proof: Proof
  readonly hashed: Hashed
  readonly slot: SlotChange | null
}

export const changePassword = (services: Services): PreparedHandler<Defs['changePassword'], Change> =>
  prepared<Defs['changePassword'], Change>({
    async prepare(ctx, input) {
      requireGoodPassword(services, ctx.read, ownAccount(ctx), input.newPassword)
      const proof = await proveSelf(services, ctx, input.oldPassword)
      return { proof, ...(await hashAndSlot(services, ctx.read, proof.account, input.newPassword)) }
    },
    run: followedBySlot((ctx, _input, { proof, hashed }) => {
      requireUnchanged(ctx, proof)
      const userId = proof.account.id
      const session = requireSession(ctx)
      const key = openKey(ctx.read, userId, proof.keyEncryptionKey)
      setVerifier(ctx, userId, hashed.verifier)
      const signingKey = key ? rewrap(ctx, userId, key, hashed.keyEncryptionKey) : null
      ctx.afterCommit(() => {
        services.sessions.endAllOf(userId, session)
        if (signingKey) {
          session.signingKey?.privateKey.fill(0)
          session.signingKey = signingKey
        }
        ctx.setSession(services.sessions.renew(session))
      })
      return { done: true as const }
    }),
  })

interface FirstPassword {
  readonly userId: string
  readonly hashed: Hashed
  readonly slot: SlotChange | null
}

export const setPassword = (services: Services): PreparedHandler<Defs['setPassword'], FirstPassword> =>
  prepared<Defs['setPassword'], FirstPassword>({
    async prepare(ctx, input) {
      const username = normalUsername(input.username)
      const account = accountByUsername(ctx.read, username)
      const attempt = beginTry(services, ctx, username, account !== undefined, 'code')
      if (!account || !codeHolds(services, account, input.code, ctx.now))
        throw new AppError('ONE_TIME_CODE_WRONG')
      ctx.outside((inner) => forgiveTry(inner, attempt))
      // Only now: a weak choice must neither cost the code nor tell that the name exists.
      requireGoodPassword(services, ctx.read, account, input.newPassword)
      return { userId: account.id, ...(await hashAndSlot(services, ctx.read, account, input.newPassword)) }
    },
    run: followedBySlot((ctx, input, { userId, hashed }) => {
      // Read again: of two who use one code at once, one gets in.
      const account = accountById(ctx.read, userId)
      if (!account || !codeHolds(services, account, input.code, ctx.now))
        throw new AppError('ONE_TIME_CODE_WRONG')
      setFirstCredential(ctx, account.id, hashed).privateKey.fill(0)
      ctx.afterCommit(() => services.sessions.endAllOf(account.id))
      return { done: true as const }
    }),
  })

function codeHolds(services: Services, account: Account, code: string, now: string): boolean {
  const digest = codeDigest(services, account.id, code)
  return (
    account.active === 1 &&
    account.code_hash !== null &&
    account.code_expires_at !== null &&
    account.code_expires_at > now &&
    isSameDigest(digest, account.code_hash)
  )
}

/**
 * The demo clinic's passwords are printed on its sign-in screen; there is nothing to guess. Beside a second factor eight
 * characters are enough; `alone`: as if there were none.
 */
export function requireGoodPassword(
  services: Services,
  read: Reader,
  account: Account,
  password: string,
  beside: 'factor' | 'alone' = 'factor',
): void {
  const clinic = clinicOf(read)
  if (clinic.isDemo) return
  const passwordOnly = services.slots.warnings().includes('password-only')
  const hasFactor = beside === 'factor' && hasSecondFactor(read, account.id)
  const fault = passwordFault(password, {
    passwordOnly,
    hasFactor,
    names: [account.username, account.name, clinic.name],
  })
  if (fault)
    throw new AppError('PASSWORD_TOO_WEAK', { fault, minimum: minimumLength({ passwordOnly, hasFactor }) })
}

/** The cold-start slot must follow the password, or the old one would go on opening the clinic's file. */
async function hashAndSlot(services: Services, read: Reader, account: Account, password: string) {
  const hashed = await services.passwords.hash(password)
  const slot = isStaff(rolesOf(read, account.id))
    ? await services.slots.add(account.id, account.username, password)
    : null
  return { hashed, slot }
}
