// When a backup is due and when it is late (BAK-01): plain arithmetic over what stands in the tables.
import type { Reader } from '#core/store/reader.ts'
import * as q from './queries.ts'

const hourMs = 3_600_000
export const hours = {
  between: 4,
  quiet: 20,
  offSite: 20,
  late: 24,
  report: 48,
  testRestoreStale: 72,
} as const
/** `kept`: how long the files that a restore put aside stay. */
export const days = { monthly: 30, quarter: 91, kept: 30 } as const

export const hoursSince = (instant: string, nowMs: number): number =>
  Math.max(0, (nowMs - Date.parse(instant)) / hourMs)

/** Hours since the newest good backup; a clinic that never had one counts from its first day. */
export function ageHours(read: Reader, nowMs: number): number {
  const since = read.get(q.newestGood, {})?.at ?? read.get(q.firstEntry, {})?.at
  return since === undefined ? 0 : hoursSince(since, nowMs)
}

export const lateness = (age: number): 'no' | 'day' | 'two-days' =>
  age >= hours.report ? 'two-days' : age >= hours.late ? 'day' : 'no'

/** From before the keys were changed: only the kit of its day opens it, and the former key waits for a newer one. */
export const isOfFormerKeys = (at: string, keysSince: string | null): boolean =>
  keysSince !== null && at < keysSince

/** Every four hours in which something was saved; where nothing was, once a day all the same; after new keys at once. */
export function isDue(read: Reader, nowMs: number, keysSince: string | null): boolean {
  const newest = read.get(q.newestGood, {})
  if (!newest || isOfFormerKeys(newest.at, keysSince)) return true
  const age = hoursSince(newest.at, nowMs)
  return age >= hours.quiet || (age >= hours.between && hasChanged(read, newest.commit_pos))
}

/** At closing: whenever anything was saved since. */
export function isDueAtClose(read: Reader): boolean {
  const newest = read.get(q.newestGood, {})
  return !newest || hasChanged(read, newest.commit_pos)
}

const hasChanged = (read: Reader, pos: number) => (read.get(q.newestCommit, {})?.pos ?? 0) > pos

export function nextDueAt(read: Reader, nowMs: number): string {
  const newest = read.get(q.newestGood, {})
  const at = newest ? Date.parse(newest.at) + hours.between * hourMs : nowMs
  return new Date(Math.max(at, nowMs)).toISOString()
}
