// A new key for the database: by copy, re-keying the copy, checking it, and one rename (SECURITY 3.6). Re-keying in place
// loses the file when the process is killed (M6); here each moment has one file that opens with a key of the key file.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import type { RotationStep } from '#shared/bootstrap.ts'
import { AppError } from '#shared/errors.ts'
import { OpenProblem } from '../clinic-types.ts'
import { type Connection, openConnection } from './connection.ts'
import { removeDatabase, rowCounts, schemaIsIntact, userVersion } from './migrate.ts'
import { syncFile, syncFolder } from './sync-file.ts'
import type { Generations } from '../keys/generations.ts'

/** The copy, the file it takes the place of, and room to work (SECURITY 3.6). */
const spaceFactor = 2.2
const oldFile = (file: string, generation: number) => `${file}.generation-${generation}`

export interface RotationSpace {
  readonly databaseBytes: number
  readonly freeBytes: number
  readonly neededBytes: number
}

export function rotationSpace(file: string): RotationSpace {
  const databaseBytes = [file, `${file}-wal`]
    .map((name) => statSync(name, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((a, b) => a + b, 0)
  const { bavail, bsize } = statfsSync(path.dirname(file))
  return { databaseBytes, freeBytes: bavail * bsize, neededBytes: Math.ceil(databaseBytes * spaceFactor) }
}

export function requireSpace(space: RotationSpace): void {
  if (space.freeBytes < space.neededBytes)
    throw new AppError('UNAVAILABLE', {
      reason: 'disk-space',
      needed: space.neededBytes,
      free: space.freeBytes,
    })
}

/** Opens nothing that it does not close: the clinic must be closed meanwhile. Returns the new generation. */
export async function rotateDatabase(
  file: string,
  generations: Generations,
  now: string,
  onStep: (step: RotationStep) => void,
): Promise<number> {
  const copy = `${file}.rotating`
  const former = generations.current()
  const formerKey = generations.keyOf(former)
  const step = async (name: RotationStep) => {
    onStep(name)
    // Whoever asks how far it is gets an answer between two steps.
    await new Promise((resolve) => setImmediate(resolve))
  }
  removeDatabase(copy)
  requireSpace(rotationSpace(file))
  try {
    await step('copying')
    const before = copyOut(file, formerKey, copy)
    // In the key file before anything is encrypted with it.
    const generation = generations.add(now)
    const key = generations.keyOf(generation)
    await step('encrypting')
    rekey(copy, formerKey, key)
    await step('checking')
    requireSame(before, stateOf(copy, key))
    syncFile(copy)
    await step('swapping')
    refuseLeftovers(file)
    keepOld(file, oldFile(file, former))
    renameSync(copy, file)
    syncFolder(path.dirname(file))
    generations.use(generation)
    protectOldGenerations(file)
    return generation
  } catch (error) {
    removeDatabase(copy)
    generations.dropUnused()
    throw error
  }
}

/** What a rotation that was killed left lying about. */
export const discardUnfinishedRotation = (file: string): void => removeDatabase(`${file}.rotating`)

/** Whether the file opens with the key; looks only. */
export function opensWith(file: string, key: Uint8Array): boolean {
  const beside = [`${file}-wal`, `${file}-shm`].filter((name) => !existsSync(name))
  try {
    openConnection(file, key, 'read').close()
    return true
  } catch (error) {
    if (error instanceof OpenProblem && error.problem === 'wrong-key-or-damaged') return false
    throw error
  } finally {
    for (const name of beside) rmSync(name, { force: true })
  }
}

/** Former generations of the file; their keys are destroyed first. */
export function removeOldGenerations(file: string): number {
  const folder = path.dirname(file)
  const prefix = `${path.basename(file)}.generation-`
  const old = readdirSync(folder).filter((name) => name.startsWith(prefix))
  for (const name of old) rmSync(path.join(folder, name), { force: true })
  return old.length
}

interface State {
  readonly rows: ReadonlyMap<string, number>
  readonly auditHead: string
  readonly version: number
}

function copyOut(file: string, key: Uint8Array, copy: string): State {
  const db = openConnection(file, key, 'write')
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
    // Keeps the key and syncs its output (SECURITY M7).
    db.prepare('vacuum into ?').run(copy)
    return read(db)
  } finally {
    db.close()
  }
}

function rekey(copy: string, from: Uint8Array, to: Uint8Array): void {
  const db = openConnection(copy, from, 'write')
  try {
    db.pragma('journal_mode=DELETE')
    db.pragma(`rekey="x'${Buffer.from(to).toString('hex')}'"`)
  } finally {
    db.close()
  }
}

function stateOf(copy: string, key: Uint8Array): State {
  const db = openConnection(copy, key, 'write')
  try {
    if (db.pragma('integrity_check', { simple: true }) !== 'ok' || !schemaIsIntact(db))
      throw new Error('the re-keyed copy is not whole')
    return read(db)
  } finally {
    db.close()
  }
}

const read = (db: Connection): State => ({
  rows: rowCounts(db),
  auditHead: JSON.stringify(
    db.prepare('select seq, hex(mac) as mac from audit_log order by seq desc limit 1').get() ?? null,
  ),
  version: userVersion(db),
})

function requireSame(before: State, after: State): void {
  const isSame =
    before.auditHead === after.auditHead &&
    before.version === after.version &&
    before.rows.size === after.rows.size &&
    [...before.rows].every(([table, count]) => after.rows.get(table) === count)
  if (!isSame) throw new Error('the re-keyed copy differs from the database')
}

/** A log that still holds saves would be read with the wrong key after the swap. */
function refuseLeftovers(file: string): void {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw new Error('the database is still in use')
  rmSync(`${file}-shm`, { force: true })
  rmSync(`${file}-wal`, { force: true })
}

function keepOld(file: string, kept: string): void {
  rmSync(kept, { force: true })
  try {
    linkSync(file, kept)
  } catch {
    copyFileSync(file, kept)
  }
}

/** Nobody writes into it any more. After the swap: until then it is the same file as the database. */
function protectOldGenerations(file: string): void {
  const folder = path.dirname(file)
  const prefix = `${path.basename(file)}.generation-`
  for (const name of readdirSync(folder).filter((n) => n.startsWith(prefix)))
    chmodSync(path.join(folder, name), 0o400)
}
