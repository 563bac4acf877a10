// What modules are told after a restore, inside its transaction.
import type { Reader } from '../store/reader.ts'

export interface RestoreFacts {
  readonly backupId: string
  /** Instant of the backup that now stands. */
  readonly backupAt: string
  /** The database that was here before, where it can still be read: what must outlive an older copy stands in it. */
  readonly former: Reader | null
}
