// What the procedures do: open a batch, take files, file it in the background, stop, throw away, take back.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { AppError } from '#shared/errors.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { Id } from '#shared/ids.ts'
import { type Batch, imports, type ProblemCode } from '../shared/contract.ts'
import {
  batchJob,
  type BatchRow,
  batchRow,
  countsForFiling,
  countsOf,
  isOwn,
  ownBatch,
  rowToBatch,
  rowToSummary,
  saveProgress,
  stagedCounts,
} from './batches.ts'
import { fileBatch } from './file-batch.ts'
import * as q from './queries.ts'
import { importBatch, importFile, importGroup, importProblem, importProgress } from './tables.ts'
import { undoBatch } from './undo.ts'
import { readingJob, readyWhenRead } from './uploads.ts'

type Procedures = (typeof imports)['procedures']
type Of<K extends keyof Procedures> = InputOf<Procedures[K]>

export function createBatch(ctx: CommandContext, sourceName: string): BatchRow {
  const id = ctx.write.insert(importBatch, {
    source_name: sourceName,
    created_at: ctx.now,
    created_by: ctx.actor.userId,
    file_count: 0,
    status: 'staging',
  })
  return batchRow(ctx.read, id)
}

export function create(services: Services, ctx: CommandContext, input: Of<'create'>): Batch {
  return rowToBatch(ctx.read, services, createBatch(ctx, input.sourceName))
}

export function list(services: Services, ctx: QueryContext): OutputOf<Procedures['list']> {
  const rows = ctx.read.all(q.allBatches, {}).filter((row) => isOwn(ctx, row))
  return { batches: rows.map((row) => rowToSummary(ctx.read, services, row)) }
}

export function get(services: Services, ctx: QueryContext, { batchId }: Of<'get'>): Batch {
  return rowToBatch(ctx.read, services, ownBatch(ctx, batchId))
}

export function problems(ctx: QueryContext, input: Of<'problems'>): OutputOf<Procedures['problems']> {
  const { id: batch } = ownBatch(ctx, input.batchId)
  const after = input.cursor ?? ''
  if (after !== '' && !Id.safeParse(after).success) throw new AppError('INVALID_INPUT', { path: 'cursor' })
  const rows = ctx.read.all(q.problemsPage, { batch, after, limit: input.limit + 1 })
  const items = rows.slice(0, input.limit).map((r) => ({ ...r, code: r.code as ProblemCode }))
  return {
    items,
    next: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null,
    total: ctx.read.get(q.problemCount, { batch })?.n ?? 0,
  }
}

export function start(services: Services, ctx: CommandContext, { batchId, careTeam }: Of<'start'>): Batch {
  const batch = ownBatch(ctx, batchId)
  requireIdle(services, batchId)
  tidyReading(services, ctx, batch)
  const team = careTeamOf(ctx, careTeam)
  beginFiling(ctx, batchId)
  ctx.afterCommit(() =>
    services.jobs.start(batchJob(batchId), ctx.actor, ctx.door, (desk) =>
      fileBatch(desk, services, batchId, team, ctx.scope),
    ),
  )
  // The job starts once this is committed; the answer already says so.
  return { ...rowToBatch(ctx.read, services, batchRow(ctx.read, batchId)), status: 'running' }
}

/** Sets a read batch to work, or a stopped one to work again. */
export function beginFiling(ctx: CommandContext, batchId: string): void {
  const batch = batchRow(ctx.read, batchId)
  const isResumed = ctx.read.get(q.progressOfBatch, { batch: batchId }) !== undefined || batch.counts !== null
  if (!['ready', 'cancelled', 'running'].includes(batch.status)) throw new AppError('BATCH_NOT_READY')
  const counts = isResumed
    ? (JSON.parse(
        ctx.read.get(q.progressOfBatch, { batch: batchId })?.counts ?? batch.counts ?? '{}',
      ) as never)
    : countsForFiling(stagedCounts(ctx.read, batchId))
  saveProgress(ctx, batchId, counts)
  ctx.write.deleteLocal(importProblem, { batch_id: batchId, code: 'NOT_FILED' })
  ctx.write.update(importBatch, batchId, 'any', { status: 'running', finished_at: null })
}

/** Clinicians whose care the patients come into: those chosen; a doctor's own; else all who are at work. */
export function careTeamOf(ctx: CommandContext, chosen: readonly string[]): string[] {
  const active = ctx.read.all(q.activeClinicians, {}).map((r) => r.id)
  if (chosen.length > 0) {
    const strangers = chosen.filter((id) => !active.includes(id))
    if (strangers.length > 0) throw new AppError('INVALID_INPUT', { fields: ['careTeam'] })
    return [...chosen]
  }
  return ctx.scope === 'o' ? [ctx.actor.userId] : active
}

/** Files that were on their way when the program ended are refused: their bytes are gone. */
function tidyReading(services: Services, ctx: CommandContext, batch: BatchRow): void {
  const open = ctx.read
    .all(q.filesOfBatch, { batch: batch.id })
    .filter((f) => f.status === 'waiting' || f.status === 'reading')
  if (open.some((f) => services.jobs.isRunning(readingJob(f.id)))) throw new AppError('BATCH_NOT_READY')
  for (const file of open) dropFile(ctx, file.id, 'CANCELLED')
  if (batch.status === 'staging' && ctx.read.all(q.filesOfBatch, { batch: batch.id }).length > 0) {
    ctx.write.update(importBatch, batch.id, 'any', { status: 'ready' })
  }
}

function dropFile(ctx: CommandContext, fileId: string, code: ProblemCode): void {
  const file = ctx.read.get(q.fileById, { id: fileId })
  if (!file) return
  ctx.write.deleteLocal(importGroup, { file_id: fileId })
  ctx.write.putLocal(importProblem, {
    id: ctx.mint(),
    batch_id: file.batch_id,
    file_id: fileId,
    place: '',
    code,
    detail: null,
  })
  ctx.write.putLocal(importFile, { ...file, status: 'refused', refused: 1 })
}

export function cancel(services: Services, ctx: CommandContext, { batchId }: Of<'cancel'>): Batch {
  const batch = ownBatch(ctx, batchId)
  const files = ctx.read.all(q.filesOfBatch, { batch: batchId })
  const isWorking = services.jobs.cancel(batchJob(batchId))
  const reading = files.filter((f) => services.jobs.cancel(readingJob(f.id)))
  if (reading.length === 0) {
    for (const f of files)
      if (f.status === 'waiting' || f.status === 'reading') dropFile(ctx, f.id, 'CANCELLED')
    readyWhenRead(ctx, batchId)
  }
  // Work that had stopped with the program is called so from now on.
  if (!isWorking && (batch.status === 'running' || batch.status === 'undoing')) {
    ctx.write.update(importBatch, batchId, 'any', { status: 'cancelled' })
  }
  return rowToBatch(ctx.read, services, batchRow(ctx.read, batchId))
}

export function discard(services: Services, ctx: CommandContext, { batchId }: Of<'discard'>): Batch {
  const batch = ownBatch(ctx, batchId)
  requireIdle(services, batchId)
  const files = ctx.read.all(q.filesOfBatch, { batch: batchId })
  if (files.some((f) => services.jobs.isRunning(readingJob(f.id)))) throw new AppError('BATCH_RUNNING')
  // Once something is filed, undo is the way back.
  if (batch.status !== 'staging' && batch.status !== 'ready')
    throw new AppError('CONFLICT', { status: batch.status })
  const counts = stagedCounts(ctx.read, batchId)
  ctx.write.deleteLocal(importGroup, { batch_id: batchId })
  ctx.write.deleteLocal(importProgress, { batch_id: batchId })
  ctx.write.update(importBatch, batchId, 'any', { status: 'discarded', counts: JSON.stringify(counts) })
  return rowToBatch(ctx.read, services, batchRow(ctx.read, batchId))
}

export function undo(services: Services, ctx: CommandContext, { batchId, reason }: Of<'undo'>): Batch {
  const batch = ownBatch(ctx, batchId)
  requireIdle(services, batchId)
  // What was left standing because a later import stood on it can go once that one is gone.
  const leftOver = batch.status === 'undone' && countsOf(ctx.read, batch).leftStanding > 0
  const isFiled = ['done', 'cancelled', 'running', 'undoing'].includes(batch.status)
  if (!isFiled && !leftOver) throw new AppError('NOT_UNDOABLE')
  ctx.write.update(importBatch, batchId, 'any', { status: 'undoing' })
  ctx.afterCommit(() =>
    services.jobs.start(batchJob(batchId), ctx.actor, ctx.door, (desk) => undoBatch(desk, batchId, reason)),
  )
  return { ...rowToBatch(ctx.read, services, batchRow(ctx.read, batchId)), status: 'undoing' }
}

function requireIdle(services: Services, batchId: string): void {
  if (services.jobs.isRunning(batchJob(batchId))) throw new AppError('BATCH_RUNNING')
}
