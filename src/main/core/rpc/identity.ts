// Who calls: the session behind a token, and the person behind the session as the accounts stand now.
import { AppError } from '#shared/errors.ts'
import { isRole } from '#shared/permissions.ts'
import { preparedQuery, type Reader } from '../store/reader.ts'
import type { Actor } from './context.ts'
import type { Caller } from './door-types.ts'
import type { Procedure } from './router.ts'
import type { Session, SessionStore } from './session.ts'

const accountOf = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('user_account')
    .select(['id', 'name', 'active'])
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)
const rolesOf = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('role_grant').select('role').where('user_id', '=', p.id).where('voided_at', 'is', null),
)

/** `null`: nobody, which public procedures allow. */
export function identify(
  procedure: Procedure,
  caller: Caller,
  read: Reader,
  sessions: SessionStore,
): { actor: Actor; session: Session } | null {
  const session = caller.token === null ? undefined : sessions.find(caller.token)
  const actor = session ? actorOf(read, session) : null
  if (session && !actor) sessions.end(session)
  if (!session || !actor) {
    if (procedure.def.access === 'public') return null
    throw new AppError('NOT_SIGNED_IN')
  }
  if (session.locked && procedure.def.access !== 'public' && !procedure.def.whileLocked) {
    throw new AppError('SESSION_LOCKED')
  }
  refusePending(procedure, session)
  return { actor, session }
}

export function actorOf(read: Reader, session: Session): Actor | null {
  const account = read.get(accountOf, { id: session.userId })
  if (!account || account.active !== 1) return null
  const roles = read
    .all(rolesOf, { id: session.userId })
    .map((g) => g.role)
    .filter(isRole)
  if (!roles.includes(session.role)) return null
  return { userId: account.id, userName: account.name, role: session.role, roles, sessionId: session.id }
}

/** Half a sign-in does nothing but complete itself (AUTH-05). */
function refusePending({ def }: Procedure, { pending }: Session): void {
  if (!pending || def.access === 'public') return
  if (def.whilePending !== 'both' && def.whilePending !== pending)
    throw new AppError('SECOND_FACTOR_NEEDED', { pending })
}
