// The clinic root key while a clinic is open: makes it, opens it through a slot. Changing slots is slot-work.ts, the keys
// under it sub-keys.ts, a new one in its place root-renewal.ts.
import { randomBytes } from 'node:crypto'
import { formatUuidV7 } from '#shared/ids.ts'
import type { Clock, KitWork, SlotWork } from '../rpc/services.ts'
import { makeAgreementPair, makeSigningPair, writerOf } from './device-identity.ts'
import type { Backend } from './device-secret.ts'
import { KeyFileDamaged, type KeyFile, type ReadKeyFile, type Slot, writeKeyFile } from './key-file.ts'
import { targetSecretsOf } from './backup-keys.ts'
import { createGenerations, type Generations } from './generations.ts'
import { openKitSlot } from './kit-slot.ts'
import { createKitWork } from './kit-work.ts'
import { beginRenewal, type RenewalRequest, type RenewalStart } from './root-renewal.ts'
import { openSlot, slotNameHash } from './slot.ts'
import { createSlotWork, type SlotWorkOptions } from './slot-work.ts'
import {
  backupWrapOf,
  downtimeKeyOf,
  macKeyOf,
  openSubKeys,
  take,
  targetSecrets,
  wrapSubKey,
} from './sub-keys.ts'
import type { ClinicKeys } from './types.ts'
import { keyLength } from './wrap.ts'

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
  /** How often the root key was renewed, and when at last; `null`: it is as old as the clinic. */
  readonly root: () => { readonly generation: number; readonly madeAt: string } | null
  /** Makes a new root key in memory; what is done with it is for whoever closes the clinic (opened-clinic.ts). */
  beginRenewal(request: RenewalRequest): Promise<RenewalStart>
  /** Writes the file of a newly made ring for the first time; until then its slots live in memory. */
  save(): void
  /** Writes the file once more and over its older copy, which must open nothing any more. */
  scrub(): void
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
  const { opened, databases, formerLedgers } = openSubKeys(crk, body)
  const key = (name: SymmetricKey) => take(opened, name)
  const keys: { -readonly [K in keyof ClinicKeys]: ClinicKeys[K] } = {
    database: key('database'),
    auditMac: key('auditMac'),
    pepper: key('pepper'),
    watermarkMac: key('watermarkMac'),
    attachments: key('attachments'),
    totpSeeds: key('totpSeeds'),
    backupSigning: key('backupSigning'),
    backupWrap: backupWrapOf(crk, body.clinicId),
    targetSecrets:
      opened.get(targetSecrets) ?? targetSecretsOf(backupWrapOf(crk, body.clinicId), body.clinicId),
    formerLedgers,
    downtime: downtimeKeyOf(crk, body.clinicId),
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
  const slots = createSlotWork(options, state, crk, setSlots)
  return {
    keys,
    slots,
    kit,
    generations,
    slotList: () => state.body.slots,
    root: () => state.body.root ?? null,
    beginRenewal: (request) =>
      beginRenewal(
        {
          file: options.file,
          state,
          crk,
          kitSlot: (other, typed) => kit.slotUnder(other, typed),
          ownSlot: (other, owner) => slots.slotUnder(other, owner),
          open: (renewed, other) => openRing(options, renewed, other, true),
        },
        request,
      ),
    save() {
      save(state.body, false)
      state.isSaved = true
    },
    scrub: () => save(state.body, true),
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
      for (const bytes of [...opened.values(), ...formerLedgers]) bytes.fill(0)
      generations.wipe()
      kit.wipe()
      keys.backupWrap.fill(0)
      keys.targetSecrets?.fill(0)
      keys.downtime.fill(0)
      crk.fill(0)
    },
  }
}
