// The few primitives everything in this folder is made of: HKDF with a label, and AES-256-GCM with bound context.
// Only algorithms that Electron's BoringSSL has (KEY-08).
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

export const keyLength = 32
const nonceLength = 12
const tagLength = 16

export interface Wrapped {
  readonly nonce: Buffer
  /** Ciphertext and tag. */
  readonly wrapped: Buffer
}

export function deriveKey(
  secret: Uint8Array,
  label: string,
  salt: string,
  bytes: number = keyLength,
): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `osler/${label}`, bytes))
}

/** `context` is authenticated with it: a wrap moved to another place, slot or generation does not open. */
export function wrapKey(key: Uint8Array, plain: Uint8Array, context: string): Wrapped {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  cipher.setAAD(Buffer.from(context, 'utf8'))
  return { nonce, wrapped: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) }
}

/** `null` when key, context or bytes are not what they were. */
export function unwrapKey(key: Uint8Array, { nonce, wrapped }: Wrapped, context: string): Buffer | null {
  if (nonce.length !== nonceLength || wrapped.length < tagLength) return null
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(wrapped.subarray(wrapped.length - tagLength))
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(0, wrapped.length - tagLength)), decipher.final()])
  } catch {
    return null
  }
}

export const hmac = (key: Uint8Array, data: Uint8Array | string): Buffer =>
  createHmac('sha256', key).update(data).digest()
