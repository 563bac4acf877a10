// Takes what was copied in a window off this computer's clipboard again (SECURITY SESS-03). Of what was copied only a
// digest is known here: enough to see whether the clipboard still holds it.
import { createHash } from 'node:crypto'
import { clipboard } from 'electron'
import { asCopied, Copied, type CopyKeeper, type CopyPlace, copyPlaces, keepCopies } from '#shared/copies.ts'

export interface Copies {
  /** As a window told it; false where it is not what a window tells. */
  readonly copied: (message: unknown) => boolean
  readonly clear: () => Promise<void>
}

export function watchOverCopies(): Copies {
  // Only Linux has a second one.
  const places = copyPlaces.slice(0, process.platform === 'linux' ? 2 : 1)
  const keepers = new Map<CopyPlace, CopyKeeper<string>>(
    places.map((place) => [
      place,
      keepCopies({
        holds: async (digest) => digestOf(await clipboardAt(place).readText()) === digest,
        empty: () => clipboardAt(place).clear(),
        later(ms, run) {
          const timer = setTimeout(() => void run(), ms)
          return () => clearTimeout(timer)
        },
      }),
    ]),
  )
  return {
    copied(message) {
      const told = Copied.safeParse(message)
      if (told.success) keepers.get(told.data.place)?.copied(told.data.digest)
      return told.success
    },
    async clear() {
      await Promise.allSettled([...keepers.values()].map((keeper) => keeper.clear()))
    },
  }
}

const clipboardAt = (place: CopyPlace) => (place === 'selection' ? clipboard.selection : clipboard)
const digestOf = (text: string): string => createHash('sha256').update(asCopied(text)).digest('hex')
