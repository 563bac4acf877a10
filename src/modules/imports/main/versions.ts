// Several versions of one resource in one batch: which of them counts. The others are kept, out of sight.
import { keyText, type ResourceKey } from './references.ts'

export interface Version {
  readonly key: ResourceKey
  readonly versionMs: number | null
}

/**
 * Positions of the versions that another one of the list stands above: the newer by meta.lastUpdated, else the later
 * in order.
 */
export function losersOf(versions: readonly Version[]): Set<number> {
  const best = new Map<string, number>()
  const losers = new Set<number>()
  for (const [i, version] of versions.entries()) {
    const name = keyText(version.key)
    const other = best.get(name)
    if (other === undefined) {
      best.set(name, i)
      continue
    }
    const ms = versions[other]?.versionMs ?? null
    const older = version.versionMs !== null && ms !== null && version.versionMs < ms
    losers.add(older ? i : other)
    if (!older) best.set(name, i)
  }
  return losers
}
