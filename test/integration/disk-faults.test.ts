// REL-03: full, failing, read-only and slow disks. The fault is set at one exact write or sync of a process that saves; what
// it said is then compared with what a new opening finds.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { reserveFile } from '#core/clinic.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import { openThings, packKeys, system, thingIds, writeThing } from '#testkit/core-only.ts'
import { diskLogArgs, readDiskLog } from '#testkit/disk-log.ts'
import { testKeys } from '#testkit/keys.ts'
import { type Obeying, obeyingChild, refusedIn, savedIn } from '#testkit/obeying.ts'
import { scratchFolder } from '#testkit/scratch.ts'
import { attach, requireStrace } from '#testkit/strace.ts'

const night = process.env.OSLER_NIGHT === '1'
const errors = ['EIO', 'ENOSPC', 'EROFS', 'EDQUOT'] as const
/** SQLite writes and syncs through these two; the mark beside it syncs through the third. */
const calls = ['pwrite64', 'fsync', 'fdatasync'] as const

interface Fault {
  readonly call: (typeof calls)[number]
  readonly error: (typeof errors)[number]
  readonly nth: number
  /** Once, or from then on. */
  readonly lasting: boolean
}

/** The first 500 writes and syncs at night, a spread of them by day. */
function faults(): Fault[] {
  const last = { pwrite64: 440, fsync: 30, fdatasync: 30 }
  const step = night ? { pwrite64: 1, fsync: 1, fdatasync: 1 } : { pwrite64: 31, fsync: 6, fdatasync: 6 }
  const all = calls.flatMap((call) =>
    Array.from({ length: Math.ceil(last[call] / step[call]) }, (_, i) => ({ call, nth: 1 + i * step[call] })),
  )
  return all.map((f, i) => ({ ...f, error: errors[i % errors.length] ?? 'EIO', lasting: i % 3 === 2 }))
}

const folder = scratchFolder

interface Verdict {
  readonly fault: Fault
  readonly saved: number
  readonly lies: number
  readonly strange: readonly string[]
  readonly wroteAfterSync: number
  readonly whole: boolean
}

async function underFault(
  child: Obeying,
  template: string,
  keys: ClinicKeys,
  fault: Fault,
): Promise<Verdict> {
  const dir = folder()
  const log = `${dir}.log`
  try {
    cpSync(template, dir, { recursive: true })
    const { call, error, nth, lasting } = fault
    const tracer = await attach(child.pid, [
      ...diskLogArgs(log),
      '-e',
      `inject=${call}:error=${error}:when=${nth}${lasting ? '+' : ''}`,
    ])
    const opened = await child.order(`open ${dir} ${packKeys(keys)}`)
    const isOpen = opened.end === 'done open'
    // A save makes some 20 writes and one sync of each kind.
    const saves = 3 + (call === 'pwrite64' ? Math.ceil(nth / 18) : nth)
    const { lines } = isOpen ? await child.order(`write ${saves}`) : { lines: [] }
    if (isOpen) await child.order('close')
    await tracer.detach()
    const saved = savedIn(lines)
    // A new opening, on a disk that answers again.
    const clinic = openThings(dir, keys, false)
    const there = thingIds(clinic)
    const whole = clinic.verify().ok
    await clinic.close()
    return {
      fault,
      saved: saved.length,
      lies: saved.filter((id) => !there.has(id)).length,
      strange: [...refusedIn(lines), ...(isOpen ? [] : [opened.end])].filter((l) => !isClear(l)),
      wroteAfterSync: writesAfterFailedSync(log, dir),
      whole,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
    rmSync(log, { force: true })
  }
}

/** Said as trouble of the storage, with its code: the window has words for it. */
const isClear = (line: string) => /UNAVAILABLE (SQLITE_|E[A-Z]+$)/.test(line)

/** PostgreSQL's lesson: after a failed sync nobody knows what is on the disk, and trying again only hides it. */
function writesAfterFailedSync(log: string, dir: string): number {
  const events = readDiskLog(log, dir)
  const failed = events.findIndex((e) => e.kind === 'sync' && e.failed)
  if (failed < 0) return 0
  return events.slice(failed + 1).filter((e) => e.kind === 'write' && e.file !== 'watermark').length
}

describe.runIf(process.platform === 'linux')('on Linux', () => {
  const list = faults()
  test(
    `REL-03: a fault at ${list.length} of the first 500 writes and syncs is told clearly, and nothing that was said is missing`,
    async () => {
      requireStrace()
      const template = folder()
      const keys = testKeys()
      await openThings(template, keys, true).close()
      const lanes = [0, 1].map(async (lane) => {
        await using child = await obeyingChild()
        const verdicts: Verdict[] = []
        for (const [i, fault] of list.entries()) {
          if (i % 2 === lane) verdicts.push(await underFault(child, template, keys, fault))
        }
        return verdicts
      })
      const verdicts = (await Promise.all(lanes)).flat()
      rmSync(template, { recursive: true, force: true })
      const wrong = verdicts.filter(
        (v) => v.lies > 0 || v.strange.length > 0 || v.wroteAfterSync > 0 || !v.whole,
      )
      expect(wrong).toEqual([])
      expect(verdicts).toHaveLength(list.length)
      expect(verdicts.reduce((n, v) => n + v.saved, 0)).toBeGreaterThan(list.length)
    },
    night ? 600_000 : 120_000,
  )

  test('REL-03: a slow disk is waited for, not overtaken', async () => {
    requireStrace()
    const dir = folder()
    const keys = testKeys()
    await openThings(dir, keys, true).close()
    await using child = await obeyingChild()
    await child.order(`open ${dir} ${packKeys(keys)}`)
    const tracer = await attach(child.pid, ['-o', '/dev/null', '-e', 'inject=fsync:delay_enter=150000'])
    const started = performance.now()
    const { lines } = await child.order('write 4')
    expect(performance.now() - started).toBeGreaterThan(4 * 150)
    await tracer.detach()
    expect(savedIn(lines)).toHaveLength(4)
    await child.order('close')
    rmSync(dir, { recursive: true, force: true })
  })

  test('REL-03: a database that may not be opened is told as that, and not as a wrong key', async () => {
    requireStrace()
    const dir = folder()
    const keys = testKeys()
    await openThings(dir, keys, true).close()
    await using child = await obeyingChild()
    const file = path.join(dir, 'clinic.db')
    const tracer = await attach(child.pid, [
      '-o',
      '/dev/null',
      '-P',
      file,
      '-e',
      'inject=openat:error=EACCES',
    ])
    const { end } = await child.order(`open ${dir} ${packKeys(keys)}`)
    await tracer.detach()
    expect(end).toMatch(/EACCES|SQLITE_CANTOPEN/)
    expect((await child.order(`open ${dir} ${packKeys(keys)}`)).end).toBe('done open')
    await child.order('close')
    rmSync(dir, { recursive: true, force: true })
  })
})

/** A file system of a few megabytes: only root may make one. Elsewhere the injected ENOSPC above proves the same. */
function smallDisk(megabytes: number): { dir: string; end: () => void } | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const dir = folder()
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir]).status !== 0) return null
  return {
    dir,
    end() {
      spawnSync('umount', ['-l', dir])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

test('REL-03: on a full disk saving waits, the reserve lets Osler close, and room makes it go on', async () => {
  const disk = smallDisk(12)
  if (!disk) return expect(process.getuid?.()).not.toBe(0)
  const { dir } = disk
  const keys = testKeys()
  let now = Date.now()
  const reserve = 3 * 2 ** 20
  try {
    await openThings(dir, keys, true).close()
    const open = () => openThings(dir, keys, false, () => now, reserve)
    let clinic = open()
    await clinic.fillReserve()
    expect(statSync(reserveFile(dir)).size).toBe(reserve)
    mkdirSync(path.join(dir, 'other'))
    const saved = new Set<string>()
    const saveUntilFull = () => {
      for (let i = 0; i < 5_000; i++) saved.add(writeThing(clinic, 'x'.repeat(2_000)))
    }
    expect(saveUntilFull).toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE', details: { storage: 'SQLITE_FULL' } }),
    )
    // The reserve is gone, so there is room now; people still wait, since it is not theirs.
    expect(existsSync(reserveFile(dir))).toBe(false)
    expect(() => writeThing(clinic, 'more')).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
    clinic.transact(system, { action: 'session.lock', category: 'account' }, () => {})
    await clinic.close()
    expect(readdirSync(dir)).not.toContain('clinic.db-wal')

    clinic = open()
    expect([...saved].filter((id) => !thingIds(clinic).has(id))).toEqual([])
    expect(clinic.verify().ok).toBe(true)
    // Somebody fills the rest and makes room again.
    const filler = path.join(dir, 'other', 'film')
    fillDisk(filler)
    expect(saveUntilFull).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
    rmSync(filler)
    now += 60_000
    expect(spawnSync('mount', ['-o', 'remount,size=64m', dir]).status).toBe(0)
    saved.add(writeThing(clinic, 'goes on'))
    await clinic.fillReserve()
    expect(existsSync(reserveFile(dir))).toBe(true)
    expect([...saved].filter((id) => !thingIds(clinic).has(id))).toEqual([])
    await clinic.close()
  } finally {
    disk.end()
  }
})

function fillDisk(file: string): void {
  try {
    for (let i = 0; i < 64; i++) writeFileSync(file, Buffer.alloc(2 ** 18, i), { flag: 'a' })
  } catch {
    // That was the aim.
  }
}
