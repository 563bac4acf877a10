// Where backups go, which were made, how they were tried. Local: places and the keys to them belong to this computer.
import { localTable, type RowOf } from '#core/store/table-def.ts'

export const backupTarget = localTable('backup_target', {
  id: 'text',
  rev: 'int',
  name: 'text',
  /** folder or bucket. */
  kind: 'text',
  /** In another building, or at least on another machine. */
  off_site: 'int',
  /** What is there is never deleted by us: write-once storage, or a disk that people rotate (BAK-04). */
  never_delete: 'int',
  path: 'text?',
  mark: 'text?',
  endpoint: 'text?',
  bucket: 'text?',
  region: 'text?',
  prefix: 'text?',
  access_key: 'text?',
  /** The secret key, sealed once more under a key of the clinic. */
  secret: 'blob?',
  created_at: 'text',
})

/** Backups that were opened and found whole on this computer. */
export const backupMade = localTable('backup_made', {
  id: 'text',
  at: 'text',
  name: 'text',
  bytes: 'int',
  sha256: 'text',
  reason: 'text',
  patients: 'int',
  audit_seq: 'int',
  commit_pos: 'int',
  kit_id: 'text?',
  took_ms: 'int',
})

/** A backup at a target: good once the target handed back the same bytes. */
export const backupCopy = localTable('backup_copy', {
  backup_id: 'text',
  target_id: 'text',
  state: 'text',
  problem: 'text?',
  at: 'text',
})

/** One row: the last try, and when people were last told. */
export const backupTry = localTable('backup_try', {
  one: 'int',
  at: 'text',
  problem: 'text?',
  failed_told_at: 'text?',
  late_told_at: 'text?',
})

export const backupDrill = localTable('backup_drill', {
  id: 'text',
  kind: 'text',
  at: 'text',
  backup_id: 'text?',
  backup_at: 'text?',
  target_id: 'text?',
  outcome: 'text',
  problem: 'text?',
  patients: 'int?',
  tables: 'int?',
  rows_counted: 'int?',
  took_ms: 'int?',
  by_user: 'text?',
  note: 'text?',
})

declare module '#core/store/database.ts' {
  interface Database {
    backup_target: RowOf<typeof backupTarget>
    backup_made: RowOf<typeof backupMade>
    backup_copy: RowOf<typeof backupCopy>
    backup_try: RowOf<typeof backupTry>
    backup_drill: RowOf<typeof backupDrill>
  }
}
