// The audit trail: one HMAC chain of every act, with signed checkpoints (AUD-01..04). Entries hold aliases, counts and
// codes, never clinical text. The database itself refuses changes, deletions and gaps (migration 0001).
import { createHmac, sign } from 'node:crypto'
import type { DataCategory } from '#shared/contract.ts'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import type { Door } from '../rpc/context.ts'
import { type AuditHead, auditColumns, checkpointBytes, macOf, zeroMac } from './audit-format.ts'
import { ed25519PrivateKey } from './commit.ts'

export { type ChainReport, verifyAuditChain } from './audit-check.ts'
export type { AuditHead } from './audit-format.ts'

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

export interface AuditTrail {
  readonly committed: AuditHead
  /** Inside an open transaction; the returned head counts once `accept` is called after COMMIT. */
  append(entry: AuditEntry): AuditHead
  accept(head: AuditHead): void
  /** Inside an open transaction: signs the chain's head if one is due, or `force`d. */
  checkpoint(nowMs: number, at: string, force?: boolean): void
}

const entriesPerCheckpoint = 1_000
const msPerCheckpoint = 15 * 60 * 1000
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
    `insert into audit_log (${auditColumns.join(', ')}, mac) values (${auditColumns.map(() => '?').join(', ')}, ?)`,
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
