// The commit record: encoding, hashing and signing of one writer's changes (SYNC 2.4).
// Stored bytes are hashed as they are and never re-encoded, so one change can later be erased and the chain still verifies.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { decode, encode } from 'cborg'

export const zeroHash: Uint8Array = new Uint8Array(32)

const labels = {
  change: Buffer.from('osler:change:1\0'),
  commit: Buffer.from('osler:commit:1\0'),
  signature: Buffer.from('osler:signature:1\0'),
}

export const ops = { insert: 0, put: 1, void: 2, restore: 3 } as const
export type Op = keyof typeof ops
const opNames = Object.keys(ops) as Op[]

/** A dot names one commit's write: 16-byte writer and its sequence number. */
export type Dot = readonly [writer: Uint8Array, seq: number]

export interface Change {
  readonly tableId: number
  readonly rowId: string
  readonly op: Op
  /** Field group bit -> values in the order of the group's columns. */
  readonly groups: readonly (readonly [bit: number, values: readonly unknown[]])[]
  /** Field group bit -> dots this write replaces; empty for an insert. */
  readonly base: readonly (readonly [bit: number, dots: readonly Dot[]])[]
  /** 16 random bytes: nobody can guess short contents from a hash. */
  readonly salt: Uint8Array
}

export interface CommitHeader {
  readonly v: 1
  readonly clinic: Uint8Array
  readonly writer: Uint8Array
  readonly seq: number
  readonly prev: Uint8Array
  readonly hlc: Uint8Array
  readonly wall: number
  /** Measured offset to the relay in ms; null while there is none. */
  readonly offset: number | null
  readonly clockq: string
  readonly user: string | null
  readonly session: string | null
  readonly role: string | null
  readonly action: string
  readonly opId: string
  readonly job: string | null
  readonly app: string
  readonly schema: number
  readonly minReader: number
  /** Control-log number this writer knew. */
  readonly ctl: number
  readonly deps: readonly Dot[]
}

export interface SealedCommit {
  readonly header: Uint8Array
  readonly body: Uint8Array
  readonly hash: Uint8Array
  readonly sig: Uint8Array
}

export function encodeChange(c: Change): Uint8Array {
  return encode([c.tableId, c.rowId, ops[c.op], c.groups, c.base, c.salt])
}

export function decodeChange(bytes: Uint8Array): Change {
  const [tableId, rowId, op, groups, base, salt] = decode(bytes) as [
    number,
    string,
    number,
    Change['groups'],
    Change['base'],
    Uint8Array,
  ]
  const name = opNames[op]
  if (name === undefined) throw new Error('commit: unknown operation')
  return { tableId, rowId, op: name, groups, base, salt }
}

export function decodeHeader(bytes: Uint8Array): CommitHeader {
  return decode(bytes) as CommitHeader
}

/** What stands in the place of an erased change: the control entry that ordered it, and the change's hash (SYNC 2.17). */
export type ErasedMark = readonly [order: number, hash: Uint8Array]
export type BodyEntry = Uint8Array | ErasedMark

export const isErased = (entry: BodyEntry): entry is ErasedMark => !(entry instanceof Uint8Array)

/** A body's changes in their places, erased ones as marks. */
export function entriesOf(body: Uint8Array): BodyEntry[] {
  const entries = decode(body) as unknown
  if (!Array.isArray(entries)) throw new Error('commit: no list of changes')
  for (const entry of entries as unknown[]) {
    if (entry instanceof Uint8Array) continue
    const isMark =
      Array.isArray(entry) &&
      entry.length === 2 &&
      Number.isSafeInteger(entry[0]) &&
      entry[1] instanceof Uint8Array &&
      entry[1].length === 32
    if (!isMark) throw new Error('commit: neither a change nor a mark')
  }
  return entries as BodyEntry[]
}

/** The changes that can still be read. */
export function changesOf(body: Uint8Array): Uint8Array[] {
  return entriesOf(body).filter((entry) => entry instanceof Uint8Array)
}

export const encodeBody = (entries: readonly BodyEntry[]): Uint8Array => encode(entries)

export function changeHash(change: Uint8Array): Uint8Array {
  return createHash('sha256').update(labels.change).update(change).digest()
}

export function sealCommit(
  header: CommitHeader,
  changes: readonly Uint8Array[],
  key: KeyObject,
): SealedCommit {
  const headerBytes = encode(header)
  const hash = commitHash(headerBytes, changes)
  return {
    header: headerBytes,
    body: encode(changes),
    hash,
    sig: sign(null, signedBytes(header.clinic, header.writer, header.seq, hash), key),
  }
}

export function commitHash(header: Uint8Array, entries: readonly BodyEntry[]): Uint8Array {
  const hash = createHash('sha256').update(labels.commit).update(header)
  for (const entry of entries) hash.update(isErased(entry) ? entry[1] : changeHash(entry))
  return hash.digest()
}

export function signatureHolds(
  header: CommitHeader,
  hash: Uint8Array,
  sig: Uint8Array,
  key: KeyObject,
): boolean {
  return verify(null, signedBytes(header.clinic, header.writer, header.seq, hash), key, sig)
}

export function ed25519PrivateKey(pkcs8: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
}

export function ed25519PublicKey(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
}

function signedBytes(clinic: Uint8Array, writer: Uint8Array, seq: number, hash: Uint8Array): Uint8Array {
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(seq))
  return Buffer.concat([labels.signature, clinic, writer, number, hash])
}

export function uuidBytesOf(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}
