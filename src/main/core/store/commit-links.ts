// Walks the chains of commits: hash over the stored bytes, link to the one before, signature of the device. An erased change
// is accepted by its hash only where a signed order of the control log covers exactly the marks that name it.
import type { Connection } from '../db/connection.ts'
import { commitHash, decodeHeader, ed25519PublicKey, entriesOf, signatureHolds, zeroHash } from './commit.ts'
import { createMarkCount } from './erasure-orders.ts'

export interface StoredCommit {
  readonly pos: number
  readonly writer: number
  readonly seq: number
  readonly prev: Uint8Array
  readonly hash: Uint8Array
  readonly sig: Uint8Array
  readonly header: Uint8Array
  readonly body: Uint8Array
}

export interface CommitLinks {
  /** Asked for every commit in the order of `pos`. What cannot be read does not hold. */
  holds(commit: StoredCommit): boolean
  /** After the last one: the number of the first commit with a mark of erasure that nobody ordered. */
  firstForgedErasure(): number | null
}

export function createLinks(db: Connection): CommitLinks {
  const writers = db.prepare('select n, public_key from sync_writer').all() as {
    n: number
    public_key: Uint8Array
  }[]
  const keys = new Map(writers.map((w) => [w.n, ed25519PublicKey(w.public_key)]))
  const heads = new Map<number, { seq: number; hash: Uint8Array }>()
  const marks = createMarkCount(db)
  return {
    firstForgedErasure: () => marks.firstForged(),
    holds(commit) {
      const before = heads.get(commit.writer) ?? { seq: 0, hash: zeroHash }
      heads.set(commit.writer, { seq: commit.seq, hash: commit.hash })
      const header = decodeHeader(commit.header)
      const body = readable(commit.body)
      if (body === null) return false
      const hash = commitHash(commit.header, body)
      marks.note(header.writer, commit.seq, body)
      const key = keys.get(commit.writer)
      return (
        commit.seq === before.seq + 1 &&
        header.seq === commit.seq &&
        Buffer.from(commit.prev).equals(before.hash) &&
        Buffer.from(header.prev).equals(before.hash) &&
        Buffer.from(commit.hash).equals(hash) &&
        key !== undefined &&
        signatureHolds(header, hash, commit.sig, key)
      )
    },
  }
}

function readable(body: Uint8Array) {
  try {
    return entriesOf(body)
  } catch {
    return null
  }
}
