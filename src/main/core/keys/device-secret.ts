// The half of a slot's key that stays on this computer: 32 random bytes per clinic in the OS keychain (SECURITY 3.2).
// Implementations: the keychain (keyring-store.ts), none, and one in memory for tests. The shell may add safeStorage.

import type { KeychainProblem } from '#shared/bootstrap.ts'

export const backends = ['secret-service', 'keychain', 'credential-manager', 'safe-storage', 'none'] as const
/** Written into every slot: a change of it is never silent (KEY-03). */
export type Backend = (typeof backends)[number]

export interface DeviceSecretStore {
  readonly backend: Backend
  /** What the system offers in a keychain's place and we do not take, where there is none. */
  readonly refused?: RefusedBackend | undefined
  /** Tries it with a throw-away entry; may make the system ask the person. Asked before the first slot is made. */
  canKeep(): Promise<boolean>
  /** `null` when there is no entry. Throws DeviceSecretError when it cannot be told. */
  read(clinicId: string): Promise<Uint8Array | null>
  /** Returns only after the entry was read back. */
  write(clinicId: string, secret: Uint8Array): Promise<void>
  remove(clinicId: string): Promise<void>
}

/** Stores that keep a secret in clear (`basic_text`, `unknown`) or until the next restart only (`keyutils`, SECURITY M11). */
export const refusedBackends = ['basic_text', 'unknown', 'keyutils'] as const
export type RefusedBackend = (typeof refusedBackends)[number]

/**
 * missing: no entry any more · locked: the keychain did not open · damaged: an entry that is not ours ·
 * other-backend: another keychain than the slot was made with · other-secret: an entry of another time or computer ·
 * plain-text: the system would only keep it in clear · forgetful: only until the next restart ·
 * unavailable: no keychain at all now.
 */
export type DeviceSecretProblem = KeychainProblem

export class DeviceSecretError extends Error {
  readonly problem: DeviceSecretProblem
  constructor(problem: DeviceSecretProblem, options?: { cause?: unknown }) {
    super(`device secret: ${problem}`, options)
    this.name = 'DeviceSecretError'
    this.problem = problem
  }
}

export function problemWithout(refused: RefusedBackend | undefined): DeviceSecretProblem {
  if (refused === undefined) return 'unavailable'
  return refused === 'keyutils' ? 'forgetful' : 'plain-text'
}

/** Computers without a keychain worth the name: slots then rest on the password alone. */
export const withoutKeychain = (refused?: RefusedBackend): DeviceSecretStore => ({
  backend: 'none',
  refused,
  canKeep: () => Promise.resolve(false),
  read: () => Promise.resolve(null),
  write: () => Promise.reject(new DeviceSecretError(problemWithout(refused))),
  remove: () => Promise.resolve(),
})
export const noDeviceSecrets: DeviceSecretStore = withoutKeychain()

/** For tests: plays any keychain, forgets at the end of the process. */
export function memoryDeviceSecrets(
  backend: Exclude<Backend, 'none'> = 'secret-service',
): DeviceSecretStore & {
  readonly entries: Map<string, Uint8Array>
} {
  const entries = new Map<string, Uint8Array>()
  return {
    backend,
    entries,
    canKeep: () => Promise.resolve(true),
    read: (clinicId) => {
      const entry = entries.get(clinicId)
      // A copy: callers overwrite what they are done with.
      return Promise.resolve(entry ? Uint8Array.from(entry) : null)
    },
    write: (clinicId, secret) => {
      entries.set(clinicId, Uint8Array.from(secret))
      return Promise.resolve()
    },
    remove: (clinicId) => {
      entries.delete(clinicId)
      return Promise.resolve()
    },
  }
}
