// Adds and removes the slots of an open key ring. A new password's slot stands beside the former one until the database
// has the password too: at a cold start both must agree, and the two files cannot be written as one.
import { AppError } from '#shared/errors.ts'
import { passwordFault } from '#shared/password-rules.ts'
import type { SlotChange, SlotWork } from '../rpc/services.ts'
import { DeviceSecretError, type DeviceSecretStore } from './device-secret.ts'
import type { Hasher, KdfParams } from './kdf.ts'
import type { KeyFile, Slot } from './key-file.ts'
import { deviceSecretForNewSlot, makeSlot, openSlot, type SlotOwner } from './slot.ts'

export interface SlotWorkOptions {
  readonly secrets: DeviceSecretStore
  readonly hasher: Hasher
  readonly slotParams: KdfParams
  /** Clinics whose password is public (the demo) need no long one. */
  readonly anyPassword?: boolean
}

/** A slot that was neither kept nor dropped by then belongs to a transaction that failed. */
const undecidedMs = 5 * 60_000

export function createSlotWork(
  options: SlotWorkOptions,
  state: { readonly body: KeyFile },
  crk: Buffer,
  setSlots: (slots: Slot[], forget: boolean) => void,
): SlotWork & {
  /** The person's slot around another root key; `null` when the password opens none of theirs. Nothing is changed. */
  slotUnder(other: Buffer, owner: SlotOwner): Promise<Slot | null>
} {
  const addedAt = new Map<string, number>()
  const isUndecided = ({ id }: Slot) => performance.now() - (addedAt.get(id) ?? -Infinity) < undecidedMs
  const without = (userId: string) => state.body.slots.filter((slot) => slot.userId !== userId)
  const of = (userId: string) => state.body.slots.filter((slot) => slot.userId === userId)
  const has = (userId: string) => of(userId).length > 0
  const isLast = (userId: string) => has(userId) && without(userId).length === 0
  const remove = (userId: string) => {
    // Nobody could ever open the clinic again.
    if (isLast(userId)) throw new AppError('CONFLICT', { reason: 'last-slot' })
    if (has(userId)) setSlots(without(userId), true)
  }
  /** Another change of this person may commit after this one: its slot is left alone. */
  const keepOnly = (userId: string, kept: Slot) => {
    addedAt.delete(kept.id)
    const others = of(userId).filter((slot) => slot.id !== kept.id)
    const isThere = state.body.slots.some((slot) => slot.id === kept.id)
    if (isThere && others.every(isUndecided)) return
    setSlots([...without(userId), kept, ...others.filter(isUndecided)], others.length > 0)
  }
  const drop = ({ id }: Slot) => {
    addedAt.delete(id)
    const rest = state.body.slots.filter((slot) => slot.id !== id)
    if (rest.length > 0 && rest.length < state.body.slots.length) setSlots(rest, true)
  }
  /** No slot can be made now, and the old one must not go on opening with a password that is no longer theirs. */
  const giveUp = (userId: string, code: 'PASSWORD_TOO_WEAK' | 'UNAVAILABLE'): SlotChange => {
    if (without(userId).length === 0) throw new AppError(code, { reason: 'last-slot' })
    return { keep: () => !isLast(userId) && remove(userId), drop: () => {} }
  }
  const add = async (userId: string, username: string, password: string): Promise<SlotChange> => {
    const { slots, clinicId } = state.body
    const secret = await deviceSecretForNewSlot(slots, clinicId, options.secrets).catch(ifDeviceSecretError)
    if (secret === undefined) return giveUp(userId, 'UNAVAILABLE')
    const isWeak =
      secret === null && !options.anyPassword && passwordFault(password, { passwordOnly: true }) !== null
    if (isWeak) return giveUp(userId, 'PASSWORD_TOO_WEAK')
    const slot = await makeSlot(options, clinicId, crk, secret, { userId, username, password })
    secret?.fill(0)
    setSlots([...state.body.slots, slot], false)
    addedAt.set(slot.id, performance.now())
    return { keep: () => keepOnly(userId, slot), drop: () => drop(slot) }
  }
  const opensOne = async ({ userId, password }: SlotOwner): Promise<boolean> => {
    for (const slot of of(userId)) {
      const opened = await openSlot(options, state.body.clinicId, slot, password)
      opened?.fill(0)
      if (opened) return true
    }
    return false
  }
  return {
    has,
    remove,
    add,
    async put(userId, username, password) {
      ;(await add(userId, username, password)).keep()
    },
    async settle(userId, username, password) {
      const decided = of(userId).filter((slot) => !isUndecided(slot))
      if (decided.length === 1) return null
      for (const slot of decided) {
        const opened = await openSlot(options, state.body.clinicId, slot, password).catch(ifDeviceSecretError)
        opened?.fill(0)
        if (opened) return { keep: () => keepOnly(userId, slot), drop: () => {} }
      }
      return await add(userId, username, password)
    },
    async slotUnder(other, owner) {
      const { slots, clinicId } = state.body
      try {
        if (!(await opensOne(owner))) return null
        // The same half in the keychain as until now: should the change be cut short, the former slots still need it.
        const secret = await deviceSecretForNewSlot(slots, clinicId, options.secrets)
        const slot = await makeSlot(options, clinicId, other, secret, owner)
        secret?.fill(0)
        return slot
      } catch (error) {
        ifDeviceSecretError(error)
        throw new AppError('UNAVAILABLE', { reason: 'keychain' }, { cause: error })
      }
    },
    warnings() {
      const { slots } = state.body
      return [
        ...(slots.some((slot) => slot.kind === 'password' && slot.backend === 'none')
          ? (['password-only'] as const)
          : []),
        // The demo's records are invented: nobody needs to recover them.
        ...(options.anyPassword || slots.some((slot) => slot.kind === 'kit')
          ? []
          : (['kit-pending'] as const)),
      ]
    },
  }
}

function ifDeviceSecretError(error: unknown): undefined {
  if (!(error instanceof DeviceSecretError)) throw error
}
