// A clinic with its keys in memory: made new in an empty folder, or opened through a slot. All or nothing: whatever
// goes wrong, no key stays in memory and no half-made clinic in the folder. Which folder, and who may ask, is host.ts.
import type { CreateClinic, RotationStep } from '#shared/bootstrap.ts'
import { type CreatePerson, foundClinic } from './bootstrap.ts'
import { changeKeys, finishRenewal } from './change-keys.ts'
import { openClinic } from './clinic.ts'
import { beginFolder, type ClinicFolder, discardUnfinished, finishFolder } from './clinic-folder.ts'
import type { OpenClinic, ProcessParts } from './clinic-types.ts'
import { auditLooks } from './downtime/looks.ts'
import { systemTimeServers } from './time/system-servers.ts'
import { type AnchorPlace, forgetAnchor, keychainAnchor } from './store/anchor.ts'
import { reserveBytes } from './db/reserve.ts'
import type { DeviceSecretStore } from './keys/device-secret.ts'
import type { Hasher, KdfPolicy } from './keys/kdf.ts'
import { KeyFileDamaged, type ReadKeyFile, readKeyFile } from './keys/key-file.ts'
import {
  createKeyRing,
  type KeyRing,
  type KeyRingOptions,
  unlockKeyRing,
  unlockKeyRingByKit,
} from './keys/key-ring.ts'
import { createPasswordWork } from './keys/password-work.ts'
import type { RootRenewal } from './keys/root-renewal.ts'
import { removeOldGenerations, rotationSpace, settleRotation } from './db/rotate-database.ts'
import type { Door } from './rpc/context.ts'
import type { Clock, KeyWork, KitWork, RestoreWork } from './rpc/services.ts'

export interface OpeningOptions extends ProcessParts {
  readonly clock: Clock
  readonly folder: ClinicFolder
  readonly door: Door
  readonly secrets: DeviceSecretStore
  readonly hasher: Hasher
  readonly kdf: KdfPolicy
  readonly isDemo: boolean
  readonly createPerson: CreatePerson
  /** Somebody who may asked for a new database key, and perhaps for a new root key with it. */
  readonly onRotate: (renewal: RootRenewal | null) => void
  /** A restore over the open clinic is decided: the clinic has to be closed for it. */
  readonly onRestored: () => void
  /** Given from outside: a restore itself opens clinics. */
  readonly restoringOf: (options: OpeningOptions, ring: KeyRing) => RestoreWork
}

export interface OpenedClinic {
  readonly clinic: OpenClinic
  readonly isDemo: boolean
  readonly kit: KitWork
  /** From here on a new clinic exists: the key file is what opens it. Until then closing discards it. */
  finish(): void
  /**
   * Closes the clinic, gives the database a new key, with a renewal the clinic a new root key as well, and opens it again.
   * Where that failed, the clinic is open as before, and `error` says why.
   */
  rotate(
    onStep: (step: RotationStep) => void,
    renewal: RootRenewal | null,
  ): Promise<{ opened: OpenedClinic; error: unknown }>
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
    return opened
  } catch (error) {
    // What went wrong first is what is told; the folder is cleared all the same.
    if (opened) await opened.close().catch((failure: unknown) => logUnclean(options, failure))
    else await discard(options, ring)
    throw error
  }
}

const logUnclean = (options: OpeningOptions, error: unknown) =>
  options.log.warn('a clinic that could not be made did not close cleanly', { error })

async function discard(options: OpeningOptions, ring: KeyRing): Promise<void> {
  ring.wipe()
  await options.secrets.remove(ring.keys.clinicId).catch(() => {})
  await forgetAnchor(options.secrets, ring.keys.clinicId).catch(() => {})
  discardUnfinished(options.folder)
}

async function found(
  options: OpeningOptions,
  clinic: OpenClinic,
  ring: KeyRing,
  input: CreateClinic,
): Promise<string> {
  const { admin } = input
  const kind = options.isDemo ? 'demo' : `keychain=${options.secrets.backend}`
  const detail = `${kind} encryption=sqlcipher-aes-256`
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
  return ring && (await openRing(options, file, ring))
}

/** `null` when it is another clinic's kit, or one that was replaced: nothing but the key file was looked at then. */
export async function unlockClinicByKit(
  options: OpeningOptions,
  secret: Uint8Array,
): Promise<OpenedClinic | null> {
  const file = readKeyFile(options.folder.keyFile)
  if (!file) throw new KeyFileDamaged()
  const ring = unlockKeyRingByKit(ringOptions(options), file, secret)
  return ring && (await openRing(options, file, ring))
}

async function openRing(options: OpeningOptions, file: ReadKeyFile, ring: KeyRing): Promise<OpenedClinic> {
  if (file.fromOldCopy) options.log.warn('the key file was damaged; its older copy was used')
  finishFolder(options.folder)
  try {
    settleRotation(options.folder.database, ring.generations, () => finishRenewal(options, ring, null))
    return openWith(options, ring, false, await anchorOf(options, ring))
  } catch (error) {
    ring.wipe()
    throw error
  }
}

const anchorOf = (options: OpeningOptions, { keys }: KeyRing) =>
  keychainAnchor(options.secrets, keys.clinicId, keys.watermarkMac)

/** `warm`: begin to make reference data, too. */
export function openWith(
  options: OpeningOptions,
  ring: KeyRing,
  create: boolean,
  anchor: AnchorPlace | undefined,
  warm = true,
): OpenedClinic {
  const { modules, migrations, spawnIsolated, openExternal, catalogues, monotonic, clock, log } = options
  const clinic = openClinic({
    dir: options.folder.dir,
    keys: ring.keys,
    modules,
    migrations,
    clock,
    log,
    spawnIsolated,
    openExternal,
    catalogues,
    passwords: passwordWork(options, ring),
    slots: ring.slots,
    keyWork: keyWorkOf(options, ring),
    restoring: options.restoringOf(options, ring),
    backupWork: {
      resealer: {
        wraps: () => [ring.keys.backupWrap],
        readdress: (found, file) => ring.readdress(found, file),
      },
    },
    create,
    reserveBytes: options.isDemo ? 0 : reserveBytes,
    ...(monotonic ? { monotonic } : {}),
    ticker: options.ticker,
    // A demo is for looking around, also where nothing may leave the house.
    ...(options.isDemo ? {} : { systemTimeServers }),
    anchor,
    atClose: options.ticker !== undefined && options.door !== 'cli' && !options.isDemo,
  })
  if (!create) auditLooks(clinic, options.folder.dir, ring.keys, log)
  if (warm) clinic.warmCatalogues()
  let isFinished = !create
  return {
    clinic,
    isDemo: options.isDemo,
    kit: ring.kit,
    finish() {
      ring.save()
      finishFolder(options.folder)
      isFinished = true
    },
    async rotate(onStep, renewal) {
      onStep('closing')
      // Sealed under the root key as it is: the trail takes over what it has not yet.
      if (renewal) auditLooks(clinic, options.folder.dir, ring.keys, log)
      await clinic.close()
      const error = await changeKeys(options, ring, renewal, onStep)
      onStep('opening')
      const next = renewal?.ring() ?? ring
      return { opened: await openAgain(options, next, ring), error }
    },
    async close() {
      try {
        await clinic.close()
      } finally {
        if (isFinished) ring.wipe()
        else await discard(options, ring)
      }
    },
  }
}

async function openAgain(options: OpeningOptions, ring: KeyRing, former: KeyRing): Promise<OpenedClinic> {
  try {
    settleRotation(options.folder.database, ring.generations, () => finishRenewal(options, ring, former))
    const opened = openWith(options, ring, false, await anchorOf(options, ring))
    if (ring !== former) former.wipe()
    return opened
  } catch (error) {
    ring.wipe()
    former.wipe()
    throw error
  }
}

function keyWorkOf(options: OpeningOptions, ring: KeyRing): KeyWork {
  const { database } = options.folder
  return {
    kit: ring.kit,
    rotate: () => options.onRotate(null),
    async beginRenewal(request) {
      const begun = await ring.beginRenewal(request)
      if (!begun.ok) return begun
      const { renewal } = begun
      const { kitId } = renewal
      return { ok: true, kitId, start: () => options.onRotate(renewal), drop: () => renewal.drop() }
    },
    forgetOldGenerations() {
      // The key first: a file without its key is nothing.
      ring.generations.forgetOthers()
      return removeOldGenerations(database)
    },
    facts() {
      const all = ring.generations.list()
      const generation = ring.generations.current()
      return {
        backend: options.secrets.backend,
        slots: ring
          .slotList()
          .flatMap((slot) =>
            slot.kind === 'password' && slot.userId ? [{ userId: slot.userId, backend: slot.backend }] : [],
          ),
        generation,
        generationSince: all.find((one) => one.generation === generation)?.madeAt ?? null,
        olderGenerations: all.length - 1,
        root: ring.root(),
        ...rotationSpace(database),
      }
    },
  }
}

const passwordWork = (options: OpeningOptions, ring: KeyRing) =>
  createPasswordWork({ pepper: ring.keys.pepper, policy: options.kdf.verifier, hasher: options.hasher })

export const ringOptions = (options: OpeningOptions): KeyRingOptions => ({
  file: options.folder.keyFile,
  secrets: options.secrets,
  hasher: options.hasher,
  slotParams: options.kdf.slot,
  clock: options.clock,
  anyPassword: options.isDemo,
})
