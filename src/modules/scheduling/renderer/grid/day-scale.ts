// Where an instant stands on the vertical axis of one day, in minutes from its top, and back. Days have 23, 24 or 25
// hours: beside a day of its own axis minutes are those that pass; days beside each other share the clock on the wall.
import { dayRange, instantAt, minutesBetween, wallTimeOf } from '#shared/zoned-time.ts'

export interface DayScale {
  readonly date: string
  /** Minutes from top to bottom. */
  readonly length: number
  readonly minuteOf: (instant: string) => number
  /** Of a time on this day's clock on the wall. */
  readonly minuteOfWall: (minutes: number) => number
  readonly instantAt: (minute: number) => string
}

const plainDay = 1440

/** `shared`: several days stand beside one axis, so the same time of day stands at the same height in all of them. */
export function dayScale(date: string, timeZone: string, axis: 'own' | 'shared'): DayScale {
  const { from, to } = dayRange(date, timeZone)
  const length = minutesBetween(from, to)
  const startMs = Date.parse(from)
  const elapsed = (instant: string) => (Date.parse(instant) - startMs) / 60_000
  if (axis === 'own' || length === plainDay) {
    return {
      date,
      length,
      minuteOf: elapsed,
      minuteOfWall: (minutes) =>
        length === plainDay ? minutes : elapsed(instantAt(date, minutes, timeZone)),
      instantAt: (minute) => new Date(startMs + minute * 60_000).toISOString(),
    }
  }
  return {
    date,
    length: plainDay,
    minuteOf: (instant) => wallMinuteOf(instant, date, timeZone),
    minuteOfWall: (minutes) => minutes,
    instantAt: (minute) => instantAt(date, minute, timeZone),
  }
}

/** Before the day is the top, after it the bottom. */
function wallMinuteOf(instant: string, date: string, timeZone: string): number {
  const wall = wallTimeOf(instant, timeZone)
  if (wall.date === date) return wall.minutes
  return wall.date < date ? 0 : plainDay
}

export interface HourMark {
  readonly minute: number
  readonly instant: string
}

/** Full hours of the clock on the wall between two minutes of the axis; the repeated hour of a long day comes twice. */
export function hourMarks(scale: DayScale, from: number, to: number, timeZone: string): HourMark[] {
  const marks: HourMark[] = []
  // Half hours are enough: some zones shift their clocks by thirty minutes.
  for (let minute = Math.ceil(from / 30) * 30; minute <= to; minute += 30) {
    const instant = scale.instantAt(minute)
    if (wallTimeOf(instant, timeZone).minutes % 60 === 0) marks.push({ minute, instant })
  }
  return marks
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** Full hours around everything that must be seen; `usual` where there is nothing. */
export function shownSpan(spans: readonly Span[], length: number, usual: Span): Span {
  const seen = spans.filter((span) => span.to > span.from)
  if (seen.length === 0) return usual
  const from = Math.min(...seen.map((span) => span.from))
  const to = Math.max(...seen.map((span) => span.to))
  return {
    from: Math.max(0, Math.floor(from / 60) * 60),
    to: Math.min(length, Math.ceil(to / 60) * 60),
  }
}

export const snap = (minute: number, step: number): number => Math.round(minute / step) * step
