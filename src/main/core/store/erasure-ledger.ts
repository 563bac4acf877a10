// The ledger of erasures beside the database: the signed orders of the control log, ids only. A restored older database
// does not know them; they are applied again before anybody can look (BAK-07).
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import * as z from 'zod'
import type { Connection } from '../db/connection.ts'
import type { ClinicKeys } from '../keys/types.ts'
import { controlBody, controlEntryHolds, type ControlRow, deviceKeys } from './control-log.ts'
import { type ErasureOrder, orderKind, ordersOf } from './erasure-orders.ts'

const Hex = z.string().regex(/^[0-9a-f]*$/)
const Line = z.strictObject({ n: z.number().int(), prev: Hex, hash: Hex, sig: Hex, body: Hex })
const Ledger = z.strictObject({ v: z.literal(1), orders: z.array(Line) })

/** The orders of this database, as a file of their own. */
export function exportLedger(db: Connection): Uint8Array {
  const rows = db.prepare('select n, prev, hash, sig, body from control_log order by n').all() as ControlRow[]
  const orders = rows.filter((row) => controlBody(row.body).kind === orderKind)
  return packed(orders)
}

/**
 * What ledgers say together: a restore puts all it can find beside the database before it is opened. One that cannot be
 * read says nothing; what it holds is believed only by its signatures anyway.
 */
export function mergeLedgers(ledgers: readonly Uint8Array[]): Uint8Array {
  const byHash = new Map(ledgers.flatMap(readable).map((row) => [Buffer.from(row.hash).toString('hex'), row]))
  return packed([...byHash.values()])
}

export function writeLedger(file: string, bytes: Uint8Array): void {
  const fresh = `${file}.new`
  const fd = openSync(fresh, 'w', 0o600)
  try {
    writeSync(fd, bytes)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(fresh, file)
}

export const readLedger = (file: string): Uint8Array | null => (existsSync(file) ? readFileSync(file) : null)

/** A file of which nothing can be read keeps no clinic closed. */
export function isLedger(bytes: Uint8Array): boolean {
  try {
    unpacked(bytes)
    return true
  } catch {
    return false
  }
}

/** Orders of the ledger that this database has not carried out, oldest first; unsigned or foreign ones are left out. */
export function missingOrders(
  db: Connection,
  keys: ClinicKeys,
  ledger: Uint8Array,
): { readonly orders: readonly ErasureOrder[]; readonly refused: number } {
  const known = new Set<string>()
  for (const order of ordersOf(db).values()) {
    known.add(order.order)
    if (order.replays !== null) known.add(order.replays)
  }
  const devices = deviceKeys(db, keys)
  const clinic = Buffer.from(keys.clinicId.replaceAll('-', ''), 'hex')
  const orders: ErasureOrder[] = []
  let refused = 0
  for (const row of unpacked(ledger)) {
    const body = controlBody(row.body)
    const isOurs = body.clinic instanceof Uint8Array && clinic.equals(body.clinic)
    if (!isOurs || body.kind !== orderKind || !controlEntryHolds(row, devices)) {
      refused += 1
      continue
    }
    const order = body as unknown as ErasureOrder
    const names = [order.order, order.replays].filter((name) => name !== null)
    if (names.some((name) => known.has(name))) continue
    for (const name of names) known.add(name)
    orders.push(order)
  }
  return { orders, refused }
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

function packed(rows: readonly ControlRow[]): Uint8Array {
  const orders = rows.map((r) => ({
    n: r.n,
    prev: hex(r.prev),
    hash: hex(r.hash),
    sig: hex(r.sig),
    body: hex(r.body),
  }))
  return Buffer.from(JSON.stringify({ v: 1, orders } satisfies z.infer<typeof Ledger>))
}

function readable(bytes: Uint8Array): ControlRow[] {
  try {
    return unpacked(bytes)
  } catch {
    return []
  }
}

function unpacked(bytes: Uint8Array): ControlRow[] {
  const ledger = Ledger.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  const raw = (text: string) => Buffer.from(text, 'hex')
  return ledger.orders.map((o) => ({
    n: o.n,
    prev: raw(o.prev),
    hash: raw(o.hash),
    sig: raw(o.sig),
    body: raw(o.body),
  }))
}
