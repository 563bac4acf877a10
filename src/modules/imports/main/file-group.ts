// Files one group, a patient's resources or a part of the clinic level, inside one open transaction:
// decides for each resource whether it is new, known or changed, gives out ids, then writes rows and originals.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { ProblemCode } from '../shared/limits.ts'
import { type Former, formerOf, formerText, voidReasons } from './former.ts'
import { findLink, type KnownTargets, type Link, wasSuperseded } from './links.ts'
import { type Cell, clinicTables, type RowDraft } from './map/map-resource.ts'
import { filePatient } from './file-patient.ts'
import { keyText, type ResourceKey } from './references.ts'
import { refValues } from './ref-values.ts'
import { askForReview, changeRow } from './change-row.ts'
import type { StagedResource } from './staged.ts'
import { importProblem, sourceResource } from './tables.ts'
import { Outcome } from './tally.ts'
import { type StoredRow, type Target, targetOf } from './targets.ts'
import { losersOf } from './versions.ts'
import { waitingFor } from './waiting.ts'

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
}

export interface Filed {
  readonly outcome: Outcome
  /** Null: the patient is not known here, or the group is of the clinic level. */
  readonly patientId: string | null
  readonly isRefused: boolean
}

export function fileGroup(ctx: CommandContext, env: FilingEnv, group: Group): Filed {
  const outcome = new Outcome()
  const problem = problemWriter(ctx, env.batchId)
  const { patientKey } = group
  const patientItem = group.items.find((i) => !i.isOld && patientKey && keyText(i.key) === keyText(patientKey))
  const found = patientKey ? filePatient(ctx, env, outcome, patientKey, patientItem) : null
  if (found?.isRefused) {
    for (const item of group.items) refuse(outcome, problem, item)
    return { outcome, patientId: null, isRefused: true }
  }
  const patientId = found?.id ?? null
  const filing: Filing = { ctx, env, patientId, patientKey, outcome, plans: new Map(), reports: new Map() }
  const items = found?.isNew && patientKey ? withWaiting(ctx, group.items, patientKey) : group.items
  const times = timesOf(items)
  for (const item of items) if (!item.isOld && item !== patientItem) plan(filing, item, times, problem)
  for (const p of filing.plans.values()) noteReport(filing, p)
  for (const p of filing.plans.values()) notePanel(filing, p)
  for (const p of filing.plans.values()) write(filing, p)
  for (const item of items) if (item.isOld) keepOldVersion(filing, item, patientItem)
  env.known.forget(items.map((i) => keyText(i.key)))
  if (patientKey === null) env.known.forgetIdentifiers()
  return { outcome, patientId, isRefused: false }
}

/** Marks which items stand below a newer version in the same list. */
export function withVersions(items: readonly Omit<GroupItem, 'isOld'>[]): GroupItem[] {
  const losers = losersOf(items)
  return items.map((item, i) => ({ ...item, isOld: losers.has(i) }))
}

function withWaiting(ctx: CommandContext, items: readonly GroupItem[], patientKey: ResourceKey): GroupItem[] {
  const here = new Set(items.map((i) => keyText(i.key)))
  return [...items, ...waitingFor(ctx.read, patientKey).filter((i) => !here.has(keyText(i.key)))]
}

type ProblemWriter = (item: GroupItem, code: ProblemCode) => void

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

function refuse(outcome: Outcome, problem: ProblemWriter, item: GroupItem): void {
  problem(item, 'IDENTITY_MISMATCH')
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
    const encounter = draft && draft.table !== 'patient' && draft.refs.find((r) => r.column === 'encounter_id')?.to[0]
    const at = encounter ? times.get(keyText(encounter)) : undefined
    if (at !== undefined && !times.has(keyText(key))) times.set(keyText(key), at)
  }
  return times
}

function plan(filing: Filing, item: GroupItem, times: ReadonlyMap<string, number>, problem: ProblemWriter): void {
  const { ctx, patientId, outcome } = filing
  const subject = filing.patientKey && keyText(filing.patientKey)
  const link = findLink(ctx.read, item.key, patientId, subject)
  if (link === 'other') return refuse(outcome, problem, item)
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
  const correct = current !== undefined && target.isAppend && current.voided_at === null && differs(draft, current)
  const rowId = kept && current && !correct ? kept : ctx.mint(times.get(name))
  filing.plans.set(name, { ...base, rowId, current, isUnchanged: false })
}

/** Whether the resource itself says something else now; columns that come by reference are seen to later. */
function differs(draft: RowDraft, current: StoredRow): boolean {
  const byReference = new Set(draft.refs.map((r) => r.column))
  return Object.entries(draft.row).some(([c, value]) => !byReference.has(c) && (current[c] ?? null) !== (value ?? null))
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

function write(filing: Filing, p: Plan): void {
  const { outcome } = filing
  const count = (isUnchanged: boolean) =>
    outcome.count(p.item.key[1], p.item.fileId, p.rowId === null ? 'kept' : 'mapped', isUnchanged)
  if (p.isUnchanged) return count(true)
  if (!p.target || !p.draft || p.rowId === null) {
    writeWithoutRow(filing, p)
    return count(false)
  }
  const refs = refValues(filing, p.item, p.draft)
  const values: Record<string, Cell> = { ...p.draft.row, ...refs.values }
  if (p.current && p.current.id === p.rowId) {
    const wanted = { ...clearedRefs(p.target, p.draft), ...values }
    for (const column of refs.openColumns) if (wanted[column] === null) delete wanted[column]
    return count(!changeKnown(filing, p, wanted, refs.open))
  }
  const replaced = p.current
  if (replaced) filing.ctx.write.void(p.target.table, replaced.id, 'any', voidReasons.superseded)
  insertRow(filing, p.target, p.rowId, values)
  writeSource(filing, p, refs.open, {
    ...newRow,
    ...(p.link ? { source: p.link.id } : {}),
    ...(replaced ? { replaced: replaced.id } : {}),
  })
  outcome[p.link ? 'updated' : 'created'] += 1
  count(false)
}

/** Kept as source. Where an earlier version has a row, that row stays, and a person is asked to look at it. */
function writeWithoutRow(filing: Filing, p: Plan): void {
  const { link } = p
  writeSource(filing, p, 0, link ? { source: link.id, rev: formerOf(link.former).rev, made: false } : newRow)
  filing.outcome[link ? 'updated' : 'created'] += 1
  if (link?.mapped_table && link.mapped_id) askForReview(filing, link.mapped_table, link.mapped_id, ['*'])
}

const newRow: Former = { rev: 1, made: true }

function insertRow(filing: Filing, target: Target, id: string, values: Readonly<Record<string, Cell>>): void {
  const owner = target.table.ofPatient ? { patient_id: filing.patientId } : {}
  filing.ctx.write.insert(target.table, { id, ...owner, ...values } as never)
}

/** A reference that the source no longer makes is taken out. */
function clearedRefs(target: Target, draft: RowDraft): Record<string, Cell> {
  const made = new Set(draft.refs.map((r) => r.column))
  return Object.fromEntries(target.refColumns.filter((c) => !made.has(c)).map((c) => [c, null]))
}

/** Returns whether anything is new: in the row, or in the text of the original. */
function changeKnown(filing: Filing, p: Plan, values: Readonly<Record<string, Cell>>, open: number): boolean {
  const { ctx } = filing
  const { target, current, link, item } = p
  if (!target || !current || !link) return false
  const change = changeRow(filing, target, current, values, formerOf(link.former).rev)
  const sameText = link.digest === item.digest
  const isOldNews = sameText || wasSuperseded(ctx.read, item.key, item.digest)
  if (!change && isOldNews && link.patient_id === filing.patientId) return false
  const rev = change?.rev ?? formerOf(link.former).rev
  writeSource(filing, p, open, {
    source: link.id,
    rev,
    made: false,
    ...(change ? { set: change.former } : {}),
  })
  filing.outcome.updated += 1
  return true
}

/** The new original takes the place of the known one. */
function writeSource({ ctx, env, patientId, patientKey }: Filing, p: Plan, openRefs: number, former: Former): void {
  const { item, target, rowId, link } = p
  const [ns, type, id] = item.key
  if (link) ctx.write.void(sourceResource, link.id, 'any', voidReasons.superseded)
  ctx.write.insert(sourceResource, {
    batch_id: env.batchId,
    patient_id: patientId,
    source_ns: ns,
    resource_type: type,
    source_id: id,
    digest: item.digest,
    content: item.content,
    mapped_table: rowId === null ? (link?.mapped_table ?? null) : (target?.name ?? null),
    mapped_id: rowId ?? link?.mapped_id ?? null,
    clinical_at: item.clinicalAt,
    title: item.title,
    subject_key: patientKey && patientId === null ? keyText(patientKey) : null,
    open_refs: openRefs,
    former: formerText(former),
  })
}

/** A version that a newer one of the same batch stands above: kept, out of sight, unless it is kept already. */
function keepOldVersion(filing: Filing, item: GroupItem, patientItem: GroupItem | undefined): void {
  const { ctx, outcome } = filing
  const winner = filing.plans.get(keyText(item.key))
  const isPatient = patientItem !== undefined && keyText(patientItem.key) === keyText(item.key)
  const top = isPatient ? patientItem : winner?.item
  if (top?.digest === item.digest) {
    const mapped = isPatient ? filing.patientId !== null : winner !== undefined && winner.rowId !== null
    return outcome.count(item.key[1], item.fileId, mapped ? 'mapped' : 'kept', true)
  }
  if (winner?.link?.digest === item.digest || wasSuperseded(ctx.read, item.key, item.digest)) {
    return outcome.count(item.key[1], item.fileId, 'kept', true)
  }
  const [ns, type, id] = item.key
  const kept = ctx.write.insert(sourceResource, {
    batch_id: filing.env.batchId,
    patient_id: filing.patientId,
    source_ns: ns,
    resource_type: type,
    source_id: id,
    digest: item.digest,
    content: item.content,
    clinical_at: item.clinicalAt,
    title: item.title,
    open_refs: 0,
  })
  ctx.write.void(sourceResource, kept, 'any', voidReasons.superseded)
  outcome.created += 1
  outcome.count(item.key[1], item.fileId, 'kept', false)
}
