// What a command may do to rows. The implementation, with capture and sealing, is `writer.ts`.
import type { Database, TableName } from './database.ts'
import type { LocalTable, RowOf, SyncedBase, SyncedTable } from './table-def.ts'

type Managed = 'rev' | 'ins_writer' | 'ins_seq' | 'voided_at' | 'void_reason'
type NullableKeys<R> = { [K in keyof R]-?: null extends R[K] ? K : never }[keyof R]
type Optional<R> = Partial<Pick<R, NullableKeys<R>>> & Omit<R, NullableKeys<R>>

/** A new synced row: managed columns are filled in, nullable ones may be left out, `id` is minted when absent. */
export type NewRow<T> =
  RowOf<T> extends infer R extends SyncedBase ? Optional<Omit<R, Managed | 'id'>> & { id?: string } : never
export type RowChanges<T> = Partial<Omit<RowOf<T>, Managed | 'id' | 'patient_id'>>

export interface Writer {
  /** Returns the row's id. `at` (epoch ms) orders the minted id by clinical time instead of now. */
  insert<T extends SyncedTable>(table: T, row: NewRow<T>, at?: number): string
  /**
   * Changes columns of one row. `rev` is the version the person saw; another one now is refused with CONFLICT.
   * `'any'` is for writes that follow from facts, not from what a person read. Returns the new `rev`.
   */
  update<T extends SyncedTable>(table: T, id: string, rev: number | 'any', changes: RowChanges<T>): number
  /** Rows are never deleted: voiding hides them with a reason, restoring brings them back (SYNC 2.8). */
  void<T extends SyncedTable>(table: T, id: string, rev: number | 'any', reason: string): number
  restore<T extends SyncedTable>(table: T, id: string, rev: number | 'any'): number
  /** Local tables are not captured: caches, drafts, this workstation's bookkeeping. */
  putLocal<T extends LocalTable>(table: T, row: Partial<RowOf<T>>): void
  deleteLocal<T extends LocalTable>(table: T, where: Partial<RowOf<T>>): number
  /** Full-text row of a patient; `null` removes it. Local, rebuilt from data at any time. */
  index(table: SearchIndex, rowid: number, text: string | null): void
}

/** External full-text tables; each is created by a migration with one column `terms`. */
export type SearchIndex = 'patient_search'

export type { Database, TableName }
