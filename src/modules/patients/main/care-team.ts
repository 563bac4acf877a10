// Who is related to a patient by care: the care team, or the clinic's policy that all clinicians form one.
import type { CommandContext } from '#core/rpc/context.ts'
import type { RelationSource } from '#core/rpc/module.ts'
import type { Reader } from '#core/store/reader.ts'
import { rolesOf } from '#modules/people/main/api.ts'
import type { Role } from '#shared/permissions.ts'
import * as q from './queries.ts'
import { careTeamMember } from './tables.ts'

/**
 * The policy speaks of clinicians, so it holds for the hat somebody wears, not for the person. Asked once for a whole list
 * it spares a question for each patient of it.
 */
export const isEverybodyRelated = (read: Reader, role: Role): boolean =>
  (role === 'doctor' || role === 'nurse') && read.get(q.oneCareTeam, {}) !== undefined

export const relations: readonly RelationSource[] = [
  {
    name: 'one-care-team',
    isRelated: (read, _userId, _patientId, _now, role) => isEverybodyRelated(read, role),
  },
  {
    name: 'care-team',
    isRelated: (read, userId, patientId, now) =>
      read.get(q.isInCareTeam, { user: userId, patient: patientId, now }) !== undefined,
  },
]

/** `origin` says where the tie comes from: registered, import, assigned. People already in the team stay as they are. */
export function addCareTeam(
  ctx: CommandContext,
  patientId: string,
  userIds: readonly string[],
  origin: string,
): void {
  const members = new Set(
    ctx.read
      .all(q.careTeamOf, { id: patientId })
      .filter((member) => member.until === null || member.until > ctx.now)
      .map((member) => member.user_id),
  )
  for (const userId of new Set(userIds)) {
    if (members.has(userId)) continue
    ctx.write.insert(careTeamMember, {
      patient_id: patientId,
      user_id: userId,
      role: rolesOf(ctx.read, userId)[0] ?? 'doctor',
      since: ctx.now,
      origin,
    })
  }
}
