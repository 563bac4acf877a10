// Takes what was copied in a window off this computer's clipboard again (SECURITY SESS-03). Of what was copied only a
// digest is known here: enough to see whether the clipboard still holds it.
import { createHash } from 'node:crypto'
import { type Clipboard, clipboard } from 'electron'
import { asCopied, Copied, type CopyKeeper, type CopyPlace, copyPlaces, keepCopies } from '#shared/copies.ts'

export interface Copies {
  /** As a window told it; false where it is not what a window tells. */
  readonly copied: (message: unknown) => boolean
  readonly clear: () => Promise<void>
}

export function watchOverCopies(): Copies {
  const keepers = new Map<CopyPlace, CopyKeeper<string>>()
  for (const place of copyPlaces) {
    const there = clipboardAt(place)
    if (there) keepers.set(place, keeperOf(there))
  }
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

/** Only Linux has a second one. */
const clipboardAt = (place: CopyPlace): Clipboard | undefined =>
  place === 'selection' ? clipboard.selection : clipboard

const keeperOf = (there: Clipboard): CopyKeeper<string> =>
  keepCopies({
    async holds(digest) {
      try {
        return digestOf(await there.readText()) === digest
      } catch {
        // What cannot be read may be somebody else's.
        return false
      }
    },
    empty: () => there.clear(),
    later(ms, run) {
      const timer = setTimeout(() => void run(), ms)
      return () => clearTimeout(timer)
    },
  })

const digestOf = (text: string): string => createHash('sha256').update(asCopied(text)).digest('hex')
