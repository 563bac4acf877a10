// Who is signed in, as every screen knows it, and the small shapes that all calls about sessions share.
import * as z from 'zod'
import { UserId } from '#shared/ids.ts'
import { roles } from '#shared/permissions.ts'
import { Instant } from '#shared/time.ts'

export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/)
export const Password = z.string().min(1).max(1024)
export const RoleName = z.enum(roles)

export const Me = z.strictObject({
  userId: UserId,
  username: z.string(),
  name: z.string(),
  role: RoleName,
  roles: z.array(RoleName),
  locked: z.boolean(),
  /** Seconds without a person's act after which this session locks (SESS-02). */
  idleSeconds: z.number().int(),
  signedInAt: Instant,
  /** False after a reset by code until the signing key is made anew; signing asks for the password then. */
  canSign: z.boolean(),
  /** What is still to be done before anything else is answered: show the second factor, or set one up. */
  pending: z.enum(['second-factor', 'enrolment']).nullable(),
  /** Whether a second factor is set up; otherwise by when it has to be (null: nobody asks for one). */
  hasSecondFactor: z.boolean(),
  secondFactorDueAt: Instant.nullable(),
  clinic: z.strictObject({
    name: z.string(),
    country: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    locale: z.string(),
    isDemo: z.boolean(),
  }),
})
export type Me = z.infer<typeof Me>

export const nothing = z.strictObject({})
export const done = z.strictObject({ done: z.literal(true) })
