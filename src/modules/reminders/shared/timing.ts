// When a reminder goes out: lead times, quiet hours, three minutes of grace. Pure, so that tests can compare it with an
// account of their own.
import { addDays, addMinutes, instantAt, wallTimeOf } from '#shared/zoned-time.ts'

/** A change that is taken back within this time sends nothing (FEATURES C9). */
export const graceMinutes = 3

export interface QuietHours {
  /** Minutes after midnight on the clinic's wall; equal: no quiet hours. May pass midnight. */
  readonly from: number
  readonly to: number
}

/** Wider than any change of clocks. */
const clockChangeMinutes = 180

/** The end of the quiet hours an instant falls into, or `null` when it may be disturbed. */
export function quietUntil(instant: string, quiet: QuietHours, timeZone: string): string | null {
  const { from, to } = quiet
  const isQuiet = (minutes: number) =>
    from < to ? minutes >= from && minutes < to : from > to && (minutes >= from || minutes < to)
  const wall = wallTimeOf(instant, timeZone)
  if (!isQuiet(wall.minutes)) return null
  const day = from > to && wall.minutes >= from ? addDays(wall.date, 1) : wall.date
  // Clocks that leap over the end make it earlier, or put it off to the next day; where they go back it comes twice. So
  // the end is looked for, minute by minute, around where it should be.
  for (let later = 0; later < 3; later++) {
    const expected = instantAt(addDays(day, later), to, timeZone)
    for (let i = -clockChangeMinutes; i <= clockChangeMinutes; i++) {
      const at = addMinutes(expected, i)
      if (at > instant && !isQuiet(wallTimeOf(at, timeZone).minutes)) return at
    }
  }
  throw new Error('quiet hours without an end')
}

export interface Window {
  readonly opensAt: string
  /** Later it would confuse more than help: half of the lead is gone, or the next reminder of the same visit is due. */
  readonly closesAt: string
}

export function windowOf(startAt: string, lead: number, leads: readonly number[]): Window {
  const shorter = leads.filter((other) => other < lead)
  const half = addMinutes(startAt, -Math.ceil(lead / 2))
  const next = shorter.length > 0 ? addMinutes(startAt, -Math.max(...shorter) - 1) : half
  return { opensAt: addMinutes(startAt, -lead), closesAt: half < next ? half : next }
}

export type Timing = { readonly dueAt: string } | { readonly skip: 'too-late' | 'quiet-hours' }

/**
 * When to send, at the earliest, and not before any of `notBefore`. The answer may lie in the past only when `now` does
 * not count: callers pass `now` among `notBefore`.
 */
export function timingOf(
  window: Window,
  notBefore: readonly string[],
  quiet: QuietHours,
  timeZone: string,
): Timing {
  const at = [window.opensAt, ...notBefore].reduce((latest, each) => (each > latest ? each : latest))
  if (at > window.closesAt) return { skip: 'too-late' }
  const moved = quietUntil(at, quiet, timeZone) ?? at
  return moved > window.closesAt ? { skip: 'quiet-hours' } : { dueAt: moved }
}

/** Minutes to wait after the n-th try that the server answered with "later". */
export const retryAfterMinutes = (tries: number): number => Math.min(60, 2 * 3 ** (tries - 1))
export const maxTries = 6
