import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Driver from 'better-sqlite3-multiple-ciphers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OpenProblem } from '../clinic-types.ts'
import { failedSelfTests, openConnection, readSelfTest } from './connection.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-db-'))
})
afterEach(() => rmSync(dir, { recursive: true }))
const file = () => path.join(dir, 'a.db')

const broken: Record<string, string> = {
  synchronous: 'synchronous=NORMAL',
  'temp-store': 'temp_store=FILE',
  'foreign-keys': 'foreign_keys=OFF',
  'recursive-triggers': 'recursive_triggers=OFF',
  'trusted-schema': 'trusted_schema=ON',
  'cell-size-check': 'cell_size_check=OFF',
  'mmap-size': 'mmap_size=1048576',
  'secure-delete': 'secure_delete=OFF',
  'journal-mode': 'journal_mode=DELETE',
}

test('DB-01: a fresh connection passes every self-test', () => {
  const db = openConnection(file(), randomBytes(32), 'write')
  expect(failedSelfTests(readSelfTest(db), 'write')).toEqual([])
  db.close()
})

test.each(Object.entries(broken))('DB-01: a broken %s is named', (name, pragma) => {
  const db = openConnection(file(), randomBytes(32), 'write')
  db.pragma(pragma)
  expect(failedSelfTests(readSelfTest(db), 'write')).toEqual([name])
  db.close()
})

test('DB-01: an old engine, another cipher and a writable reader are named', () => {
  const db = openConnection(file(), randomBytes(32), 'write')
  const good = readSelfTest(db)
  db.close()
  expect(failedSelfTests({ ...good, sqliteVersion: '3.51.2' }, 'write')).toEqual(['sqlite-version'])
  expect(failedSelfTests({ ...good, cipher: 'chacha20' }, 'write')).toEqual(['cipher'])
  expect(failedSelfTests({ ...good, queryOnly: 0 }, 'read')).toEqual(['query-only'])
})

test('DB-01: the file header is never the plain SQLite magic', () => {
  const db = openConnection(file(), randomBytes(32), 'write')
  db.exec('create table t (a)')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  expect(readFileSync(file()).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
})

test('DB-01: a plaintext database is refused before anything is written to it', () => {
  const plain = new Driver(file())
  plain.exec('create table t (a)')
  plain.close()
  const before = readFileSync(file())
  expect(() => openConnection(file(), randomBytes(32), 'write')).toThrow(
    expect.objectContaining({ problem: 'plaintext-database' }),
  )
  expect(readFileSync(file())).toEqual(before)
})

test('KEY-06: a wrong key is told as "wrong key or damaged start of file"', () => {
  openConnection(file(), randomBytes(32), 'write').exec('create table t (a)').close()
  expect(() => openConnection(file(), randomBytes(32), 'write')).toThrow(OpenProblem)
})

test('a reading connection cannot write, not even by mistake', () => {
  const key = randomBytes(32)
  const db = openConnection(file(), key, 'write')
  db.exec('create table t (a)')
  const reader = openConnection(file(), key, 'read')
  expect(() => reader.exec('insert into t values (1)')).toThrow(/readonly|query_only/)
  reader.close()
  db.close()
})
