// What is copied in a window leaves the clipboard again: after a minute, and at once when the window locks (SECURITY
// SESS-03). What somebody copied elsewhere since is theirs and stays.
import * as z from 'zod'

export const copiedMs = 60_000

/** Two clipboards on Linux: one of Ctrl+C, one that holds what is selected. */
export const copyPlaces = ['clipboard', 'selection'] as const
export type CopyPlace = (typeof copyPlaces)[number]

/** What a desktop window tells of a copy: never its words. */
export const Copied = z.strictObject({ place: z.enum(copyPlaces), digest: z.string().regex(/^[\da-f]{64}$/) })

/** The same words on every system: line ends and blanks change on their way through a clipboard. */
export const asCopied = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim()

export interface ClipboardOf<Mark> {
  /** Whether it still holds what was marked so. */
  readonly holds: (mark: Mark) => boolean | Promise<boolean>
  readonly empty: () => void
  /** Runs something in so many milliseconds; what it returns calls that off. */
  readonly later: (ms: number, run: () => Promise<void>) => () => void
}

export interface CopyKeeper<Mark> {
  /** Something was copied just now; the minute of what was copied before counts no more. */
  readonly copied: (mark: Mark) => void
  /** Takes it off before its time. */
  readonly clear: () => Promise<void>
}

export function keepCopies<Mark>({ holds, empty, later }: ClipboardOf<Mark>): CopyKeeper<Mark> {
  let kept: { readonly mark: Mark; readonly callOff: () => void } | null = null
  const clear = async () => {
    if (!kept) return
    const { mark, callOff } = kept
    kept = null
    callOff()
    if (await holds(mark)) empty()
  }
  return {
    copied(mark) {
      kept?.callOff()
      kept = { mark, callOff: later(copiedMs, clear) }
    },
    clear,
  }
}
