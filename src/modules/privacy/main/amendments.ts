// Amendments: the patient's words beside an item that stays as it was. A doctor accepts, usually with a correction signed
// the usual way, or refuses with a reason; the patient may add a statement. All of it stays and travels with the record.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { visibilityOf } from '#modules/access/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Amendable, Amendment, privacy } from '../shared/contract.ts'
import * as q from './queries.ts'
import { recordAmendment } from './tables.ts'

type Procedures = (typeof privacy)['procedures']

/** Words and time of an item, by the columns its table has for them. */
const titles = {
  composition: ['title', 'signed_at'],
  condition: ['code_display', 'recorded_date'],
  allergy_intolerance: ['code_display', 'recorded_date'],
  medication_request: ['medication_display', 'authored_on'],
  observation: ['code_display', 'effective_at'],
  diagnostic_report: ['code_display', 'effective_at'],
  immunization: ['vaccine_display', 'occurrence'],
  procedure: ['code_display', 'performed_start'],
  document_reference: ['type_display', 'date'],
  care_plan: ['title', 'period_start'],
  encounter: ['type_display', 'period_start'],
} as const satisfies Record<Amendable, readonly [string, string]>

const itemQueries = new Map(
  (Object.keys(titles) as Amendable[]).map((table) => {
    const [title, at] = titles[table]
    const query = preparedQuery<{ patient: string }>()((db, p) =>
      db
        .selectFrom(table as 'condition')
        .select(['id', `${title as 'code_display'} as title`, `${at as 'recorded_date'} as at`])
        .where('patient_id', '=', p.patient)
        .where('voided_at', 'is', null)
        .orderBy('id', 'desc'),
    )
    return [table, query] as const
  }),
)
const mostItems = 2_000

export function listItems(
  { read }: QueryContext,
  { patientId, table }: InputOf<Procedures['items']>,
): OutputOf<Procedures['items']> {
  // The privacy duty has no chart: what is marked as sensitive is not even named to it.
  const seen = visibilityOf(read, null, patientId)
  const items = itemsOf(read, patientId, table).filter((row) => !seen.hides(table, row.id))
  return { items: items.slice(0, mostItems) }
}

function itemsOf(read: Reader, patientId: string, table: Amendable) {
  const query = itemQueries.get(table)
  const rows = query ? read.all(query, { patient: patientId }) : []
  return rows.map((row) => ({ id: row.id, title: row.title ?? table, at: row.at }))
}

export function amendmentsOf(read: Reader, patientId: string): Amendment[] {
  return read.all(q.amendmentsOfPatient, { patient: patientId }).map((row) => ({
    id: row.id,
    rev: row.rev,
    patientId: row.patient_id as Amendment['patientId'],
    requestId: row.request_id,
    targetTable: row.target_table as Amendable,
    targetId: row.target_id,
    targetTitle: row.target_title,
    words: row.words,
    askedAt: row.asked_at,
    state: row.state as Amendment['state'],
    reason: row.reason,
    correctedBy: row.corrected_by,
    answeredAt: row.answered_at,
    answeredByName: row.answered_by_name,
    disagreement: row.disagreement,
    disagreedAt: row.disagreed_at,
  }))
}

/** An amendment of a marked item is as hidden as the item. */
export function amendmentsToSee(
  { read, actor }: QueryContext,
  { patientId }: InputOf<Procedures['amendments']>,
): OutputOf<Procedures['amendments']> {
  const seen = visibilityOf(read, { userId: actor.userId }, patientId)
  return { amendments: amendmentsOf(read, patientId).filter((a) => !seen.hides(a.targetTable, a.targetId)) }
}

export function askAmendment(ctx: CommandContext, input: InputOf<Procedures['askAmendment']>): Amendment {
  const item = itemsOf(ctx.read, input.patientId, input.targetTable).find((i) => i.id === input.targetId)
  if (!item) throw new AppError('NOT_FOUND')
  const id = ctx.write.insert(recordAmendment, {
    patient_id: input.patientId,
    request_id: input.requestId,
    target_table: input.targetTable,
    target_id: input.targetId,
    target_title: item.title,
    words: input.words,
    asked_at: ctx.now,
    state: 'open',
  })
  return found(ctx.read, input.patientId, id)
}

export function answerAmendment(
  ctx: CommandContext,
  input: InputOf<Procedures['answerAmendment']>,
): Amendment {
  const before = found(ctx.read, input.patientId, input.id)
  const seen = visibilityOf(ctx.read, { userId: ctx.actor.userId }, input.patientId)
  if (seen.hides(before.targetTable, before.targetId)) throw new AppError('NOT_FOUND')
  if (before.state !== 'open') throw new AppError('WRONG_STATE', { state: before.state })
  if (input.correctedBy !== null) {
    const isThere = itemsOf(ctx.read, input.patientId, before.targetTable).some(
      (item) => item.id === input.correctedBy,
    )
    if (!isThere) throw new AppError('WRONG_PATIENT')
  }
  ctx.write.update(recordAmendment, input.id, input.rev, {
    state: input.answer,
    reason: input.reason,
    corrected_by: input.correctedBy,
    answered_at: ctx.now,
    answered_by: ctx.actor.userId,
    answered_by_name: ctx.actor.userName,
  })
  return found(ctx.read, input.patientId, input.id)
}

export function disagree(ctx: CommandContext, input: InputOf<Procedures['disagree']>): Amendment {
  const before = found(ctx.read, input.patientId, input.id)
  if (before.state !== 'refused' || before.disagreement !== null)
    throw new AppError('WRONG_STATE', { state: before.state })
  ctx.write.update(recordAmendment, input.id, input.rev, {
    disagreement: input.words,
    disagreed_at: ctx.now,
  })
  return found(ctx.read, input.patientId, input.id)
}

function found(read: Reader, patientId: string, id: string): Amendment {
  const amendment = amendmentsOf(read, patientId).find((a) => a.id === id)
  if (!amendment) throw new AppError('NOT_FOUND')
  return amendment
}
