// What somebody typed into the search box, as an FTS5 expression over the tokens of search-terms.ts.
// Every token is quoted and holds letters, marks and digits only, so no FTS syntax can be smuggled in.
import { foldIdentifier, foldText, spelledOut } from './fold.ts'
import { cut, dateToken, isUnspaced, piecesOf, splitScripts, withoutLeadingZeros } from './search-terms.ts'

export interface SearchQuery {
  /** Matches rows that hold every word whole. */
  readonly exact: string
  /** Matches rows with a word beginning with each typed one. */
  readonly prefix: string
}

/** A calendar date (YYYY-MM-DD, YYYY-MM or YYYY) when the text is one as the clinic writes dates, else null. */
export type DateReader = (text: string) => string | null

const mostWords = 12
/** "14 de março de 1986". */
const longestDate = 5

type Expression =
  | { readonly token: string }
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] }

/** `null` when nothing in the text can be searched for. */
export function parseSearch(text: string, readDate: DateReader): SearchQuery | null {
  const words = text.trim().split(/\s+/u).filter(Boolean).slice(0, mostWords)
  const found: Expression[] = []
  for (let i = 0; i < words.length; ) {
    const date = dateAt(words, i, readDate)
    const length = date?.length ?? numberRun(words, i)
    const plain = plainExpression(words.slice(i, i + length))
    const expression = date ? anyOf([{ token: dateToken(date.date) }, plain]) : plain
    if (expression) found.push(expression)
    i += length
  }
  // AB 12/34: an identifier may be printed in groups. Only with a digit in it, or every full name would be asked for twice.
  const grouped =
    words.length > 1 && words.length < 5 && /\p{Nd}/u.test(text) ? tokenOf(foldIdentifier(text)) : null
  const whole = anyOf([allOf(found), grouped])
  return whole ? { exact: render(whole, ''), prefix: render(whole, '*') } : null
}

/** The longest run of words that is a date. */
function dateAt(
  words: readonly string[],
  from: number,
  readDate: DateReader,
): { date: string; length: number } | null {
  for (let length = Math.min(longestDate, words.length - from); length > 0; length--) {
    const text = words.slice(from, from + length).join(' ')
    // Without this check every keystroke of a name would go through the month names of the locale.
    if (!/\p{Nd}/u.test(text)) continue
    const date = readDate(text.replace(/[,;،؛]+$/u, ''))
    if (date) return { date, length }
  }
  return null
}

const numberish = /^[+(]*\d[\d()+./-]*$/

/** How many words from here are groups of one number: 0100 123 4567. At least one word, whatever it is. */
function numberRun(words: readonly string[], from: number): number {
  let length = 0
  while (from + length < words.length && numberish.test(foldText(words[from + length] ?? ''))) length++
  return Math.max(1, length)
}

function plainExpression(words: readonly string[]): Expression | null {
  const each = allOf(words.map(wordExpression).filter((e) => e !== null))
  const joined = foldText(words.join(''))
  return numberish.test(joined) ? anyOf([numberExpression(joined), each]) : each
}

function numberExpression(text: string): Expression | null {
  const digits = text.replace(/\D+/g, '')
  if (!digits) return null
  const trimmed = withoutLeadingZeros(digits)
  // A trunk zero or 00 before the country code is typed by some and stored by others.
  return anyOf([{ token: cut(digits) }, trimmed.length >= 3 ? { token: cut(trimmed) } : null])
}

function wordExpression(word: string): Expression | null {
  if (word.includes('@')) return tokenOf(foldIdentifier(word))
  const spelled = spelledOut(word)
  return anyOf([spelling(foldText(word)), spelled ? spelling(spelled) : null])
}

/** O'Connor: `oconnor`, or both `o` and `connor`. */
function spelling(folded: string): Expression | null {
  const groups = piecesOf(folded).map(({ pieces, joined }) =>
    anyOf([pieces.length > 1 ? runsOf(joined) : null, allOf(pieces.map(runsOf).filter((e) => e !== null))]),
  )
  const separate = allOf(groups.filter((e) => e !== null))
  // An identifier keeps no signs at all: A/12-3 is a123.
  return groups.length > 1 ? anyOf([tokenOf(foldIdentifier(folded)), separate]) : separate
}

function runsOf(piece: string): Expression | null {
  const runs = splitScripts(piece).map((run) => (isUnspaced(run) ? unspacedToken(run) : tokenOf(run)))
  return allOf(runs.filter((e) => e !== null))
}

/** Suffixes in the index end after 16 characters, so a longer query must not ask for more than it can find. */
const unspacedToken = (run: string): Expression | null => tokenOf(Array.from(run).slice(0, 16).join(''))

const tokenOf = (token: string): Expression | null => (token ? { token: cut(token) } : null)

function allOf(parts: readonly Expression[]): Expression | null {
  return parts.length > 1 ? { all: parts } : (parts[0] ?? null)
}

function anyOf(parts: readonly (Expression | null)[]): Expression | null {
  const distinct = new Map<string, Expression>()
  for (const part of parts) {
    for (const one of part && 'any' in part ? part.any : [part]) if (one) distinct.set(render(one, ''), one)
  }
  const found = [...distinct.values()]
  return found.length > 1 ? { any: found } : (found[0] ?? null)
}

function render(expression: Expression, suffix: '' | '*'): string {
  if ('token' in expression) return `"${expression.token}"${suffix}`
  if ('all' in expression) return `(${expression.all.map((part) => render(part, suffix)).join(' AND ')})`
  return `(${expression.any.map((part) => render(part, suffix)).join(' OR ')})`
}

/** One token, whole: for the duplicate check. `null` when nothing in it can be searched for. */
export function wholeToken(token: string): string | null {
  const clean = foldText(token).replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
  return clean ? `"${cut(clean)}"` : null
}
