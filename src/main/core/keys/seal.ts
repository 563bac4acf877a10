// A person's signature under a document of the record: SHA-256 over deterministic CBOR (RFC 8949, 4.2) of its fields,
// then the signer's own Ed25519 key over the digest. Pure: no rows, no session. Layouts never change; a new one is a new `v`.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { encode } from 'cborg'

export type SealedFields = Readonly<Record<string, string | number | null>>
/** Type and version keep these bytes apart from everything else a person signs with the same key. */
export interface SealKind {
  readonly type: string
  readonly v: number
}
export interface Seal {
  readonly digest: Uint8Array
  readonly signature: Uint8Array
}

export function sealedBytes({ type, v }: SealKind, fields: SealedFields): Uint8Array {
  return encode({ type, v, ...fields })
}

export function sealDigest(kind: SealKind, fields: SealedFields): Buffer {
  return createHash('sha256').update(sealedBytes(kind, fields)).digest()
}

/**
 * @param privateKey PKCS#8 DER of an Ed25519 key
 * @returns the seal, and the public half (SPKI DER) that verifies it
 */
export function seal(
  kind: SealKind,
  fields: SealedFields,
  privateKey: Uint8Array,
): Seal & { publicKey: Buffer } {
  const digest = sealDigest(kind, fields)
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return { digest, signature: sign(null, digest, key), publicKey }
}

/** @param publicKey SPKI DER of the key named by the row; `null` when it is unknown or belongs to somebody else */
export function isSealIntact(
  kind: SealKind,
  fields: SealedFields,
  { digest, signature }: Seal,
  publicKey: Uint8Array | null,
): boolean {
  if (publicKey === null) return false
  const expected = sealDigest(kind, fields)
  if (!expected.equals(digest)) return false
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, expected, key, signature)
  } catch {
    // A key that cannot be read verifies nothing.
    return false
  }
}
