// Every row against its history, every page against its neighbours, both chains from their beginning: the nightly look at
// what an opened chart cannot see, such as a row that is not there at all (REL-04). Reads only, in short snapshots.
import type { Connection, Statement } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { verifyAuditChain } from './audit.ts'
import { createLinks, type StoredCommit } from './commit-links.ts'
import { createReader } from './reader.ts'
import { changesByRow, createRowCheck, type RowFault } from './row-check.ts'
import type { SyncedTable } from './table-def.ts'

export interface SweepResult {
  readonly rows: number
  readonly commits: number
  /** Of rows, pages and chains together; 0 is a clean sweep. */
  readonly faults: number
  /** The first of them, and every patient concerned. */
  readonly shown: readonly RowFault[]
  readonly patients: readonly string[]
  /** What SQLite says of damaged pages and indexes; empty when all is well. */
  readonly structure: readonly string[]
  readonly chains: readonly ('audit' | 'commits')[]
}

/** Commits read in one snapshot: a long one would keep the log from being worked off. */
const slice = 200
const mostShown = 50
const mostPatients = 5_000

export function sweepRows(db: Connection, keys: ClinicKeys, tables: readonly SyncedTable[]): SweepResult {
  const structure = tableProblems(db)
  const chains: ('audit' | 'commits')[] = []
  if (!trusted(() => verifyAuditChain(db, keys).ok)) chains.push('audit')
  const rows = checkRows(db, tables)
  if (!rows.chainOk) chains.push('commits')
  return {
    rows: rows.rows,
    commits: rows.commits,
    faults: rows.faults + structure.length + chains.length,
    shown: rows.shown,
    patients: [...rows.patients],
    structure: structure.slice(0, mostShown),
    chains,
  }
}

export const lastCommit = (db: Connection): number =>
  Number(db.prepare('select coalesce(max(pos), 0) from sync_commit').pluck().get())

/** What cannot be read does not hold. */
function trusted(holds: () => boolean): boolean {
  try {
    return holds()
  } catch {
    return false
  }
}

/** Table by table, so that no snapshot lasts as long as the whole file. */
function tableProblems(db: Connection): string[] {
  const names = db
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'`)
    .pluck()
    .all() as string[]
  return names.flatMap((name) => {
    try {
      const told = db.pragma(`integrity_check("${name}")`) as { integrity_check: string }[]
      return told.map((line) => line.integrity_check).filter((line) => line !== 'ok')
    } catch (error) {
      return [`${name}: ${(error as { code?: string }).code ?? 'unreadable'}`]
    }
  })
}

interface Checked {
  rows: number
  commits: number
  faults: number
  chainOk: boolean
  readonly shown: RowFault[]
  readonly patients: Set<string>
}

/** Every row that a commit made, against that commit and all later ones. */
export function checkRows(db: Connection, tables: readonly SyncedTable[]): Checked {
  const check = createRowCheck(tables)
  const read = createReader(db)
  const links = createLinks(db)
  const page = db.prepare(
    'select pos, writer, seq, prev, hash, sig, header, body from sync_commit where pos > ? order by pos limit ?',
  )
  const done: Checked = { rows: 0, commits: 0, faults: 0, chainOk: true, shown: [], patients: new Set() }
  const note = (fault: RowFault | null) => {
    if (!fault) return
    done.faults += 1
    if (done.shown.length < mostShown) done.shown.push(fault)
    if (fault.patientId !== null && done.patients.size < mostPatients) done.patients.add(fault.patientId)
  }
  for (let last = 0; ; ) {
    const commits = readPage(page, last)
    if (commits === null) return { ...done, chainOk: false }
    if (commits.length === 0) return links.firstForgedErasure() === null ? done : { ...done, chainOk: false }
    for (const commit of commits) {
      last = commit.pos
      done.commits += 1
      if (!trusted(() => links.holds(commit))) {
        done.chainOk = false
        continue
      }
      for (const change of changesByRow(commit.body).values()) {
        if (change.op !== 'insert') continue
        done.rows += 1
        try {
          note(check.insertFault(read, change, commit.writer, commit.seq))
        } catch {
          note({ kind: 'differs', table: String(change.tableId), rowId: change.rowId, patientId: null })
        }
      }
    }
  }
}

/** `null` when the pages cannot be read. */
function readPage(page: Statement, after: number): StoredCommit[] | null {
  try {
    return page.all(after, slice) as StoredCommit[]
  } catch {
    return null
  }
}
