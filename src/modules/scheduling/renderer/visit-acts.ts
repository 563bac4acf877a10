// What is done to a booked visit from any screen, each with its way back: move, cancel, did not come. A clash that the
// clinic finds comes back as a question for a reason; nothing is saved over a clash without one.
import { type ApiError, isApiError } from '#renderer/api/client.ts'
import { errorText } from '#renderer/api/error-text.ts'
import type { InputFor } from '#renderer/api/hooks.ts'
import { textOf } from '#renderer/i18n/define.ts'
import { currentFormats } from '#renderer/i18n/format.ts'
import { showToast } from '#ui/toast.ts'
import type { Appointment, scheduling } from '../shared/contract.ts'
import { actOnce } from './act-once.ts'
import { dayWords } from './day-words.ts'
import { schedulingTexts } from './i18n.ts'

export type KnownVisit = Appointment & { readonly patientId: NonNullable<Appointment['patientId']> }

/** A visit whose patient one may see: only such can be acted on. */
export const isKnown = (visit: Appointment): visit is KnownVisit => visit.patientId !== null && !visit.busy

export const isClash = (error: unknown): error is ApiError =>
  isApiError(error) && (error.code === 'SLOT_TAKEN' || error.code === 'OUTSIDE_HOURS')

/** "Mon 7 Dec, 10:30". */
export function momentOf(at: Pick<Appointment, 'date' | 'startAt'>): string {
  const formats = currentFormats()
  return textOf(schedulingTexts, 'word.dayTime', {
    day: dayWords(at.date, formats.locale, formats.today),
    time: formats.instant(at.startAt, 'time'),
  })
}

const nameOf = (visit: Appointment) => visit.patientName ?? textOf(schedulingTexts, 'visit.taken')

/** Says what went wrong where no form stands to say it. */
export function sayFailed(error: unknown): void {
  if (!isApiError(error)) throw error
  showToast({ text: errorText(error), tone: 'bad' })
}

/** Undo: the outcome is told, and a failure never gets lost. */
const undone = (run: () => Promise<unknown>) => () =>
  void run()
    .then(() => showToast({ text: textOf(schedulingTexts, 'undo.done'), tone: 'info' }))
    .catch(sayFailed)

export type MoveTo = Omit<InputFor<typeof scheduling, 'move'>, 'patientId' | 'appointmentId' | 'rev'>

const placeOf = (visit: Appointment): MoveTo => ({
  date: visit.date,
  start: visit.start,
  minutes: visit.minutes,
  providerId: visit.providerId,
  roomId: visit.roomId,
  // Where it stood it stood with a reason; going back there needs the same one.
  override: visit.overrideReason ? { reason: visit.overrideReason } : null,
})

/** Rejects with the clash where there is one. */
export async function moveVisit(visit: KnownVisit, to: MoveTo, offer?: () => void): Promise<Appointment> {
  const which = { patientId: visit.patientId, appointmentId: visit.id }
  const moved = await actOnce('move', { ...which, rev: visit.rev, ...to })
  showToast({
    text: textOf(schedulingTexts, 'move.done', { name: nameOf(visit), when: momentOf(moved) }),
    undo: undone(() => actOnce('move', { ...which, rev: moved.rev, ...placeOf(visit) })),
    ...(offer ? { action: { label: textOf(schedulingTexts, 'offer.short'), run: offer } } : {}),
  })
  return moved
}

export type CancelCode = InputFor<typeof scheduling, 'cancel'>['code']

export async function cancelVisit(visit: KnownVisit, code: CancelCode, text: string): Promise<Appointment> {
  const which = { patientId: visit.patientId, appointmentId: visit.id }
  const cancelled = await actOnce('cancel', {
    ...which,
    rev: visit.rev,
    code,
    text: text.trim() === '' ? null : text.trim(),
  })
  showToast({
    text: textOf(schedulingTexts, 'cancel.done', { name: nameOf(visit), when: momentOf(visit) }),
    undo: undone(() => restore(cancelled, visit)),
  })
  return cancelled
}

/** Several at once; what is undone is told even when some of the times are taken by now. */
export async function cancelSeries(
  visit: KnownVisit,
  scope: 'following' | 'all',
  code: CancelCode,
  text: string,
): Promise<Appointment> {
  const { cancelled } = await actOnce('cancelSeries', {
    patientId: visit.patientId,
    appointmentId: visit.id,
    scope,
    code,
    text: text.trim() === '' ? null : text.trim(),
  })
  showToast({
    text: textOf(schedulingTexts, 'cancel.seriesDone', { count: cancelled.length, name: nameOf(visit) }),
    undo: undone(async () => {
      for (const closed of cancelled)
        await restore(closed, { ...visit, overrideReason: closed.overrideReason })
    }),
  })
  return cancelled.find(({ id }) => id === visit.id) ?? visit
}

export async function noteNoShow(visit: KnownVisit): Promise<void> {
  const which = { patientId: visit.patientId, appointmentId: visit.id }
  const closed = await actOnce('noShow', { ...which, rev: visit.rev })
  showToast({
    text: textOf(schedulingTexts, 'noShow.done', { name: nameOf(visit) }),
    undo: undone(() => restore(closed, visit)),
  })
}

export const restore = (closed: Appointment, before: KnownVisit): Promise<Appointment> =>
  actOnce('restore', {
    patientId: before.patientId,
    appointmentId: closed.id,
    rev: closed.rev,
    override: before.overrideReason ? { reason: before.overrideReason } : null,
  })

/** After a series: undo cancels all of it as a mistake. */
export function saySeriesBooked(booked: readonly Appointment[]): void {
  const [first] = booked
  if (!first || first.patientId === null) return
  const { patientId, id: appointmentId } = first
  showToast({
    text: textOf(schedulingTexts, 'series.done', { count: booked.length, name: nameOf(first) }),
    undo: undone(() => actOnce('cancelSeries', { patientId, appointmentId, scope: 'all', code: 'error' })),
  })
}

/** After a booking: undo is a cancellation as a mistake, which counts nowhere. */
export function sayBooked(booked: Appointment): void {
  const { patientId } = booked
  showToast({
    text: textOf(schedulingTexts, 'book.done', { name: nameOf(booked), when: momentOf(booked) }),
    ...(patientId === null
      ? {}
      : {
          undo: undone(() =>
            actOnce('cancel', {
              patientId,
              appointmentId: booked.id,
              rev: booked.rev,
              code: 'error',
            }),
          ),
        }),
  })
}
