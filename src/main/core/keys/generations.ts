// The generations of the database key: while one takes the place of another both are in the key file, so that after a kill
// at any moment one of them opens the database (KEY-07). The older one goes with the next good backup (SECURITY 3.6).
import { randomBytes } from 'node:crypto'
import { OpenProblem } from '../clinic-types.ts'
import type { SubKey } from './key-file.ts'
import { keyLength } from './wrap.ts'

export interface Generation {
  readonly generation: number
  /** `null` for the first one: it is as old as the clinic. */
  readonly madeAt: string | null
}

export interface Generations {
  readonly current: () => number
  readonly list: () => readonly Generation[]
  keyOf(generation: number): Uint8Array
  /** Makes a further one and writes it into the key file; the current one stays current. */
  add(madeAt: string): number
  /** Takes the one that `opens` says yes to, newest first; leftovers of a rotation that was cut short go. */
  choose(opens: (key: Uint8Array) => boolean): void
  /** The database now stands under this one. */
  use(generation: number): void
  /** Takes back one that was added and never came into use. */
  dropUnused(): void
  /** Destroys the wrapped keys of all but the current one. Returns which they were. */
  forgetOthers(): readonly number[]
}

export interface GenerationParts {
  readonly opened: ReadonlyMap<number, Buffer>
  readonly entries: () => readonly SubKey[]
  readonly wrap: (generation: number, key: Buffer) => SubKey
  /** Replaces the entries of the database key in the key file. */
  readonly setEntries: (entries: readonly SubKey[], forget: boolean) => void
  readonly onUse: (key: Buffer) => void
}

export function createGenerations(parts: GenerationParts): Generations & { wipe(): void } {
  const keys = new Map(parts.opened)
  let current = Math.max(...keys.keys())
  const keyOf = (generation: number) => {
    const key = keys.get(generation)
    if (!key) throw new Error(`there is no generation ${generation} of the database key`)
    return key
  }
  const takeOver = (generation: number) => {
    parts.onUse(keyOf(generation))
    current = generation
  }
  const forget = (isGone: (generation: number) => boolean) => {
    const gone = [...keys.keys()].filter(isGone)
    if (gone.length === 0) return gone
    parts.setEntries(
      parts.entries().filter((entry) => !isGone(entry.generation)),
      true,
    )
    for (const generation of gone) {
      keys.get(generation)?.fill(0)
      keys.delete(generation)
    }
    return gone
  }
  return {
    current: () => current,
    list: () =>
      parts
        .entries()
        .map(({ generation, madeAt }) => ({ generation, madeAt: madeAt ?? null }))
        .toSorted((a, b) => a.generation - b.generation),
    keyOf,
    add(madeAt) {
      const generation = Math.max(...keys.keys()) + 1
      const key = randomBytes(keyLength)
      parts.setEntries([...parts.entries(), { ...parts.wrap(generation, key), madeAt }], false)
      keys.set(generation, key)
      return generation
    },
    choose(opens) {
      if (keys.size === 1) return
      const found = [...keys.keys()].toSorted((a, b) => b - a).find((g) => opens(keyOf(g)))
      if (found === undefined) throw new OpenProblem('wrong-key-or-damaged')
      takeOver(found)
      forget((generation) => generation > found)
    },
    use: takeOver,
    dropUnused: () => void forget((generation) => generation > current),
    forgetOthers: () => forget((generation) => generation !== current),
    wipe() {
      for (const key of keys.values()) key.fill(0)
    },
  }
}
