// One keyed SQLCipher-format connection: cipher and key first, then every pragma of DB-01, each read back.
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import Driver from 'better-sqlite3-multiple-ciphers'
import { OpenProblem } from '../clinic-types.ts'

export type Connection = Driver.Database
export type Statement = Driver.Statement<unknown[]>

const plainMagic = Buffer.from('SQLite format 3\0', 'latin1')

/** 64 MB: with the default 8 MB a chart at 50,000 patients costs twice as much (PERFORMANCE 5, lever 2). */
const cacheKib = 65_536

export function openConnection(file: string, key: Uint8Array, mode: 'write' | 'read'): Connection {
  refusePlaintext(file)
  const db = new Driver(file, mode === 'read' ? { readonly: true, fileMustExist: true } : {})
  try {
    db.pragma(`cipher='sqlcipher'`)
    db.pragma('legacy=4')
    db.pragma(`key="x'${Buffer.from(key).toString('hex')}'"`)
    probeKey(db)
    setPragmas(db, mode)
    const broken = failedSelfTests(readSelfTest(db), mode)
    if (broken.length > 0)
      throw new OpenProblem('self-test-failed', null, { cause: new Error(broken.join(', ')) })
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A misspelt key pragma yields a plaintext file without any error (SECURITY M4): refuse to go near one. */
export function refusePlaintext(file: string): void {
  if (!existsSync(file)) return
  const head = Buffer.alloc(16)
  const fd = openSync(file, 'r')
  try {
    if (readSync(fd, head, 0, 16, 0) === 16 && head.equals(plainMagic))
      throw new OpenProblem('plaintext-database')
  } finally {
    closeSync(fd)
  }
}

/** The engine tells a wrong key and a damaged first page apart no more than we can: one name for both (M5). */
function probeKey(db: Connection): void {
  try {
    db.prepare('select count(*) from sqlite_master').get()
  } catch (error) {
    // A disk that does not answer says nothing about the key.
    if (
      /^SQLITE_(CANTOPEN|READONLY|FULL|BUSY|IOERR_(?!SHORT_READ))/.test(
        String((error as { code?: unknown }).code),
      )
    )
      throw error
    throw new OpenProblem('wrong-key-or-damaged', null, { cause: error })
  }
}

function setPragmas(db: Connection, mode: 'write' | 'read'): void {
  if (mode === 'write') {
    db.pragma('journal_mode=WAL')
    // Checkpoints run when idle (checkpoint.ts), never inside a save somebody waits for.
    db.pragma('wal_autocheckpoint=0')
  }
  // A WAL database re-opens with NORMAL, which does not sync at commit (M2).
  db.pragma('synchronous=FULL')
  if (process.platform === 'darwin') {
    db.pragma('fullfsync=ON')
    db.pragma('checkpoint_fullfsync=ON')
  }
  // Sorts would otherwise spill patient text to disk in clear (M3).
  db.pragma('temp_store=MEMORY')
  db.pragma('foreign_keys=ON')
  db.pragma('recursive_triggers=ON')
  db.pragma('trusted_schema=OFF')
  db.pragma('cell_size_check=ON')
  db.pragma('mmap_size=0')
  db.pragma('secure_delete=ON')
  db.pragma('busy_timeout=5000')
  db.pragma(`cache_size=-${cacheKib}`)
  if (mode === 'read') db.pragma('query_only=ON')
}

export interface SelfTest {
  readonly sqliteVersion: string
  readonly cipher: string
  readonly journalMode: string
  readonly synchronous: number
  readonly tempStore: number
  readonly foreignKeys: number
  readonly recursiveTriggers: number
  readonly trustedSchema: number
  readonly cellSizeCheck: number
  readonly mmapSize: number
  readonly secureDelete: number
  readonly queryOnly: number
}

export function readSelfTest(db: Connection): SelfTest {
  const number = (name: string) => Number(db.pragma(name, { simple: true }) ?? 0)
  return {
    sqliteVersion: String(db.prepare('select sqlite_version()').pluck().get()),
    cipher: String(db.pragma('cipher', { simple: true })),
    journalMode: String(db.pragma('journal_mode', { simple: true })),
    synchronous: number('synchronous'),
    tempStore: number('temp_store'),
    foreignKeys: number('foreign_keys'),
    recursiveTriggers: number('recursive_triggers'),
    trustedSchema: number('trusted_schema'),
    cellSizeCheck: number('cell_size_check'),
    mmapSize: number('mmap_size'),
    secureDelete: number('secure_delete'),
    queryOnly: number('query_only'),
  }
}

/** Names of the checks that do not hold; empty means the connection is fit for patient data (DB-01). */
export function failedSelfTests(is: SelfTest, mode: 'write' | 'read'): string[] {
  const checks: [string, boolean][] = [
    // 3.51.3 carries the fix for lost commits after a WAL reset.
    ['sqlite-version', atLeast(is.sqliteVersion, [3, 51, 3])],
    ['cipher', is.cipher === 'sqlcipher'],
    ['journal-mode', is.journalMode === 'wal'],
    ['synchronous', is.synchronous === 2],
    ['temp-store', is.tempStore === 2],
    ['foreign-keys', is.foreignKeys === 1],
    ['recursive-triggers', is.recursiveTriggers === 1],
    ['trusted-schema', is.trustedSchema === 0],
    ['cell-size-check', is.cellSizeCheck === 1],
    ['mmap-size', is.mmapSize === 0],
    ['secure-delete', is.secureDelete === 1],
    ['query-only', mode === 'write' || is.queryOnly === 1],
  ]
  return checks.filter(([, holds]) => !holds).map(([name]) => name)
}

function atLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split('.').map(Number)
  for (const [i, want] of least.entries()) {
    const have = parts[i] ?? 0
    if (have !== want) return have > want
  }
  return true
}
