// Import from files and folders of this machine, for the command line and for filling the demo clinic.
import { createReadStream, type Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { OpenClinic } from '#core/clinic-types.ts'
import type { Actor, Door } from '#core/rpc/context.ts'
import type { JobContext } from '#core/rpc/services.ts'
import { AppError } from '#shared/errors.ts'
import { type Scope, scopeOf } from '#shared/permissions.ts'
import { isRefusal, type ProblemCode } from '../shared/limits.ts'
import { countsOf } from './batches.ts'
import { fileBatch } from './file-batch.ts'
import * as q from './queries.ts'
import { type IncomingFile, readFiles, refuseFile } from './read-files.ts'
import { beginFiling, careTeamOf, createBatch } from './service.ts'
import { addFile, markReading, readyWhenRead } from './uploads.ts'

export interface ImportPathsOptions {
  /**
   * Names where the files come from: resources without a full URL are recognised again under it, so two systems with
   * the same ids must not share a name.
   */
  readonly sourceName?: string
  /** Ids of clinicians whose care team the patients join; by default all active doctors and nurses. */
  readonly careTeam?: readonly string[]
  readonly door?: Door
  /** Stops after the file or patient in hand; the batch can be started again or undone. */
  readonly signal?: AbortSignal
}

export interface ImportProgress {
  readonly phase: 'reading' | 'filing'
  readonly done: number
  readonly total: number
}

export interface FoundFault {
  readonly file: string
  readonly place: string
  readonly reason: ProblemCode
}

export interface ImportSummary {
  readonly batch: string
  readonly status: string
  readonly files: number
  /** = mapped + keptAsSource + those among `refused` that carry a resource. */
  readonly resources: number
  readonly mapped: number
  readonly keptAsSource: number
  /** The part of the two above that was here already. */
  readonly unchanged: number
  readonly patients: number
  readonly created: number
  readonly updated: number
  readonly reviews: number
  readonly refused: readonly FoundFault[]
  /** Taken all the same, with something left out of the row or seen twice. */
  readonly notes: readonly FoundFault[]
}

const defaultSource = 'files'
const readable = /\.(json|ndjson|jsonl|gz)$/i
/** Files are handed to one reader process up to this many, so that a folder of ten thousand is marked bit by bit. */
const filesPerRun = 200

export async function importPaths(
  clinic: OpenClinic,
  actor: Actor,
  paths: readonly string[],
  options: ImportPathsOptions = {},
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<ImportSummary> {
  const scope = scopeOf(actor.role, 'fileImport', 'C')
  if (!scope || !scopeOf(actor.role, 'fileImport', 'U')) throw new AppError('FORBIDDEN')
  const desk = deskOf(clinic, actor, options)
  const sourceName = options.sourceName?.trim() || defaultSource
  const found = await collect(paths)
  const { batchId, files } = desk.transact({ action: 'import.create', category: 'system' }, (ctx) => {
    const batch = createBatch(ctx, sourceName)
    return {
      batchId: batch.id,
      files: found.map((file) => ({ ...file, fileId: addFile(ctx, batch.id, file.shown, file.size) })),
    }
  })
  const env = { desk, services: clinic.services, batchId, sourceNs: sourceName }
  for (const { fileId } of files.filter((f) => !readable.test(f.file))) {
    refuseFile(env, fileId, { code: 'NOT_FHIR', place: '', detail: null })
  }
  const incoming = files.filter((f) => readable.test(f.file))
  for (let at = 0; at < incoming.length && !desk.signal.aborted; at += filesPerRun) {
    const some = incoming.slice(at, at + filesPerRun)
    markReading(
      desk,
      some.map((f) => f.fileId),
    )
    // Two readers: while one waits for its blobs to be written, the other one reads.
    const lanes = [0, 1].map((lane) => some.filter((_, i) => i % 2 === lane).map(toIncoming))
    await Promise.all(lanes.map((lane) => readFiles(env, lane)))
    onProgress({ phase: 'reading', done: at + some.length, total: incoming.length })
  }
  await fileThem(clinic, desk, batchId, options, scope, onProgress)
  return summaryOf(desk, batchId)
}

const toIncoming = ({ fileId, file }: { fileId: string; file: string }): IncomingFile => ({
  fileId,
  name: path.basename(file),
  open: () => createReadStream(file, { highWaterMark: 256 * 1024 }),
})

async function fileThem(
  clinic: OpenClinic,
  desk: JobContext,
  batchId: string,
  options: ImportPathsOptions,
  scope: Scope,
  onProgress: (progress: ImportProgress) => void,
): Promise<void> {
  if (desk.signal.aborted) return
  const team = desk.transact({ action: 'import.start', category: 'system' }, (ctx) => {
    readyWhenRead(ctx, batchId)
    beginFiling(ctx, batchId)
    return careTeamOf({ ...ctx, scope }, options.careTeam ?? [])
  })
  const stop = clinic.onChanged((tables) => {
    if (!tables.includes('import_progress')) return
    const counts = desk.read((read) => countsOf(read, { id: batchId, counts: null }))
    onProgress({ phase: 'filing', done: counts.filed, total: counts.groups })
  })
  try {
    await fileBatch(desk, clinic.services, batchId, team, scope)
  } finally {
    stop()
  }
}

function deskOf(clinic: OpenClinic, actor: Actor, { door = 'cli', signal }: ImportPathsOptions): JobContext {
  return {
    signal: signal ?? new AbortController().signal,
    transact: (audit, run) => clinic.transact({ actor, door }, audit, run),
    read: (run) => clinic.read(run),
    now: clinic.services.clock,
  }
}

interface FoundFile {
  readonly file: string
  /** As the person named it: the path given, and what lies below it. */
  readonly shown: string
  readonly size: number
}

/** Folders are gone through in order of name; links are not followed, since they may lead anywhere. */
async function collect(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  const visit = async (file: string, shown: string, entry: Dirent | null): Promise<void> => {
    if (entry?.isSymbolicLink()) return
    const stats = await stat(file).catch(() => null)
    if (!stats) throw new AppError('NOT_FOUND', { path: shown })
    if (!stats.isDirectory()) {
      if (stats.isFile()) found.push({ file, shown, size: stats.size })
      return
    }
    const entries = await readdir(file, { withFileTypes: true })
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const e of entries) await visit(path.join(file, e.name), path.join(shown, e.name), e)
  }
  for (const given of paths) await visit(path.resolve(given), given, null)
  return found
}

function summaryOf(desk: JobContext, batchId: string): ImportSummary {
  return desk.read((read) => {
    const row = read.get(q.batchById, { id: batchId })
    if (!row) throw new AppError('NOT_FOUND')
    const counts = countsOf(read, row)
    const faults = read
      .all(q.problemsPage, { batch: batchId, after: '', limit: Number.MAX_SAFE_INTEGER })
      .map((p) => ({ file: p.file ?? '', place: p.place, reason: p.code as ProblemCode }))
    // Two readers work side by side: the order of files is put back.
    const order = new Map(read.all(q.filesOfBatch, { batch: batchId }).map((f, i) => [f.name, i]))
    faults.sort((a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0))
    return {
      batch: batchId,
      status: row.status,
      files: counts.files,
      resources: counts.resources,
      mapped: counts.mapped,
      keptAsSource: counts.keptAsSource,
      unchanged: counts.unchanged,
      patients: counts.patients,
      created: counts.created,
      updated: counts.updated,
      reviews: counts.reviews,
      refused: faults.filter((f) => isRefusal(f.reason)),
      notes: faults.filter((f) => !isRefusal(f.reason)),
    }
  })
}
