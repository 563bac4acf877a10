// Visits at the same time stand beside each other: each gets a lane, as few lanes as possible, earliest first.
import type { Span } from './day-scale.ts'

export interface Lane {
  /** 0 is the first. */
  readonly lane: number
  /** How many share the width at this time. */
  readonly lanes: number
}

export function lanesOf<T extends Span>(items: readonly T[]): Map<T, Lane> {
  const sorted = [...items].sort((a, b) => a.from - b.from || b.to - a.to)
  const placed = new Map<T, Lane>()
  let group: { item: T; lane: number }[] = []
  let laneEnds: number[] = []
  let groupEnd = Number.NEGATIVE_INFINITY
  const close = () => {
    for (const { item, lane } of group) placed.set(item, { lane, lanes: laneEnds.length })
    group = []
    laneEnds = []
  }
  for (const item of sorted) {
    if (item.from >= groupEnd) close()
    const free = laneEnds.findIndex((end) => end <= item.from)
    const lane = free === -1 ? laneEnds.length : free
    laneEnds[lane] = item.to
    group.push({ item, lane })
    groupEnd = Math.max(groupEnd, item.to)
  }
  close()
  return placed
}
