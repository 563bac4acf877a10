import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openConnection } from './connection.ts'
import { createDatabase, migrateDatabase, schemaIsIntact, userVersion } from './migrate.ts'
import { migrations } from '#migrations/index.ts'

let dir: string
const key = randomBytes(32)
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-migrate-'))
})
afterEach(() => rmSync(dir, { recursive: true }))
const file = () => path.join(dir, 'clinic.db')

const one = [
  {
    name: '0001',
    up: [
      sql.raw('create table meta (key text primary key, value text not null) strict, without rowid'),
      ...onlyCapture(),
    ],
  },
]
const two = [
  ...one,
  {
    name: '0002',
    up: [sql.raw('create table extra (a text)'), sql.raw('alter table note add column b text')],
  },
]
const schema = (steps: typeof one) => ({ migrations: steps, tables: [] })

/** The capture tables and one table with rows, as small as they can be. */
function onlyCapture() {
  return [
    sql.raw('create table sync_ctx (one integer primary key, mode text)'),
    sql.raw('create table note (a text)'),
    sql.raw(`insert into note values ('kept')`),
  ]
}

test('a new database is at the newest version and its schema fingerprint holds', () => {
  createDatabase(file(), key, schema(two))
  const db = openConnection(file(), key, 'write')
  expect(userVersion(db)).toBe(2)
  expect(schemaIsIntact(db)).toBe(true)
  db.exec('create table sneaked_in (a)')
  expect(schemaIsIntact(db)).toBe(false)
  db.close()
})

test('DB-06: a migration runs on a copy, keeps the rows and leaves the old file under another name', () => {
  createDatabase(file(), key, schema(one))
  expect(migrateDatabase(file(), key, schema(two))).toBe(true)
  const db = openConnection(file(), key, 'write')
  expect(userVersion(db)).toBe(2)
  expect(db.prepare('select a, b from note').all()).toEqual([{ a: 'kept', b: null }])
  db.close()
  expect(existsSync(`${file()}.before-2`)).toBe(true)
  expect(migrateDatabase(file(), key, schema(two))).toBe(false)
})

test('DB-06: a migration that fails leaves the old database as it was', () => {
  createDatabase(file(), key, schema(one))
  const failing = [
    ...two,
    { name: '0003', up: [sql.raw('create table more (a)'), sql.raw('this is not sql')] },
  ]
  expect(() => migrateDatabase(file(), key, schema(failing))).toThrow(/syntax error/)
  const db = openConnection(file(), key, 'write')
  expect(userVersion(db)).toBe(1)
  expect(db.prepare('select a from note').all()).toEqual([{ a: 'kept' }])
  db.close()
  expect(migrateDatabase(file(), key, schema(two))).toBe(true)
})

test('DB-06: what a killed migration left behind does not disturb the next one', () => {
  createDatabase(file(), key, schema(one))
  writeFileSync(`${file()}.migrating`, 'half a copy')
  writeFileSync(`${file()}.migrating-wal`, 'half a log')
  expect(migrateDatabase(file(), key, schema(two))).toBe(true)
})

test('a database from a later version is refused and stays untouched', () => {
  createDatabase(file(), key, schema(two))
  copyFileSync(file(), path.join(dir, 'copy'))
  expect(() => migrateDatabase(file(), key, schema(one))).toThrow(
    expect.objectContaining({ problem: 'newer-database', value: 2 }),
  )
})

test('the product’s own migrations run from nothing', () => {
  createDatabase(file(), key, { migrations, tables: [] })
  const db = openConnection(file(), key, 'write')
  expect(userVersion(db)).toBe(migrations.length)
  db.close()
})
