// Moves the WAL into the database when nobody waits for it (PERFORMANCE 5, lever 4).
import { statSync } from 'node:fs'
import type { Connection } from './connection.ts'

const idleMs = 400
const smallestWalBytes = 1 * 1024 * 1024
/** Past this size the WAL is worked off even under steady writing, a bounded stall for the sake of the disk. */
const largestWalBytes = 256 * 1024 * 1024

export interface Checkpointer {
  /** Call after each commit. */
  noteCommit(): void
  stop(): void
}

export function createCheckpointer(db: Connection, file: string): Checkpointer {
  let timer: NodeJS.Timeout | undefined
  const walBytes = () => {
    try {
      return statSync(`${file}-wal`).size
    } catch {
      return 0
    }
  }
  const run = (mode: 'PASSIVE' | 'RESTART') => {
    if (db.open && !db.inTransaction) db.pragma(`wal_checkpoint(${mode})`)
  }
  const whenIdle = () => {
    timer = undefined
    if (walBytes() >= smallestWalBytes) run('PASSIVE')
  }
  let commits = 0
  return {
    noteCommit() {
      if (timer) timer.refresh()
      else timer = setTimeout(whenIdle, idleMs).unref()
      // A stat a commit would cost more than it tells.
      if (++commits % 256 === 0 && walBytes() >= largestWalBytes) run('RESTART')
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
