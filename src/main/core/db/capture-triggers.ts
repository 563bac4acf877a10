// Triggers generated from the table descriptions: no synced row changes without a capture context, none is deleted,
// and every change is noted for the seal (SYNC 2.3). A raw statement or a second connection cannot get past them.
import { createHash } from 'node:crypto'
import type { SyncedTable, TableDef } from '../store/table-def.ts'
import type { Connection } from './connection.ts'

export function captureTriggersOf(table: SyncedTable): string[] {
  const t = table.name
  const guard = (when: string, event: string, condition = 'not exists (select 1 from sync_ctx)') =>
    `create trigger capture_${t}_${when} before ${event} on ${t} when ${condition}
     begin select raise(abort, '${t}: outside of a captured transaction'); end`
  const changed = table.groups.map(
    (group, bit) =>
      `(case when ${group.columns.map((c) => `new.${c} is not old.${c}`).join(' or ')} then ${2 ** bit} else 0 end)`,
  )
  const note = (op: string, mask: string) =>
    `insert into sync_pending (table_id, row_id, op, mask) values (${table.tableId}, new.id, '${op}', ${mask})
     on conflict (table_id, row_id) do update set mask = mask | excluded.mask`
  return [
    guard('guard_insert', 'insert'),
    guard('guard_update', 'update'),
    guard('guard_delete', 'delete', `not exists (select 1 from sync_ctx where mode = 'erase')`),
    `create trigger capture_${t}_guard_id before update on ${t} when new.id is not old.id
     begin select raise(abort, '${t}: an id never changes'); end`,
    `create trigger capture_${t}_insert after insert on ${t} when exists (select 1 from sync_ctx where mode = 'local')
     begin ${note('insert', String(2 ** table.groups.length - 1))}; end`,
    `create trigger capture_${t}_update after update on ${t}
     when exists (select 1 from sync_ctx where mode = 'local') and (${changed.join(' + ')}) > 0
     begin ${note('put', changed.join(' + '))}; end`,
  ]
}

const syncedOf = (tables: readonly TableDef[]) => tables.filter((t): t is SyncedTable => t.kind === 'synced')

/** Changes when the generated triggers do; kept in the database to know when to generate them anew. */
export function captureVersion(tables: readonly TableDef[]): string {
  const hash = createHash('sha256')
  for (const table of syncedOf(tables)) for (const sql of captureTriggersOf(table)) hash.update(sql)
  return hash.digest('hex')
}

/** Must run inside a transaction. */
export function installCaptureTriggers(db: Connection, tables: readonly TableDef[]): void {
  const old = db
    .prepare(`select name from sqlite_master where type = 'trigger' and name like 'capture\\_%' escape '\\'`)
    .pluck()
    .all() as string[]
  for (const name of old) db.exec(`drop trigger "${name}"`)
  for (const table of syncedOf(tables)) for (const sql of captureTriggersOf(table)) db.exec(sql)
}

/** Every table, index and trigger as SQLite has it: a dropped trigger or a foreign table changes it (AUD-04). */
export function schemaFingerprint(db: Connection): string {
  const rows = db
    .prepare(`select type, name, coalesce(sql, '') as sql from sqlite_master order by type, name`)
    .all() as { type: string; name: string; sql: string }[]
  const hash = createHash('sha256')
  for (const row of rows) hash.update(`${row.type}\0${row.name}\0${row.sql}\0`)
  return hash.digest('hex')
}
