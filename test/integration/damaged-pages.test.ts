// DB-04: a damaged page is reported, never served. One bit somewhere in the file is flipped, then every table is read.
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openConnection } from '#core/db/connection.ts'
import { AppError } from '#shared/errors.ts'
import { openThings, thing, writeThing } from '#testkit/core-only.ts'
import { testKeys } from '#testkit/keys.ts'
import { bytesOf, pageBytes } from '#testkit/pages.ts'
import { seededRandom } from '#testkit/random.ts'
import { scratchFolder } from '#testkit/scratch.ts'

const flips = process.env.OSLER_NIGHT === '1' ? 1_000 : 200

/** Every row of every table until something is wrong: the rows that came, and how it ended. */
function readAll(file: string, key: Uint8Array): { rows: string[]; error: unknown } {
  const rows: string[] = []
  let db
  try {
    db = openConnection(file, key, 'read')
    const names = db
      .prepare(
        `select name from sqlite_master where type = 'table' and name not like 'patient\\_search%' escape '\\'`,
      )
      .pluck()
      .all() as string[]
    for (const name of names) {
      for (const row of db.prepare(`select * from "${name}"`).raw().iterate() as Iterable<unknown[]>) {
        rows.push(JSON.stringify([name, row]))
      }
    }
    const told = db.pragma('integrity_check', { simple: true })
    return { rows, error: told === 'ok' ? null : new Error(String(told)) }
  } catch (error) {
    return { rows, error }
  } finally {
    db?.close()
  }
}

test(`DB-04: ${flips} flipped bits over all pages: every one is an error, and no wrong row comes before it`, async () => {
  const dir = scratchFolder()
  const keys = testKeys()
  const clinic = openThings(dir, keys, true)
  for (let i = 0; i < 60; i++) writeThing(clinic, `words ${i} `.repeat(20))
  await clinic.close()
  const file = path.join(dir, 'clinic.db')
  const good = bytesOf(file)
  const pages = good.length / pageBytes
  const truth = new Set(readAll(file, keys.database).rows)
  expect(truth.size).toBeGreaterThan(150)
  const random = seededRandom(11)
  let unnoticed = 0
  let wrong = 0
  for (let i = 0; i < flips; i++) {
    const bad = Buffer.from(good)
    // Page by page, so that each kind is met; anywhere in it, the page's own checksum included.
    const at = (i % pages) * pageBytes + Math.floor(random() * pageBytes)
    bad[at] = (bad[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    writeFileSync(file, bad)
    const { rows, error } = readAll(file, keys.database)
    if (error === null) unnoticed += 1
    wrong += rows.filter((row) => !truth.has(row)).length
  }
  rmSync(dir, { recursive: true })
  expect({ unnoticed, wrong }).toEqual({ unnoticed: 0, wrong: 0 })
})

test('DB-04: in an open clinic a damaged page is told as damage, in the audit too, and the rest goes on', async () => {
  const dir = scratchFolder()
  const keys = testKeys()
  const first = openThings(dir, keys, true)
  for (let i = 0; i < 300; i++) writeThing(first, `words ${i} `.repeat(40))
  await first.close()
  const file = path.join(dir, 'clinic.db')
  const page = lastLeafOf(file, keys.database)
  const bytes = bytesOf(file)
  bytes[(page - 1) * pageBytes + 2_000] = (bytes[(page - 1) * pageBytes + 2_000] ?? 0) ^ 1
  writeFileSync(file, bytes)
  const clinic = openThings(dir, keys, false)
  const readThings = () => clinic.read((r) => r.list((db) => db.selectFrom(thing.name).selectAll()))
  expect(readThings).toThrow(AppError)
  try {
    readThings()
  } catch (error) {
    expect(error).toMatchObject({ code: 'UNAVAILABLE' })
    expect(String((error as AppError).details.storage)).toMatch(/^SQLITE_(CORRUPT|NOTADB|IOERR)/)
  }
  expect(clinic.read((r) => r.list((db) => db.selectFrom('audit_log').select('seq').limit(1)))).toHaveLength(
    1,
  )
  await clinic.close()
  rmSync(dir, { recursive: true })
})

function lastLeafOf(file: string, key: Uint8Array): number {
  const db = openConnection(file, key, 'read')
  try {
    return Number(
      db.prepare(`select max(pageno) from dbstat where name = 'thing' and pagetype = 'leaf'`).pluck().get(),
    )
  } finally {
    db.close()
  }
}
