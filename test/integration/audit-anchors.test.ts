// AUD-05, AUD-07, AUD-02, AUD-01: what was cut or put back is noticed by what lies outside of the file; a set clock leaves
// an entry; entries hold no clinical word; what must log does.
import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openClinic, watermarkFile } from '#core/clinic.ts'
import { type Connection, openConnection } from '#core/db/connection.ts'
import { memoryDeviceSecrets } from '#core/keys/device-secret.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import {
  decodeAnchor,
  encodeAnchor,
  judgeAnchor,
  judgeMark,
  keychainAnchor,
  missingBy,
} from '#core/store/anchor.ts'
import { verifyAuditChain } from '#core/store/audit.ts'
import { createHybridClock } from '#core/store/clock.ts'
import { readWatermark } from '#core/store/watermark.ts'
import { judgeDigest } from '#modules/audit/main/digest.ts'
import { fillAudit } from '#testkit/audit-entries.ts'
import { openForTampering } from '#testkit/audit-tamper.ts'
import { testClinic } from '#testkit/clinic.ts'
import { onePatient, openThings, thingMigrations, thing, writeThing } from '#testkit/core-only.ts'
import { testKeys } from '#testkit/keys.ts'
import { createLogger } from '#core/log/logger.ts'

const dirs: string[] = []
const folder = () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-anchor-'))
  dirs.push(dir)
  return dir
}
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

async function trailOf(): Promise<{ dir: string; keys: ClinicKeys; db: Connection }> {
  const dir = folder()
  const keys = testKeys()
  const clinic = openThings(dir, keys, true)
  writeThing(clinic, 'first')
  await clinic.close()
  const db = openConnection(path.join(dir, 'clinic.db'), keys.database, 'write')
  fillAudit(db, keys, {
    entries: 300,
    users: ['u'],
    aliases: ['a'],
    fromMs: 1_770_000_000_000,
    stepMs: 1000,
    checkpointEvery: 1_000,
  })
  return { dir, keys, db }
}

const headOf = (db: Connection) =>
  db.prepare('select seq, mac from audit_log order by seq desc limit 1').get() as {
    seq: number
    mac: Uint8Array
  }

test('AUD-05: each of the last 1 to 200 entries cut off is counted by every anchor, and the chain alone would not tell', async () => {
  const { keys, db } = await trailOf()
  const head = headOf(db)
  const anchor = decodeAnchor(keys.watermarkMac, encodeAnchor(keys.watermarkMac, head))
  const mark = { auditSeq: head.seq, auditMac: head.mac, commitSeq: 0, commitHash: new Uint8Array(32), at: 0 }
  openForTampering(db)
  db.exec('delete from audit_checkpoint where seq > 5; delete from audit_patient')
  const wrong: number[] = []
  for (let cut = 1; cut <= 200; cut++) {
    db.exec(`delete from audit_log where seq = ${head.seq - cut + 1}`)
    const verdicts = [judgeAnchor(db, keys.watermarkMac, anchor), judgeMark(db, mark)]
    const said = verdicts.every((v) => v.state === 'behind' && v.entries === cut)
    if (!said || missingBy(verdicts) !== cut || !verifyAuditChain(db, keys).ok) wrong.push(cut)
  }
  expect(wrong).toEqual([])
  db.exec('rollback')
  db.close()
})

test('AUD-05: verdict table: older file, other history, lost or forged anchors, and combinations', async () => {
  const { keys, db } = await trailOf()
  const key = keys.watermarkMac
  const head = headOf(db)
  const good = encodeAnchor(key, head)
  const judge = (bytes: Uint8Array | null) =>
    judgeAnchor(db, key, bytes === null ? null : decodeAnchor(key, bytes)).state
  expect(judge(good)).toBe('holds')
  expect(judge(null)).toBe('missing')
  expect(judge(Buffer.alloc(32, 7))).toBe('damaged')
  const flipped = Buffer.from(good)
  flipped[3] = (flipped[3] ?? 0) ^ 1
  expect(judge(flipped)).toBe('damaged')
  expect(judge(encodeAnchor(key, { seq: head.seq + 9, mac: head.mac }))).toBe('behind')
  expect(judge(encodeAnchor(key, { seq: head.seq - 9, mac: head.mac }))).toBe('other')
  expect(judge(encodeAnchor(key, { seq: 0, mac: new Uint8Array(32) }))).toBe('holds')
  expect(missingBy([{ state: 'missing' }, { state: 'behind', entries: 4 }, { state: 'other' }])).toBe(4)
  expect(missingBy([{ state: 'missing' }, { state: 'damaged' }])).toBe(0)
  // The printed code: the same question, asked from paper.
  const desk = {
    clinicMark: 'aaaaaaaa',
    macAt: (seq: number) => (seq > head.seq ? null : new Uint8Array(32)),
  }
  expect(judgeDigest(desk, 'nonsense').verdict).toBe('mistyped')
  db.close()
})

test('AUD-05: yesterday’s folder put back whole, watermark and all, does not open: the keychain remembers', async () => {
  const dir = folder()
  const keys = testKeys()
  const secrets = memoryDeviceSecrets()
  const open = async (create: boolean) => {
    const anchor = await keychainAnchor(secrets, keys.clinicId, keys.watermarkMac)
    const absent = new Proxy({}, { get: () => () => [] }) as never
    return openClinic({
      dir,
      keys,
      create,
      anchor,
      modules: [{ name: 'things', tables: [thing], implementations: () => [] }],
      migrations: thingMigrations,
      clock: Date.now,
      log: createLogger(2, 'silent'),
      passwords: absent,
      slots: absent,
      keyWork: absent,
      restoring: absent,
      spawnIsolated: absent,
      catalogues: { sources: dir, built: [], cache: null },
    })
  }
  const first = await open(true)
  writeThing(first, 'one')
  await first.close()
  const old = folder()
  cpSync(dir, old, { recursive: true })
  const second = await open(false)
  for (let n = 0; n < 7; n++) writeThing(second, `later ${n}`)
  expect(second.services.audit.state().keychain).toBe('holds')
  await second.close()
  for (const name of ['clinic.db', 'watermark']) copyFileSync(path.join(old, name), path.join(dir, name))
  for (const name of ['clinic.db-wal', 'clinic.db-shm']) rmSync(path.join(dir, name), { force: true })
  // Seven writes and the closing entry.
  await expect(open(false)).rejects.toMatchObject({ problem: 'watermark-ahead', value: 8 })
  // With the watermark deleted as well, the keychain still knows.
  rmSync(watermarkFile(dir))
  await expect(open(false)).rejects.toMatchObject({ problem: 'watermark-ahead', value: 8 })
  // Without either it opens, and the lamp is red.
  await secrets.remove(`${keys.clinicId}:audit-anchor`)
  const third = await open(false)
  expect(third.services.health().checks.find((c) => c.name === 'watermark')?.state).toBe('danger')
  expect(third.services.audit.state().keychain).toBe('missing')
  await third.close()
  expect(existsSync(watermarkFile(dir))).toBe(true)
  expect(readWatermark(watermarkFile(dir), keys.watermarkMac)).not.toBeNull()
})

const day = 86_400_000
test.each([
  ['a day back', -day, true],
  ['a day ahead', day, true],
  ['to 2038', Date.UTC(2038, 0, 20) - Date.UTC(2026, 2, 2, 8), true],
  ['by a leap second', 1_000, false],
  ['by a minute, as a time service trims', 60_000, false],
])(
  'AUD-07: a clock set %s is an entry of its own, once, and order still comes from the number',
  async (_what, by, told) => {
    await using clinic = await testClinic()
    await clinic.as('doctor').clinic.get({})
    clinic.setWall(clinic.now() + by)
    clinic.transact(() => undefined)
    clinic.transact(() => undefined)
    const jumps = clinic.auditOf('clock.jump')
    expect(jumps.map((j) => j.detail)).toEqual(told ? [`by ${by / 1000} s`] : [])
    const seqs = clinic.audit().map((e) => e.seq)
    expect(seqs).toEqual(seqs.map((_, n) => n + 1))
    if (Math.abs(by) > 10 * 60_000) expect(clinic.audit().at(-1)?.clock).toBe('suspect')
    expect(clinic.clinic.verify()).toMatchObject({ audit: { ok: true } })
  },
)

test('AUD-07: summer time and leap days are no jumps, sleep is none either, and no source of time is "unknown"', async () => {
  // The night clocks go forward in Berlin, and 28 February to 1 March of a leap year: instants know neither.
  for (const at of [Date.UTC(2026, 2, 29, 0, 59, 30), Date.UTC(2028, 1, 28, 23, 59, 30)]) {
    await using clinic = await testClinic({ startAt: at })
    clinic.tick(60 * 60_000)
    clinic.transact(() => undefined)
    clinic.tick(26 * 3_600_000)
    clinic.transact(() => undefined)
    expect(clinic.auditOf('clock.jump')).toEqual([])
    expect(clinic.audit().at(-1)?.clock).toBe('unknown')
  }
  const hybrid = createHybridClock(
    () => 5_000_000,
    () => 0,
    0,
  )
  expect(hybrid.quality()).toBe('unknown')
})

test('AUD-07: set back while the clinic was closed is told at the next opening; set back while open, everybody proves themself', async () => {
  const clinic = await testClinic()
  clinic.transact(() => undefined)
  const earlier = clinic.now() - 3 * day
  const again = await clinic.reopen({ startAt: earlier })
  again.transact(() => undefined)
  expect(again.auditOf('clock.jump').at(-1)?.detail).toBe(`by ${(-3 * day) / 1000} s`)
  again.tokenOf('doctor')
  expect(again.session('doctor').locked).toBe(false)
  again.setWall(again.now() - 6 * 60_000)
  again.transact(() => undefined)
  expect(again.session('doctor').locked).toBe(true)
  await again[Symbol.asyncDispose]()
})

test('AUD-02: an entry has every part the standard asks for, an alias for the patient, and no word that was typed', async () => {
  await using clinic = await testClinic()
  const canary = 'Zqcanaria'
  const { id: patientId } = await clinic
    .as('reception')
    .patients.register({ name: `${canary} Weiss`, gender: 'female' })
  await clinic.as('doctor').patients.search({ text: canary })
  await clinic.as('reception').patients.addFlag({ patientId, kind: 'alert', text: `${canary} text` } as never)
  await clinic
    .as('doctor')
    .notes.start({ patientId })
    .catch(() => undefined)
  await clinic.as('doctor').patients.search({ text: `${canary} nobody` })
  const raw = clinic.raw()
  const columns = (
    raw.prepare(`select name from pragma_table_info('audit_log')`).pluck().all() as string[]
  ).sort()
  expect(columns).toEqual(
    [
      'seq',
      'at',
      'clock',
      'writer',
      'user_id',
      'role',
      'session_id',
      'door',
      'action',
      'category',
      'patient_alias',
      'outcome',
      'code',
      'op_id',
      'detail',
      'commits',
      'digest',
      'mac',
    ].sort(),
  )
  raw.close()
  const entries = clinic.audit()
  expect(entries.length).toBeGreaterThan(5)
  const told = entries.filter((e) =>
    JSON.stringify(e, (_k, v: unknown) =>
      v instanceof Uint8Array ? Buffer.from(v).toString('latin1') : v,
    ).includes(canary),
  )
  expect(told).toEqual([])
  // Only an alias stands for the patient, and the alias is not the id.
  expect(entries.some((e) => e.patient_alias === patientId)).toBe(false)
  expect(onePatient).not.toBe(patientId)
})

test('AUD-10: with the link between alias and patient gone, the chain still verifies and the viewer says so', async () => {
  await using clinic = await testClinic()
  const { id: patientId } = await clinic
    .as('reception')
    .patients.register({ name: 'Hannah Weiss', gender: 'female' })
  await clinic.as('doctor').patients.get({ patientId })
  const raw = clinic.raw()
  for (const name of raw
    .prepare(`select name from sqlite_master where type = 'trigger' and tbl_name = 'patient'`)
    .pluck()
    .all() as string[])
    raw.exec(`drop trigger "${name}"`)
  raw.exec(`update patient set audit_alias = 'gone', name_text = 'gone'`)
  raw.close()
  const { entries } = await clinic.as('privacy').audit.list({ action: 'patient.view' })
  expect(entries[0]).toMatchObject({ patientId: null, patientName: '' })
  expect(clinic.clinic.verify().audit).toMatchObject({ ok: true })
})
