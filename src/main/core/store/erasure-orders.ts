// Orders of erasure in the control log, and the marks in commits that they cover (SYNC 2.17). A mark says "a change with
// this hash stood here"; it counts only when its order's signed digest is over exactly the marks that name the order.
import { createHash } from 'node:crypto'
import type { Connection } from '../db/connection.ts'
import { type BodyEntry, isErased } from './commit.ts'
import { controlBody } from './control-log.ts'
import { preparedQuery, type Reader } from './reader.ts'

export const orderKind = 'erase.order'

/** What an order says. Ids only: no name, no alias. */
export interface ErasureOrder {
  readonly kind: typeof orderKind
  /** Its own id, and the one it repeats on a restored database. */
  readonly order: string
  readonly replays: string | null
  readonly patient: string
  /** True: everything of the patient, the row of the patient too. */
  readonly whole: boolean
  /** Rows by table id; empty where `whole` says it all. */
  readonly rows: readonly (readonly [tableId: number, rowId: string])[]
  readonly changes: number
  readonly digest: Uint8Array
}

export interface Mark {
  readonly writer: Uint8Array
  readonly seq: number
  readonly index: number
  readonly hash: Uint8Array
}

const digestLabel = Buffer.from('osler:erased:1\0')

/** Over the marks in the order of writer, number and place, however they were met. */
export function digestOfMarks(marks: readonly Mark[]): Uint8Array {
  const lines = marks.map(({ writer, seq, index, hash }) => {
    const numbers = Buffer.alloc(12)
    numbers.writeBigUInt64BE(BigInt(seq))
    numbers.writeUInt32BE(index, 8)
    return Buffer.concat([writer, numbers, hash])
  })
  const digest = createHash('sha256').update(digestLabel)
  for (const line of lines.sort((a, b) => a.compare(b))) digest.update(line)
  return digest.digest()
}

export function ordersOf(db: Connection): Map<number, ErasureOrder> {
  const orders = new Map<number, ErasureOrder>()
  const rows = db.prepare('select n, body from control_log order by n').all() as {
    n: number
    body: Uint8Array
  }[]
  for (const { n, body } of rows) {
    const entry = controlBody(body)
    if (entry.kind === orderKind) orders.set(n, entry as unknown as ErasureOrder)
  }
  return orders
}

const newestEntries = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('control_log').select('body').orderBy('n', 'desc'),
)

/** Instant of the newest erasure that somebody decided on; a repeat on a restored database is none. */
export function newestErasureAt(read: Reader): string | null {
  for (const { body } of read.all(newestEntries, {})) {
    const { kind, replays, at } = controlBody(body)
    if (kind === orderKind && replays === null && typeof at === 'string') return at
  }
  return null
}

/** Gathers the marks met while the commits are walked; says at the end where one stands that no order covers. */
export function createMarkCount(db: Connection) {
  const byOrder = new Map<number, Mark[]>()
  return {
    note(writer: Uint8Array, seq: number, body: readonly BodyEntry[]): void {
      for (const [index, entry] of body.entries()) {
        if (!isErased(entry)) continue
        const [order, hash] = entry
        const marks = byOrder.get(order) ?? []
        marks.push({ writer, seq, index, hash })
        byOrder.set(order, marks)
      }
    },
    /** Sequence number of the first commit with a mark that is not covered; null when all are. */
    firstForged(): number | null {
      const orders = ordersOf(db)
      for (const [n, order] of orders) {
        const marks = byOrder.get(n) ?? []
        const holds = marks.length === order.changes && Buffer.from(order.digest).equals(digestOfMarks(marks))
        if (!holds) return marks[0]?.seq ?? 0
        byOrder.delete(n)
      }
      const [stray] = byOrder.values()
      return stray?.[0]?.seq ?? null
    },
  }
}
