// The tables that imported resources become rows of, by name, and how their current row is read.
import { preparedQuery, type PreparedQuery } from '#core/store/reader.ts'
import type { SyncedTable } from '#core/store/table-def.ts'
import { chartTables } from '#modules/chart/main/api.ts'
import type { Cell, TargetTable } from './map/map-resource.ts'

export type StoredRow = Readonly<Record<string, Cell>> & {
  readonly id: string
  readonly rev: number
  readonly voided_at: string | null
}

export interface Target {
  readonly name: TargetTable
  readonly table: SyncedTable
  /** A correction of such a row is a new row (SYNC 2.7). */
  readonly isAppend: boolean
  readonly current: PreparedQuery<{ id: string }, StoredRow>
  /** Columns filled by references: what they were is not compared when a resource is read again. */
  readonly refColumns: readonly string[]
}

/** Columns that hold the id of another row, and the table it must stand in. */
export const refTables: Readonly<Record<string, TargetTable>> = {
  encounter_id: 'encounter',
  practitioner_id: 'practitioner',
  requester_id: 'practitioner',
  organization_id: 'organization',
  result_ids: 'observation',
}

const tables = Object.values(chartTables) as readonly SyncedTable[]

export const targets: ReadonlyMap<string, Target> = new Map(
  tables.map((table): [string, Target] => [
    table.name,
    {
      name: table.name as TargetTable,
      table,
      isAppend: table.class === 'append',
      current: preparedQuery<{ id: string }>()((db, p) =>
        db
          .selectFrom(table.name as 'condition')
          .selectAll()
          .where('id', '=', p.id),
      ) as unknown as PreparedQuery<{ id: string }, StoredRow>,
      refColumns: Object.keys(table.columns).filter((c) => Object.hasOwn(refTables, c)),
    },
  ]),
)

export function targetOf(name: string): Target {
  const target = targets.get(name)
  if (!target) throw new Error(`no import goes to ${name}`)
  return target
}
