// Acts that begin on a card and touch several modules: each runs in the one transaction of its command, whole or not at all.
import type { CommandContext } from '#core/rpc/context.ts'
import { startNote } from '#modules/notes/main/api.ts'
import { registerPatient } from '#modules/patients/main/api.ts'
import { setFlow, walkIn } from '#modules/scheduling/main/api.ts'
import { takeVitals, withdrawVitals } from '#modules/vitals/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { EncounterId } from '#shared/ids.ts'
import type { board } from '../shared/contract.ts'
import { visitOnCard } from './queries.ts'

type Procedures = (typeof board)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

/** A patient still in the waiting room is called into the room first; without any value this is all that happens. */
export function intake(ctx: CommandContext, input: In<'intake'>): Out<'intake'> {
  const { patientId, appointmentId, seen, roomId, ...taken } = input
  const before = visitOf(ctx, input)
  if (before.status !== seen) throw new AppError('WRONG_STATE', { status: before.status })
  const goesIn = before.status === 'arrived'
  const changesRoom = before.status === 'roomed' && roomId !== null && roomId !== before.room_id
  if (goesIn || changesRoom) setFlow(ctx, { patientId, appointmentId, step: 'room', seen, roomId })
  const done = takeVitals(ctx, {
    patientId,
    ...taken,
    encounterId: before.encounter_id as EncounterId | null,
  })
  return { ...done, roomed: goesIn }
}

export function undoIntake(ctx: CommandContext, input: In<'undoIntake'>): Out<'undoIntake'> {
  const { patientId, appointmentId, undo, roomed } = input
  const { status } = visitOf(ctx, input)
  if (roomed && status !== 'roomed') throw new AppError('WRONG_STATE', { status })
  const withdrawn = withdrawVitals(ctx, { patientId, undo })
  if (roomed) setFlow(ctx, { patientId, appointmentId, step: 'back', seen: 'roomed', roomId: null })
  return withdrawn
}

/** A doctor who works without a nurse takes the patient from the waiting room straight in. */
export function openNote(ctx: CommandContext, input: In<'openNote'>): Out<'openNote'> {
  const { patientId, appointmentId, seen } = input
  const visit = visitOf(ctx, input)
  if (visit.status !== seen) throw new AppError('WRONG_STATE', { status: visit.status })
  if (seen !== 'with-doctor') setFlow(ctx, { patientId, appointmentId, step: 'start', seen, roomId: null })
  const draft = startNote(ctx, {
    patientId,
    encounterId: visit.encounter_id as EncounterId | null,
    title: visit.note_title ?? visit.type_name,
  })
  return { draftId: draft.id, status: 'with-doctor' }
}

export function registerWalkIn(ctx: CommandContext, input: In<'registerWalkIn'>): Out<'registerWalkIn'> {
  const { person, ...wish } = input
  const { id, recordNumber, name } = registerPatient(ctx, person)
  const visit = walkIn(ctx, { patientId: id, ...wish, override: null })
  return {
    patientId: id,
    appointmentId: visit.id,
    name,
    recordNumber,
    queueNumber: visit.queueNumber,
    providerId: visit.providerId,
  }
}

function visitOf(
  ctx: CommandContext,
  { patientId, appointmentId }: { patientId: string; appointmentId: string },
) {
  const visit = ctx.read.get(visitOnCard, { patientId, id: appointmentId })
  if (!visit) throw new AppError('NOT_FOUND')
  return visit
}
