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
const rounds: Record<TamperKind, number> = {
  flip: 10_000,
  delete: 10_000,
  swap: 5_000,
  insert: 5_000,
  rebuild: 2_000,
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
  const done = tamperMany(db, keys, rounds, seededRandom(3_030))
  db.close()
  expect(done).toHaveLength(32_000)
  expect(done.filter(({ found, expected }) => found !== expected)).toEqual([])
})
