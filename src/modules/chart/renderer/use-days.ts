// Dates as the lists of the chart show them: day and month within this year, with the year before it.
import { useFormats } from '#renderer/i18n/format.ts'
import { dayOf } from './timeline.ts'

export interface Days {
  /** Short, for the end of a line; empty where there is no date. */
  readonly short: (time: string | null) => string
  /** In full, for headings and readers. */
  readonly full: (time: string) => string
  readonly isToday: (time: string) => boolean
  readonly today: string
  readonly timeZone: string
}

export function useDays(): Days {
  const f = useFormats()
  const thisYear = f.today.slice(0, 4)
  return {
    today: f.today,
    timeZone: f.timeZone,
    short: (time) => {
      if (time === null) return ''
      const day = dayOf(time, f.timeZone)
      return f.date(day, day.length === 10 && day.startsWith(thisYear) ? 'day-month' : 'medium')
    },
    full: (time) => f.clinicalTime(time),
    isToday: (time) => dayOf(time, f.timeZone) === f.today,
  }
}
