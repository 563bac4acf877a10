// Reads of the __module__ module, compiled once.
import { preparedQuery } from '#core/store/reader.ts'

export const allItems = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('__snake___item')
    .select(['id', 'rev', 'name'])
    .where('voided_at', 'is', null)
    .orderBy('name')
    .orderBy('id'),
)

export const itemById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('__snake___item').select(['id', 'rev', 'name']).where('id', '=', p.id),
)
