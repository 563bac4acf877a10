// Brings a database to this version's schema: always on a copy, verified, then swapped in by one rename (DB-06).
// A kill at any step leaves the old file as it was.
import { copyFileSync, existsSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { RawBuilder } from 'kysely'
import { OpenProblem } from '../clinic-types.ts'
import { sqlBuilder } from '../store/reader.ts'
import type { TableDef } from '../store/table-def.ts'
import { captureVersion, installCaptureTriggers, schemaFingerprint } from './capture-triggers.ts'
import { type Connection, openConnection } from './connection.ts'
import { syncFile, syncFolder } from './sync-file.ts'

export interface MigrationStep {
  readonly name: string
  readonly up: readonly RawBuilder<unknown>[]
}

export interface Schema {
  readonly migrations: readonly MigrationStep[]
  readonly tables: readonly TableDef[]
}

/** Makes a new database beside and renames it into place, so that a half-made one is never taken for real. */
export function createDatabase(file: string, key: Uint8Array, schema: Schema): void {
  if (existsSync(file)) throw new Error('a database is there already')
  const fresh = `${file}.new`
  removeDatabase(fresh)
  const db = openConnection(fresh, key, 'write')
  try {
    applyMigrations(db, schema)
  } finally {
    db.close()
  }
  syncFile(fresh)
  renameSync(fresh, file)
  syncFolder(path.dirname(file))
}

/** Returns true when the file was migrated. Throws `newer-database` when it comes from a later version. */
export function migrateDatabase(file: string, key: Uint8Array, schema: Schema): boolean {
  const copy = `${file}.migrating`
  removeDatabase(copy)
  const old = openConnection(file, key, 'write')
  let before: Map<string, number>
  let from: number
  try {
    from = userVersion(old)
    if (from > schema.migrations.length) throw new OpenProblem('newer-database', from)
    if (from === schema.migrations.length && !captureOutdated(old, schema)) return false
    old.pragma('wal_checkpoint(TRUNCATE)')
    // VACUUM INTO keeps the key and syncs its output (SECURITY M7).
    old.prepare('vacuum into ?').run(copy)
    before = rowCounts(old)
  } finally {
    old.close()
  }
  const db = openConnection(copy, key, 'write')
  try {
    applyMigrations(db, schema)
    verifyCopy(db, before)
  } finally {
    db.close()
  }
  syncFile(copy)
  keepOld(file, `${file}.before-${schema.migrations.length}`)
  renameSync(copy, file)
  syncFolder(path.dirname(file))
  return true
}

function applyMigrations(db: Connection, schema: Schema): void {
  for (const [i, step] of schema.migrations.entries()) {
    if (i < userVersion(db)) continue
    inTransaction(db, () => {
      for (const statement of step.up) db.exec(statement.compile(sqlBuilder).sql)
      db.pragma(`user_version=${i + 1}`)
    })
  }
  inTransaction(db, () => {
    installCaptureTriggers(db, schema.tables)
    setMeta(db, 'capture_version', captureVersion(schema.tables))
    setMeta(db, 'schema_fingerprint', schemaFingerprint(db))
  })
}

function verifyCopy(db: Connection, before: ReadonlyMap<string, number>): void {
  const integrity = db.pragma('integrity_check', { simple: true })
  if (integrity !== 'ok') throw new OpenProblem('wrong-key-or-damaged')
  const after = rowCounts(db)
  for (const [table, count] of before) {
    const now = after.get(table)
    // A migration may drop or rename a table; it must not lose rows of one that stays.
    if (now !== undefined && now < count && table !== 'meta')
      throw new Error(`migration lost rows of ${table}`)
  }
}

/** The fingerprint stored at the last migration against the file as it is now (AUD-04). */
export function schemaIsIntact(db: Connection): boolean {
  return getMeta(db, 'schema_fingerprint') === schemaFingerprint(db)
}

function captureOutdated(db: Connection, schema: Schema): boolean {
  return getMeta(db, 'capture_version') !== captureVersion(schema.tables)
}

export function userVersion(db: Connection): number {
  return Number(db.pragma('user_version', { simple: true }))
}

export function getMeta(db: Connection, key: string): string | null {
  const found = db.prepare('select value from meta where key = ?').pluck().get(key)
  return typeof found === 'string' ? found : null
}

export function setMeta(db: Connection, key: string, value: string): void {
  db.prepare('insert or replace into meta (key, value) values (?, ?)').run(key, value)
}

export function rowCounts(db: Connection): Map<string, number> {
  const names = db
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'
       and name not like 'patient\\_search%' escape '\\'`,
    )
    .pluck()
    .all() as string[]
  return new Map(names.map((n) => [n, Number(db.prepare(`select count(*) from "${n}"`).pluck().get())]))
}

function inTransaction(db: Connection, run: () => void): void {
  db.exec('begin immediate')
  try {
    run()
    db.exec('commit')
  } catch (error) {
    if (db.inTransaction) db.exec('rollback')
    throw error
  }
}

export function removeDatabase(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true })
}

/** The old file stays under its own name until the next good backup; a link costs no space. */
function keepOld(file: string, kept: string): void {
  rmSync(kept, { force: true })
  try {
    linkSync(file, kept)
  } catch {
    copyFileSync(file, kept)
  }
}

/** For after a good backup: the files that migrations left beside the newest one. Returns how many there were. */
export function forgetOldGenerations(file: string): number {
  const folder = path.dirname(file)
  const prefix = `${path.basename(file)}.before-`
  const old = readdirSync(folder).filter((name) => name.startsWith(prefix))
  for (const name of old) rmSync(path.join(folder, name), { force: true })
  return old.length
}
