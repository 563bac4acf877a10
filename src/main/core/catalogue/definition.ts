// How a module describes a catalogue: public reference data (codes, drugs, substances) in a read-only file of its own,
// made from sources under resources/codesets. Tables are data, queries are built by kysely: no SQL text in modules.
import type { Compilable } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import { type Params, preparedQuery, type PreparedQuery } from '../store/reader.ts'
import type { Columns, ColumnValue, ValueOf } from '../store/table-def.ts'
import type { SourceFiles } from './sources.ts'

/** Rows lie in the order of the key: what is read together should share its beginning. */
export interface CatalogueTable {
  readonly columns: Columns
  readonly key: readonly string[]
  readonly indexes?: readonly (readonly string[])[]
}

/**
 * Full-text words of rows. Terms come folded (foldText) and are kept as a word list only: found by whole words and by
 * beginnings of words, in order of `rowid`. Give rowids in order of importance, and no sort is needed at all.
 */
export interface CatalogueSearch {
  readonly search: 'words'
}

export type CatalogueTables = Readonly<Record<string, CatalogueTable | CatalogueSearch>>

type RowOfTable<T> = T extends CatalogueTable
  ? { -readonly [C in keyof T['columns']]: ValueOf<T['columns'][C]> }
  : { rowid: number; terms: string }

/** The database type that kysely builds queries against. */
export type CatalogueRows<T extends CatalogueTables> = { [K in keyof T]: RowOfTable<T[K]> }
export type CatalogueRow<T extends CatalogueTables> = {
  [K in keyof T & string]: readonly [table: K, row: Readonly<RowOfTable<T[K]>>]
}[keyof T & string]

/** What people are told about where the data comes from. */
export interface Edition {
  /** Name of the catalogue as its publisher writes it: "ICD-10-CM". */
  readonly title: string
  /** As its publisher calls it: "FY 2021 (January 2021)". */
  readonly edition: string
  readonly source: string
  readonly licence: string
}

export interface CatalogueDef<T extends CatalogueTables = CatalogueTables> {
  /** Kebab-case; part of the file's name. */
  readonly name: string
  /** Raise it when `rows` makes other rows than before: built files are then made anew. */
  readonly version: number
  readonly tables: T
  readonly edition: Edition
  /** Paths below resources/codesets; `.gz` is unpacked. */
  readonly sources: readonly string[]
  /**
   * Every row of the bundled edition. Pulled in slices of a few milliseconds: whoever works long before a row is there
   * yields `null` meanwhile, so that the program can look after everything else.
   */
  readonly rows: (files: SourceFiles) => Iterable<CatalogueRow<T> | null>
}

/** Without the types of its tables: what the machine needs to know. */
export type AnyCatalogue = Omit<CatalogueDef, 'rows' | 'tables'> & {
  readonly tables: CatalogueTables
  readonly rows: (files: SourceFiles) => Iterable<readonly [table: string, row: CatalogueValues] | null>
}
export type CatalogueValues = Readonly<Record<string, ColumnValue>>

export function catalogue<const T extends CatalogueTables>(def: CatalogueDef<T>): CatalogueDef<T> {
  return def
}

/**
 * Queries on one catalogue, compiled at module load as `preparedQuery` does it:
 * `const query = catalogueQueries(icd10cm); const byCode = query<{ code: string }>()((db, p) => db.selectFrom(...))`.
 * Words: `where(sql<boolean>`problem_search match ${p.match}`)` with a text of `matchWords`.
 */
export function catalogueQueries<T extends CatalogueTables>(_def: CatalogueDef<T>) {
  return <P extends Params>() =>
    preparedQuery<P>() as unknown as <O>(
      build: (db: ReadonlyKysely<CatalogueRows<T>>, params: P) => Compilable<O>,
    ) => PreparedQuery<P, O>
}

/** A loaded edition as the clinic's database names it: a file in the clinic's folder and what it must contain. */
export interface LoadedEdition {
  readonly file: string
  /** SHA-256 of the file, hexadecimal. */
  readonly digest: string
}

export interface OpenCatalogue {
  readonly edition: Edition
  /** Rows of its first table. */
  readonly rows: number
  /** Changes with the edition: whatever is kept in memory belongs to one key. */
  readonly key: string
  all<P extends Params, O>(query: PreparedQuery<P, O>, params: P): O[]
  get<P extends Params, O>(query: PreparedQuery<P, O>, params: P): O | undefined
}

export interface Catalogues {
  /** Throws UNAVAILABLE while the bundled edition is being made, or when a loaded one is not on this computer. */
  open(def: AnyCatalogue, loaded?: LoadedEdition | null): OpenCatalogue
  /** Resolves when the bundled edition can be opened; begins to make it where nobody has. */
  ready(def: AnyCatalogue): Promise<void>
  /** Makes a file of another edition in the clinic's folder. It is used by nobody until it is opened by name. */
  stage<T extends CatalogueTables>(
    def: CatalogueDef<T>,
    edition: Edition,
    rows: AsyncIterable<CatalogueRow<T> | null> | Iterable<CatalogueRow<T> | null>,
    signal?: AbortSignal,
  ): Promise<LoadedEdition>
  /** Removes a staged file; one that is gone already is no error. */
  discard(file: string): void
  /** Every catalogue that the modules of this program bring along. */
  known(): readonly AnyCatalogue[]
  /** The bundled source files, for importers of newer editions that build on them. */
  files(def: AnyCatalogue): SourceFiles
}
