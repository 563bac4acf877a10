// Who may read how much of the copy: what a person's roles see every day, frozen when it is written.
import type { Reader } from '#core/store/reader.ts'
import { activeAccountIds, rolesOf } from '#modules/people/main/api.ts'
import type { DowntimeReader, DowntimeSight } from '#shared/downtime.ts'
import { type Area, type Role, roles, scopeOf } from '#shared/permissions.ts'

const reads = (role: Role, area: Area) => {
  const scope = scopeOf(role, area, 'R')
  return scope === 'a' || scope === 'r'
}

/** Clinicians the record; whoever serves the whole day at the desk the list; `null` for everybody else. */
export function sightOf(role: Role): DowntimeSight | null {
  if (reads(role, 'profile') && reads(role, 'prescriptions')) return 'record'
  const isDesk = scopeOf(role, 'appointments', 'R') === 'a' && scopeOf(role, 'demographics', 'R') === 'a'
  return isDesk ? 'desk' : null
}

/** Those roles use records for care: what may not be used for it is not in the copy. */
export const readingRoles: readonly Role[] = roles.filter((role) => sightOf(role) !== null)

export function readersOf(read: Reader): DowntimeReader[] {
  return activeAccountIds(read).flatMap((userId) => {
    const held = rolesOf(read, userId).flatMap((role) => {
      const sight = sightOf(role)
      return sight ? [{ userId, role, sight }] : []
    })
    const best = held.find((one) => one.sight === 'record') ?? held[0]
    return best ? [best] : []
  })
}
