// Reads of what the clinic sets up: a few dozen rows, read as a whole.
import { preparedQuery } from '#core/store/reader.ts'

type None = Record<never, never>
type Id = { id: string }

export const allResources = preparedQuery<None>()((db) =>
  db
    .selectFrom('schedulable')
    .select([
      'id',
      'rev',
      'kind',
      'name',
      'user_id',
      'colour',
      'position',
      'active',
      'default_room_id',
      'room_kind',
    ])
    .where('voided_at', 'is', null)
    .orderBy('position')
    .orderBy('name')
    .orderBy('id'),
)

export const allVisitTypes = preparedQuery<None>()((db) =>
  db
    .selectFrom('visit_type')
    .select([
      'id',
      'rev',
      'name',
      'minutes',
      'colour',
      'position',
      'fee_code',
      'note_title',
      'room_kind',
      'bookable_by',
      'active',
    ])
    .where('voided_at', 'is', null)
    .orderBy('position')
    .orderBy('name')
    .orderBy('id'),
)

export const allRules = preparedQuery<None>()((db) =>
  db
    .selectFrom('opening_rule')
    .select([
      'id',
      'resource_id',
      'weekday',
      'from_minutes',
      'until_minutes',
      'kind',
      'valid_from',
      'valid_until',
    ])
    .where('voided_at', 'is', null)
    .orderBy('weekday')
    .orderBy('from_minutes')
    .orderBy('id'),
)

/** Time off that touches a range of days. */
export const absencesBetween = preparedQuery<{ from: string; to: string }>()((db, p) =>
  db
    .selectFrom('absence')
    .select([
      'id',
      'rev',
      'resource_id',
      'from_date',
      'from_minutes',
      'until_date',
      'until_minutes',
      'kind',
      'title',
    ])
    .where('until_date', '>=', p.from)
    .where('from_date', '<=', p.to)
    .where('voided_at', 'is', null)
    .orderBy('from_date')
    .orderBy('from_minutes')
    .orderBy('id'),
)

export const absenceById = preparedQuery<Id>()((db, p) =>
  db.selectFrom('absence').selectAll().where('id', '=', p.id),
)
