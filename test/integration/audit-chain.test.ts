// AUD-03 and AUD-04: nobody edits the trail unseen, and the database itself refuses to try.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, openConnection } from '#core/db/connection.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import { verifyAuditChain } from '#core/store/audit.ts'
import { verifyCommits } from '#core/store/verify.ts'
import { openThings, writeThing } from '#testkit/core-only.ts'
import { testKeys } from '#testkit/keys.ts'
import { seededRandom } from '#testkit/random.ts'

const entries = 1_060
let dir: string
let keys: ClinicKeys
let db: Connection

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-audit-'))
  keys = testKeys()
  const clinic = openThings(dir, keys, true)
  // More than 1,000, so that a signed checkpoint lies inside the chain.
  for (let i = 0; i < entries; i++) writeThing(clinic, `words ${i}`)
  await clinic.close()
  db = openConnection(path.join(dir, 'clinic.db'), keys.database, 'write')
})
afterAll(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

const refused: Record<string, string> = {
  update: `update audit_log set action = 'x' where seq = 5`,
  delete: 'delete from audit_log where seq = 5',
  'delete the newest': 'delete from audit_log where seq = (select max(seq) from audit_log)',
  replace: 'insert or replace into audit_log select * from audit_log where seq = 5',
  upsert: `insert into audit_log select * from audit_log where seq = 5 on conflict (seq) do update set action = 'x'`,
  'out of order': `insert into audit_log select seq + 100000, at, clock, writer, user_id, role, session_id, door, action,
    category, patient_alias, outcome, code, op_id, detail, commits, digest, mac from audit_log where seq = 5`,
  'change a checkpoint': `update audit_checkpoint set at = 'x'`,
  'delete a checkpoint': 'delete from audit_checkpoint',
  'change a commit': `update sync_commit set body = x'00' where seq = 5`,
  'delete a commit': 'delete from sync_commit where seq = 5',
}
test.each(Object.entries(refused))('AUD-04: the database refuses to %s', (_what, sql) => {
  expect(() => db.exec(sql)).toThrow(/append only|out of sequence|UNIQUE/)
})

test('AUD-04: a dropped trigger is noticed at the next opening', async () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'osler-audit-'))
  db.pragma('wal_checkpoint(TRUNCATE)')
  cpSync(dir, copy, { recursive: true })
  const raw = openConnection(path.join(copy, 'clinic.db'), keys.database, 'write')
  raw.exec('drop trigger audit_log_no_update')
  raw.close()
  expect(() => openThings(copy, keys, false)).toThrow(expect.objectContaining({ problem: 'schema-changed' }))
  rmSync(copy, { recursive: true })
})

/** Runs a change in a transaction without the guards, looks at the verdict, and takes the change back. */
function tampered(change: () => void): ReturnType<typeof verifyAuditChain> {
  db.exec('begin')
  try {
    for (const name of db
      .prepare(`select name from sqlite_master where type = 'trigger'`)
      .pluck()
      .all() as string[]) {
      db.exec(`drop trigger "${name}"`)
    }
    change()
    return verifyAuditChain(db, keys)
  } finally {
    db.exec('rollback')
  }
}

const columns = [
  'at',
  'clock',
  'user_id',
  'role',
  'door',
  'action',
  'category',
  'outcome',
  'op_id',
  'detail',
  'commits',
]

test('AUD-03: the chain holds as written', () => {
  expect(verifyAuditChain(db, keys)).toMatchObject({ ok: true, firstBadSeq: null })
  expect(verifyCommits(db)).toMatchObject({ ok: true, entries })
  expect(Number(db.prepare('select count(*) from audit_checkpoint').pluck().get())).toBeGreaterThanOrEqual(2)
})

test('AUD-03: every changed value is found and the first bad entry named', () => {
  const random = seededRandom(11)
  for (let i = 0; i < 60; i++) {
    const seq = 1 + Math.floor(random() * entries)
    const column = columns[Math.floor(random() * columns.length)] ?? 'at'
    const report = tampered(() =>
      db.prepare(`update audit_log set ${column} = 'tampered' where seq = ?`).run(seq),
    )
    expect(report).toMatchObject({ ok: false, firstBadSeq: seq })
  }
})

test('AUD-03: every deleted, swapped or inserted entry is found', () => {
  const random = seededRandom(12)
  for (let i = 0; i < 60; i++) {
    const seq = 2 + Math.floor(random() * (entries - 4))
    const kind = i % 3
    const report = tampered(() => {
      if (kind === 0) db.prepare('delete from audit_log where seq = ?').run(seq)
      if (kind === 1) {
        db.exec(`update audit_log set seq = -1 where seq = ${seq}; update audit_log set seq = ${seq} where seq = ${seq + 1};
          update audit_log set seq = ${seq + 1} where seq = -1`)
      }
      if (kind === 2) {
        db.exec(`update audit_log set seq = -seq where seq > ${seq}; update audit_log set seq = 1 - seq where seq < 0;
          insert into audit_log select seq + 1, at, clock, writer, user_id, role, session_id, door, action, category,
          patient_alias, outcome, code, op_id, detail, commits, digest, mac from audit_log where seq = ${seq}`)
      }
    })
    expect(report, `kind ${kind} at ${seq}`).toMatchObject({
      ok: false,
      firstBadSeq: kind === 2 ? seq + 1 : seq,
    })
  }
})

test('AUD-03: a cut tail is found through the signed checkpoints', () => {
  expect(tampered(() => db.exec('delete from audit_log where seq > 900'))).toMatchObject({ ok: false })
})

test('AUD-03: a suffix rebuilt without the key is found', () => {
  const report = tampered(() => db.exec(`update audit_log set mac = randomblob(32) where seq > 500`))
  expect(report).toMatchObject({ ok: false, firstBadSeq: 501 })
})

test('SYNC 2.4: a changed, dropped or re-signed commit is found', () => {
  const verdict = (sql: string) => {
    db.exec('begin')
    for (const name of db
      .prepare(`select name from sqlite_master where type = 'trigger'`)
      .pluck()
      .all() as string[]) {
      db.exec(`drop trigger "${name}"`)
    }
    db.exec(sql)
    const report = verifyCommits(db)
    db.exec('rollback')
    return report
  }
  expect(verdict(`update sync_commit set sig = randomblob(64) where seq = 7`)).toMatchObject({
    ok: false,
    firstBadSeq: 7,
  })
  expect(verdict(`delete from sync_commit where seq = 7`)).toMatchObject({ ok: false, firstBadSeq: 8 })
  expect(verdict(`update sync_commit set hash = randomblob(32) where seq = 7`)).toMatchObject({
    ok: false,
    firstBadSeq: 7,
  })
})
