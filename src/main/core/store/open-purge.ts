// Opens the purge of a clinic: an erasure outlives a crash and a restore. Its ledger beside the database is repeated first.
import type { ClinicKeys } from '../keys/types.ts'
import type { Logger } from '../log/logger.ts'
import type { Engine } from './engine.ts'
import { exportLedger, isLedger, missingOrders, readLedger, writeLedger } from './erasure-ledger.ts'
import { mintId } from './mint.ts'
import { createPurge, ledgerFile, type Purge, type PurgeParts } from './purge.ts'

interface PurgeWork extends Pick<PurgeParts, 'db' | 'file' | 'tables' | 'hooks'> {
  readonly engine: Engine
  readonly dir: string
  readonly keys: ClinicKeys
  readonly control: (at: string, entry: Readonly<Record<string, unknown>>) => number
  /** Somebody is gone for good, and the ledger says so. */
  readonly erased: () => void
  readonly clock: () => number
  readonly log: Logger
}

/** Ready for new orders only once what a crash left is settled and what the ledger knows is repeated. */
export function openPurge(parts: PurgeWork): Purge {
  const { db, file, tables, hooks, control, dir, erased } = parts
  const purge = createPurge({
    db,
    file,
    tables,
    appendControl: control,
    hooks,
    settled() {
      writeLedger(ledgerFile(dir), exportLedger(db))
      erased()
    },
  })
  purge.settle()
  replayErasures(purge, parts)
  return purge
}

/** Whoever was erased since this file was written is erased from it again, before anybody can look (BAK-07). */
function replayErasures(purge: Purge, { engine, dir, db, keys, tables, clock, log }: PurgeWork): void {
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
