// What every template is given, and the words and numbers as they stand on paper.
import type { Block, PdfDocument, Span } from '#core/pdf/document-model.ts'
import { formatMoney } from '#shared/money.ts'
import { ageOn } from '#shared/time.ts'
import { wallTimeOf } from '#shared/zoned-time.ts'
import type { PaperPatient } from '#modules/papers/shared/paper-data.ts'
import { type PaperWords, paperWords } from '#modules/papers/shared/paper-words.ts'
import type { Letterhead, PaperLanguage, PaperSize } from '#modules/papers/shared/settings.ts'

/** What decides how a paper looks, apart from what stands on it. */
export interface PaperSetting {
  readonly letterhead: Letterhead
  readonly page: PaperSize
  readonly country: string
  readonly timeZone: string
  /** Instant of printing. */
  readonly now: string
  readonly mark: PaperMark
}

export type PaperMark =
  | { readonly kind: 'preview' }
  | { readonly kind: 'specimen' }
  | { readonly kind: 'copy'; readonly copy: number }

export interface PaperStyle extends PaperSetting {
  readonly words: PaperWords
  readonly locale: string
  readonly date: (date: string) => string
  readonly dateTime: (instant: string) => string
  readonly number: (n: number) => string
  /** "2 refills". */
  readonly count: (words: (n: number) => string, n: number) => string
  readonly percent: (basisPoints: number) => string
  readonly money: (minor: number, currency: string) => string
}

/** The body of one kind of paper; head, foot and marks are the same for all. */
export interface PaperBody {
  readonly title: string
  /** Number or date: with the title it names the file. */
  readonly number: string
  readonly patientName: string | null
  readonly blocks: readonly Block[]
}

export function styleOf(setting: PaperSetting): PaperStyle {
  const { language } = setting.letterhead
  const locale = localeOf(language, setting.country)
  const day = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const date = (text: string) => (text.length === 10 ? day.format(new Date(`${text}T00:00:00Z`)) : text)
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: setting.timeZone,
  })
  return {
    ...setting,
    words: paperWords[language],
    locale,
    date,
    dateTime: (instant) =>
      `${date(wallTimeOf(instant, setting.timeZone).date)} ${clock.format(new Date(instant))}`,
    number: (n) => numbers.format(n),
    count: (words, n) => words(n).replace('#', numbers.format(n)),
    percent: (basisPoints) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(
        basisPoints / 10_000,
      ),
    money: (minor, currency) => formatMoney(minor, currency, locale),
  }
}

/** English of a country that speaks another language mixes two ways to write numbers: British stands for all but America. */
function localeOf(language: PaperLanguage, country: string): string {
  if (language === 'en') return country === 'US' ? 'en-US' : 'en-GB'
  return new Intl.Locale(language, { region: country }).toString()
}

/** "Patient **Hannah Weiss**": a quiet label before what it names. */
export function labelled(label: string, value: string, more: Partial<Span> = {}): Span[] {
  return [
    { text: `${label}  `, tone: 'soft' },
    { text: value, ...more },
  ]
}

export function bornText(style: PaperStyle, patient: PaperPatient, on: string): string {
  const gender = style.words.gender[patient.gender]
  if (patient.birthDate === null) return gender
  const age = ageOn(patient.birthDate, on)
  const years = age?.unit === 'year' ? ` (${style.number(age.value)})` : ''
  return `${style.date(patient.birthDate)}${years}${style.words.comma}${gender}`
}

export type { PdfDocument }
