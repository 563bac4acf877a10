// How long a session may stand idle, and how long it may last at all (SESS-02). Decided by the backend; the clinic may
// change the numbers within these bounds.
import * as z from 'zod'
import type { Role } from './permissions.ts'

const minutes = (most: number) => z.number().int().min(1).max(most)

export const SessionLimits = z.strictObject({
  /** Idle minutes at the clinic's own computers. */
  desktop: minutes(15),
  /** The same at the front desk, where strangers stand before the screen. */
  frontDesk: minutes(15),
  /** Staff in a browser. */
  browser: minutes(15),
  /** People from outside: patients and guests. */
  portal: minutes(15),
  /** Hours after which staff have to sign in anew, busy or not. */
  staffHours: z.number().int().min(1).max(12),
  portalHours: z.number().int().min(1).max(4),
})
export type SessionLimits = z.infer<typeof SessionLimits>

export const defaultLimits: SessionLimits = {
  desktop: 5,
  frontDesk: 2,
  browser: 10,
  portal: 10,
  staffHours: 12,
  portalHours: 4,
}

const outsiders: readonly Role[] = ['patient', 'civil', 'researcher']
const isOutsider = (role: Role): boolean => outsiders.includes(role)

export function idleSecondsFor(limits: SessionLimits, door: string, role: Role): number {
  if (isOutsider(role)) return limits.portal * 60
  if (door === 'https') return limits.browser * 60
  return (role === 'reception' ? limits.frontDesk : limits.desktop) * 60
}

export const absoluteSecondsFor = (limits: SessionLimits, role: Role): number =>
  (isOutsider(role) ? limits.portalHours : limits.staffHours) * 3600
