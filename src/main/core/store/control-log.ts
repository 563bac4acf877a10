// The control log: genesis, devices, grants, one signed hash chain that later decides membership (SYNC 2.12).
import { createHash, sign, verify } from 'node:crypto'
import { decode, encode } from 'cborg'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { ed25519PrivateKey, ed25519PublicKey, uuidBytesOf, zeroHash } from './commit.ts'

const label = Buffer.from('osler:control:1\0')

/** Appends inside the open transaction; a rolled-back one leaves no entry. */
export function createControlLog(db: Connection, keys: ClinicKeys) {
  const head = db.prepare('select n, hash from control_log order by n desc limit 1')
  const insert = db.prepare('insert into control_log (n, prev, hash, sig, body) values (?, ?, ?, ?, ?)')
  const signKey = ed25519PrivateKey(keys.device.privateKey)
  return (at: string, entry: Readonly<Record<string, unknown>>): void => {
    const last = (head.get() as { n: number; hash: Uint8Array } | undefined) ?? { n: 0, hash: zeroHash }
    const body = encode({
      ...entry,
      n: last.n + 1,
      at,
      clinic: uuidBytesOf(keys.clinicId),
      device: keys.device.deviceId,
    })
    const hash = hashOf(last.hash, body)
    insert.run(last.n + 1, last.hash, hash, sign(null, Buffer.concat([label, hash]), signKey), body)
  }
}

const hashOf = (prev: Uint8Array, body: Uint8Array) =>
  createHash('sha256').update(label).update(prev).update(body).digest()

interface Entry {
  readonly kind?: unknown
  readonly device?: unknown
  readonly writer?: unknown
  readonly signKey?: unknown
}

interface Stored {
  readonly n: number
  readonly prev: Uint8Array
  readonly hash: Uint8Array
  readonly sig: Uint8Array
  readonly body: Uint8Array
}

/** Each entry's hash, its link to the one before, and its signature by a device the log itself has let in. */
export function verifyControlLog(
  db: Connection,
  keys: ClinicKeys,
): { entries: number; ok: boolean; firstBadSeq: number | null } {
  const rows = db.prepare('select n, prev, hash, sig, body from control_log order by n').all() as Stored[]
  const signers = new Map<string, Uint8Array[]>([[keys.device.deviceId, [keys.device.publicKey]]])
  for (const row of rows) {
    const entry = entryOf(row.body)
    if (entry?.kind !== 'device.add' || !(entry.signKey instanceof Uint8Array)) continue
    const id = String(entry.device)
    signers.set(id, [...(signers.get(id) ?? []), entry.signKey])
  }
  let before: { n: number; hash: Uint8Array } = { n: 0, hash: zeroHash }
  for (const row of rows) {
    const known = signers.get(String(entryOf(row.body)?.device)) ?? []
    const signed = Buffer.concat([label, row.hash])
    const holds =
      row.n === before.n + 1 &&
      Buffer.from(row.prev).equals(before.hash) &&
      Buffer.from(row.hash).equals(hashOf(before.hash, row.body)) &&
      known.some((key) => verify(null, signed, ed25519PublicKey(key), row.sig))
    if (!holds) return { entries: before.n, ok: false, firstBadSeq: before.n + 1 }
    before = row
  }
  return { entries: before.n, ok: true, firstBadSeq: null }
}

/** Public keys that the control log gave to each writer (hex); nothing where the log itself does not hold. */
export function deviceKeysOf(db: Connection, keys: ClinicKeys): Map<string, readonly Uint8Array[]> {
  const found = new Map<string, readonly Uint8Array[]>()
  if (!verifyControlLog(db, keys).ok) return found
  for (const body of db.prepare('select body from control_log order by n').pluck().all() as Uint8Array[]) {
    const entry = entryOf(body)
    if (entry?.kind !== 'device.add') continue
    if (!(entry.writer instanceof Uint8Array) || !(entry.signKey instanceof Uint8Array)) continue
    const writer = Buffer.from(entry.writer).toString('hex')
    found.set(writer, [...(found.get(writer) ?? []), entry.signKey])
  }
  return found
}

/** True where the clinic was founded but this device, in this incarnation, is not in its log: after a restored file. */
export function isDeviceMissing(db: Connection, keys: ClinicKeys): boolean {
  if (db.prepare('select 1 from control_log limit 1').get() === undefined) return false
  return !deviceKeysOf(db, keys).has(Buffer.from(keys.device.writer).toString('hex'))
}

function entryOf(body: Uint8Array): Entry | null {
  try {
    return decode(body) as Entry
  } catch {
    return null
  }
}
