// Brings a row in step with a changed resource. What people changed here since stays, and is put up for review.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Filing } from './plan.ts'
import type { Cell } from './map/map-resource.ts'
import { importReview } from './tables.ts'
import type { StoredRow, Target } from './targets.ts'

export interface RowChange {
  /** Version after the change. */
  readonly rev: number
  /** What stood there before, by column. */
  readonly former: Readonly<Record<string, Cell>>
}

/** `null` when the row says all this already, or keeps what people here made of it. */
export function changeRow(
  filing: Filing,
  target: Target,
  current: StoredRow,
  wanted: Readonly<Record<string, Cell>>,
  revAsFiled: number,
): RowChange | null {
  const { ctx, env } = filing
  const columns = Object.keys(wanted).filter((c) => (wanted[c] ?? null) !== (current[c] ?? null))
  if (columns.length === 0) return null
  const touched =
    current.voided_at !== null
      ? columns
      : current.rev === revAsFiled
        ? []
        : editedHere(env.services, ctx, target.name, current.id, columns)
  if (touched.length > 0) askForReview(filing, target.name, current.id, touched)
  const free = columns.filter((c) => !touched.includes(c))
  if (free.length === 0) return null
  const changes = Object.fromEntries(free.map((c) => [c, wanted[c] ?? null]))
  const rev = ctx.write.update(target.table, current.id, 'any', changes as never)
  return { rev, former: Object.fromEntries(free.map((c) => [c, current[c] ?? null])) }
}

/** Columns whose last writer was not an import. */
export function editedHere(
  services: Services,
  ctx: CommandContext,
  table: string,
  id: string,
  columns: readonly string[],
): string[] {
  const versions = services.rowHistory(ctx.read, table, id)
  return columns.filter((column) => {
    const last = versions.find((v) => Object.hasOwn(v.values, column))
    return last !== undefined && !last.action.startsWith('import.')
  })
}

export function askForReview(
  { ctx, env, patientId, outcome }: Filing,
  table: string,
  rowId: string,
  columns: readonly string[],
): void {
  ctx.write.insert(importReview, {
    batch_id: env.batchId,
    patient_id: patientId,
    table_name: table,
    row_id: rowId,
    columns: JSON.stringify(columns),
    created_at: ctx.now,
  })
  outcome.reviews += 1
}
