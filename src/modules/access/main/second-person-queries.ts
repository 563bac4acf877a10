// Reads of requests to a second person.
import { preparedQuery } from '#core/store/reader.ts'

export const requestById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('approval_request').selectAll().where('id', '=', p.id).where('voided_at', 'is', null),
)

/** Of one act and one person, newest first: those that may still count. */
export const requestsFor = preparedQuery<{ digest: string; user: string; now: string }>()((db, p) =>
  db
    .selectFrom('approval_request')
    .selectAll()
    .where('digest', '=', p.digest)
    .where('asked_by', '=', p.user)
    .where('state', 'in', ['open', 'approved'])
    .where('good_until', '>', p.now)
    .where('voided_at', 'is', null)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc'),
)

export const requestsSince = preparedQuery<{ since: string }>()((db, p) =>
  db
    .selectFrom('approval_request')
    .selectAll()
    .where('asked_at', '>=', p.since)
    .where('voided_at', 'is', null)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200),
)

/** Administrators other than this one, with the age of their credential. */
export const otherAdmins = preparedQuery<{ except: string }>()((db, p) =>
  db
    .selectFrom('role_grant as g')
    .innerJoin('user_account as u', 'u.id', 'g.user_id')
    .select(['u.id', 'u.credential_changed_at'])
    .where('g.role', '=', 'admin')
    .where('g.voided_at', 'is', null)
    .where('u.voided_at', 'is', null)
    .where('u.active', '=', 1)
    .where('u.id', '<>', p.except),
)

export const credentialOf = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('user_account').select('credential_changed_at').where('id', '=', p.id),
)
