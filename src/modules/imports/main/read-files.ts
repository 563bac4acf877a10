// Sends files through the isolated reader and stages what it finds. A file is staged whole or not at all; one that
// kills its reader is refused, and the others go on in a new process.
import type { CommandContext } from '#core/rpc/context.ts'
import type { IsolatedRun, JobContext, Services } from '#core/rpc/services.ts'
import { isRefusal, limits, type ProblemCode, problemCodes } from '../shared/limits.ts'
import * as q from './queries.ts'
import { inTurn } from './reader-queue.ts'
import {
  type FoundProblem,
  framesOf,
  type ReaderJob,
  type ReaderMessage,
  readerWorker,
} from './reader-protocol.ts'
import { importFile, importGroup, importProblem } from './tables.ts'

export interface IncomingFile {
  readonly fileId: string
  readonly name: string
  /** Called at most once. */
  readonly open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

export interface ReadingEnv {
  readonly desk: JobContext
  readonly services: Services
  readonly batchId: string
  readonly sourceNs: string
}

/** Small files travel together. */
const packBytes = 256 * 1024
/** Blobs held before they are written; a usual file is written once, when it is known to be good. */
const heldBytes = 16 * 1024 * 1024

export async function readFiles(env: ReadingEnv, files: readonly IncomingFile[]): Promise<void> {
  let at = 0
  while (at < files.length) {
    at += await inTurn(env.services, env.desk.signal, () => readSome(env, files.slice(at)))
  }
}

/** Reads files in one process until the last, or until one of them ends the process; returns how many are dealt with. */
async function readSome(env: ReadingEnv, files: readonly IncomingFile[]): Promise<number> {
  const { desk, services, sourceNs } = env
  if (desk.signal.aborted) {
    for (const file of files) refuseFile(env, file.fileId, { code: 'CANCELLED', place: '', detail: null })
    return files.length
  }
  const job: ReaderJob = { sourceNs }
  const run = services.spawnIsolated({
    worker: readerWorker,
    data: job,
    idleSeconds: limits.secondsPerFile,
    memoryMb: limits.memoryMb,
  })
  const stop = () => run.kill()
  desk.signal.addEventListener('abort', stop)
  const stages = new Map(files.map((file) => [file.fileId, new FileStage(env, file.fileId)]))
  const feeding = feed(run, files, (id) => stages.get(id)?.isSettled === true)
  let done = 0
  try {
    for await (const message of run.messages) {
      const said = message as ReaderMessage
      const stage = stages.get(said.fileId)
      if (!stage) continue
      stage.take(said)
      if (stage.isSettled) done += 1
    }
    await feeding
    // The reader ended well without a word about this file.
    if (done < files.length) throw new Error('the reader left a file out')
    return done
  } catch (error) {
    run.kill()
    await feeding
    const code = codeOf(error)
    const broken = files[done]
    if (!code || !broken) throw error
    stages.get(broken.fileId)?.refuse({ code, place: '', detail: null })
    return done + 1
  } finally {
    desk.signal.removeEventListener('abort', stop)
  }
}

/** Never throws: a run that ends before its time is seen at the other end. */
async function feed(
  run: IsolatedRun,
  files: readonly IncomingFile[],
  isSettled: (fileId: string) => boolean,
): Promise<void> {
  const held: Uint8Array[] = []
  let size = 0
  const flush = async () => {
    size = 0
    await run.write(Buffer.concat(held.splice(0)))
  }
  try {
    for (const file of files) {
      const open = () => watched(file.open(), () => isSettled(file.fileId))
      for await (const part of framesOf({ fileId: file.fileId, name: file.name }, open)) {
        held.push(part)
        size += part.length
        if (size >= packBytes) await flush()
      }
    }
    if (size > 0) await flush()
    run.end()
  } catch (error) {
    if (codeOf(error) === undefined) run.kill()
  }
}

/** Stops taking bytes of a file that is refused already. */
async function* watched(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  isSettled: () => boolean,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    if (isSettled()) return
    yield chunk
  }
}

/** Codes of an isolated run (TOO_SLOW, TOO_MUCH_MEMORY, READER_CRASHED, CANCELLED) are problem codes too. */
function codeOf(error: unknown): ProblemCode | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return problemCodes.find((c) => c === code)
}

export function refuseFile({ desk, batchId }: ReadingEnv, fileId: string, problem: FoundProblem): void {
  desk.transact({ action: 'import.refuse-file', category: 'system', detail: problem.code }, (ctx) => {
    ctx.write.deleteLocal(importGroup, { file_id: fileId })
    ctx.write.deleteLocal(importProblem, { file_id: fileId })
    writeProblem(ctx, batchId, fileId, problem)
    putFile(ctx, fileId, { status: 'refused', entries: 0, resources: 0, refused: 1, found: null })
  })
}

class FileStage {
  isSettled = false
  readonly #env: ReadingEnv
  readonly #fileId: string
  readonly #chunks: (ReaderMessage & { kind: 'chunk' })[] = []
  #problems: FoundProblem[] = []
  #held = 0
  #part = 0
  #refused = 0

  constructor(env: ReadingEnv, fileId: string) {
    this.#env = env
    this.#fileId = fileId
  }

  take(message: ReaderMessage): void {
    switch (message.kind) {
      case 'file':
        break
      case 'chunk':
        this.#chunks.push(message)
        this.#held += message.content.length
        // Only bulk exports come here. Filing starts when every file of the batch is read or refused, and a refused
        // file takes its blobs with it.
        if (this.#held >= heldBytes) this.#transact('import.stage-file', null, (ctx) => this.#write(ctx))
        break
      case 'problem':
        this.#problems.push(message.problem)
        if (isRefusal(message.problem.code)) this.#refused += 1
        break
      case 'read':
        this.#finish(message)
        break
      case 'refused':
        this.refuse(message.problem)
        break
    }
  }

  refuse(problem: FoundProblem): void {
    this.isSettled = true
    refuseFile(this.#env, this.#fileId, problem)
  }

  #finish(read: ReaderMessage & { kind: 'read' }): void {
    this.isSettled = true
    this.#transact('import.read-file', `${read.resources} resources`, (ctx) => {
      this.#write(ctx)
      for (const problem of this.#problems) writeProblem(ctx, this.#env.batchId, this.#fileId, problem)
      const { entries, resources, found } = read
      putFile(ctx, this.#fileId, {
        status: 'read',
        entries,
        resources,
        refused: this.#refused,
        found: JSON.stringify(found),
      })
    })
  }

  #transact(action: string, detail: string | null, run: (ctx: CommandContext) => void): void {
    this.#env.desk.transact({ action, category: 'system', ...(detail ? { detail } : {}) }, run)
  }

  #write(ctx: CommandContext): void {
    for (const chunk of this.#chunks.splice(0)) {
      this.#part += 1
      ctx.write.putLocal(importGroup, {
        batch_id: this.#env.batchId,
        group_key: chunk.group,
        file_id: this.#fileId,
        part: this.#part,
        resources: chunk.resources,
        status: 'waiting',
        content: chunk.content,
      })
    }
    this.#held = 0
  }
}

function writeProblem(ctx: CommandContext, batchId: string, fileId: string, problem: FoundProblem): void {
  ctx.write.putLocal(importProblem, { id: ctx.mint(), batch_id: batchId, file_id: fileId, ...problem })
}

function putFile(
  ctx: CommandContext,
  fileId: string,
  values: { status: string; entries: number; resources: number; refused: number; found: string | null },
): void {
  const file = ctx.read.get(q.fileById, { id: fileId })
  if (file) ctx.write.putLocal(importFile, { ...file, ...values })
}
