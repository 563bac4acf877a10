// What the worker can be asked for, and what it answers. Keys come in by message and are overwritten when it is done.
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { readKeyFile } from '../keys/key-file.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { verifyAuditChain } from '../store/audit.ts'
import { chunkSizes, labelOf } from './header.ts'
import {
  attachmentsIn,
  entryNames,
  entryOf,
  packBackup,
  readFile,
  requireSignature,
  unpackBackup,
  type Unpacked,
} from './pack.ts'
import { readHeader } from './pieces.ts'
import { openWithRoot, sealFileKey } from './sealing.ts'
import {
  type KnownSchemas,
  openSnapshot,
  readFacts,
  requireOwnSchema,
  requireSameFacts,
  requireWhole,
  takeSnapshot,
} from '../db/backup-snapshot.ts'
import {
  type BackupKeys,
  type BackupLabel,
  BackupRefused,
  type Manifest,
  type ManifestEntry,
} from './types.ts'

export interface MakeTask {
  readonly task: 'make'
  /** The clinic folder. */
  readonly dir: string
  /** An empty folder for what is in the making; emptied again at the end. */
  readonly scratch: string
  /** Where the finished, proven file goes. */
  readonly out: string
  readonly keys: BackupKeys
  readonly backupId: string
  readonly at: string
  readonly app: string
  /** Small ones for tests. */
  readonly chunkSize?: number | undefined
}

export interface CheckTask {
  readonly task: 'check'
  readonly file: string
  readonly scratch: string
  readonly keys: BackupKeys
}

export interface UnpackTask {
  readonly task: 'unpack'
  readonly file: string
  /** Created; keeps what was unpacked. */
  readonly into: string
  readonly fileKey: Uint8Array
}

export interface InspectTask {
  readonly task: 'inspect'
  /** A folder that `unpack` filled. */
  readonly dir: string
  readonly database: Uint8Array
  readonly auditMac: Uint8Array
  readonly publicKey: Uint8Array
  readonly manifest: Manifest
  readonly known: KnownSchemas
}

/** What `unpack` filled a folder with, into a new file: under a key of its own, sealed to whom `keys` says. */
export interface RepackTask {
  readonly task: 'repack'
  readonly dir: string
  readonly scratch: string
  readonly out: string
  readonly keys: BackupKeys
  /** Of the file it was unpacked from; sizes and hashes of its entries are taken anew. */
  readonly manifest: Manifest
  readonly head: Pick<BackupLabel, 'backupId' | 'deviceId' | 'at'>
  readonly chunkSize: number
}

export type Task = MakeTask | CheckTask | UnpackTask | InspectTask | RepackTask

/** A backup that was opened and found to hold what was put in (BAK-03). */
export interface Proven {
  readonly label: BackupLabel
  readonly manifest: Manifest
  /** Of the whole file: a copy elsewhere is compared by it. */
  readonly sha256: string
}

export const steps = ['snapshot', 'pack', 'check', 'unpack', 'inspect'] as const
export type Step = (typeof steps)[number]
/** Throws when the work is to end. */
export type Tell = (step: Step, done: number, total: number) => void

export async function makeBackup(task: MakeTask, tell: Tell): Promise<Proven> {
  const { scratch, keys } = task
  const snapshot = path.join(scratch, 'snapshot.db')
  const part = path.join(scratch, 'backup.part')
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true, mode: 0o700 })
  const fileKey = randomBytes(32)
  try {
    tell('snapshot', 0, 1)
    // The key file first: a key that is rotated meanwhile makes a snapshot that does not open, and is told below.
    const sources = sourcesOf(task, snapshot)
    const generation = generationOf(path.join(task.dir, entryNames.keyFile))
    takeSnapshot(path.join(task.dir, entryNames.database), keys.database, snapshot)
    const manifest = describe(task, snapshot, sources, generation)
    const head = {
      backupId: task.backupId,
      deviceId: keys.deviceId,
      at: task.at,
      chunkSize: task.chunkSize ?? chunkSizes.usual,
    }
    await packInto({ part, head, keys, manifest, sources, fileKey }, tell)
    rmSync(snapshot, { force: true })
    return prove(part, task, tell)
  } finally {
    fileKey.fill(0)
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The same records in another file, proven as one that was just made. */
export async function repackBackup(task: RepackTask, tell: Tell): Promise<Proven> {
  const { dir, scratch, keys, head, chunkSize } = task
  const part = path.join(scratch, 'backup.part')
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true, mode: 0o700 })
  // A new key for the new file: pieces of two files under one key would share their numbers.
  const fileKey = randomBytes(32)
  try {
    const sources = new Map(task.manifest.entries.map(({ name }) => [name, path.join(dir, name)]))
    const entries = [...sources].map(([name, file]) => entryOf(name, file))
    const manifest = { ...task.manifest, entries }
    await packInto({ part, head: { ...head, chunkSize }, keys, manifest, sources, fileKey }, tell)
    rmSync(dir, { recursive: true, force: true })
    return prove(part, task, tell)
  } finally {
    fileKey.fill(0)
    rmSync(scratch, { recursive: true, force: true })
  }
}

interface PackInto {
  readonly part: string
  readonly head: RepackTask['head'] & { readonly chunkSize: number }
  readonly keys: BackupKeys
  readonly manifest: Manifest
  readonly sources: ReadonlyMap<string, string>
  readonly fileKey: Uint8Array
}

async function packInto({ part, head, keys, manifest, sources, fileKey }: PackInto, tell: Tell) {
  const of = { clinicId: keys.clinicId, ...head }
  const sealed = await sealFileKey(fileKey, keys, of)
  const total = manifest.entries.reduce((sum, entry) => sum + entry.size, 0)
  const { privateKey } = keys
  packBackup({ file: part, head: { ...of, sealed }, manifest, sources, fileKey, privateKey }, (done) =>
    tell('pack', done, total),
  )
}

function prove(part: string, { scratch, keys, out }: MakeTask | RepackTask, tell: Tell): Proven {
  const proven = checkBackup({ task: 'check', file: part, scratch: path.join(scratch, 'proof'), keys }, tell)
  mkdirSync(path.dirname(out), { recursive: true, mode: 0o700 })
  renameSync(part, out)
  return proven
}

function sourcesOf({ dir }: MakeTask, snapshot: string): Map<string, string> {
  return new Map([
    [entryNames.database, snapshot],
    [entryNames.keyFile, path.join(dir, entryNames.keyFile)],
    ...attachmentsIn(dir).map((name): [string, string] => [name, path.join(dir, name)]),
  ])
}

function describe(
  task: MakeTask,
  snapshot: string,
  sources: ReadonlyMap<string, string>,
  generation: number,
): Manifest {
  const db = openSnapshot(snapshot, task.keys.database)
  try {
    const facts = readFacts(db)
    const entries: ManifestEntry[] = [...sources].map(([name, file]) => entryOf(name, file))
    return { ...facts, app: task.app, generation, entries }
  } finally {
    db.close()
  }
}

function generationOf(keyFile: string): number {
  const file = readKeyFile(keyFile)
  if (!file) throw new BackupRefused('key-file-damaged')
  return Math.max(1, ...file.body.keys.filter((key) => key.name === 'database').map((key) => key.generation))
}

/** Opened in full, in a folder of its own, and compared with what its header says. */
export function checkBackup(task: CheckTask, tell: Tell): Proven {
  const { file, scratch, keys } = task
  tell('check', 0, 1)
  rmSync(scratch, { recursive: true, force: true })
  const { header, size } = readHeader(file)
  const fileKey = openWithRoot(keys.backupWrap, header.body)
  try {
    const unpacked = unpackBackup(file, header, fileKey, scratch, (done) => tell('check', done, size))
    requireSignature(unpacked.proof, [keys.publicKey])
    requireKeyFile(path.join(scratch, entryNames.keyFile), keys.clinicId)
    const db = openSnapshot(path.join(scratch, entryNames.database), keys.database)
    try {
      requireWhole(db, 'integrity_check')
      requireSameFacts(readFacts(db), unpacked.manifest)
    } finally {
      db.close()
    }
    const hash = createHash('sha256')
    readFile(file, (bytes) => hash.update(bytes))
    const { manifest } = unpacked
    return { label: labelOf(header, size), manifest, sha256: hash.digest('base64url') }
  } finally {
    fileKey.fill(0)
    rmSync(scratch, { recursive: true, force: true })
  }
}

function requireKeyFile(file: string, clinicId: string): void {
  try {
    if (readKeyFile(file)?.body.clinicId === clinicId) return
  } catch (error) {
    throw new BackupRefused('key-file-damaged', { cause: error })
  }
  throw new BackupRefused('key-file-damaged')
}

/** The first half of a restore: what the file's key alone can say. Signatures follow when the key file is open. */
export function unpack(task: UnpackTask, tell: Tell): Unpacked {
  const { header, size } = readHeader(task.file)
  rmSync(task.into, { recursive: true, force: true })
  return unpackBackup(task.file, header, task.fileKey, task.into, (done) => tell('unpack', done, size))
}

/** The second half: the database itself, as hostile as everything from outside (BAK-06). */
export function inspect(task: InspectTask, tell: Tell): { captureIsOwn: boolean } {
  tell('inspect', 0, 1)
  const file = path.join(task.dir, entryNames.database)
  const db = openSnapshot(file, task.database)
  try {
    requireWhole(db, 'quick_check')
    const schema = requireOwnSchema(db, task.known)
    requireWhole(db, 'integrity_check')
    requireSameFacts(readFacts(db), task.manifest)
    // Only these two of the keys are asked for.
    const keys = { auditMac: task.auditMac, device: { publicKey: task.publicKey } } as unknown as ClinicKeys
    if (!verifyAuditChain(db, keys).ok) throw new BackupRefused('chain-differs')
    return schema
  } finally {
    db.close()
  }
}

export async function perform(task: Task, tell: Tell): Promise<unknown> {
  switch (task.task) {
    case 'make':
      return await makeBackup(task, tell)
    case 'check':
      return checkBackup(task, tell)
    case 'unpack':
      return unpack(task, tell)
    case 'inspect':
      return inspect(task, tell)
    case 'repack':
      return await repackBackup(task, tell)
  }
}
