// What the isolated reader is given and what it says, for a run over one or several files (read-files.ts sends,
// fhir-reader.worker.ts answers). Several small files share a process: starting one costs more than reading one.
import type { ProblemCode } from '../shared/limits.ts'

export const readerWorker = 'fhir-reader'

export interface ReaderJob {
  /** Namespace of resources that come without a full URL. */
  readonly sourceNs: string
}

export interface FoundType {
  resources: number
  /** Of these, how many will have a row of their own. */
  mapped: number
}

export type ReaderMessage =
  | { readonly kind: 'file'; readonly fileId: string }
  | {
      readonly kind: 'chunk'
      readonly fileId: string
      /** keyText of the patient; empty for the clinic level. */
      readonly group: string
      readonly resources: number
      readonly content: Uint8Array
    }
  | { readonly kind: 'problem'; readonly fileId: string; readonly problem: FoundProblem }
  | {
      readonly kind: 'read'
      readonly fileId: string
      readonly entries: number
      readonly resources: number
      readonly found: Readonly<Record<string, FoundType>>
    }
  /** Nothing of this file is taken. */
  | { readonly kind: 'refused'; readonly fileId: string; readonly problem: FoundProblem }

export interface FoundProblem {
  readonly place: string
  readonly code: ProblemCode
  readonly detail: string | null
}

/** The whole file is refused at this place. */
export class FileRefused extends Error {
  readonly problem: FoundProblem
  constructor(code: ProblemCode, place = '', detail: string | null = null) {
    super(code)
    this.name = 'FileRefused'
    this.problem = { code, place, detail }
  }
}

// Input of a run: for each file a frame of its name, frames of its bytes, and an empty frame; or, where the rest of
// its bytes could not be had, an abort. A frame is [length, 4 bytes][bytes]; the transport may cut anywhere.

export interface FileHead {
  readonly fileId: string
  readonly name: string
}

const abort = 0xffff_ffff
type Frame = Uint8Array | 'abort'

function frame(bytes: Uint8Array): Buffer {
  return Buffer.concat([lengthOf(bytes.length), bytes])
}

function lengthOf(n: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(n)
  return length
}

/** Bytes that cannot be read are told to the reader, who refuses that file and goes on with the next. */
export async function* framesOf(
  head: FileHead,
  open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield frame(Buffer.from(JSON.stringify(head)))
  try {
    for await (const chunk of open()) if (chunk.length > 0) yield frame(chunk)
    yield lengthOf(0)
  } catch {
    yield lengthOf(abort)
  }
}

export interface FramedFile {
  readonly head: FileHead
  readonly bytes: AsyncIterable<Uint8Array>
}

/** The files of a run, one after another. What a reader leaves unread of one file is passed over. */
export async function* filesIn(input: AsyncIterable<Uint8Array>): AsyncGenerator<FramedFile> {
  const frames = splitFrames(input)
  for (;;) {
    const first = await frames.next()
    if (first.done) return
    if (first.value === 'abort') throw new Error('a file was aborted before it began')
    const head = JSON.parse(Buffer.from(first.value).toString('utf8')) as FileHead
    let ended = false
    let turn: Promise<Frame | undefined> = Promise.resolve(undefined)
    // One reader at a time: a decompressor that is torn down may still be waiting for a frame of this file.
    const next = () => {
      turn = turn.then(async () => {
        if (ended) return undefined
        const found = await frames.next()
        ended = found.done === true || found.value === 'abort' || found.value.length === 0
        return ended && found.value !== 'abort' ? undefined : found.value
      })
      return turn
    }
    async function* bytes(): AsyncGenerator<Uint8Array> {
      for (let chunk = await next(); chunk; chunk = await next()) {
        if (chunk === 'abort') throw new FileRefused('UNREADABLE')
        yield chunk
      }
    }
    yield { head, bytes: { [Symbol.asyncIterator]: bytes } }
    while (await next());
  }
}

async function* splitFrames(input: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of input) {
    held =
      held.length === 0
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
        : Buffer.concat([held, chunk])
    while (held.length >= 4) {
      const length = held.readUInt32LE(0)
      if (length === abort) {
        held = held.subarray(4)
        yield 'abort'
        continue
      }
      if (held.length < 4 + length) break
      yield held.subarray(4, 4 + length)
      held = held.subarray(4 + length)
    }
  }
}
