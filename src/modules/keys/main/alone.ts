// Whether a second administrator could agree at all.
import { preparedQuery, type Reader } from '#core/store/reader.ts'

const admins = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('role_grant')
    .innerJoin('user_account', 'user_account.id', 'role_grant.user_id')
    .select('role_grant.user_id')
    .distinct()
    .where('role_grant.role', '=', 'admin')
    .where('role_grant.voided_at', 'is', null)
    .where('user_account.voided_at', 'is', null)
    .where('user_account.active', '=', 1)
    .limit(2),
)

/** The only administrator of a clinic whose kit is lost could otherwise never make another one: consent takes the kit. */
export const hasOneAdmin = (read: Reader): boolean => read.all(admins, {}).length < 2
