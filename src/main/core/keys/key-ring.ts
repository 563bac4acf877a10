// The clinic root key while a clinic is open: makes it, opens it through a slot. Changing slots is slot-work.ts.
// Sub-keys are random and wrapped one by one, so that each can be rotated alone (SECURITY 3.1).
import { randomBytes } from 'node:crypto'
import { formatUuidV7 } from '#shared/ids.ts'
import type { Clock, KitWork, SlotWork } from '../rpc/services.ts'
import { makeAgreementPair, makeSigningPair, writerOf } from './device-identity.ts'
import type { Backend } from './device-secret.ts'
import {
  KeyFileDamaged,
  type KeyFile,
  type ReadKeyFile,
  type Slot,
  type SubKey,
  writeKeyFile,
} from './key-file.ts'
import { createGenerations, type Generations } from './generations.ts'
import { openKitSlot } from './kit-slot.ts'
import { createKitWork } from './kit-work.ts'
import { openSlot, slotNameHash } from './slot.ts'
import { createSlotWork, type SlotWorkOptions } from './slot-work.ts'
import type { ClinicKeys } from './types.ts'
import { deriveKey, keyLength, unwrapKey, wrapKey } from './wrap.ts'

const symmetricKeys = [
  'database',
  'auditMac',
  'pepper',
  'watermarkMac',
  'attachments',
  'totpSeeds',
  'backupSigning',
] as const
type SymmetricKey = (typeof symmetricKeys)[number]
const deviceSigning = 'deviceSigning'
const deviceAgreement = 'deviceAgreement'

export interface KeyRingOptions extends SlotWorkOptions {
  readonly file: string
  readonly clock: Clock
}

export interface KeyRing {
  readonly keys: ClinicKeys
  readonly slots: SlotWork
  readonly kit: KitWork
  readonly generations: Generations
  /** The slots as they stand: who opens what with which keychain. */
  readonly slotList: () => readonly Slot[]
  /** Writes the file of a newly made ring for the first time; until then its slots live in memory. */
  save(): void
  /** Whether a key file of another time was written with this root key. */
  isOwn(found: ReadKeyFile): boolean
  /** Writes a key file for a restored database: same keys, next incarnation, chosen slots; returns a ring on it. */
  restoredTo(file: string, change: { readonly incarnation: number; readonly slots: readonly Slot[] }): KeyRing
  /**
   * Writes a key file of another time anew, so that today's kit opens it and a former one does not. Returns the database
   * keys that stand in it, by generation; `null` when it was written with another root key.
   */
  readdress(found: ReadKeyFile, file: string): ReadonlyMap<number, Buffer> | null
  /** Overwrites every key in memory. */
  wipe(): void
}

export function createKeyRing(options: KeyRingOptions): KeyRing {
  const crk = randomBytes(keyLength)
  const clinicId = formatUuidV7(options.clock(), randomBytes(10))
  const signing = makeSigningPair()
  const agreement = makeAgreementPair()
  const plain: [string, Buffer][] = [
    ...symmetricKeys.map((name): [string, Buffer] => [name, randomBytes(keyLength)]),
    [deviceSigning, signing.privateKey],
    [deviceAgreement, agreement.privateKey],
  ]
  const body: KeyFile = {
    format: 'osler-keys',
    version: 1,
    clinicId,
    device: {
      id: formatUuidV7(options.clock(), randomBytes(10)),
      incarnation: 1,
      signingKey: signing.publicKey.toString('base64url'),
      agreementKey: agreement.publicKey.toString('base64url'),
    },
    slots: [],
    keys: plain.map(([name, key]) => wrapSubKey(crk, clinicId, name, key)),
  }
  for (const [, key] of plain) key.fill(0)
  return openRing(options, body, crk, false)
}

/**
 * Opens the ring with a person's password. `null` when name or password is wrong; both cost the same.
 * Throws DeviceSecretError or KeyFileDamaged where no password can help, having touched nothing.
 */
export async function unlockKeyRing(
  options: KeyRingOptions,
  found: ReadKeyFile,
  who: { readonly username: string | null; readonly password: string },
): Promise<KeyRing | null> {
  const { body } = found
  const slots = slotsOf(body, who.username)
  if (slots.length === 0) {
    ;(await options.hasher(who.password, randomBytes(16), options.slotParams, keyLength)).fill(0)
    return null
  }
  for (const slot of slots) {
    const crk = await openSlot(options, body.clinicId, slot, who.password)
    if (!crk) continue
    if (!found.isAuthentic(macKeyOf(crk, body.clinicId))) throw new KeyFileDamaged()
    const ring = openRing(options, body, crk, true)
    if (found.fromOldCopy) ring.save()
    return ring
  }
  return null
}

/** Opens the ring with the recovery kit. `null` when it is another clinic's, or one that was replaced. */
export function unlockKeyRingByKit(
  options: KeyRingOptions,
  found: ReadKeyFile,
  secret: Uint8Array,
): KeyRing | null {
  const { body } = found
  for (const slot of body.slots) {
    if (slot.kind !== 'kit') continue
    const crk = openKitSlot(body.clinicId, slot, secret)
    if (!crk) continue
    if (!found.isAuthentic(macKeyOf(crk, body.clinicId))) throw new KeyFileDamaged()
    const ring = openRing(options, body, crk, true)
    if (found.fromOldCopy) ring.save()
    return ring
  }
  return null
}

/** `null` as a name means anybody's: for a check of the files, which lets nobody in. */
function slotsOf(body: KeyFile, username: string | null): Slot[] {
  const nameHash = username === null ? null : slotNameHash(body.clinicId, username)
  return body.slots.filter(
    (slot) => slot.kind === 'password' && (nameHash === null || slot.nameHash === nameHash),
  )
}

/** What the slots that people open with rest on. */
export const slotBackends = (slots: readonly Slot[]): Backend[] =>
  slots.filter((slot) => slot.kind === 'password').map((slot) => slot.backend)

function openRing(options: KeyRingOptions, body: KeyFile, crk: Buffer, isSaved: boolean): KeyRing {
  const { opened, databases } = openSubKeys(crk, body)
  const key = (name: SymmetricKey) => take(opened, name)
  const keys: { -readonly [K in keyof ClinicKeys]: ClinicKeys[K] } = {
    database: key('database'),
    auditMac: key('auditMac'),
    pepper: key('pepper'),
    watermarkMac: key('watermarkMac'),
    attachments: key('attachments'),
    totpSeeds: key('totpSeeds'),
    backupSigning: key('backupSigning'),
    backupWrap: deriveKey(crk, 'backup-wrap/v1', body.clinicId),
    downtime: deriveKey(crk, 'downtime-packet/v1', body.clinicId),
    get kit() {
      const facts = state.body.slots.find((slot) => slot.kind === 'kit')?.kit
      return facts ? { id: facts.id, publicKey: Buffer.from(facts.publicKey, 'base64url') } : null
    },
    clinicId: body.clinicId,
    device: {
      deviceId: body.device.id,
      writer: writerOf(body.device.id, body.device.incarnation),
      incarnation: body.device.incarnation,
      privateKey: take(opened, deviceSigning),
      publicKey: Buffer.from(body.device.signingKey, 'base64url'),
    },
  }
  const state = { body, isSaved }
  const save = (content: KeyFile, forget: boolean) =>
    writeKeyFile(options.file, content, macKeyOf(crk, body.clinicId), forget)
  const setSlots = (slots: Slot[], forget: boolean) => {
    const changed = { ...state.body, slots }
    if (state.isSaved) save(changed, forget)
    state.body = changed
  }
  const kit = createKitWork(options.clock, state, crk, setSlots)
  const generations = createGenerations({
    opened: databases,
    entries: () => state.body.keys.filter((entry) => entry.name === 'database'),
    wrap: (generation, bytes) => wrapSubKey(crk, body.clinicId, 'database', bytes, generation),
    setEntries(entries, forget) {
      const others = state.body.keys.filter((entry) => entry.name !== 'database')
      const changed = { ...state.body, keys: [...others, ...entries] }
      if (state.isSaved) save(changed, forget)
      state.body = changed
    },
    onUse: (bytes) => {
      keys.database = bytes
    },
  })
  return {
    keys,
    slots: createSlotWork(options, state, crk, setSlots),
    kit,
    generations,
    slotList: () => state.body.slots,
    save() {
      save(state.body, false)
      state.isSaved = true
    },
    isOwn: (found) =>
      found.body.clinicId === body.clinicId && found.isAuthentic(macKeyOf(crk, body.clinicId)),
    restoredTo(file, { incarnation, slots }) {
      const next = {
        ...state.body,
        slots: [...slots],
        device: { ...state.body.device, incarnation },
      }
      writeKeyFile(file, next, macKeyOf(crk, body.clinicId), true)
      return openRing({ ...options, file }, next, Buffer.from(crk), true)
    },
    readdress(found, file) {
      const macKey = macKeyOf(crk, body.clinicId)
      if (found.body.clinicId !== body.clinicId || !found.isAuthentic(macKey)) return null
      const { opened: all, databases: theirs } = openSubKeys(crk, found.body)
      for (const [name, bytes] of all) if (name !== 'database') bytes.fill(0)
      const kits = state.body.slots.filter((slot) => slot.kind === 'kit')
      const others = found.body.slots.filter((slot) => slot.kind !== 'kit')
      writeKeyFile(file, { ...found.body, slots: [...others, ...kits] }, macKey, true)
      return theirs
    },
    wipe() {
      for (const bytes of opened.values()) bytes.fill(0)
      generations.wipe()
      kit.wipe()
      keys.backupWrap.fill(0)
      keys.downtime.fill(0)
      crk.fill(0)
    },
  }
}

function wrapSubKey(crk: Buffer, clinicId: string, name: string, key: Buffer, generation = 1): SubKey {
  const { nonce, wrapped } = wrapKey(
    wrappingKeyOf(crk, clinicId),
    key,
    subKeyContext(clinicId, name, generation),
  )
  return { name, generation, nonce: nonce.toString('base64url'), wrapped: wrapped.toString('base64url') }
}

interface OpenedKeys {
  /** The newest generation of each; a name this version does not know stays in the file untouched. */
  readonly opened: Map<string, Buffer>
  readonly databases: Map<number, Buffer>
}

function openSubKeys(crk: Buffer, body: KeyFile): OpenedKeys {
  const wrappingKey = wrappingKeyOf(crk, body.clinicId)
  const opened = new Map<string, Buffer>()
  const databases = new Map<number, Buffer>()
  for (const entry of body.keys.toSorted((a, b) => a.generation - b.generation)) {
    const key = unwrapKey(
      wrappingKey,
      bytesOf(entry),
      subKeyContext(body.clinicId, entry.name, entry.generation),
    )
    if (!key) throw new KeyFileDamaged()
    if (entry.name === 'database') databases.set(entry.generation, key)
    else opened.get(entry.name)?.fill(0)
    opened.set(entry.name, key)
  }
  return { opened, databases }
}

function take(opened: Map<string, Buffer>, name: string): Buffer {
  const key = opened.get(name)
  if (!key) throw new KeyFileDamaged()
  return key
}

const subKeyContext = (clinicId: string, name: string, generation: number) =>
  JSON.stringify(['osler/sub-key/v1', clinicId, name, generation])
const wrappingKeyOf = (crk: Buffer, clinicId: string) => deriveKey(crk, 'sub-key-wrap/v1', clinicId)
const macKeyOf = (crk: Buffer, clinicId: string) => deriveKey(crk, 'key-file-mac/v1', clinicId)
const bytesOf = (entry: { nonce: string; wrapped: string }) => ({
  nonce: Buffer.from(entry.nonce, 'base64url'),
  wrapped: Buffer.from(entry.wrapped, 'base64url'),
})
