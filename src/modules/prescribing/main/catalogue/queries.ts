// Reads of the medicine catalogue, compiled once.
import { sql } from 'kysely'
import { catalogueQueries } from '#core/catalogue/definition.ts'
import { drugCatalogue, interactionCatalogue } from './definition.ts'

const drugs = catalogueQueries(drugCatalogue)
const interactions = catalogueQueries(interactionCatalogue)

/** Found by beginnings of words, in order of importance; `match` is a text of `matchWords`. */
export const drugsByWords = drugs<{ match: string; limit: number }>()((db, p) =>
  db
    .selectFrom('drug_words')
    .innerJoin('drug', 'drug.rank', 'drug_words.rowid')
    .select(['id', 'label', 'ingredients', 'strength', 'form', 'route', 'brand', 'legal', 'unit'])
    .where(sql<boolean>`drug_words match ${p.match}`)
    .orderBy('drug_words.rowid')
    .limit(p.limit),
)

export const drugById = drugs<{ id: string }>()((db, p) =>
  db
    .selectFrom('drug')
    .select(['id', 'label', 'ingredients', 'strength', 'form', 'route', 'brand', 'legal', 'unit'])
    .where('id', '=', p.id),
)

/** Kept in memory, some thousand short rows. */
export const allSubstanceNames = drugs<Record<never, never>>()((db) =>
  db.selectFrom('substance_name').select(['name', 'base', 'cuis']),
)
export const allInteractions = interactions<Record<never, never>>()((db) =>
  db.selectFrom('interaction').select(['a', 'b', 'severity', 'a_name', 'b_name']),
)
