// An audit table for what is written by hand: the columns and every index of the real log, so that an entry costs the same to
// keep; its triggers and its chain are Osler's doing.
import type { Connection } from '#core/db/connection.ts'

export function auditTableLike(db: Connection, name: string): void {
  const indexes = db
    .prepare(
      `select name, sql from sqlite_master where type = 'index' and tbl_name = 'audit_log' and sql is not null`,
    )
    .all() as { name: string; sql: string }[]
  if (indexes.length === 0) throw new Error('the audit log has no index to copy')
  db.exec(`drop table if exists ${name}; create table ${name} as select * from audit_log where 0`)
  for (const index of indexes) {
    db.exec(index.sql.replace(` ${index.name} on audit_log `, ` ${name}_${index.name} on ${name} `))
  }
}
