// How a table is described: its class (SYNC 2.7), its field groups (SYNC 2.6) and, derived from them, its row type.
// Capture triggers, the Writer, the architecture tests and, later, merging all read these descriptions.

/** `?` marks a nullable column. Booleans are `int` 0/1; structured values are JSON text. */
export type ColumnKind = 'text' | 'text?' | 'int' | 'int?' | 'real' | 'real?' | 'blob' | 'blob?'
export type Columns = Readonly<Record<string, ColumnKind>>

export type ValueOf<K extends ColumnKind> = K extends 'text'
  ? string
  : K extends 'text?'
    ? string | null
    : K extends 'int' | 'real'
      ? number
      : K extends 'int?' | 'real?'
        ? number | null
        : K extends 'blob'
          ? Uint8Array
          : Uint8Array | null

export type ColumnValue = string | number | Uint8Array | null
type Row<C extends Columns> = { -readonly [K in keyof C]: ValueOf<C[K]> }
type Union<T> = (T extends unknown ? (x: T) => void : never) extends (x: infer I) => void ? I : never
type Flatten<T> = { [K in keyof T]: T[K] }

/** Synced classes, see SYNC 2.7. */
export type SyncedClass = 'append' | 'review' | 'plain' | 'claim' | 'control'
/** `local` stays on this workstation; `trail` is the audit log, shipped as sealed files. */
export type LocalClass = 'local' | 'trail'

/** Columns every synced row has. `rev` counts this workstation's versions of the row, for stale-write refusal. */
export interface SyncedBase {
  id: string
  rev: number
  ins_writer: number
  ins_seq: number
  voided_at: string | null
  void_reason: string | null
}
export const syncedBaseColumns = ['id', 'rev', 'ins_writer', 'ins_seq', 'voided_at', 'void_reason'] as const
export const voidGroup = '_void'

export interface SyncedTable<Name extends string = string, R = unknown> {
  readonly kind: 'synced'
  readonly name: Name
  /** Stable on the wire; never reused (SYNC 2.9). */
  readonly tableId: number
  readonly class: SyncedClass
  /** True for clinical child tables: WITHOUT ROWID, primary key (patient_id, id). */
  readonly ofPatient: boolean
  /** Atomic field groups. The position is the bit in the change mask; add at the end, never reorder. */
  readonly groups: readonly { readonly name: string; readonly columns: readonly string[] }[]
  /** Columns derived on this workstation and never sent. */
  readonly localColumns: readonly string[]
  /** Every column with its kind, base columns included. */
  readonly columns: Columns
  readonly row?: R
}

export interface LocalTable<Name extends string = string, R = unknown> {
  readonly kind: 'local'
  readonly name: Name
  readonly class: LocalClass
  readonly columns: Columns
  readonly row?: R
}

export type TableDef = SyncedTable | LocalTable

type GroupMap = Readonly<Record<string, Columns>>
// Without an index signature: a misspelt column must not compile.
type GroupsRow<G extends GroupMap> =
  Flatten<Union<G[keyof G]>> extends infer C extends Columns ? Row<C> : never

/** A synced table that is not a child of one patient. */
export function syncedTable<const N extends string, const G extends GroupMap, const L extends Columns = {}>(
  name: N,
  tableId: number,
  cls: SyncedClass,
  groups: G,
  local?: L,
): SyncedTable<N, Flatten<SyncedBase & GroupsRow<G> & Row<L>>> {
  return { kind: 'synced', name, tableId, class: cls, ofPatient: false, ...shape(groups, local, false) }
}

/** A clinical child table: one patient's rows lie together, in clinical order. */
export function patientTable<const N extends string, const G extends GroupMap, const L extends Columns = {}>(
  name: N,
  tableId: number,
  cls: SyncedClass,
  groups: G,
  local?: L,
): SyncedTable<N, Flatten<SyncedBase & { patient_id: string } & GroupsRow<G> & Row<L>>> {
  return { kind: 'synced', name, tableId, class: cls, ofPatient: true, ...shape(groups, local, true) }
}

export function localTable<const N extends string, const C extends Columns>(
  name: N,
  columns: C,
  cls: LocalClass = 'local',
): LocalTable<N, Row<C>> {
  return { kind: 'local', name, class: cls, columns }
}

const baseKinds = {
  id: 'text',
  rev: 'int',
  ins_writer: 'int',
  ins_seq: 'int',
  voided_at: 'text?',
  void_reason: 'text?',
} as const satisfies Record<keyof SyncedBase, ColumnKind>

function shape(groups: GroupMap, local: Columns | undefined, ofPatient: boolean) {
  return {
    groups: [
      { name: voidGroup, columns: ['voided_at', 'void_reason'] },
      ...Object.entries(groups).map(([name, columns]) => ({ name, columns: Object.keys(columns) })),
    ],
    localColumns: Object.keys(local ?? {}),
    columns: Object.assign(
      {},
      baseKinds,
      ofPatient ? { patient_id: 'text' } : {},
      ...Object.values(groups),
      local ?? {},
    ) as Columns,
  }
}

export type RowOf<T> = T extends { row?: infer R } ? NonNullable<R> : never
