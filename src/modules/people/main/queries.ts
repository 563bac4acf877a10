// Reads of accounts, role grants and signing keys.
import { preparedQuery } from '#core/store/reader.ts'

const account = [
  'id',
  'rev',
  'username',
  'name',
  'locale',
  'verifier',
  'code_hash',
  'code_expires_at',
  'active',
] as const

export const accountById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('user_account').select(account).where('id', '=', p.id).where('voided_at', 'is', null),
)
export const accountByUsername = preparedQuery<{ username: string }>()((db, p) =>
  db
    .selectFrom('user_account')
    .select(account)
    .where('username', '=', p.username)
    .where('voided_at', 'is', null)
    .orderBy('id')
    .limit(1),
)
export const allAccounts = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('user_account').select(account).where('voided_at', 'is', null).orderBy('name').orderBy('id'),
)
export const grantsOf = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('role_grant')
    .select(['id', 'role'])
    .where('user_id', '=', p.id)
    .where('voided_at', 'is', null),
)
export const allGrants = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('role_grant').select(['user_id', 'role']).where('voided_at', 'is', null),
)
/** Admins who can act: active, and with a password. The one who asks has proved it. */
export const otherAdmins = preparedQuery<{ except: string; actor: string }>()((db, p) =>
  db
    .selectFrom('role_grant as g')
    .innerJoin('user_account as u', 'u.id', 'g.user_id')
    .select('u.id')
    .where('g.role', '=', 'admin')
    .where('g.voided_at', 'is', null)
    .where('u.voided_at', 'is', null)
    .where('u.active', '=', 1)
    .where('u.id', '<>', p.except)
    .where((eb) => eb.or([eb('u.verifier', 'is not', null), eb('u.id', '=', p.actor)]))
    .limit(1),
)
export const newestSigningKey = preparedQuery<{ user: string }>()((db, p) =>
  db
    .selectFrom('user_signing_key')
    .select(['id', 'public_key', 'wrapped_private'])
    .where('user_id', '=', p.user)
    .where('voided_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1),
)
/** One line per person and door: bounded by the number of accounts. */
export const lastSignIns = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('recent_sign_in')
    .select((eb) => ['user_id', eb.fn.max('last_at').as('last_at')])
    .groupBy('user_id'),
)
export const nameOfUser = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('user_account').select('name').where('id', '=', p.id),
)

export const signingKeyById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('user_signing_key').select(['user_id', 'public_key']).where('id', '=', p.id),
)
