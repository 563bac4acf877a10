// Adding, changing and ending accounts. Admins hand out one-time codes; they never learn a password.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { clearTries, dropPin, endFactor } from '#modules/session/main/api.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { UserId } from '#shared/ids.ts'
import type { Role } from '#shared/permissions.ts'
import type { people, Person } from '../shared/contract.ts'
import {
  type Account,
  accountById,
  accountByUsername,
  createAccount,
  inHatOrder,
  isStaff,
  rolesOf,
  setRoles,
} from './accounts.ts'
import { codeDigest, codeHours, codeMinutesNow, newCode } from './one-time-code.ts'
import * as q from './queries.ts'
import { userAccount } from './tables.ts'

type In<P extends keyof (typeof people)['procedures']> = InputOf<(typeof people)['procedures'][P]>
type WithCode = { person: Person; code: string; expiresAt: string }

/** Names that belong to a desk instead of a person (AUTH-01). */
const shared = new Set(
  'admin administrator anonymous default demo everyone guest root service shared staff system test user users'.split(
    ' ',
  ),
)

export function list({ read, now }: QueryContext): Person[] {
  const roles = grantsByUser(read)
  const seen = new Map(read.all(q.lastSignIns, {}).map((row) => [row.user_id, row.last_at]))
  return read
    .all(q.allAccounts, {})
    .map((account) => toPerson(account, roles.get(account.id) ?? [], seen.get(account.id) ?? null, now))
}

export function directory({ read }: QueryContext): { id: UserId; name: string; roles: Role[] }[] {
  const roles = grantsByUser(read)
  return read
    .all(q.allAccounts, {})
    .filter((account) => account.active === 1)
    .map((account) => ({
      id: account.id as UserId,
      name: account.name,
      roles: inHatOrder(roles.get(account.id) ?? []),
    }))
    .filter((person) => isStaff(person.roles))
}

export function create(services: Services, ctx: CommandContext, input: In<'create'>): WithCode {
  if (shared.has(input.username)) throw new AppError('INVALID_INPUT', { fields: ['username: shared name'] })
  if (accountByUsername(ctx.read, input.username)) throw new AppError('NAME_TAKEN')
  return giveCode(services, ctx, createAccount(ctx, services, input))
}

export function update(services: Services, ctx: CommandContext, input: In<'update'>): Person {
  const account = accountOf(ctx.read, input.id)
  if (account.active === 1 && !input.roles.includes('admin')) refuseLastAdmin(ctx, input.id)
  ctx.write.update(userAccount, input.id, input.rev, { name: input.name })
  setRoles(ctx, services, input.id, input.roles)
  ctx.afterCommit(() => {
    // The other hats of this person go on; the one taken away ends at once (SESS-06).
    for (const session of services.sessions.list()) {
      if (session.userId === input.id && !input.roles.includes(session.role)) services.sessions.end(session)
    }
  })
  return personOf(ctx, input.id)
}

export function deactivate(services: Services, ctx: CommandContext, input: In<'deactivate'>): Person {
  if (accountOf(ctx.read, input.id).active === 1) refuseLastAdmin(ctx, input.id)
  ctx.write.update(userAccount, input.id, input.rev, { active: 0, code_hash: null, code_expires_at: null })
  services.appendControl(ctx, {
    kind: 'account.end',
    user: input.id,
    by: ctx.actor.userId,
    reason: input.reason,
  })
  // Whoever comes back starts with a new factor, too.
  endFactor(ctx, input.id, 'access ended')
  dropPin(ctx, input.id)
  endAccess(services, ctx, input.id)
  return personOf(ctx, input.id)
}

export function reactivate(services: Services, ctx: CommandContext, input: In<'reactivate'>): WithCode {
  // Somebody was quicker: to kill the password that was set since would lock the person out again.
  if (accountOf(ctx.read, input.id).active === 1) throw new AppError('CONFLICT')
  ctx.write.update(userAccount, input.id, input.rev, { active: 1, verifier: null })
  services.appendControl(ctx, { kind: 'account.resume', user: input.id, by: ctx.actor.userId })
  return giveCode(services, ctx, input.id)
}

/**
 * The old password is dead at once: it may be in wrong hands. Only an admin's own goes on until the code is used,
 * or one lost slip of paper would close the clinic's only admin out.
 */
export function resetPassword(services: Services, ctx: CommandContext, input: In<'resetPassword'>): WithCode {
  const own = input.id === ctx.actor.userId
  ctx.write.update(userAccount, input.id, input.rev, own ? {} : { verifier: null })
  if (!own) endAccess(services, ctx, input.id)
  return giveCode(services, ctx, input.id, input.handedOver === 'now' ? codeMinutesNow : undefined)
}

function giveCode(
  services: Services,
  ctx: CommandContext,
  userId: string,
  minutes: number = codeHours * 60,
): WithCode {
  const code = newCode()
  const expiresAt = new Date(ctx.nowMs + minutes * 60_000).toISOString()
  ctx.write.update(userAccount, userId, 'any', {
    code_hash: codeDigest(services, userId, code),
    code_expires_at: expiresAt,
  })
  clearTries(services, ctx, accountOf(ctx.read, userId).username)
  return { person: personOf(ctx, userId), code, expiresAt }
}

/** Sessions and this PC's cold-start slot; other PCs drop theirs when the change reaches them. */
function endAccess(services: Services, ctx: CommandContext, userId: string): void {
  ctx.afterCommit(() => {
    services.sessions.endAllOf(userId)
    try {
      services.slots.remove(userId)
    } catch (error) {
      // The last slot stays, or nobody could open the clinic here again. It opens the file, not a session.
      if (!(error instanceof AppError)) throw error
    }
  })
}

function refuseLastAdmin(ctx: CommandContext, userId: string): void {
  if (!rolesOf(ctx.read, userId).includes('admin')) return
  if (!ctx.read.get(q.otherAdmins, { except: userId, actor: ctx.actor.userId }))
    throw new AppError('LAST_ADMIN')
}

function accountOf(read: Reader, id: string): Account {
  const account = accountById(read, id)
  if (!account) throw new AppError('NOT_FOUND')
  return account
}

function personOf({ read, now }: QueryContext, id: string): Person {
  const seen = read.all(q.lastSignIns, {}).find((row) => row.user_id === id)
  return toPerson(accountOf(read, id), rolesOf(read, id), seen?.last_at ?? null, now)
}

function toPerson(
  account: Account,
  roles: readonly string[],
  lastSignInAt: string | null,
  now: string,
): Person {
  const waiting =
    account.code_hash !== null && account.code_expires_at !== null && account.code_expires_at > now
  return {
    id: account.id as UserId,
    rev: account.rev,
    username: account.username,
    name: account.name,
    roles: inHatOrder(roles),
    active: account.active === 1,
    credential: account.verifier !== null ? 'set' : waiting ? 'waiting' : 'none',
    lastSignInAt,
  }
}

function grantsByUser(read: Reader): Map<string, string[]> {
  const byUser = new Map<string, string[]>()
  for (const { user_id, role } of read.all(q.allGrants, {})) {
    const known = byUser.get(user_id)
    if (known) known.push(role)
    else byUser.set(user_id, [role])
  }
  return byUser
}
