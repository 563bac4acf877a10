// Reads of notices and review items, compiled once. Ids are minted from the instant, so they order by time.
import { preparedQuery } from '#core/store/reader.ts'

export const firstId = '00000000-0000-7000-8000-000000000000'
export const lastId = 'ffffffff-ffff-7fff-bfff-ffffffffffff'

const noticeColumns = [
  'notice.id',
  'notice.kind',
  'notice.to_role',
  'notice.about_user',
  'notice.patient_id',
  'notice.detail',
  'notice.created_at',
] as const

type Page = { user: string; role: string; before: string; limit: number }
/** Two walks over two indexes, each no longer than the page. */
export const noticesToUser = preparedQuery<Omit<Page, 'role'>>()((db, p) =>
  db
    .selectFrom('notice')
    .leftJoin('notice_seen as s', (j) =>
      j.onRef('s.notice_id', '=', 'notice.id').on('s.user_id', '=', p.user),
    )
    .select([...noticeColumns, 's.id as seen_id'])
    .where('notice.to_user', '=', p.user)
    .where('notice.id', '<', p.before)
    .where('notice.voided_at', 'is', null)
    .orderBy('notice.id', 'desc')
    .limit(p.limit),
)
export const noticesToRole = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('notice')
    .leftJoin('notice_seen as s', (j) =>
      j.onRef('s.notice_id', '=', 'notice.id').on('s.user_id', '=', p.user),
    )
    .select([...noticeColumns, 's.id as seen_id'])
    .where('notice.to_role', '=', p.role)
    .where('notice.id', '<', p.before)
    .where('notice.voided_at', 'is', null)
    .orderBy('notice.id', 'desc')
    .limit(p.limit),
)
/** What is older than a quarter of a year calls nobody any more. */
export const unseen = preparedQuery<{ user: string; role: string; since: string }>()((db, p) =>
  db
    .selectFrom('notice')
    .select('notice.id')
    .where((eb) => eb.or([eb('to_user', '=', p.user), eb('to_role', '=', p.role)]))
    .where('created_at', '>=', p.since)
    .where('voided_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('notice_seen as s')
            .select('s.id')
            .where('s.user_id', '=', p.user)
            .whereRef('s.notice_id', '=', 'notice.id'),
        ),
      ),
    ),
)

export const reviewCounts = preparedQuery<{ now: string }>()((db, p) =>
  db
    .selectFrom('review_item')
    .select((eb) => [
      'state',
      eb.fn.countAll<number>().as('n'),
      eb.fn.countAll<number>().filterWhere('due_at', '<', p.now).as('late'),
    ])
    .where('voided_at', 'is', null)
    .groupBy('state'),
)
export const reviewById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('review_item').selectAll().where('id', '=', p.id).where('voided_at', 'is', null),
)
/** Open ones by the day they are due: the overdue come first by themselves. */
export const openReviews = preparedQuery<{ until: string; at: string; id: string; limit: number }>()(
  (db, p) =>
    db
      .selectFrom('review_item')
      .selectAll()
      .where('state', '=', 'open')
      .where('due_at', '<', p.until)
      .where((eb) => eb.or([eb('due_at', '>', p.at), eb.and([eb('due_at', '=', p.at), eb('id', '>', p.id)])]))
      .where('voided_at', 'is', null)
      .orderBy('due_at')
      .orderBy('id')
      .limit(p.limit),
)
export const answeredReviews = preparedQuery<{ at: string; id: string; limit: number }>()((db, p) =>
  db
    .selectFrom('review_item')
    .selectAll()
    .where('state', 'in', ['justified', 'not-justified', 'closed'])
    .where((eb) =>
      eb.or([eb('answered_at', '<', p.at), eb.and([eb('answered_at', '=', p.at), eb('id', '<', p.id)])]),
    )
    .where('voided_at', 'is', null)
    .orderBy('answered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p.limit),
)
