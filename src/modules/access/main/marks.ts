// Setting and taking off sensitive marks. Who set one, and the privacy duty, may change it; for others it is only there.
import { sql } from 'kysely'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { preparedQuery, type Reader, sqlBuilder } from '#core/store/reader.ts'
import { userNames } from '#modules/people/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { access } from '../shared/contract.ts'
import { type Mark, type Markable, markable } from '../shared/marks.ts'
import { viewerOf, visibilityOf } from './api.ts'
import * as q from './marks-queries.ts'
import { sensitivityLabel, sensitivityReader } from './tables.ts'

type Procedures = (typeof access)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Label = NonNullable<ReturnType<typeof labelOf>>

const rowIn = (table: Markable) =>
  preparedQuery<{ patient: string; id: string }>()((_db, p) => ({
    compile: () =>
      sql<{ id: string }>`select id from ${sql.table(table)}
        where ${sql.ref(table === 'patient' ? 'id' : 'patient_id')} = ${p.patient} and id = ${p.id}
          and voided_at is null`.compile(sqlBuilder),
  }))
const rowsIn = new Map(markable.map((table) => [table, rowIn(table)]))

export function listMarks(ctx: QueryContext, { patientId }: In<'marks'>): OutputOf<Procedures['marks']> {
  return { marks: ctx.read.all(q.labelsOf, { patient: patientId }).map((row) => toMark(ctx, patientId, row)) }
}

export function setMark(ctx: CommandContext, input: In<'setMark'>): Mark {
  const { patientId, table, targetId, flag } = input
  const found = rowsIn.get(table)
  if (!found || !ctx.read.get(found, { patient: patientId, id: targetId })) throw new AppError('NOT_FOUND')
  const mayMark = ctx.actor.role === 'privacy'
  if (!mayMark && visibilityOf(ctx.read, viewerOf(ctx), patientId).hides(table, targetId))
    throw new AppError('NOT_FOUND')
  const same = ctx.read
    .all(q.labelsOf, { patient: patientId })
    .find((row) => row.target_id === targetId && row.flag === flag)
  const id =
    same?.id ??
    ctx.write.insert(sensitivityLabel, {
      patient_id: patientId,
      target_table: table,
      target_id: targetId,
      flag,
      set_by: ctx.actor.userId,
      set_at: ctx.now,
    })
  bringReaders(
    ctx,
    patientId,
    id,
    same ? [...new Set([...readersOf(ctx.read, patientId, id), ...input.readers])] : input.readers,
  )
  return toMark(ctx, patientId, labelOf(ctx.read, patientId, id))
}

export function setReaders(ctx: CommandContext, input: In<'setReaders'>): Mark {
  const { patientId, id } = input
  const row = ownLabel(ctx, patientId, id)
  // The mark's version stands for its list too.
  ctx.write.update(sensitivityLabel, id, input.rev, { set_at: row.set_at })
  bringReaders(ctx, patientId, id, input.readers)
  return toMark(ctx, patientId, labelOf(ctx.read, patientId, id))
}

export function removeMark(ctx: CommandContext, input: In<'removeMark'>): OutputOf<Procedures['removeMark']> {
  ownLabel(ctx, input.patientId, input.id)
  ctx.write.void(sensitivityLabel, input.id, input.rev, input.reason)
  return { id: input.id }
}

const voidedLabel = preparedQuery<{ patient: string; id: string }>()((db, p) =>
  db
    .selectFrom('sensitivity_label')
    .select(['set_by', 'voided_at'])
    .where('patient_id', '=', p.patient)
    .where('id', '=', p.id),
)

export function restoreMark(ctx: CommandContext, input: In<'restoreMark'>): Mark {
  const { patientId, id } = input
  const row = ctx.read.get(voidedLabel, { patient: patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  if (!mayChange(ctx, row.set_by)) throw new AppError('NOT_AUTHOR')
  if (row.voided_at !== null) ctx.write.restore(sensitivityLabel, id, 'any')
  return toMark(ctx, patientId, labelOf(ctx.read, patientId, id))
}

const mayChange = ({ actor }: QueryContext, setBy: string) =>
  actor.userId === setBy || actor.role === 'privacy'

function labelOf(read: Reader, patient: string, id: string) {
  const row = read.all(q.labelsOf, { patient }).find((label) => label.id === id)
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

function ownLabel(ctx: CommandContext, patientId: string, id: string): Label {
  const row = labelOf(ctx.read, patientId, id)
  if (!mayChange(ctx, row.set_by)) throw new AppError('NOT_AUTHOR')
  return row
}

const readersOf = (read: Reader, patient: string, id: string) =>
  read
    .all(q.allReadersOf, { patient })
    .filter((row) => row.label_id === id)
    .map((row) => row.user_id)

function bringReaders(ctx: CommandContext, patientId: string, id: string, wanted: readonly string[]): void {
  const there = ctx.read.all(q.allReadersOf, { patient: patientId }).filter((row) => row.label_id === id)
  for (const row of there) {
    if (!wanted.includes(row.user_id)) ctx.write.void(sensitivityReader, row.id, 'any', 'off the list')
  }
  const names = userNames(ctx.read, wanted)
  for (const userId of new Set(wanted)) {
    if (there.some((row) => row.user_id === userId)) continue
    if (!names.has(userId)) throw new AppError('NOT_FOUND')
    ctx.write.insert(sensitivityReader, { patient_id: patientId, label_id: id, user_id: userId })
  }
}

function toMark(ctx: QueryContext, patientId: string, row: Label): Mark {
  const mine = mayChange(ctx, row.set_by)
  const isOpen =
    mine || !visibilityOf(ctx.read, viewerOf(ctx), patientId).hides(row.target_table, row.target_id)
  const readers = isOpen ? readersOf(ctx.read, patientId, row.id) : []
  const names = userNames(ctx.read, [row.set_by, ...readers])
  return {
    id: row.id as Mark['id'],
    rev: row.rev,
    table: isOpen ? (row.target_table as Markable) : null,
    targetId: isOpen ? (row.target_id as Mark['targetId']) : null,
    flag: isOpen ? (row.flag as Mark['flag']) : null,
    setBy: row.set_by as Mark['setBy'],
    setByName: names.get(row.set_by) ?? '',
    setAt: row.set_at,
    readers: readers.map((userId) => ({
      userId: userId as Mark['readers'][number]['userId'],
      name: names.get(userId) ?? '',
    })),
    mine,
  }
}
