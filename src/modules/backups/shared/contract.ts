// What the backups module offers, to whom, and what is written down about it. Read this page first.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { FoundBackup, RestoreFacts, RestorePlace } from '#shared/restore.ts'
import { Instant } from '#shared/time.ts'

export const targetKinds = ['folder', 'bucket'] as const
/** The place beside the database that is always there. */
export const homeTarget = 'home'
/** `replaced`: the same records lie there in another file, which the present kit opens. */
export const copyStates = ['good', 'failed', 'gone', 'aged', 'replaced'] as const
export const reasons = ['clock', 'close', 'hand', 'reseal'] as const
export const drillKinds = ['nightly', 'monthly', 'hand', 'people'] as const
export type DrillKind = (typeof drillKinds)[number]

const Line = (max: number) => z.string().trim().max(max)
const TargetId = z.string().regex(/^[0-9a-f-]{36}$/)

export const Target = z.strictObject({
  id: z.string(),
  rev: z.number().int(),
  name: z.string(),
  kind: z.enum(targetKinds),
  offSite: z.boolean(),
  neverDelete: z.boolean(),
  path: z.string().nullable(),
  endpoint: z.string().nullable(),
  bucket: z.string().nullable(),
  region: z.string().nullable(),
  prefix: z.string().nullable(),
  accessKey: z.string().nullable(),
  /** Its newest copy that was handed back unchanged. */
  newestGoodAt: Instant.nullable(),
  /** What went wrong the last time, if it did. */
  problem: z.string().nullable(),
  copies: z.number().int(),
})
export type Target = z.infer<typeof Target>

export const Made = z.strictObject({
  id: z.string(),
  at: Instant,
  bytes: z.number().int(),
  reason: z.enum(reasons),
  patients: z.number().int(),
  /** Which kit opens it; `null`: none, only this computer's keys. */
  kitId: z.string().nullable(),
  copies: z.array(
    z.strictObject({ targetId: z.string(), state: z.enum(copyStates), problem: z.string().nullable() }),
  ),
})
export type Made = z.infer<typeof Made>

export const Drill = z.strictObject({
  id: z.string(),
  kind: z.enum(drillKinds),
  at: Instant,
  backupAt: Instant.nullable(),
  targetId: z.string().nullable(),
  outcome: z.enum(['ok', 'failed']),
  problem: z.string().nullable(),
  patients: z.number().int().nullable(),
  rows: z.number().int().nullable(),
  tookMs: z.number().int().nullable(),
  note: z.string().nullable(),
})
export type Drill = z.infer<typeof Drill>

/** Files that a restore put aside. */
export const Kept = z.strictObject({
  name: z.string(),
  at: Instant,
  bytes: z.number().int(),
  /** Another clinic's, or with no key file to tell by: only people decide about it. */
  whose: z.enum(['ours', 'other', 'unknown']),
  /** When it goes by itself; `next-backup` where somebody was erased since. */
  goes: z.enum(['date', 'next-backup', 'by-hand']),
  goesAt: Instant.nullable(),
})
export type Kept = z.infer<typeof Kept>

export const Overview = z.strictObject({
  targets: z.array(Target),
  made: z.array(Made),
  drills: z.array(Drill),
  kept: z.array(Kept),
  /** Hours since the newest good backup; since the clinic began where there is none. */
  ageHours: z.number(),
  late: z.enum(['no', 'day', 'two-days']),
  lastTry: z.strictObject({ at: Instant, problem: z.string().nullable() }).nullable(),
  running: z.strictObject({ step: z.string(), done: z.number(), total: z.number() }).nullable(),
  nextAt: Instant.nullable(),
  kitId: z.string().nullable(),
  /** Good backups that the present kit does not open; `null` without a kit. */
  otherKit: z
    .strictObject({
      /** Can be sealed anew. */
      here: z.number().int(),
      /** Lie only where nothing is ever deleted: they need the kit of their day until they are too old. */
      locked: z.number().int(),
      kits: z.array(z.string()),
    })
    .nullable(),
  /** How the last sealing anew ended since the clinic was opened. */
  lastReseal: z
    .strictObject({
      at: Instant,
      done: z.number().int(),
      failed: z.number().int(),
      locked: z.number().int(),
      problem: z.string().nullable(),
    })
    .nullable(),
  isDemo: z.boolean(),
  /** A guided drill by people is due each quarter. */
  peopleDrillDue: z.boolean(),
})
export type Overview = z.infer<typeof Overview>

const common = {
  id: TargetId.nullable(),
  rev: z.number().int(),
  name: Line(80).min(1),
  offSite: z.boolean(),
  neverDelete: z.boolean(),
}
export const SaveTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), ...common, path: Line(1000).min(1) }),
  z.strictObject({
    kind: z.literal('bucket'),
    ...common,
    endpoint: Line(300).min(1),
    bucket: Line(100).regex(/^[a-z0-9][a-z0-9.-]{1,98}$/),
    region: Line(60).min(1),
    prefix: Line(200).regex(/^$|^[A-Za-z0-9/_.-]+\/$/),
    accessKey: Line(200).min(1),
    /** Left out: as it was. */
    secretKey: z.string().min(1).max(300).optional(),
  }),
])
export type SaveTarget = z.infer<typeof SaveTarget>

const none = z.strictObject({})
const done = z.strictObject({ started: z.boolean() })
const configuration = (action: string) => ({ action, category: 'configuration' as const })

export const backups = contract('backups', {
  overview: query({
    summary: 'Targets, backups with their verdicts, test restores, and what is under way.',
    access: 'backups.R',
    audit: false,
    reads: ['backup_target', 'backup_made', 'backup_copy', 'backup_try', 'backup_drill'],
    input: none,
    output: Overview,
  }),
  make: command({
    summary: 'Make a backup now, to every target.',
    access: 'backups.M',
    audit: { action: 'backup.start', category: 'system' },
    input: none,
    output: done,
  }),
  cancel: command({
    summary: 'Stop the backup or test restore that is under way.',
    access: 'backups.M',
    audit: { action: 'backup.cancel', category: 'system' },
    input: none,
    output: z.strictObject({ cancelled: z.boolean() }),
  }),
  saveTarget: command({
    summary: 'Add or change a place for backups; it is tried before it is kept.',
    access: 'backups.M',
    audit: {
      ...configuration('backup.save-target'),
      detail: (input) => `${input.target.kind} never-delete=${input.target.neverDelete}`,
    },
    stepUp: true,
    input: z.strictObject({ target: SaveTarget }),
    output: z.strictObject({ id: z.string(), problem: z.string().nullable() }),
  }),
  testTarget: command({
    summary: 'Write, read and take away a small file at a target.',
    access: 'backups.M',
    audit: {
      action: 'backup.test-target',
      category: 'system',
      detail: (_input, output) => output.problem ?? 'ok',
    },
    input: z.strictObject({ id: z.string().max(36) }),
    output: z.strictObject({ problem: z.string().nullable() }),
  }),
  removeTarget: command({
    summary: 'Stop using a target. The backups that lie there stay.',
    access: 'backups.M',
    audit: configuration('backup.remove-target'),
    stepUp: true,
    input: z.strictObject({ id: TargetId, rev: z.number().int() }),
    output: z.strictObject({ id: z.string() }),
  }),
  reseal: command({
    summary: 'Seal the backups of former kits anew, so that the present kit opens them.',
    access: 'backups.M',
    audit: { action: 'backup.start-reseal', category: 'system' },
    stepUp: true,
    input: none,
    output: done,
  }),
  removeKept: command({
    summary: 'Destroy the files that a restore put aside: their keys first, then the rest.',
    access: 'backups.M',
    audit: { action: 'backup.remove-kept', category: 'system', detail: (input) => input.name },
    stepUp: true,
    fourEyes: true,
    input: z.strictObject({ name: z.string().max(60) }),
    output: z.strictObject({ name: z.string() }),
  }),
  testRestore: command({
    summary: 'Restore the newest backup on trial, beside the clinic, and compare it.',
    access: 'backups.M',
    audit: { action: 'backup.start-test-restore', category: 'system' },
    input: none,
    output: done,
  }),
  recordDrill: command({
    summary: 'Write down a drill that people did by hand.',
    access: 'backups.M',
    audit: { action: 'backup.record-drill', category: 'system', detail: (input) => input.outcome },
    input: z.strictObject({
      outcome: z.enum(['ok', 'failed']),
      minutes: z.number().int().min(1).max(10_000),
      note: Line(500),
    }),
    output: z.strictObject({ id: z.string() }),
  }),
  drillCertificate: command({
    summary: 'A test restore or drill as a paper.',
    access: 'backups.M',
    audit: { action: 'backup.certificate', category: 'system' },
    errors: ['TOO_MUCH'],
    input: z.strictObject({ id: TargetId, language: z.enum(['en', 'ar']) }),
    output: z.strictObject({ token: z.string(), name: z.string() }),
  }),
  restoreFind: command({
    summary: 'List the backups at a place.',
    access: 'backups.M',
    audit: { action: 'backup.find', category: 'system' },
    input: z.strictObject({ place: RestorePlace }),
    output: z.array(FoundBackup),
  }),
  restoreLook: command({
    summary: 'Open a backup beside the clinic, judge it, and say what is inside. Nothing is changed.',
    access: 'backups.M',
    audit: {
      action: 'backup.look',
      category: 'system',
      detail: (_input, output) => `backup=${output.backupId}`,
    },
    errors: ['WRONG_FILE', 'WRONG_KIT'],
    stepUp: true,
    input: z.strictObject({ place: RestorePlace, name: z.string().min(1).max(300) }),
    output: RestoreFacts,
  }),
  restoreApply: command({
    summary: 'Put the backup that was looked at in place of this clinic. The present files are kept aside.',
    access: 'backups.M',
    audit: { action: 'backup.restore', category: 'system', detail: (input) => `backup=${input.backupId}` },
    stepUp: true,
    fourEyes: true,
    input: z.strictObject({ backupId: z.string().max(36) }),
    output: z.strictObject({ keptAs: z.string() }),
  }),
  restoreLeave: command({
    summary: 'Leave the backup that was looked at.',
    access: 'backups.M',
    audit: { action: 'backup.leave', category: 'system' },
    input: none,
    output: z.strictObject({ done: z.boolean() }),
  }),
})
