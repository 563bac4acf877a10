// Reading: kysely builds and types the SQL once, the statement runs synchronously on a prepared, cached handle.
// Nothing here can write; the query connection is `query_only` besides.
import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from './database.ts'
import type { ColumnValue } from './table-def.ts'

/** Compiles only: it has no driver, so no statement can be run past the Reader or the Writer. */
export const sqlBuilder: Kysely<Database> = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})
export const readonlyBuilder = sqlBuilder as unknown as ReadonlyKysely<Database>

export type Params = Readonly<Record<string, ColumnValue>>

/** A query compiled at module load: text, and the order in which its named parameters are bound. */
export interface PreparedQuery<P extends Params, O> {
  readonly sql: string
  readonly bind: readonly (string | { readonly value: ColumnValue })[]
  readonly types?: { readonly params: P; readonly row: O }
}

class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * Declares a query once, with named parameters:
 * `preparedQuery<{ id: string }>()((db, p) => db.selectFrom('patient').selectAll().where('id', '=', p.id))`.
 */
export function preparedQuery<P extends Params>() {
  return <O>(build: (db: ReadonlyKysely<Database>, params: P) => Compilable<O>): PreparedQuery<P, O> => {
    const slots = new Proxy({}, { get: (_t, name) => new Slot(String(name)) }) as P
    const compiled = build(readonlyBuilder, slots).compile()
    return {
      // A bare bound LIMIT makes SQLite plan the statement again at every run, since it peeks at the value:
      // ten times the cost of reading a short section. An expression hides the value; the result is the same.
      sql: compiled.sql.replaceAll(/\blimit \?/g, 'limit (? + 0)'),
      bind: compiled.parameters.map((p) => (p instanceof Slot ? p.name : { value: p as ColumnValue })),
    }
  }
}

export interface Reader {
  all<P extends Params, O>(query: PreparedQuery<P, O>, params: P): O[]
  get<P extends Params, O>(query: PreparedQuery<P, O>, params: P): O | undefined
  /** For lists whose filters or order vary; compiled at each call, so not for hot paths. */
  list<O>(build: (db: ReadonlyKysely<Database>) => Compilable<O>): O[]
}

/** The part of a driver connection that reading needs. */
export interface StatementSource {
  prepare(sql: string): { all(...values: unknown[]): unknown[]; get(...values: unknown[]): unknown }
}

type Statement = ReturnType<StatementSource['prepare']>

export function createReader(source: StatementSource): Reader {
  const statements = new Map<string, Statement>()
  const statement = (sql: string): Statement => {
    let found = statements.get(sql)
    if (!found) {
      found = source.prepare(sql)
      statements.set(sql, found)
    }
    return found
  }
  const values = <P extends Params>(query: PreparedQuery<P, unknown>, params: P): unknown[] =>
    query.bind.map((b) => {
      if (typeof b !== 'string') return b.value
      const value = params[b]
      if (value === undefined) throw new Error(`query parameter "${b}" was not given`)
      return value
    })
  return {
    all: <P extends Params, O>(query: PreparedQuery<P, O>, params: P) =>
      statement(query.sql).all(...values(query, params)) as O[],
    get: <P extends Params, O>(query: PreparedQuery<P, O>, params: P) =>
      statement(query.sql).get(...values(query, params)) as O | undefined,
    list: <O>(build: (db: ReadonlyKysely<Database>) => Compilable<O>) => {
      const compiled: CompiledQuery = build(readonlyBuilder).compile()
      return source.prepare(compiled.sql).all(...compiled.parameters) as O[]
    },
  }
}
