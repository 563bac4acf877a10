// The slot that the recovery kit opens: the clinic root key wrapped under a key from the kit alone (SECURITY 3.1).
import { randomBytes } from 'node:crypto'
import { KeyFileDamaged, type Slot } from './key-file.ts'
import { kitId, kitKek, kitPair } from './kit.ts'
import { checkOf, isSame, type SlotHeader, slotContext } from './slot.ts'
import { unwrapKey, wrapKey } from './wrap.ts'

export async function makeKitSlot(
  clinicId: string,
  crk: Buffer,
  secret: Uint8Array,
  about: { readonly madeAt: string; readonly confirmed: 'typed' | 'file' },
): Promise<Slot> {
  const pair = await kitPair(secret)
  pair.privateKey.fill(0)
  const header: SlotHeader = {
    id: randomBytes(9).toString('base64url'),
    kind: 'kit',
    userId: null,
    nameHash: null,
    backend: 'none',
    kdf: null,
    salt: randomBytes(16).toString('base64url'),
    deviceCheck: null,
    kit: { id: kitId(secret), publicKey: pair.publicKey.toString('base64url'), ...about },
  }
  const kek = kitKek(secret, clinicId)
  const { nonce, wrapped } = wrapKey(kek, crk, slotContext(clinicId, header))
  const check = checkOf(kek).toString('base64url')
  kek.fill(0)
  return { ...header, check, nonce: nonce.toString('base64url'), wrapped: wrapped.toString('base64url') }
}

/** The root key; `null` when it is another kit: told by the check value alone, nothing else is touched (KEY-06). */
export function openKitSlot(clinicId: string, slot: Slot, secret: Uint8Array): Buffer | null {
  const kek = kitKek(secret, clinicId)
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
  }
}
