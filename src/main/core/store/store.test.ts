import { encode } from 'cborg'
import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenClinic } from '../clinic-types.ts'
import { openConnection } from '../db/connection.ts'
import { changesOf, decodeChange, decodeHeader, encodeChange } from './commit.ts'
import { createHybridClock, hlcMillis } from './clock.ts'
import { mintId } from './mint.ts'
import { openWatermark, readWatermark } from './watermark.ts'
import { onePatient, openThings, plainThing, system, thing } from '#testkit/core-only.ts'
import { testKeys } from '#testkit/keys.ts'

let dir: string
const keys = testKeys()
let clinic: OpenClinic
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'osler-store-'))
  clinic = openThings(dir, keys, true)
})
afterEach(async () => {
  await clinic.close()
  rmSync(dir, { recursive: true })
})

const act = (action = 'thing.write') => ({ action, category: 'system' as const })
const raw = () => openConnection(path.join(dir, 'clinic.db'), keys.database, 'write')
function newestCommit() {
  const db = raw()
  const row = db.prepare('select header, body from sync_commit order by pos desc limit 1').get() as {
    header: Uint8Array
    body: Uint8Array
  }
  const count = Number(db.prepare('select count(*) from sync_commit').pluck().get())
  db.close()
  return { count, header: decodeHeader(row.header), changes: changesOf(row.body).map(decodeChange) }
}

test('SYNC 2.3: ten updates in one transaction make one change with the last values', () => {
  const id = clinic.transact(system, act(), (ctx) => ctx.write.insert(plainThing, { words: 'first' }))
  clinic.transact(system, act(), (ctx) => {
    for (let i = 0; i < 10; i++) ctx.write.update(plainThing, id, 'any', { words: `words ${i}` })
  })
  const { changes, header } = newestCommit()
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({ rowId: id, op: 'put', groups: [[1, ['words 9', null]]] })
  expect(header).toMatchObject({ action: 'thing.write', seq: 2 })
})

test('SYNC 2.6: a write names the writes it replaces, the insert first and then each head', () => {
  const id = clinic.transact(system, act(), (ctx) => ctx.write.insert(plainThing, { words: 'a' }))
  const base = () => newestCommit().changes[0]?.base.map(([bit, dots]) => [bit, dots.map(([, seq]) => seq)])
  clinic.transact(system, act(), (ctx) => ctx.write.update(plainThing, id, 1, { words: 'b' }))
  expect(base()).toEqual([[1, [1]]])
  clinic.transact(system, act(), (ctx) => ctx.write.update(plainThing, id, 2, { words: 'c' }))
  expect(base()).toEqual([[1, [2]]])
  clinic.transact(system, act(), (ctx) => ctx.write.void(plainThing, id, 3, 'wrong'))
  expect(newestCommit().changes[0]).toMatchObject({ op: 'void', base: [[0, [[expect.anything(), 1]]]] })
  clinic.transact(system, act(), (ctx) => ctx.write.restore(plainThing, id, 4))
  expect(newestCommit().changes[0]).toMatchObject({ op: 'restore' })
})

test('a write that changes nothing makes no commit', () => {
  const id = clinic.transact(system, act(), (ctx) => ctx.write.insert(plainThing, { words: 'same' }))
  const before = newestCommit().count
  clinic.transact(system, act(), (ctx) => ctx.write.update(plainThing, id, 1, { words: 'same' }))
  expect(newestCommit().count).toBe(before)
})

test('SYNC 2.3: a large transaction seals several commits of at most 2,000 changes, chained under one job', () => {
  clinic.transact(system, act(), (ctx) => {
    for (let i = 0; i < 4_500; i++) ctx.write.insert(thing, { patient_id: onePatient, words: 'w', count: i })
  })
  const { count, header } = newestCommit()
  expect(count).toBe(3)
  expect(header.job).not.toBeNull()
  expect(clinic.verify()).toMatchObject({ ok: true, commits: { count: 3, ok: true } })
  const rows = clinic.read((r) =>
    r.list((db) => db.selectFrom('thing').select('ins_seq').distinct().orderBy('ins_seq')),
  )
  expect(rows.map((r) => r.ins_seq)).toEqual([1, 2, 3])
})

test('AUTHZ-06: a stale version is refused with the current one, a voided row is not found', () => {
  const id = clinic.transact(system, act(), (ctx) => ctx.write.insert(plainThing, { words: 'a' }))
  clinic.transact(system, act(), (ctx) => ctx.write.update(plainThing, id, 1, { words: 'b' }))
  const stale = () =>
    clinic.transact(system, act(), (ctx) => ctx.write.update(plainThing, id, 1, { words: 'c' }))
  expect(stale).toThrow(expect.objectContaining({ code: 'CONFLICT', details: { rev: 2 } }))
  clinic.transact(system, act(), (ctx) => ctx.write.void(plainThing, id, 2, 'gone'))
  const gone = () =>
    clinic.transact(system, act(), (ctx) => ctx.write.update(plainThing, id, 'any', { words: 'd' }))
  expect(gone).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

test('a transaction that throws leaves no row, no commit, no audit entry and no context', () => {
  const before = clinic.verify()
  const failing = () =>
    clinic.transact(system, act(), (ctx) => {
      ctx.write.insert(plainThing, { words: 'half' })
      throw new Error('stop')
    })
  expect(failing).toThrow('stop')
  const after = clinic.verify()
  expect(after).toEqual(before)
  expect(clinic.read((r) => r.list((db) => db.selectFrom('plain_thing').selectAll()))).toEqual([])
  clinic.transact(system, act(), (ctx) => ctx.write.insert(plainThing, { words: 'whole' }))
  expect(clinic.verify().ok).toBe(true)
})

test('raw statements and second connections cannot get past the capture', () => {
  const id = clinic.transact(system, act(), (ctx) => ctx.write.insert(plainThing, { words: 'a' }))
  const db = raw()
  for (const sql of [
    `update plain_thing set words = 'x' where id = '${id}'`,
    `delete from plain_thing where id = '${id}'`,
    `insert or replace into plain_thing select * from plain_thing`,
  ]) {
    expect(() => db.exec(sql), sql).toThrow(/outside of a captured transaction/)
  }
  db.close()
})

test('a change survives encoding, whatever it holds', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    fc.uint8Array(),
  )
  fc.assert(
    fc.property(fc.uuid(), fc.array(value, { maxLength: 8 }), (rowId, values) => {
      const change = {
        tableId: 3,
        rowId,
        op: 'put' as const,
        groups: [[1, values] as const],
        base: [],
        salt: new Uint8Array(16),
      }
      expect(encode(decodeChange(encodeChange(change)).groups)).toEqual(encode(change.groups))
    }),
  )
})

test('SYNC 2.5: the clock never runs backwards, and a jump of more than ten minutes is marked, not refused', () => {
  let wall = 1_000_000_000_000
  let mono = 0
  const clock = createHybridClock(
    () => wall,
    () => mono,
    0,
  )
  const stamps = [clock.next()]
  for (const step of [0, 0, 5, -3_600_000, 10, 0]) {
    wall += step
    mono += Math.max(0, step)
    stamps.push(clock.next())
  }
  for (let i = 1; i < stamps.length; i++) {
    const [a, b] = [stamps[i - 1], stamps[i]]
    expect(Buffer.compare(Buffer.from(a?.hlc ?? []), Buffer.from(b?.hlc ?? []))).toBe(-1)
  }
  expect(stamps.map((s) => s.quality)).toEqual([
    'unknown',
    'unknown',
    'unknown',
    'unknown',
    'suspect',
    'suspect',
    'suspect',
  ])
  expect(hlcMillis(stamps[0]?.hlc ?? new Uint8Array(8))).toBe(1_000_000_000_000)
})

test('a clock set back while the clinic was closed is suspect from the first stamp', () => {
  expect(
    createHybridClock(
      () => 1_000,
      () => 0,
      10_000_000,
    ).next(),
  ).toMatchObject({ quality: 'suspect' })
})

test('ids made in one millisecond rise, and ids of clinical time sort by it', () => {
  const now = Date.now() + 10_000
  const ids = Array.from({ length: 5_000 }, () => mintId(now))
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(mintId(now, Date.UTC(1950, 0, 1)) < mintId(now, Date.UTC(2001, 0, 1))).toBe(true)
})

test('REL-04: the watermark survives a torn write of either slot, and a forged one does not count', () => {
  const file = path.join(dir, 'mark')
  const key = new Uint8Array(32).fill(7)
  const mark = (n: number) => ({
    auditSeq: n,
    auditMac: new Uint8Array(32).fill(n),
    commitSeq: n,
    commitHash: new Uint8Array(32),
    at: n,
  })
  const opened = openWatermark(file, key)
  for (let n = 1; n <= 5; n++) opened.write(mark(n), true)
  opened.close()
  expect(readWatermark(file, key)).toMatchObject({ auditSeq: 5 })
  expect(readWatermark(file, new Uint8Array(32))).toBeNull()
  const reopened = openWatermark(file, key)
  reopened.write(mark(6), true)
  reopened.close()
  expect(readWatermark(file, key)).toMatchObject({ auditSeq: 6 })
  writeFileSync(file, Buffer.alloc(5000))
  expect(readWatermark(file, key)).toBeNull()
})
