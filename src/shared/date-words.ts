// What the runtime knows about how a locale writes dates: order of the parts, month names, words in between.
// Reading a typed date with them is date-input.ts.

export type DatePart = 'day' | 'month' | 'year'

export interface LocaleWords {
  readonly order: readonly DatePart[]
  /** Folded month name to number; names of several words are joined by blanks. */
  readonly months: ReadonlyMap<string, number>
  /** Words that stand between the parts: "de", "år", "日". */
  readonly noise: ReadonlySet<string>
}

const dayFirst: readonly DatePart[] = ['day', 'month', 'year']
/** 1st, 2nd, 1er, 1re, 14e, 1ro: written beside a day. */
const ordinals = ['st', 'nd', 'rd', 'th', 'er', 're', 'e', 'ro', 'o', 'a']
const wordsCache = new Map<string, LocaleWords>()
const wordPattern = /[\p{L}\p{M}]+/gu

/** Accents and short vowels do not matter when typing a month; letters of other scripts keep their marks. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u0652]/g, '')
    .normalize('NFC')

export function wordsOf(locale: string): LocaleWords {
  const known = wordsCache.get(locale)
  if (known) return known
  const months = new Map<string, number>()
  const noise = new Set<string>()
  const order: DatePart[] = []
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

const isPart = (type: string): type is DatePart => type === 'day' || type === 'month' || type === 'year'

export function gregorian(locale: string): string {
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
      if (type === 'month' && /\p{L}/u.test(text)) {
        // Some languages write "in" or an ending onto the name: במרץ, urtarrilaren.
        const before = /[\p{L}\p{M}]*$/u.exec(lowered(parts[n - 1]?.value, locale))?.[0] ?? ''
        const after = /^[\p{L}\p{M}]*/u.exec(lowered(parts[n + 1]?.value, locale))?.[0] ?? ''
        if (/\d/.test(text)) {
          for (const word of (before + text + after).match(wordPattern) ?? []) noise.add(word)
        } else {
          for (const name of [text, before + text, text + after, before + text + after]) {
            const words = wordsIn(name)
            if (!months.has(words)) months.set(words, month)
          }
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

const directionMarks = /[\u200e\u200f\u061c\u2066-\u2069\u202a-\u202e]/g

/** Some locales put right-to-left marks into their dates; in a left-to-right box these turn the parts around. */
export const withoutDirectionMarks = (text: string): string => text.replace(directionMarks, '')

/** Western digits, composed letters, no direction marks, single blanks. */
export function plain(typed: string, locale: string): string {
  return typed
    .normalize('NFKC')
    .replace(directionMarks, '')
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
