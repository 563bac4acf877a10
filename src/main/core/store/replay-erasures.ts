// Erasures outlive a restore: the ledger beside the database is applied to it before anybody can look (BAK-07).
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import type { Logger } from '../log/logger.ts'
import type { Engine } from './engine.ts'
import { exportLedger, isLedger, missingOrders, readLedger, writeLedger } from './erasure-ledger.ts'
import { mintId } from './mint.ts'
import { ledgerFile, type Purge } from './purge.ts'
import type { TableDef } from './table-def.ts'

interface LedgerPlace {
  readonly dir: string
  readonly db: Connection
  readonly keys: ClinicKeys
  readonly tables: readonly TableDef[]
  readonly clock: () => number
  readonly log: Logger
}

/** Whoever was erased since this file was written is erased from it again, before anybody can look (BAK-07). */
export function replayErasures(
  engine: Engine,
  purge: Purge,
  { dir, db, keys, tables, clock, log }: LedgerPlace,
): void {
  const ledger = readLedger(ledgerFile(dir))
  if (ledger === null) return
  if (!isLedger(ledger)) {
    // The database carries the same orders: the file is written anew from them.
    log.warn('the ledger of erasures could not be read and is made anew')
    const who = { actor: null, door: 'job' as const, opId: mintId(clock()) }
    engine.auditOnly(who, { action: 'erasure.ledger-damaged', category: 'system', outcome: 'failed' })
    writeLedger(ledgerFile(dir), exportLedger(db))
    return
  }
  const { orders, refused } = missingOrders(db, keys, ledger)
  if (refused > 0) log.warn('orders of erasure that nobody here has signed', { count: refused })
  const nameOf = new Map(tables.flatMap((t) => (t.kind === 'synced' ? [[t.tableId, t.name] as const] : [])))
  for (const order of orders) {
    const who = { actor: null, door: 'job' as const, opId: mintId(clock()) }
    const rows = order.rows.flatMap(([tableId, id]) => {
      const table = nameOf.get(tableId)
      return table === undefined ? [] : [{ table, id }]
    })
    engine.transact(
      who,
      'erasure.replay',
      (ctx) =>
        purge.erase(ctx, {
          order: ctx.mint(),
          replays: order.replays ?? order.order,
          patientId: order.patient,
          whole: order.whole,
          rows,
        }),
      ({ rows: erased }) => ({
        action: 'erasure.replay',
        category: 'system',
        detail: `${order.order}: ${erased} rows`,
      }),
    )
  }
}
