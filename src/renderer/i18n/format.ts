// Dates, ages, numbers and money for screens: the writing of intl.ts in this person's language and the clinic's zone.
import { ageOn, localDateIn } from '#shared/time.ts'
import { useWindowState, windowState } from '../api/session-store.ts'
import { commonTexts } from './common.ts'
import { type Translate, textOf, useTexts } from './define.ts'
import { displayLocale, useAppearance } from './i18n.ts'
import {
  type DateStyle,
  formatAgeUnit,
  formatAgo,
  formatBytes,
  formatClinicalTime,
  formatDate,
  formatInstant,
  formatMoney,
  type InstantStyle,
  intlLocale,
} from './intl.ts'

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
    ago: (instant) => formatAgo(instant, Date.now(), locale),
    number,
    money: (minor, currency = clinic?.currency ?? 'EUR') => formatMoney(minor, currency, locale),
    bytes: (count) => formatBytes(count, locale),
    list: (items) => new Intl.ListFormat(intlLocale(locale), { type: 'conjunction' }).format(items),
  }
}
