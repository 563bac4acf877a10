// The heavy part of changing the database key: minutes for a large clinic, so it can run on a thread. Opens nothing that it
// does not close, and decides nothing.
import { type Connection, openConnection } from './connection.ts'
import { rowCounts, schemaIsIntact, userVersion } from './migrate.ts'

interface Copy {
  readonly copy: string
  /** What the file that is read stands under. */
  readonly key: Uint8Array
}
export type RotateTask =
  | ({ readonly step: 'copy'; readonly file: string } & Copy)
  | ({ readonly step: 'encrypt'; readonly to: Uint8Array } & Copy)
  | ({ readonly step: 'check' } & Copy)

/** What has to be the same before and after. */
export interface CopyState {
  readonly rows: ReadonlyMap<string, number>
  readonly auditHead: string
  readonly version: number
}

const nothing: CopyState = { rows: new Map(), auditHead: '', version: 0 }

export function rotateTask(task: RotateTask): CopyState {
  switch (task.step) {
    case 'copy':
      return copyOut(task.file, task.key, task.copy)
    case 'encrypt':
      rekey(task.copy, task.key, task.to)
      return nothing
    case 'check':
      return stateOf(task.copy, task.key)
  }
}

function copyOut(file: string, key: Uint8Array, copy: string): CopyState {
  const db = openConnection(file, key, 'write')
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
    // Keeps the key and syncs its output (SECURITY M7).
    db.prepare('vacuum into ?').run(copy)
    return read(db)
  } finally {
    db.close()
  }
}

function rekey(copy: string, from: Uint8Array, to: Uint8Array): void {
  const db = openConnection(copy, from, 'write')
  try {
    db.pragma('journal_mode=DELETE')
    db.pragma(`rekey="x'${Buffer.from(to).toString('hex')}'"`)
  } finally {
    db.close()
  }
}

function stateOf(copy: string, key: Uint8Array): CopyState {
  const db = openConnection(copy, key, 'write')
  try {
    if (db.pragma('integrity_check', { simple: true }) !== 'ok' || !schemaIsIntact(db))
      throw new Error('the re-keyed copy is not whole')
    return read(db)
  } finally {
    db.close()
  }
}

const read = (db: Connection): CopyState => ({
  rows: rowCounts(db),
  auditHead: JSON.stringify(
    db.prepare('select seq, hex(mac) as mac from audit_log order by seq desc limit 1').get() ?? null,
  ),
  version: userVersion(db),
})
