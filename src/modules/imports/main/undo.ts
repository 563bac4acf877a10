// Takes a batch back: what it made is voided, what it changed gets its former values, what somebody has built on since
// stays and is counted. One transaction a patient; the whole batch is one act.
import type { CommandContext } from '#core/rpc/context.ts'
import type { JobContext } from '#core/rpc/services.ts'
import type { PreparedQuery, Reader } from '#core/store/reader.ts'
import { preparedQuery } from '#core/store/reader.ts'
import type { SyncedTable } from '#core/store/table-def.ts'
import { chartTables } from '#modules/chart/main/api.ts'
import {
  careTeamTable,
  patientListTables,
  patientOf,
  reindexPatient,
  updatePatientFromSource,
  voidPatient,
} from '#modules/patients/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { sql } from 'kysely'
import { countsOf, saveProgress, settle } from './batches.ts'
import { type Former, formerOf, formerText, voidReasons } from './former.ts'
import { batchById } from './queries.ts'
import { importGroup, importReview, sourceResource } from './tables.ts'
import type { Counts } from './tally.ts'
import { targetOf } from './targets.ts'
import * as u from './undo-queries.ts'

interface SourceRow {
  readonly id: string
  readonly mapped_table: string | null
  readonly mapped_id: string | null
  readonly former: string | null
}

interface Undo {
  readonly ctx: CommandContext
  readonly reason: string
  takenBack: number
  leftStanding: number
}

const clinicRowsPerTransaction = 500
/** Sorts after every UUID. */
const lastId = 'g'

export async function undoBatch(desk: JobContext, batchId: string, reason: string): Promise<void> {
  const row = desk.read((read) => read.get(batchById, { id: batchId }))
  if (!row) throw new AppError('NOT_FOUND')
  let counts: Counts = { ...desk.read((read) => countsOf(read, row)), takenBack: 0, leftStanding: 0 }
  const step = (action: string, patients: readonly string[], run: (undo: Undo) => void) => {
    counts = desk.transact({ action, category: 'clinical', patients, detail: batchId }, (ctx) => {
      const undo: Undo = { ctx, reason: `${voidReasons.undone}: ${reason}`, takenBack: 0, leftStanding: 0 }
      run(undo)
      const next = {
        ...counts,
        takenBack: counts.takenBack + undo.takenBack,
        leftStanding: counts.leftStanding + undo.leftStanding,
      }
      saveProgress(ctx, batchId, next)
      return next
    })
  }
  const patients = desk.read((read) => read.all(u.patientsOfBatch, { batch: batchId }))
  for (const { patient_id: patientId } of patients) {
    await breathe()
    if (desk.signal.aborted || patientId === null) break
    step('import.undo-patient', [patientId], (undo) => undoPatient(undo, batchId, row.created_at, patientId))
  }
  await undoClinicLevel(desk, batchId, step)
  const replaced = desk.read((read) => read.get(u.replacedSince, { batch: batchId }))?.n ?? 0
  counts = { ...counts, leftStanding: counts.leftStanding + replaced }
  const status = desk.signal.aborted ? 'cancelled' : 'undone'
  const detail = `${counts.takenBack} taken back, ${counts.leftStanding} left standing`
  desk.transact({ action: `import.${status}`, category: 'system', detail }, (ctx) => {
    if (status === 'undone') {
      ctx.write.deleteLocal(importGroup, { batch_id: batchId })
      for (const { id } of ctx.read.all(u.reviewsOfBatch, { batch: batchId })) {
        ctx.write.void(importReview, id, 'any', voidReasons.undone)
      }
    }
    settle(ctx, batchId, status, counts)
  })
}

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

type Step = (action: string, patients: readonly string[], run: (undo: Undo) => void) => void

async function undoClinicLevel(desk: JobContext, batchId: string, step: Step): Promise<void> {
  const inUse = new Set(desk.read((read) => read.all(u.peopleInUse, {})).map((r) => r.id))
  for (let before = lastId; ; ) {
    await breathe()
    if (desk.signal.aborted) return
    const page = { batch: batchId, before, limit: clinicRowsPerTransaction }
    const sources = desk.read((read) => read.all(u.clinicSourcesOfBatch, page))
    const last = sources.at(-1)
    if (!last) return
    step('import.undo-clinic', [], (undo) => {
      for (const source of sources) {
        if (source.mapped_id !== null && inUse.has(source.mapped_id)) undo.leftStanding += 1
        else undoSource(undo, source)
      }
    })
    before = last.id
  }
}

function undoPatient(undo: Undo, batchId: string, since: string, patientId: string): void {
  const { ctx } = undo
  const sources = ctx.read.all(u.sourcesOfPatientInBatch, { batch: batchId, patient: patientId })
  if (isBuiltOn(ctx.read, batchId, since, patientId)) {
    undo.leftStanding += sources.length
    return
  }
  // The person comes last: a record with something left in it keeps its owner.
  for (const source of sources) if (source.mapped_table !== 'patient') undoSource(undo, source)
  for (const source of sources) if (source.mapped_table === 'patient') undoPerson(undo, source, patientId)
}

/** Void or restore one row and its original. Another version than the one filed means: somebody has built on it. */
function undoSource(undo: Undo, source: SourceRow): void {
  const { ctx } = undo
  const former = formerOf(source.former)
  if (source.mapped_table === null || source.mapped_id === null) return takeBack(undo, source, former, null)
  const target = targetOf(source.mapped_table)
  const id = source.mapped_id
  const current = ctx.read.get(target.current, { id })
  const isAsFiled = current?.rev === former.rev && current.voided_at === null
  if (former.made) {
    if (!isAsFiled) return leave(undo)
    ctx.write.void(target.table, id, 'any', undo.reason)
    const rev = former.replaced === undefined ? null : ctx.write.restore(target.table, former.replaced, 'any')
    return takeBack(undo, source, former, rev)
  }
  if (former.set === undefined) return takeBack(undo, source, former, null)
  if (!isAsFiled) return leave(undo)
  takeBack(undo, source, former, ctx.write.update(target.table, id, 'any', former.set as never))
}

function undoPerson(undo: Undo, source: SourceRow, patientId: string): void {
  const { ctx } = undo
  const former = formerOf(source.former)
  const current = patientOf(ctx.read, patientId)
  if (former.made) {
    if (undo.leftStanding > 0 || !current || current.rev !== former.rev) return leave(undo)
    for (const { table, ids } of belongings) {
      for (const { id } of ctx.read.all(ids, { patient: patientId }))
        ctx.write.void(table, id, 'any', undo.reason)
    }
    voidPatient(ctx, patientId, undo.reason)
    return takeBack(undo, source, former, null)
  }
  if (!former.patient) return takeBack(undo, source, former, null)
  if (!current || current.rev !== former.rev) return leave(undo)
  for (const [list, id] of former.patient.added)
    ctx.write.void(patientListTables[list], id, 'any', undo.reason)
  updatePatientFromSource(ctx, patientId, former.patient.fields)
  reindexPatient(ctx, patientId)
  takeBack(undo, source, former, patientOf(ctx.read, patientId)?.rev ?? null)
}

function leave(undo: Undo): void {
  undo.leftStanding += 1
}

/** The original it superseded stands again, and knows the version its row has now. */
function takeBack(undo: Undo, source: SourceRow, former: Former, rowRev: number | null): void {
  const { ctx } = undo
  ctx.write.void(sourceResource, source.id, 'any', undo.reason)
  undo.takenBack += 1
  if (former.source === undefined) return
  ctx.write.restore(sourceResource, former.source, 'any')
  const before = ctx.read.get(u.formerOfSource, { id: former.source })
  if (!before || rowRev === null) return
  const rev = { ...formerOf(before.former), rev: rowRev }
  ctx.write.update(sourceResource, former.source, 'any', { former: formerText(rev) })
}

/** Signed notes, drafts, flags, rows made here, or a later import: then the patient's rows stay as they are. */
function isBuiltOn(read: Reader, batchId: string, since: string, patientId: string): boolean {
  const pos = read.get(u.lastCommitOf, { batch: batchId, patient: patientId })?.pos ?? 0
  if (read.get(u.laterBatchOf, { batch: batchId, patient: patientId, pos })) return true
  if (read.get(u.draftSince, { patient: patientId, since })) return true
  return madeHere.some((query) => read.get(query, { patient: patientId, pos }) !== undefined)
}

/** What was made together with a patient. */
const belongings = [...Object.values(patientListTables), careTeamTable].map((table) => ({
  table: table as SyncedTable,
  ids: preparedQuery<{ patient: string }>()((db, p) =>
    db
      .selectFrom(table.name as 'patient_name')
      .select('id')
      .where('patient_id', '=', p.patient)
      .where('voided_at', 'is', null),
  ),
}))

const clinical = (Object.values(chartTables) as readonly SyncedTable[]).filter((t) => t.ofPatient)

/** Rows of a patient that came after the batch and from no import. */
const madeHere: readonly PreparedQuery<{ patient: string; pos: number }, { id: string }>[] = [
  ...clinical.map((t) => t.name),
  'composition',
  'patient_flag',
].map((name) =>
  preparedQuery<{ patient: string; pos: number }>()((db, p) =>
    db
      .selectFrom(`${name as 'condition'} as r`)
      .innerJoin('sync_commit as c', (j) =>
        j.onRef('c.writer', '=', 'r.ins_writer').onRef('c.seq', '=', 'r.ins_seq'),
      )
      .select('r.id')
      .where('r.patient_id', '=', p.patient)
      .where('r.voided_at', 'is', null)
      .where('c.pos', '>', p.pos)
      .where(sql<boolean>`not exists (select 1 from source_resource as s where s.mapped_id = r.id)`)
      .limit(sql.lit(1)),
  ),
)
