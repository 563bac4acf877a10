// Reads when somebody should come: "2w", "10d", "3m", "tomorrow", a weekday, a date in the clinic's own order, each with a
// time of day if wanted ("2w 14:30", "fri 9am"). Nothing typed means as soon as possible.
import { parseDateInput } from '#shared/date-input.ts'
import { fold, plain } from '#shared/date-words.ts'
import { addDays, addMonths, weekdayOf } from '#shared/zoned-time.ts'

export type When =
  | { readonly ok: true; readonly date: string; readonly minute: number | null }
  | { readonly ok: false; readonly problem: 'not-understood' | 'past' }

export interface WhenOptions {
  readonly locale: string
  /** YYYY-MM-DD in the clinic. */
  readonly today: string
}

const no = (problem: 'not-understood' | 'past'): When => ({ ok: false, problem })
const furthestMonths = 36
const spanPattern = /^(?:in\s+|بعد\s+)?\+?(\d{1,3})\s*(\p{L}+)$/u
const spans: readonly { words: readonly string[]; ahead: (from: string, n: number) => string }[] = [
  { words: ['d', 'day', 'days', 'ي', 'يوم', 'ايام'], ahead: (from, n) => addDays(from, n) },
  {
    words: ['w', 'wk', 'wks', 'week', 'weeks', 'س', 'اسبوع', 'اسابيع'],
    ahead: (from, n) => addDays(from, n * 7),
  },
  {
    words: ['m', 'mo', 'month', 'months', 'ش', 'شهر', 'اشهر', 'شهور'],
    ahead: (from, n) => addMonths(from, n),
  },
  { words: ['y', 'year', 'years', 'سنه', 'سنوات'], ahead: (from, n) => addMonths(from, n * 12) },
]
/** Days after today; hamza and the round ta are typed with and without. */
const named: Readonly<Record<string, number>> = {
  today: 0,
  now: 0,
  tomorrow: 1,
  tom: 1,
  اليوم: 0,
  الان: 0,
  غدا: 1,
  بكره: 1,
}
const duals: Readonly<Record<string, string>> = {
  'بعد يومين': '2d',
  'بعد اسبوع': '1w',
  'بعد اسبوعين': '2w',
  'بعد شهر': '1m',
  'بعد شهرين': '2m',
  'بعد غد': '2d',
}

export function parseWhen(typed: string, options: WhenOptions): When {
  const text = easy(plain(typed, options.locale))
  const { rest, minute } = timeOf(text)
  const date = dayOf(rest, options)
  if (date === null) return no('not-understood')
  if (date < options.today) return no('past')
  return date > addMonths(options.today, furthestMonths) ? no('not-understood') : { ok: true, date, minute }
}

const easy = (text: string): string =>
  fold(text).replaceAll(/[أإآ]/gu, 'ا').replaceAll('ة', 'ه').replaceAll(/\s+/g, ' ').trim().toLowerCase()

const clockPattern = /(?:^|\s)(?:at\s+)?(\d{1,2}):(\d{2})\s*(am|pm|ص|م)?$/u
const hourPattern = /(?:^|\s)(?:at\s+)?(\d{1,2})\s*(am|pm|ص|م)$/u

/** The time of day at the end, if there is one. "14.30" is left to dates: 14.3. is a day in half of the world. */
function timeOf(text: string): { rest: string; minute: number | null } {
  const clock = clockPattern.exec(text)
  const hour = clock ? null : hourPattern.exec(text)
  const found = clock ?? hour
  if (!found) return { rest: text, minute: null }
  const half = clock ? clock[3] : hour?.[2]
  const minute = minuteOf(Number(found[1]), clock ? Number(clock[2]) : 0, half)
  return minute === null ? { rest: text, minute } : { rest: text.slice(0, found.index).trim(), minute }
}

function minuteOf(hour: number, minutes: number, half: string | undefined): number | null {
  if (minutes > 59 || hour > (half ? 12 : 23) || (half && hour === 0)) return null
  const isLater = half === 'pm' || half === 'م'
  return ((half ? hour % 12 : hour) + (isLater ? 12 : 0)) * 60 + minutes
}

function dayOf(text: string, { locale, today }: WhenOptions): string | null {
  if (text === '') return today
  const days = named[text]
  if (days !== undefined) return addDays(today, days)
  const span = spanPattern.exec(duals[text] ?? text)
  const unit = spans.find(({ words }) => words.includes(span?.[2] ?? ''))
  if (span && unit) return unit.ahead(today, Number(span[1]))
  const weekday = weekdayNamed(text, locale)
  if (weekday !== null) return addDays(today, (weekday - weekdayOf(today) + 7) % 7 || 7)
  return withoutYear(text, locale, today) ?? wholeDate(text, locale, today)
}

function wholeDate(text: string, locale: string, today: string): string | null {
  const read = parseDateInput(text, { locale, today, allowFuture: true })
  if (!read.ok || read.date.length < 10) return null
  // Two digits of a year are read as the past where birth dates are meant; here the future is.
  const inCentury = `${Number(read.date.slice(0, 4)) + 100}${read.date.slice(4)}`
  const hasWholeYear = text.includes(read.date.slice(0, 4))
  return hasWholeYear || read.date >= today ? read.date : inCentury
}

/** "14/3": the next time that day comes. */
function withoutYear(text: string, locale: string, today: string): string | null {
  const parts = text.match(/[\p{L}\p{M}]+|\d+/gu) ?? []
  if (parts.length !== 2 || parts.some((part) => part.length > 2 && /^\d/.test(part))) return null
  if (/^\d{1,2}\s*\p{L}$/u.test(text)) return null
  const separator = /[./-]/.exec(text)?.[0] ?? ' '
  const body = text.replace(/[./-]$/, '')
  for (const year of [Number(today.slice(0, 4)), Number(today.slice(0, 4)) + 1]) {
    for (const typed of [`${body}${separator}${year}`, `${year}${separator}${body}`]) {
      const read = parseDateInput(typed, { locale, today, allowFuture: true })
      if (read.ok && read.date.length === 10 && read.date >= today) return read.date
      if (read.ok && read.date.length === 10) break
    }
  }
  return null
}

const shortestName = 2

/** By the beginning of its name in the clinic's language or in English. */
function weekdayNamed(text: string, locale: string): number | null {
  if (text.length < shortestName || /\d/.test(text)) return null
  for (const language of [locale, 'en']) {
    for (let day = 1; day <= 7; day++) {
      const name = easy(weekdayName(day, language))
      if (name.startsWith(text) || name.replace(/^ال/u, '').startsWith(text)) return day
    }
  }
  return null
}

function weekdayName(day: number, locale: string): string {
  // 1 January 2024 was a Monday.
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))
}
