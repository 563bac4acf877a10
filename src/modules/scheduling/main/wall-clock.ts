// The clinic's wall clock, fast: a day's length is worked out once, and only days on which clocks change are counted by
// the calendar library.
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { localDateIn } from '#shared/time.ts'
import { dayRange, instantAt, wallTimeOf, type WallTime } from '#shared/zoned-time.ts'

export interface WallDay {
  readonly date: string
  readonly from: string
  readonly to: string
  readonly fromMs: number
  readonly toMs: number
  readonly minutes: number
}

export interface WallClock {
  readonly timeZone: string
  day(date: string): WallDay
  /** Epoch milliseconds; a time that clocks skip is read as the same time after the jump. */
  ms(date: string, minutes: number): number
  /** True where clocks skip this minute: nobody can be booked into it. */
  isSkipped(date: string, minutes: number): boolean
  wall(instant: string): WallTime
  dateOf(ms: number): string
}

const wholeDay = 1440
const mostDays = 4_000
const clocks = new Map<string, WallClock>()

export const clockOf = (read: Reader): WallClock => clockIn(clinicOf(read).timeZone)

export function clockIn(timeZone: string): WallClock {
  const known = clocks.get(timeZone)
  if (known) return known
  const made = makeClock(timeZone)
  clocks.set(timeZone, made)
  return made
}

function makeClock(timeZone: string): WallClock {
  const days = new Map<string, WallDay>()
  let last: WallDay | undefined
  const day = (date: string): WallDay => {
    let found = days.get(date)
    if (!found) {
      if (days.size >= mostDays) days.clear()
      const { from, to } = dayRange(date, timeZone)
      const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
      found = { date, from, to, fromMs, toMs, minutes: Math.round((toMs - fromMs) / 60_000) }
      days.set(date, found)
    }
    return found
  }
  const ms = (date: string, minutes: number): number => {
    const { fromMs, minutes: length } = day(date)
    return length === wholeDay ? fromMs + minutes * 60_000 : Date.parse(instantAt(date, minutes, timeZone))
  }
  const dateOf = (at: number): string => {
    if (!last || at < last.fromMs || at >= last.toMs) last = day(localDateIn(timeZone, at))
    return last.date
  }
  const wall = (instant: string): WallTime => {
    const at = Date.parse(instant)
    const date = dateOf(at)
    const { fromMs, minutes } = day(date)
    if (minutes !== wholeDay) return wallTimeOf(instant, timeZone)
    return { date, minutes: Math.floor((at - fromMs) / 60_000) }
  }
  const isSkipped = (date: string, minutes: number): boolean => {
    if (day(date).minutes === wholeDay) return false
    const shown = wallTimeOf(instantAt(date, minutes, timeZone), timeZone)
    return shown.date !== date || shown.minutes !== minutes
  }
  return { timeZone, day, ms, isSkipped, wall, dateOf }
}

export const iso = (ms: number): string => new Date(ms).toISOString()
