// Reads of the clinic module. One clinic, one row.
import { preparedQuery } from '#core/store/reader.ts'

export const clinicRow = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('clinic')
    .select(['id', 'rev', 'name', 'country', 'time_zone', 'currency', 'locale', 'one_care_team', 'is_demo'])
    .where('voided_at', 'is', null)
    .orderBy('id')
    .limit(1),
)
