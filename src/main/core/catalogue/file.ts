// The SQLite file of one catalogue: made whole in a temporary file beside and renamed into place, opened read-only.
// Public data without a key. What stands in it is checked by name and digest, never believed by its file name alone.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Driver from 'better-sqlite3-multiple-ciphers'
import { syncFile } from '../db/sync-file.ts'
import { createReader } from '../store/reader.ts'
import type { CatalogueTables, CatalogueValues, Edition, OpenCatalogue } from './definition.ts'
import { createStatements, insertStatement, settleStatements } from './schema.ts'

type Row = readonly [table: string, row: CatalogueValues] | null

export interface FileContent {
  readonly key: string
  readonly tables: CatalogueTables
  readonly edition: Edition
  readonly rows: AsyncIterable<Row> | Iterable<Row>
}

/** How long the program may be busy with a catalogue before it looks after everything else. */
const sliceMs = 8

/** Returns the path. Several processes may make the same file at once: the last rename wins, all are equal. */
export async function makeFile(file: string, content: FileContent, signal?: AbortSignal): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true })
  const fresh = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.new`
  try {
    await fill(fresh, content, signal)
    syncFile(fresh)
    moveInto(fresh, file)
  } finally {
    rmSync(fresh, { force: true })
  }
}

async function fill(file: string, content: FileContent, signal?: AbortSignal): Promise<void> {
  const db = new Driver(file)
  try {
    // Nobody reads the file before it is whole, and a broken one is thrown away.
    db.pragma('journal_mode=OFF')
    db.pragma('synchronous=OFF')
    db.pragma('temp_store=MEMORY')
    for (const statement of createStatements(content.tables)) db.exec(statement)
    db.exec('begin')
    const inserts = insertsInto(db, content.tables)
    let until = performance.now() + sliceMs
    const [first] = Object.keys(content.tables)
    let count = 0
    for await (const next of content.rows) {
      if (next) {
        const [table, row] = next
        inserts(table, row)
        if (table === first) count += 1
      }
      if (performance.now() < until) continue
      await nextTurn()
      signal?.throwIfAborted()
      until = performance.now() + sliceMs
    }
    const meta = db.prepare('insert into catalogue_meta (name, value) values (?, ?)')
    meta.run('key', content.key)
    meta.run('edition', JSON.stringify(content.edition))
    meta.run('rows', String(count))
    db.exec('commit')
    for (const statement of settleStatements(content.tables)) {
      await nextTurn()
      signal?.throwIfAborted()
      db.exec(statement)
    }
  } finally {
    db.close()
  }
}

function insertsInto(db: Driver.Database, tables: CatalogueTables) {
  const statements = new Map(
    Object.entries(tables).map(([name, table]) => {
      const { text, columns } = insertStatement(name, table)
      return [name, { statement: db.prepare(text), columns }] as const
    }),
  )
  return (table: string, row: CatalogueValues): void => {
    const insert = statements.get(table)
    if (!insert) throw new Error(`the catalogue has no table ${table}`)
    insert.statement.run(...insert.columns.map((column) => row[column] ?? null))
  }
}

function moveInto(fresh: string, file: string): void {
  try {
    renameSync(fresh, file)
  } catch (error) {
    // Windows does not replace a file that somebody reads; then it is there already.
    if (!existsSync(file)) throw error
  }
}

export interface OpenFile extends OpenCatalogue {
  close(): void
}

/** `null` where there is no such file, or what is there is not a whole catalogue under this key. */
export function openFile(file: string, key: string | null): OpenFile | null {
  if (!existsSync(file)) return null
  const db = new Driver(file, { readonly: true, fileMustExist: true })
  try {
    db.pragma('query_only=ON')
    db.pragma('trusted_schema=OFF')
    db.pragma('cell_size_check=ON')
    db.pragma('temp_store=MEMORY')
    db.pragma('cache_size=-16384')
    const meta = new Map(
      (db.prepare('select name, value from catalogue_meta').raw().all() as [string, string][]).values(),
    )
    const found = meta.get('key')
    const edition = meta.get('edition')
    if (found === undefined || edition === undefined || (key !== null && found !== key)) {
      db.close()
      return null
    }
    const reader = createReader(db)
    return {
      edition: JSON.parse(edition) as Edition,
      rows: Number(meta.get('rows')),
      key: found,
      all: (query, params) => reader.all(query, params),
      get: (query, params) => reader.get(query, params),
      close: () => db.close(),
    }
  } catch {
    db.close()
    return null
  }
}

export function digestOfFile(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
