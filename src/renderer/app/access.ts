// What the role at work may open. Comfort only: every call is judged again by the clinic (AUTHZ-02).
import { type Role, scopeOf, splitAccess } from '#shared/permissions.ts'
import { useMe } from '../api/session-store.ts'
import type { NeededAccess } from './module.ts'

export function mayAccess(role: Role, access: NeededAccess): boolean {
  const scope = scopeOf(role, ...splitAccess(access))
  return scope !== undefined && scope !== 'd'
}

export function useMay(): (access: NeededAccess) => boolean {
  const { role } = useMe()
  return (access) => mayAccess(role, access)
}
