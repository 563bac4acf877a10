// A small clinic whose database key is changed again and again in a process of its own, which is killed meanwhile (KEY-07).
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { rolldown } from 'rolldown'
import { openConnection } from '#core/db/connection.ts'
import { createKeyRing } from '#core/keys/key-ring.ts'
import { openThings, writeThing } from './core-only.ts'
import { databaseOf, openByKit, ringOptions } from './rotating-ring.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface RotatingClinic {
  readonly dir: string
  readonly kit: string
  /** Rows that were saved so far. */
  saved: number
  remove(): void
}

export async function rotatingClinic(rows: number): Promise<RotatingClinic> {
  const dir = mkdtempSync(path.join(tmpdir(), 'osler-rotating-'))
  const ring = createKeyRing(ringOptions(dir))
  const sheet = ring.kit.begin()
  const change = await ring.kit.confirm(sheet.ask.map((at) => sheet.groups[at] ?? ''))
  change?.keep()
  ring.save()
  const clinic = openThings(dir, ring.keys, true)
  for (let i = 0; i < rows; i++) writeThing(clinic, `words ${i}`)
  await clinic.close()
  ring.wipe()
  const remove = () => rmSync(dir, { recursive: true, force: true })
  return { dir, kit: sheet.groups.join('-'), saved: rows, remove }
}

/** What a person finds at the next start: the rows, counted under the key that opens the file. */
export function countRows(clinic: RotatingClinic): number {
  const ring = openByKit(clinic.dir, clinic.kit)
  try {
    const db = openConnection(databaseOf(clinic.dir), ring.keys.database, 'write')
    try {
      if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error('the database is damaged')
      return Number(db.prepare('select count(*) from thing').pluck().get())
    } finally {
      db.close()
    }
  } finally {
    ring.wipe()
  }
}

/** Opens the clinic as a whole, with its watermark and chains, and saves one more row. */
export async function workOnce(clinic: RotatingClinic): Promise<boolean> {
  const ring = openByKit(clinic.dir, clinic.kit)
  const opened = openThings(clinic.dir, ring.keys, false)
  writeThing(opened, 'one more')
  clinic.saved += 1
  const { ok } = opened.verify()
  await opened.close()
  ring.wipe()
  return ok
}

/** One file instead of two hundred: the child is started a hundred times. It stands where its native modules are found. */
export async function bundleChild(name: string): Promise<string> {
  const file = path.join(root, 'node_modules', '.cache', `${name}-${randomUUID()}.mjs`)
  const bundle = await rolldown({
    input: path.join(root, `test/testkit/${name}.ts`),
    platform: 'node',
    external: [/better-sqlite3/, /@node-rs/],
    logLevel: 'silent',
  })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
  return file
}

/**
 * Starts the changing, kills it `afterMs` after it came to a step, and says which one it was at last. A program may kill
 * itself at that step instead: some are over before anybody else's signal would arrive.
 */
export async function killRotation(
  clinic: Pick<RotatingClinic, 'dir' | 'kit'>,
  program: string,
  at: string,
  afterMs: number,
  onLine: (line: string) => void = () => {},
  killsItself = false,
): Promise<string> {
  const child = spawn(process.execPath, [program, clinic.dir, at, killsItself ? 'itself' : ''], {
    cwd: root,
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(clinic.dir, 'compiled') },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(clinic.kit)
  const ended = once(child, 'exit')
  let last = 'starting'
  let isDue = false
  for await (const line of createInterface({ input: child.stdout })) {
    onLine(line)
    if (line.startsWith('kit ')) continue
    last = line
    if (isDue || line !== at) continue
    isDue = true
    // Between two rotations there is little to hit: at once.
    if (at === 'between') child.kill('SIGKILL')
    else setTimeout(() => child.kill('SIGKILL'), afterMs)
  }
  await ended
  return last
}

export const rotationMoments = ['copying', 'encrypting', 'checking', 'swapping', 'between'] as const

/** Kills again and again, and throws as soon as a row is missing or nothing opens. Returns the steps it was killed at. */
export async function killMany(kills: number, random: () => number): Promise<Map<string, number>> {
  const clinic = await rotatingClinic(60)
  const program = await bundleChild('rotating-child')
  const seen = new Map<string, number>()
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const at = rotationMoments[kill % rotationMoments.length] ?? 'copying'
      // Each step both exactly where it begins and somewhere within.
      const step = await killRotation(clinic, program, at, random() * 12, undefined, kill % 2 === 0)
      seen.set(step, (seen.get(step) ?? 0) + 1)
      const rows = countRows(clinic)
      if (rows !== clinic.saved) throw new Error(`kill ${kill} at ${step}: ${rows} rows of ${clinic.saved}`)
      if (kill % 10 === 0 && !(await workOnce(clinic))) throw new Error(`kill ${kill} at ${step}: not whole`)
    }
    return seen
  } finally {
    rmSync(program, { force: true })
    clinic.remove()
  }
}
