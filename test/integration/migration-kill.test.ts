// DB-06: a migration killed anywhere leaves the old file as it was or the new one whole. One migration is recorded call by
// call; then the folder is put as it stood after each of them, and opened.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openConnection } from '#core/db/connection.ts'
import { forgetOldGenerations, migrateDatabase, schemaIsIntact, userVersion } from '#core/db/migrate.ts'
import {
  laterMigrations,
  openThings,
  packKeys,
  plainThing,
  thing,
  thingMigrations,
  writeThing,
} from '#testkit/core-only.ts'
import { type Cut, diskLogArgs, DiskReplay, readDiskLog } from '#testkit/disk-log.ts'
import { testKeys } from '#testkit/keys.ts'
import { obeyingChild } from '#testkit/obeying.ts'
import { seededRandom } from '#testkit/random.ts'
import { scratchFolder } from '#testkit/scratch.ts'
import { attach, requireStrace } from '#testkit/strace.ts'

const isNight = process.env.OSLER_NIGHT === '1'
/** By night each step there is, cut in each of three ways. */
const wanted = isNight ? 300 : 50
const rows = 40
const later = { migrations: laterMigrations, tables: [thing, plainThing] }

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test(`DB-06: a migration ended at ${wanted} points of its way leaves the old file or the new one, and is done by the next start`, async () => {
    requireStrace()
    const dir = scratchFolder()
    const log = `${dir}.log`
    const keys = testKeys()
    const key = keys.database
    const clinic = openThings(dir, keys, true)
    for (let i = 0; i < rows; i++) writeThing(clinic, `words ${i}`)
    await clinic.close()
    const start = new Map(readdirSync(dir).map((name) => [name, readFileSync(path.join(dir, name))]))
    await using child = await obeyingChild()
    const tracer = await attach(child.pid, diskLogArgs(log))
    const file = path.join(dir, 'clinic.db')
    expect((await child.order(`migrate ${file} ${packKeys(keys)}`)).end).toBe('done migrate')
    await tracer.detach()
    const events = readDiskLog(log, dir)
    rmSync(log)
    expect(events.filter((e) => e.kind === 'name').map((e) => e.kind === 'name' && e.to)).toEqual([
      'clinic.db.before-5',
      'clinic.db',
    ])

    const replay = new DiskReplay(start)
    const random = seededRandom(5)
    const cuts: Cut[] = ['all', 'synced', 'torn']
    const every = Math.max(1, Math.floor(events.length / wanted))
    const seen = new Map<number, number>()
    const bad: string[] = []
    for (const [i, event] of events.entries()) {
      replay.apply(event)
      // The steps that swap are few: each of them is looked at.
      if (i % every !== 0 && event.kind !== 'name' && event.kind !== 'remove') continue
      for (const cut of isNight ? cuts : [cuts[i % cuts.length] ?? 'all']) {
        replay.putInto(dir, cut, random)
        try {
          const version = lookAt(file, key)
          seen.set(version, (seen.get(version) ?? 0) + 1)
          const migrated = migrateDatabase(file, key, later)
          if (migrated !== (version === thingMigrations.length)) bad.push(`${i} ${cut}: migrated ${migrated}`)
          if (lookAt(file, key) !== laterMigrations.length) bad.push(`${i} ${cut}: not new afterwards`)
        } catch (error) {
          bad.push(`${i} ${event.kind} ${cut}: ${String(error)}`)
        }
      }
    }
    expect(bad).toEqual([])
    expect([...seen.values()].reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(wanted)
    expect([...seen.keys()].toSorted((a, b) => a - b)).toEqual([
      thingMigrations.length,
      laterMigrations.length,
    ])

    // The old file stays until somebody says that a good backup has been made.
    expect(readdirSync(dir)).toContain('clinic.db.before-5')
    expect(forgetOldGenerations(file)).toBe(1)
    expect(readdirSync(dir)).not.toContain('clinic.db.before-5')
    expect(lookAt(file, key)).toBe(laterMigrations.length)
    rmSync(dir, { recursive: true })
  }, 120_000)
})

/** Its version, once it has shown every row and an untouched structure. */
function lookAt(file: string, key: Uint8Array): number {
  const db = openConnection(file, key, 'read')
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(schemaIsIntact(db)).toBe(true)
    expect(db.prepare('select count(*) from thing').pluck().get()).toBe(rows)
    return userVersion(db)
  } finally {
    db.close()
  }
}
