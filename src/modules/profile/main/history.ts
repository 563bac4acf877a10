// Who changed what in one entry, newest first, with the values before and after.
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { userNames } from '#modules/people/main/api.ts'

interface Line {
  at: string
  userName: string | null
  action: string
  changes: { column: string; before: string | null; after: string | null }[]
}

/** Says nothing to a reader. */
const hidden = new Set(['encounter_id', 'voided_at'])

export function entryHistory(services: Services, read: Reader, table: string, id: string): Line[] {
  const versions = [...services.rowHistory(read, table, id)].reverse()
  const names = userNames(read, [...new Set(versions.flatMap((v) => v.userId ?? []))])
  const state = new Map<string, string | null>()
  const lines = versions.map((version) => {
    const changes: Line['changes'] = []
    for (const [column, value] of Object.entries(version.values)) {
      if (hidden.has(column)) continue
      const before = state.get(column) ?? null
      const after = value === null ? null : String(value)
      state.set(column, after)
      if (before !== after) changes.push({ column, before, after })
    }
    const userName = version.userId === null ? null : (names.get(version.userId) ?? null)
    return { at: version.at, userName, action: version.action, changes }
  })
  return lines.filter((line) => line.changes.length > 0).reverse()
}
