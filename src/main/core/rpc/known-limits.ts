// The session limits as the clinic set them, for the session store.
import { defaultLimits, type SessionLimits } from '#shared/session-limits.ts'
import type { Reader } from '../store/reader.ts'
import type { ModuleDef } from './module.ts'

/** Asked at every call, so the answer is kept until a commit changes it. */
export function limitsOf(
  modules: readonly ModuleDef[],
  read: Reader,
  listeners: Set<(tables: readonly string[]) => void>,
): () => SessionLimits {
  const source = modules.find((m) => m.sessionLimits)?.sessionLimits
  if (!source) return () => defaultLimits
  let known: SessionLimits | undefined
  listeners.add((tables) => {
    if (tables.some((table) => source.reads.includes(table))) known = undefined
  })
  return () => (known ??= source.read(read))
}
