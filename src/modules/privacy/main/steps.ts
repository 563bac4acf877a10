// A step of an erasure as screens and letters read it.
import type { OutputOf } from '#shared/contract.ts'
import type { privacy } from '../shared/contract.ts'
import type { Category } from '../shared/retention.ts'

type Step = OutputOf<(typeof privacy)['procedures']['erase']>['steps'][number]

interface StepRow {
  id: string
  category: string
  action: string
  until: string | null
  basis: string
  done_at: string | null
  rows: number | null
}
export const rowToStep = (row: StepRow): Step => ({
  id: row.id,
  category: row.category as Category,
  action: row.action as Step['action'],
  until: row.until,
  basis: row.basis,
  doneAt: row.done_at,
  rows: row.rows,
})
