// What belongs to a patient's identity and comes in lists: names, identifiers, ways to reach, addresses, people around.
// One description per list says how an item becomes a row and when two items say the same.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf, SyncedTable } from '#core/store/table-def.ts'
import { AppError } from '#shared/errors.ts'
import { digitsOf, foldIdentifier, foldText } from '../shared/fold.ts'
import type { RegisterPatient } from '../shared/contract.ts'
import * as q from './queries.ts'
import * as t from './tables.ts'

export type ListName = 'identifiers' | 'telecoms' | 'addresses' | 'contacts' | 'otherNames'
export type Lists = Pick<RegisterPatient, ListName>
type Item<L extends ListName> = Lists[L][number]
type Values = Readonly<Record<string, string | number | null>>
type Row = { readonly id: string } & Values

interface ListDef<L extends ListName> {
  readonly table: SyncedTable
  readonly rowsOf: (read: Reader, patientId: string) => readonly Row[]
  readonly toRow: (item: Item<L>) => Values
  /** Two items with one key are the same thing written twice: what a repeated import recognises. */
  readonly keyOf: (row: Values) => string
}

const key = (...parts: (string | number | null | undefined)[]): string =>
  parts.map((part) => String(part ?? '')).join('\u0000')
const folded = (value: string | number | null | undefined): string =>
  foldText(String(value ?? ''))
    .replace(/\s+/gu, ' ')
    .trim()

const defs: { readonly [L in ListName]: ListDef<L> } = {
  identifiers: {
    table: t.patientIdentifier,
    rowsOf: (read, id) => read.all(q.identifiersOf, { id }),
    toRow: (i) => ({
      system: i.system,
      type_code: i.typeCode,
      type_display: i.typeDisplay,
      value: i.value,
      assigner: i.assigner,
    }),
    keyOf: (r) => key(r.system, foldIdentifier(String(r.value)) || r.value),
  },
  telecoms: {
    table: t.patientTelecom,
    rowsOf: (read, id) => read.all(q.telecomsOf, { id }),
    toRow: (i) => ({ system: i.system, use: i.use, value: i.value, rank: i.rank }),
    keyOf: (r) => key(r.system === 'email' ? folded(r.value) : digitsOf(String(r.value)) || folded(r.value)),
  },
  addresses: {
    table: t.patientAddress,
    rowsOf: (read, id) => read.all(q.addressesOf, { id }),
    toRow: (i) => ({
      use: i.use,
      lines: i.lines,
      city: i.city,
      district: i.district,
      state: i.state,
      postal_code: i.postalCode,
      country: i.country,
    }),
    keyOf: (r) => key(folded(r.lines), folded(r.city), folded(r.postal_code), folded(r.country)),
  },
  contacts: {
    table: t.patientContact,
    rowsOf: (read, id) => read.all(q.contactsOf, { id }),
    toRow: (i) => ({
      relationship: i.relationship,
      name_text: i.name,
      phone: i.phone,
      email: i.email,
      related_patient_id: i.patientId,
    }),
    keyOf: (r) => key(folded(r.name_text), folded(r.relationship)),
  },
  otherNames: {
    table: t.patientName,
    rowsOf: (read, id) => read.all(q.namesOf, { id }),
    toRow: (i) => ({ use: i.use, name_text: i.text, family: i.family, given: i.given }),
    keyOf: (r) => key(r.use, folded(r.name_text)),
  },
}
export const listNames = Object.keys(defs) as ListName[]

type AnyDef = ListDef<never>
const defOf = (list: ListName): AnyDef => defs[list] as unknown as AnyDef

export function insertItems(ctx: CommandContext, patientId: string, lists: Partial<Lists>): void {
  for (const list of listNames)
    for (const item of lists[list] ?? []) insertItem(ctx, defOf(list), patientId, item)
}

/** What the person saw becomes what is written: matched by id, new ones added, missing ones voided. */
export function replaceItems(
  ctx: CommandContext,
  patientId: string,
  list: ListName,
  items: readonly { id?: string | undefined }[],
): void {
  const def = defOf(list)
  const rows = new Map(def.rowsOf(ctx.read, patientId).map((row) => [row.id, row]))
  const kept = new Set<string>()
  for (const [i, item] of items.entries()) {
    if (item.id === undefined) {
      insertItem(ctx, def, patientId, item)
      continue
    }
    const row = rows.get(item.id)
    // An id of another patient, or of an item taken away meanwhile.
    if (!row || kept.has(item.id))
      throw new AppError('INVALID_INPUT', { fields: [`${list}.${i}.id: unknown`] })
    kept.add(item.id)
    const next = def.toRow(item as never)
    if (differs(row, next)) ctx.write.update(def.table, item.id, 'any', next as never)
  }
  for (const id of rows.keys())
    if (!kept.has(id)) ctx.write.void(def.table, id, 'any', 'removed from the record')
}

/** What a source tells is added or brought up to date; what it does not tell of stays. Says whether anything changed. */
export function mergeItems(
  ctx: CommandContext,
  patientId: string,
  list: ListName,
  items: readonly { id?: string | undefined }[],
): boolean {
  const def = defOf(list)
  const rows = def.rowsOf(ctx.read, patientId)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const byKey = new Map(rows.map((row) => [def.keyOf(row), row]))
  let changed = false
  for (const item of items) {
    const next = def.toRow(item as never)
    const row = (item.id === undefined ? undefined : byId.get(item.id)) ?? byKey.get(def.keyOf(next))
    if (!row) {
      insertItem(ctx, def, patientId, item)
      byKey.set(def.keyOf(next), { ...next, id: '' })
      changed = true
    } else if (row.id !== '' && differs(row, next)) {
      ctx.write.update(def.table, row.id, 'any', next as never)
      changed = true
    }
  }
  return changed
}

function insertItem(ctx: CommandContext, def: AnyDef, patientId: string, item: unknown): void {
  ctx.write.insert(
    def.table as SyncedTable<string, RowOf<typeof t.patientName>>,
    {
      patient_id: patientId,
      ...def.toRow(item as never),
    } as never,
  )
}

function differs(row: Row, next: Values): boolean {
  return Object.keys(next).some((column) => (row[column] ?? null) !== (next[column] ?? null))
}
