// Instants and calendar dates as Osler writes them. No clock in here: whoever needs "now" is handed one.
import * as z from 'zod'

/** UTC, ISO-8601 with milliseconds: 2026-03-14T09:26:53.589Z. Sorts as text. */
export const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** A plain calendar date, YYYY-MM-DD, that exists. Never converted between time zones. */
export const LocalDate = z.string().refine(isLocalDate, { error: 'not a calendar date' })

/** FHIR `date`: YYYY, YYYY-MM or YYYY-MM-DD, kept at the precision at which it is known. */
export const PartialDate = z.string().refine(isPartialDate, { error: 'not a date' })

/** FHIR `dateTime`: a partial date, or an instant in UTC. */
export const ClinicalTime = z.string().refine((s) => isPartialDate(s) || Instant.safeParse(s).success, {
  error: 'not a date or instant',
})

export function isLocalDate(text: string): boolean {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (!m) return false
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])]
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export function isPartialDate(text: string): boolean {
  if (/^\d{4}$/.test(text)) return Number(text) >= 1
  const m = /^(\d{4})-(\d\d)$/.exec(text)
  if (m) return Number(m[1]) >= 1 && Number(m[2]) >= 1 && Number(m[2]) <= 12
  return isLocalDate(text)
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs more than a database read, so each zone's is kept. */
function dayFormatOf(timeZone: string): Intl.DateTimeFormat {
  let format = dayFormats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    dayFormats.set(timeZone, format)
  }
  return format
}

/** Today's calendar date in an IANA time zone, from an instant in epoch milliseconds. */
export function localDateIn(timeZone: string, epochMs: number): string {
  const parts = dayFormatOf(timeZone).formatToParts(epochMs)
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

export interface Age {
  readonly unit: 'day' | 'week' | 'month' | 'year'
  readonly value: number
  /** True where the birth date is known to the month or year only. */
  readonly approximate: boolean
}

/**
 * Age as clinicians say it: days to 4 weeks, weeks to 3 months, months to 2 years, then years.
 * `null` when the birth date lies after `on`.
 */
export function ageOn(birthDate: string, on: string): Age | null {
  const [by, bm, bd] = splitDate(birthDate)
  const [oy, om, od] = splitDate(on)
  const approximate = birthDate.length < 10
  const birth = Date.UTC(by, bm - 1, bd)
  const day = Date.UTC(oy, om - 1, od)
  if (day < birth) return approximate && by === oy ? { unit: 'year', value: 0, approximate } : null
  const days = Math.round((day - birth) / 86_400_000)
  if (!approximate && days < 28) return { unit: 'day', value: days, approximate }
  if (!approximate && days < 92) return { unit: 'week', value: Math.floor(days / 7), approximate }
  const months = (oy - by) * 12 + (om - bm) - (od < bd ? 1 : 0)
  if (months < 24 && birthDate.length > 4) return { unit: 'month', value: months, approximate }
  return { unit: 'year', value: Math.floor(months / 12), approximate }
}

function splitDate(text: string): [number, number, number] {
  const [y = '1', m = '01', d = '01'] = text.split('-')
  return [Number(y), Number(m), Number(d)]
}
