// Tables by name, for tests that seed or spoil rows of a module they do not belong to.
import type { ColumnValue, SyncedBase, SyncedTable } from '#core/store/table-def.ts'
import { modules } from '#modules/main.ts'

type AnyTable = SyncedTable<string, SyncedBase & Record<string, ColumnValue>>

/** Without its row type: what is written is up to the test, the database still checks it. */
export function syncedTableNamed(name: string): AnyTable {
  const found = modules.flatMap((m) => m.tables).find((t) => t.name === name)
  if (found?.kind !== 'synced') throw new Error(`no synced table ${name}`)
  return found as AnyTable
}
