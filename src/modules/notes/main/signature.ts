// What a signature under a note covers, how it is made and how it is checked. Pure: no rows, no session.
// Layout: SHA-256 over deterministic CBOR (RFC 8949, 4.2) of the fields below, then Ed25519 over the digest.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { encode } from 'cborg'
import type { RowOf } from '#core/store/table-def.ts'
import type { composition } from './tables.ts'

type CompositionRow = RowOf<typeof composition>

/** The columns a signature covers. `status` is not among them: it never changes, it is derived at reading. */
const signedColumns = [
  'id',
  'patient_id',
  'encounter_id',
  'draft_id',
  'kind',
  'relates_code',
  'relates_to',
  'reason',
  'title',
  'body',
  'author_id',
  'author_name',
  'author_role',
  'signed_at',
  'clock_quality',
  'signing_key_id',
] as const satisfies readonly (keyof CompositionRow)[]

export type SignedFields = Pick<CompositionRow, (typeof signedColumns)[number]>
export interface Seal {
  readonly digest: Uint8Array
  readonly signature: Uint8Array
}

/** Type and version keep these bytes apart from everything else a person signs with the same key. */
export function canonicalBytes(note: SignedFields): Uint8Array {
  const fields: Record<string, string | number | null> = { type: 'osler.note', v: 1 }
  for (const column of signedColumns) fields[column] = note[column]
  return encode(fields)
}

export function digestOf(note: SignedFields): Buffer {
  return createHash('sha256').update(canonicalBytes(note)).digest()
}

/**
 * @param privateKey PKCS#8 DER of an Ed25519 key
 * @returns the seal, and the public half (SPKI DER) that verifies it
 */
export function sealNote(note: SignedFields, privateKey: Uint8Array): Seal & { publicKey: Buffer } {
  const digest = digestOf(note)
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return { digest, signature: sign(null, digest, key), publicKey }
}

/** @param publicKey SPKI DER of the key named by the row; `null` when it is unknown or belongs to somebody else */
export function isSealIntact(note: SignedFields & Seal, publicKey: Uint8Array | null): boolean {
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
