// Proving a password, and opening the signing key with it. Hashing happens here, before any transaction.
import { openSigningKey, wrapSigningKey } from '#core/keys/signing-key.ts'
import type { CommandContext, PrepareContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Session } from '#core/rpc/session.ts'
import type { Reader } from '#core/store/reader.ts'
import {
  type Account,
  accountById,
  insertSigningKey,
  newestSigningKey,
  type OpenSigningKey,
  setVerifier,
} from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { beginTry, forgiveTry, takeBackTry } from './tries.ts'

export interface Proof {
  readonly account: Account
  readonly keyEncryptionKey: Uint8Array
  /** The verifier in today's strength, where the stored one is weaker (AUTH-03). */
  readonly stronger: { readonly verifier: string; readonly keyEncryptionKey: Uint8Array } | null
}

/** Same answer and same work for a wrong password, an unknown name and a person who has left (AUTH-08). */
export async function prove(
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
export function requireUnchanged(ctx: CommandContext, proof: Proof): void {
  const now = accountById(ctx.read, proof.account.id)
  if (now?.active !== 1 || now.verifier !== proof.account.verifier) throw new AppError('WRONG_PASSWORD')
}

export function openKey(
  read: Reader,
  userId: string,
  keyEncryptionKey: Uint8Array,
): (OpenSigningKey & { publicKey: Uint8Array }) | null {
  const row = newestSigningKey(read, userId)
  const privateKey = row ? openSigningKey(userId, keyEncryptionKey, row.wrapped_private) : null
  return row && privateKey ? { keyId: row.id, privateKey, publicKey: row.public_key } : null
}

/** Puts the signing key under another key; the pair and so every old signature stay as they are. */
export function rewrap(
  ctx: CommandContext,
  userId: string,
  key: OpenSigningKey & { publicKey: Uint8Array },
  keyEncryptionKey: Uint8Array,
): OpenSigningKey {
  const wrapped = wrapSigningKey(userId, keyEncryptionKey, key.privateKey)
  return { keyId: insertSigningKey(ctx, userId, key.publicKey, wrapped), privateKey: key.privateKey }
}

export function strengthen(ctx: CommandContext, proof: Proof): OpenSigningKey | null {
  const key = openKey(ctx.read, proof.account.id, proof.keyEncryptionKey)
  if (!proof.stronger) return key
  setVerifier(ctx, proof.account.id, proof.stronger.verifier)
  return key ? rewrap(ctx, proof.account.id, key, proof.stronger.keyEncryptionKey) : null
}

export async function proveSelf(services: Services, ctx: PrepareContext, password: string): Promise<Proof> {
  const account = ownAccount(ctx)
  return await prove(services, ctx, account, account.username, password)
}

export function ownAccount({ read, actor }: PrepareContext): Account {
  const account = accountById(read, actor.userId)
  if (!account) throw new AppError('NOT_SIGNED_IN')
  return account
}

export const normalUsername = (typed: string): string => typed.trim().toLowerCase()

export function requireSession(ctx: CommandContext): Session {
  if (!ctx.session) throw new AppError('NOT_SIGNED_IN')
  return ctx.session
}
