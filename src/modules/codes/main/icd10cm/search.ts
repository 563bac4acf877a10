// Searching problems. Order of the answer, and nothing else decides it:
//   1. codes that begin with what was typed, most important first: what can be billed before its heading;
//   2. what this person, then this clinic has written down most among all that fits the words;
//   3. the codes a short word usually means ("htn", "dm2"), as listed;
//   4. everything that has all the words, each as the beginning of a word, most important first (rows.ts): those whose
//      title has them before those that are only also called so.
// Equal questions get equal answers until somebody records something or a newer edition is loaded.
import type { OpenCatalogue } from '#core/catalogue/definition.ts'
import { matchBeginning } from '#core/catalogue/words.ts'
import { indexWords, typedWords } from '../words.ts'
import { undotted } from './order-file.ts'
import {
  notesOfCode,
  problemByCode,
  type ProblemRow,
  problemsByCode,
  problemsByWords,
  shortWord,
} from './queries.ts'

export type Found = ProblemRow & { readonly by: 'code' | 'used' | 'short' | 'words' }

/** More words than that say nothing more, and each costs. */
const mostWords = 12
/** Longest run of words looked up as one short word: "high blood pressure". */
const longestTerm = 3

/** How many times the wanted number is read to tell titles from other names. */
const lookAhead = 4

const codeLike = /^[A-Z][0-9][0-9A-Z]?(\.?[0-9A-Z]{0,4})$/

export function searchProblems(
  codes: OpenCatalogue,
  text: string,
  limit: number,
  used: readonly string[],
): Found[] {
  const found = new Map<string, Found>()
  const add = (row: ProblemRow | undefined, by: Found['by']) => {
    if (row && found.size < limit && !found.has(row.code)) found.set(row.code, { ...row, by })
  }
  for (const row of byCode(codes, text, limit)) add(row, 'code')
  const typed = typedWords(text).slice(0, mostWords)
  if (typed.length === 0) return [...found.values()]
  const parts = partsOf(codes, typed, indexWords(text).slice(0, mostWords))
  for (const row of usedAmong(codes, used, parts)) add(row, 'used')
  for (const code of meant(codes, text)) add(codes.get(problemByCode, { code }), 'short')
  if (found.size < limit) {
    const rows = codes.all(problemsByWords, { match: matchOf(parts), limit: limit * lookAhead })
    const others: ProblemRow[] = []
    for (const row of rows) {
      if (found.size >= limit) break
      if (titleFits(row.title, parts)) add(row, 'words')
      else others.push(row)
    }
    for (const row of others) add(row, 'words')
  }
  return [...found.values()]
}

function byCode(codes: OpenCatalogue, text: string, limit: number): ProblemRow[] {
  const typed = text.trim().toUpperCase()
  if (!codeLike.test(typed)) return []
  const from = undotted(typed)
  const exact = codes.get(problemByCode, { code: from })
  const rows = codes
    .all(problemsByCode, { from, to: `${from}\uffff`, limit })
    .filter((row) => row.code !== from)
  if (!exact) return rows
  return exact.billable ? [exact, ...rows] : [...rows.slice(0, limit - 1), exact]
}

function meant(codes: OpenCatalogue, text: string): string[] {
  const listed = codes.get(shortWord, { term: indexWords(text).join(' ') })
  return listed && listed.codes !== '' ? listed.codes.split(' ') : []
}

/** One thing that must be there: the beginning of a word as typed, or all full words of the short word it is. */
interface Part {
  readonly typed: readonly string[]
  readonly full: readonly string[] | null
}

/** The longest short words first: "type 2 dm" is one typed word, one number and one short word. */
function partsOf(codes: OpenCatalogue, typed: readonly string[], whole: readonly string[]): Part[] {
  const parts: Part[] = []
  let at = 0
  while (at < typed.length) {
    const length = Math.min(longestTerm, typed.length - at)
    const part = shortPart(codes, typed, whole, at, length) ?? { typed: typed.slice(at, at + 1), full: null }
    parts.push(part)
    at += part.typed.length
  }
  return parts
}

function shortPart(
  codes: OpenCatalogue,
  typed: readonly string[],
  whole: readonly string[],
  at: number,
  longest: number,
): Part | null {
  for (let length = longest; length > 0; length--) {
    const listed = codes.get(shortWord, { term: whole.slice(at, at + length).join(' ') })
    if (listed) return { typed: typed.slice(at, at + length), full: listed.words.split(' ') }
  }
  return null
}

const allOf = (words: readonly string[]) => words.map(matchBeginning).join(' AND ')

function matchOf(parts: readonly Part[]): string {
  return parts
    .map(({ typed, full }) => (full ? `((${allOf(typed)}) OR (${allOf(full)}))` : allOf(typed)))
    .join(' AND ')
}

function usedAmong(codes: OpenCatalogue, used: readonly string[], parts: readonly Part[]): ProblemRow[] {
  const rows: ProblemRow[] = []
  for (const code of used) {
    const known = wordsOfCode(codes, code)
    if (known && parts.every((part) => fits(known.words, part))) rows.push(known.row)
  }
  return rows
}

function fits(words: readonly string[], { typed, full }: Part): boolean {
  const has = (beginning: string) => words.some((word) => word.startsWith(beginning))
  return typed.every(has) || (full?.every(has) ?? false)
}

function titleFits(title: string, parts: readonly Part[]): boolean {
  const words = indexWords(title)
  return parts.every((part) => fits(words, part))
}

interface Known {
  readonly row: ProblemRow
  readonly words: readonly string[]
}

/** Words of the few hundred codes a clinic uses, kept for the edition in hand. */
let kept: { readonly key: string; readonly codes: Map<string, Known | null> } = { key: '', codes: new Map() }

function wordsOfCode(codes: OpenCatalogue, code: string): Known | null {
  if (kept.key !== codes.key) kept = { key: codes.key, codes: new Map() }
  let known = kept.codes.get(code)
  if (known === undefined) {
    known = readKnown(codes, code)
    kept.codes.set(code, known)
  }
  return known
}

function readKnown(codes: OpenCatalogue, code: string): Known | null {
  const row = codes.get(problemByCode, { code })
  if (!row) return null
  const others = codes
    .all(notesOfCode, { code })
    .filter(({ kind }) => kind === 'inclusionTerm' || kind === 'includes')
  return { row, words: indexWords([row.title, ...others.map((note) => note.text)].join(' ')) }
}
