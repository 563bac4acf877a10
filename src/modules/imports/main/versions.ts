// Several versions of one resource in one batch: which of them counts. The others are kept, out of sight.
import { isObject } from './fhir-element.ts'
import { parseFhirTime } from './fhir-time.ts'
import { keyText, type ResourceKey } from './references.ts'

export interface Version {
  readonly key: ResourceKey
  readonly versionMs: number | null
  readonly digest: string
}

/** meta.lastUpdated in epoch milliseconds. */
export function versionMsOf(raw: unknown): number | null {
  const updated = isObject(raw) && isObject(raw.meta) ? raw.meta.lastUpdated : undefined
  return typeof updated === 'string' ? (parseFhirTime(updated)?.ms ?? null) : null
}

/**
 * Positions of the versions that another one of the list stands above: the newer by meta.lastUpdated, else the later
 * in order. Of equal texts the first one stands, and the others find it there.
 */
export function losersOf(versions: readonly Version[]): Set<number> {
  const best = new Map<string, Version>()
  for (const version of versions) {
    const name = keyText(version.key)
    const ms = best.get(name)?.versionMs ?? null
    const isOlder = version.versionMs !== null && ms !== null && version.versionMs < ms
    if (!isOlder) best.set(name, version)
  }
  const losers = new Set<number>()
  const standing = new Set<string>()
  for (const [i, version] of versions.entries()) {
    const name = keyText(version.key)
    if (version.digest === best.get(name)?.digest && !standing.has(name)) standing.add(name)
    else losers.add(i)
  }
  return losers
}
