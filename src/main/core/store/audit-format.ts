// How an entry of the audit trail becomes bytes, for whoever writes it, checks it or prints its head.
import { createHmac } from 'node:crypto'

export interface AuditHead {
  readonly seq: number
  readonly mac: Uint8Array
}

export const zeroMac: Uint8Array = new Uint8Array(32)
const macLabel = Buffer.from('osler:audit:1\0')
const checkpointLabel = Buffer.from('osler:audit-checkpoint:1\0')

/** Column order is part of the MAC: add at the end only. */
export const auditColumns = [
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
export type AuditColumn = (typeof auditColumns)[number]

/** What is authenticated of one entry, apart from the key and the entry before it. */
export function entryBytes(values: readonly unknown[], moreAliases: readonly string[]): string {
  const plain = values.map((v) => (v instanceof Uint8Array ? Buffer.from(v).toString('hex') : v))
  return JSON.stringify([plain, moreAliases.length > 1 ? [...moreAliases].sort() : moreAliases])
}

export function macOf(
  key: Uint8Array,
  prev: Uint8Array,
  values: readonly unknown[],
  moreAliases: readonly string[],
): Buffer {
  return createHmac('sha256', key)
    .update(macLabel)
    .update(prev)
    .update(entryBytes(values, moreAliases))
    .digest()
}

export function checkpointBytes(head: AuditHead): Uint8Array {
  return Buffer.concat([checkpointLabel, Buffer.from(String(head.seq)), head.mac])
}
