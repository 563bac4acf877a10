// Which words a patient is found by: name parts, phones, identifiers, birth date, as folded tokens for the index.
// The query side (search-query.ts) cuts its text with the same functions. Pure; see fold.ts for what "same word" means.
import { digitsOf, foldIdentifier, foldText, spelledOut } from './fold.ts'

export interface SearchableText {
  /** Every name by which somebody may ask: the whole name, its parts in the order family + given, former names. */
  readonly names: readonly string[]
  readonly birthDate: string | null
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  /** Identifiers of others and the clinic's own record number. */
  readonly identifiers: readonly string[]
}

const longestToken = 40
const mostTokens = 600
/** A run without word gaps longer than this is no name; only its beginning is cut into suffixes. */
const longestRun = 16

/** The text of one row of the full-text index. */
export function searchTermsOf(patient: SearchableText): string {
  const tokens = new Set<string>()
  for (const name of patient.names) addAll(tokens, nameTokens(name))
  if (patient.birthDate) tokens.add(dateToken(patient.birthDate))
  for (const phone of patient.phones) addAll(tokens, phoneTokens(phone))
  for (const email of patient.emails) addToken(tokens, foldIdentifier(email))
  for (const identifier of patient.identifiers) addAll(tokens, identifierTokens(identifier))
  return [...tokens].slice(0, mostTokens).join(' ')
}

/** Signs inside a word that some write and some do not: O'Connor, Jean-Luc, J.R., 约翰·史密斯, the Persian half space. */
const inner = /^['\-\u00ad\u058a\u05be\u2010-\u2015.·・‧_\u200c]+$/u
const wordPattern = /[\p{L}\p{M}\p{N}]+/gu
/** Scripts written without gaps between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]+/gu
const isUnspacedStart = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]/u

export interface WordPieces {
  /** `o`, `connor`. */
  readonly pieces: readonly string[]
  /** `oconnor`; equal to the only piece where there is one. */
  readonly joined: string
}

/** Cuts folded text without blanks into words; `joined` only across signs that belong inside a word. */
export function piecesOf(chunk: string): WordPieces[] {
  const groups: { pieces: string[]; joined: string }[] = []
  let end = -1
  for (const match of chunk.matchAll(wordPattern)) {
    const group = groups.at(-1)
    if (group && inner.test(chunk.slice(end, match.index))) {
      group.pieces.push(match[0])
      group.joined += match[0]
    } else {
      groups.push({ pieces: [match[0]], joined: match[0] })
    }
    end = match.index + match[0].length
  }
  return groups
}

/** `李Anna` is two words although nothing stands between them. */
export function splitScripts(piece: string): string[] {
  return piece.match(unspaced) ?? []
}

export const isUnspaced = (run: string): boolean => isUnspacedStart.test(run)
export const cut = (token: string): string =>
  token.length > longestToken ? Array.from(token).slice(0, longestToken).join('') : token

/** Words that are as often written onto the next one: Abd Allah and Abdallah, Mc Donald, de la Cruz. */
const joinsNext = new Set(
  'abd abdel abdul abou abu al bin ben da de del della di du el ibn la le mac mc o san santa st te van von عبد ابو ابن ال ام'.split(
    ' ',
  ),
)

export function nameTokens(name: string): Set<string> {
  const tokens = new Set<string>()
  addSpelling(tokens, foldText(name))
  const spelled = spelledOut(name)
  if (spelled) addSpelling(tokens, spelled)
  return tokens
}

function addSpelling(tokens: Set<string>, folded: string): void {
  const words: string[] = []
  for (const chunk of folded.split(/\s+/u)) {
    for (const { pieces, joined } of piecesOf(chunk)) {
      for (const piece of pieces) addWord(tokens, piece)
      // O'Connor-Byrne: somebody types connorbyrne, oconnor or all of it.
      if (pieces.length > 1 && pieces.length <= 4) addRuns(tokens, pieces)
      else if (pieces.length > 1) addWord(tokens, joined)
      words.push(joined)
    }
  }
  addJoinedWords(tokens, words)
}

function addRuns(tokens: Set<string>, pieces: readonly string[]): void {
  for (let from = 0; from < pieces.length; from++) {
    for (let to = from + 2; to <= pieces.length; to++) addWord(tokens, pieces.slice(from, to).join(''))
  }
}

function addJoinedWords(tokens: Set<string>, words: readonly string[]): void {
  for (let i = 0; i + 1 < words.length; i++) {
    let joined = words[i] ?? ''
    for (let next = i + 1; next < words.length && joinsNext.has(words[next - 1] ?? ''); next++) {
      joined += words[next]
      addToken(tokens, joined)
    }
  }
  // 李 小龙 and 李小龙 are one name; so are 김 민수 and 김민수.
  if (words.length > 1 && words.every((word) => splitScripts(word).length === 1 && isUnspaced(word))) {
    addWord(tokens, words.join(''))
  }
}

function addWord(tokens: Set<string>, word: string): void {
  const runs = splitScripts(word)
  for (const run of runs) {
    if (isUnspaced(run)) addSuffixes(tokens, run)
    else addToken(tokens, run)
    // The Arabic article is left out as often as it is written.
    if (/^ال.{3,}/u.test(run)) addToken(tokens, run.slice(2))
  }
  if (runs.length > 1) addToken(tokens, word)
}

/** With every suffix in the index, a prefix search finds any part of an unspaced name. */
function addSuffixes(tokens: Set<string>, run: string): void {
  const characters = Array.from(run).slice(0, longestRun)
  for (let i = 0; i < characters.length; i++) {
    tokens.add(characters.slice(i).join(''))
    tokens.add(characters[i] ?? '')
  }
}

/** A birth date as digits, at the precision at which it is known: 1980, 198003, 19800312. */
export function dateToken(date: string): string {
  return date.replaceAll('-', '')
}

/** The number as digits, without leading zeros, and its last 6 to 10 digits: with or without country and area code. */
export function phoneTokens(value: string): Set<string> {
  const tokens = new Set<string>()
  const digits = digitsOf(value.replace(/\s*(?:ext|x|#|;)\.?\s*\S*$/iu, '')) || digitsOf(value)
  if (digits.length < 3) return tokens
  addToken(tokens, digits)
  const national = withoutLeadingZeros(digits)
  if (national.length >= 3) addToken(tokens, national)
  for (let length = 6; length <= 10 && length < digits.length; length++) tokens.add(digits.slice(-length))
  return tokens
}

/** The ending by which two writings of one phone number are compared: nine digits leave out country and trunk codes. */
export function phoneKey(value: string): string | null {
  const digits = withoutLeadingZeros(digitsOf(value))
  return digits.length < 6 ? null : digits.length > 9 ? digits.slice(-9) : digits
}

export function identifierTokens(value: string): Set<string> {
  const tokens = new Set<string>()
  addNumber(tokens, foldIdentifier(value))
  const parts = foldText(value).match(wordPattern) ?? []
  // Parts of a UUID are noise; parts of MRN-000123 are what is printed large on a card.
  if (parts.length > 1 && parts.length <= 4)
    for (const part of parts) if (part.length >= 3) addNumber(tokens, part)
  return tokens
}

function addNumber(tokens: Set<string>, token: string): void {
  addToken(tokens, token)
  const trimmed = withoutLeadingZeros(token)
  if (trimmed.length >= 2) addToken(tokens, trimmed)
}

export const withoutLeadingZeros = (text: string): string => text.replace(/^0+/, '')

function addToken(tokens: Set<string>, token: string): void {
  if (token) tokens.add(cut(token))
}

function addAll(tokens: Set<string>, more: Iterable<string>): void {
  for (const token of more) tokens.add(token)
}

/** Orders a list of names as a register does: family name first, accents and case ignored. */
export function sortKeyOf(name: string, family: string | null, given: string | null): string {
  const text = family ? `${family} ${given ?? ''}` : name
  return foldText(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}
