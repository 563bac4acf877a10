// Passkeys as rows.
import { createHash } from 'node:crypto'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { formatUuidV7 } from '#shared/ids.ts'
import type { Passkey } from '../shared/contract.ts'

const columns = [
  'id',
  'rev',
  'user_id',
  'credential_id',
  'public_key',
  'rp_id',
  'transports',
  'counter',
  'backed_up',
  'created_at',
  'name',
  'voided_at',
] as const

const byId = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('passkey').select(columns).where('id', '=', p.id),
)
const byUser = preparedQuery<{ user: string }>()((db, p) =>
  db
    .selectFrom('passkey')
    .select(columns)
    .where('user_id', '=', p.user)
    .where('voided_at', 'is', null)
    .orderBy('created_at'),
)
const all = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('passkey').select(columns).where('voided_at', 'is', null).orderBy('created_at'),
)
const useOf = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('passkey_use').select(['counter', 'last_at']).where('passkey_id', '=', p.id),
)

export type PasskeyRow = NonNullable<ReturnType<typeof passkeyRow>>

/** One row for one credential, whoever brings it. */
export const passkeyIdOf = (credentialId: string): string =>
  formatUuidV7(0, createHash('sha256').update(`passkey\0${credentialId}`).digest().subarray(0, 10))

/** Also one that was taken away. */
export const passkeyRow = (read: Reader, id: string) => read.get(byId, { id })
export const passkeysOf = (read: Reader, userId: string): PasskeyRow[] => read.all(byUser, { user: userId })
export const allPasskeys = (read: Reader): PasskeyRow[] => read.all(all, {})
export const lastUse = (read: Reader, id: string) => read.get(useOf, { id })

export function passkeyOf(read: Reader, row: PasskeyRow): Passkey {
  return {
    id: row.id,
    rev: row.rev,
    name: row.name,
    host: row.rp_id,
    createdAt: row.created_at,
    lastUsedAt: lastUse(read, row.id)?.last_at ?? null,
    backedUp: row.backed_up === 1,
  }
}
