// Every table has a description with a sync policy, and every description matches the migrated database column by column.
import { mkdtempSync, rmSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, openConnection } from '#core/db/connection.ts'
import { createDatabase } from '#core/db/migrate.ts'
import { coreTables } from '#core/store/tables.ts'
import { syncedBaseColumns, type TableDef } from '#core/store/table-def.ts'
import { migrations } from '#migrations/index.ts'
import wireIds from '#migrations/wire-ids.lock.json' with { type: 'json' }
import { modules } from '#modules/main.ts'

const tables: readonly TableDef[] = [...coreTables, ...modules.flatMap((m) => m.tables)]
const dir = mkdtempSync(path.join(tmpdir(), 'osler-tables-'))
let db: Connection

beforeAll(() => {
  const key = randomBytes(32)
  createDatabase(path.join(dir, 'a.db'), key, { migrations, tables })
  db = openConnection(path.join(dir, 'a.db'), key, 'write')
})
afterAll(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

const kinds: Record<string, [string, number]> = {
  text: ['TEXT', 1],
  'text?': ['TEXT', 0],
  int: ['INTEGER', 1],
  'int?': ['INTEGER', 0],
  real: ['REAL', 1],
  'real?': ['REAL', 0],
  blob: ['BLOB', 1],
  'blob?': ['BLOB', 0],
}

function columnsInDatabase(table: string): Map<string, string> {
  const rows = db
    .prepare(`select name, type, "notnull" as required, pk from pragma_table_info(?)`)
    .all(table) as {
    name: string
    type: string
    required: number
    pk: number
  }[]
  // An integer primary key is never null although SQLite does not mark it so.
  return new Map(
    rows.map((r) => [r.name, `${r.type}/${r.required || (r.pk && r.type === 'INTEGER') ? 1 : 0}`]),
  )
}

function tablesInDatabase(): string[] {
  const names = db.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[]
  return names.filter((n) => !n.startsWith('sqlite_') && !n.startsWith('patient_search'))
}

function policyViolations(described: readonly TableDef[]): string[] {
  const found: string[] = []
  const known = new Set(described.map((t) => t.name))
  for (const name of tablesInDatabase()) if (!known.has(name)) found.push(`${name}: no sync policy`)
  for (const table of described) {
    const real = columnsInDatabase(table.name)
    for (const [column, kind] of Object.entries(table.columns)) {
      const [type, required] = kinds[kind] ?? ['?', 0]
      if (real.get(column) !== `${type}/${required}`)
        found.push(`${table.name}.${column}: ${real.get(column)} is not ${kind}`)
    }
    for (const column of real.keys())
      if (!(column in table.columns)) found.push(`${table.name}.${column}: not described`)
  }
  return found
}

test('every table has a sync policy and every column stands in its description', () => {
  expect(policyViolations(tables)).toEqual([])
})

test('the rule bites: taking one description away is noticed', () => {
  for (const table of tables) {
    expect(policyViolations(tables.filter((t) => t !== table))).toContain(`${table.name}: no sync policy`)
  }
})

test('every synced column is in exactly one field group, or marked local', () => {
  const found: string[] = []
  for (const table of tables) {
    if (table.kind !== 'synced') continue
    const grouped = table.groups.flatMap((g) => g.columns)
    const free = new Set<string>([
      'id',
      'rev',
      'ins_writer',
      'ins_seq',
      ...(table.ofPatient ? ['patient_id'] : []),
      ...table.localColumns,
    ])
    for (const column of Object.keys(table.columns)) {
      const times = grouped.filter((c) => c === column).length
      if (times !== (free.has(column) ? 0 : 1)) found.push(`${table.name}.${column}: in ${times} groups`)
    }
    expect(table.groups.length).toBeLessThan(30)
    for (const base of syncedBaseColumns) expect(table.columns).toHaveProperty(base)
  }
  expect(found).toEqual([])
})

test('table ids are unique and groups keep their place: both are on the wire for years (SYNC 2.9)', () => {
  const synced = tables.filter((t) => t.kind === 'synced')
  expect(new Set(synced.map((t) => t.tableId)).size).toBe(synced.length)
  for (const [id, locked] of Object.entries(wireIds)) {
    const table = synced.find((t) => t.tableId === Number(id))
    expect(table, `table ${id} ${locked.name} is gone`).toMatchObject({
      name: locked.name,
      class: locked.class,
    })
    expect(table?.groups.map((g) => g.name).slice(0, locked.groups.length)).toEqual(locked.groups)
  }
})

test('a patient’s rows lie together: clinical child tables are clustered by patient and id', () => {
  for (const table of tables) {
    if (table.kind !== 'synced' || !table.ofPatient) continue
    const sql = String(db.prepare(`select sql from sqlite_master where name = ?`).pluck().get(table.name))
    expect(sql).toMatch(/primary key \(patient_id, id\),\s+unique \(id\)/)
    expect(sql).toMatch(/without rowid/)
  }
})

test('nothing changes a synced row outside of a captured transaction, and nothing deletes one', () => {
  for (const table of tables) {
    if (table.kind !== 'synced') continue
    expect(() => db.exec(`update ${table.name} set rev = 2`)).not.toThrow()
    const columns = Object.entries(table.columns)
    const values = columns.map(([, kind]) =>
      kind.startsWith('text') ? `'x'` : kind.startsWith('blob') ? `x'00'` : '0',
    )
    const insert = `into ${table.name} (${columns.map(([c]) => c).join(', ')}) values (${values.join(', ')})`
    expect(() => db.exec(`insert ${insert}`), table.name).toThrow(/outside of a captured transaction|CHECK/)
    expect(() => db.exec(`insert or replace ${insert}`), table.name).toThrow(
      /outside of a captured transaction|CHECK/,
    )
  }
})
