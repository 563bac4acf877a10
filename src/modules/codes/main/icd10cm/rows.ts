// From codes, notes and own lists to the rows of the catalogue, in order of importance. The order is the ranking of the
// search (search.ts): common ones as listed; then codes that can be billed, short titles first; injuries and outer
// causes behind them, first encounters before later ones; headings last.
import type { CatalogueRow } from '#core/catalogue/definition.ts'
import { indexWords } from '../words.ts'
import type { problemTables } from './catalogue.ts'
import { type CodeEntry, undotted } from './order-file.ts'
import type { CodeNote } from './tabular.ts'

export interface ProblemSources {
  readonly entries: Iterable<CodeEntry>
  readonly notes: Iterable<readonly [code: string, note: CodeNote]>
  readonly shortWords: Iterable<string>
  readonly common: Iterable<string>
}

type Row = CatalogueRow<typeof problemTables>

/** Other names of a code: they are found as its title is. */
const alsoCalled = new Set(['inclusionTerm', 'includes'])

/** Lines between two breaths of the program. */
const breath = 500

export function* problemRows(sources: ProblemSources): Generator<Row | null> {
  const entries = yield* collect(sources.entries)
  const notes = notesByCode(yield* collect(sources.notes))
  const codes = new Set(entries.map((e) => e.code))
  let n = 0
  for (const { entry, ord } of byImportance(entries, commonCodes(sources.common))) {
    n += 1
    const { code, title } = entry
    const parent = parentOf(code, codes)
    yield ['problem', { n, code, title, billable: entry.billable ? 1 : 0, ord, parent }]
    const others = (notes.get(code) ?? [])
      .filter((note) => alsoCalled.has(note.kind))
      .map((note) => note.text)
    yield [
      'problem_search',
      { rowid: n, terms: [...new Set(indexWords([title, ...others].join(' ')))].join(' ') },
    ]
  }
  for (const [code, list] of notes) {
    if (!codes.has(code)) continue
    for (const [ord, { kind, text }] of list.entries()) yield ['problem_note', { code, ord, kind, text }]
  }
  yield* shortWordRows(sources.shortWords, codes)
}

function* collect<T>(source: Iterable<T>): Generator<null, T[]> {
  const found: T[] = []
  for (const item of source) {
    found.push(item)
    if (found.length % breath === 0) yield null
  }
  return found
}

function notesByCode(notes: readonly (readonly [string, CodeNote])[]): Map<string, CodeNote[]> {
  const byCode = new Map<string, CodeNote[]>()
  for (const [code, note] of notes) {
    const list = byCode.get(code)
    if (list) list.push(note)
    else byCode.set(code, [note])
  }
  return byCode
}

function* shortWordRows(lines: Iterable<string>, codes: ReadonlySet<string>): Generator<Row> {
  const seen = new Set<string>()
  for (const line of lines) {
    if (line.startsWith('#')) continue
    const [short = '', words = '', meant = ''] = line.split('\t')
    const term = indexWords(short).join(' ')
    if (term === '' || seen.has(term)) continue
    seen.add(term)
    const known = meant
      .split(' ')
      .map(undotted)
      .filter((code) => codes.has(code))
    yield ['short_word', { term, words: indexWords(words).join(' '), codes: known.join(' ') }]
  }
}

function commonCodes(lines: Iterable<string>): Map<string, number> {
  const codes = [...lines].filter((line) => !line.startsWith('#')).flatMap((line) => line.split(' '))
  return new Map(codes.map((code, place) => [undotted(code), place]))
}

interface Weighed {
  readonly entry: CodeEntry
  readonly ord: number
  readonly tier: number
}

function byImportance(entries: readonly CodeEntry[], common: ReadonlyMap<string, number>): Weighed[] {
  const weighed = entries.map((entry, n) => ({ entry, ord: n + 1, tier: tierOf(entry, common) }))
  return weighed.sort(
    (a, b) => a.tier - b.tier || a.entry.title.length - b.entry.title.length || a.ord - b.ord,
  )
}

/** Below 0: common, by its place in the list. */
function tierOf({ code, billable }: CodeEntry, common: ReadonlyMap<string, number>): number {
  const place = common.get(code)
  if (place !== undefined) return place - common.size
  if (!billable) return 4
  if (code.length === 7 && code.at(-1) !== 'A') return 3
  return /^[S-Y]/.test(code) ? 2 : 1
}

/** The next shorter code that is there; places of "X" in between are none. */
function parentOf(code: string, codes: ReadonlySet<string>): string | null {
  for (let length = code.length - 1; length >= 3; length--) {
    const shorter = code.slice(0, length)
    if (codes.has(shorter)) return shorter
  }
  return null
}
