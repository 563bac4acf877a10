// Accounts as rows: roles, grants, credentials, signing keys. Who may change them is decided by service.ts and the session module.
import { makeSigningKey } from '#core/keys/signing-key.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { isRole, type Role } from '#shared/permissions.ts'
import * as q from './queries.ts'
import { roleGrant, userAccount, userSigningKey } from './tables.ts'

export type Account = NonNullable<ReturnType<typeof accountById>>
type Control = Pick<Services, 'appendControl'>

/** The hat somebody puts on first: the most clinical one, admin last (SECURITY 4.1 rule 1). */
const hatOrder: readonly Role[] = [
  'doctor',
  'nurse',
  'reception',
  'lab',
  'billing',
  'patient',
  'civil',
  'researcher',
  'privacy',
  'admin',
]

/** Everybody who works at the clinic's own PCs; patients and people from outside do not. */
const staff: readonly Role[] = ['admin', 'doctor', 'nurse', 'reception', 'lab', 'billing', 'privacy']
export const isStaff = (held: readonly Role[]): boolean => held.some((role) => staff.includes(role))

export const accountById = (read: Reader, id: string) => read.get(q.accountById, { id })
export const accountByUsername = (read: Reader, username: string) =>
  read.get(q.accountByUsername, { username })

/** Everybody who may sign in. */
export const activeAccountIds = (read: Reader): string[] =>
  read.all(q.allAccounts, {}).flatMap((account) => (account.active === 1 ? [account.id] : []))

/** In hat order: the first is the one a session starts with. */
export function rolesOf(read: Reader, userId: string): Role[] {
  return inHatOrder(read.all(q.grantsOf, { id: userId }).map((grant) => grant.role))
}

/** Whoever gets hold of the account of another administrator could agree to the own requests with it (AUTHZ-08). */
export const isOtherAdmin = (read: Reader, userId: string, actorId: string): boolean =>
  userId !== actorId && rolesOf(read, userId).includes('admin')

export function inHatOrder(held: readonly string[]): Role[] {
  return [...new Set(held.filter(isRole))].sort((a, b) => hatOrder.indexOf(a) - hatOrder.indexOf(b))
}

/** Names of the people with these ids, former ones included. */
export function userNames(read: Reader, ids: readonly string[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const id of new Set(ids)) {
    const found = read.get(q.nameOfUser, { id })
    if (found) names.set(id, found.name)
  }
  return names
}

export interface NewAccount {
  readonly username: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly locale?: string | null
}

/** An account without a credential; the caller has checked that the name is free. */
export function createAccount(ctx: CommandContext, services: Control, account: NewAccount): string {
  const id = ctx.write.insert(userAccount, {
    username: account.username,
    name: account.name,
    locale: account.locale ?? null,
    active: 1,
  })
  for (const role of account.roles) grantRole(ctx, services, id, role)
  return id
}

/** Brings the grants of a person to exactly these roles. */
export function setRoles(
  ctx: CommandContext,
  services: Control,
  userId: string,
  wanted: readonly Role[],
): void {
  const held = ctx.read.all(q.grantsOf, { id: userId })
  for (const grant of held) {
    if (wanted.some((role) => role === grant.role)) continue
    ctx.write.void(roleGrant, grant.id, 'any', 'role withdrawn')
    services.appendControl(ctx, { kind: 'role.withdraw', user: userId, role: grant.role, by: actorId(ctx) })
  }
  for (const role of new Set(wanted)) {
    if (!held.some((grant) => grant.role === role)) grantRole(ctx, services, userId, role)
  }
}

function grantRole(ctx: CommandContext, services: Control, userId: string, role: Role): void {
  ctx.write.insert(roleGrant, { user_id: userId, role, granted_at: ctx.now, granted_by: actorId(ctx) })
  services.appendControl(ctx, { kind: 'role.grant', user: userId, role, by: actorId(ctx) })
}

/** Nobody acts in the transaction that creates the clinic. */
function actorId(ctx: CommandContext): string | null {
  const actor: CommandContext['actor'] | null = ctx.actor
  return actor?.userId ?? null
}

export interface OpenSigningKey {
  readonly keyId: string
  readonly privateKey: Uint8Array
}

/** A first password or one after a reset: with it starts a new key pair; old public keys stay to verify (DESIGN 5). */
export function setFirstCredential(
  ctx: CommandContext,
  userId: string,
  hashed: { readonly verifier: string; readonly keyEncryptionKey: Uint8Array },
): OpenSigningKey {
  setVerifier(ctx, userId, hashed.verifier)
  const made = makeSigningKey(userId, hashed.keyEncryptionKey)
  const keyId = insertSigningKey(ctx, userId, made.publicKey, made.wrappedPrivate)
  return { keyId, privateKey: made.privateKey }
}

/** Ends any open one-time code. */
export function setVerifier(ctx: CommandContext, userId: string, verifier: string): void {
  ctx.write.update(userAccount, userId, 'any', {
    verifier,
    code_hash: null,
    code_expires_at: null,
    credential_changed_at: ctx.now,
  })
}

/** Signing keys are append-only: a new wrap of the same pair is a new row under the same public key. */
export function insertSigningKey(
  ctx: CommandContext,
  userId: string,
  publicKey: Uint8Array,
  wrappedPrivate: Uint8Array,
): string {
  return ctx.write.insert(userSigningKey, {
    user_id: userId,
    public_key: publicKey,
    wrapped_private: wrappedPrivate,
    created_at: ctx.now,
  })
}

export const newestSigningKey = (read: Reader, userId: string) =>
  read.get(q.newestSigningKey, { user: userId })

/** The public half a signature is checked with, and whose it is. */
export const signingKeyOf = (read: Reader, keyId: string) => read.get(q.signingKeyById, { id: keyId })
