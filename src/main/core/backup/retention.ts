// Which backups of one place stay: 14 days, 8 weeks, 13 months, and all of the last two days (BAK-04). Pure arithmetic.

export const keeping = { allHours: 48, daily: 14, weekly: 8, monthly: 13 } as const

export interface Kept {
  readonly id: string
  /** Epoch milliseconds of the snapshot. */
  readonly at: number
}

const dayMs = 86_400_000

/** Ids of those that stay. The newest of each day, week (from Monday) and month stands for it; the newest of all stays. */
export function toKeep(list: readonly Kept[], now: number): Set<string> {
  const newestFirst = list.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  const kept = new Set(newestFirst.slice(0, 1).map((each) => each.id))
  for (const each of newestFirst) if (each.at > now - keeping.allHours * 3_600_000) kept.add(each.id)
  keepNewestOf(newestFirst, keeping.daily, (at) => Math.floor(at / dayMs), kept)
  // 1970-01-01 was a Thursday.
  keepNewestOf(newestFirst, keeping.weekly, (at) => Math.floor((at / dayMs + 3) / 7), kept)
  keepNewestOf(newestFirst, keeping.monthly, monthOf, kept)
  return kept
}

function monthOf(at: number): number {
  const date = new Date(at)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** Periods without a backup do not count: a clinic closed for a month loses none of what it had before. */
function keepNewestOf(
  newestFirst: readonly Kept[],
  periods: number,
  periodOf: (at: number) => number,
  kept: Set<string>,
): void {
  const seen = new Set<number>()
  for (const each of newestFirst) {
    const period = periodOf(each.at)
    if (seen.has(period)) continue
    if (seen.size === periods) return
    seen.add(period)
    kept.add(each.id)
  }
}
