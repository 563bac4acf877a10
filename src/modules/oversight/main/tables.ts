// Notices and review items. Both stay at the level of the clinic: they outlive what they are about.
import { type RowOf, syncedTable } from '#core/store/table-def.ts'

/** To one person, or to everybody who holds a role. */
export const notice = syncedTable('notice', 150, 'plain', {
  notice: {
    to_user: 'text?',
    to_role: 'text?',
    kind: 'text',
    about_user: 'text?',
    patient_id: 'text?',
    /** A count, a date, a code; never clinical text. */
    detail: 'text?',
    created_at: 'text',
  },
})

export const noticeSeen = syncedTable('notice_seen', 151, 'append', {
  seen: { notice_id: 'text', user_id: 'text', seen_at: 'text' },
})

/** One item a kind and subject; the subject names what it is about, such as `grant:ID` or `day:user:patient`. */
export const reviewItem = syncedTable('review_item', 152, 'review', {
  what: {
    kind: 'text',
    subject: 'text',
    about_user: 'text?',
    patient_id: 'text?',
    detail: 'text?',
    opened_at: 'text',
    due_at: 'text',
  },
  /** open, justified, not-justified, or closed where nothing had to be judged. */
  answer: { state: 'text', answered_at: 'text?', answered_by: 'text?', answer: 'text?' },
})

declare module '#core/store/database.ts' {
  interface Database {
    notice: RowOf<typeof notice>
    notice_seen: RowOf<typeof noticeSeen>
    review_item: RowOf<typeof reviewItem>
  }
}
