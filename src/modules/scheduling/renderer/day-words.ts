// Days as a schedule names them: with the weekday, without the year where it is this one.
import { intlLocale } from '#renderer/i18n/intl.ts'

const cache = new Map<string, Intl.DateTimeFormat>()

export type DayStyle = 'head' | 'title'

/** "Mon 23 Nov" over a column or in a list, "Monday 23 November" as a title. */
export function dayWords(date: string, locale: string, today: string, style: DayStyle = 'head'): string {
  const isThisYear = date.slice(0, 4) === today.slice(0, 4)
  const key = `${locale} ${style} ${isThisYear}`
  let format = cache.get(key)
  if (!format) {
    const width = style === 'head' ? 'short' : 'long'
    format = new Intl.DateTimeFormat(intlLocale(locale), {
      weekday: width,
      day: 'numeric',
      month: width,
      ...(isThisYear ? {} : { year: 'numeric' }),
      timeZone: 'UTC',
    })
    cache.set(key, format)
  }
  return format.format(Date.parse(`${date}T00:00:00Z`))
}

/** "Monday" of 1 to 7 (ISO 8601). */
export function weekdayName(
  weekday: number,
  locale: string,
  width: 'long' | 'short' | 'narrow' = 'long',
): string {
  // 1 January 2024 was a Monday.
  const at = Date.UTC(2024, 0, weekday)
  return new Intl.DateTimeFormat(intlLocale(locale), { weekday: width, timeZone: 'UTC' }).format(at)
}
