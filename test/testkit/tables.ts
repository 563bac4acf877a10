// Tables by name, for tests that seed or spoil rows of a module they do not belong to.
import type { SyncedTable } from '#core/store/table-def.ts'
import { modules } from '#modules/main.ts'

/** Without its row type: what is written is up to the test, the database still checks it. */
export function syncedTableNamed(name: string): SyncedTable<string, never> {
  const found = modules.flatMap((m) => m.tables).find((t) => t.name === name)
  if (found?.kind !== 'synced') throw new Error(`no synced table ${name}`)
  return found as SyncedTable<string, never>
}
