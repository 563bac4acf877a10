// Files one group, a patient's resources or a part of the clinic level, inside one open transaction: the patient first,
// then a plan, then rows and originals.
import type { CommandContext } from '#core/rpc/context.ts'
import { askForReview, changeRow } from './change-row.ts'
import { filePatient } from './file-patient.ts'
import { type Former, formerOf, formerText, voidReasons } from './former.ts'
import { findLink, wasSuperseded } from './links.ts'
import type { Cell, RowDraft } from './map/map-resource.ts'
import {
  type Filing,
  type FilingEnv,
  type Group,
  type GroupItem,
  type Plan,
  planGroup,
  problemWriter,
  refuse,
} from './plan.ts'
import { refValues } from './ref-values.ts'
import { keyText, type ResourceKey } from './references.ts'
import { sourceRow } from './source-row.ts'
import { sourceResource } from './tables.ts'
import { Outcome } from './tally.ts'
import type { Target } from './targets.ts'
import { losersOf } from './versions.ts'
import { waitingFor } from './waiting.ts'

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
  const patientItem = group.items.find(
    (i) => !i.isOld && patientKey && keyText(i.key) === keyText(patientKey),
  )
  const found = patientKey ? filePatient(ctx, env, outcome, patientKey, patientItem) : null
  if (found?.refused) {
    for (const item of group.items) refuse(outcome, problem, item, found.refused)
    return { outcome, patientId: null, isRefused: true }
  }
  const patientId = found?.id ?? null
  const filing: Filing = {
    ctx,
    env,
    patientId,
    patientKey,
    outcome,
    plans: new Map(),
    reports: new Map(),
    older: found?.isOlder && patientItem ? [patientItem] : [],
  }
  const items = found?.isNew && patientKey ? withWaiting(ctx, group.items, patientKey) : group.items
  planGroup(
    filing,
    items.filter((i) => !i.isOld && i !== patientItem),
    problem,
  )
  for (const p of filing.plans.values()) write(filing, p)
  for (const item of [...items.filter((i) => i.isOld), ...filing.older]) keepOldVersion(filing, item)
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
function writeSource(
  { ctx, env, patientId, patientKey }: Filing,
  p: Plan,
  openRefs: number,
  former: Former,
): void {
  const { item, target, rowId, link } = p
  if (link) ctx.write.void(sourceResource, link.id, 'any', voidReasons.superseded)
  ctx.write.insert(sourceResource, {
    ...sourceRow(env.batchId, patientId, item),
    mapped_table: rowId === null ? (link?.mapped_table ?? null) : (target?.name ?? null),
    mapped_id: rowId ?? link?.mapped_id ?? null,
    subject_key: patientKey && patientId === null ? keyText(patientKey) : null,
    open_refs: openRefs,
    former: formerText(former),
  })
}

/** A version that a newer one stands above, of the same batch or here already: kept, out of sight, unless it is here already. */
function keepOldVersion(filing: Filing, item: GroupItem): void {
  const { ctx, env, outcome, patientId, patientKey } = filing
  const [, type] = item.key
  const standing = findLink(ctx.read, item.key, patientId, patientKey && keyText(patientKey))
  if (standing && standing !== 'other' && standing.digest === item.digest) {
    return outcome.count(type, item.fileId, standing.mapped_id === null ? 'kept' : 'mapped', true)
  }
  if (wasSuperseded(ctx.read, item.key, item.digest)) return outcome.count(type, item.fileId, 'kept', true)
  const kept = ctx.write.insert(sourceResource, {
    ...sourceRow(env.batchId, patientId, item),
    open_refs: 0,
  })
  ctx.write.void(sourceResource, kept, 'any', voidReasons.older)
  outcome.created += 1
  outcome.count(type, item.fileId, 'kept', false)
}
