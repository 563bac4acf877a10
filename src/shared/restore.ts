// What is said about a restore on both sides: before a clinic is open (bootstrap) and inside one (backups module).
import * as z from 'zod'

const Line = (max: number) => z.string().trim().max(max)

/** Where backups lie: a folder or file of this computer, or a bucket with its key. */
export const RestorePlace = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: Line(1000).min(1) }),
  z.strictObject({
    kind: z.literal('bucket'),
    endpoint: Line(300).min(1),
    bucket: Line(100).regex(/^[a-z0-9][a-z0-9.-]{1,98}$/),
    region: Line(60).min(1),
    prefix: Line(200).regex(/^$|^[A-Za-z0-9/_.-]+\/$/),
    accessKey: Line(200).min(1),
    secretKey: z.string().min(1).max(300),
  }),
])
export type RestorePlace = z.infer<typeof RestorePlace>

export const FoundBackup = z.strictObject({
  name: z.string(),
  bytes: z.number().int(),
  /** From the unproven header of a local file; `null` in a bucket. */
  at: z.string().nullable(),
  kitId: z.string().nullable(),
})
export type FoundBackup = z.infer<typeof FoundBackup>

export const RestoreFacts = z.strictObject({
  backupId: z.string(),
  /** Instant of the backup. */
  at: z.string(),
  bytes: z.number().int(),
  clinicName: z.string(),
  patients: z.number().int(),
  /** Instant of the newest entry in it. */
  newestAt: z.string().nullable(),
  entries: z.number().int(),
  attachments: z.number().int(),
  app: z.string(),
  /** Acts on this computer that are not in the backup; `null` where the present clinic cannot be read. */
  newerHere: z.number().int().nullable(),
  /** A clinic is here, and the backup is of another one. */
  otherClinic: z.boolean(),
})
export type RestoreFacts = z.infer<typeof RestoreFacts>

export const RestoreOpener = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kit'), kit: z.string().max(400) }),
  z.strictObject({
    kind: z.literal('password'),
    username: z.string().max(200),
    password: z.string().min(1).max(1024),
  }),
])
export type RestoreOpener = z.infer<typeof RestoreOpener>
