// What SQLite would do for compiled queries: tests fail on statements that walk a whole table.
import type { PreparedQuery } from '#core/store/reader.ts'
import type { TestClinic } from './clinic.ts'

type AnyQuery = Pick<PreparedQuery<never, unknown>, 'sql' | 'bind'>

/** The prepared queries among the exports of a module's query files. */
export function queriesOf(exports: Readonly<Record<string, unknown>>): [string, AnyQuery][] {
  return Object.entries(exports).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && 'sql' in value && 'bind' in value
      ? [[name, value as AnyQuery] as [string, AnyQuery]]
      : [],
  )
}

/** "query: SCAN table" for each step that reads a table from end to end. */
export function tableWalks(clinic: TestClinic, queries: readonly (readonly [string, AnyQuery])[]): string[] {
  const db = clinic.raw()
  const tables = db.prepare(`select name from sqlite_master where type = 'table'`).pluck().all() as string[]
  const walks = queries.flatMap(([name, query]) => {
    // Any value will do: the plan is made without looking at it. JSON lists are read by json_each.
    const values = query.bind.map((b) => (typeof b === 'string' ? '[]' : b.value))
    const plan = db.prepare(`explain query plan ${query.sql}`).all(...values) as { detail: string }[]
    return plan.flatMap(({ detail }) => {
      const scanned = /^SCAN (\w+)/.exec(detail)?.[1]
      // Aliases of tables are one letter.
      const isTable = scanned !== undefined && (tables.includes(scanned) || scanned.length === 1)
      return isTable ? [`${name}: ${detail}`] : []
    })
  })
  db.close()
  return walks
}
