// One slot of the key file: makes it from a password and this computer's secret, and opens the root key through it.
// Which slots there are, and when one may go, is key-ring.ts.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { DeviceSecretError, type DeviceSecretStore, problemWithout } from './device-secret.ts'
import type { Hasher, KdfParams } from './kdf.ts'
import { KeyFileDamaged, type Slot } from './key-file.ts'
import { deriveKey, keyLength, unwrapKey, wrapKey } from './wrap.ts'

export interface SlotOwner {
  readonly userId: string
  readonly username: string
  readonly password: string
}

export type SlotHeader = Omit<Slot, 'check' | 'nonce' | 'wrapped'>

export async function makeSlot(
  options: { readonly hasher: Hasher; readonly slotParams: KdfParams; readonly secrets: DeviceSecretStore },
  clinicId: string,
  crk: Buffer,
  secret: Uint8Array | null,
  owner: SlotOwner,
): Promise<Slot> {
  const header: SlotHeader = {
    id: randomBytes(9).toString('base64url'),
    kind: 'password',
    userId: owner.userId,
    nameHash: slotNameHash(clinicId, owner.username),
    backend: secret ? options.secrets.backend : 'none',
    kdf: options.slotParams,
    salt: randomBytes(16).toString('base64url'),
    deviceCheck: secret ? checkOf(secret).toString('base64url') : null,
  }
  const kek = await slotKey(options.hasher, owner.password, secret, header, options.slotParams)
  const { nonce, wrapped } = wrapKey(kek, crk, slotContext(clinicId, header))
  const slot: Slot = {
    ...header,
    check: checkOf(kek).toString('base64url'),
    nonce: nonce.toString('base64url'),
    wrapped: wrapped.toString('base64url'),
  }
  kek.fill(0)
  return slot
}

/** The root key; `null` when the password is wrong. Throws where no password can help. */
export async function openSlot(
  options: { readonly hasher: Hasher; readonly secrets: DeviceSecretStore },
  clinicId: string,
  slot: Slot,
  password: string,
): Promise<Buffer | null> {
  if (!slot.kdf) throw new KeyFileDamaged()
  const secret = await deviceSecretOf(slot, clinicId, options.secrets)
  const kek = await slotKey(options.hasher, password, secret, slot, slot.kdf)
  try {
    if (!isSame(slot.check, checkOf(kek))) return null
    const wrap = {
      nonce: Buffer.from(slot.nonce, 'base64url'),
      wrapped: Buffer.from(slot.wrapped, 'base64url'),
    }
    const crk = unwrapKey(kek, wrap, slotContext(clinicId, slot))
    if (!crk) throw new KeyFileDamaged()
    return crk
  } finally {
    kek.fill(0)
    secret?.fill(0)
  }
}

/** All slots of one computer share one secret; the first one makes it. `null` where no keychain keeps it. */
export async function deviceSecretForNewSlot(
  slots: readonly Slot[],
  clinicId: string,
  secrets: DeviceSecretStore,
): Promise<Uint8Array | null> {
  const partner = slots.find((slot) => slot.backend === secrets.backend && slot.deviceCheck !== null)
  if (partner) return await deviceSecretOf(partner, clinicId, secrets)
  if (!(await secrets.canKeep())) return null
  const secret = randomBytes(keyLength)
  await secrets.write(clinicId, secret)
  return secret
}

async function deviceSecretOf(
  slot: Slot,
  clinicId: string,
  secrets: DeviceSecretStore,
): Promise<Uint8Array | null> {
  if (slot.backend === 'none') return null
  if (secrets.backend === 'none') throw new DeviceSecretError(problemWithout(secrets.refused))
  if (secrets.backend !== slot.backend) throw new DeviceSecretError('other-backend')
  const secret = await secrets.read(clinicId)
  if (!secret) throw new DeviceSecretError('missing')
  if (slot.deviceCheck !== null && !isSame(slot.deviceCheck, checkOf(secret)))
    throw new DeviceSecretError('other-secret')
  return secret
}

async function slotKey(
  hasher: Hasher,
  password: string,
  secret: Uint8Array | null,
  slot: SlotHeader,
  kdf: KdfParams,
): Promise<Buffer> {
  const stretched = await hasher(password, Buffer.from(slot.salt, 'base64url'), kdf, keyLength)
  const both = Buffer.concat([stretched, secret ?? Buffer.alloc(0)])
  const kek = deriveKey(both, 'slot-kek/v1', slot.id)
  stretched.fill(0)
  both.fill(0)
  return kek
}

/** Everything a thief might want to change about a slot is bound to what it wraps. */
export function slotContext(clinicId: string, slot: SlotHeader): string {
  const { id, kind, userId, nameHash, backend, kdf, salt, deviceCheck, kit } = slot
  const cost = kdf ? [kdf.memoryKib, kdf.iterations, kdf.parallelism] : null
  return JSON.stringify([
    'osler/slot/v1',
    clinicId,
    id,
    kind,
    userId,
    nameHash,
    backend,
    cost,
    salt,
    deviceCheck,
    ...(kit ? [kit.id, kit.publicKey, kit.madeAt] : []),
  ])
}

export function slotNameHash(clinicId: string, username: string): string {
  const text = `osler/slot-name/v1\0${clinicId}\0${username.trim().toLowerCase()}`
  return createHash('sha256').update(text).digest('base64url')
}

export const checkOf = (key: Uint8Array) => deriveKey(key, 'check/v1', '', 8)
export const isSame = (text: string, bytes: Buffer) => timingSafeEqual(Buffer.from(text, 'base64url'), bytes)
