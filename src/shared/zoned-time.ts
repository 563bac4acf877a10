// Between the clock on the wall of a clinic and instants: every conversion names its IANA zone, none takes the computer's.
import { Temporal } from 'temporal-polyfill'

/** Minutes after midnight on the wall clock, 0 to 1440. */
export type WallMinutes = number

/**
 * The instant at which a wall clock shows a date and time. Where clocks jump forward the time does not exist and the
 * instant that many minutes after the jump is meant; where they go back the first of the two is (RFC 5545, 3.3.5).
 */
export function instantAt(date: string, minutes: WallMinutes, timeZone: string): string {
  const wall = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes })
  return toInstant(wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds)
}

export interface WallTime {
  /** YYYY-MM-DD */
  readonly date: string
  readonly minutes: WallMinutes
}

export function wallTimeOf(instant: string, timeZone: string): WallTime {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone)
  return { date: zoned.toPlainDate().toString(), minutes: zoned.hour * 60 + zoned.minute }
}

/** A calendar day as a half-open range of instants; 23, 24 or 25 hours long. */
export function dayRange(date: string, timeZone: string): { readonly from: string; readonly to: string } {
  const start = (day: Temporal.PlainDate) => toInstant(day.toZonedDateTime(timeZone).epochMilliseconds)
  const day = Temporal.PlainDate.from(date)
  return { from: start(day), to: start(day.add({ days: 1 })) }
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** The last day of the month where the day does not exist: 31 January plus one month is 28 or 29 February. */
export function addMonths(date: string, months: number): string {
  return Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString()
}

/** Monday 1 to Sunday 7 (ISO 8601). */
export function weekdayOf(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek
}

export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
}

export function addMinutes(instant: string, minutes: number): string {
  return toInstant(Date.parse(instant) + minutes * 60_000)
}

/** Whole minutes from one instant to another; negative when the second is earlier. */
export function minutesBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 60_000)
}

const toInstant = (epochMs: number): string => new Date(epochMs).toISOString()
