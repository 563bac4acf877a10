// Statements of a catalogue's file, generated from the description of its tables.
import type { ColumnKind } from '../store/table-def.ts'
import type { CatalogueSearch, CatalogueTable, CatalogueTables } from './definition.ts'

const types: Readonly<Record<ColumnKind, string>> = {
  text: 'text not null',
  'text?': 'text',
  int: 'integer not null',
  'int?': 'integer',
  real: 'real not null',
  'real?': 'real',
  blob: 'blob not null',
  'blob?': 'blob',
}

const isSearch = (table: CatalogueTable | CatalogueSearch): table is CatalogueSearch => 'search' in table

export function createStatements(tables: CatalogueTables): string[] {
  const made = Object.entries(tables).map(([name, table]) =>
    isSearch(table) ? createSearch(name) : createTable(name, table),
  )
  return ['create table catalogue_meta (name text primary key, value text not null) strict', ...made]
}

function createTable(name: string, { columns, key }: CatalogueTable): string {
  const list = Object.entries(columns).map(([column, kind]) => `${quoted(column)} ${types[kind]}`)
  const isNumbered = key.length === 1 && columns[key[0] ?? ''] === 'int'
  // A single number as key is the rowid itself; all else is clustered by its key.
  const end = isNumbered ? 'strict' : 'strict, without rowid'
  return `create table ${quoted(name)} (${list.join(', ')}, primary key (${key.map(quoted).join(', ')})) ${end}`
}

/** The words only: no positions, no copy of the text. The ascii tokenizer leaves every other letter alone. */
function createSearch(name: string): string {
  return `create virtual table ${quoted(name)} using fts5 (terms, content = '', detail = 'none', tokenize = 'ascii', prefix = '1 2 3 4')`
}

/** Run after the rows: indexes are cheaper to make in one go. */
export function settleStatements(tables: CatalogueTables): string[] {
  return Object.entries(tables).flatMap(([name, table]) =>
    isSearch(table)
      ? [`insert into ${quoted(name)} (${quoted(name)}) values ('optimize')`]
      : (table.indexes ?? []).map(
          (columns) =>
            `create index ${quoted(`${name}_${columns.join('_')}`)} on ${quoted(name)} (${columns.map(quoted).join(', ')})`,
        ),
  )
}

export function insertStatement(
  name: string,
  table: CatalogueTable | CatalogueSearch,
): { text: string; columns: readonly string[] } {
  const columns = isSearch(table) ? ['rowid', 'terms'] : Object.keys(table.columns)
  const places = columns.map(() => '?').join(', ')
  return {
    text: `insert into ${quoted(name)} (${columns.map(quoted).join(', ')}) values (${places})`,
    columns,
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
