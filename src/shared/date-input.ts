// Reads a date as people type it in the clinic's own order, with its month names, separators and digits.
// Used by the date field and by patient search; prints nothing (formats live in the renderer).
import { daysInMonth } from './time.ts'

export type DateProblem = 'ambiguous' | 'empty' | 'not-a-date' | 'no-such-day' | 'in-future' | 'too-long-ago'

export type DateResult =
  | { readonly ok: true; readonly date: string }
  | { readonly ok: false; readonly problem: DateProblem }

export interface DateInputOptions {
  /** BCP 47; decides the order of day, month and year, and the month names besides English ones. */
  readonly locale: string
  /** YYYY-MM-DD in the clinic: two-digit years and the future are judged by it. */
  readonly today: string
  readonly allowFuture?: boolean
}

type Part = 'day' | 'month' | 'year'

const no = (problem: DateProblem): DateResult => ({ ok: false, problem })
const oldestYears = 130

/** YYYY, YYYY-MM or YYYY-MM-DD from what was typed, or why not. */
export function parseDateInput(typed: string, options: DateInputOptions): DateResult {
  const text = plain(typed, options.locale)
  if (text === '') return no('empty')
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(text)
  if (iso)
    return checked(Number(iso[1]), Number(iso[2]), iso[3] === undefined ? undefined : Number(iso[3]), options)
  const pieces = split(text, options.locale)
  if (!pieces) return no('not-a-date')
  const named = pieces.find((piece) => piece.month !== undefined)?.month
  const numbers = pieces.filter((piece) => piece.month === undefined).map((piece) => piece.digits)
  if (named !== undefined) return withMonthName(named, numbers, options)
  return numbersOnly(numbers, options)
}

interface Piece {
  readonly digits: string
  readonly month?: number
}

/** Western digits, composed letters, no direction marks, single blanks. */
function plain(typed: string, locale: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\u200e\u200f\u061c\u2066-\u2069\u202a-\u202e]/g, '')
    .replace(/\p{Nd}/gu, westernDigit)
    .toLocaleLowerCase(locale)
    .replace(/\s+/g, ' ')
    .trim()
}

/** Blocks of decimal digits start at a code ending in 0 or in 6 (hexadecimal) and hold ten in a row. */
function westernDigit(digit: string): string {
  if (digit <= '9') return digit
  const code = digit.codePointAt(0) ?? 48
  const row = code & ~15
  const start = /\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6
  return String(code - start)
}

interface LocaleWords {
  readonly order: readonly Part[]
  /** Folded month name to number; names of several words are joined by blanks. */
  readonly months: ReadonlyMap<string, number>
  /** Words that stand between the parts: "de", "år", "日". */
  readonly noise: ReadonlySet<string>
}

const dayFirst: readonly Part[] = ['day', 'month', 'year']
/** 1st, 2nd, 1er, 1re, 14e, 1ro: written beside a day. */
const ordinals = ['st', 'nd', 'rd', 'th', 'er', 're', 'e', 'ro', 'o', 'a']
const wordsCache = new Map<string, LocaleWords>()
const wordPattern = /[\p{L}\p{M}]+/gu

/** Accents and short vowels do not matter when typing a month; letters of other scripts keep their marks. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u0652]/g, '')
    .normalize('NFC')

function wordsOf(locale: string): LocaleWords {
  const known = wordsCache.get(locale)
  if (known) return known
  const months = new Map<string, number>()
  const noise = new Set<string>()
  const order: Part[] = []
  for (const part of formatter(locale, '2-digit').formatToParts(0))
    if (isPart(part.type)) order.push(part.type)
  for (const tag of [locale, 'en']) {
    for (const format of namingFormats(tag)) collectWords(format, tag, months, noise)
  }
  for (const ending of ordinals) noise.add(ending)
  // Longer names first: in Mongolian the eleventh month's name ends in the first one's.
  const byLength = new Map([...months].sort(([a], [b]) => b.length - a.length))
  const words = { order: order.length === 3 ? order : dayFirst, months: byLength, noise }
  wordsCache.set(locale, words)
  return words
}

const isPart = (type: string): type is Part => type === 'day' || type === 'month' || type === 'year'

function gregorian(locale: string): string {
  try {
    return new Intl.Locale(locale, { calendar: 'gregory' }).toString()
  } catch {
    return 'en-GB'
  }
}

function formatter(locale: string, month: '2-digit' | 'long' | 'short'): Intl.DateTimeFormat {
  const day = month === '2-digit' ? '2-digit' : 'numeric'
  return new Intl.DateTimeFormat(gregorian(locale), { timeZone: 'UTC', year: 'numeric', month, day })
}

/** Month names differ by their use in many languages: beside a day, beside a year, alone. */
function namingFormats(locale: string): Intl.DateTimeFormat[] {
  const tag = gregorian(locale)
  return (['long', 'short'] as const).flatMap((month) => [
    formatter(locale, month),
    new Intl.DateTimeFormat(tag, { timeZone: 'UTC', year: 'numeric', month }),
    new Intl.DateTimeFormat(tag, { timeZone: 'UTC', month }),
  ])
}

function collectWords(
  format: Intl.DateTimeFormat,
  locale: string,
  months: Map<string, number>,
  noise: Set<string>,
): void {
  for (let month = 1; month <= 12; month++) {
    const parts = format.formatToParts(Date.UTC(2001, month - 1, 1))
    const texts = parts.map(({ value }) => fold(plain(value, locale)))
    for (const [n, { type }] of parts.entries()) {
      const text = texts[n] ?? ''
      if (type === 'month' && /\p{L}/u.test(text) && !/\d/.test(text)) {
        // Some languages write "in" or an ending onto the name: במרץ, urtarrilaren.
        const before = /[\p{L}\p{M}]*$/u.exec(lowered(parts[n - 1]?.value, locale))?.[0] ?? ''
        const after = /^[\p{L}\p{M}]*/u.exec(lowered(parts[n + 1]?.value, locale))?.[0] ?? ''
        for (const name of [text, before + text, text + after, before + text + after]) {
          const words = wordsIn(name)
          if (!months.has(words)) months.set(words, month)
        }
      } else {
        for (const word of text.match(wordPattern) ?? []) noise.add(word)
      }
    }
  }
}

/** Like `plain`, but blanks at the ends stay: they tell a word of its own from an ending. */
const lowered = (text: string | undefined, locale: string): string =>
  fold((text ?? '').toLocaleLowerCase(locale))

const wordsIn = (text: string): string => (text.match(wordPattern) ?? []).join(' ')

/** Stands for a month name of several words once it was recognised. */
const monthMark = '\ue000'

/** Numbers and month names in the order typed; `undefined` where a word is neither. */
function split(text: string, locale: string): Piece[] | undefined {
  if (/[^\p{L}\p{M}\p{N}\p{P}\p{Zs}]/u.test(text)) return undefined
  const { months, noise } = wordsOf(locale)
  let rest = (fold(text).match(/\d+|[\p{L}\p{M}]+/gu) ?? []).join(' ')
  for (const [name, month] of months) {
    if (name.includes(' ') && ` ${rest} `.includes(` ${name} `))
      rest = rest.replace(name, `${monthMark}${month}`)
  }
  const pieces: Piece[] = []
  for (const token of rest.split(' ').filter(Boolean)) {
    if (token.startsWith(monthMark)) pieces.push({ digits: '', month: Number(token.slice(1)) })
    else if (/^\d/.test(token)) pieces.push({ digits: token })
    else {
      const month = monthOf(token, months, noise)
      if (month !== undefined) pieces.push({ digits: '', month })
      else if (!noise.has(token)) return undefined
    }
  }
  return pieces
}

function monthOf(
  token: string,
  months: ReadonlyMap<string, number>,
  noise: ReadonlySet<string>,
): number | undefined {
  const exact = months.get(token)
  if (exact !== undefined) return exact
  if (noise.has(token)) return undefined
  if (token.length < 3) return undefined
  const candidates = new Set<number>()
  for (const [name, month] of months) if (name.startsWith(token)) candidates.add(month)
  return candidates.size === 1 ? [...candidates][0] : undefined
}

function withMonthName(month: number, numbers: readonly string[], options: DateInputOptions): DateResult {
  const [first = '', second] = numbers
  if (numbers.length === 1)
    return first.length === 4 ? checked(Number(first), month, undefined, options) : no('not-a-date')
  if (numbers.length !== 2 || second === undefined) return no('not-a-date')
  const order = wordsOf(options.locale).order
  const yearFirst =
    first.length === 4 || (second.length !== 4 && order.indexOf('year') < order.indexOf('day'))
  const [year, day] = yearFirst ? [first, second] : [second, first]
  return assembled(year, month, day, options)
}

function numbersOnly(numbers: readonly string[], options: DateInputOptions): DateResult {
  const [first = '', second = '', third = ''] = numbers
  if (numbers.length === 1) return oneNumber(first, options)
  if (numbers.length === 2) {
    if (second.length === 4 && first.length <= 2)
      return checked(Number(second), Number(first), undefined, options)
    if (first.length === 4 && second.length <= 2)
      return checked(Number(first), Number(second), undefined, options)
    return no('not-a-date')
  }
  if (numbers.length !== 3) return no('not-a-date')
  if (first.length === 4) return assembled(first, Number(second), third, options)
  const order = wordsOf(options.locale).order
  if (third.length === 4 && order[0] === 'year') return dayAndMonthUnordered(first, second, third, options)
  return inOrder(third.length === 4 ? yearLast(order) : order, [first, second, third], options)
}

const yearLast = (order: readonly Part[]): Part[] => [...order.filter((part) => part !== 'year'), 'year']

/** Where the year comes first, nothing says whether 03/04/1986 starts with the day: ask instead of guessing. */
function dayAndMonthUnordered(
  first: string,
  second: string,
  year: string,
  options: DateInputOptions,
): DateResult {
  if (Number(first) > 12) return assembled(year, Number(second), first, options)
  if (Number(second) > 12 || first === second) return assembled(year, Number(first), second, options)
  return no('ambiguous')
}

/** 1986 · 14031986 and 140386 in the clinic's order · 19860314. */
function oneNumber(digits: string, options: DateInputOptions): DateResult {
  if (digits.length === 4) return checked(Number(digits), undefined, undefined, options)
  const order = wordsOf(options.locale).order
  if (digits.length === 6) return inOrder(order, cut(digits, [2, 2, 2]), options)
  if (digits.length !== 8) return no('not-a-date')
  const own = inOrder(
    order,
    cut(
      digits,
      order.map((part) => (part === 'year' ? 4 : 2)),
    ),
    options,
  )
  if (own.ok) return own
  const yearFirst = inOrder(['year', 'month', 'day'], cut(digits, [4, 2, 2]), options)
  return yearFirst.ok ? yearFirst : own
}

function cut(text: string, lengths: readonly number[]): string[] {
  let at = 0
  return lengths.map((length) => {
    at += length
    return text.slice(at - length, at)
  })
}

function inOrder(order: readonly Part[], values: readonly string[], options: DateInputOptions): DateResult {
  const of = (part: Part) => values[order.indexOf(part)] ?? ''
  if (of('month').length > 2) return no('not-a-date')
  return assembled(of('year'), Number(of('month')), of('day'), options)
}

function assembled(year: string, month: number, day: string, options: DateInputOptions): DateResult {
  if (day.length > 2 || (year.length !== 4 && year.length !== 2)) return no('not-a-date')
  if (year.length === 4) return checked(Number(year), month, Number(day), options)
  // A two-digit year never lies in the future.
  const century = Math.floor(Number(options.today.slice(0, 4)) / 100) * 100
  const recent = checked(century + Number(year), month, Number(day), { ...options, allowFuture: false })
  if (recent.ok) return recent
  return checked(century - 100 + Number(year), month, Number(day), options)
}

function checked(
  year: number,
  month: number | undefined,
  day: number | undefined,
  { today, allowFuture }: DateInputOptions,
): DateResult {
  if (month !== undefined && (month < 1 || month > 12)) return no('no-such-day')
  if (day !== undefined && (day < 1 || day > daysInMonth(year, month ?? 1))) return no('no-such-day')
  const pad = (value: number, width: number) => String(value).padStart(width, '0')
  let date = pad(year, 4)
  if (month !== undefined) date += `-${pad(month, 2)}`
  if (day !== undefined) date += `-${pad(day, 2)}`
  if (!allowFuture && date > today.slice(0, date.length)) return no('in-future')
  if (year < Number(today.slice(0, 4)) - oldestYears) return no('too-long-ago')
  return { ok: true, date }
}

/** A date as this locale writes it with digits, to show people what to type: 14/03/1986. */
export function exampleDate(locale: string): string {
  return new Intl.DateTimeFormat(
    `${gregorian(locale)}${/-u-/.test(gregorian(locale)) ? '-nu-latn' : '-u-nu-latn'}`,
    {
      timeZone: 'UTC',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    },
  ).format(Date.UTC(1986, 2, 14))
}
