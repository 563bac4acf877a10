// Counting what became of resources: per file, per type, per batch.
import type { BatchCounts } from '../shared/contract.ts'

export type Fate = 'mapped' | 'kept' | 'refused'

export interface TypeTally {
  found: number
  mapped: number
  kept: number
  unchanged: number
}

/** Counts of a batch as they are stored: BatchCounts with the types by name. */
export type Counts = Omit<BatchCounts, 'byType'> & { byType: Record<string, TypeTally> }

export const noCounts = (): Counts => ({
  files: 0,
  resources: 0,
  patients: 0,
  filed: 0,
  groups: 0,
  mapped: 0,
  keptAsSource: 0,
  unchanged: 0,
  created: 0,
  updated: 0,
  refused: 0,
  reviews: 0,
  takenBack: 0,
  leftStanding: 0,
  byType: {},
})

export function countsToContract({ byType, ...rest }: Counts): BatchCounts {
  const types = Object.entries(byType).map(([resourceType, t]) => ({
    resourceType,
    found: t.found,
    mapped: t.mapped,
    keptAsSource: t.kept,
    unchanged: t.unchanged,
  }))
  types.sort((a, b) => b.found - a.found || (a.resourceType < b.resourceType ? -1 : 1))
  return { ...rest, byType: types }
}

export function typeOf(counts: Pick<Counts, 'byType'>, type: string): TypeTally {
  const known = Object.hasOwn(counts.byType, type) ? counts.byType[type] : undefined
  return known ?? (counts.byType[type] = { found: 0, mapped: 0, kept: 0, unchanged: 0 })
}

export interface FileTally {
  mapped: number
  kept: number
  refused: number
}

/** What one transaction did; added to the batch once it is committed. */
export class Outcome {
  created = 0
  updated = 0
  reviews = 0
  unchanged = 0
  mapped = 0
  kept = 0
  refused = 0
  readonly byType: Record<string, TypeTally> = {}
  readonly byFile = new Map<string, FileTally>()

  /** Without a file it is an original that was counted with an earlier batch. */
  count(type: string, fileId: string, fate: Fate, isUnchanged: boolean): void {
    if (fileId === '') return
    const t = typeOf(this, type)
    const file = this.byFile.get(fileId) ?? { mapped: 0, kept: 0, refused: 0 }
    this.byFile.set(fileId, file)
    this[fate] += 1
    file[fate] += 1
    if (fate !== 'refused') t[fate] += 1
    if (!isUnchanged) return
    this.unchanged += 1
    t.unchanged += 1
  }

  addTo(counts: Counts): Counts {
    const byType = structuredClone(counts.byType)
    for (const [type, t] of Object.entries(this.byType)) {
      const sum = typeOf({ byType }, type)
      sum.mapped += t.mapped
      sum.kept += t.kept
      sum.unchanged += t.unchanged
    }
    return {
      ...counts,
      mapped: counts.mapped + this.mapped,
      keptAsSource: counts.keptAsSource + this.kept,
      unchanged: counts.unchanged + this.unchanged,
      created: counts.created + this.created,
      updated: counts.updated + this.updated,
      refused: counts.refused + this.refused,
      reviews: counts.reviews + this.reviews,
      byType,
    }
  }
}
