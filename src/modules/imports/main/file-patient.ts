// The patient of a group: found by the source's identity, made, or brought in step; never chosen by what a file says
// about a person (PAR-04).
import type { CommandContext } from '#core/rpc/context.ts'
import { addCareTeam, createPatient, patientOf, updatePatientFromSource } from '#modules/patients/main/api.ts'
import type { Patient, RegisterPatient } from '#modules/patients/shared/contract.ts'
import type { ProblemCode } from '../shared/limits.ts'
import type { FilingEnv, GroupItem } from './plan.ts'
import { type Former, formerOf, formerText, voidReasons } from './former.ts'
import { findPatientLink, isOlderThan, type Link, wasSuperseded } from './links.ts'
import { identityDiffers, identityFields, type ListName, listNames, mergePatient } from './merge-patient.ts'
import { readPatient } from './read-patient.ts'
import * as q from './queries.ts'
import type { ResourceKey } from './references.ts'
import { originalOf } from './staged.ts'
import { sourceRow } from './source-row.ts'
import { importReview, sourceResource } from './tables.ts'
import type { Outcome } from './tally.ts'

export interface FoundPatient {
  readonly id: string | null
  readonly isNew: boolean
  /** Why nothing of the group is filed: the id belongs to somebody else here, or the patient is not this doctor's. */
  readonly refused: ProblemCode | null
  /** What is here is newer: this version changes nothing and is still to be kept. */
  readonly isOlder: boolean
}

const unknown: FoundPatient = { id: null, isNew: false, refused: null, isOlder: false }

export function filePatient(
  ctx: CommandContext,
  env: FilingEnv,
  outcome: Outcome,
  key: ResourceKey,
  item: GroupItem | undefined,
): FoundPatient {
  const link = findPatientLink(ctx.read, key)
  const current = link?.mapped_id ? patientOf(ctx.read, link.mapped_id) : undefined
  const incoming = item?.draft?.table === 'patient' ? item.draft.patient : undefined
  if (current && env.scope === 'o' && !env.services.isRelated(ctx.read, ctx.actor, current.id, ctx.now)) {
    return { ...unknown, refused: 'NOT_YOURS' }
  }
  if (!item || (!incoming && !current)) {
    // A Patient that cannot be read as one is kept as it came, with all that hangs on it.
    if (item) keepUnread(ctx, env, outcome, item, link, current?.id ?? null)
    return current ? { ...unknown, id: current.id } : unknown
  }
  if (!current || !link) {
    if (!incoming) return unknown
    const id = createPatient(ctx, incoming)
    addCareTeam(ctx, id, env.careTeam, 'import')
    writeSource(ctx, env, item, link, id, { rev: 1, made: true, ...(link ? { source: link.id } : {}) })
    outcome.created += 1
    outcome.count('Patient', item.fileId, 'mapped', false)
    return { ...unknown, id, isNew: true }
  }
  if (link.digest === item.digest) {
    outcome.count('Patient', item.fileId, 'mapped', true)
    return { ...unknown, id: current.id }
  }
  const before = asLastFiled(ctx, link, key)
  if (incoming && identityDiffers(incoming, current) && (!before || identityDiffers(incoming, before))) {
    return { ...unknown, refused: 'IDENTITY_MISMATCH' }
  }
  if (isOlderThan(ctx.read, link, item)) return { ...unknown, id: current.id, isOlder: true }
  const former = incoming ? bringInStep(ctx, env, outcome, { link, current, before, incoming }) : null
  const isOldNews = former === null && wasSuperseded(ctx.read, key, item.digest)
  if (!isOldNews) {
    const untouched = { source: link.id, rev: formerOf(link.former).rev, made: false }
    writeSource(ctx, env, item, link, current.id, former ?? untouched)
    outcome.updated += 1
  }
  outcome.count('Patient', item.fileId, 'mapped', isOldNews)
  return { ...unknown, id: current.id }
}

interface Versions {
  readonly link: Link
  readonly current: Patient
  /** As the source said it the last time; absent where that cannot be read any more. */
  readonly before: RegisterPatient | undefined
  readonly incoming: RegisterPatient
}

/** Takes over what the source changed and nobody changed here; the rest is put up for review. */
function bringInStep(
  ctx: CommandContext,
  env: FilingEnv,
  outcome: Outcome,
  versions: Versions,
): Former | null {
  const { link, current, before, incoming } = versions
  const { changes, contested } = mergePatient(before ?? current, incoming, current)
  if (contested.length > 0) {
    ctx.write.insert(importReview, {
      batch_id: env.batchId,
      patient_id: current.id,
      table_name: 'patient',
      row_id: current.id,
      columns: JSON.stringify(contested),
      created_at: ctx.now,
    })
    outcome.reviews += 1
  }
  if (!updatePatientFromSource(ctx, current.id, changes)) return null
  const after = patientOf(ctx.read, current.id)
  if (!after) throw new Error('a patient is gone in its own transaction')
  return { source: link.id, rev: after.rev, made: false, patient: undoOf(current, after) }
}

/** What brings the patient back to how it was: former fields and items, and the items that were not there. */
function undoOf(was: Patient, is: Patient): NonNullable<Former['patient']> {
  const fields: Partial<RegisterPatient> = {}
  const added: [ListName, string][] = []
  for (const field of identityFields) {
    if (was[field] !== is[field]) Object.assign(fields, { [field]: was[field] })
  }
  for (const list of listNames) {
    const before = new Map<string, unknown>(was[list].map((i) => [i.id, i]))
    const changed = is[list].filter(
      (i) => before.has(i.id) && JSON.stringify(before.get(i.id)) !== JSON.stringify(i),
    )
    if (changed.length > 0) Object.assign(fields, { [list]: changed.map((i) => before.get(i.id)) })
    for (const item of is[list]) if (!before.has(item.id)) added.push([list, item.id])
  }
  return { fields, added }
}

function asLastFiled(ctx: CommandContext, link: Link, key: ResourceKey): RegisterPatient | undefined {
  const row = ctx.read.get(q.contentOfSource, { id: link.id })
  return row && readPatient(originalOf(row.content), key[2])
}

function keepUnread(
  ctx: CommandContext,
  env: FilingEnv,
  outcome: Outcome,
  item: GroupItem,
  link: Link | undefined,
  patientId: string | null,
): void {
  const isUnchanged = link?.digest === item.digest
  if (!isUnchanged) {
    const former = link
      ? { source: link.id, rev: formerOf(link.former).rev, made: false }
      : { rev: 1, made: true }
    writeSource(ctx, env, item, link, patientId, former)
    outcome[link ? 'updated' : 'created'] += 1
  }
  outcome.count('Patient', item.fileId, 'kept', isUnchanged)
}

function writeSource(
  ctx: CommandContext,
  env: FilingEnv,
  item: GroupItem,
  link: Link | undefined,
  patientId: string | null,
  former: Former,
): void {
  if (link) ctx.write.void(sourceResource, link.id, 'any', voidReasons.superseded)
  ctx.write.insert(sourceResource, {
    ...sourceRow(env.batchId, patientId, item),
    mapped_table: patientId === null ? null : 'patient',
    mapped_id: patientId,
    open_refs: 0,
    former: formerText(former),
  })
}
