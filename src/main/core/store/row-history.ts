// The versions of one row, read back from the commits that made them. The change index names the commits.
import type { Reader } from './reader.ts'
import { type PreparedQuery, preparedQuery } from './reader.ts'
import type { RowVersion, Services } from '../rpc/services.ts'
import { changesOf, decodeChange, decodeHeader } from './commit.ts'
import type { SyncedTable } from './table-def.ts'

const laterCommits = preparedQuery<{ table: number; row: string }>()((db, p) =>
  db
    .selectFrom('change_index')
    .innerJoin('sync_commit', (j) =>
      j
        .onRef('sync_commit.writer', '=', 'change_index.writer')
        .onRef('sync_commit.seq', '=', 'change_index.seq'),
    )
    .select([
      'sync_commit.pos',
      'sync_commit.writer',
      'sync_commit.seq',
      'sync_commit.header',
      'sync_commit.body',
    ])
    .where('change_index.table_id', '=', p.table)
    .where('change_index.row_id', '=', p.row)
    .orderBy('sync_commit.pos', 'desc'),
)
const commitByDot = preparedQuery<{ writer: number; seq: number }>()((db, p) =>
  db
    .selectFrom('sync_commit')
    .select(['pos', 'writer', 'seq', 'header', 'body'])
    .where('writer', '=', p.writer)
    .where('seq', '=', p.seq),
)

const newestChange = preparedQuery<{ table: number; row: string }>()((db, p) =>
  db
    .selectFrom('change_index')
    .innerJoin('sync_commit', (j) =>
      j
        .onRef('sync_commit.writer', '=', 'change_index.writer')
        .onRef('sync_commit.seq', '=', 'change_index.seq'),
    )
    .select('sync_commit.header')
    .where('change_index.table_id', '=', p.table)
    .where('change_index.row_id', '=', p.row)
    .orderBy('sync_commit.pos', 'desc')
    .limit(1),
)

/** Instant of the newest change of a row, from the head of its commit alone: no change in it is decoded. */
function lastChangedAt(read: Reader, table: SyncedTable, rowId: string): string | null {
  const at = (header: Uint8Array) => new Date(decodeHeader(header).wall).toISOString()
  const later = read.get(newestChange, { table: table.tableId, row: rowId })
  if (later) return at(later.header)
  const row = firstDot(read, table, rowId)
  const first = row && read.get(commitByDot, { writer: row.ins_writer, seq: row.ins_seq })
  return first ? at(first.header) : null
}

const dotQueries = new Map<string, PreparedQuery<{ id: string }, { ins_writer: number; ins_seq: number }>>()

/** Compiled once for each table. */
function firstDot(read: Reader, table: SyncedTable, rowId: string) {
  let query = dotQueries.get(table.name)
  if (!query) {
    query = preparedQuery<{ id: string }>()((db, p) =>
      db
        .selectFrom(table.name as 'patient')
        .select(['ins_writer', 'ins_seq'])
        .where('id', '=', p.id),
    )
    dotQueries.set(table.name, query)
  }
  return read.get(query, { id: rowId })
}

/** Newest first. The first version is the insert, found through the dot that every row carries. */
function rowHistory(read: Reader, table: SyncedTable, rowId: string): RowVersion[] {
  const row = firstDot(read, table, rowId)
  if (!row) return []
  const commits = read.all(laterCommits, { table: table.tableId, row: rowId })
  const first = read.get(commitByDot, { writer: row.ins_writer, seq: row.ins_seq })
  const versions: RowVersion[] = []
  for (const commit of first ? [...commits, first] : commits) {
    const header = decodeHeader(commit.header)
    for (const bytes of changesOf(commit.body)) {
      const change = decodeChange(bytes)
      if (change.rowId !== rowId || change.tableId !== table.tableId) continue
      const values: Record<string, string | number | null> = {}
      for (const [bit, list] of change.groups) {
        for (const [i, column] of (table.groups[bit]?.columns ?? []).entries()) {
          const value = list[i]
          values[column] = typeof value === 'string' || typeof value === 'number' ? value : null
        }
      }
      versions.push({
        at: new Date(header.wall).toISOString(),
        userId: header.user,
        role: header.role,
        action: header.action,
        op: change.op,
        writer: commit.writer,
        seq: commit.seq,
        values,
      })
    }
  }
  return versions
}

/** Both by the name of a table, as modules ask. */
export function rowHistories(synced: readonly SyncedTable[]): Pick<Services, 'rowHistory' | 'lastChangedAt'> {
  const byName = new Map(synced.map((t) => [t.name, t]))
  const named = (name: string): SyncedTable => {
    const table = byName.get(name)
    if (!table) throw new Error(`${name} is not a synced table`)
    return table
  }
  return {
    rowHistory: (read, name, id) => rowHistory(read, named(name), id),
    lastChangedAt: (read, name, id) => lastChangedAt(read, named(name), id),
  }
}
