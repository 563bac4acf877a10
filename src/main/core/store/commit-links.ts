// Walks the chains of commits: hash over the stored bytes, link to the one before, signature of the device.
import type { Connection } from '../db/connection.ts'
import { changesOf, commitHash, decodeHeader, ed25519PublicKey, signatureHolds, zeroHash } from './commit.ts'

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

/** Asked for every commit in the order of `pos`. */
export function createLinks(db: Connection): { holds(commit: StoredCommit): boolean } {
  const writers = db.prepare('select n, public_key from sync_writer').all() as {
    n: number
    public_key: Uint8Array
  }[]
  const keys = new Map(writers.map((w) => [w.n, ed25519PublicKey(w.public_key)]))
  const heads = new Map<number, { seq: number; hash: Uint8Array }>()
  return {
    holds(commit) {
      const before = heads.get(commit.writer) ?? { seq: 0, hash: zeroHash }
      heads.set(commit.writer, { seq: commit.seq, hash: commit.hash })
      const header = decodeHeader(commit.header)
      const hash = commitHash(commit.header, changesOf(commit.body))
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
