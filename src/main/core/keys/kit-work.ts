// Making a recovery kit while the clinic is open: shown first, and in force only once two of its groups were typed off the
// paper. Until then the former kit goes on to open the clinic, so that there is never a moment without one.
import { randomInt } from 'node:crypto'
import type { KitSheet } from '#shared/bootstrap.ts'
import type { Clock, KitWork, SlotChange } from '../rpc/services.ts'
import type { KeyFile, Slot } from './key-file.ts'
import { kitGroupCount, kitGroups, kitId, newKit, normalizeKit, parseKit } from './kit.ts'
import { makeKitSlot, openKitSlot } from './kit-slot.ts'

/** Who walked away from the page has not kept the paper either. */
const waitsMs = 60 * 60_000

interface Waiting {
  readonly secret: Buffer
  readonly sheet: KitSheet
  readonly since: number
}

export function createKitWork(
  clock: Clock,
  state: { readonly body: KeyFile },
  crk: Buffer,
  setSlots: (slots: Slot[], forget: boolean) => void,
): KitWork & {
  /** The waiting kit's slot around another root key; `null` when the groups are not its own. It goes on to wait. */
  slotUnder(other: Buffer, typed: readonly string[]): Promise<Slot | null>
  wipe(): void
} {
  let waiting: Waiting | null = null
  const drop = () => {
    waiting?.secret.fill(0)
    waiting = null
  }
  const alive = () => {
    if (waiting && Math.abs(clock() - waiting.since) > waitsMs) drop()
    return waiting
  }
  /** The kit that waits, where these are the groups asked for. */
  const proven = (typed: readonly string[]): Waiting | null => {
    const made = alive()
    if (!made || typed.length !== made.sheet.ask.length) return null
    const isRight = made.sheet.ask.every(
      (at, i) => normalizeKit(typed[i] ?? '') === normalizeKit(made.sheet.groups[at] ?? ''),
    )
    return isRight ? made : null
  }
  const slotOf = (made: Waiting, root: Buffer, confirmed: 'typed' | 'file') =>
    makeKitSlot(state.body.clinicId, root, made.secret, { madeAt: made.sheet.madeAt, confirmed })
  const without = (slot: Slot) => state.body.slots.filter((other) => other.id !== slot.id)
  return {
    current() {
      const facts = state.body.slots.find((slot) => slot.kind === 'kit')?.kit
      return facts ? { id: facts.id, madeAt: facts.madeAt, confirmed: facts.confirmed } : null
    },
    verify(text) {
      const parsed = parseKit(text)
      const slot = state.body.slots.find(({ kind }) => kind === 'kit')
      if (!parsed.ok || !slot) return false
      const opened = openKitSlot(state.body.clinicId, slot, parsed.secret)
      parsed.secret.fill(0)
      opened?.fill(0)
      return opened !== null
    },
    begin() {
      drop()
      const secret = newKit()
      const first = randomInt(kitGroupCount)
      const second = (first + 1 + randomInt(kitGroupCount - 1)) % kitGroupCount
      const sheet = {
        id: kitId(secret),
        groups: kitGroups(secret),
        madeAt: new Date(clock()).toISOString(),
        ask: [first, second].toSorted((a, b) => a - b),
      }
      waiting = { secret, sheet, since: clock() }
      return sheet
    },
    waiting: () => alive()?.sheet ?? null,
    async confirm(typed, options = {}) {
      const made = proven(typed)
      if (!made) return null
      const slot = await slotOf(made, crk, options.by ?? 'typed')
      setSlots([...state.body.slots, slot], false)
      return {
        keep() {
          // A former kit must open nothing any more, nor the older copy of the file.
          setSlots(
            [
              ...without(slot).filter(
                (s) => s.kind !== 'kit' && !(options.withoutPeople && s.kind === 'password'),
              ),
              slot,
            ],
            true,
          )
          drop()
        },
        drop: () => setSlots(without(slot), true),
      } satisfies SlotChange
    },
    async slotUnder(other, typed) {
      const made = proven(typed)
      return made && (await slotOf(made, other, 'typed'))
    },
    drop,
    wipe: drop,
  }
}
