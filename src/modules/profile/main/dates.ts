// Dates of problems and allergies: known to the day, the month or the year; never of tomorrow, never the wrong way round.
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { localDateIn } from '#shared/time.ts'

export interface Dates {
  readonly onset?: string | null
  readonly abatement?: string | null
}

export function today(read: Reader, nowMs: number): string {
  return localDateIn(clinicOf(read).timeZone, nowMs)
}

/** Throws IMPOSSIBLE_VALUE with the field that cannot be. */
export function requirePossible({ onset = null, abatement = null }: Dates, on: string): void {
  for (const [field, date] of Object.entries({ onset, abatement })) {
    if (date !== null && isAfter(date, on))
      throw new AppError('IMPOSSIBLE_VALUE', { field, reason: 'future' })
  }
  if (onset !== null && abatement !== null && isAfter(onset, abatement))
    throw new AppError('IMPOSSIBLE_VALUE', { field: 'abatement', reason: 'before-onset' })
}

/** Compared as far as both are known: "2026" is not after "2026-03-02". Imported instants count by their day. */
function isAfter(a: string, b: string): boolean {
  const known = Math.min(a.length, b.length, 10)
  return a.slice(0, known) > b.slice(0, known)
}

/** Rows are ordered by when they are about; without a date by when they are recorded. */
export function clinicalMs(onset: string | null, nowMs: number): number {
  if (onset === null) return nowMs
  const [year = '', month = '01', day = '01'] = onset.split('-')
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), 12)
  // Ids cannot be older than the beginning of 1970.
  return Math.min(nowMs, Math.max(0, at))
}
