// The database inside a backup: taken without stopping the clinic, read without trusting it, described in numbers.
import Driver from 'better-sqlite3-multiple-ciphers'
import { captureVersion, installCaptureTriggers, schemaFingerprint } from '../db/capture-triggers.ts'
import { type Connection, openConnection, refusePlaintext } from '../db/connection.ts'
import { getMeta, type Schema, userVersion } from '../db/migrate.ts'
import { sqlBuilder } from '../store/reader.ts'
import { BackupRefused, type Manifest } from './types.ts'

const b64 = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : '')

/** A consistent copy under the same key. Readers and the writer go on meanwhile: it holds no more than a read lock. */
export function takeSnapshot(database: string, key: Uint8Array, into: string): void {
  const db = openConnection(database, key, 'read')
  try {
    // The handle stays read-only; this only lets VACUUM write its new file.
    db.pragma('query_only=OFF')
    db.prepare('vacuum into ?').run(into)
  } finally {
    db.close()
  }
}

/** Every pragma that limits what a hostile file can do, before the first query (BAK-06). */
export function openSnapshot(file: string, key: Uint8Array): Connection {
  try {
    refusePlaintext(file)
  } catch (error) {
    throw new BackupRefused('database-damaged', { cause: error })
  }
  const db = new Driver(file, { readonly: true, fileMustExist: true })
  try {
    db.pragma(`cipher='sqlcipher'`)
    db.pragma('legacy=4')
    db.pragma(`key="x'${Buffer.from(key).toString('hex')}'"`)
    for (const pragma of [
      'trusted_schema=OFF',
      'cell_size_check=ON',
      'mmap_size=0',
      'temp_store=MEMORY',
      'query_only=ON',
    ])
      db.pragma(pragma)
    db.prepare('select count(*) from sqlite_master').get()
    return db
  } catch (error) {
    db.close()
    throw new BackupRefused('database-damaged', { cause: error })
  }
}

export type Facts = Omit<Manifest, 'app' | 'generation' | 'entries'>

/** Of a clinic's database. @throws BackupRefused when it is none, or not whole. */
export function readFacts(db: Connection): Facts {
  try {
    const rows: Record<string, number> = {}
    for (const name of tableNames(db))
      rows[name] = Number(db.prepare(`select count(*) from "${name}"`).pluck().get())
    const audit = db.prepare('select seq, mac, at from audit_log order by seq desc limit 1').get() as
      | { seq: number; mac: Uint8Array; at: string }
      | undefined
    const commit = db.prepare('select pos, hash from sync_commit order by pos desc limit 1').get() as
      | { pos: number; hash: Uint8Array }
      | undefined
    return {
      clinicName: String(db.prepare('select name from clinic where voided_at is null').pluck().get() ?? ''),
      schema: userVersion(db),
      rows,
      patients: Number(db.prepare('select count(*) from patient where voided_at is null').pluck().get()),
      newestAt: audit?.at ?? null,
      audit: { seq: audit?.seq ?? 0, mac: b64(audit?.mac) },
      commits: { pos: commit?.pos ?? 0, hash: b64(commit?.hash) },
    }
  } catch (error) {
    throw new BackupRefused('database-damaged', { cause: error })
  }
}

/** Shadow tables of the search index are its own affair. */
function tableNames(db: Connection): string[] {
  return db
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'
       and name not like 'patient\\_search%' escape '\\' order by name`,
    )
    .pluck()
    .all() as string[]
}

export function requireWhole(db: Connection, how: 'quick_check' | 'integrity_check'): void {
  let verdict: unknown
  try {
    verdict = db.pragma(how, { simple: true })
  } catch (error) {
    throw new BackupRefused('database-damaged', { cause: error })
  }
  if (verdict !== 'ok') throw new BackupRefused('database-damaged')
}

/** Counts, both heads and the schema version are what the signed header says. */
export function requireSameFacts(found: Facts, manifest: Manifest): void {
  const { clinicName, schema, rows, patients, newestAt, audit, commits } = manifest
  const said = { clinicName, schema, rows, patients, newestAt, audit, commits }
  if (canonical(found) !== canonical(said)) throw new BackupRefused('contents-differ')
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

export interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly sql: string
}

/** What a database of ours may consist of: for every version this program can bring up to date. */
export interface KnownSchemas {
  readonly newest: number
  readonly captureVersion: string
  readonly byVersion: Readonly<Record<number, readonly SchemaObject[]>>
}

const objectsOf = (db: Connection): SchemaObject[] =>
  db
    .prepare(`select type, name, coalesce(sql, '') as sql from sqlite_master order by type, name`)
    .all() as SchemaObject[]
const isCapture = (each: SchemaObject) => each.type === 'trigger' && each.name.startsWith('capture_')

/** Made from the migrations in memory, never from a file: a doctored file also doctors its own fingerprint. */
export function knownSchemas(schema: Schema): KnownSchemas {
  const db = new Driver(':memory:')
  try {
    const byVersion: Record<number, SchemaObject[]> = {}
    for (const [i, step] of schema.migrations.entries()) {
      for (const statement of step.up) db.exec(statement.compile(sqlBuilder).sql)
      byVersion[i + 1] = objectsOf(db)
    }
    installCaptureTriggers(db, schema.tables)
    const newest = schema.migrations.length
    byVersion[newest] = objectsOf(db)
    return { newest, captureVersion: captureVersion(schema.tables), byVersion }
  } finally {
    db.close()
  }
}

/**
 * Nothing but our tables, indexes and triggers, to the letter. Generated triggers of another build of this program may
 * differ: those are taken out of the copy before anything is written to it (`dropForeignCapture`).
 */
export function requireOwnSchema(db: Connection, known: KnownSchemas): { captureIsOwn: boolean } {
  const version = userVersion(db)
  if (version > known.newest) throw new BackupRefused('newer-schema')
  const expected = known.byVersion[version]
  if (!expected) throw new BackupRefused('schema-foreign')
  const captureIsOwn = version === known.newest && getMeta(db, 'capture_version') === known.captureVersion
  const relevant = (list: readonly SchemaObject[]) =>
    canonical(captureIsOwn ? list : list.filter((each) => !isCapture(each)))
  if (relevant(objectsOf(db)) !== relevant(expected)) throw new BackupRefused('schema-foreign')
  return { captureIsOwn }
}

/** On a copy, before anything is written to it: triggers that are not to the letter ours must never run. */
export function dropForeignCapture(file: string, key: Uint8Array): void {
  const db = openConnection(file, key, 'write')
  try {
    for (const each of objectsOf(db).filter(isCapture))
      db.exec(`drop trigger "${each.name.replaceAll('"', '""')}"`)
    db.prepare(`delete from meta where key = 'capture_version'`).run()
    db.prepare(`insert or replace into meta (key, value) values ('schema_fingerprint', ?)`).run(
      schemaFingerprint(db),
    )
  } finally {
    db.close()
  }
}
