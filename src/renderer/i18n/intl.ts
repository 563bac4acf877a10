// How dates, ages, money and sizes are written: Intl only, Gregorian years and Western digits everywhere, because an
// Arabic-Indic zero reads as a decimal point beside measured values. No window in here; format.ts binds it to the screen.

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

/** An instant as the clinic's clock showed it; the short style says the year where it is not the present one. */
export function formatInstant(
  instant: string,
  locale: string,
  timeZone: string,
  style: InstantStyle = 'date-time',
): string {
  const at = new Date(instant)
  const yearOf = (time: Date) => dateFormat('en', { year: 'numeric', timeZone }).format(time)
  const whole = style === 'short-date-time' && yearOf(at) !== yearOf(new Date()) ? 'date-time' : style
  return dateFormat(locale, { ...instantStyles[whole], timeZone }).format(at)
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

export function formatAgeUnit(
  value: number,
  unit: 'day' | 'week' | 'month' | 'year',
  locale: string,
  width: 'short' | 'long',
): string {
  const unitDisplay = width === 'short' ? 'narrow' : 'long'
  return new Intl.NumberFormat(intlLocale(locale), { style: 'unit', unit, unitDisplay }).format(value)
}

export function formatAgo(instant: string, nowMs: number, locale: string): string {
  const seconds = Math.round((Date.parse(instant) - nowMs) / 1000)
  const size = Math.abs(seconds)
  const relative = new Intl.RelativeTimeFormat(intlLocale(locale), { numeric: 'auto' })
  if (size < 60) return relative.format(Math.min(0, seconds), 'second')
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  return relative.format(Math.round(seconds / 86_400), 'day')
}

export function formatMoney(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(intlLocale(locale), { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits)
}

export function formatBytes(count: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3))
  const unit = units[step] ?? 'byte'
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(intlLocale(locale), options).format(count / 1000 ** step)
}
