// A backup of before a new kit, sealed anew so that the new kit opens it (SECURITY 3.3): unpacked, its key file given the
// new kit's slot in place of the former one's, and packed into another file with a key of its own. Nothing of it stands in
// clear meanwhile, and the file it was made from is not touched.
import { mkdirSync, rmSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { oldCopySuffix, readKeyFile, type ReadKeyFile } from '../keys/key-file.ts'
import { repackBackupFile, unpackBackupFile, type WorkOptions } from './machine.ts'
import { entryNames, requireSignature } from './pack.ts'
import { readHeader } from './pieces.ts'
import { openWithRoot } from './sealing.ts'
import { TargetProblem } from './targets.ts'
import type { Proven } from './tasks.ts'
import { type BackupKeys, BackupRefused } from './types.ts'
import type { HeaderBody } from './header.ts'

/** What of the key ring a sealing anew needs. */
export interface Resealer {
  /** Keys that a backup's own key may be wrapped under: the present one, and former ones that are still in memory. */
  readonly wraps: () => readonly Uint8Array[]
  /** As `KeyRing.readdress`. */
  readonly readdress: (found: ReadKeyFile, file: string) => ReadonlyMap<number, Uint8Array> | null
}

export interface ResealOrder {
  readonly file: string
  readonly out: string
  /** An empty folder; empty again at the end. */
  readonly scratch: string
  /** It is another file: it gets an id of its own. Time and device stay. */
  readonly backupId: string
  readonly keys: BackupKeys
  readonly ring: Resealer
}

/** @throws BackupRefused `wrong-key` for one of a root key that is gone: only the kit of its day opens it. */
export async function resealBackup(order: ResealOrder, work: WorkOptions = {}): Promise<Proven> {
  const { file, out, scratch, backupId, ring } = order
  const dir = path.join(scratch, 'opened')
  let databases: ReadonlyMap<number, Uint8Array> | null = null
  try {
    const { header, size } = readHeader(file)
    requireRoom(scratch, size)
    const fileKey = openWithAny(ring.wraps(), header.body)
    const { manifest, proof } = await unpackBackupFile({ file, into: dir, fileKey }, work).finally(() =>
      fileKey.fill(0),
    )
    requireSignature(proof, [order.keys.publicKey])
    databases = readdressIn(dir, ring)
    const database = databases.get(manifest.generation)
    if (!database) throw new BackupRefused('key-file-damaged')
    const { deviceId, at, chunkSize } = header.body
    // The key of its day: where the database has had another one since, only this file's key file still has it.
    const keys = { ...order.keys, database: Uint8Array.from(database) }
    const packing = { dir, out, manifest, head: { backupId, deviceId, at }, chunkSize, keys }
    return await repackBackupFile({ ...packing, scratch: path.join(scratch, 'packing') }, work).finally(() =>
      keys.database.fill(0),
    )
  } finally {
    for (const key of databases?.values() ?? []) key.fill(0)
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The unpacked clinic, the new file and its proof stand beside the file for a while. */
function requireRoom(scratch: string, size: number): void {
  mkdirSync(scratch, { recursive: true, mode: 0o700 })
  const { bavail, bsize } = statfsSync(scratch)
  if (bavail * bsize < size * 2.2) throw new TargetProblem('full')
}

function openWithAny(wraps: readonly Uint8Array[], body: HeaderBody): Buffer {
  for (const wrap of wraps) {
    try {
      return openWithRoot(wrap, body)
    } catch (error) {
      if (!(error instanceof BackupRefused)) throw error
    }
  }
  throw new BackupRefused('wrong-key')
}

function readdressIn(dir: string, ring: Resealer): ReadonlyMap<number, Uint8Array> {
  const file = path.join(dir, entryNames.keyFile)
  let found: ReadKeyFile | null
  try {
    found = readKeyFile(file)
  } catch (error) {
    throw new BackupRefused('key-file-damaged', { cause: error })
  }
  const databases = found && ring.readdress(found, file)
  if (!databases) throw new BackupRefused('key-file-damaged')
  rmSync(file + oldCopySuffix, { force: true })
  return databases
}
