// From the bytes of a file to text, whole or line by line (SECURITY 5): gunzip with a cap, size caps, strict UTF-8.
import { createGunzip, type Gunzip } from 'node:zlib'
import { FileRefused } from './reader-protocol.ts'

/** Limits of one file, in bytes after gunzip. */
export interface ByteLimits {
  readonly fileBytes: number
  readonly ndjsonBytes: number
}

/** `place` is empty for a file of one document, `line 3` otherwise. */
export type TakeText = (text: string, place: string) => Promise<void>

export async function readTexts(
  file: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> },
  take: TakeText,
  limits: ByteLimits,
): Promise<void> {
  const bytes = await unpacked(file.bytes)
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(file.name)) return readLines(bytes, take, limits)
  const whole = await collect(bytes, limits.fileBytes)
  const text = decodeUtf8(whole)
  if (text.trim() === '') throw new FileRefused('EMPTY_FILE')
  if (looksLikeLines(text)) return readLines(once(whole), take, limits)
  await take(text, '')
}

/** Bulk exports are sometimes called .json: a whole object on the first line and another one on the next. */
function looksLikeLines(text: string): boolean {
  return /^\s*\{[^\n]*\}[ \t\r]*\n\s*\{/.test(text)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Gunzips what begins with gzip's magic, whatever it is called. */
async function unpacked(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const reader = bytes[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  while (first.reduce((n, c) => n + c.length, 0) < 2) {
    const next = await reader.next()
    if (next.done) break
    first.push(next.value)
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* first
    for (let next = await reader.next(); !next.done; next = await reader.next()) yield next.value
  }
  const start = Buffer.concat(first)
  return start[0] === 0x1f && start[1] === 0x8b ? gunzip(all()) : all()
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gz = createGunzip()
  // Seen by whoever reads from it; without a listener it would end the process as well.
  gz.on('error', () => {})
  const feeding = feedStream(bytes, gz)
  try {
    for await (const chunk of gz) yield chunk as Uint8Array
  } catch {
    throw (await feeding) ?? new FileRefused('BAD_GZIP')
  } finally {
    // A reader that stops at its cap leaves a stream behind that would wait for ever.
    gz.destroy()
    await feeding
  }
}

/** Returns why the bytes ended early, if they did; a stream that is gone needs no more of them. */
async function feedStream(bytes: AsyncIterable<Uint8Array>, gz: Gunzip): Promise<FileRefused | undefined> {
  const gone = new Promise<void>((resolve) => gz.once('close', resolve))
  try {
    for await (const chunk of bytes) {
      if (gz.destroyed) return undefined
      if (!gz.write(chunk)) await Promise.race([new Promise((resolve) => gz.once('drain', resolve)), gone])
    }
    gz.end()
    return undefined
  } catch (error) {
    gz.destroy(error instanceof Error ? error : new Error('unreadable'))
    return error instanceof FileRefused ? error : undefined
  }
}

async function collect(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > most) throw new FileRefused('TOO_LARGE', `byte ${most + 1}`, `${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

const newline = 0x0a

async function readLines(
  bytes: AsyncIterable<Uint8Array>,
  take: TakeText,
  limits: ByteLimits,
): Promise<void> {
  let held: Uint8Array[] = []
  let heldSize = 0
  let total = 0
  let line = 0
  let any = false
  const endLine = async () => {
    line += 1
    const text = decodeUtf8(Buffer.concat(held), `line ${line}`)
    held = []
    heldSize = 0
    if (text.trim() === '') return
    any = true
    await take(text, `line ${line}`)
  }
  for await (const chunk of bytes) {
    total += chunk.length
    if (total > limits.ndjsonBytes) {
      throw new FileRefused('TOO_LARGE', `line ${line + 1}`, `${limits.ndjsonBytes} bytes`)
    }
    let from = 0
    for (;;) {
      const to = chunk.indexOf(newline, from)
      const part = chunk.subarray(from, to < 0 ? chunk.length : to)
      heldSize += part.length
      if (heldSize > limits.fileBytes) {
        throw new FileRefused('TOO_LARGE', `line ${line + 1}`, `${limits.fileBytes} bytes`)
      }
      held.push(part)
      if (to < 0) break
      await endLine()
      from = to + 1
    }
  }
  if (heldSize > 0) await endLine()
  if (!any) throw new FileRefused('EMPTY_FILE')
}

function decodeUtf8(bytes: Uint8Array, place = ''): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new FileRefused('BAD_UTF8', joinPlace(place, `byte ${firstBadByte(bytes)}`))
  }
}

/** Bytes are fed in halves, then one by one, until the decoder stumbles. */
function firstBadByte(bytes: Uint8Array): number {
  let decoder = new TextDecoder('utf-8', { fatal: true })
  let at = 0
  const step = 64 * 1024
  // ASCII boundaries leave no character half read, so that a fresh decoder may go on from there.
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + step, bytes.length)
    while (end < bytes.length && (bytes[end] ?? 0) >= 0x80) end += 1
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end))
      start = end
      at = end
    } catch {
      break
    }
  }
  decoder = new TextDecoder('utf-8', { fatal: true })
  for (; at < bytes.length; at++) {
    try {
      decoder.decode(bytes.subarray(at, at + 1), { stream: true })
    } catch {
      return at
    }
  }
  return bytes.length
}

export const joinPlace = (...parts: readonly string[]) => parts.filter((p) => p !== '').join(', ')
