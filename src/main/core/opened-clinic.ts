// A clinic with its keys in memory: made new in an empty folder, or opened through a slot. All or nothing: whatever
// goes wrong, no key stays in memory and no half-made clinic in the folder. Which folder, and who may ask, is host.ts.
import type { CreateClinic } from '#shared/bootstrap.ts'
import { type CreatePerson, foundClinic } from './bootstrap.ts'
import { openClinic } from './clinic.ts'
import { beginFolder, type ClinicFolder, discardUnfinished, finishFolder } from './clinic-folder.ts'
import type { OpenClinic, OpenClinicOptions } from './clinic-types.ts'
import { type AnchorPlace, forgetAnchor, keychainAnchor } from './store/anchor.ts'
import type { DeviceSecretStore } from './keys/device-secret.ts'
import type { Hasher, KdfPolicy } from './keys/kdf.ts'
import { KeyFileDamaged, readKeyFile } from './keys/key-file.ts'
import { createKeyRing, type KeyRing, type KeyRingOptions, unlockKeyRing } from './keys/key-ring.ts'
import { createPasswordWork } from './keys/password-work.ts'
import type { Door } from './rpc/context.ts'

export interface OpeningOptions
  extends Pick<
    OpenClinicOptions,
    'modules' | 'migrations' | 'spawnIsolated' | 'catalogues' | 'ticker' | 'monotonic' | 'clock' | 'log'
  > {
  readonly folder: ClinicFolder
  readonly door: Door
  readonly secrets: DeviceSecretStore
  readonly hasher: Hasher
  readonly kdf: KdfPolicy
  readonly isDemo: boolean
  readonly createPerson: CreatePerson
}

export interface OpenedClinic {
  readonly clinic: OpenClinic
  readonly isDemo: boolean
  /** Safe stop, checkpoint, close, and every key overwritten. */
  close(): Promise<void>
}

export async function createClinicIn(
  options: OpeningOptions,
  input: CreateClinic,
  fill?: (clinic: OpenClinic, founderId: string) => Promise<void> | void,
): Promise<OpenedClinic> {
  const { folder } = options
  beginFolder(folder)
  const ring = createKeyRing(ringOptions(options))
  let opened: OpenedClinic | undefined
  try {
    opened = openWith(options, ring, true, await anchorOf(options, ring))
    const founderId = await found(options, opened.clinic, ring, input)
    await fill?.(opened.clinic, founderId)
    // From here on the clinic exists: the key file is what opens it.
    ring.save()
    finishFolder(folder)
    return opened
  } catch (error) {
    // What went wrong first is what is told; the folder is cleared all the same.
    await opened?.close().catch((failure: unknown) => {
      options.log.warn('a clinic that could not be made did not close cleanly', { error: failure })
    })
    ring.wipe()
    await options.secrets.remove(ring.keys.clinicId).catch(() => {})
    await forgetAnchor(options.secrets, ring.keys.clinicId).catch(() => {})
    discardUnfinished(folder)
    throw error
  }
}

async function found(
  options: OpeningOptions,
  clinic: OpenClinic,
  ring: KeyRing,
  input: CreateClinic,
): Promise<string> {
  const { admin } = input
  const detail = options.isDemo ? 'demo' : `keychain=${options.secrets.backend}`
  const founderId = await foundClinic(clinic, {
    input,
    isDemo: options.isDemo,
    keys: ring.keys,
    passwords: passwordWork(options, ring),
    modules: options.modules,
    createPerson: options.createPerson,
    door: options.door,
    detail,
  })
  await ring.slots.put(founderId, admin.username, admin.password)
  return founderId
}

/** `null` when name or password is wrong. Throws DeviceSecretError, KeyFileDamaged or OpenProblem. */
export async function unlockClinicIn(
  options: OpeningOptions,
  who: { readonly username: string | null; readonly password: string },
): Promise<OpenedClinic | null> {
  const file = readKeyFile(options.folder.keyFile)
  if (!file) throw new KeyFileDamaged()
  const ring = await unlockKeyRing(ringOptions(options), file, who)
  if (!ring) return null
  if (file.fromOldCopy) options.log.warn('the key file was damaged; its older copy was used')
  finishFolder(options.folder)
  try {
    return openWith(options, ring, false, await anchorOf(options, ring))
  } catch (error) {
    ring.wipe()
    throw error
  }
}

const anchorOf = (options: OpeningOptions, { keys }: KeyRing) =>
  keychainAnchor(options.secrets, keys.clinicId, keys.watermarkMac)

function openWith(
  options: OpeningOptions,
  ring: KeyRing,
  create: boolean,
  anchor: AnchorPlace | undefined,
): OpenedClinic {
  const { modules, migrations, spawnIsolated, catalogues, monotonic, clock, log } = options
  const clinic = openClinic({
    dir: options.folder.dir,
    keys: ring.keys,
    modules,
    migrations,
    clock,
    log,
    spawnIsolated,
    catalogues,
    passwords: passwordWork(options, ring),
    slots: ring.slots,
    create,
    ...(monotonic ? { monotonic } : {}),
    ticker: options.ticker,
    anchor,
  })
  clinic.warmCatalogues()
  const close = async () => {
    try {
      await clinic.close()
    } finally {
      ring.wipe()
    }
  }
  return { clinic, isDemo: options.isDemo, close }
}

const passwordWork = (options: OpeningOptions, ring: KeyRing) =>
  createPasswordWork({ pepper: ring.keys.pepper, policy: options.kdf.verifier, hasher: options.hasher })

const ringOptions = (options: OpeningOptions): KeyRingOptions => ({
  file: options.folder.keyFile,
  secrets: options.secrets,
  hasher: options.hasher,
  slotParams: options.kdf.slot,
  clock: options.clock,
  anyPassword: options.isDemo,
})
