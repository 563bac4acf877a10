// Searching substances, and knowing one again by a code or by its whole name. Order of a search: what this person, then
// this clinic has recorded most; then the one whose whole name was typed; then by importance (rows.ts), those whose own
// name begins with what was typed first.
import { sql } from 'kysely'
import { catalogueQueries, type OpenCatalogue } from '#core/catalogue/definition.ts'
import { matchWords } from '#core/catalogue/words.ts'
import { indexWords, typedWords } from '../words.ts'
import { substances } from './catalogue.ts'
import { nameKey, withoutSalt } from './names.ts'

const query = catalogueQueries(substances)
const columns = ['n', 'name', 'category', 'system', 'code'] as const

export interface SubstanceRow {
  readonly n: number
  readonly name: string
  readonly category: string | null
  readonly system: string
  readonly code: string
}

export const substancesByWords = query<{ match: string; limit: number }>()((db, p) =>
  db
    .selectFrom('substance_search')
    .crossJoin('substance')
    .select(['substance.n', 'substance.name', 'substance.category', 'substance.system', 'substance.code'])
    .where(sql<boolean>`substance_search match ${p.match}`)
    .whereRef('substance.n', '=', 'substance_search.rowid')
    .limit(p.limit),
)
export const substanceByNumber = query<{ n: number }>()((db, p) =>
  db.selectFrom('substance').select(columns).where('n', '=', p.n),
)
export const namesOfSubstance = query<{ n: number }>()((db, p) =>
  db.selectFrom('substance_name').select(['name', 'kind']).where('n', '=', p.n).orderBy('ord'),
)
export const numberOfCode = query<{ code: string; system: string }>()((db, p) =>
  db.selectFrom('substance_code').select('n').where('code', '=', p.code).where('system', '=', p.system),
)
export const codesOfNumber = query<{ n: number }>()((db, p) =>
  db.selectFrom('substance_code').select(['system', 'code']).where('n', '=', p.n),
)
export const numberOfName = query<{ words: string }>()((db, p) =>
  db.selectFrom('substance_key').select('n').where('words', '=', p.words),
)

export interface FoundSubstance extends SubstanceRow {
  /** The other name or brand that was typed, where its own name does not show why it was found. */
  readonly via: string | null
  readonly by: 'used' | 'words'
}

const lookAhead = 4
const mostWords = 8

export function searchSubstances(
  catalogue: OpenCatalogue,
  text: string,
  limit: number,
  used: readonly string[],
): FoundSubstance[] {
  const typed = typedWords(text).slice(0, mostWords)
  const match = matchWords(typed)
  if (match === null) return []
  const rows = catalogue.all(substancesByWords, { match, limit: limit * lookAhead })
  const whole = substanceOfName(catalogue, text)
  const rank = (row: SubstanceRow) => (row.n === whole?.n ? 0 : startsWith(row.name, typed) ? 1 : 2)
  const known = new Set(used)
  const usedRows = used
    .flatMap((key) => rowOfKey(catalogue, key) ?? [])
    .filter((row) => fits(catalogue, row, typed))
  const sorted = [...rows].sort((a, b) => rank(a) - rank(b) || a.n - b.n)
  const found = new Map<number, FoundSubstance>()
  for (const row of [...usedRows, ...(whole ? [whole] : []), ...sorted]) {
    if (found.size >= limit) break
    if (found.has(row.n)) continue
    const by = known.has(keyOf(row)) ? 'used' : 'words'
    found.set(row.n, { ...row, by, via: viaOf(catalogue, row, typed) })
  }
  return [...found.values()]
}

/** How use is counted: by system and code. */
export const keyOf = (row: Pick<SubstanceRow, 'system' | 'code'>): string => `${row.system}|${row.code}`

function rowOfKey(catalogue: OpenCatalogue, key: string): SubstanceRow | undefined {
  const bar = key.lastIndexOf('|')
  return substanceOfCode(catalogue, key.slice(0, bar), key.slice(bar + 1))
}

function startsWith(name: string, typed: readonly string[]): boolean {
  return indexWords(name)[0]?.startsWith(typed[0] ?? '') ?? false
}

const holds = (text: string, typed: readonly string[]) => {
  const words = indexWords(text)
  return typed.every((beginning) => words.some((word) => word.startsWith(beginning)))
}

function fits(catalogue: OpenCatalogue, row: SubstanceRow, typed: readonly string[]): boolean {
  return holds(row.name, typed) || viaOf(catalogue, row, typed) !== null
}

function viaOf(catalogue: OpenCatalogue, row: SubstanceRow, typed: readonly string[]): string | null {
  if (holds(row.name, typed)) return null
  return catalogue.all(namesOfSubstance, { n: row.n }).find(({ name }) => holds(name, typed))?.name ?? null
}

export function substanceOfCode(
  catalogue: OpenCatalogue,
  system: string,
  code: string,
): SubstanceRow | undefined {
  const found = catalogue.get(numberOfCode, { system, code })
  return found && catalogue.get(substanceByNumber, { n: found.n })
}

export function substanceOfName(catalogue: OpenCatalogue, name: string): SubstanceRow | undefined {
  const base = withoutSalt(name)
  const found =
    catalogue.get(numberOfName, { words: nameKey(name) }) ??
    (base === null ? undefined : catalogue.get(numberOfName, { words: nameKey(base) }))
  return found && catalogue.get(substanceByNumber, { n: found.n })
}
