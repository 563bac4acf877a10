// The pages of a database file: which differ between two copies, whose they are, and a copy with one page put back.
import { readFileSync, writeFileSync } from 'node:fs'
import { type Connection, openConnection } from '#core/db/connection.ts'

export const pageBytes = 4096

/** 1-based numbers of pages that are in both files and are not the same. */
export function differingPages(older: Buffer, newer: Buffer): number[] {
  const pages = Math.floor(Math.min(older.length, newer.length) / pageBytes)
  return Array.from({ length: pages }, (_, i) => i + 1).filter(
    (n) => !pageOf(older, n).equals(pageOf(newer, n)),
  )
}

export const pageOf = (file: Buffer, n: number): Buffer => file.subarray((n - 1) * pageBytes, n * pageBytes)

/** Page number to the table it belongs to; pages of indexes count for their table. Free pages are absent. */
export function ownersOf(file: string, key: Uint8Array): Map<number, string> {
  const db: Connection = openConnection(file, key, 'read')
  try {
    const rows = db
      .prepare(
        'select s.pageno as n, m.tbl_name as owner from dbstat s join sqlite_master m on m.name = s.name',
      )
      .all() as { n: number; owner: string }[]
    return new Map(rows.map((r) => [r.n, r.owner]))
  } finally {
    db.close()
  }
}

export function putBack(file: string, newer: Buffer, older: Buffer, n: number): void {
  const mixed = Buffer.from(newer)
  pageOf(older, n).copy(mixed, (n - 1) * pageBytes)
  writeFileSync(file, mixed)
}

export const bytesOf = (file: string): Buffer => readFileSync(file)
