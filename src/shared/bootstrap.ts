// The small contract before a clinic is open: it runs outside `dispatch()`, on IPC or on loopback HTTPS only,
// guarded there by the one-time token of the printed address (DESIGN 5). Both sides validate with these schemas.
import * as z from 'zod'
import { ClinicRegion } from '#modules/clinic/shared/contract.ts'
import { ReadDowntime } from './downtime.ts'
import { RestoreOpener, RestorePlace } from './restore.ts'
import { Username } from '#modules/session/shared/contract.ts'

/** What can be the matter with the half of the key that the computer keeps; each has its own words (KEY-03). */
export const keychainProblems = [
  'missing',
  'locked',
  'damaged',
  'other-backend',
  'other-secret',
  'plain-text',
  'forgetful',
  'unavailable',
] as const
export type KeychainProblem = (typeof keychainProblems)[number]

export const rotationSteps = ['closing', 'copying', 'encrypting', 'checking', 'swapping', 'opening'] as const
export type RotationStep = (typeof rotationSteps)[number]

const Password = z.string().min(1).max(1024)

export const BootstrapStatus = z.strictObject({
  /**
   * none: no clinic in this folder · closed: needs a cold start · kit: opened, but a recovery kit has to be put on paper
   * first · busy: the database gets a new key · open: sign in · broken: see problem.
   */
  state: z.enum(['none', 'closed', 'kit', 'busy', 'open', 'broken']),
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
  /** For keychain-changed: what is the matter. */
  keychain: z.enum(keychainProblems).nullable(),
  /** Which recovery kit opens this clinic, where there is one. */
  kitId: z.string().nullable(),
  /** For kit: the first one of a new clinic, or the one that follows on a kit that was used. */
  kitFor: z.enum(['set-up', 'kit-used']).nullable(),
  /** The records do not open, and a copy of the day is there to be read. */
  downtime: z.boolean(),
  /** For busy. */
  step: z.enum(rotationSteps).nullable(),
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
  /** The command line alone says so: the clinic then has no recovery kit yet, and its lamp is red. */
  kit: z.literal('later').optional(),
})
export type CreateClinic = z.infer<typeof CreateClinic>

export const Unlock = z.strictObject({ username: z.string().max(200), password: Password })
export type Unlock = z.infer<typeof Unlock>

/** A kit as it is shown once, to be put on paper. */
export const KitSheet = z.strictObject({
  id: z.string(),
  groups: z.array(z.string()).readonly(),
  madeAt: z.string(),
  /** Which two groups have to be typed off the paper, counted from 0. */
  ask: z.array(z.number().int()).readonly(),
})
export type KitSheet = z.infer<typeof KitSheet>
/** As many as were asked for; what does not fit is no kit. */
export const KitTyped = z.array(z.string().max(20)).min(1).max(2)
export const kitPaperLanguages = ['en', 'ar'] as const
export type KitPaperLanguage = (typeof kitPaperLanguages)[number]

/** name -> input; every answer is `{ ok, value | error }` like a procedure's. */
export const bootstrapProcedures = {
  status: z.strictObject({}),
  create: CreateClinic,
  openDemo: z.strictObject({ locale: z.string().max(20) }),
  unlock: Unlock,
  /** The kit as it was typed: what is wrong with it is told by groups. */
  unlockKit: z.strictObject({ kit: z.string().max(400) }),
  /** The kit that waits for paper, for the state `kit`. */
  kitSheet: z.strictObject({}),
  /** The same as a PDF, handed out once: it never becomes a file here. */
  kitPaper: z.strictObject({ language: z.enum(kitPaperLanguages) }),
  /** The two groups that were asked for: then the kit counts and the clinic opens. */
  confirmKit: z.strictObject({ typed: KitTyped }),
  /** Backups at a place: only where no clinic is, or one that cannot be opened. */
  restoreFind: z.strictObject({ place: RestorePlace }),
  /** Opens one and says what is inside; nothing is changed by it. */
  restoreLook: z.strictObject({
    place: RestorePlace,
    name: z.string().min(1).max(300),
    opener: RestoreOpener,
  }),
  /** Puts what was looked at in place. */
  restoreApply: z.strictObject({}),
  restoreLeave: z.strictObject({}),
  /** The copy of the day, where the records do not open. Opens the key file, never the database. */
  readDowntime: ReadDowntime,
} as const
export type BootstrapName = keyof typeof bootstrapProcedures
