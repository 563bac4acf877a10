// The sweep on a thread of its own with a reading connection: it takes minutes in a large clinic, and nobody waits for it.
import { parentPort, workerData } from 'node:worker_threads'
import { openConnection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { sweepRows } from './row-sweep.ts'
import type { SyncedTable } from './table-def.ts'

const { file, keys, tables } = workerData as {
  file: string
  keys: ClinicKeys
  tables: readonly SyncedTable[]
}
const db = openConnection(file, keys.database, 'read')
try {
  parentPort?.postMessage(sweepRows(db, keys, tables))
} finally {
  db.close()
}
