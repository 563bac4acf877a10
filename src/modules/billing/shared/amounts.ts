// What a line costs and what lines come to. Tax is worked out and rounded line by line, half away from zero; every total
// is the sum of its lines, so a bill added up by hand comes to what is printed under it.
import { basisPointsOf } from '#shared/money.ts'

export interface PricedLine {
  readonly quantity: number
  /** Before tax. */
  readonly unitMinor: number
  /** 1900 is 19 %; 0 where the service is exempt. */
  readonly taxBasisPoints: number
}

export interface LineAmounts {
  readonly netMinor: number
  readonly taxMinor: number
}

export interface Totals extends LineAmounts {
  readonly totalMinor: number
}

export interface TaxSum extends LineAmounts {
  readonly basisPoints: number
}

export function lineAmounts({ quantity, unitMinor, taxBasisPoints }: PricedLine): LineAmounts {
  const netMinor = quantity * unitMinor
  return { netMinor, taxMinor: basisPointsOf(netMinor, taxBasisPoints) }
}

export function totalsOf(lines: readonly LineAmounts[]): Totals {
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0)
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0)
  return { netMinor, taxMinor, totalMinor: netMinor + taxMinor }
}

/** Net and tax by rate, highest rate first; exempt lines stand last under 0. */
export function taxesOf(lines: readonly (LineAmounts & { readonly taxBasisPoints: number })[]): TaxSum[] {
  const sums = new Map<number, TaxSum>()
  for (const line of lines) {
    const sum = sums.get(line.taxBasisPoints) ?? {
      basisPoints: line.taxBasisPoints,
      netMinor: 0,
      taxMinor: 0,
    }
    sums.set(line.taxBasisPoints, {
      ...sum,
      netMinor: sum.netMinor + line.netMinor,
      taxMinor: sum.taxMinor + line.taxMinor,
    })
  }
  return [...sums.values()].sort((a, b) => b.basisPoints - a.basisPoints)
}
