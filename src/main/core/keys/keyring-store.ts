// Device secrets in the operating system's keychain through @napi-rs/keyring, on Linux pinned to the Secret Service:
// its silent second choice, the kernel keyring, forgets everything at reboot (SECURITY M11).
import { randomBytes, timingSafeEqual } from 'node:crypto'
import {
  type Backend,
  DeviceSecretError,
  type DeviceSecretStore,
  noDeviceSecrets,
  withoutKeychain,
} from './device-secret.ts'
import { keyLength } from './wrap.ts'

const service = 'Osler'
const prefix = 'osler1:'
/** A person may have to type the keychain's own password. */
const patienceMs = 60_000

const backendOfPlatform: Partial<Record<NodeJS.Platform, Exclude<Backend, 'none'>>> = {
  linux: 'secret-service',
  darwin: 'keychain',
  win32: 'credential-manager',
}

interface Entry {
  getPassword(signal?: AbortSignal): Promise<string | null>
  setPassword(password: string, signal?: AbortSignal): Promise<void>
  deletePassword(signal?: AbortSignal): Promise<boolean>
}
type OpenEntry = (account: string) => Entry

/** The keychain of this computer, or `noDeviceSecrets` where there is none to speak to. */
export async function openDeviceSecrets(
  platform: NodeJS.Platform = process.platform,
): Promise<DeviceSecretStore> {
  const backend = backendOfPlatform[platform]
  if (!backend) return noDeviceSecrets
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring')
    const open: OpenEntry = (account) =>
      new AsyncEntry(service, account, { linux: { store: 'secret-service' } })
    // Constructing throws where the pinned store cannot be reached at all.
    open('availability')
    return keyringStore(backend, open)
  } catch {
    // What is left on Linux is the kernel's keyring.
    return platform === 'linux' ? withoutKeychain('keyutils') : noDeviceSecrets
  }
}

function keyringStore(backend: Exclude<Backend, 'none'>, open: OpenEntry): DeviceSecretStore {
  const accountOf = (clinicId: string) => `device-secret:${clinicId}`
  const read = async (clinicId: string) => {
    const text = await attempt((signal) => open(accountOf(clinicId)).getPassword(signal))
    if (text === null) return null
    const secret = Buffer.from(text.slice(prefix.length), 'base64url')
    if (!text.startsWith(prefix) || secret.length !== keyLength) throw new DeviceSecretError('damaged')
    return secret
  }
  const write = async (clinicId: string, secret: Uint8Array) => {
    const text = prefix + Buffer.from(secret).toString('base64url')
    await attempt((signal) => open(accountOf(clinicId)).setPassword(text, signal))
    const back = await read(clinicId)
    if (!back || !timingSafeEqual(back, secret)) throw new DeviceSecretError('damaged')
  }
  const remove = async (clinicId: string) => {
    await attempt((signal) => open(accountOf(clinicId)).deletePassword(signal))
  }
  return {
    backend,
    read,
    write,
    remove,
    /** A service without a collection answers reads with "nothing" and fails only on writing. */
    async canKeep() {
      const account = `probe-${randomBytes(8).toString('hex')}`
      try {
        await write(account, randomBytes(keyLength))
        await remove(account)
        return true
      } catch {
        return false
      }
    },
  }
}

async function attempt<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await run(AbortSignal.timeout(patienceMs))
  } catch (cause) {
    // The binding has no codes, only words; "no result found" is a service without any collection.
    const isLocked =
      cause instanceof Error && /prompt|locked|abort|timeout/i.test(`${cause.name} ${cause.message}`)
    throw new DeviceSecretError(isLocked ? 'locked' : 'unavailable', { cause })
  }
}
