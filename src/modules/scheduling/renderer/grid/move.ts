// A visit on its way to another time or column: what the pointer or the arrow keys make of it. Nothing is saved here.
import { snap } from './day-scale.ts'

export interface Target {
  readonly column: number
  readonly minute: number
  /** Minutes. */
  readonly length: number
}

export interface Limits {
  readonly columns: number
  readonly from: number
  readonly to: number
}

export const stepMinutes = 5
export const shortestMinutes = 5

/** Inside the shown hours and columns, on a step of five minutes. */
export function settled(target: Target, limits: Limits): Target {
  const length = Math.max(shortestMinutes, Math.min(target.length, limits.to - limits.from))
  const minute = snap(target.minute, stepMinutes)
  return {
    column: clamp(target.column, 0, limits.columns - 1),
    minute: clamp(minute, limits.from, limits.to - length),
    length,
  }
}

/** The end follows the pointer, the start stays. */
export function resized(target: Target, end: number, limits: Limits): Target {
  const length = snap(Math.min(end, limits.to) - target.minute, stepMinutes)
  return { ...target, length: Math.max(shortestMinutes, length) }
}

export type MoveKey = 'earlier' | 'later' | 'previous-column' | 'next-column' | 'shorter' | 'longer'

export function moved(target: Target, key: MoveKey, limits: Limits): Target {
  const { minute, column, length } = target
  if (key === 'shorter' || key === 'longer') {
    return resized(target, minute + length + (key === 'longer' ? stepMinutes : -stepMinutes), limits)
  }
  const change = {
    earlier: { minute: minute - stepMinutes },
    later: { minute: minute + stepMinutes },
    'previous-column': { column: column - 1 },
    'next-column': { column: column + 1 },
  }[key]
  return settled({ ...target, ...change }, limits)
}

/** Left and right follow the eye: on a right-to-left page the next column stands on the left. */
export function moveKeyOf(key: string, isShift: boolean, isRtl: boolean): MoveKey | null {
  if (key === 'ArrowUp') return isShift ? 'shorter' : 'earlier'
  if (key === 'ArrowDown') return isShift ? 'longer' : 'later'
  if (key === 'ArrowLeft') return isRtl ? 'next-column' : 'previous-column'
  if (key === 'ArrowRight') return isRtl ? 'previous-column' : 'next-column'
  return null
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))
