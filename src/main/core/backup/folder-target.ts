// A folder as a place for backups: on this computer, a USB disk, a share, a cloud folder. A marker file says that the
// disk is the one that was chosen: an empty mount point looks like a folder, too.
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isLedgerCopy } from './ledger-copy.ts'
import { type BackupTarget, type FoundBackup, isBackupName, isKeptName, TargetProblem } from './targets.ts'

const markerName = '.osler-backups'

export interface FolderPlace {
  readonly path: string
  /** Written into the folder when it was chosen. */
  readonly mark: string
}

/** Marks a folder that was just chosen; one that has a mark keeps it, so that two computers can share a disk. */
export async function claimFolder(folder: string): Promise<string> {
  if (!path.isAbsolute(folder)) throw new TargetProblem('address')
  return await telling(async () => {
    await mustBeFolder(folder)
    const marker = path.join(folder, markerName)
    const there = await readFile(marker, 'utf8').catch(() => '')
    if (/^[A-Za-z0-9_-]{22}$/.test(there.trim())) return there.trim()
    const mark = randomBytes(16).toString('base64url')
    await writeFile(marker, `${mark}\n`, { mode: 0o600 })
    return mark
  })
}

export function folderTarget({ path: folder, mark }: FolderPlace): BackupTarget {
  const at = (name: string) => {
    if (!isKeptName(name)) throw new TargetProblem('gone')
    return path.join(folder, name)
  }
  const mustBeThere = async () => {
    await mustBeFolder(folder)
    const there = await readFile(path.join(folder, markerName), 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') throw new TargetProblem('unplugged')
      throw error
    })
    if (there.trim() !== mark) throw new TargetProblem('unplugged')
  }
  return {
    probe: () =>
      telling(async () => {
        await mustBeThere()
        const file = path.join(folder, `.osler-try-${randomBytes(6).toString('hex')}`)
        const words = randomBytes(64)
        try {
          await writeFile(file, words, { flag: 'wx' })
          if (!(await readFile(file)).equals(words)) throw new TargetProblem('corrupt')
        } finally {
          await rm(file, { force: true })
        }
      }),
    put: (name, file, signal) =>
      telling(async () => {
        await mustBeThere()
        // Beside and renamed: a disk pulled out leaves no half file under a good name.
        const part = `${at(name)}.part`
        try {
          await pipeline(
            createReadStream(file),
            createWriteStream(part, { mode: 0o600 }),
            signal ? { signal } : {},
          )
          const handle = await open(part, 'r+')
          await handle.sync()
          await handle.close()
          await rename(part, at(name))
        } catch (error) {
          await rm(part, { force: true }).catch(() => {})
          throw error
        }
      }),
    hashOf: (name, signal) =>
      telling(async () => {
        await mustBeThere()
        const hash = createHash('sha256')
        await pipeline(createReadStream(at(name)), hash, signal ? { signal } : {})
        return hash.digest('base64url')
      }),
    fetch: (name, into, signal) =>
      telling(async () => {
        await mustBeThere()
        await mkdir(path.dirname(into), { recursive: true, mode: 0o700 })
        await pipeline(
          createReadStream(at(name)),
          createWriteStream(into, { mode: 0o600 }),
          signal ? { signal } : {},
        )
      }),
    list: () => telling(() => backupsIn(folder)),
    ledgers: () => ledgersIn(folder),
    remove: (name) =>
      telling(async () => {
        await mustBeThere()
        await rm(at(name), { force: true })
      }),
  }
}

/** Also of a folder without a mark: where a restore looks for files. */
export async function backupsIn(folder: string): Promise<FoundBackup[]> {
  return await telling(async () => {
    await mustBeFolder(folder)
    const names = (await readdir(folder)).filter(isBackupName).toSorted().toReversed()
    return await Promise.all(
      names.map(async (name) => ({ name, bytes: (await stat(path.join(folder, name))).size })),
    )
  })
}

/** The same for copies of the erasure ledger. */
export const ledgersIn = (folder: string): Promise<string[]> =>
  telling(async () => (await readdir(folder)).filter(isLedgerCopy).toSorted())

async function mustBeFolder(folder: string): Promise<void> {
  await access(folder)
  if (!(await stat(folder)).isDirectory()) throw new TargetProblem('missing')
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : ''
}

const byCode: Readonly<Record<string, TargetProblem['problem']>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EHOSTDOWN: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ESTALE: 'unplugged',
  ENODEV: 'unplugged',
  EIO: 'interrupted',
}

async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TargetProblem || codeOf(error) === 'ABORT_ERR') throw error
    throw new TargetProblem(byCode[codeOf(error)] ?? 'interrupted', { cause: error })
  }
}
