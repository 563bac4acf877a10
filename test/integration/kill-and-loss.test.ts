// REL-01 and REL-04: what was called saved survives kill -9; what the disk lost is noticed at the next opening.
import { spawn } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type OpenClinic, OpenProblem } from '#core/clinic-types.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import { openConnection } from '#core/db/connection.ts'
import { openThings, packKeys, thingIds, writeThing } from '#testkit/core-only.ts'
import { testKeys } from '#testkit/keys.ts'
import { seededRandom } from '#testkit/random.ts'
import { scratchFolder } from '#testkit/scratch.ts'

const child = path.join(import.meta.dirname, '../testkit/writing-child.ts')
const night = process.env.OSLER_NIGHT === '1'

function folder(): string {
  return mkdtempSync(path.join(tmpdir(), 'osler-fault-'))
}

/** Runs the writing child, kills it after `acks` saves and a random moment more; resolves to the ids it called saved. */
function killWhileWriting(dir: string, keys: ClinicKeys, acks: number, moreMs: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, [child, dir, packKeys(keys)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let complaint = ''
    let armed = false
    run.stderr.on('data', (d: Buffer) => (complaint += d.toString()))
    run.stdout.on('data', (d: Buffer) => {
      out += d.toString()
      if (armed || out.split('\n').length <= acks) return
      armed = true
      setTimeout(() => run.kill('SIGKILL'), moreMs)
    })
    run.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the writing child ended by itself: ${complaint}`))
      // The last line may be cut: an id that was not said whole was not acknowledged.
      else resolve(out.split('\n').slice(0, -1))
    })
  })
}

async function killLane(
  kills: number,
  seed: number,
): Promise<{ saved: number; lost: number; broken: number }> {
  const dir = folder()
  const keys = testKeys()
  const random = seededRandom(seed)
  await openThings(dir, keys, true).close()
  let saved = 0
  let lost = 0
  let broken = 0
  try {
    for (let i = 0; i < kills; i++) {
      const ids = await killWhileWriting(dir, keys, 1 + Math.floor(random() * 20), random() * 40)
      // Opening throws when the database is behind its watermark.
      const clinic = openThings(dir, keys, false)
      const there = thingIds(clinic)
      saved += ids.length
      lost += ids.filter((id) => !there.has(id)).length
      // AUD-01: never an act without its entry, nor an entry without its act.
      if (auditedWrites(clinic) !== there.size) broken += 1
      if (i % 25 === 24 || i === kills - 1) {
        const report = clinic.verify()
        if (!report.ok) broken += 1
      }
      await clinic.close()
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
  return { saved, lost, broken }
}

test(
  'REL-01 AUD-01: 200 kill -9 during writes lose no acknowledged save and leave both chains whole',
  async () => {
    const perLane = night ? 500 : 100
    const lanes = await Promise.all([killLane(perLane, 1), killLane(perLane, 2)])
    for (const lane of lanes) expect(lane).toMatchObject({ lost: 0, broken: 0 })
    expect(lanes.reduce((n, lane) => n + lane.saved, 0)).toBeGreaterThan(perLane * 2)
  },
  night ? 1_800_000 : 600_000,
)

function auditedWrites(clinic: OpenClinic): number {
  return (
    clinic.read((r) =>
      r.list((db) =>
        db
          .selectFrom('audit_log')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('action', '=', 'thing.write'),
      ),
    )[0]?.n ?? -1
  )
}

/** A clinic with a checkpointed part and a WAL of later commits, closed without ceremony as a power cut would. */
function clinicWithWal(): {
  dir: string
  keys: ClinicKeys
  saves: number
  wal: Buffer
  /** Length of the log after each save. */
  ends: number[]
} {
  const dir = folder()
  const keys = testKeys()
  const clinic = openThings(dir, keys, true)
  const ends: number[] = []
  for (let i = 0; i < 40; i++) {
    writeThing(clinic, `words ${i}`)
    ends.push(statSync(path.join(dir, 'clinic.db-wal')).size)
  }
  const copy = scratchFolder()
  // Copied while open: the WAL still holds everything since the clinic was made.
  cpSync(dir, copy, { recursive: true })
  void clinic.close().then(() => rmSync(dir, { recursive: true }))
  return { dir: copy, keys, saves: 40, ends, wal: readFileSync(path.join(copy, 'clinic.db-wal')) }
}

function openAndTell(dir: string, keys: ClinicKeys): string {
  try {
    const clinic = openThings(dir, keys, false)
    void clinic.close()
    return 'opened'
  } catch (error) {
    return error instanceof OpenProblem ? error.problem : `other: ${String(error)}`
  }
}

test('REL-04: one flipped bit inside committed WAL frames is noticed at opening, every time', () => {
  const { dir, keys, wal } = clinicWithWal()
  const random = seededRandom(3)
  const db = readFileSync(path.join(dir, 'clinic.db'))
  const mark = readFileSync(path.join(dir, 'watermark'))
  const verdicts = new Map<string, number>()
  for (let i = 0; i < (night ? 3_000 : 300); i++) {
    const at = 32 + Math.floor(random() * (wal.length - 32))
    const flipped = Buffer.from(wal)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    restoreFiles(dir, db, mark, flipped)
    const verdict = openAndTell(dir, keys)
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
  }
  rmSync(dir, { recursive: true })
  // A frame header holds the page number, the salt and checksums: every bit of it counts, as every bit of the page does.
  expect([...verdicts.keys()]).toEqual(['watermark-ahead'])
})

function restoreFiles(dir: string, db: Buffer, mark: Buffer, wal: Buffer): void {
  writeFileSync(path.join(dir, 'clinic.db'), db)
  writeFileSync(path.join(dir, 'watermark'), mark)
  rmSync(path.join(dir, 'clinic.db-shm'), { force: true })
  writeFileSync(path.join(dir, 'clinic.db-wal'), wal)
}

test('REL-04: a missing WAL is noticed and the missing saves are counted', () => {
  const { dir, keys, saves } = clinicWithWal()
  rmSync(path.join(dir, 'clinic.db-wal'))
  rmSync(path.join(dir, 'clinic.db-shm'), { force: true })
  try {
    openThings(dir, keys, false)
    expect.unreachable('a clinic without its WAL must not open')
  } catch (error) {
    expect(error).toMatchObject({ problem: 'watermark-ahead', value: saves })
  }
  rmSync(dir, { recursive: true })
})

test('REL-04: a save that is gone while the log still tells of it is noticed', async () => {
  const dir = folder()
  const keys = testKeys()
  const clinic = openThings(dir, keys, true)
  for (let i = 0; i < 5; i++) writeThing(clinic, `words ${i}`)
  await clinic.close()
  expect(openAndTell(dir, keys)).toBe('opened')
  const db = openConnection(path.join(dir, 'clinic.db'), keys.database, 'write')
  const guards = db
    .prepare(`select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'sync_commit'`)
    .all() as { name: string; sql: string }[]
  for (const { name } of guards) db.exec(`drop trigger "${name}"`)
  db.exec('delete from sync_commit where pos = (select max(pos) from sync_commit)')
  for (const { sql } of guards) db.exec(sql)
  db.close()
  expect(openAndTell(dir, keys)).toBe('watermark-ahead')
  rmSync(dir, { recursive: true })
})

test('REL-04: refusing to open leaves the files as they were, so that the evidence can be looked at', () => {
  const { dir, keys, wal } = clinicWithWal()
  const flipped = Buffer.from(wal)
  flipped[5_000] = (flipped[5_000] ?? 0) ^ 1
  writeFileSync(path.join(dir, 'clinic.db-wal'), flipped)
  rmSync(path.join(dir, 'clinic.db-shm'), { force: true })
  const db = readFileSync(path.join(dir, 'clinic.db'))
  expect(openAndTell(dir, keys)).toBe('watermark-ahead')
  expect(readFileSync(path.join(dir, 'clinic.db-wal')).equals(flipped)).toBe(true)
  expect(readFileSync(path.join(dir, 'clinic.db')).equals(db)).toBe(true)
  rmSync(dir, { recursive: true })
})

test('REL-04: putting back an older copy of the whole database is noticed', async () => {
  const dir = folder()
  const keys = testKeys()
  const first = openThings(dir, keys, true)
  writeThing(first, 'before')
  await first.close()
  copyFileSync(path.join(dir, 'clinic.db'), path.join(dir, 'older'))
  const second = openThings(dir, keys, false)
  for (let i = 0; i < 5; i++) writeThing(second, `after ${i}`)
  await second.close()
  copyFileSync(path.join(dir, 'older'), path.join(dir, 'clinic.db'))
  expect(openAndTell(dir, keys)).toBe('watermark-ahead')
  rmSync(dir, { recursive: true })
})

/** How the tail of a log looks after a power cut: shorter, followed by rubbish, or with a last frame that is half new. */
const tears = {
  cut: (wal: Buffer, at: number) => wal.subarray(0, at),
  garbage: (wal: Buffer, at: number, random: () => number) => {
    const torn = Buffer.from(wal)
    for (let i = at; i < torn.length; i++) torn[i] = Math.floor(random() * 256)
    return torn
  },
  'partial frame': (wal: Buffer, at: number, random: () => number) => {
    const torn = Buffer.from(wal)
    torn.fill(0, at, Math.min(torn.length, at + 512 + Math.floor(random() * 4_096)))
    return torn
  },
  zeros: (wal: Buffer, at: number) => Buffer.concat([wal.subarray(0, at), Buffer.alloc(wal.length - at)]),
} as const

const torn = night ? 3_000 : 400

test(`REL-02: ${torn} torn log tails give back exactly the saves before the tear, and the mark tells how many are missing`, () => {
  const { dir, keys, wal, ends } = clinicWithWal()
  const random = seededRandom(4)
  const db = readFileSync(path.join(dir, 'clinic.db'))
  const mark = readFileSync(path.join(dir, 'watermark'))
  const kinds = Object.values(tears)
  for (let i = 0; i < torn; i++) {
    const at = 32 + Math.floor(random() * (wal.length - 40))
    restoreFiles(dir, db, mark, kinds[i % kinds.length]?.(wal, at, random) ?? wal)
    // What a save needs ends where the next begins: whole saves before the tear stand, no later one does.
    const whole = ends.filter((end) => end <= at).length
    expect(thingsIn(path.join(dir, 'clinic.db'), keys)).toBe(whole)
    expect(problemOf(dir, keys)).toMatchObject({
      problem: 'watermark-ahead',
      value: Math.max(1, ends.length - whole),
    })
  }
  rmSync(dir, { recursive: true })
})

function problemOf(dir: string, keys: ClinicKeys): unknown {
  try {
    void openThings(dir, keys, false).close()
    return null
  } catch (error) {
    return error
  }
}

/** What SQLite itself makes of the log, past our checks. */
function thingsIn(file: string, keys: ClinicKeys): number {
  const db = openConnection(file, keys.database, 'read')
  try {
    return Number(db.prepare('select count(*) from thing').pluck().get())
  } finally {
    db.close()
    rmSync(`${file}-shm`, { force: true })
  }
}
