// Days before today as instants and dates. Weekends are moved to the Friday before: the practice is closed then.
const dayMs = 86_400_000

export interface DemoDays {
  /** Epoch milliseconds of a minute on a working day. */
  at(daysAgo: number, minute: number): number
  date(daysAgo: number): string
}

export function demoDays(nowMs: number): DemoDays {
  const today = Math.floor(nowMs / dayMs) * dayMs
  const workday = (daysAgo: number) => {
    const start = today - daysAgo * dayMs
    const weekday = new Date(start).getUTCDay()
    if (weekday === 6) return start - dayMs
    return weekday === 0 ? start - 2 * dayMs : start
  }
  return {
    at: (daysAgo, minute) => workday(daysAgo) + minute * 60_000,
    date: (daysAgo) => new Date(today - daysAgo * dayMs).toISOString().slice(0, 10),
  }
}
