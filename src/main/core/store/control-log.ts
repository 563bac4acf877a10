// The control log: genesis, devices, grants, erasure orders, one signed hash chain that later decides membership (SYNC 2.12).
import { createHash, sign, verify } from 'node:crypto'
import { decode, encode } from 'cborg'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { ed25519PrivateKey, ed25519PublicKey, uuidBytesOf, zeroHash } from './commit.ts'

const label = Buffer.from('osler:control:1\0')

export interface ControlRow {
  readonly n: number
  readonly prev: Uint8Array
  readonly hash: Uint8Array
  readonly sig: Uint8Array
  readonly body: Uint8Array
}

/** Appends inside the open transaction and returns the entry's number; a rolled-back one leaves no entry. */
export function createControlLog(db: Connection, keys: ClinicKeys) {
  const head = db.prepare('select n, hash from control_log order by n desc limit 1')
  const insert = db.prepare('insert into control_log (n, prev, hash, sig, body) values (?, ?, ?, ?, ?)')
  const signKey = ed25519PrivateKey(keys.device.privateKey)
  return (at: string, entry: Readonly<Record<string, unknown>>): number => {
    const last = (head.get() as { n: number; hash: Uint8Array } | undefined) ?? { n: 0, hash: zeroHash }
    const body = encode({
      ...entry,
      n: last.n + 1,
      at,
      clinic: uuidBytesOf(keys.clinicId),
      device: keys.device.deviceId,
    })
    const hash = hashOf(last.hash, body)
    insert.run(last.n + 1, last.hash, hash, sign(null, signedBytes(hash), signKey), body)
    return last.n + 1
  }
}

export const controlBody = (body: Uint8Array): Readonly<Record<string, unknown>> =>
  decode(body) as Readonly<Record<string, unknown>>

export const nextControlNumber = (db: Connection): number =>
  Number(db.prepare('select coalesce(max(n), 0) + 1 from control_log').pluck().get())

/** Public keys of the devices this database knows, by device id; our own also before its first commit. */
export function deviceKeys(db: Connection, keys?: ClinicKeys): Map<string, Uint8Array[]> {
  const found = new Map<string, Uint8Array[]>()
  const add = (device: string, key: Uint8Array) => {
    const list = found.get(device)
    if (list) list.push(key)
    else found.set(device, [key])
  }
  const rows = db.prepare('select device_id, public_key from sync_writer').all() as {
    device_id: string
    public_key: Uint8Array
  }[]
  for (const row of rows) add(row.device_id, row.public_key)
  if (keys) add(keys.device.deviceId, keys.device.publicKey)
  return found
}

/** One entry by itself: its hash over its predecessor's, signed by the device it names. */
export function controlEntryHolds(
  row: ControlRow,
  known: ReadonlyMap<string, readonly Uint8Array[]>,
): boolean {
  const body = controlBody(row.body)
  const hash = hashOf(row.prev, row.body)
  if (body.n !== row.n || !Buffer.from(row.hash).equals(hash)) return false
  const candidates = known.get(String(body.device)) ?? []
  return candidates.some((key) => verify(null, signedBytes(hash), ed25519PublicKey(key), row.sig))
}

export function verifyControlLog(
  db: Connection,
  keys?: ClinicKeys,
): { entries: number; ok: boolean; firstBad: number | null } {
  const known = deviceKeys(db, keys)
  let prev: Uint8Array = zeroHash
  let entries = 0
  const rows = db.prepare('select n, prev, hash, sig, body from control_log order by n').iterate()
  for (const row of rows as Iterable<ControlRow>) {
    const follows = row.n === entries + 1 && Buffer.from(row.prev).equals(prev)
    if (!follows || !controlEntryHolds(row, known)) return { entries, ok: false, firstBad: entries + 1 }
    prev = row.hash
    entries += 1
  }
  return { entries, ok: true, firstBad: null }
}

function hashOf(prev: Uint8Array, body: Uint8Array): Uint8Array {
  return createHash('sha256').update(label).update(prev).update(body).digest()
}

const signedBytes = (hash: Uint8Array): Uint8Array => Buffer.concat([label, hash])
