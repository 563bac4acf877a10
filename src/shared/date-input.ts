// Reads a date as people type it in the clinic's own order, with its month names, separators and digits.
// Used by the date field and by patient search; prints nothing (formats live in the renderer).
import { type DatePart, fold, gregorian, plain, withoutDirectionMarks, wordsOf } from './date-words.ts'
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

const yearLast = (order: readonly DatePart[]): DatePart[] => [
  ...order.filter((part) => part !== 'year'),
  'year',
]

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

function inOrder(
  order: readonly DatePart[],
  values: readonly string[],
  options: DateInputOptions,
): DateResult {
  const of = (part: DatePart) => values[order.indexOf(part)] ?? ''
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
  const format = new Intl.DateTimeFormat(
    `${gregorian(locale)}${/-u-/.test(gregorian(locale)) ? '-nu-latn' : '-u-nu-latn'}`,
    {
      timeZone: 'UTC',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    },
  )
  return withoutDirectionMarks(format.format(Date.UTC(1986, 2, 14)))
}
