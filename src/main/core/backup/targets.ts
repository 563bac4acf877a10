// Places backups are kept at: what each can do, and the names of what can go wrong with one. Folders are in
// folder-target.ts, buckets in bucket-target.ts.
import type { TargetProblemName } from '#shared/backup-faults.ts'
import { isLedgerCopy } from './ledger-copy.ts'

export class TargetProblem extends Error {
  readonly problem: TargetProblemName
  constructor(problem: TargetProblemName, options?: { cause?: unknown }) {
    super(`backup target: ${problem}`, options)
    this.name = 'TargetProblem'
    this.problem = problem
  }
}

export interface FoundBackup {
  readonly name: string
  readonly bytes: number
}

export interface BackupTarget {
  /** Writes a small file, reads it back and takes it away where that may be. */
  probe(): Promise<void>
  put(name: string, file: string, signal?: AbortSignal): Promise<void>
  /** SHA-256 of what the place hands back, base64url. */
  hashOf(name: string, signal?: AbortSignal): Promise<string>
  fetch(name: string, into: string, signal?: AbortSignal): Promise<void>
  list(): Promise<FoundBackup[]>
  /** Names of the copies of the erasure ledger that lie there. */
  ledgers(): Promise<string[]>
  remove(name: string): Promise<void>
}

export const backupSuffix = '.oslerbackup'
/** Nothing about the clinic in a name; sorted by time. */
export const fileNameOf = (backupId: string, at: string): string =>
  `osler-${at.replaceAll(/[:.]/g, '').slice(0, 15)}Z-${backupId.slice(-12)}${backupSuffix}`
export const isBackupName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]*\.oslerbackup$/.test(name)
/** What is written to a target at all. */
export const isKeptName = (name: string): boolean => isBackupName(name) || isLedgerCopy(name)
