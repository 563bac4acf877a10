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
import { openConnection } from './connection.ts'
import { removeDatabase } from './migrate.ts'
import { type CopyState, type RotateTask, rotateTask } from './rotate-work.ts'
import { syncFile, syncFolder } from './sync-file.ts'
import type { Generations } from '../keys/generations.ts'

/** The copy, the file it takes the place of, and room to work (SECURITY 3.6). */
const spaceFactor = 2.2
const oldFile = (file: string, generation: number) => `${file}.generation-${generation}`
const copyFile = (file: string) => `${file}.rotating`
/** The checked copy while a renewal of the root key decides which key file counts. By its name it is known to be whole. */
const readyFile = (file: string) => `${file}.renewed`

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

type OnStep = (step: RotationStep) => void
/** Where the copy is made: a program with people waiting has a thread for it (rotate-thread.ts). */
export type RotateWork = (task: RotateTask) => Promise<CopyState>
const here: RotateWork = (task) => Promise.resolve(rotateTask(task))

/** Opens nothing that it does not close: the clinic must be closed meanwhile. Returns the new generation. */
export async function rotateDatabase(
  file: string,
  generations: Generations,
  now: string,
  onStep: OnStep,
  work: RotateWork = here,
): Promise<number> {
  try {
    // In the key file before anything is encrypted with it.
    const newKey = () => generations.keyOf(generations.add(now))
    await makeCopy(file, generations, newKey, { onStep, work })
    renameSync(copyFile(file), file)
    syncFolder(path.dirname(file))
    const generation = Math.max(...generations.list().map((one) => one.generation))
    generations.use(generation)
    protectOldGenerations(file)
    return generation
  } catch (error) {
    removeDatabase(copyFile(file))
    generations.dropUnused()
    throw error
  }
}

export interface Renewal {
  /** In memory only: the former root key must never have wrapped it on a disk. */
  readonly key: Uint8Array
  /** Puts the key file of the new root key in place: the one step that counts. */
  readonly decide: () => void
  /** After it, before the database is in place; done again at the next opening where a kill came between. */
  readonly finish: () => void
}

/** The same together with a new root key. An error after `decide` leaves the copy to `settleRotation`. */
export async function rotateWithRoot(
  file: string,
  generations: Generations,
  { key, decide, finish }: Renewal,
  onStep: OnStep,
  work: RotateWork = here,
): Promise<void> {
  const ready = readyFile(file)
  removeDatabase(ready)
  try {
    await makeCopy(file, generations, () => key, { onStep, work })
    renameSync(copyFile(file), ready)
    syncFolder(path.dirname(file))
    decide()
  } catch (error) {
    removeDatabase(copyFile(file))
    removeDatabase(ready)
    throw error
  }
  finish()
  takeReady(file)
}

/** A checked copy under the new key beside the file, which is kept under its own name as well. */
async function makeCopy(
  file: string,
  generations: Generations,
  newKey: () => Uint8Array,
  { onStep, work }: { readonly onStep: OnStep; readonly work: RotateWork },
): Promise<void> {
  const copy = copyFile(file)
  const former = generations.current()
  const formerKey = generations.keyOf(former)
  const step = async (name: RotationStep) => {
    onStep(name)
    // Whoever asks how far it is gets an answer between two steps.
    await new Promise((resolve) => setImmediate(resolve))
  }
  removeDatabase(copy)
  requireSpace(rotationSpace(file))
  await step('copying')
  const before = await work({ step: 'copy', file, key: formerKey, copy })
  const key = newKey()
  await step('encrypting')
  await work({ step: 'encrypt', copy, key: formerKey, to: key })
  await step('checking')
  requireSame(before, await work({ step: 'check', copy, key }))
  syncFile(copy)
  await step('swapping')
  refuseLeftovers(file)
  keepOld(file, oldFile(file, former))
}

/**
 * At every opening: finishes or clears what a rotation that was cut short left, and takes the generation that opens the
 * file. A copy that waits and opens with the newest key of this key file was decided: nobody has written since.
 */
export function settleRotation(file: string, generations: Generations, finish: () => void): void {
  const ready = readyFile(file)
  const newest = Math.max(...generations.list().map((one) => one.generation))
  const isDecided = existsSync(ready) && !isInUse(file) && opensWith(ready, generations.keyOf(newest))
  if (isDecided) {
    finish()
    takeReady(file)
  }
  if (existsSync(file)) generations.choose((key) => opensWith(file, key))
  removeDatabase(ready)
  removeDatabase(copyFile(file))
}

function takeReady(file: string): void {
  rmSync(`${file}-shm`, { force: true })
  rmSync(`${file}-wal`, { force: true })
  renameSync(readyFile(file), file)
  syncFolder(path.dirname(file))
  protectOldGenerations(file)
}

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

function requireSame(before: CopyState, after: CopyState): void {
  const isSame =
    before.auditHead === after.auditHead &&
    before.version === after.version &&
    before.rows.size === after.rows.size &&
    [...before.rows].every(([table, count]) => after.rows.get(table) === count)
  if (!isSame) throw new Error('the re-keyed copy differs from the database')
}

const isInUse = (file: string) => (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0

/** A log that still holds saves would be read with the wrong key after the swap. */
function refuseLeftovers(file: string): void {
  if (isInUse(file)) throw new Error('the database is still in use')
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
