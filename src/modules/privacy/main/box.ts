// The ZIP file of a copy: each file with its length and digest for the manifest.
import { createHash } from 'node:crypto'
import { Zip, ZipDeflate } from 'fflate'

/** Compresses as it goes, so that a large record is never there twice. */
export function createBox() {
  const chunks: Uint8Array[] = []
  const files: { path: string; bytes: number; sha256: string }[] = []
  let failure: Error | null = null
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    else chunks.push(chunk)
  })
  const begin = (path: string) => {
    const file = new ZipDeflate(path, { level: 6 })
    zip.add(file)
    return file
  }
  return {
    files,
    /** A text that is made while it is compressed, with a breath between slices of it. */
    async addPieces(path: string, pieces: Iterable<string>, breath: () => Promise<void>): Promise<void> {
      const file = begin(path)
      const hash = createHash('sha256')
      let bytes = 0
      let waiting = ''
      const push = (isLast: boolean) => {
        const part = Buffer.from(waiting, 'utf8')
        waiting = ''
        hash.update(part)
        bytes += part.length
        file.push(part, isLast)
      }
      for (const piece of pieces) {
        waiting += piece
        if (waiting.length < smallSlice) continue
        push(false)
        await breath()
      }
      push(true)
      files.push({ path, bytes, sha256: hash.digest('hex') })
      if (failure) throw failure
    },
    async add(path: string, content: Uint8Array | string): Promise<void> {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
      files.push({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
      const file = begin(path)
      for (let at = 0; at === 0 || at < bytes.length; at += slice) {
        file.push(bytes.subarray(at, at + slice), at + slice >= bytes.length)
        if (at > 0) await pause()
      }
      if (failure) throw failure
    },
    end(): Uint8Array {
      zip.end()
      if (failure) throw failure
      return Buffer.concat(chunks)
    },
  }
}
const slice = 1024 * 1024
/** A few rows' worth: what is written in one go keeps everybody else waiting. */
const smallSlice = 32 * 1024
export const pause = () => new Promise<void>((resolve) => setImmediate(resolve))
