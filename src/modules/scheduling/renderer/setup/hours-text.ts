// Opening hours as a clinic writes them in one line a day: "8-12, 13-17". Gaps between two of them are breaks; nothing
// typed is a closed day.
import type { OpeningRule } from '#modules/scheduling/shared/contract.ts'
import { parseTime, timeText } from '../time-text.ts'

export interface HoursSpan {
  readonly from: number
  readonly until: number
}

/** In order and without overlap, or null where it cannot be read. */
export function parseHours(text: string): HoursSpan[] | null {
  const parts = text
    .split(/[,،;]/)
    .map((part) => part.trim())
    .filter(Boolean)
  const spans: HoursSpan[] = []
  for (const part of parts) {
    const [first, second, ...rest] = part.split(/\s*[-–—]\s*/)
    const from = parseTime(first ?? '')
    const until = parseTime(second ?? '')
    if (rest.length > 0 || from === null || until === null || from >= until || from > 1439) return null
    const last = spans.at(-1)
    if (last && from < last.until) return null
    spans.push({ from, until })
  }
  return spans
}

export const hoursText = (spans: readonly HoursSpan[]): string =>
  spans.map(({ from, until }) => `${timeText(from)}–${timeText(until)}`).join(', ')

/** One line a day: open from the first to the last minute, each gap a break. */
export function rulesOf(days: readonly (readonly HoursSpan[])[]): OpeningRule[] {
  return days.flatMap((spans, index) => {
    const first = spans[0]
    const last = spans.at(-1)
    if (!first || !last) return []
    const line = (kind: OpeningRule['kind'], from: number, until: number): OpeningRule => ({
      weekday: index + 1,
      from,
      until,
      kind,
      validFrom: null,
      validUntil: null,
    })
    const breaks = spans.slice(1).flatMap((span, n) => {
      const before = spans[n]
      return before && before.until < span.from ? [line('break', before.until, span.from)] : []
    })
    return [line('open', first.from, last.until), ...breaks]
  })
}

/** The other way: what is open of each weekday with its breaks taken out. Monday first. */
export function daysOf(rules: readonly OpeningRule[]): HoursSpan[][] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    const ofDay = rules.filter((rule) => rule.weekday === weekday)
    const open = ofDay.filter(({ kind }) => kind === 'open').sort((a, b) => a.from - b.from)
    const breaks = ofDay.filter(({ kind }) => kind === 'break').sort((a, b) => a.from - b.from)
    return open.flatMap((span) => without(span, breaks))
  })
}

function without(span: HoursSpan, breaks: readonly HoursSpan[]): HoursSpan[] {
  const parts: HoursSpan[] = []
  let from = span.from
  for (const pause of breaks) {
    if (pause.until <= from || pause.from >= span.until) continue
    if (pause.from > from) parts.push({ from, until: pause.from })
    from = Math.max(from, pause.until)
  }
  if (from < span.until) parts.push({ from, until: span.until })
  return parts
}
