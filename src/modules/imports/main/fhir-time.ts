// FHIR dates and instants as Osler writes them: partial dates as they are, instants in UTC with milliseconds.
// Without zod, so that the isolated reader starts quickly; the rules are those of #shared/time.ts.

const pattern =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9})\d*)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

export interface FhirTime {
  /** YYYY, YYYY-MM, YYYY-MM-DD, or an instant in UTC. */
  readonly text: string
  /** Start of the stated time in epoch milliseconds: orders ids, never shown. */
  readonly ms: number
}

/**
 * `undefined` when the text is no date of the calendar. A time of day without its zone is dropped down to the date:
 * which instant it names cannot be known, and the original keeps it.
 */
export function parseFhirTime(value: string): FhirTime | undefined {
  const m = pattern.exec(value.trim())
  if (!m) return undefined
  const [, year = '', month, day, hour, minute, second = '00', fraction = '', zone] = m
  if (!isCalendarDate(Number(year), Number(month ?? 1), Number(day ?? 1))) return undefined
  const date = value.trim().slice(0, day ? 10 : month ? 7 : 4)
  const dateMs = utc(Number(year), Number(month ?? 1), Number(day ?? 1))
  if (hour === undefined) return { text: date, ms: dateMs }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  if (zone === undefined) return { text: date, ms: dateMs }
  const offset = offsetMinutes(zone)
  if (offset === undefined) return undefined
  // A leap second is the last millisecond of its minute: no clock of ours knows the 61st.
  const leap = second === '60'
  const inDay = (Number(hour) * 60 + Number(minute) - offset) * 60_000
  const ms =
    dateMs + inDay + (leap ? 59_999 : Number(second) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3)))
  const instant = new Date(ms)
  const y = instant.getUTCFullYear()
  if (y < 1 || y > 9999) return { text: date, ms: dateMs }
  return { text: instant.toISOString(), ms }
}

/** FHIR `date`: no time of day. */
export function parseFhirDate(value: string): string | undefined {
  return /^\d{4}(-\d\d(-\d\d)?)?$/.test(value) ? parseFhirTime(value)?.text : undefined
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 14 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** `Date.UTC` takes years below 100 for the 1900s. */
function utc(year: number, month: number, day: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime()
}

function isCalendarDate(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return day <= days
}
