// Walks the audit chain: each MAC, no gap, each checkpoint's signature by the device whose key the control log holds.
// In slices, so that a window stays alive while a million entries are checked; names the first bad entry.
import { type KeyObject, timingSafeEqual, verify } from 'node:crypto'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { type AuditHead, auditColumns, checkpointBytes, macOf, zeroMac } from './audit-format.ts'
import { ed25519PublicKey } from './commit.ts'
import { deviceKeysOf } from './device-keys.ts'

export interface ChainReport {
  readonly entries: number
  readonly ok: boolean
  readonly firstBadSeq: number | null
}

export interface CheckProgress {
  readonly done: number
  readonly total: number
}

interface Checkpoint {
  readonly seq: number
  readonly mac: Uint8Array
  readonly signature: Uint8Array
}

const sliceLength = 2_000

/** From 1 it is the full check; a later start is the quick one of the health page. */
export function verifyAuditChain(db: Connection, keys: ClinicKeys, from = 1): ChainReport {
  const steps = auditSteps(db, keys, from)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** One slice at each `next`. Entries written meanwhile are the next check's: the end is taken at the first step. */
export function* auditSteps(
  db: Connection,
  keys: ClinicKeys,
  from = 1,
): Generator<CheckProgress, ChainReport, void> {
  const last = Number(db.prepare('select coalesce(max(seq), 0) from audit_log').pluck().get())
  const beyond = firstBeyond(db, last)
  const signers = signersOf(db, keys)
  const slice = readSlice(db)
  let prev = startOf(db, from)
  let expected = from
  const bad = (seq: number): ChainReport => ({ entries: expected - 1, ok: false, firstBadSeq: seq })
  if (prev === null) return { entries: 0, ok: false, firstBadSeq: from - 1 }
  const first = db.prepare('select min(seq) from audit_log').pluck().get()
  if (typeof first === 'number' && first < 1) return { entries: 0, ok: false, firstBadSeq: first }
  while (expected <= last) {
    const to = Math.min(last, expected + sliceLength - 1)
    const { rows, more, checkpoints } = slice(expected, to)
    for (const raw of rows) {
      const mac = raw.at(-1)
      const values = raw.slice(0, -1)
      const seq = Number(values[0])
      if (seq !== expected || !(mac instanceof Uint8Array) || mac.length !== 32) return bad(expected)
      const should = macOf(keys.auditMac, prev, values, more.get(seq) ?? [])
      if (!timingSafeEqual(should, mac)) return bad(expected)
      const checkpoint = checkpoints.get(seq)
      if (checkpoint && !checkpointHolds(checkpoint, { seq, mac }, signers.get(Number(values[3]))))
        return { entries: expected, ok: false, firstBadSeq: seq }
      prev = mac
      expected += 1
    }
    if (expected <= to) return bad(expected)
    yield { done: expected - from, total: last - from + 1 }
  }
  // A checkpoint or an alias beyond the last entry means that the tail was cut.
  if (beyond !== null) return { entries: last, ok: false, firstBadSeq: beyond }
  return { entries: last, ok: true, firstBadSeq: null }
}

function readSlice(db: Connection) {
  const rowsOf = db
    .prepare(`select ${auditColumns.join(', ')}, mac from audit_log where seq between ? and ? order by seq`)
    .raw()
  const moreOf = db.prepare('select seq, patient_alias from audit_patient where seq between ? and ?')
  const checkpointsOf = db.prepare(
    'select seq, mac, signature from audit_checkpoint where seq between ? and ?',
  )
  return (from: number, to: number) => {
    const more = new Map<number, string[]>()
    for (const { seq, patient_alias: alias } of moreOf.all(from, to) as {
      seq: number
      patient_alias: string
    }[]) {
      const list = more.get(seq)
      if (list) list.push(alias)
      else more.set(seq, [alias])
    }
    const checkpoints = new Map((checkpointsOf.all(from, to) as Checkpoint[]).map((c) => [c.seq, c]))
    return { rows: rowsOf.all(from, to) as unknown[][], more, checkpoints }
  }
}

function firstBeyond(db: Connection, last: number): number | null {
  const found = ['audit_checkpoint', 'audit_patient'].map((table) =>
    db.prepare(`select min(seq) from ${table} where seq > ?`).pluck().get(last),
  )
  const seqs = found.filter((seq): seq is number => typeof seq === 'number')
  return seqs.length > 0 ? Math.min(...seqs) : null
}

/** `null` where the entry before is gone. */
function startOf(db: Connection, from: number): Uint8Array | null {
  if (from === 1) return zeroMac
  const mac = db
    .prepare('select mac from audit_log where seq = ?')
    .pluck()
    .get(from - 1)
  return mac instanceof Uint8Array ? mac : null
}

/**
 * Which key signs for which writer: the one the control log gave it. Where the control log knows none, this device's own
 * key counts and no other, so that a key somebody wrote into the list of writers signs nothing.
 */
function signersOf(db: Connection, keys: ClinicKeys): Map<number, readonly KeyObject[]> {
  const bound = deviceKeysOf(db, keys)
  const writers = db.prepare('select n, writer, public_key from sync_writer').all() as {
    n: number
    writer: Uint8Array
    public_key: Uint8Array
  }[]
  return new Map(
    writers.map(({ n, writer, public_key: listed }) => {
      const known = bound.get(Buffer.from(writer).toString('hex')) ?? []
      const own = Buffer.from(listed).equals(keys.device.publicKey) ? [keys.device.publicKey] : []
      return [n, (known.length > 0 ? known : own).map(ed25519PublicKey)]
    }),
  )
}

function checkpointHolds(
  stored: Checkpoint,
  head: AuditHead,
  signers: readonly KeyObject[] | undefined,
): boolean {
  return (
    Buffer.from(stored.mac).equals(head.mac) &&
    (signers ?? []).some((key) => verify(null, checkpointBytes(head), key, stored.signature))
  )
}
