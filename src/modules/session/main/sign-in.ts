// Signing in, unlocking, setting and changing the own password. Hashing happens in `prepare`, before the transaction.
import { openSigningKey, wrapSigningKey } from '#core/keys/signing-key.ts'
import {
  type CommandContext,
  type PrepareContext,
  type PreparedHandler,
  prepared,
} from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import {
  type Account,
  accountById,
  accountByUsername,
  codeDigest,
  insertSigningKey,
  isSameDigest,
  newestSigningKey,
  type OpenSigningKey,
  rolesOf,
  setFirstCredential,
  setVerifier,
} from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { passwordFault, passwordLimits } from '#shared/password-rules.ts'
import type { Role } from '#shared/permissions.ts'
import { type Me, session as contract } from '../shared/contract.ts'
import { meOf } from './me.ts'
import { recentSignIn } from './tables.ts'
import { beginTry, forgiveTry, takeBackTry } from './tries.ts'

type Defs = (typeof contract)['procedures']

interface Proof {
  readonly account: Account
  readonly keyEncryptionKey: Uint8Array
  /** The verifier in today's strength, where the stored one is weaker (AUTH-03). */
  readonly stronger: { readonly verifier: string; readonly keyEncryptionKey: Uint8Array } | null
}

/** Same answer and same work for a wrong password, an unknown name and a person who has left (AUTH-08). */
async function prove(
  services: Services,
  ctx: PrepareContext,
  account: Account | undefined,
  username: string,
  password: string,
): Promise<Proof> {
  const attempt = beginTry(services, ctx, username, account !== undefined, 'password')
  const proof = await services.passwords
    .verify(password, account?.verifier ?? null)
    .catch((error: unknown) => {
      // Nobody looked at the password, so it was not wrong.
      ctx.outside((inner) => takeBackTry(inner, attempt))
      throw error
    })
  if (!proof || !account || account.active !== 1) throw new AppError('WRONG_PASSWORD')
  ctx.outside((inner) => forgiveTry(inner, attempt))
  const stronger = proof.outdated ? await services.passwords.hash(password) : null
  return { account, keyEncryptionKey: proof.keyEncryptionKey, stronger }
}

/** Between the proof and the transaction somebody may have reset or ended the account. */
function requireUnchanged(ctx: CommandContext, proof: Proof): void {
  const now = accountById(ctx.read, proof.account.id)
  if (now?.active !== 1 || now.verifier !== proof.account.verifier) throw new AppError('WRONG_PASSWORD')
}

function openKey(
  read: Reader,
  userId: string,
  keyEncryptionKey: Uint8Array,
): (OpenSigningKey & { publicKey: Uint8Array }) | null {
  const row = newestSigningKey(read, userId)
  const privateKey = row ? openSigningKey(userId, keyEncryptionKey, row.wrapped_private) : null
  return row && privateKey ? { keyId: row.id, privateKey, publicKey: row.public_key } : null
}

/** Puts the signing key under another key; the pair and so every old signature stay as they are. */
function rewrap(
  ctx: CommandContext,
  userId: string,
  key: OpenSigningKey & { publicKey: Uint8Array },
  keyEncryptionKey: Uint8Array,
): OpenSigningKey {
  const wrapped = wrapSigningKey(userId, keyEncryptionKey, key.privateKey)
  return { keyId: insertSigningKey(ctx, userId, key.publicKey, wrapped), privateKey: key.privateKey }
}

function strengthen(ctx: CommandContext, proof: Proof): OpenSigningKey | null {
  const key = openKey(ctx.read, proof.account.id, proof.keyEncryptionKey)
  if (!proof.stronger) return key
  setVerifier(ctx, proof.account.id, proof.stronger.verifier)
  return key ? rewrap(ctx, proof.account.id, key, proof.stronger.keyEncryptionKey) : null
}

const staff: readonly Role[] = ['admin', 'doctor', 'nurse', 'reception', 'lab', 'billing']

export const signIn = (services: Services): PreparedHandler<Defs['signIn'], Proof> =>
  prepared<Defs['signIn'], Proof>({
    async prepare(ctx, input) {
      const username = normalUsername(input.username)
      const account = accountByUsername(ctx.read, username)
      const proof = await prove(services, ctx, account, username, input.password)
      await putFirstSlot(services, ctx.read, proof.account, input.password)
      return proof
    },
    run(ctx, _input, proof): Me {
      requireUnchanged(ctx, proof)
      const { account } = proof
      const role = rolesOf(ctx.read, account.id)[0]
      if (!role) throw new AppError('WRONG_PASSWORD')
      const signingKey = strengthen(ctx, proof)
      ctx.write.putLocal(recentSignIn, { user_id: account.id, door: ctx.door, last_at: ctx.now })
      ctx.afterCommit(() => {
        // Switching user at a window ends the former person's session there (SESS-01: no token lives on).
        if (ctx.session) services.sessions.end(ctx.session)
        const { token } = services.sessions.start({ userId: account.id, door: ctx.door, role, signingKey })
        ctx.setSession(token)
      })
      return meOf(ctx.read, {
        userId: account.id,
        role,
        door: ctx.door,
        locked: false,
        signedInAt: ctx.now,
        canSign: signingKey !== null,
      })
    },
  })

/** A person's first sign-in at an open clinic makes the slot with which they can open it cold next time (DESIGN 5). */
async function putFirstSlot(
  services: Services,
  read: Reader,
  account: Account,
  password: string,
): Promise<void> {
  if (services.slots.has(account.id) || !rolesOf(read, account.id).some((role) => staff.includes(role)))
    return
  try {
    await services.slots.put(account.id, account.username, password)
  } catch (error) {
    // Too short for a PC without a keychain, or the keychain is locked: the person can work, and a colleague opens cold.
    if (!(error instanceof AppError)) throw error
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
        ctx.setSession(services.sessions.renew(session))
      })
      return meOf(ctx.read, {
        userId: session.userId,
        role: session.role,
        door: session.door,
        locked: false,
        signedInAt: new Date(session.startedAt).toISOString(),
        canSign: opened !== null,
      })
    },
  })

async function proveSelf(services: Services, ctx: PrepareContext, password: string): Promise<Proof> {
  const account = ownAccount(ctx)
  return await prove(services, ctx, account, account.username, password)
}

function ownAccount({ read, actor }: PrepareContext): Account {
  const account = accountById(read, actor.userId)
  if (!account) throw new AppError('NOT_SIGNED_IN')
  return account
}

interface Change {
  readonly proof: Proof
  readonly hashed: { readonly verifier: string; readonly keyEncryptionKey: Uint8Array }
}

export const changePassword = (services: Services): PreparedHandler<Defs['changePassword'], Change> =>
  prepared<Defs['changePassword'], Change>({
    async prepare(ctx, input) {
      requireGoodPassword(services, ctx.read, ownAccount(ctx), input.newPassword)
      const proof = await proveSelf(services, ctx, input.oldPassword)
      return { proof, hashed: await hashAndSlot(services, ctx.read, proof.account, input.newPassword) }
    },
    run(ctx, _input, { proof, hashed }) {
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
    },
  })

interface FirstPassword {
  readonly userId: string
  readonly hashed: Change['hashed']
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
      return { userId: account.id, hashed: await hashAndSlot(services, ctx.read, account, input.newPassword) }
    },
    run(ctx, input, { userId, hashed }) {
      // Read again: of two who use one code at once, one gets in.
      const account = accountById(ctx.read, userId)
      if (!account || !codeHolds(services, account, input.code, ctx.now))
        throw new AppError('ONE_TIME_CODE_WRONG')
      setFirstCredential(ctx, account.id, hashed).privateKey.fill(0)
      ctx.afterCommit(() => services.sessions.endAllOf(account.id))
      return { done: true as const }
    },
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

/** The demo clinic's passwords are printed on its sign-in screen; there is nothing to guess. */
function requireGoodPassword(services: Services, read: Reader, account: Account, password: string): void {
  const clinic = clinicOf(read)
  if (clinic.isDemo) return
  const passwordOnly = services.slots.warnings().includes('password-only')
  const fault = passwordFault(password, {
    passwordOnly,
    names: [account.username, account.name, clinic.name],
  })
  if (!fault) return
  const minimum = passwordOnly ? passwordLimits.minimumPasswordOnly : passwordLimits.minimum
  throw new AppError('PASSWORD_TOO_WEAK', { fault, minimum })
}

/** The cold-start slot must follow the password, or the old one would go on opening the clinic's file. */
async function hashAndSlot(services: Services, read: Reader, account: Account, password: string) {
  const hashed = await services.passwords.hash(password)
  if (rolesOf(read, account.id).some((role) => staff.includes(role))) {
    await services.slots.put(account.id, account.username, password)
  }
  return hashed
}

const normalUsername = (typed: string): string => typed.trim().toLowerCase()

function requireSession(ctx: CommandContext) {
  if (!ctx.session) throw new AppError('NOT_SIGNED_IN')
  return ctx.session
}
