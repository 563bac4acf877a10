// A person's own Ed25519 key: the private half is kept wrapped under a key from the person's password (DESIGN 5).
import { makeSigningPair } from './device-identity.ts'
import { unwrapKey, wrapKey } from './wrap.ts'

const nonceLength = 12
const contextOf = (userId: string) => `osler/signing-key/v1/${userId}`

/** For the columns of `user_signing_key`: public key SPKI DER; wrapped private key = nonce, ciphertext, tag. */
export function makeSigningKey(
  userId: string,
  keyEncryptionKey: Uint8Array,
): { publicKey: Buffer; wrappedPrivate: Buffer; privateKey: Buffer } {
  const { privateKey, publicKey } = makeSigningPair()
  return { publicKey, privateKey, wrappedPrivate: wrapSigningKey(userId, keyEncryptionKey, privateKey) }
}

export function wrapSigningKey(userId: string, keyEncryptionKey: Uint8Array, privateKey: Uint8Array): Buffer {
  const { nonce, wrapped } = wrapKey(keyEncryptionKey, privateKey, contextOf(userId))
  return Buffer.concat([nonce, wrapped])
}

/** PKCS#8 DER; `null` when the password has been reset since, or the row was tampered with. */
export function openSigningKey(
  userId: string,
  keyEncryptionKey: Uint8Array,
  wrappedPrivate: Uint8Array,
): Buffer | null {
  const bytes = Buffer.from(wrappedPrivate)
  const split = { nonce: bytes.subarray(0, nonceLength), wrapped: bytes.subarray(nonceLength) }
  return unwrapKey(keyEncryptionKey, split, contextOf(userId))
}
