// The small contract before a clinic is open: it runs outside `dispatch()`, on IPC or on loopback HTTPS only,
// guarded there by the one-time token of the printed address (DESIGN 5). Both sides validate with these schemas.
import * as z from 'zod'
import { ClinicRegion } from '#modules/clinic/shared/contract.ts'
import { Username } from '#modules/session/shared/contract.ts'

const Password = z.string().min(1).max(1024)

export const BootstrapStatus = z.strictObject({
  /** none: no clinic in this folder · closed: needs a cold start · open: sign in · broken: see problem. */
  state: z.enum(['none', 'closed', 'open', 'broken']),
  clinicName: z.string().nullable(),
  isDemo: z.boolean(),
  /** True where this machine has no keychain: slots then need a long passphrase (SECURITY 3.3). */
  passwordOnly: z.boolean(),
  /** Minimum length of the first password here: 15, or 20 (or six words) without a keychain. */
  minimumPassword: z.number().int(),
  problem: z
    .enum([
      'wrong-key-or-damaged',
      'newer-database',
      'watermark-ahead',
      'schema-changed',
      'audit-broken',
      'keychain-changed',
      'key-file-damaged',
      'owned-by-other-process',
      'plaintext-database',
      'self-test-failed',
      'network-drive',
      'cloud-folder',
    ])
    .nullable(),
  /** For watermark-ahead: how many saves are missing. For owned-by-other-process: its pid. */
  problemValue: z.number().int().nullable(),
})
export type BootstrapStatus = z.infer<typeof BootstrapStatus>

export const CreateClinic = z.strictObject({
  clinicName: z.string().trim().min(1).max(200),
  ...ClinicRegion,
  admin: z.strictObject({
    name: z.string().trim().min(1).max(200),
    username: Username,
    password: Password,
    /** A clinic whose first person also sees patients: the two-hats case. */
    isDoctor: z.boolean(),
  }),
})
export type CreateClinic = z.infer<typeof CreateClinic>

export const Unlock = z.strictObject({ username: z.string().max(200), password: Password })
export type Unlock = z.infer<typeof Unlock>

/** name -> input; every answer is `{ ok, value | error }` like a procedure's. */
export const bootstrapProcedures = {
  status: z.strictObject({}),
  create: CreateClinic,
  openDemo: z.strictObject({ locale: z.string().max(20) }),
  unlock: Unlock,
} as const
export type BootstrapName = keyof typeof bootstrapProcedures
