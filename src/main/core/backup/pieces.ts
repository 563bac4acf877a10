// The body of a backup file: its entries one after another, cut into numbered pieces of AES-256-GCM, each bound to the
// file, its place, whether it is the last one, and the header. Then a signature under all of them (BAK-02).
// Synchronous on purpose: it runs on a thread of its own (backup.worker.ts).
import { type CipherGCM, createCipheriv, createDecipheriv, createHash, type Hash } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { deriveKey } from '../keys/wrap.ts'
import {
  decodeHeader,
  type HeaderBody,
  headerEnd,
  type ReadHeader,
  signatureBytes,
  signBody,
} from './header.ts'
import { BackupRefused } from './types.ts'

const tagBytes = 16

const pieceKey = (fileKey: Uint8Array, backupId: string) => deriveKey(fileKey, 'backup-pieces/v1', backupId)

/** 11 bytes of number and one that says whether it is the last: no two pieces of a file share a nonce. */
function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(index), 3)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

const boundTo = (body: Pick<HeaderBody, 'backupId'>, headerHash: Buffer, index: number, isLast: boolean) =>
  Buffer.concat([
    Buffer.from(`osler/backup-piece/v1\0${body.backupId}\0${index}\0${isLast ? 'last' : 'more'}\0`),
    headerHash,
  ])

/** Called between pieces, with how many bytes of the body are done. May throw to end the work. */
export type Progress = (doneBytes: number) => void

export interface BodyWriter {
  write(bytes: Uint8Array): void
  /** Seals the last piece, signs, waits for the disk. Returns the size of the file. */
  finish(): number
  abandon(): void
}

export function createBodyWriter(
  file: string,
  header: { readonly bytes: Buffer; readonly hash: Buffer; readonly body: HeaderBody },
  fileKey: Uint8Array,
  privateKey: Uint8Array,
  onProgress: Progress,
): BodyWriter {
  const { chunkSize } = header.body
  const key = pieceKey(fileKey, header.body.backupId)
  const fd = openSync(file, 'wx', 0o600)
  const all = createHash('sha256')
  const piece = Buffer.alloc(chunkSize)
  let filled = 0
  let index = 0
  let written = header.bytes.length
  let done = 0
  writeAll(fd, header.bytes)
  const seal = (isLast: boolean) => {
    const cipher: CipherGCM = createCipheriv('aes-256-gcm', key, nonceOf(index, isLast), {
      authTagLength: tagBytes,
    })
    cipher.setAAD(boundTo(header.body, header.hash, index, isLast))
    const sealed = Buffer.concat([
      cipher.update(piece.subarray(0, filled)),
      cipher.final(),
      cipher.getAuthTag(),
    ])
    all.update(sealed)
    writeAll(fd, sealed)
    written += sealed.length
    done += filled
    index += 1
    filled = 0
    onProgress(done)
  }
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        // A full piece waits until it is known that more follows.
        if (filled === chunkSize) seal(false)
        const part = bytes.subarray(at, at + chunkSize - filled)
        piece.set(part, filled)
        filled += part.length
        at += part.length
      }
    },
    finish() {
      seal(true)
      const signature = signBody(header.hash, all.digest(), privateKey)
      writeAll(fd, signature)
      fsyncSync(fd)
      closeSync(fd)
      key.fill(0)
      piece.fill(0)
      return written + signature.length
    },
    abandon() {
      key.fill(0)
      piece.fill(0)
      closeSync(fd)
    },
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at)
}

/** Reads the head of a file and nothing else; nothing in it is trusted yet. */
export function readHeader(file: string): { header: ReadHeader; size: number } {
  const fd = openSync(file, 'r')
  try {
    const { size } = fstatSync(fd)
    const start = readUpTo(fd, 0, 12)
    const header = decodeHeader(readUpTo(fd, 0, headerEnd(start)))
    return { header, size }
  } finally {
    closeSync(fd)
  }
}

function readUpTo(fd: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let at = 0
  while (at < length) {
    const count = readSync(fd, bytes, at, length - at, from + at)
    if (count === 0) break
    at += count
  }
  return bytes.subarray(0, at)
}

export interface ReadBody {
  readonly hash: Buffer
  readonly signature: Buffer
}

/**
 * Decrypts the body piece by piece into `sink`, which may throw to end it. What the sink has been given is authentic
 * for whoever knows the file's key; that a device of the clinic made it is said by the signature returned.
 */
export function readBody(
  file: string,
  header: ReadHeader,
  fileKey: Uint8Array,
  sink: (bytes: Buffer) => void,
  onProgress: Progress = () => {},
): ReadBody {
  const { body, hash: headerHash, end } = header
  const key = pieceKey(fileKey, body.backupId)
  const fd = openSync(file, 'r')
  try {
    const sealedSize = body.chunkSize + tagBytes
    const length = fstatSync(fd).size - end - signatureBytes
    const count = Math.ceil(length / sealedSize)
    if (length < tagBytes || length - (count - 1) * sealedSize < tagBytes)
      throw new BackupRefused('cut-short')
    const all: Hash = createHash('sha256')
    let done = 0
    for (let index = 0; index < count; index++) {
      const isLast = index === count - 1
      const from = end + index * sealedSize
      const size = isLast ? length - index * sealedSize : sealedSize
      const sealed = readUpTo(fd, from, size)
      if (sealed.length !== size) throw new BackupRefused('cut-short')
      all.update(sealed)
      const plain = openPiece(key, sealed, nonceOf(index, isLast), boundTo(body, headerHash, index, isLast))
      done += plain.length
      sink(plain)
      plain.fill(0)
      onProgress(done)
    }
    return { hash: all.digest(), signature: readUpTo(fd, end + length, signatureBytes) }
  } finally {
    key.fill(0)
    closeSync(fd)
  }
}

function openPiece(key: Uint8Array, sealed: Buffer, nonce: Buffer, aad: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  try {
    const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes))
    decipher.final()
    return plain
  } catch (error) {
    throw new BackupRefused('damaged', { cause: error })
  }
}
