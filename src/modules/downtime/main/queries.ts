// How far the records have come: whether anything was saved since the last copy.
import { preparedQuery } from '#core/store/reader.ts'

export const newestCommit = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('sync_commit').select('pos').orderBy('pos', 'desc').limit(1),
)
