// What a signature under a sick note covers, how it is made and checked. Pure: no rows, no session.
// Layout: SHA-256 over deterministic CBOR (RFC 8949, 4.2) of the fields below, then Ed25519 over the digest.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { encode } from 'cborg'
import type { RowOf } from '#core/store/table-def.ts'
import type { sickNote } from './tables.ts'

type Row = RowOf<typeof sickNote>

const signedColumns = [
  'id',
  'patient_id',
  'number',
  'issued_on',
  'from_date',
  'until_date',
  'is_follow_up',
  'diagnosis',
  'remarks',
  'author_id',
  'author_name',
  'author_role',
  'signed_at',
  'clock_quality',
  'signing_key_id',
] as const satisfies readonly (keyof Row)[]

export type SignedSickNote = Pick<Row, (typeof signedColumns)[number]>
export interface Seal {
  readonly digest: Uint8Array
  readonly signature: Uint8Array
}

/** Type and version keep these bytes apart from everything else a person signs with the same key. */
export function digestOf(note: SignedSickNote): Buffer {
  const fields: Record<string, string | number | null> = { type: 'osler.sick-note', v: 1 }
  for (const column of signedColumns) fields[column] = note[column]
  return createHash('sha256').update(encode(fields)).digest()
}

/** @param privateKey PKCS#8 DER of an Ed25519 key */
export function sealSickNote(note: SignedSickNote, privateKey: Uint8Array): Seal & { publicKey: Buffer } {
  const digest = digestOf(note)
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return { digest, signature: sign(null, digest, key), publicKey }
}

/** @param publicKey SPKI DER of the key named by the row; `null` when it is unknown or belongs to somebody else */
export function isSealIntact(note: SignedSickNote & Seal, publicKey: Uint8Array | null): boolean {
  if (publicKey === null) return false
  const digest = digestOf(note)
  if (!digest.equals(note.digest)) return false
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, digest, key, note.signature)
  } catch {
    // A key that cannot be read verifies nothing.
    return false
  }
}
