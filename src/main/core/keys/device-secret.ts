// The half of a slot's key that stays on this computer: 32 random bytes per clinic in the OS keychain (SECURITY 3.2).
// Implementations: the keychain (keyring-store.ts), none, and one in memory for tests. The shell may add safeStorage.

export const backends = ['secret-service', 'keychain', 'credential-manager', 'safe-storage', 'none'] as const
/** Written into every slot: a change of it is never silent (KEY-03). */
export type Backend = (typeof backends)[number]

export interface DeviceSecretStore {
  readonly backend: Backend
  /** Tries it with a throw-away entry; may make the system ask the person. Asked before the first slot is made. */
  canKeep(): Promise<boolean>
  /** `null` when there is no entry. Throws DeviceSecretError when it cannot be told. */
  read(clinicId: string): Promise<Uint8Array | null>
  /** Returns only after the entry was read back. */
  write(clinicId: string, secret: Uint8Array): Promise<void>
  remove(clinicId: string): Promise<void>
}

/**
 * missing: no entry any more · locked: the keychain did not open · damaged: an entry that is not ours ·
 * other-backend: another keychain than the slot was made with · other-secret: an entry of another time or computer ·
 * unavailable: no keychain at all now.
 */
export type DeviceSecretProblem =
  | 'missing'
  | 'locked'
  | 'damaged'
  | 'other-backend'
  | 'other-secret'
  | 'unavailable'

export class DeviceSecretError extends Error {
  readonly problem: DeviceSecretProblem
  constructor(problem: DeviceSecretProblem, options?: { cause?: unknown }) {
    super(`device secret: ${problem}`, options)
    this.name = 'DeviceSecretError'
    this.problem = problem
  }
}

/** Computers without a keychain: slots then rest on the password alone. */
export const noDeviceSecrets: DeviceSecretStore = {
  backend: 'none',
  canKeep: () => Promise.resolve(false),
  read: () => Promise.resolve(null),
  write: () => Promise.reject(new DeviceSecretError('unavailable')),
  remove: () => Promise.resolve(),
}

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
