// Reads of the session module.
import { preparedQuery } from '#core/store/reader.ts'

/** The newest twelve who signed in at a window of this PC and still may. */
export const recentPeople = preparedQuery<{ door: string }>()((db, p) =>
  db
    .selectFrom('recent_sign_in as r')
    .innerJoin('user_account as u', 'u.id', 'r.user_id')
    .select(['u.id', 'u.username', 'u.name'])
    .where('r.door', '=', p.door)
    .where('u.active', '=', 1)
    .where('u.voided_at', 'is', null)
    .orderBy('r.last_at', 'desc')
    .limit(12),
)

export const factorOf = preparedQuery<{ user: string }>()((db, p) =>
  db
    .selectFrom('second_factor')
    .select(['id', 'seed', 'confirmed_at'])
    .where('user_id', '=', p.user)
    .where('voided_at', 'is', null)
    .orderBy('confirmed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1),
)
export const factorsOf = preparedQuery<{ user: string }>()((db, p) =>
  db.selectFrom('second_factor').select('id').where('user_id', '=', p.user).where('voided_at', 'is', null),
)
export const lastStepOf = preparedQuery<{ user: string }>()((db, p) =>
  db.selectFrom('second_factor_use').select('last_step').where('user_id', '=', p.user),
)
export const recoveryCodesOf = preparedQuery<{ user: string }>()((db, p) =>
  db
    .selectFrom('recovery_code')
    .select(['id', 'digest', 'used_at', 'made_at'])
    .where('user_id', '=', p.user)
    .where('voided_at', 'is', null),
)
/** The earliest, where two computers each wrote one before they met. */
export const signInStartOf = preparedQuery<{ user: string }>()((db, p) =>
  db
    .selectFrom('sign_in_start')
    .select(['id', 'first_at', 'must_enrol'])
    .where('user_id', '=', p.user)
    .where('voided_at', 'is', null)
    .orderBy('must_enrol', 'desc')
    .orderBy('first_at')
    .limit(1),
)
export const pinOf = preparedQuery<{ user: string }>()((db, p) =>
  db.selectFrom('device_pin').select(['verifier', 'failures', 'set_at']).where('user_id', '=', p.user),
)
