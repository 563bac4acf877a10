// Dates, ages, numbers and money as people read them: Intl only, Gregorian years and Western digits everywhere,
// because an Arabic-Indic zero reads as a decimal point beside measured values.
import { ageOn, localDateIn } from '#shared/time.ts'
import { useWindowState, windowState } from '../api/session-store.ts'
import { commonTexts } from './common.ts'
import { type Translate, textOf, useTexts } from './define.ts'
import { displayLocale, useAppearance } from './i18n.ts'

export const intlLocale = (locale: string): string => {
  try {
    return new Intl.Locale(locale, { calendar: 'gregory', numberingSystem: 'latn' }).toString()
  } catch {
    return 'en-u-ca-gregory-nu-latn'
  }
}

export type DateStyle = 'short' | 'medium' | 'long' | 'day-month'

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { year: 'numeric', month: '2-digit', day: '2-digit' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
  'day-month': { month: 'short', day: 'numeric' },
}

const cache = new Map<string, Intl.DateTimeFormat>()
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`
  let format = cache.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(intlLocale(locale), options)
    cache.set(key, format)
  }
  return format
}

/** A calendar date at the precision at which it is known; never moved between time zones. */
export function formatDate(date: string, locale: string, style: DateStyle = 'medium'): string {
  const [year = 1, month, day] = date.slice(0, 10).split('-').map(Number)
  const at = new Date(0)
  at.setUTCFullYear(year, (month ?? 1) - 1, day ?? 1)
  const { weekday, ...plain } = dateStyles[style]
  const options: Intl.DateTimeFormatOptions = { ...plain, timeZone: 'UTC' }
  if (weekday && day !== undefined) options.weekday = weekday
  if (day === undefined) delete options.day
  if (month === undefined) delete options.month
  return dateFormat(locale, options).format(at)
}

export type InstantStyle = 'date' | 'time' | 'date-time' | 'short-date-time'

const instantStyles: Record<InstantStyle, Intl.DateTimeFormatOptions> = {
  date: dateStyles.medium,
  time: { hour: '2-digit', minute: '2-digit' },
  'date-time': { ...dateStyles.medium, hour: '2-digit', minute: '2-digit' },
  'short-date-time': { ...dateStyles['day-month'], hour: '2-digit', minute: '2-digit' },
}

/** An instant as the clinic's clock showed it. */
export function formatInstant(
  instant: string,
  locale: string,
  timeZone: string,
  style: InstantStyle = 'date-time',
): string {
  return dateFormat(locale, { ...instantStyles[style], timeZone }).format(new Date(instant))
}

/** Partial date or instant, as FHIR `dateTime` fields carry them. */
export function formatClinicalTime(
  time: string,
  locale: string,
  timeZone: string,
  style?: InstantStyle,
): string {
  if (time.length > 10) return formatInstant(time, locale, timeZone, style)
  return formatDate(time, locale)
}

export interface Formats {
  readonly locale: string
  readonly timeZone: string
  /** Today in the clinic. */
  readonly today: string
  readonly date: (date: string, style?: DateStyle) => string
  readonly instant: (instant: string, style?: InstantStyle) => string
  readonly clinicalTime: (time: string, style?: InstantStyle) => string
  /** "34 years", "7 weeks"; `short` is "34 y" ; `null` where the date lies in the future. */
  readonly age: (birthDate: string, on?: string, width?: 'short' | 'long') => string | null
  /** Seconds, minutes, hours, days ago in words. */
  readonly ago: (instant: string) => string
  readonly number: (value: number, options?: Intl.NumberFormatOptions) => string
  /** From integer minor units. */
  readonly money: (minor: number, currency?: string) => string
  readonly bytes: (count: number) => string
  readonly list: (items: readonly string[]) => string
}

export function useFormats(): Formats {
  useAppearance()
  const state = useWindowState()
  const t = useTexts(commonTexts)
  return formatsFor(state.kind === 'signed-in' ? state.me.clinic : null, t)
}

/** The same outside React. */
export function currentFormats(): Formats {
  const state = windowState()
  return formatsFor(state.kind === 'signed-in' ? state.me.clinic : null, (key, values) =>
    textOf(commonTexts, key, values),
  )
}

function formatsFor(
  clinic: { timeZone: string; currency: string } | null,
  t: Translate<(typeof commonTexts)['en']>,
): Formats {
  const locale = displayLocale()
  const timeZone = clinic?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const today = localDateIn(timeZone, Date.now())
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(intlLocale(locale), options).format(value)
  return {
    locale,
    timeZone,
    today,
    date: (date, style) => formatDate(date, locale, style),
    instant: (instant, style) => formatInstant(instant, locale, timeZone, style),
    clinicalTime: (time, style) => formatClinicalTime(time, locale, timeZone, style),
    age: (birthDate, on = today, width = 'long') => {
      const age = ageOn(birthDate.slice(0, 10), on)
      if (!age) return null
      const words = formatAgeUnit(age.value, age.unit, locale, width)
      return age.approximate ? t('age.about', { age: words }) : words
    },
    ago: (instant) => formatAgo(instant, locale),
    number,
    money: (minor, currency = clinic?.currency ?? 'EUR') => formatMoney(minor, currency, locale),
    bytes: (count) => formatBytes(count, number),
    list: (items) => new Intl.ListFormat(intlLocale(locale), { type: 'conjunction' }).format(items),
  }
}

export function formatAgeUnit(
  value: number,
  unit: 'day' | 'week' | 'month' | 'year',
  locale: string,
  width: 'short' | 'long',
): string {
  const unitDisplay = width === 'short' ? 'narrow' : 'long'
  return new Intl.NumberFormat(intlLocale(locale), { style: 'unit', unit, unitDisplay }).format(value)
}

function formatAgo(instant: string, locale: string): string {
  const seconds = Math.round((Date.parse(instant) - Date.now()) / 1000)
  const size = Math.abs(seconds)
  const relative = new Intl.RelativeTimeFormat(intlLocale(locale), { numeric: 'auto' })
  if (size < 60) return relative.format(Math.min(0, seconds), 'second')
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  return relative.format(Math.round(seconds / 86_400), 'day')
}

function formatMoney(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(intlLocale(locale), { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits)
}

function formatBytes(count: number, number: Formats['number']): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3))
  const unit = units[step] ?? 'byte'
  return number(count / 1000 ** step, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })
}
