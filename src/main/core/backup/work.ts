// What an opened clinic offers for backups: making and checking a file with the keys in memory, and sealing the secrets
// of targets. When, where to and how long is the backups module's affair.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { appVersion } from '#shared/version.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { targetSecretsOf } from '../keys/backup-keys.ts'
import { unwrapKey, wrapKey } from '../keys/wrap.ts'
import { readLedger } from '../store/erasure-ledger.ts'
import { ledgerFile } from '../store/purge.ts'
import { backupKeysOf, forgetKeys } from './keys.ts'
import { createKeptFolders, type KeptFolders } from './kept-folders.ts'
import { isLedgerCopyOf, ledgerCopyName, sealLedger } from './ledger-copy.ts'
import { checkBackupFile, makeBackupFile, type WorkOptions } from './machine.ts'
import { entryNames } from './pack.ts'
import { resealBackup, type Resealer } from './reseal.ts'
import type { Proven } from './tasks.ts'
import { BackupRefused } from './types.ts'

export interface BackupWork {
  /** The place beside the database that is always there. */
  readonly homeFolder: string
  /** False while a clinic is being founded: without its key file nothing could ever open a backup of it. */
  readonly isReady: () => boolean
  /** A file of that name in the work folder, which belongs to nobody between two runs. */
  readonly workFile: (name: string) => string
  readonly clearWork: () => void
  /** Into the work folder; proven before it returns (BAK-03). */
  make(
    backupId: string,
    at: string,
    name: string,
    options?: WorkOptions,
  ): Promise<Proven & { readonly file: string }>
  check(file: string, options?: WorkOptions): Promise<Proven>
  /** A file of this clinic into another one that the present kit opens; proven before it returns. */
  reseal(
    file: string,
    backupId: string,
    name: string,
    options?: WorkOptions,
  ): Promise<Proven & { readonly file: string }>
  /** The ledger of erasures, sealed, for the places of backups; `null` where nobody was ever erased. */
  ledgerCopy(): LedgerCopy | null
  /** What restores put aside. */
  readonly kept: KeptFolders
  seal(context: string, text: string): Uint8Array
  /** `null` when it was sealed under another clinic's key. */
  unseal(context: string, sealed: Uint8Array): string | null
}

export interface LedgerCopy {
  readonly name: string
  readonly file: string
  /** One of this clinic's, of whatever time. */
  isOwn(name: string): boolean
}

/** How the work is done. Small pieces, and no thread for each of many small files, are for tests. */
export interface BackupWorkShape extends Pick<WorkOptions, 'here'> {
  readonly chunkSize?: number
  /** A clinic that was opened without a key ring can seal nothing anew. */
  readonly resealer?: Resealer
}

export function createBackupWork(
  dir: string,
  keys: ClinicKeys,
  { chunkSize, resealer, ...where }: BackupWorkShape = {},
): BackupWork {
  const folder = path.join(dir, 'backup-work')
  const workFile = (name: string) => path.join(folder, name)
  let count = 0
  const withKeys = async <T>(work: (given: ReturnType<typeof backupKeysOf>) => Promise<T>): Promise<T> => {
    const given = backupKeysOf(keys)
    try {
      return await work(given)
    } finally {
      forgetKeys(given)
    }
  }
  const sealingKey = () => keys.targetSecrets ?? targetSecretsOf(keys.backupWrap, keys.clinicId)
  return {
    homeFolder: path.join(dir, 'backups'),
    isReady: () => existsSync(path.join(dir, entryNames.keyFile)),
    workFile,
    clearWork: () => rmSync(folder, { recursive: true, force: true }),
    make: (backupId, at, name, options) =>
      withKeys(async (given) => {
        const out = workFile(name)
        const scratch = workFile(`make-${++count}`)
        const task = { dir, scratch, out, keys: given, backupId, at, app: appVersion, chunkSize }
        return { ...(await makeBackupFile(task, { ...where, ...options })), file: out }
      }),
    check: (file, options) =>
      withKeys((given) =>
        checkBackupFile(
          { file, scratch: workFile(`check-${++count}`), keys: given },
          { ...where, ...options },
        ),
      ),
    reseal: (file, backupId, name, options) =>
      withKeys(async (given) => {
        if (!resealer) throw new BackupRefused('wrong-key')
        const out = workFile(name)
        const scratch = workFile(`reseal-${++count}`)
        const order = { file, out, scratch, backupId, keys: given, ring: resealer }
        return { ...(await resealBackup(order, { ...where, ...options })), file: out }
      }),
    ledgerCopy() {
      const ledger = readLedger(ledgerFile(dir))
      if (ledger === null) return null
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const name = ledgerCopyName(keys, ledger)
      const file = workFile(name)
      writeFileSync(file, sealLedger(keys, ledger), { mode: 0o600 })
      return { name, file, isOwn: (other) => isLedgerCopyOf(keys.clinicId, other) }
    },
    kept: createKeptFolders(dir, keys.clinicId),
    seal(context, text) {
      const { nonce, wrapped } = wrapKey(sealingKey(), Buffer.from(text, 'utf8'), context)
      return Buffer.concat([nonce, wrapped])
    },
    unseal(context, sealed) {
      const bytes = Buffer.from(sealed)
      const wrap = { nonce: bytes.subarray(0, 12), wrapped: bytes.subarray(12) }
      return unwrapKey(sealingKey(), wrap, context)?.toString('utf8') ?? null
    },
  }
}

/** A short code for a list or a lamp: never a message that could quote something. */
export function codeOfFailure(error: unknown): string {
  if (error instanceof BackupRefused) return error.fault
  const { problem, code } = error as { problem?: unknown; code?: unknown }
  if (typeof problem === 'string') return problem
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') return 'full'
  return 'internal'
}
