// The body of an upload as it comes in: counted, and cut when no piece arrives for too long.
import type { Readable } from 'node:stream'
import { AppError } from '#shared/errors.ts'

/** The largest file any import takes (SECURITY 5). The sink of a token has narrower limits of its own. */
const mostBytes = 2 * 1024 * 1024 * 1024

export async function* readUpload(body: Readable, patienceMs: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  let timer: NodeJS.Timeout | undefined
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(() => body.destroy(new AppError('UNAVAILABLE', { reason: 'too-slow' })), patienceMs)
  }
  try {
    wait()
    // Ending early must not destroy the stream: the answer goes out over the same socket.
    for await (const piece of body.iterator({ destroyOnReturn: false })) {
      // While the sink works on a piece the sender is not the slow one.
      clearTimeout(timer)
      const chunk = piece as Uint8Array
      bytes += chunk.byteLength
      if (bytes > mostBytes) throw new AppError('INVALID_INPUT', { reason: 'too-large' })
      yield chunk
      wait()
    }
  } finally {
    clearTimeout(timer)
  }
}
