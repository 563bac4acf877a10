// The audit trail: one HMAC chain of every act, with signed checkpoints (AUD-01..04). Entries hold aliases, counts and
// codes, never clinical text. The database itself refuses changes, deletions and gaps (migration 0001).
import { createHmac, sign, timingSafeEqual, verify } from 'node:crypto'
import type { DataCategory } from '#shared/contract.ts'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import type { Door } from '../rpc/context.ts'
import { ed25519PrivateKey, ed25519PublicKey } from './commit.ts'

export interface AuditEntry {
  readonly at: string
  readonly clock: string
  readonly userId: string | null
  readonly role: string | null
  readonly sessionId: string | null
  readonly door: Door
  readonly action: string
  readonly category: DataCategory
  /** Ids; written as aliases. */
  readonly patients: readonly string[]
  readonly outcome: 'ok' | 'refused' | 'failed'
  readonly code: string | null
  readonly opId: string
  readonly detail: string | null
  readonly commits: string | null
  /** Hashes of the sealed commits, digested under the audit key. */
  readonly hashes: readonly Uint8Array[]
}

export interface AuditHead {
  readonly seq: number
  readonly mac: Uint8Array
}

export interface AuditTrail {
  readonly committed: AuditHead
  /** Inside an open transaction; the returned head counts once `accept` is called after COMMIT. */
  append(entry: AuditEntry): AuditHead
  accept(head: AuditHead): void
  /** Inside an open transaction: signs the chain's head if one is due, or `force`d. */
  checkpoint(nowMs: number, at: string, force?: boolean): void
}

const zeroMac = new Uint8Array(32)
const entriesPerCheckpoint = 1_000
const msPerCheckpoint = 15 * 60 * 1000
const macLabel = Buffer.from('osler:audit:1\0')
const checkpointLabel = Buffer.from('osler:audit-checkpoint:1\0')

/** Column order is part of the MAC: add at the end only. */
const columns = [
  'seq',
  'at',
  'clock',
  'writer',
  'user_id',
  'role',
  'session_id',
  'door',
  'action',
  'category',
  'patient_alias',
  'outcome',
  'code',
  'op_id',
  'detail',
  'commits',
  'digest',
] as const

export function createAuditTrail(db: Connection, keys: ClinicKeys, writerNumber: number): AuditTrail {
  const last = db.prepare('select seq, mac from audit_log order by seq desc limit 1').get() as
    | AuditHead
    | undefined
  let committed: AuditHead = last ?? { seq: 0, mac: zeroMac }
  let pending: AuditHead | null = null
  const mark = db.prepare('select seq, at from audit_checkpoint order by seq desc limit 1').get() as
    | { seq: number; at: string }
    | undefined
  let checkpointed = { seq: mark?.seq ?? 0, at: mark ? Date.parse(mark.at) : 0 }
  const insert = db.prepare(
    `insert into audit_log (${columns.join(', ')}, mac) values (${columns.map(() => '?').join(', ')}, ?)`,
  )
  const insertPatient = db.prepare('insert or ignore into audit_patient (patient_alias, seq) values (?, ?)')
  const insertCheckpoint = db.prepare(
    'insert or ignore into audit_checkpoint (seq, at, mac, signature) values (?, ?, ?, ?)',
  )
  const aliasOf = db.prepare('select audit_alias from patient where id = ?').pluck()
  const signKey = ed25519PrivateKey(keys.device.privateKey)

  return {
    get committed() {
      return committed
    },
    append(entry) {
      const head = pending ?? committed
      const seq = head.seq + 1
      const aliases: string[] = []
      for (const id of new Set(entry.patients)) {
        const alias = aliasOf.get(id)
        if (typeof alias === 'string') aliases.push(alias)
      }
      const digest =
        entry.hashes.length === 0
          ? null
          : createHmac('sha256', keys.auditMac).update(Buffer.concat(entry.hashes)).digest()
      const values = [
        seq,
        entry.at,
        entry.clock,
        writerNumber,
        entry.userId,
        entry.role,
        entry.sessionId,
        entry.door,
        entry.action,
        entry.category,
        aliases[0] ?? null,
        entry.outcome,
        entry.code,
        entry.opId,
        entry.detail,
        entry.commits,
        digest,
      ]
      const mac = macOf(keys.auditMac, head.mac, values, aliases.slice(1))
      insert.run(...values, mac)
      for (const alias of aliases.slice(1)) insertPatient.run(alias, seq)
      pending = { seq, mac }
      return pending
    },
    accept(head) {
      committed = head
      pending = null
    },
    checkpoint(nowMs, at, force = false) {
      const head = pending ?? committed
      const due =
        head.seq - checkpointed.seq >= entriesPerCheckpoint || nowMs - checkpointed.at >= msPerCheckpoint
      if (head.seq === checkpointed.seq || !(due || force)) return
      insertCheckpoint.run(head.seq, at, head.mac, sign(null, checkpointBytes(head), signKey))
      checkpointed = { seq: head.seq, at: nowMs }
    },
  }
}

/** After a rollback the entry numbers taken inside the transaction are free again. */
export function forgetPending(trail: AuditTrail): void {
  trail.accept(trail.committed)
}

function macOf(
  key: Uint8Array,
  prev: Uint8Array,
  values: readonly unknown[],
  moreAliases: readonly string[],
): Buffer {
  const plain = values.map((v) => (v instanceof Uint8Array ? Buffer.from(v).toString('hex') : v))
  return createHmac('sha256', key)
    .update(macLabel)
    .update(prev)
    .update(JSON.stringify([plain, [...moreAliases].sort()]))
    .digest()
}

function checkpointBytes(head: AuditHead): Uint8Array {
  return Buffer.concat([checkpointLabel, Buffer.from(String(head.seq)), head.mac])
}

export interface ChainReport {
  readonly entries: number
  readonly ok: boolean
  readonly firstBadSeq: number | null
}

/**
 * Walks the chain from an entry on: each MAC, no gap, each checkpoint's signature. Names the first bad entry.
 * From 1 it is the full check; a later start is the quick one of the health page.
 */
export function verifyAuditChain(db: Connection, keys: ClinicKeys, from = 1): ChainReport {
  const more = new Map<number, string[]>()
  for (const row of db
    .prepare('select patient_alias, seq from audit_patient where seq >= ?')
    .iterate(from) as Iterable<{
    patient_alias: string
    seq: number
  }>) {
    const list = more.get(row.seq)
    if (list) list.push(row.patient_alias)
    else more.set(row.seq, [row.patient_alias])
  }
  const checkpoints = new Map(
    (
      db.prepare('select seq, mac, signature from audit_checkpoint where seq >= ?').all(from) as {
        seq: number
        mac: Uint8Array
        signature: Uint8Array
      }[]
    ).map((c) => [c.seq, c]),
  )
  const publicKey = ed25519PublicKey(keys.device.publicKey)
  let prev = startOf(db, from)
  let expected = from
  const rows = db
    .prepare(`select ${columns.join(', ')}, mac from audit_log where seq >= ? order by seq`)
    .raw()
    .iterate(from)
  for (const raw of rows as Iterable<unknown[]>) {
    const mac = raw.at(-1) as Uint8Array
    const values = raw.slice(0, -1)
    const seq = Number(values[0])
    const should = macOf(keys.auditMac, prev, values, more.get(seq) ?? [])
    more.delete(seq)
    if (seq !== expected || mac.length !== 32 || !timingSafeEqual(should, mac)) {
      return { entries: expected - 1, ok: false, firstBadSeq: expected }
    }
    const checkpoint = checkpoints.get(seq)
    if (checkpoint && !checkpointHolds(checkpoint, { seq, mac }, publicKey)) {
      return { entries: expected, ok: false, firstBadSeq: seq }
    }
    checkpoints.delete(seq)
    prev = mac
    expected += 1
  }
  // A checkpoint or an alias beyond the last entry means that the tail was cut.
  const beyond = [...checkpoints.keys(), ...more.keys()]
  if (beyond.length > 0) return { entries: expected - 1, ok: false, firstBadSeq: Math.min(...beyond) }
  return { entries: expected - 1, ok: true, firstBadSeq: null }
}

function startOf(db: Connection, from: number): Uint8Array {
  if (from === 1) return zeroMac
  return db
    .prepare('select mac from audit_log where seq = ?')
    .pluck()
    .get(from - 1) as Uint8Array
}

function checkpointHolds(
  stored: { mac: Uint8Array; signature: Uint8Array },
  head: AuditHead,
  publicKey: ReturnType<typeof ed25519PublicKey>,
): boolean {
  return (
    Buffer.from(stored.mac).equals(head.mac) &&
    verify(null, checkpointBytes(head), publicKey, stored.signature)
  )
}
