// REL-02: what was called saved had reached the disk before. Read from the system calls of a process that writes; then the
// power is cut at every write of that record, in three ways, and the folder opened as it would stand there.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ClinicKeys } from '#core/keys/types.ts'
import { openThings, packKeys, thingIds } from '#testkit/core-only.ts'
import { type Cut, type DiskEvent, diskLogArgs, DiskReplay, readDiskLog } from '#testkit/disk-log.ts'
import { testKeys } from '#testkit/keys.ts'
import { obeyingChild, savedIn } from '#testkit/obeying.ts'
import { seededRandom } from '#testkit/random.ts'
import { scratchFolder } from '#testkit/scratch.ts'
import { attach, requireStrace } from '#testkit/strace.ts'

const night = process.env.OSLER_NIGHT === '1'

interface Recorded {
  readonly keys: ClinicKeys
  readonly start: ReadonlyMap<string, Buffer>
  readonly events: readonly DiskEvent[]
  readonly saved: readonly string[]
}

/** Opens a clinic in another process, saves and closes it there, every system call on record. */
async function record(saves: number): Promise<Recorded> {
  requireStrace()
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-cut-'))
  const keys = testKeys()
  const log = path.join(tmpdir(), `${path.basename(dir)}.log`)
  try {
    await openThings(dir, keys, true).close()
    const start = new Map(readdirSync(dir).map((name) => [name, readFileSync(path.join(dir, name))]))
    await using child = await obeyingChild()
    const tracer = await attach(child.pid, diskLogArgs(log))
    await child.order(`open ${dir} ${packKeys(keys)}`)
    const { lines } = await child.order(`write ${saves}`)
    await child.order('close')
    await tracer.detach()
    return { keys, start, events: readDiskLog(log, dir), saved: savedIn(lines) }
  } finally {
    rmSync(dir, { recursive: true, force: true })
    rmSync(log, { force: true })
  }
}

/** Saves that were said while something of the log or the mark was not yet on the disk, and saves said without any sync. */
function saidTooEarly(events: readonly DiskEvent[]): string[] {
  const unsynced = new Set<string>()
  const early: string[] = []
  let syncsSince = new Set<string>()
  for (const event of events) {
    if (event.kind === 'write') unsynced.add(event.file)
    else if (event.kind === 'sync' && !event.failed) {
      unsynced.delete(event.file)
      syncsSince.add(event.file)
    } else if (event.kind === 'said' && event.line.startsWith('saved ')) {
      if (unsynced.size > 0 || !syncsSince.has('clinic.db-wal') || !syncsSince.has('watermark'))
        early.push(event.line)
      syncsSince = new Set()
    }
  }
  return early
}

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('REL-02: every save syncs the log and the mark before it is acknowledged', async () => {
    const { events, saved } = await record(20)
    expect(saved).toHaveLength(20)
    expect(events.filter((e) => e.kind === 'said' && e.line.startsWith('saved '))).toHaveLength(20)
    expect(saidTooEarly(events)).toEqual([])
    // The rule bites: the same record without its syncs is all too early.
    expect(saidTooEarly(events.filter((e) => e.kind !== 'sync'))).toHaveLength(20)
  })

  const points = night ? 2_400 : 150
  test(
    `REL-02: the power cut at ${points} points of the write log loses nothing that was acknowledged`,
    async () => {
      const { keys, start, events } = await record(night ? 60 : 12)
      const dir = scratchFolder()
      const random = seededRandom(7)
      const cuts: Cut[] = ['all', 'synced', 'torn']
      const boundaries = events.flatMap((e, i) => (e.kind === 'said' ? [] : [i]))
      const every = Math.max(1, Math.floor((boundaries.length * cuts.length) / points))
      const replay = new DiskReplay(start)
      const bad: string[] = []
      let done = 0
      let turn = 0
      try {
        for (const [i, event] of events.entries()) {
          replay.apply(event)
          if (event.kind === 'said') continue
          for (const cut of cuts) {
            if (turn++ % every !== 0) continue
            replay.putInto(dir, cut, random)
            const missing = await missingIn(dir, keys, savedIn(replay.said))
            if (missing !== null) bad.push(`${i} ${cut}: ${missing}`)
            done += 1
          }
        }
      } finally {
        rmSync(dir, { recursive: true, force: true })
      }
      expect(bad).toEqual([])
      expect(done).toBeGreaterThanOrEqual(points)
    },
    night ? 600_000 : 120_000,
  )
})

/** `null` when the folder opens and holds all of them, whole. */
async function missingIn(dir: string, keys: ClinicKeys, saved: readonly string[]): Promise<string | null> {
  let clinic
  try {
    clinic = openThings(dir, keys, false)
  } catch (error) {
    return String(error)
  }
  try {
    const there = thingIds(clinic)
    const lost = saved.filter((id) => !there.has(id)).length
    if (lost > 0) return `${lost} of ${saved.length} lost`
    return clinic.verify().ok ? null : 'does not verify'
  } finally {
    await clinic.close()
  }
}
