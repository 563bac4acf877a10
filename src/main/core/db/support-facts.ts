// What somebody who helps from afar has to know of this computer, without a word about any patient: versions, sizes,
// counts of rows, checks, jobs, and log lines, which hold allow-listed fields only.
import { statSync } from 'node:fs'
import { cpus, platform, release, totalmem } from 'node:os'
import path from 'node:path'
import { type Connection, readSelfTest } from './connection.ts'
import { userVersion } from './migrate.ts'
import type { Logger } from '../log/logger.ts'
import type { Health } from '../rpc/services.ts'
import type { TableDef } from '../store/table-def.ts'

export interface SupportFacts {
  readonly made: string
  readonly program: Readonly<Record<string, string>>
  readonly computer: Readonly<Record<string, string | number>>
  readonly database: {
    readonly schemaVersion: number
    readonly selfTest: Readonly<Record<string, string | number>>
    readonly bytes: Readonly<Record<string, number>>
    /** Rows by table, those that were voided included. */
    readonly rows: Readonly<Record<string, number>>
  }
  readonly health: Health
  readonly log: readonly string[]
}

export function supportFacts(
  parts: { db: Connection; file: string; tables: readonly TableDef[]; log: Logger; health: Health },
  now: string,
): SupportFacts {
  const { db, file, tables, log, health } = parts
  return {
    made: now,
    program: { node: process.versions.node, electron: process.versions.electron ?? 'none' },
    computer: {
      system: `${platform()} ${release()}`,
      architecture: process.arch,
      processors: cpus().length,
      memoryBytes: totalmem(),
    },
    database: {
      schemaVersion: userVersion(db),
      selfTest: { ...readSelfTest(db) },
      bytes: Object.fromEntries([file, `${file}-wal`].map((name) => [path.basename(name), sizeOf(name)])),
      rows: Object.fromEntries(tables.map(({ name }) => [name, rowsOf(db, name)])),
    },
    health,
    log: log.recent(),
  }
}

const rowsOf = (db: Connection, table: string): number =>
  Number(db.prepare(`select count(*) from "${table}"`).pluck().get())

function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}
