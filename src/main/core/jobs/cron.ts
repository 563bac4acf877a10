// node-cron as Osler uses it: the reading of expressions, and a beat. When a job is due is decided by the scheduler, with
// the clinic's clock, so that a computer that slept catches up once and tests own the time.
import { createTask, schedule, validate } from 'node-cron'

const minuteMs = 60_000
/** A job that is due less often than weekly would never be looked at on a health page. */
const horizonMinutes = 8 * 24 * 60

export interface CronTimes {
  /** First minute after the given instant that the expression names, in epoch milliseconds. */
  nextAfter(ms: number): number
  close(): void
}

/** @throws where the expression is none, or names no minute of a whole week. */
export function cronTimes(expression: string, timeZone: string): CronTimes {
  if (expression.trim().split(/\s+/).length !== 5 || !validate(expression)) {
    throw new Error(`"${expression}" is not a cron expression of five fields`)
  }
  const task = createTask(expression, () => undefined, { timezone: timeZone })
  return {
    nextAfter(ms) {
      let at = Math.floor(ms / minuteMs) * minuteMs
      for (let i = 0; i < horizonMinutes; i++) {
        at += minuteMs
        if (task.match(new Date(at))) return at
      }
      throw new Error(`"${expression}" is not due within a week`)
    },
    close: () => void task.destroy(),
  }
}

/** Calls again and again while a clinic is open; returns how to stop it. */
export type Ticker = (tick: () => void) => () => void

/** Every fifteen seconds: a job starts at most that much after its minute began. */
export const cronTicker: Ticker = (tick) => {
  const task = schedule('*/15 * * * * *', tick, { unref: true, suppressMissedWarning: true })
  return () => void task.destroy()
}
