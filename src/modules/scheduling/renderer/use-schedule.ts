// What the schedule shows, asked for and laid out: the grid's columns and the hours that have to be seen.
import { useMemo, useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { type Setup, scheduling } from '../shared/contract.ts'
import { hourMarks, shownSpan } from './grid/day-scale.ts'
import { scheduleView } from './schedule-view.ts'
import type { Shown } from './shown-resources.ts'
import type { ViewState } from './use-view.ts'
import { useWords } from './use-words.ts'

const usual = { from: 8 * 60, to: 17 * 60 }
const daysOfWeek = 7
/** Where there is no visit and no opening hour to begin with. */
const beforeNow = 60

export function useSchedule(setup: Setup, view: ViewState, shown: Shown) {
  const words = useWords()
  const may = useMay()
  const isWeek = view.span === 'week'
  const mayMove = may('appointments.U')
  const read = useRead(
    scheduling,
    'calendar',
    { date: view.firstDate, days: isWeek ? daysOfWeek : 1, resourceIds: shown.ids },
    { keepPrevious: true, enabled: shown.ids.length > 0 },
  )
  const calendar = read.data
  // When the page was opened is near enough: it only chooses what is seen first.
  const [nowAt] = useState(() => new Date().toISOString())
  const laidOut = useMemo(() => {
    if (!calendar) return null
    // The answer may be that of the day before: its own columns say how many days it has.
    const isWeekShown = calendar.days.length > 1
    const made = scheduleView({ calendar, setup, isWeek: isWeekShown, mayMove, words })
    const [first] = made.columns
    if (!first) return null
    const length = Math.max(...made.columns.map((column) => column.scale.length))
    const span = shownSpan(made.seen, length, usual)
    // Days whose clocks change have gaps on a shared axis: an ordinary one tells the hours.
    const ordinary = made.columns.find((column) => column.scale.length === 1440) ?? first
    const today = made.columns.find((column) => column.isToday)
    const now = today ? today.scale.minuteOf(nowAt) - beforeNow : span.from
    const startAt = now > span.from && now < span.to ? now : span.from
    return {
      ...made,
      ...span,
      isWeek: isWeekShown,
      marks: hourMarks((isWeekShown ? ordinary : first).scale, span.from, span.to, calendar.timeZone),
      startAt,
      timeZone: calendar.timeZone,
    }
  }, [calendar, setup, mayMove, words, nowAt])
  return { read, laidOut, isStale: read.isPlaceholderData, words }
}

export type LaidOut = NonNullable<ReturnType<typeof useSchedule>['laidOut']>
