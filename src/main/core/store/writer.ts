// The only way to change a row. Statements are built from table descriptions, never from input, and kept prepared.
import { AppError } from '#shared/errors.ts'
import type { Connection, Statement } from '../db/connection.ts'
import type { CaptureRun } from './capture.ts'
import type { LocalTable, SyncedTable } from './table-def.ts'
import type { SearchIndex, Writer } from './writer-types.ts'

type Values = Readonly<Record<string, unknown>>

export interface WriterFactory {
  create(run: CaptureRun, now: string, mint: (atMs?: number) => string, touched: Set<string>): Writer
}

export function createWriterFactory(db: Connection, writerNumber: number): WriterFactory {
  const statements = new Map<string, Statement>()
  const statement = (sql: string): Statement => {
    let found = statements.get(sql)
    if (!found) {
      found = db.prepare(sql)
      statements.set(sql, found)
    }
    return found
  }
  return {
    create: (run, now, mint, touched) => createWriter({ statement, run, now, mint, touched, writerNumber }),
  }
}

interface Parts {
  readonly statement: (sql: string) => Statement
  readonly run: CaptureRun
  readonly now: string
  readonly mint: (atMs?: number) => string
  readonly touched: Set<string>
  readonly writerNumber: number
}

function createWriter({ statement, run, now, mint, touched, writerNumber }: Parts): Writer {
  const note = (table: SyncedTable, values: readonly unknown[]) => {
    touched.add(table.name)
    run.noteBytes(sizeOf(values))
  }
  const change = (
    table: SyncedTable,
    id: string,
    rev: number | 'any',
    changes: Values,
    where: string,
  ): number => {
    const columns = Object.keys(changes)
    for (const c of columns) requireColumn(table, c)
    const sets = [...columns.map((c) => `${c} = ?`), 'rev = rev + 1'].join(', ')
    const sql = `update ${table.name} set ${sets} where id = ? and ${where}${rev === 'any' ? '' : ' and rev = ?'} returning rev`
    const values = columns.map((c) => toSql(changes[c]))
    const done = statement(sql).get(...values, id, ...(rev === 'any' ? [] : [rev])) as
      | { rev: number }
      | undefined
    if (!done) throw refusal(table, id, rev)
    note(table, values)
    return done.rev
  }
  const refusal = (table: SyncedTable, id: string, rev: number | 'any'): AppError => {
    const found = statement(`select rev, voided_at from ${table.name} where id = ?`).get(id) as
      | { rev: number; voided_at: string | null }
      | undefined
    if (found && rev !== 'any' && found.rev !== rev) return new AppError('CONFLICT', { rev: found.rev })
    return new AppError('NOT_FOUND')
  }

  return {
    insert(table, row, at) {
      const columns = Object.keys(table.columns)
      const given = row as Values
      for (const c of Object.keys(given)) requireColumn(table, c)
      const id = typeof given.id === 'string' ? given.id : mint(at)
      const values = columns.map((c) => {
        if (c === 'id') return id
        if (c === 'rev') return 1
        if (c === 'ins_writer') return writerNumber
        if (c === 'ins_seq') return run.nextSeq
        return toSql(given[c])
      })
      const sql = `insert into ${table.name} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
      statement(sql).run(...values)
      note(table, values)
      return id
    },
    update: (table, id, rev, changes) => change(table, id, rev, changes as Values, 'voided_at is null'),
    void: (table, id, rev, reason) =>
      change(table, id, rev, { voided_at: now, void_reason: reason }, 'voided_at is null'),
    restore: (table, id, rev) =>
      change(table, id, rev, { voided_at: null, void_reason: null }, 'voided_at is not null'),
    putLocal(table, row) {
      const given = row as Values
      const columns = Object.keys(given)
      for (const c of columns) requireColumn(table, c)
      statement(
        `insert or replace into ${table.name} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
      ).run(...columns.map((c) => toSql(given[c])))
      touched.add(table.name)
    },
    deleteLocal(table, where) {
      const given = where as Values
      const columns = Object.keys(given)
      if (columns.length === 0) throw new Error(`${table.name}: refusing to delete every row`)
      for (const c of columns) requireColumn(table, c)
      const done = statement(
        `delete from ${table.name} where ${columns.map((c) => `${c} is ?`).join(' and ')}`,
      ).run(...columns.map((c) => toSql(given[c])))
      if (done.changes > 0) touched.add(table.name)
      return done.changes
    },
    index(table: SearchIndex, rowid, text) {
      statement(`delete from ${table} where rowid = ?`).run(rowid)
      if (text !== null) statement(`insert into ${table} (rowid, terms) values (?, ?)`).run(rowid, text)
    },
  }
}

function requireColumn(table: SyncedTable | LocalTable, column: string): void {
  if (!Object.hasOwn(table.columns, column)) throw new Error(`${table.name} has no column ${column}`)
}

function toSql(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return value
}

/** Rough size of a change on the wire, to seal before a commit grows past its limit. */
function sizeOf(values: readonly unknown[]): number {
  let bytes = 96
  for (const v of values) bytes += typeof v === 'string' ? v.length : v instanceof Uint8Array ? v.length : 9
  return bytes
}
