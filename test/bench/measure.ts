// Interleaved measuring: ours and hand-written take turns, so that the machine's drift hits both alike.

export interface Contest {
  readonly name: string
  /** Prepares one turn outside of the clock and returns what is to be timed. */
  readonly ours: (i: number) => Promise<() => unknown>
  readonly handWritten: (i: number) => () => unknown
  readonly perRun: number
}

export interface Outcome {
  readonly name: string
  readonly oursMs: { p50: number; p99: number }
  readonly handWrittenMs: { p50: number; p99: number }
  /** Median over the runs of (our p50 / hand-written p50). */
  readonly ratio: number
}

export async function measure(contest: Contest, runs: number): Promise<Outcome> {
  const ours: number[] = []
  const byHand: number[] = []
  const ratios: number[] = []
  let i = 0
  for (let run = -1; run < runs; run++) {
    const a: number[] = []
    const b: number[] = []
    for (let k = 0; k < contest.perRun; k++, i++) {
      const turn = await contest.ours(i)
      const before = performance.now()
      await turn()
      const between = performance.now()
      const other = contest.handWritten(i)
      const started = performance.now()
      other()
      b.push(performance.now() - started)
      a.push(between - before)
    }
    // The first run warms caches and compilers for both.
    if (run < 0) continue
    ours.push(...a)
    byHand.push(...b)
    ratios.push(quantile(a, 0.5) / quantile(b, 0.5))
  }
  return {
    name: contest.name,
    oursMs: { p50: quantile(ours, 0.5), p99: quantile(ours, 0.99) },
    handWrittenMs: { p50: quantile(byHand, 0.5), p99: quantile(byHand, 0.99) },
    ratio: quantile(ratios, 0.5),
  }
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((x, y) => x - y)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}
