// Fills in the columns that depend on other resources: rows of this group first, then what is known here.
import type { Filing, GroupItem } from './plan.ts'
import type { Cell, RowDraft } from './map/map-resource.ts'
import { keyText, type ResourceKey } from './references.ts'
import { refTables } from './targets.ts'

export interface RefValues {
  readonly values: Record<string, Cell>
  /** References that point to nothing here yet. */
  readonly open: number
  /** The columns they stand for: what is in them already is left there. */
  readonly openColumns: ReadonlySet<string>
}

export function refValues(filing: Filing, item: GroupItem, draft: RowDraft): RefValues {
  const values: Record<string, Cell> = {}
  let open = 0
  const openColumns = new Set<string>()
  for (const { column, want, to } of draft.refs) {
    if (want === 'rows') {
      const ids = to.map((key) => rowOf(filing, key, refTables[column])).filter((id) => id !== null)
      open += to.length - ids.length
      if (ids.length === 0) openColumns.add(column)
      if (ids.length > 0) values[column] = JSON.stringify(ids)
      continue
    }
    const [key] = to
    const found = !key ? null : want === 'row' ? rowOf(filing, key, refTables[column]) : titleOf(filing, key)
    if (found !== null) values[column] = found
    else {
      open += 1
      openColumns.add(column)
    }
  }
  const report = draft.table === 'observation' ? filing.reports.get(keyText(item.key)) : undefined
  if (report !== undefined) values.report_id = report
  return { values, open, openColumns }
}

/** Rows of one patient never point into the record of another. */
function rowOf(
  { ctx, env, plans, patientId }: Filing,
  key: ResourceKey,
  table: string | undefined,
): string | null {
  const plan = plans.get(keyText(key))
  if (plan) return plan.target?.name === table ? plan.rowId : null
  const known = env.known.find(ctx.read, key)
  if (!known || known.table !== table) return null
  return known.patientId === null || known.patientId === patientId ? known.rowId : null
}

/** Nor does the text of one stand in another: a title tells what somebody has. */
function titleOf({ ctx, env, plans, patientId }: Filing, key: ResourceKey): string | null {
  const planned = plans.get(keyText(key))?.item.title
  if (planned) return planned
  const known = env.known.find(ctx.read, key)
  return known && (known.patientId === null || known.patientId === patientId) ? known.title : null
}
