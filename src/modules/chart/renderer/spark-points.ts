// Geometry of the small curve behind a vital sign: time along, value up, the two parts of a blood pressure on one scale.

export interface SeriesPoint {
  readonly at: string
  readonly value: number
  readonly second: number | null
}
export interface Spark {
  /** `points` attributes of the polylines; empty where there is nothing to join. */
  readonly line: string
  readonly secondLine: string
  readonly last: { readonly x: number; readonly y: number } | null
}

const edge = 4

export function sparkOf(series: readonly SeriesPoint[], width: number, height: number): Spark {
  const values = series.flatMap((p) => (p.second === null ? [p.value] : [p.value, p.second]))
  const times = series.map((p) => Date.parse(p.at))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const [first, final] = [Math.min(...times), Math.max(...times)]
  const x = (index: number) => {
    const time = times[index] ?? Number.NaN
    // Series known to the same day only are spread evenly.
    const share =
      final > first && Number.isFinite(time) ? (time - first) / (final - first) : evenShare(index, series)
    return round(edge + share * (width - 2 * edge))
  }
  const y = (value: number) =>
    round(high > low ? height - edge - ((value - low) / (high - low)) * (height - 2 * edge) : height / 2)
  const points = series.map((p, i) => ({
    x: x(i),
    y: y(p.value),
    second: p.second === null ? null : y(p.second),
  }))
  const last = points.at(-1)
  return {
    line: points.map((p) => `${p.x},${p.y}`).join(' '),
    secondLine: points.flatMap((p) => (p.second === null ? [] : [`${p.x},${p.second}`])).join(' '),
    last: last ? { x: last.x, y: last.y } : null,
  }
}

const evenShare = (index: number, series: readonly unknown[]) =>
  series.length > 1 ? index / (series.length - 1) : 1
const round = (n: number) => Math.round(n * 10) / 10

/** Months between the first and the last point, for "12 months"; at least one. */
export function monthsSpanned(series: readonly SeriesPoint[]): number {
  const times = series.map((p) => Date.parse(p.at)).filter(Number.isFinite)
  if (times.length < 2) return 1
  return Math.max(1, Math.round((Math.max(...times) - Math.min(...times)) / (30.44 * 86_400_000)))
}
