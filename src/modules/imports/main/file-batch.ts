// Files a staged batch: the clinic level first, so that visits find their people and places, then one transaction a
// patient. Stops after the patient in hand when asked to, and goes on from there another day.
import type { CommandContext } from '#core/rpc/context.ts'
import type { JobContext, Services } from '#core/rpc/services.ts'
import { AppError } from '#shared/errors.ts'
import type { Scope } from '#shared/permissions.ts'
import { limits } from '../shared/limits.ts'
import { countsOf, saveProgress, settle } from './batches.ts'
import { type Filed, fileGroup, withVersions } from './file-group.ts'
import { KnownTargets } from './links.ts'
import type { FilingEnv, Group, GroupItem } from './plan.ts'
import * as q from './queries.ts'
import { parseKey } from './references.ts'
import { GroupTooLarge, unpackStaged } from './staged.ts'
import { importFile, importGroup, importProblem } from './tables.ts'
import type { Counts, FileTally } from './tally.ts'
import { losersOf } from './versions.ts'

interface Part {
  readonly file_id: string
  readonly part: number
}

interface Run {
  readonly desk: JobContext
  readonly env: FilingEnv
  counts: Counts
  /** Groups that an error of ours kept from being filed: they go on waiting. */
  failed: number
}

export async function fileBatch(
  desk: JobContext,
  services: Services,
  batchId: string,
  careTeam: readonly string[],
  scope: Scope | undefined,
): Promise<void> {
  const row = desk.read((read) => read.get(q.batchById, { id: batchId }))
  if (!row) throw new AppError('NOT_FOUND')
  const env: FilingEnv = { services, batchId, careTeam, scope, known: new KnownTargets() }
  const run: Run = { desk, env, counts: desk.read((read) => countsOf(read, row)), failed: 0 }
  const keys = desk.read((read) => read.all(q.groupsWaiting, { batch: batchId })).map((g) => g.group_key)
  for (const key of keys) {
    if (key === '') await fileClinicLevel(run)
    else {
      await breathe()
      if (desk.signal.aborted) break
      filePatientGroup(run, key)
    }
  }
  const status = desk.signal.aborted || run.failed > 0 ? 'cancelled' : 'done'
  const detail = `${run.counts.filed} of ${run.counts.groups}`
  desk.transact({ action: `import.${status}`, category: 'system', detail }, (ctx) =>
    settle(ctx, batchId, status, run.counts),
  )
}

/** Between transactions everybody else's calls get their turn. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Its parts are filed one by one; which version of a resource counts is decided over all of them. */
async function fileClinicLevel(run: Run): Promise<void> {
  const { desk, env } = run
  const parts = desk.read((read) => read.all(q.groupPartNames, { batch: env.batchId, key: '' }))
  const old = oldVersionsIn(run, parts)
  for (const [i, part] of parts.entries()) {
    await breathe()
    if (desk.signal.aborted) return
    const isLast = i === parts.length - 1
    file(run, 'import.file-clinic', [part], isLast, (content) => ({
      patientKey: null,
      items: content
        .flatMap(({ items }) => items)
        .map((item, n) => ({ ...item, isOld: old.has(nameOf(part, n)) })),
    }))
  }
}

const nameOf = ({ file_id, part }: Part, n: number) => `${file_id}/${part}/${n}`

function oldVersionsIn({ desk, env }: Run, parts: readonly Part[]): Set<string> {
  const names: string[] = []
  const versions = parts.flatMap((part) => {
    const row = desk.read((read) =>
      read.get(q.groupPart, { batch: env.batchId, key: '', file: part.file_id, part: part.part }),
    )
    if (!row) return []
    return unpackStaged(row.content).map(({ key, versionMs, digest }, n) => {
      names.push(nameOf(part, n))
      return { key, versionMs, digest }
    })
  })
  return new Set([...losersOf(versions)].map((i) => names[i] ?? ''))
}

function filePatientGroup(run: Run, key: string): void {
  const parts = run.desk.read((read) => read.all(q.groupPartNames, { batch: run.env.batchId, key }))
  file(
    run,
    'import.file-patient',
    parts,
    true,
    (content) => ({
      patientKey: parseKey(key),
      items: withVersions(content.flatMap(({ items }) => items)),
    }),
    key,
  )
}

interface PartContent {
  readonly items: readonly Omit<GroupItem, 'isOld'>[]
}

/** One transaction: rows, originals, problems, counts and the end of the staged blobs stand or fall together. */
function file(
  run: Run,
  action: string,
  parts: readonly Part[],
  endsGroup: boolean,
  toGroup: (content: readonly PartContent[]) => Group,
  key = '',
): void {
  const { desk, env } = run
  // The patient is known only once the work is done; the audit entry is written after it, from this list.
  const patients: string[] = []
  const audit = { action, category: 'clinical' as const, patients, detail: env.batchId }
  try {
    run.counts = desk.transact(audit, (ctx) => {
      const room = { left: limits.groupBytes }
      const content = parts.flatMap((part) => {
        const row = ctx.read.get(q.groupPart, {
          batch: env.batchId,
          key,
          file: part.file_id,
          part: part.part,
        })
        return row
          ? [{ items: unpackStaged(row.content, room).map((item) => ({ ...item, fileId: row.file_id })) }]
          : []
      })
      const filed = fileGroup(ctx, env, toGroup(content))
      if (filed.patientId) patients.push(filed.patientId)
      return conclude(ctx, run, { key, parts, endsGroup, filed })
    })
  } catch (error) {
    // Storage trouble is not the group's fault: the job ends, and can be started again.
    if (error instanceof AppError && error.code === 'UNAVAILABLE') throw error
    if (error instanceof GroupTooLarge) return refuseLargeGroup(run, parts, key, endsGroup)
    run.failed += 1
    env.services.log.error('a group was not filed', { job: 'imports', error })
    // It may have remembered rows that are rolled back now.
    env.known.clear()
    desk.transact({ action: 'import.not-filed', category: 'system' }, (ctx) =>
      listNotFiled(ctx, env, parts, key),
    )
  }
}

/** More than filing can hold at once: refused whole, without looking into it. */
function refuseLargeGroup(run: Run, parts: readonly Part[], key: string, endsGroup: boolean): void {
  const { desk, env } = run
  run.counts = desk.transact({ action: 'import.refuse-group', category: 'system' }, (ctx) => {
    let refused = 0
    for (const { file_id, part } of parts) {
      const row = ctx.read.get(q.groupPart, { batch: env.batchId, key, file: file_id, part })
      if (!row) continue
      refused += row.resources
      addToFile(ctx, file_id, { mapped: 0, kept: 0, refused: row.resources })
    }
    for (const fileId of new Set(parts.map((p) => p.file_id))) {
      ctx.write.putLocal(importProblem, {
        id: ctx.mint(),
        batch_id: env.batchId,
        file_id: fileId,
        place: '',
        code: 'TOO_LARGE',
        detail: null,
      })
    }
    dropParts(ctx, env.batchId, key, parts, 'refused')
    return save(ctx, env.batchId, { ...run.counts, refused: run.counts.refused + refused }, endsGroup)
  })
}

interface Conclusion {
  readonly key: string
  readonly parts: readonly Part[]
  readonly endsGroup: boolean
  readonly filed: Filed
}

function conclude(
  ctx: CommandContext,
  { env, counts }: Run,
  { key, parts, endsGroup, filed }: Conclusion,
): Counts {
  dropParts(ctx, env.batchId, key, parts, filed.isRefused ? 'refused' : 'done')
  for (const [fileId, tally] of filed.outcome.byFile) addToFile(ctx, fileId, tally)
  return save(ctx, env.batchId, filed.outcome.addTo(counts), endsGroup)
}

/** An error of ours: nothing of the group is filed, the rest goes on, and the batch can be started again for it. */
function listNotFiled(ctx: CommandContext, env: FilingEnv, parts: readonly Part[], key: string): void {
  for (const part of parts) {
    const row = ctx.read.get(q.groupPart, { batch: env.batchId, key, file: part.file_id, part: part.part })
    if (!row) continue
    for (const item of unpackStaged(row.content)) {
      ctx.write.putLocal(importProblem, {
        id: ctx.mint(),
        batch_id: env.batchId,
        file_id: row.file_id,
        place: item.place,
        code: 'NOT_FILED',
        detail: item.key[1],
      })
    }
  }
}

function save(ctx: CommandContext, batchId: string, counts: Counts, endsGroup: boolean): Counts {
  const next = endsGroup ? { ...counts, filed: counts.filed + 1 } : counts
  saveProgress(ctx, batchId, next)
  return next
}

function dropParts(
  ctx: CommandContext,
  batchId: string,
  key: string,
  parts: readonly Part[],
  status: string,
): void {
  for (const { file_id, part } of parts) {
    const row = ctx.read.get(q.groupPart, { batch: batchId, key, file: file_id, part })
    if (!row) continue
    ctx.write.putLocal(importGroup, {
      batch_id: batchId,
      group_key: key,
      file_id,
      part,
      resources: row.resources,
      status,
      content: new Uint8Array(0),
    })
  }
}

function addToFile(ctx: CommandContext, fileId: string, tally: FileTally): void {
  const row = fileId === '' ? undefined : ctx.read.get(q.fileById, { id: fileId })
  if (!row) return
  ctx.write.putLocal(importFile, {
    ...row,
    mapped: row.mapped + tally.mapped,
    kept: row.kept + tally.kept,
    refused: row.refused + tally.refused,
  })
}
