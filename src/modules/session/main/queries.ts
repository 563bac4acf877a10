// Reads of the session module.
import { preparedQuery } from '#core/store/reader.ts'

/** The newest twelve who signed in at a window of this PC and still may. */
export const recentPeople = preparedQuery<{ door: string }>()((db, p) =>
  db
    .selectFrom('recent_sign_in as r')
    .innerJoin('user_account as u', 'u.id', 'r.user_id')
    .select(['u.username', 'u.name'])
    .where('r.door', '=', p.door)
    .where('u.active', '=', 1)
    .where('u.voided_at', 'is', null)
    .orderBy('r.last_at', 'desc')
    .limit(12),
)
