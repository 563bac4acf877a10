// What the clinic decides about signing in: how long sessions last, and by when a second factor has to be there.
import * as z from 'zod'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf, readSetting, setting } from '#modules/clinic/main/api.ts'
import { isStaff, rolesOf } from '#modules/people/main/api.ts'
import { defaultLimits, SessionLimits } from '#shared/session-limits.ts'
import * as q from './queries.ts'

export const sessionLimits = setting('sessions.limits', SessionLimits, defaultLimits)

export const MfaPolicy = z.strictObject({
  /** Days after the first sign-in; 0 is at once. There is no "never": every staff account has one (AUTH-05). */
  dueDays: z.number().int().min(0).max(7),
})
export const mfaPolicy = setting('mfa.policy', MfaPolicy, { dueDays: 7 })

export const hasSecondFactor = (read: Reader, userId: string): boolean =>
  read.get(q.factorOf, { user: userId }) !== undefined

/**
 * When a person without a second factor has to set one up; null where nobody asks: in the demo clinic, and of people from
 * outside. `firstAt` is for somebody who is just signing in for the first time.
 */
export function secondFactorDueAt(read: Reader, userId: string, firstAt: string): string | null {
  if (clinicOf(read).isDemo) return null
  const start = read.get(q.signInStartOf, { user: userId })
  if (start?.must_enrol === 1) return start.first_at
  if (!isStaff(rolesOf(read, userId))) return null
  const { dueDays } = readSetting(read, mfaPolicy)
  return new Date(Date.parse(start?.first_at ?? firstAt) + dueDays * 86_400_000).toISOString()
}
