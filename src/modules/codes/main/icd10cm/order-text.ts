// The bytes of an order file as lines: plain or gzip, never more than the limit, however small the packed file is.
import { createGunzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { OrderFileError, orderLimits } from './order-file.ts'

export async function orderText(input: AsyncIterable<Uint8Array>): Promise<string[]> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of await unpacked(input)) {
    size += chunk.length
    if (size > orderLimits.bytes) throw new OrderFileError('TOO_LARGE', 0)
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  while (lines.at(-1)?.trim() === '') lines.pop()
  return lines
}

async function unpacked(input: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const chunks = input[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done) return Readable.from([])
  const whole = (async function* () {
    yield first.value
    for (;;) {
      const next = await chunks.next()
      if (next.done) return
      yield next.value
    }
  })()
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b
  return isGzip ? gunzip(whole) : whole
}

async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = Readable.from(packed).pipe(createGunzip())
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (error) {
    // A body that ends early or is none: there is no text in it.
    if (error instanceof OrderFileError) throw error
    throw new OrderFileError('NOT_TEXT', 0)
  } finally {
    stream.destroy()
  }
}
