// Review items: counts for those who must see to it, the items themselves for the privacy duty, and its answers.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { userNames } from '#modules/people/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { oversight, Review, ReviewState } from '../shared/contract.ts'
import { notify, notifyPrivacy } from './api.ts'
import { nameOf } from './notices.ts'
import * as q from './queries.ts'
import { reviewItem } from './tables.ts'

type Procedures = (typeof oversight)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>
type Row = NonNullable<ReturnType<typeof rowOf>>

const rowOf = (ctx: QueryContext, id: string) => ctx.read.get(q.reviewById, { id })

export function reviewCounts(ctx: QueryContext): Out<'reviewCounts'> {
  const rows = ctx.read.all(q.reviewCounts, { now: ctx.now })
  const of = (...states: readonly ReviewState[]) =>
    rows.filter((row) => states.includes(row.state as ReviewState)).reduce((sum, row) => sum + row.n, 0)
  return {
    open: of('open'),
    overdue: rows.find((row) => row.state === 'open')?.late ?? 0,
    answered: of('justified', 'not-justified', 'closed'),
    notJustified: of('not-justified'),
  }
}

const endOfTime = '9999-12-31T23:59:59.999Z'
const startOfTime = '0000-01-01T00:00:00.000Z'

export function reviews(ctx: QueryContext, { filter, after, limit }: In<'reviews'>): Out<'reviews'> {
  const most = limit + 1
  const rows =
    filter === 'answered'
      ? ctx.read.all(q.answeredReviews, {
          at: after?.at ?? endOfTime,
          id: after?.id ?? q.lastId,
          limit: most,
        })
      : ctx.read.all(q.openReviews, {
          until: filter === 'overdue' ? ctx.now : endOfTime,
          at: after?.at ?? startOfTime,
          id: after?.id ?? q.firstId,
          limit: most,
        })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const at = filter === 'answered' ? last?.answered_at : last?.due_at
  return {
    reviews: shown.map((row) => shaped(ctx, row)),
    next: rows.length > limit && last && at ? { at, id: last.id } : null,
  }
}

function shaped(ctx: QueryContext, row: Row): Review {
  const people = userNames(
    ctx.read,
    [row.about_user, row.answered_by].filter((id) => id !== null),
  )
  return {
    id: row.id,
    rev: row.rev,
    kind: row.kind,
    subject: row.subject,
    aboutUser: row.about_user as Review['aboutUser'],
    aboutUserName: row.about_user === null ? null : (people.get(row.about_user) ?? null),
    patientId: row.patient_id as Review['patientId'],
    patientName: row.patient_id === null ? null : nameOf(ctx.read, row.patient_id),
    detail: row.detail,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    state: row.state as ReviewState,
    overdue: row.state === 'open' && row.due_at < ctx.now,
    answeredAt: row.answered_at,
    answeredByName: row.answered_by === null ? null : (people.get(row.answered_by) ?? null),
    answer: row.answer,
  }
}

export function answer(ctx: CommandContext, input: In<'answer'>): Review {
  const row = open(ctx, input.id, 'open')
  // Nobody judges the own access.
  if (row.about_user === ctx.actor.userId) throw new AppError('FORBIDDEN')
  ctx.write.update(reviewItem, row.id, input.rev, {
    state: input.state,
    answered_at: ctx.now,
    answered_by: ctx.actor.userId,
    answer: input.words,
  })
  if (input.state === 'not-justified') {
    const about = row.about_user === null ? {} : { aboutUser: row.about_user }
    notify(ctx, { to: { role: 'admin' }, kind: 'review-not-justified', ...about, detail: row.kind })
    // An emergency that was none is an alert of its own (SECURITY 4.2).
    if (row.kind === 'emergency-access') {
      const patient = row.patient_id === null ? {} : { patientId: row.patient_id }
      notifyPrivacy(ctx, { kind: 'emergency-not-justified', ...about, ...patient })
    }
  }
  return shaped(ctx, open(ctx, row.id))
}

export function reopen(ctx: CommandContext, input: In<'reopen'>): Review {
  const row = open(ctx, input.id)
  if (row.state === 'open') throw new AppError('WRONG_STATE', { state: row.state })
  if (row.about_user === ctx.actor.userId) throw new AppError('FORBIDDEN')
  ctx.write.update(reviewItem, row.id, input.rev, {
    state: 'open',
    answered_at: null,
    answered_by: null,
    answer: null,
  })
  return shaped(ctx, open(ctx, row.id))
}

function open(ctx: QueryContext, id: string, state?: ReviewState): Row {
  const row = rowOf(ctx, id)
  if (!row) throw new AppError('NOT_FOUND')
  if (state && row.state !== state) throw new AppError('WRONG_STATE', { state: row.state })
  return row
}
