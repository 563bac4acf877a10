// Reads of the ICD-10-CM catalogue, compiled once.
import { sql } from 'kysely'
import { catalogueQueries } from '#core/catalogue/definition.ts'
import { icd10cm } from './catalogue.ts'

const query = catalogueQueries(icd10cm)
const columns = ['n', 'code', 'title', 'billable', 'parent'] as const

export interface ProblemRow {
  readonly n: number
  readonly code: string
  readonly title: string
  readonly billable: number
  readonly parent: string | null
}

export const problemByCode = query<{ code: string }>()((db, p) =>
  db.selectFrom('problem').select(columns).where('code', '=', p.code),
)

/** `from` up to, not including, `to`; most important first. */
export const problemsByCode = query<{ from: string; to: string; limit: number }>()((db, p) =>
  db
    .selectFrom('problem')
    .select(columns)
    .where('code', '>=', p.from)
    .where('code', '<', p.to)
    .orderBy('n')
    .limit(p.limit),
)

/** In order of importance by the nature of the index: it hands out its rows by number, so nothing is sorted. */
export const problemsByWords = query<{ match: string; limit: number }>()((db, p) =>
  db
    .selectFrom('problem_search')
    .crossJoin('problem')
    .select(['problem.n', 'problem.code', 'problem.title', 'problem.billable', 'problem.parent'])
    .where(sql<boolean>`problem_search match ${p.match}`)
    .whereRef('problem.n', '=', 'problem_search.rowid')
    .limit(p.limit),
)

export const notesOfCode = query<{ code: string }>()((db, p) =>
  db.selectFrom('problem_note').select(['kind', 'text']).where('code', '=', p.code).orderBy('ord'),
)

export const shortWord = query<{ term: string }>()((db, p) =>
  db.selectFrom('short_word').select(['words', 'codes']).where('term', '=', p.term),
)

export const everyCode = query<Record<never, never>>()((db) =>
  db.selectFrom('problem').select(['code', 'title']).orderBy('n'),
)
export const everyNote = query<Record<never, never>>()((db) =>
  db.selectFrom('problem_note').select(['code', 'kind', 'text']).orderBy('code').orderBy('ord'),
)
