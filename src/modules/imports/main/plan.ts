// Decides, before anything is written, what each resource of a group is: new, known or changed; and gives out ids, so
// that rows can name each other whatever their order.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Scope } from '#shared/permissions.ts'
import type { ProblemCode } from '../shared/limits.ts'
import { findLink, isOlderThan, type KnownTargets, type Link } from './links.ts'
import { clinicTables, type RowDraft } from './map/map-resource.ts'
import { keyText, type ResourceKey } from './references.ts'
import type { StagedResource } from './staged.ts'
import { importProblem } from './tables.ts'
import type { Outcome } from './tally.ts'
import { type StoredRow, type Target, targetOf } from './targets.ts'

export interface GroupItem extends StagedResource {
  /** Empty for an original that was here already and has waited for its patient. */
  readonly fileId: string
  /** Another version of it stands above it. */
  readonly isOld: boolean
}

export interface Group {
  /** Identity of the patient at the source; null for the clinic level. */
  readonly patientKey: ResourceKey | null
  readonly items: readonly GroupItem[]
}

export interface FilingEnv {
  readonly services: Services
  readonly batchId: string
  readonly careTeam: readonly string[]
  /** Scope of the person who files: under `o` nothing goes into the charts of others' patients. */
  readonly scope: Scope | undefined
  readonly known: KnownTargets
}

export interface Plan {
  readonly item: GroupItem
  readonly link: Link | undefined
  /** Where its row goes; undefined when it is kept as source only. */
  readonly target: Target | undefined
  readonly draft: RowDraft | undefined
  /** Id of its row, old or new; null without one. */
  readonly rowId: string | null
  /** The row as it is, where one is to be changed or replaced. */
  readonly current: StoredRow | undefined
  readonly isUnchanged: boolean
}

export interface Filing {
  readonly ctx: CommandContext
  readonly env: FilingEnv
  readonly patientId: string | null
  readonly patientKey: ResourceKey | null
  readonly outcome: Outcome
  /** What this group brings, by identity. */
  readonly plans: Map<string, Plan>
  /** Row of the report that an observation belongs to, by the observation's identity. */
  readonly reports: Map<string, string>
  /** Older than what an earlier import brought: kept out of sight. */
  readonly older: GroupItem[]
}

/** Plans for the versions that stand; older ones are looked at when the rest is written. */
export function planGroup(filing: Filing, items: readonly GroupItem[], problem: ProblemWriter): void {
  const times = timesOf(items)
  for (const item of items) planOne(filing, item, times, problem)
  for (const p of filing.plans.values()) noteReport(filing, p)
  for (const p of filing.plans.values()) notePanel(filing, p)
}

export type ProblemWriter = (item: GroupItem, code: ProblemCode) => void

export function problemWriter(ctx: CommandContext, batchId: string): ProblemWriter {
  return (item, code) =>
    ctx.write.putLocal(importProblem, {
      id: ctx.mint(),
      batch_id: batchId,
      file_id: item.fileId,
      place: item.place,
      code,
      detail: item.key[1],
    })
}

export function refuse(
  outcome: Outcome,
  problem: ProblemWriter,
  item: GroupItem,
  code: ProblemCode = 'IDENTITY_MISMATCH',
): void {
  problem(item, code)
  outcome.count(item.key[1], item.fileId, 'refused', false)
}

/** Undated resources stand in the record where what they belong to stands: the report of a result, the visit. */
function timesOf(items: readonly GroupItem[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const item of items) if (item.atMs !== null) times.set(keyText(item.key), item.atMs)
  for (const { draft, atMs } of items) {
    if (atMs === null || draft?.table !== 'diagnostic_report') continue
    for (const ref of draft.refs) {
      if (ref.column !== 'result_ids') continue
      for (const to of ref.to) if (!times.has(keyText(to))) times.set(keyText(to), atMs)
    }
  }
  for (const { key, draft } of items) {
    const encounter =
      draft && draft.table !== 'patient' && draft.refs.find((r) => r.column === 'encounter_id')?.to[0]
    const at = encounter ? times.get(keyText(encounter)) : undefined
    if (at !== undefined && !times.has(keyText(key))) times.set(keyText(key), at)
  }
  return times
}

function planOne(
  filing: Filing,
  item: GroupItem,
  times: ReadonlyMap<string, number>,
  problem: ProblemWriter,
): void {
  const { ctx, patientId, outcome } = filing
  const subject = filing.patientKey && keyText(filing.patientKey)
  const link = findLink(ctx.read, item.key, patientId, subject)
  if (link === 'other') return refuse(outcome, problem, item)
  // One that has waited for its patient is joined first, whichever is the newer.
  if (link && link.patient_id === patientId && isOlderThan(ctx.read, link, item)) {
    filing.older.push(item)
    return
  }
  const draft = item.draft && item.draft.table !== 'patient' ? item.draft : undefined
  const hasRow = draft !== undefined && (patientId !== null || clinicTables.includes(draft.table))
  const target = hasRow ? targetOf(draft.table) : undefined
  const name = keyText(item.key)
  const base = { item, link, target, draft: target ? draft : undefined }
  const arrived = link !== undefined && link.patient_id === null && patientId !== null
  const sameText = link !== undefined && link.digest === item.digest && !arrived
  if (sameText && (link.open_refs === 0 || !target)) {
    filing.plans.set(name, { ...base, rowId: link.mapped_id, current: undefined, isUnchanged: true })
    return
  }
  if (!target || !draft) {
    filing.plans.set(name, { ...base, rowId: null, current: undefined, isUnchanged: false })
    return
  }
  const kept = link?.mapped_id && link.mapped_table === target.name ? link.mapped_id : null
  const current = kept ? ctx.read.get(target.current, { id: kept }) : undefined
  const correct =
    current !== undefined && target.isAppend && current.voided_at === null && differs(draft, current)
  const rowId = kept && current && !correct ? kept : ctx.mint(times.get(name))
  filing.plans.set(name, { ...base, rowId, current, isUnchanged: false })
}

/** Whether the resource itself says something else now; columns that come by reference are seen to later. */
function differs(draft: RowDraft, current: StoredRow): boolean {
  const byReference = new Set(draft.refs.map((r) => r.column))
  return Object.entries(draft.row).some(
    ([c, value]) => !byReference.has(c) && (current[c] ?? null) !== (value ?? null),
  )
}

function noteReport(filing: Filing, { target, draft, rowId }: Plan): void {
  if (target?.name !== 'diagnostic_report' || rowId === null || !draft) return
  for (const ref of draft.refs) {
    if (ref.column === 'result_ids') for (const to of ref.to) filing.reports.set(keyText(to), rowId)
  }
}

/** Members of a panel stand under the report that the panel stands under; without a report they stand alone. */
function notePanel(filing: Filing, { item, draft }: Plan): void {
  const report = draft && draft.members.length > 0 ? filing.reports.get(keyText(item.key)) : undefined
  if (!report || !draft) return
  for (const member of draft.members) {
    const name = keyText(member)
    if (!filing.reports.has(name)) filing.reports.set(name, report)
  }
}
