// What people have to know (notices) and what somebody must answer (review items).
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Id, PatientId, UserId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'

export const Notice = z.strictObject({
  id: Id,
  /** As its sender named it; the screen knows its words, or shows general ones. */
  kind: z.string(),
  /** To the person alone, or to everybody under the role. */
  toRole: z.string().nullable(),
  aboutUserName: z.string().nullable(),
  patientId: PatientId.nullable(),
  /** For those who may see whom it concerns. */
  patientName: z.string().nullable(),
  detail: z.string().nullable(),
  at: Instant,
  seen: z.boolean(),
})
export type Notice = z.infer<typeof Notice>

export const reviewStates = ['open', 'justified', 'not-justified', 'closed'] as const
export type ReviewState = (typeof reviewStates)[number]

export const Review = z.strictObject({
  id: Id,
  rev: z.number().int(),
  kind: z.string(),
  /** What it is about: `grant:ID`, `day:DATE:USER:ALIAS`, `entry:NUMBER`. */
  subject: z.string(),
  aboutUser: UserId.nullable(),
  aboutUserName: z.string().nullable(),
  patientId: PatientId.nullable(),
  patientName: z.string().nullable(),
  detail: z.string().nullable(),
  openedAt: Instant,
  dueAt: Instant,
  state: z.enum(reviewStates),
  overdue: z.boolean(),
  answeredAt: Instant.nullable(),
  answeredByName: z.string().nullable(),
  answer: z.string().nullable(),
})
export type Review = z.infer<typeof Review>

export const ReviewCounts = z.strictObject({
  open: z.number().int(),
  overdue: z.number().int(),
  answered: z.number().int(),
  notJustified: z.number().int(),
})
const counts = Object.keys(ReviewCounts.shape)

export const reviewFilters = ['open', 'overdue', 'answered'] as const
export type ReviewFilter = (typeof reviewFilters)[number]

const patientsOf = (list: readonly { patientId: string | null }[]) => [
  ...new Set(list.flatMap((item) => (item.patientId ? [item.patientId] : []))),
]

export const oversight = contract('oversight', {
  unread: query({
    summary: 'How many notices to me, or to my role, I have not seen.',
    access: 'ownAccount.R',
    audit: false,
    reads: ['notice', 'notice_seen'],
    input: z.strictObject({}),
    output: z.strictObject({ unread: z.number().int() }),
  }),
  notices: query({
    summary: 'Notices to me and to the role I work under, newest first.',
    access: 'ownAccount.R',
    audit: {
      action: 'notice.list',
      category: 'account',
      patients: (_i, o: { notices: readonly { patientId: string | null }[] }) => patientsOf(o.notices),
    },
    reads: ['notice', 'notice_seen'],
    input: z.strictObject({
      /** Id of the last notice of the page before. */
      before: Id.nullable().default(null),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.strictObject({ notices: z.array(Notice), next: Id.nullable() }),
  }),
  markSeen: command({
    summary: 'Mark notices as seen; without a list, all of them.',
    access: 'ownAccount.U',
    audit: { action: 'notice.mark-seen', category: 'account', detail: (_i, o) => String(o.seen) },
    input: z.strictObject({ ids: z.array(Id).max(200).nullable().default(null) }),
    output: z.strictObject({ seen: z.number().int() }),
  }),
  reviewCounts: query({
    summary: 'How many review items are open, overdue and answered.',
    access: 'reviews.R',
    audit: false,
    reads: ['review_item'],
    input: z.strictObject({}),
    output: ReviewCounts,
    fields: { admin: counts },
  }),
  reviews: query({
    summary: 'Review items: the overdue first, then by the day they are due.',
    access: 'reviews.U',
    audit: {
      action: 'review.list',
      category: 'audit',
      patients: (_i, o: { reviews: readonly { patientId: string | null }[] }) => patientsOf(o.reviews),
    },
    reads: ['review_item'],
    input: z.strictObject({
      filter: z.enum(reviewFilters).default('open'),
      /** `dueAt` (or `answeredAt`) and id of the last item of the page before. */
      after: z.strictObject({ at: Instant, id: Id }).nullable().default(null),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.strictObject({
      reviews: z.array(Review),
      next: z.strictObject({ at: Instant, id: Id }).nullable(),
    }),
  }),
  answer: command({
    summary: 'Answer a review item: justified, not justified, or closed as nothing to judge.',
    access: 'reviews.U',
    audit: {
      action: 'review.answer',
      category: 'audit',
      patients: (_i, o: { patientId: string | null }) => patientsOf([o]),
      detail: (i) => i.state,
    },
    input: z.strictObject({
      id: Id,
      rev: z.number().int(),
      state: z.enum(['justified', 'not-justified', 'closed']),
      words: z.string().trim().min(5).max(1000),
    }),
    output: Review,
    errors: ['WRONG_STATE'],
  }),
  reopen: command({
    summary: 'Take an answer back: the item is open again.',
    access: 'reviews.U',
    audit: {
      action: 'review.reopen',
      category: 'audit',
      patients: (_i, o: { patientId: string | null }) => patientsOf([o]),
    },
    input: z.strictObject({ id: Id, rev: z.number().int() }),
    output: Review,
    errors: ['WRONG_STATE'],
  }),
})
