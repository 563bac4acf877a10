// Tells the keychain how far the trail has come: at most every fifteen minutes, and at closing.
import type { Logger } from '../log/logger.ts'
import { type AnchorPlace, encodeAnchor } from './anchor.ts'
import type { AuditHead } from './audit-format.ts'

const everyMs = 15 * 60_000

export interface AnchorKeeper {
  /** After a commit. */
  note(): void
  /** The last word; keys are still in memory. */
  close(): Promise<void>
}

export function createAnchorKeeper(parts: {
  readonly place: AnchorPlace | undefined
  readonly key: Uint8Array
  readonly head: () => AuditHead
  readonly clock: () => number
  readonly log: Logger
}): AnchorKeeper {
  const { place, clock } = parts
  let lastMs = Number.NEGATIVE_INFINITY
  let writing: Promise<void> = Promise.resolve()
  const write = () => {
    if (!place) return
    lastMs = clock()
    const anchor = encodeAnchor(parts.key, parts.head())
    writing = writing
      .then(() => place.save(anchor))
      // A keychain that fails costs this anchor and nothing else.
      .catch((error: unknown) => parts.log.warn('the keychain did not take the anchor', { error }))
  }
  return {
    note() {
      if (place && Math.abs(clock() - lastMs) >= everyMs) write()
    },
    async close() {
      write()
      await writing
    },
  }
}
