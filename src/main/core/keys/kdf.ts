// argon2id: its settings by use (SECURITY 3.4), and the one queue through which every hash goes (AUTH-04).
import { hashRaw } from '@node-rs/argon2'
import { AppError } from '#shared/errors.ts'
import { normalizePassword } from '#shared/password-rules.ts'

export interface KdfParams {
  readonly memoryKib: number
  readonly iterations: number
  readonly parallelism: number
}

/** Tests hand in a small one through options; it can never come from the environment or a command line. */
export interface KdfPolicy {
  /** Cold-start slots: a thief works on them offline, so a guess must be dear. */
  readonly slot: KdfParams
  /** Verifiers inside the encrypted database: many people sign in at once. */
  readonly verifier: KdfParams
}

export const productionKdf: KdfPolicy = {
  slot: { memoryKib: 256 * 1024, iterations: 3, parallelism: 4 },
  verifier: { memoryKib: 64 * 1024, iterations: 3, parallelism: 1 },
}

/** What no calibration may go below. */
export const kdfFloor: KdfPolicy = {
  slot: { memoryKib: 64 * 1024, iterations: 3, parallelism: 1 },
  verifier: { memoryKib: 19 * 1024, iterations: 2, parallelism: 1 },
}

export const isWeaker = (a: KdfParams, b: KdfParams): boolean =>
  a.memoryKib < b.memoryKib || a.iterations < b.iterations

export function assertNotBelowFloor(policy: KdfPolicy): void {
  if (isWeaker(policy.slot, kdfFloor.slot) || isWeaker(policy.verifier, kdfFloor.verifier)) {
    throw new Error('argon2id settings are below the floor of SECURITY 3.4')
  }
}

/** Hashes a password under given settings. Callers beyond the queue get TOO_MANY_TRIES at once (AUTH-04). */
export type Hasher = (password: string, salt: Uint8Array, params: KdfParams, bytes: number) => Promise<Buffer>

const concurrent = 4
const longestQueue = 50

export function createHasher(): Hasher {
  let running = 0
  const waiting: (() => void)[] = []
  const release = () => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  return async (password, salt, params, bytes) => {
    if (running >= concurrent) {
      if (waiting.length >= longestQueue) throw new AppError('TOO_MANY_TRIES', { retryAfterSeconds: 5 })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await hashRaw(normalizePassword(password), {
        salt,
        outputLen: bytes,
        memoryCost: params.memoryKib,
        timeCost: params.iterations,
        parallelism: params.parallelism,
      })
    } finally {
      release()
    }
  }
}
