// The trail in large figures: 32,000 ways to change history.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openConnection } from '#core/db/connection.ts'
import { fillAudit } from '#testkit/audit-entries.ts'
import { type TamperKind, tamperMany } from '#testkit/audit-tamper.ts'
import { openThings, writeThing } from '#testkit/core-only.ts'
import { testKeys } from '#testkit/keys.ts'
import { seededRandom } from '#testkit/random.ts'

const dirs: string[] = []
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})
const aliases = Array.from({ length: 5_000 }, (_, n) => `alias-${n}`)
/** A connection keeps each statement until the collector comes, and every step back walks all of them. */
const connections = 100
const perConnection: Record<TamperKind, number> = {
  flip: 100,
  delete: 100,
  swap: 50,
  insert: 50,
  rebuild: 20,
}

test('AUD-03: 32,000 tamperings are found and the first bad entry named', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-tamper-'))
  dirs.push(dir)
  const keys = testKeys()
  const clinic = openThings(dir, keys, true)
  writeThing(clinic, 'first')
  await clinic.close()
  const db = openConnection(path.join(dir, 'clinic.db'), keys.database, 'write')
  fillAudit(db, keys, {
    entries: 80,
    users: ['u'],
    aliases: aliases.slice(0, 20),
    fromMs: 1_770_000_000_000,
    stepMs: 1_000,
    checkpointEvery: 20,
  })
  db.close()
  const random = seededRandom(3_030)
  let done = 0
  for (let n = 0; n < connections; n++) {
    const own = openConnection(path.join(dir, 'clinic.db'), keys.database, 'write')
    const tried = tamperMany(own, keys, perConnection, random)
    own.close()
    expect(tried.filter(({ found, expected }) => found !== expected)).toEqual([])
    done += tried.length
  }
  expect(done).toBe(32_000)
})
