// Batches, files and their counts as the contract shows them.
import type { Database } from '#core/store/database.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { userNames } from '#modules/people/main/api.ts'
import type { OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { BatchId } from '#shared/ids.ts'
import type { Batch, imports } from '../shared/contract.ts'
import * as q from './queries.ts'
import type { FoundType } from './reader-protocol.ts'
import { importBatch, importProgress } from './tables.ts'
import { type Counts, countsToContract, noCounts, typeOf } from './tally.ts'

export type BatchRow = Database['import_batch']
export type FileRow = Database['import_file']
type Summary = OutputOf<(typeof imports)['procedures']['list']>['batches'][number]

/** One job at a time works on a batch: filing or undoing. Reading has a job per upload. */
export const batchJob = (batchId: string) => `imports:${batchId}`

export function rowToSummary(read: Reader, services: Services, row: BatchRow): Summary {
  return {
    id: row.id as BatchId,
    rev: row.rev,
    sourceName: row.source_name,
    status: shownStatus(services, row),
    createdAt: row.created_at,
    createdByName: userNames(read, [row.created_by]).get(row.created_by) ?? null,
    finishedAt: row.finished_at,
    counts: countsToContract(countsOf(read, row)),
  }
}

export function rowToBatch(read: Reader, services: Services, row: BatchRow): Batch {
  return {
    ...rowToSummary(read, services, row),
    files: read.all(q.filesOfBatch, { batch: row.id }).map(rowToFile),
  }
}

function rowToFile(row: FileRow): Batch['files'][number] {
  return {
    id: row.id,
    name: row.name,
    status: row.status as Batch['files'][number]['status'],
    entries: row.entries,
    resources: row.resources,
    mapped: row.mapped,
    keptAsSource: row.kept,
    refused: row.refused,
  }
}

/** Work that stopped with the program is shown as stopped: it can be started again. */
function shownStatus(services: Services, row: BatchRow): Summary['status'] {
  const status = row.status as Summary['status']
  const isAtWork = status === 'running' || status === 'undoing'
  return isAtWork && !services.jobs.isRunning(batchJob(row.id)) ? 'cancelled' : status
}

export function countsOf(read: Reader, row: Pick<BatchRow, 'id' | 'counts'>): Counts {
  const progress = read.get(q.progressOfBatch, { batch: row.id })
  if (progress) return JSON.parse(progress.counts) as Counts
  if (row.counts !== null) return JSON.parse(row.counts) as Counts
  return stagedCounts(read, row.id)
}

/** Before filing: what was read, and what will become of it. */
export function stagedCounts(read: Reader, batchId: string): Counts {
  const counts = noCounts()
  for (const file of read.all(q.filesOfBatch, { batch: batchId })) {
    counts.files += 1
    counts.resources += file.resources
    counts.refused += file.refused
    for (const [type, found] of Object.entries(foundOf(file))) {
      const t = typeOf(counts, type)
      t.found += found.resources
      t.mapped += found.mapped
      t.kept += found.resources - found.mapped
      counts.mapped += found.mapped
      counts.keptAsSource += found.resources - found.mapped
    }
  }
  return { ...counts, ...read.get(q.groupTotals, { batch: batchId }) }
}

function foundOf(file: FileRow): Record<string, FoundType> {
  return file.found === null ? {} : (JSON.parse(file.found) as Record<string, FoundType>)
}

/** Filing counts what happens, from nothing on. */
export function countsForFiling(staged: Counts): Counts {
  const byType = Object.fromEntries(
    Object.entries(staged.byType).map(([type, t]) => [type, { ...t, mapped: 0, kept: 0, unchanged: 0 }]),
  )
  return { ...staged, mapped: 0, keptAsSource: 0, byType }
}

export function saveProgress(ctx: CommandContext, batchId: string, counts: Counts): void {
  ctx.write.putLocal(importProgress, { batch_id: batchId, counts: JSON.stringify(counts) })
}

/** Work has ended for now: the shared row gets the counts; until then only this workstation knew them. */
export function settle(ctx: CommandContext, batchId: string, status: string, counts: Counts): void {
  const ended = status === 'done' || status === 'undone' ? { finished_at: ctx.now } : {}
  ctx.write.update(importBatch, batchId, 'any', {
    status,
    counts: JSON.stringify(counts),
    file_count: counts.files,
    ...ended,
  })
  ctx.write.deleteLocal(importProgress, { batch_id: batchId })
}

/** A doctor sees and steers the own batches only (scope `o`). */
export function isOwn({ scope, actor }: QueryContext, row: BatchRow): boolean {
  return scope !== 'o' || row.created_by === actor.userId
}

export function ownBatch(ctx: QueryContext, id: string): BatchRow {
  const row = ctx.read.get(q.batchById, { id })
  if (!row || !isOwn(ctx, row)) throw new AppError('NOT_FOUND')
  return row
}

export function batchRow(read: Reader, id: string): BatchRow {
  const row = read.get(q.batchById, { id })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}
