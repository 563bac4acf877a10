// Files on their way into a batch: announced, uploaded once under a token, read in a job of their own.
import type { CommandContext } from '#core/rpc/context.ts'
import type { JobContext, Services } from '#core/rpc/services.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { imports } from '../shared/contract.ts'
import { type BatchRow, ownBatch } from './batches.ts'
import * as q from './queries.ts'
import { readFiles } from './read-files.ts'
import { importBatch, importFile } from './tables.ts'

type BeginUpload = (typeof imports)['procedures']['beginUpload']

/** One job per file being read, so that a cancel reaches each of them. */
export const readingJob = (fileId: string) => `imports-read:${fileId}`

export function addFile(ctx: CommandContext, batchId: string, name: string, size: number | null): string {
  const id = ctx.mint()
  const nothing = { resources: 0, entries: 0, mapped: 0, kept: 0, refused: 0 }
  ctx.write.putLocal(importFile, { id, batch_id: batchId, name, size, status: 'waiting', ...nothing })
  return id
}

export function beginUpload(
  services: Services,
  ctx: CommandContext,
  { batchId, name }: InputOf<BeginUpload>,
): OutputOf<BeginUpload> {
  const batch = ownBatch(ctx, batchId)
  if (batch.status !== 'staging' && batch.status !== 'ready') throw new AppError('BATCH_NOT_READY')
  const fileId = addFile(ctx, batchId, baseName(name), null)
  if (batch.status === 'ready') ctx.write.update(importBatch, batchId, 'any', { status: 'staging' })
  const { actor, door } = ctx
  const token = services.uploads.issue(
    actor,
    (body) =>
      new Promise<void>((resolve, reject) => {
        services.jobs.start(readingJob(fileId), actor, door, (desk) => {
          const taking = takeUpload(services, desk, batch, fileId, baseName(name), body)
          taking.then(resolve, reject)
          return taking
        })
      }),
  )
  return { fileId, token }
}

/** A browser may send a path; the name is for people, and is never used to open anything. */
function baseName(name: string): string {
  return name.split(/[\\/]/).at(-1)?.slice(0, 300) || 'file'
}

async function takeUpload(
  services: Services,
  desk: JobContext,
  batch: BatchRow,
  fileId: string,
  name: string,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  // The token may be used long after; a batch that was thrown away meanwhile takes nothing more.
  if (desk.read((read) => read.get(q.batchById, { id: batch.id }))?.status !== 'staging') {
    throw new AppError('BATCH_NOT_READY')
  }
  markReading(desk, [fileId])
  const env = { desk, services, batchId: batch.id, sourceNs: batch.source_name }
  await readFiles(env, [{ fileId, name, open: () => body }])
  desk.transact({ action: 'import.file-read', category: 'system' }, (ctx) => readyWhenRead(ctx, batch.id))
}

export function markReading(desk: JobContext, fileIds: readonly string[]): void {
  desk.transact(
    { action: 'import.reading', category: 'system', detail: `${fileIds.length} files` },
    (ctx) => {
      for (const id of fileIds) {
        const file = ctx.read.get(q.fileById, { id })
        if (file) ctx.write.putLocal(importFile, { ...file, status: 'reading' })
      }
    },
  )
}

/** A batch is ready when nothing of it is on its way any more. */
export function readyWhenRead(ctx: CommandContext, batchId: string): void {
  const open = ctx.read
    .all(q.filesOfBatch, { batch: batchId })
    .some((f) => f.status === 'waiting' || f.status === 'reading')
  const batch = ctx.read.get(q.batchById, { id: batchId })
  if (!open && batch?.status === 'staging') ctx.write.update(importBatch, batchId, 'any', { status: 'ready' })
}
