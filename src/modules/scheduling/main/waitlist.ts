// Patients who wait for a time: who they are, who fits a gap, and what becomes of their place on the list.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { userNames } from '#modules/people/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { scheduling } from '../shared/contract.ts'
import type { WaitlistEntry } from '../shared/shapes.ts'
import { isMatch, rankWaiting } from '../shared/waiting.ts'
import { phoneOf, seesPhones, sight } from './lines.ts'
import * as q from './queries.ts'
import { requireVisitType, resourceById } from './resources.ts'
import { usualMinutes } from './slots.ts'
import { waitlistEntry } from './tables.ts'
import { clockOf, iso } from './wall-clock.ts'

type Procedures = (typeof scheduling)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>
type WaitRow = NonNullable<(typeof q.allWaiting)['types']>['row']

const pageSize = 100

export function waitlist(
  services: Pick<Services, 'isRelated'>,
  ctx: QueryContext,
  { cursor }: In<'waitlist'>,
): Out<'waitlist'> {
  const seen = visibleWaiting(services, ctx)
  const from = cursor === null ? 0 : seen.findIndex((row) => row.id === cursor) + 1
  const page = seen.slice(from, from + pageSize)
  return {
    entries: rowsToEntries(ctx.read, page, seesPhones(ctx)),
    next: seen.length > from + pageSize ? (page.at(-1)?.id ?? null) : null,
  }
}

function visibleWaiting(services: Pick<Services, 'isRelated'>, ctx: QueryContext): WaitRow[] {
  const canSee = sight(services, ctx)
  return rankWaiting(ctx.read.all(q.allWaiting, {}).filter((row) => canSee(row.patient_id)))
}

/** Those whose wishes the gap meets and who are not already here at that time. */
export function waitlistMatches(
  services: Pick<Services, 'isRelated'>,
  ctx: QueryContext,
  gap: In<'waitlistMatches'>,
): Out<'waitlistMatches'> {
  const clock = clockOf(ctx.read)
  const from = clock.ms(gap.date, gap.start)
  const range = { from: iso(from), to: iso(from + gap.minutes * 60_000) }
  const fitting = visibleWaiting(services, ctx).filter(
    (row) =>
      isMatch({ ...row, weekdays: JSON.parse(row.weekdays) as number[] }, gap) &&
      ctx.read
        .all(q.takenByPatient, { patientId: row.patient_id, ...range })
        .every((taken) => taken.id === row.appointment_id),
  )
  return { entries: rowsToEntries(ctx.read, fitting.slice(0, gap.limit), seesPhones(ctx)) }
}

function rowsToEntries(read: Reader, rows: readonly WaitRow[], withPhone = true): WaitlistEntry[] {
  const names = userNames(
    read,
    rows.flatMap((r) => (r.added_by === null ? [] : [r.added_by])),
  )
  return rows.map((r) => ({
    id: r.id,
    rev: r.rev,
    patientId: r.patient_id as WaitlistEntry['patientId'],
    patientName: r.name_text,
    recordNumber: r.record_number,
    birthDate: r.birth_date,
    phone: withPhone ? phoneOf(read, r.patient_id) : null,
    visitTypeId: r.visit_type_id as WaitlistEntry['visitTypeId'],
    minutes: r.minutes,
    providerId: r.provider_id as WaitlistEntry['providerId'],
    urgency: r.urgency as WaitlistEntry['urgency'],
    earliest: r.earliest,
    latest: r.latest,
    weekdays: JSON.parse(r.weekdays) as number[],
    from: r.from_minutes,
    until: r.until_minutes,
    note: r.note,
    state: r.state as WaitlistEntry['state'],
    addedAt: r.added_at,
    addedByName: r.added_by === null ? null : (names.get(r.added_by) ?? null),
    appointmentId: r.appointment_id as WaitlistEntry['appointmentId'],
  }))
}

export function addToWaitlist(ctx: CommandContext, input: In<'addToWaitlist'>): WaitlistEntry {
  const { read } = ctx
  const { patientId } = input
  const type = input.visitTypeId === null ? null : requireVisitType(read, input.visitTypeId)
  if (input.providerId !== null) resourceById(read, input.providerId)
  if (input.appointmentId !== null && !read.get(q.lineById, { patientId, id: input.appointmentId })) {
    throw new AppError('WRONG_PATIENT')
  }
  const same = read
    .all(q.waitingOf, { patientId })
    .find((row) => row.visit_type_id === input.visitTypeId && row.provider_id === input.providerId)
  if (same) throw new AppError('DUPLICATE', { id: same.id })
  const id = ctx.write.insert(waitlistEntry, {
    patient_id: patientId,
    visit_type_id: input.visitTypeId,
    minutes: input.minutes ?? type?.minutes ?? usualMinutes,
    provider_id: input.providerId,
    urgency: input.urgency,
    earliest: input.earliest,
    latest: input.latest,
    weekdays: JSON.stringify(input.weekdays),
    from_minutes: input.from,
    until_minutes: input.until,
    note: input.note,
    state: 'waiting',
    added_at: ctx.now,
    added_by: ctx.actor.userId,
    appointment_id: input.appointmentId,
  })
  return entryById(read, patientId, id)
}

export function removeFromWaitlist(ctx: CommandContext, input: In<'removeFromWaitlist'>): WaitlistEntry {
  return changeState(ctx, input, 'waiting', { state: 'removed', closed_at: ctx.now })
}

export function returnToWaitlist(ctx: CommandContext, input: In<'returnToWaitlist'>): WaitlistEntry {
  return changeState(ctx, input, 'closed', { state: 'waiting', closed_at: null, fulfilled_by: null })
}

function changeState(
  ctx: CommandContext,
  { patientId, id, rev }: { readonly patientId: string; readonly id: string; readonly rev: number },
  from: 'waiting' | 'closed',
  changes: { state: string; closed_at: string | null; fulfilled_by?: null },
): WaitlistEntry {
  const before = entryById(ctx.read, patientId, id)
  if ((before.state === 'waiting') !== (from === 'waiting'))
    throw new AppError('WRONG_STATE', { status: before.state })
  ctx.write.update(waitlistEntry, id, rev, changes)
  return entryById(ctx.read, patientId, id)
}

/** Booked from the list: the place on it is given up in the same act. */
export function fulfilWaiting(
  ctx: CommandContext,
  patientId: string,
  id: string,
  appointmentId: string,
): void {
  const entry = entryById(ctx.read, patientId, id)
  if (entry.state !== 'waiting') throw new AppError('WRONG_STATE', { status: entry.state })
  ctx.write.update(waitlistEntry, id, 'any', {
    state: 'booked',
    closed_at: ctx.now,
    fulfilled_by: appointmentId,
  })
}

function entryById(read: Reader, patientId: string, id: string): WaitlistEntry {
  const row = read.get(q.waitlistById, { patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  const [entry] = rowsToEntries(read, [row])
  if (!entry) throw new AppError('NOT_FOUND')
  return entry
}
