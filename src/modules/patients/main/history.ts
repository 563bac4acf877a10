// Who changed what in a patient's demographics, read back from the commits, with values before and after.
import type { QueryContext } from '#core/rpc/context.ts'
import type { RowVersion, Services } from '#core/rpc/services.ts'
import { userNames } from '#modules/people/main/api.ts'
import type * as z from 'zod'
import type { HistoryEntry } from '../shared/contract.ts'
import * as q from './queries.ts'
import { found } from './service.ts'

type Entry = z.infer<typeof HistoryEntry>

/** Bookkeeping and links that say nothing to a reader. */
const hidden = new Set(['audit_alias', 'voided_at', 'created_at', 'created_by'])

export function history(
  services: Pick<Services, 'rowHistory'>,
  { read }: QueryContext,
  { patientId, limit }: { patientId: string; limit: number },
): { entries: Entry[] } {
  found(read.get(q.patientById, { id: patientId }))
  const rows = [{ id: patientId, table: 'patient' }, ...read.all(q.childIds, { id: patientId })]
  const versions = rows.flatMap(({ id, table }) =>
    withChanges(services.rowHistory(read, table, id)).map((v) => ({ ...v, table })),
  )
  versions.sort((a, b) => compare(b.version.at, a.version.at) || b.version.seq - a.version.seq)
  const shown = versions.filter((v) => v.changes.length > 0).slice(0, limit)
  const names = userNames(
    read,
    shown.map((v) => v.version.userId).filter((id) => id !== null),
  )
  return {
    entries: shown.map(({ version, table, changes }) => ({
      at: version.at,
      userName: version.userId === null ? null : (names.get(version.userId) ?? null),
      role: version.role,
      action: version.action,
      table,
      changes,
    })),
  }
}

/** Walks from the oldest version on, so that each knows what it replaced. */
function withChanges(
  newestFirst: readonly RowVersion[],
): { version: RowVersion; changes: Entry['changes'] }[] {
  const state = new Map<string, string | null>()
  const told: { version: RowVersion; changes: Entry['changes'] }[] = []
  for (const version of [...newestFirst].reverse()) {
    const changes: Entry['changes'] = []
    for (const [column, value] of Object.entries(version.values)) {
      if (hidden.has(column)) continue
      const before = state.get(column) ?? null
      const after = value === null ? null : String(value)
      state.set(column, after)
      if (before !== after) changes.push({ column, before, after })
    }
    told.push({ version, changes })
  }
  return told
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
