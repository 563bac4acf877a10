// Import of FHIR R4 files: read and stage, look at counts and problems, file per patient, undo the whole batch.
// Answers carry counts, places and reasons, never clinical text (DESIGN 5: the admin who imports sees no charts).
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { BatchId, Id } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import { problemCodes } from './limits.ts'

export { limits } from './limits.ts'

export const batchStatuses = [
  'staging',
  'ready',
  'running',
  'done',
  'cancelled',
  'undoing',
  'undone',
  'discarded',
] as const

export { type ProblemCode, problemCodes } from './limits.ts'

/**
 * Every resource found ends as mapped, kept as source, or refused with a place and a reason.
 * Before filing starts, `mapped` and `keptAsSource` say what will become of what was read.
 */
export const TypeCount = z.strictObject({
  resourceType: z.string(),
  found: z.number().int(),
  mapped: z.number().int(),
  keptAsSource: z.number().int(),
  /** The part of the two above that was here already, exactly as it came again. */
  unchanged: z.number().int(),
})
export const BatchCounts = z.strictObject({
  files: z.number().int(),
  resources: z.number().int(),
  patients: z.number().int(),
  /** Groups (patients, or the clinic level) filed so far, of `groups`. */
  filed: z.number().int(),
  groups: z.number().int(),
  mapped: z.number().int(),
  keptAsSource: z.number().int(),
  unchanged: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  refused: z.number().int(),
  /** Fields edited here whose new value was not taken over; each waits for a person. */
  reviews: z.number().int(),
  /** After an undo: rows taken back, and rows left because somebody has built on them. */
  takenBack: z.number().int(),
  leftStanding: z.number().int(),
  byType: z.array(TypeCount),
})
export type BatchCounts = z.infer<typeof BatchCounts>

export const Batch = z.strictObject({
  id: BatchId,
  rev: z.number().int(),
  sourceName: z.string(),
  status: z.enum(batchStatuses),
  createdAt: Instant,
  createdByName: z.string().nullable(),
  finishedAt: Instant.nullable(),
  counts: BatchCounts,
  files: z.array(
    z.strictObject({
      id: Id,
      name: z.string(),
      status: z.enum(['waiting', 'reading', 'read', 'refused']),
      entries: z.number().int(),
      /** Entries that carry a resource: what is mapped, kept as source, or refused while filing. */
      resources: z.number().int(),
      mapped: z.number().int(),
      keptAsSource: z.number().int(),
      /** Refused while reading or while filing; each stands among the problems. */
      refused: z.number().int(),
    }),
  ),
})
export type Batch = z.infer<typeof Batch>

export const Problem = z.strictObject({
  id: Id,
  file: z.string().nullable(),
  /** Where: `entry[12].resource.birthDate`, `line 3`, `byte 1048577`. */
  place: z.string(),
  code: z.enum(problemCodes),
  detail: z.string().nullable(),
})

const batchAudit = (action: string) => ({ action, category: 'system' }) as const
const seenByAdmin = {
  admin: ['id', 'rev', 'sourceName', 'status', 'createdAt', 'createdByName', 'finishedAt', 'counts', 'files'],
} as const

export const imports = contract('imports', {
  create: command({
    summary: 'Open a batch; files are then uploaded into it.',
    access: 'fileImport.C',
    audit: batchAudit('import.create'),
    input: z.strictObject({ sourceName: z.string().trim().min(1).max(200) }),
    output: Batch,
    fields: seenByAdmin,
  }),
  beginUpload: command({
    summary: 'Announce one file of a batch; answers with a one-time token for the upload route.',
    access: 'fileImport.C',
    audit: batchAudit('import.begin-upload'),
    input: z.strictObject({ batchId: BatchId, name: z.string().min(1).max(500) }),
    output: z.strictObject({ fileId: Id, token: z.string() }),
    errors: ['BATCH_NOT_READY'],
    fields: { admin: ['fileId', 'token'] },
  }),
  list: query({
    summary: 'Batches, newest first.',
    access: 'fileImport.R',
    audit: { action: 'import.list', category: 'system' },
    reads: ['import_batch', 'import_progress'],
    input: z.strictObject({}),
    output: z.strictObject({ batches: z.array(Batch.omit({ files: true })) }),
    fields: {
      admin: ['id', 'rev', 'sourceName', 'status', 'createdAt', 'createdByName', 'finishedAt', 'counts'],
    },
    fieldsIn: 'batches',
  }),
  get: query({
    summary: 'One batch with counts by type and file.',
    access: 'fileImport.R',
    audit: { action: 'import.view', category: 'system' },
    reads: ['import_batch', 'import_file', 'import_progress'],
    input: z.strictObject({ batchId: BatchId }),
    output: Batch,
    fields: seenByAdmin,
  }),
  problems: query({
    summary: 'What could not be taken from a batch, with file, place and reason.',
    access: 'fileImport.R',
    audit: { action: 'import.problems', category: 'system' },
    reads: ['import_problem'],
    input: z.strictObject({
      batchId: BatchId,
      cursor: z.string().max(200).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.strictObject({ items: z.array(Problem), next: z.string().nullable(), total: z.number().int() }),
    fields: { admin: ['id', 'file', 'place', 'code', 'detail'] },
    fieldsIn: 'items',
  }),
  start: command({
    summary: 'File the staged resources: one transaction a patient, in the background, resumable.',
    access: 'fileImport.U',
    audit: batchAudit('import.start'),
    input: z.strictObject({
      batchId: BatchId,
      /** Clinicians whose care team the patients join; empty means all active doctors and nurses. */
      careTeam: z.array(Id).max(200).default([]),
    }),
    output: Batch,
    errors: ['BATCH_NOT_READY', 'BATCH_RUNNING'],
    fields: seenByAdmin,
  }),
  cancel: command({
    summary: 'Stop reading or filing after the patient in hand; what is filed stays and can be undone.',
    access: 'fileImport.U',
    audit: batchAudit('import.cancel'),
    input: z.strictObject({ batchId: BatchId }),
    output: Batch,
    fields: seenByAdmin,
  }),
  discard: command({
    summary: 'Throw a staged batch away before filing.',
    access: 'fileImport.U',
    audit: batchAudit('import.discard'),
    input: z.strictObject({ batchId: BatchId }),
    output: Batch,
    errors: ['BATCH_RUNNING'],
    fields: seenByAdmin,
  }),
  undo: command({
    summary: 'Take a filed batch back: voids what nobody has built on, counts the rest.',
    access: 'fileImport.U',
    audit: batchAudit('import.undo'),
    input: z.strictObject({ batchId: BatchId, reason: z.string().trim().min(3).max(500) }),
    output: Batch,
    errors: ['BATCH_RUNNING', 'NOT_UNDOABLE'],
    fields: seenByAdmin,
  }),
})
