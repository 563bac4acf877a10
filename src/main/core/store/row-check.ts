// Is a stored row what its signed commits say it is? A page of the file that somebody, or a lying disk, put back older
// decrypts and verifies like any other (SECURITY M5); only the row's own history tells that it is not the newest (REL-04).
import { type Change, changesOf, decodeChange } from './commit.ts'
import { type PreparedQuery, preparedQuery, type Reader } from './reader.ts'
import type { SyncedTable } from './table-def.ts'

export interface RowFault {
  /** missing: saved and not there; differs: an older or foreign value; history: its own commit is gone. */
  readonly kind: 'missing' | 'differs' | 'history'
  readonly table: string
  readonly rowId: string
  readonly patientId: string | null
}

/** Changes of one table that an opened chart looks at; a longer history is left to the nightly sweep. */
const mostChanges = 200

type Row = Readonly<Record<string, unknown>>
/** Of one commit: the changes by table and row. */
type ByRow = ReadonlyMap<string, Change>

interface Written {
  readonly pos: number
  readonly changes: ByRow
}

const keyOf = (tableId: number, rowId: string) => `${tableId}\0${rowId}`

/** An erased change is left out (SYNC 2.17): it proves nothing about the row, and accuses it of nothing. */
export function changesByRow(body: Uint8Array, only?: string): ByRow {
  const found = new Map<string, Change>()
  const needle = only === undefined ? null : Buffer.from(only, 'utf8')
  for (const bytes of changesOf(body)) {
    // Most changes of a large commit are other rows': their id stands in the bytes as it is.
    if (needle && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(needle) < 0) continue
    const change = decodeChange(bytes)
    found.set(keyOf(change.tableId, change.rowId), change)
  }
  return found
}

/** Compares column by column, each group with the newest commit that wrote it. `insert` is known in the sweep only. */
function isAsWritten(
  table: SyncedTable,
  row: Row,
  later: readonly Written[],
  insert: Change | null,
): boolean {
  // `rev` counts every change of the row; an older version has counted fewer.
  if (Number(row.rev) < 1 + later.length) return false
  const newestFirst = later.toSorted((a, b) => b.pos - a.pos)
  const key = keyOf(table.tableId, String(row.id))
  const known = new Map<number, readonly unknown[]>()
  const learn = (change: Change | undefined | null) => {
    for (const [bit, values] of change?.groups ?? []) if (!known.has(bit)) known.set(bit, values)
  }
  for (const written of newestFirst) learn(written.changes.get(key))
  learn(insert)
  // An insert says nothing by repeating that the row is not voided.
  if (insert && !known.has(0)) known.set(0, [null, null])
  for (const [bit, values] of known) {
    const columns = table.groups[bit]?.columns ?? []
    // A column added later is not in older commits.
    const differs = values.some((value, i) => columns[i] !== undefined && !isSame(value, row[columns[i]]))
    if (differs) return false
  }
  return true
}

function isSame(written: unknown, stored: unknown): boolean {
  if (written instanceof Uint8Array)
    return stored instanceof Uint8Array && Buffer.from(written).equals(Buffer.from(stored))
  return (written ?? null) === (stored ?? null)
}

export interface RowCheck {
  /** The first changed row of one patient that does not match its history. Rows nobody changed have no older version. */
  patientFault(read: Reader, patientId: string): RowFault | null
  /** One row against the commit that made it and every later one. */
  insertFault(read: Reader, insert: Change, writer: number, seq: number): RowFault | null
}

const patientTableName = 'patient'

export function createRowCheck(tables: readonly SyncedTable[]): RowCheck {
  const ofPatient = tables.filter((t) => t.ofPatient || t.name === patientTableName)
  const byId = new Map(tables.map((t) => [t.tableId, t]))
  return {
    patientFault(read, patientId) {
      for (const table of ofPatient) {
        const found = changedRowFault(read, table, patientId)
        if (found) return found
      }
      return null
    },
    insertFault(read, insert, writer, seq) {
      const table = byId.get(insert.tableId)
      return table ? wholeRowFault(read, table, insert, { writer, seq }) : null
    },
  }
}

function changedRowFault(read: Reader, table: SyncedTable, patientId: string): RowFault | null {
  const rows = new Map<string, { row: Row; later: Written[] }>()
  const pairs = read.all(changedRows(table), { patient: patientId })
  const faultOf = (kind: RowFault['kind'], rowId: string): RowFault => ({
    kind,
    table: table.name,
    rowId,
    patientId,
  })
  for (const pair of pairs) {
    const id = String(pair.id)
    if (!(pair.osler_body instanceof Uint8Array)) return faultOf('history', id)
    const entry = rows.get(id) ?? { row: pair, later: [] }
    rows.set(id, entry)
    entry.later.push({ pos: Number(pair.osler_pos), changes: changesByRow(pair.osler_body, id) })
  }
  // The limit may have cut the last row's history short.
  if (pairs.length === mostChanges) rows.delete(String(pairs.at(-1)?.id))
  for (const [id, { row, later }] of rows) {
    if (!isAsWritten(table, row, later, null)) return faultOf('differs', id)
  }
  return null
}

function wholeRowFault(
  read: Reader,
  table: SyncedTable,
  insert: Change,
  dot: { writer: number; seq: number },
): RowFault | null {
  const [row] = read.all(rowById(table), { id: insert.rowId })
  const fault = (kind: RowFault['kind']): RowFault => ({
    kind,
    table: table.name,
    rowId: insert.rowId,
    patientId: patientOf(table, row, insert.rowId),
  })
  if (!row) return fault('missing')
  if (row.ins_writer !== dot.writer || row.ins_seq !== dot.seq) return fault('differs')
  const later: Written[] = []
  for (const commit of read.all(laterBodies, { table: table.tableId, row: insert.rowId })) {
    if (!(commit.body instanceof Uint8Array)) return fault('history')
    later.push({ pos: Number(commit.pos), changes: changesByRow(commit.body, insert.rowId) })
  }
  return isAsWritten(table, row, later, insert) ? null : fault('differs')
}

function patientOf(table: SyncedTable, row: Row | undefined, rowId: string): string | null {
  if (table.name === patientTableName) return rowId
  return typeof row?.patient_id === 'string' ? row.patient_id : null
}

const laterBodies = preparedQuery<{ table: number; row: string }>()((db, p) =>
  db
    .selectFrom('change_index')
    .leftJoin('sync_commit', (j) =>
      j
        .onRef('sync_commit.writer', '=', 'change_index.writer')
        .onRef('sync_commit.seq', '=', 'change_index.seq'),
    )
    .select(['sync_commit.pos', 'sync_commit.body'])
    .where('change_index.table_id', '=', p.table)
    .where('change_index.row_id', '=', p.row),
)

const changedQueries = new Map<string, PreparedQuery<{ patient: string }, Row>>()
const rowQueries = new Map<string, PreparedQuery<{ id: string }, Row>>()

/** Compiled once for each table; `patient_name` stands for whichever it is. */
function changedRows(table: SyncedTable): PreparedQuery<{ patient: string }, Row> {
  const known = changedQueries.get(table.name)
  if (known) return known
  const name = table.name as 'patient_name'
  const column = (c: string) => `${table.name}.${c}` as 'patient_name.id'
  const made = preparedQuery<{ patient: string }>()((db, p) =>
    db
      .selectFrom(name)
      .innerJoin('change_index', (j) =>
        j.onRef('change_index.row_id', '=', column('id')).on('change_index.table_id', '=', table.tableId),
      )
      .leftJoin('sync_commit', (j) =>
        j
          .onRef('sync_commit.writer', '=', 'change_index.writer')
          .onRef('sync_commit.seq', '=', 'change_index.seq'),
      )
      .selectAll(name)
      .select(['sync_commit.pos as osler_pos', 'sync_commit.body as osler_body'])
      .where(column(table.ofPatient ? 'patient_id' : 'id'), '=', p.patient)
      .limit(mostChanges),
  ) as PreparedQuery<{ patient: string }, Row>
  changedQueries.set(table.name, made)
  return made
}

function rowById(table: SyncedTable): PreparedQuery<{ id: string }, Row> {
  const known = rowQueries.get(table.name)
  if (known) return known
  const made = preparedQuery<{ id: string }>()((db, p) =>
    db
      .selectFrom(table.name as 'patient_name')
      .selectAll()
      .where('id', '=', p.id),
  ) as PreparedQuery<{ id: string }, Row>
  rowQueries.set(table.name, made)
  return made
}
