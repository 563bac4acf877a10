// How often a paper left the program. A copy whose printing was cancelled before it began never left.
import type { Reader } from '#core/store/reader.ts'
import type { PaperKind } from '../shared/paper-data.ts'
import * as q from './queries.ts'

export function copiesOf(read: Reader, kind: PaperKind, paperId: string): number {
  const rows = read.all(q.printsOf, { kind, paperId })
  const cancelled = new Set(rows.filter((row) => row.outcome === 'cancelled').map((row) => row.copy))
  return Math.max(
    0,
    ...rows.filter((row) => row.outcome === 'issued' && !cancelled.has(row.copy)).map((row) => row.copy),
  )
}
