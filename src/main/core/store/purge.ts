// Erasing a patient's rows for good (PRIV-05, SYNC 2.17): the rows, what the commits say about them, full-text entries,
// kept results of acts and old copies of the file. What stays is the order in the control log: ids, counts, a digest.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Connection } from '../db/connection.ts'
import { getMeta, setMeta } from '../db/migrate.ts'
import type { CommandContext } from '../rpc/context.ts'
import { type BodyEntry, changeHash, decodeChange, encodeBody, entriesOf, isErased } from './commit.ts'
import { nextControlNumber } from './control-log.ts'
import { digestOfMarks, type Mark, orderKind } from './erasure-orders.ts'
import type { LocalTable, SyncedTable, TableDef } from './table-def.ts'

export interface EraseRequest {
  readonly order: string
  readonly replays?: string
  readonly patientId: string
  /** Everything of the patient, the patient too. Otherwise `rows`. */
  readonly whole: boolean
  readonly rows?: readonly { readonly table: string; readonly id: string }[]
}

export interface Erased {
  readonly rows: number
  readonly changes: number
  /** Number of the order in the control log. */
  readonly controlNumber: number
}

export interface Purge {
  /** Inside the open transaction; all of it is undone when the transaction fails. */
  erase(ctx: CommandContext, request: EraseRequest): Erased
  /** After the commit, and at an opening after a crash before it: indexes, log of the engine, old copies of the file. */
  settle(): void
}

export interface PurgeParts {
  readonly db: Connection
  readonly file: string
  readonly tables: readonly TableDef[]
  readonly appendControl: (at: string, entry: Readonly<Record<string, unknown>>) => number
  /** What modules hold beside rows that name the patient. */
  readonly hooks: readonly ((ctx: CommandContext, patientId: string) => void)[]
  /** Called with the work of `settle` done: the ledger beside the database is written. */
  readonly settled: () => void
}

const unsettled = 'purge_unsettled'

interface Doomed {
  readonly table: SyncedTable
  readonly id: string
}

export function createPurge({ db, file, tables, appendControl, hooks, settled }: PurgeParts): Purge {
  const synced = tables.filter((t): t is SyncedTable => t.kind === 'synced')
  const byName = new Map(synced.map((t) => [t.name, t]))
  const ofPatient = synced.filter((t) => Object.hasOwn(t.columns, 'patient_id'))
  const localOfPatient = tables.filter(
    (t): t is LocalTable => t.kind === 'local' && Object.hasOwn(t.columns, 'patient_id'),
  )

  const doomedRows = ({ patientId, whole, rows = [] }: EraseRequest): Doomed[] => {
    if (!whole) {
      return rows.flatMap(({ table: name, id }) => {
        const table = byName.get(name)
        if (!table) throw new Error(`${name} is not a synced table`)
        const there = db.prepare(`select 1 from ${table.name} where id = ?`).get(id) !== undefined
        return there ? [{ table, id }] : []
      })
    }
    const found = ofPatient.flatMap((table) =>
      (
        db.prepare(`select id from ${table.name} where patient_id = ?`).pluck().all(patientId) as string[]
      ).map((id) => ({ table, id })),
    )
    const patient = byName.get('patient')
    const isThere = patient && db.prepare('select 1 from patient where id = ?').get(patientId) !== undefined
    return isThere ? [...found, { table: patient, id: patientId }] : found
  }

  const erase = (ctx: CommandContext, request: EraseRequest): Erased => {
    if (request.whole) for (const hook of hooks) hook(ctx, request.patientId)
    const doomed = doomedRows(request)
    const controlNumber = nextControlNumber(db)
    if (request.whole) forgetInSearch(ctx, request.patientId)
    db.prepare(`update sync_ctx set mode = 'erase'`).run()
    const marks = markChanges(doomed, controlNumber)
    for (const { table, id } of doomed) {
      db.prepare(`delete from ${table.name} where id = ?`).run(id)
      for (const bookkeeping of ['sync_head', 'change_index', 'sync_pending'])
        db.prepare(`delete from ${bookkeeping} where table_id = ? and row_id = ?`).run(table.tableId, id)
    }
    db.prepare(`update sync_ctx set mode = 'local'`).run()
    if (request.whole) {
      for (const table of localOfPatient)
        db.prepare(`delete from ${table.name} where patient_id = ?`).run(request.patientId)
    }
    // Kept answers may say anything about anybody. Without its answer a repeated act is told to look first.
    db.prepare(`update op_result set result = '' where result <> ''`).run()
    const number = appendControl(ctx.now, {
      kind: orderKind,
      order: request.order,
      replays: request.replays ?? null,
      patient: request.patientId,
      whole: request.whole,
      rows: request.whole ? [] : doomed.map(({ table, id }) => [table.tableId, id]),
      changes: marks.length,
      digest: digestOfMarks(marks),
    })
    if (number !== controlNumber) throw new Error('purge: the control log moved on')
    setMeta(db, unsettled, ctx.now)
    ctx.afterCommit(settle)
    return { rows: doomed.length, changes: marks.length, controlNumber }
  }

  /** Each commit that wrote one of the rows is opened once; the changes of these rows become marks. */
  const markChanges = (doomed: readonly Doomed[], controlNumber: number): Mark[] => {
    const wanted = new Set(doomed.map(({ table, id }) => `${table.tableId}:${id}`))
    const dots = new Map<string, [writer: number, seq: number]>()
    const note = (writer: number, seq: number) => dots.set(`${writer}:${seq}`, [writer, seq])
    const later = db.prepare('select writer, seq from change_index where table_id = ? and row_id = ?')
    for (const { table, id } of doomed) {
      const first = db.prepare(`select ins_writer, ins_seq from ${table.name} where id = ?`).get(id) as {
        ins_writer: number
        ins_seq: number
      }
      note(first.ins_writer, first.ins_seq)
      for (const dot of later.all(table.tableId, id) as { writer: number; seq: number }[])
        note(dot.writer, dot.seq)
    }
    const select = db.prepare('select pos, body from sync_commit where writer = ? and seq = ?')
    const writerBytes = db.prepare('select writer from sync_writer where n = ?').pluck()
    const update = db.prepare('update sync_commit set body = ? where pos = ?')
    const marks: Mark[] = []
    for (const [writer, seq] of dots.values()) {
      const commit = select.get(writer, seq) as { pos: number; body: Uint8Array } | undefined
      // Rows written earlier in this very transaction are sealed at its end: they are in no commit yet.
      if (!commit) continue
      let isChanged = false
      const body = entriesOf(commit.body).map((entry, index): BodyEntry => {
        if (isErased(entry)) return entry
        const change = decodeChange(entry)
        if (!wanted.has(`${change.tableId}:${change.rowId}`)) return entry
        const hash = changeHash(entry)
        marks.push({ writer: writerBytes.get(writer) as Uint8Array, seq, index, hash })
        isChanged = true
        return [controlNumber, hash]
      })
      if (isChanged) update.run(encodeBody(body), commit.pos)
    }
    return marks
  }

  const forgetInSearch = (ctx: CommandContext, patientId: string) => {
    const n = db.prepare('select n from patient where id = ?').pluck().get(patientId)
    if (typeof n === 'number') ctx.write.index('patient_search', n, null)
  }

  const settle = (): void => {
    if (getMeta(db, unsettled) === null) return
    // A deleted full-text entry is only a tombstone until its segments are written anew.
    db.exec(`insert into patient_search (patient_search) values ('optimize')`)
    // Copies from before a migration hold everything that was there then.
    const folder = path.dirname(file)
    for (const name of readdirSync(folder)) {
      if (name.startsWith(`${path.basename(file)}.before-`)) rmSync(path.join(folder, name), { force: true })
    }
    settled()
    db.prepare('delete from meta where key = ?').run(unsettled)
    const [checkpoint] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }]
    // A reader elsewhere holds the old pages: tried again at the next opening.
    if (checkpoint.busy !== 0) setMeta(db, unsettled, 'checkpoint')
  }

  return { erase, settle }
}

export const ledgerFile = (dir: string): string => path.join(dir, 'erasures')
export const hasLedger = (dir: string): boolean => existsSync(ledgerFile(dir))
