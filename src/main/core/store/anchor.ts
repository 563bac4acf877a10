// Where the audit trail had come to, remembered outside of the clinic's folder (AUD-05): in the system's keychain, in
// every backup's header, on a printed page. Whoever puts back an older folder with its watermark does not reach these.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Connection } from '../db/connection.ts'
import type { DeviceSecretStore } from '../keys/device-secret.ts'
import type { AuditHead } from './audit-format.ts'
import type { Mark } from './watermark.ts'

/** 32 bytes, as a keychain entry holds: number 6, proof of itself 10, proof of the entry 16. */
export const anchorLength = 32

export interface Anchor {
  readonly seq: number
  /** Keyed digest of the entry's number and MAC: says whether an entry is the one, and nothing else. */
  readonly proof: Uint8Array
}

export interface AnchorPlace {
  /** What was read before opening; `null` where there is none, `damaged` where it is not ours. */
  readonly found: Anchor | null | 'damaged'
  /** Called at most every fifteen minutes and at closing. */
  readonly save: (anchor: Uint8Array) => Promise<void>
}

const entryLabel = Buffer.from('osler:anchor-entry:1\0')
const selfLabel = Buffer.from('osler:anchor-self:1\0')
const tag = (key: Uint8Array, label: Buffer, bytes: Uint8Array, length: number) =>
  createHmac('sha256', key).update(label).update(bytes).digest().subarray(0, length)

function number6(seq: number): Buffer {
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(seq, 0, 6)
  return bytes
}

const proofOf = (key: Uint8Array, head: AuditHead) =>
  tag(key, entryLabel, Buffer.concat([number6(head.seq), head.mac]), 16)

export function encodeAnchor(key: Uint8Array, head: AuditHead): Uint8Array {
  const proof = proofOf(key, head)
  const start = number6(head.seq)
  const self = tag(key, selfLabel, Buffer.concat([start, proof]), 10)
  return Buffer.concat([start, self, proof])
}

export function decodeAnchor(key: Uint8Array, bytes: Uint8Array): Anchor | 'damaged' {
  if (bytes.length !== anchorLength) return 'damaged'
  const all = Buffer.from(bytes)
  const start = all.subarray(0, 6)
  const proof = all.subarray(16)
  const self = tag(key, selfLabel, Buffer.concat([start, proof]), 10)
  if (!timingSafeEqual(self, all.subarray(6, 16))) return 'damaged'
  return { seq: start.readUIntBE(0, 6), proof: Uint8Array.from(proof) }
}

/** Under a name of its own beside the device secret: an entry of the same length. */
export const anchorName = (clinicId: string): string => `${clinicId}:audit-anchor`

/** A keychain that is locked or gone must not keep anybody from opening: then there is no anchor, and the lamp says so. */
export async function keychainAnchor(
  secrets: DeviceSecretStore,
  clinicId: string,
  key: Uint8Array,
): Promise<AnchorPlace | undefined> {
  if (secrets.backend === 'none') return undefined
  const bytes = await secrets.read(anchorName(clinicId)).catch(() => null)
  return {
    found: bytes === null ? null : decodeAnchor(key, bytes),
    save: (anchor) => secrets.write(anchorName(clinicId), anchor),
  }
}

/** After a restore on purpose: what the keychain remembers is newer than what is now to be opened. */
export const forgetAnchor = (secrets: DeviceSecretStore, clinicId: string): Promise<void> =>
  secrets.remove(anchorName(clinicId))

export type AnchorVerdict =
  /** The entry is there and is the one. */
  | { readonly state: 'holds' }
  /** There is no such anchor to compare with. */
  | { readonly state: 'missing' }
  | { readonly state: 'damaged' }
  /** The trail ends before it: so many entries are gone. */
  | { readonly state: 'behind'; readonly entries: number }
  /** An entry of that number is there, but it is another one. */
  | { readonly state: 'other' }

export function judgeAnchor(
  db: Connection,
  key: Uint8Array,
  anchor: Anchor | null | 'damaged',
): AnchorVerdict {
  if (anchor === null) return { state: 'missing' }
  if (anchor === 'damaged') return { state: 'damaged' }
  return judge(db, anchor.seq, (mac) => timingSafeEqual(proofOf(key, { seq: anchor.seq, mac }), anchor.proof))
}

export function judgeMark(db: Connection, mark: Mark | null): AnchorVerdict {
  if (!mark) return { state: 'missing' }
  return judge(db, mark.auditSeq, (mac) => Buffer.from(mac).equals(mark.auditMac))
}

function judge(db: Connection, seq: number, isTheOne: (mac: Uint8Array) => boolean): AnchorVerdict {
  if (seq === 0) return { state: 'holds' }
  const last = Number(db.prepare('select coalesce(max(seq), 0) from audit_log').pluck().get())
  if (last < seq) return { state: 'behind', entries: seq - last }
  const mac = db.prepare('select mac from audit_log where seq = ?').pluck().get(seq)
  return mac instanceof Uint8Array && mac.length === 32 && isTheOne(mac)
    ? { state: 'holds' }
    : { state: 'other' }
}

/** How many entries are missing by the worst of the anchors; 0 where none says so. An "other" entry counts as one. */
export function missingBy(verdicts: readonly AnchorVerdict[]): number {
  return Math.max(0, ...verdicts.map((v) => (v.state === 'behind' ? v.entries : v.state === 'other' ? 1 : 0)))
}
