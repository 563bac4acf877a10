// Half-open spans on a line, minutes or milliseconds alike: joining, cutting out, covering. Pure.
export interface Stretch {
  readonly from: number
  readonly until: number
}

export const overlaps = (a: Stretch, b: Stretch): boolean => a.from < b.until && b.from < a.until

/** Sorted, without overlaps and without empty ones; those that touch become one. */
export function joined(spans: readonly Stretch[]): Stretch[] {
  const sorted = spans.filter((s) => s.until > s.from).toSorted((a, b) => a.from - b.from)
  const out: { from: number; until: number }[] = []
  for (const span of sorted) {
    const last = out.at(-1)
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until)
    else out.push({ from: span.from, until: span.until })
  }
  return out
}

/** What is left of some spans when others are taken out of them. */
export function without(spans: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  const holes = joined(taken)
  const out: Stretch[] = []
  for (const span of joined(spans)) {
    let from = span.from
    for (const hole of holes) {
      if (hole.until <= from) continue
      if (hole.from >= span.until) break
      if (hole.from > from) out.push({ from, until: hole.from })
      from = hole.until
    }
    if (from < span.until) out.push({ from, until: span.until })
  }
  return out
}

/** Whether one span lies wholly within others; spans that touch cover together. */
export const isCovered = (span: Stretch, by: readonly Stretch[]): boolean =>
  joined(by).some((s) => s.from <= span.from && span.until <= s.until)

export const clipped = (spans: readonly Stretch[], to: Stretch): Stretch[] =>
  spans
    .map((s) => ({ from: Math.max(s.from, to.from), until: Math.min(s.until, to.until) }))
    .filter((s) => s.until > s.from)
