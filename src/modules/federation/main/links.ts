// Which identity outside is which account here. Nobody is created and nothing but issuer and subject is taken over.
import { createHash } from 'node:crypto'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { accountById } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { formatUuidV7, type UserId } from '#shared/ids.ts'
import type { Identity, Passkey } from '../shared/contract.ts'
import { allPasskeys, passkeyOf } from './passkey-rows.ts'
import { providerFacts } from './provider.ts'
import { externalIdentity } from './tables.ts'

const columns = ['id', 'issuer', 'subject', 'user_id', 'hint', 'linked_at', 'voided_at'] as const

const byId = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('external_identity').select(columns).where('id', '=', p.id),
)
const byUser = preparedQuery<{ user: string }>()((db, p) =>
  db
    .selectFrom('external_identity')
    .select(columns)
    .where('user_id', '=', p.user)
    .where('voided_at', 'is', null)
    .orderBy('linked_at'),
)
const all = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('external_identity').select(columns).where('voided_at', 'is', null).orderBy('linked_at'),
)

/** Both parts, so that the same subject at another issuer is somebody else. */
const idOf = (issuer: string, subject: string): string =>
  formatUuidV7(
    0,
    createHash('sha256')
      .update(JSON.stringify(['external-identity', issuer, subject]))
      .digest()
      .subarray(0, 10),
  )

export function identityOf(
  read: Reader,
  issuer: string,
  subject: string,
): { readonly userId: string } | null {
  const row = read.get(byId, { id: idOf(issuer, subject) })
  const isHere = row?.voided_at === null && row.issuer === issuer && row.subject === subject
  return row && isHere ? { userId: row.user_id } : null
}

const identityFrom = (row: NonNullable<ReturnType<typeof rowOf>>): Identity => ({
  id: row.id,
  issuer: row.issuer,
  subject: row.subject,
  hint: row.hint,
  linkedAt: row.linked_at,
})
const rowOf = (read: Reader, id: string) => read.get(byId, { id })

export const identitiesOf = (read: Reader, userId: string): Identity[] =>
  read.all(byUser, { user: userId }).map(identityFrom)

interface Who {
  readonly issuer: string
  readonly subject: string
  readonly hint: string | null
}

export function linkIdentity(ctx: CommandContext, userId: string, who: Who): Identity {
  const id = idOf(who.issuer, who.subject)
  const before = rowOf(ctx.read, id)
  if (before && before.voided_at === null) throw new AppError('DUPLICATE')
  const link = { user_id: userId, hint: who.hint, linked_at: ctx.now, linked_by: ctx.actor.userId }
  if (before) {
    ctx.write.restore(externalIdentity, id, 'any')
    ctx.write.update(externalIdentity, id, 'any', link)
  } else ctx.write.insert(externalIdentity, { id, issuer: who.issuer, subject: who.subject, ...link })
  // A new way into an account is told to whose it is, whoever made it.
  notify(ctx, { to: { user: userId }, kind: 'sign-in-linked', aboutUser: userId })
  return { id, issuer: who.issuer, subject: who.subject, hint: who.hint, linkedAt: ctx.now }
}

export function link(ctx: CommandContext, input: { userId: string; subject: string }): Identity {
  const facts = providerFacts(ctx.read)
  if (!facts) throw new AppError('WRONG_STATE')
  if (accountById(ctx.read, input.userId)?.active !== 1) throw new AppError('NOT_FOUND')
  return linkIdentity(ctx, input.userId, { issuer: facts.issuer, subject: input.subject, hint: null })
}

export function unlink(ctx: CommandContext, { id }: { id: string }, only?: string) {
  const row = rowOf(ctx.read, id)
  if (row?.voided_at !== null || (only !== undefined && row.user_id !== only)) throw new AppError('NOT_FOUND')
  ctx.write.void(externalIdentity, id, 'any', 'link taken away')
  return { done: true as const }
}

export function links({ read }: QueryContext) {
  const people = new Map<string, { identities: Identity[]; passkeys: Passkey[] }>()
  const of = (userId: string) => {
    const found = people.get(userId) ?? { identities: [], passkeys: [] }
    people.set(userId, found)
    return found
  }
  for (const row of read.all(all, {})) of(row.user_id).identities.push(identityFrom(row))
  for (const row of allPasskeys(read)) of(row.user_id).passkeys.push(passkeyOf(read, row))
  return {
    people: [...people.entries()]
      .flatMap(([userId, has]) => {
        const account = accountById(read, userId)
        return account
          ? [{ userId: userId as UserId, name: account.name, username: account.username, ...has }]
          : []
      })
      .sort((a, b) => a.name.localeCompare(b.name)),
  }
}
