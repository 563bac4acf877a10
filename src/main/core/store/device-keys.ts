// Whose checkpoints count: devices the control log let in. The first two entries found the clinic; a later device was let
// in by one that is in, or shows that it holds the clinic's audit key, as after a restored file. The table of writers
// alone makes no signer.
import { createHmac, timingSafeEqual, verify } from 'node:crypto'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { ed25519PublicKey } from './commit.ts'
import { controlBody } from './control-log.ts'

const label = Buffer.from('osler:control:1\0')
const proofLabel = Buffer.from('osler:device-proof:1\0')

export const deviceProof = (keys: ClinicKeys, writer: Uint8Array, signKey: Uint8Array): Uint8Array =>
  Uint8Array.from(
    createHmac('sha256', keys.auditMac).update(proofLabel).update(writer).update(signKey).digest(),
  )

interface Row {
  readonly n: number
  readonly hash: Uint8Array
  readonly sig: Uint8Array
  readonly body: Uint8Array
}

/** Public keys by writer (hex). */
export function deviceKeysOf(db: Connection, keys: ClinicKeys): Map<string, readonly Uint8Array[]> {
  const found = new Map<string, readonly Uint8Array[]>()
  const known = new Map<string, Uint8Array[]>([[keys.device.deviceId, [keys.device.publicKey]]])
  for (const row of db.prepare('select n, hash, sig, body from control_log order by n').all() as Row[]) {
    const body = bodyOf(row.body)
    const { kind, writer, signKey, proof } = body
    if (kind !== 'device.add' || !(writer instanceof Uint8Array) || !(signKey instanceof Uint8Array)) continue
    const author = String(body.device)
    const signers = known.get(author) ?? []
    const isFounding = row.n <= 2
    const isProven =
      proof instanceof Uint8Array &&
      proof.length === 32 &&
      timingSafeEqual(proof, deviceProof(keys, writer, signKey))
    const candidates = isFounding || isProven ? [...signers, signKey] : signers
    const signed = Buffer.concat([label, row.hash])
    if (!candidates.some((key) => verify(null, signed, ed25519PublicKey(key), row.sig))) continue
    known.set(author, [...signers, signKey])
    const name = Buffer.from(writer).toString('hex')
    found.set(name, [...(found.get(name) ?? []), signKey])
  }
  return found
}

/** True where the clinic was founded but this device, in this incarnation, is not in its log: after a restored file. */
export function isDeviceMissing(db: Connection, keys: ClinicKeys): boolean {
  if (db.prepare('select 1 from control_log limit 1').get() === undefined) return false
  return !deviceKeysOf(db, keys).has(Buffer.from(keys.device.writer).toString('hex'))
}

function bodyOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    return controlBody(bytes)
  } catch {
    return {}
  }
}
