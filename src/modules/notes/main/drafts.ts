// Drafts: one author each, kept in a local table, saved as fast as somebody types, gone when signed or dropped.
import {
  openEncounter,
  requirePatient,
  restoreEncounter,
  visitOf,
  withdrawEmptyEncounter,
} from '#modules/chart/main/api.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Draft, notes } from '../shared/contract.ts'
import { emptyVisitNote, type NoteDocument } from '../shared/document.ts'
import { noteFor, originOf, requireCurrent } from './signed-notes.ts'
import { draftById, ownDrafts, ownDraftsOnPatient, signedFromDraft } from './queries.ts'
import { noteDraft } from './tables.ts'

type Procedures = (typeof notes)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>
export type DraftRow = RowOf<typeof noteDraft>

export function rowToDraft(r: DraftRow): Draft {
  return {
    id: r.id,
    patientId: r.patient_id as Draft['patientId'],
    encounterId: r.encounter_id as Draft['encounterId'],
    kind: r.kind as Draft['kind'],
    relatesTo: r.relates_to as Draft['relatesTo'],
    reason: r.reason,
    title: r.title,
    body: JSON.parse(r.body) as NoteDocument,
    step: r.step,
    updatedAt: r.updated_at,
  }
}

/** A visit that is named is joined; otherwise one begins. A second start in the same visit continues the draft. */
export function startNote(ctx: CommandContext, input: In<'start'>): Out<'start'> {
  const { patientId } = input
  requirePatient(ctx.read, patientId)
  if (input.encounterId !== null) {
    if (!visitOf(ctx.read, patientId, input.encounterId)) throw new AppError('NOT_FOUND')
    const existing = ownDraft(
      ctx,
      patientId,
      (d) => d.kind === 'note' && d.encounter_id === input.encounterId,
    )
    if (existing) return rowToDraft(existing)
  }
  return insertDraft(ctx, {
    patient_id: patientId,
    encounter_id: input.encounterId ?? openEncounter(ctx, patientId),
    kind: 'note',
    title: input.title ?? '',
    body: emptyVisitNote(),
    opened_encounter: input.encounterId === null ? 1 : 0,
  })
}

export function openDraft(ctx: CommandContext, input: In<'openDraft'>): Out<'openDraft'> {
  return rowToDraft(requireOwnDraft(ctx, input, 'NOT_FOUND'))
}

export function saveDraft(ctx: CommandContext, input: In<'saveDraft'>): Out<'saveDraft'> {
  const row = requireOwnDraft(ctx, input, 'WRONG_PATIENT')
  const body = JSON.stringify(input.body)
  if (row.step !== input.step) {
    // The answer to this very save was lost and it is sent again.
    const isRepeat = row.step === input.step + 1 && row.title === input.title && row.body === body
    if (isRepeat) return { step: row.step, savedAt: row.updated_at }
    throw new AppError('DRAFT_MOVED_ON', { step: row.step })
  }
  const step = row.step + 1
  ctx.write.putLocal(noteDraft, { ...row, title: input.title, body, step, updated_at: ctx.now })
  return { step, savedAt: ctx.now }
}

/** Written into a visit that goes with its draft; undo brings back only such a visit. */
const droppedReason = 'draft dropped'

export function dropDraft(ctx: CommandContext, input: In<'dropDraft'>): Out<'dropDraft'> {
  const row = requireOwnDraft(ctx, input, 'NOT_FOUND')
  ctx.write.deleteLocal(noteDraft, { id: row.id })
  if (row.opened_encounter === 1 && row.encounter_id !== null && !isVisitWrittenAbout(ctx, row)) {
    withdrawEmptyEncounter(ctx, row.patient_id, row.encounter_id, droppedReason)
  }
  return rowToDraft(row)
}

/** Undo of a drop. What comes in is checked like a new draft: it was out of our hands. */
export function restoreDraft(ctx: CommandContext, input: In<'restoreDraft'>): Out<'restoreDraft'> {
  const { draft, patientId } = input
  if (draft.patientId !== patientId) throw new AppError('WRONG_PATIENT')
  requirePatient(ctx.read, patientId)
  const existing = ctx.read.get(draftById, { id: draft.id })
  if (existing) return rowToDraft(requireOwnDraft(ctx, { patientId, draftId: draft.id }, 'WRONG_PATIENT'))
  refuseSigned(ctx, patientId, draft.id)
  requireBasis(ctx, draft)
  let reopened = false
  if (draft.encounterId !== null) {
    reopened = visitOf(ctx.read, patientId, draft.encounterId) === undefined
    if (!restoreEncounter(ctx, patientId, draft.encounterId, droppedReason)) throw new AppError('NOT_FOUND')
  }
  return insertDraft(ctx, {
    id: draft.id,
    patient_id: patientId,
    encounter_id: draft.encounterId,
    kind: draft.kind,
    relates_to: draft.relatesTo,
    reason: draft.reason,
    title: draft.title,
    body: draft.body,
    step: draft.step,
    opened_encounter: reopened ? 1 : 0,
  })
}

/** Anybody who may write notes on the patient may add to a signed one. */
export function startAddendum(ctx: CommandContext, input: In<'startAddendum'>): Out<'startAddendum'> {
  const { patientId } = input
  const origin = originOf(ctx.read, noteFor(ctx.read, patientId, input.id))
  requireCurrent(ctx.read, origin)
  const existing = ownDraft(ctx, patientId, (d) => d.kind === 'addendum' && d.relates_to === origin.id)
  if (existing) return rowToDraft(existing)
  return insertDraft(ctx, {
    patient_id: patientId,
    encounter_id: origin.encounter_id,
    kind: 'addendum',
    relates_to: origin.id,
    title: origin.title,
    body: { type: 'doc', content: [{ type: 'paragraph' }] },
  })
}

/** The author alone may correct what was signed; the signed text stays, the correction starts from it. */
export function unlockNote(ctx: CommandContext, input: In<'unlock'>): Out<'unlock'> {
  const { patientId } = input
  const note = noteFor(ctx.read, patientId, input.id)
  if (note.author_id !== ctx.actor.userId) throw new AppError('NOT_AUTHOR')
  requireCurrent(ctx.read, note)
  const existing = ownDraft(ctx, patientId, (d) => d.kind === 'correction' && d.relates_to === note.id)
  if (existing) {
    const renewed = { ...existing, reason: input.reason, updated_at: ctx.now }
    ctx.write.putLocal(noteDraft, renewed)
    return rowToDraft(renewed)
  }
  return insertDraft(ctx, {
    patient_id: patientId,
    encounter_id: note.encounter_id,
    kind: 'correction',
    relates_to: note.id,
    reason: input.reason,
    title: note.title,
    body: JSON.parse(note.body) as NoteDocument,
  })
}

export function myDrafts({ read, actor }: QueryContext, _input: In<'myDrafts'>): Out<'myDrafts'> {
  return read.all(ownDrafts, { authorId: actor.userId }).map((r) => ({
    id: r.id,
    patientId: r.patient_id as Draft['patientId'],
    patientName: r.name_text,
    kind: r.kind as Draft['kind'],
    title: r.title,
    updatedAt: r.updated_at,
  }))
}

/**
 * The draft, if it is the acting person's and about the named patient. Drafts about patients the caller did not name
 * are not told from ones that do not exist, unless they are the caller's own: then the window is on the wrong patient.
 */
export function requireOwnDraft(
  ctx: CommandContext,
  input: { patientId: string; draftId: string },
  otherPatient: 'NOT_FOUND' | 'WRONG_PATIENT',
): DraftRow {
  const row = ctx.read.get(draftById, { id: input.draftId })
  if (!row) {
    if (otherPatient === 'WRONG_PATIENT') refuseSigned(ctx, input.patientId, input.draftId)
    throw new AppError('NOT_FOUND')
  }
  const isOwn = row.author_id === ctx.actor.userId
  if (row.patient_id !== input.patientId) throw new AppError(isOwn ? otherPatient : 'NOT_FOUND')
  if (!isOwn) throw new AppError('NOT_AUTHOR')
  return row
}

function refuseSigned(ctx: CommandContext, patientId: string, draftId: string): void {
  const signed = ctx.read.get(signedFromDraft, { patientId, draftId })
  if (signed) throw new AppError('ALREADY_SIGNED', { noteId: signed.id })
}

/** An addendum needs a note of this patient, a correction one of the acting person's own, and a reason. */
export function requireBasis(
  ctx: CommandContext,
  draft: { patientId: string; kind: string; relatesTo: string | null; reason: string | null },
): void {
  if (draft.kind === 'note') return
  if (draft.relatesTo === null) throw new AppError('INVALID_INPUT', { fields: ['relatesTo'] })
  const note = noteFor(ctx.read, draft.patientId, draft.relatesTo)
  requireCurrent(ctx.read, note)
  if (draft.kind !== 'correction') return
  if (note.author_id !== ctx.actor.userId) throw new AppError('NOT_AUTHOR')
  if (draft.reason === null) throw new AppError('INVALID_INPUT', { fields: ['reason'] })
}

function ownDraft(
  ctx: CommandContext,
  patientId: string,
  is: (row: DraftRow) => boolean,
): DraftRow | undefined {
  return ctx.read.all(ownDraftsOnPatient, { patientId, authorId: ctx.actor.userId }).find(is)
}

/** Somebody else may be writing in the same visit. */
function isVisitWrittenAbout(ctx: CommandContext, dropped: DraftRow): boolean {
  return ctx.read
    .list((db) =>
      db
        .selectFrom('note_draft')
        .select('id')
        .where('patient_id', '=', dropped.patient_id)
        .where('encounter_id', '=', dropped.encounter_id),
    )
    .some((other) => other.id !== dropped.id)
}

type NewDraft = Pick<DraftRow, 'patient_id' | 'encounter_id' | 'kind' | 'title'> &
  Partial<Omit<DraftRow, 'body'>> & { body: NoteDocument }

function insertDraft(ctx: CommandContext, draft: NewDraft): Draft {
  const row: DraftRow = {
    id: ctx.mint(),
    relates_to: null,
    reason: null,
    step: 0,
    opened_encounter: 0,
    ...draft,
    body: JSON.stringify(draft.body),
    author_id: ctx.actor.userId,
    created_at: ctx.now,
    updated_at: ctx.now,
  }
  ctx.write.putLocal(noteDraft, row)
  return rowToDraft(row)
}
