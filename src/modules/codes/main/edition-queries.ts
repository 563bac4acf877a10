// Reads of loaded editions, compiled once. There are a handful of them.
import { preparedQuery } from '#core/store/reader.ts'

export const editionsOf = preparedQuery<{ catalogue: string }>()((db, p) =>
  db
    .selectFrom('code_set_edition')
    .selectAll()
    .where('catalogue', '=', p.catalogue)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(50),
)
export const editionById = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('code_set_edition').selectAll().where('id', '=', p.id).where('voided_at', 'is', null),
)
export const editionInUse = preparedQuery<{ catalogue: string }>()((db, p) =>
  db
    .selectFrom('code_set_edition')
    .select(['id', 'file', 'digest'])
    .where('catalogue', '=', p.catalogue)
    .where('in_use', '=', 1)
    .where('voided_at', 'is', null),
)
