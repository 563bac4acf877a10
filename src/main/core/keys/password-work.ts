// Staff passwords at sign-in: verifier for the account row, and the key that wraps the person's signing key.
// One argon2id run yields both halves; neither says anything about the other.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { PasswordWork } from '../rpc/services.ts'
import { createHasher, type Hasher, isWeaker, type KdfParams } from './kdf.ts'
import { deriveKey, hmac } from './wrap.ts'

interface Verifier {
  readonly params: KdfParams
  readonly salt: Buffer
  readonly mac: Buffer
}

const saltLength = 16

export function createPasswordWork(options: {
  readonly pepper: Uint8Array
  readonly policy: KdfParams
  /** One for the whole process, so that the limit on hashes at once holds for all uses together. */
  readonly hasher?: Hasher
}): PasswordWork {
  const { pepper, policy: params, hasher = createHasher() } = options
  const stretch = async (password: string, salt: Buffer, cost: KdfParams) => {
    const both = await hasher(password, salt, cost, 64)
    const halves = {
      mac: hmac(pepper, both.subarray(0, 32)),
      keyEncryptionKey: deriveKey(both.subarray(32), 'signing-kek/v1', ''),
    }
    both.fill(0)
    return halves
  }
  return {
    async hash(password) {
      const salt = randomBytes(saltLength)
      const { mac, keyEncryptionKey } = await stretch(password, salt, params)
      return { verifier: formatVerifier({ params, salt, mac }), keyEncryptionKey }
    },
    async verify(password, text) {
      const verifier = text === null ? null : parseVerifier(text)
      if (!verifier) {
        // Unknown and passwordless people cost the same time as others (AUTH-08).
        await stretch(password, randomBytes(saltLength), params)
        return null
      }
      const { mac, keyEncryptionKey } = await stretch(password, verifier.salt, verifier.params)
      if (!timingSafeEqual(mac, verifier.mac)) {
        keyEncryptionKey.fill(0)
        return null
      }
      return { keyEncryptionKey, outdated: isWeaker(verifier.params, params) }
    },
  }
}

/** PHC string form; the last field is not argon2's own output but its HMAC under the clinic's pepper. */
function formatVerifier({ params, salt, mac }: Verifier): string {
  const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${params.memoryKib},t=${params.iterations},p=${params.parallelism}$${b64(salt)}$${b64(mac)}`
}

function parseVerifier(text: string): Verifier | null {
  const match =
    /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(
      text,
    )
  if (!match) return null
  const [, memory, iterations, parallelism, salt = '', mac = ''] = match
  const params = {
    memoryKib: Number(memory),
    iterations: Number(iterations),
    parallelism: Number(parallelism),
  }
  // A doctored row must not make the clinic run out of memory.
  if (
    params.memoryKib < 8 * params.parallelism ||
    params.memoryKib > 1024 * 1024 ||
    params.iterations < 1 ||
    params.parallelism < 1
  )
    return null
  return { params, salt: Buffer.from(salt, 'base64'), mac: Buffer.from(mac, 'base64') }
}
