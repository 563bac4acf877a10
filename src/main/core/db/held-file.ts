// A file that one process at a time can hold. The system itself lets go of it when the process ends, however it ends, so
// nothing has to be judged by age. SQLite's own lock is used since Node has none.
import Driver from 'better-sqlite3-multiple-ciphers'

export interface HeldFile {
  release(): void
}

/** Named here as long as they are held: a connection nobody names any more is closed, and its lock is gone. */
const locks = new Set<Driver.Database>()

/** Null where somebody else holds it: another process, or this one already. The file is made if need be and stays empty. */
export function holdFile(file: string): HeldFile | null {
  const lock = new Driver(file, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return hold(lock)
  } catch (error) {
    lock.close()
    if (error instanceof Driver.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}

function hold(lock: Driver.Database): HeldFile {
  locks.add(lock)
  return {
    release() {
      locks.delete(lock)
      lock.close()
    },
  }
}
