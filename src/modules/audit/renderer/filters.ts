// The filters of the viewer as they stand in the address, so that a link shows exactly these entries.
import type { UserId, PatientId } from '#shared/ids.ts'
import { isLocalDate } from '#shared/time.ts'
import { addDays, dayRange } from '#shared/zoned-time.ts'
import { type AuditFilters, categories, doors, outcomes } from '../shared/contract.ts'

export interface ShownFilters {
  /** Calendar days of the clinic. */
  readonly fromDay: string | null
  readonly toDay: string | null
  readonly entry: number | null
  readonly filters: AuditFilters
}

export function filtersOf(params: URLSearchParams, timeZone: string): ShownFilters {
  const day = (name: string) => {
    const text = params.get(name)
    return text !== null && isLocalDate(text) ? text : null
  }
  const one = <V extends string>(name: string, known: readonly V[]): V | null =>
    known.find((value) => value === params.get(name)) ?? null
  const fromDay = day('from') ?? day('day')
  const toDay = day('to') ?? day('day')
  const action = params.get('action')
  const entry = Number(params.get('entry') ?? 0)
  return {
    fromDay,
    toDay,
    entry: Number.isInteger(entry) && entry > 0 ? entry : null,
    filters: {
      from: fromDay === null ? null : dayRange(fromDay, timeZone).from,
      to: toDay === null ? null : dayRange(addDays(toDay, 1), timeZone).from,
      person: params.get('person') as UserId | 'none' | null,
      aboutPatient: params.get('patient') as PatientId | null,
      action: action && /^[a-z-]+(\.[a-z-]+)?$/.test(action) ? action : null,
      category: one('category', categories),
      outcome: one('outcome', outcomes),
      door: one('door', doors),
    },
  }
}

/** The address with one filter changed; the whole day of a link becomes an ordinary period once it is touched. */
export function withFilter(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params)
  const day = next.get('day')
  if (day !== null && (name === 'from' || name === 'to')) {
    next.delete('day')
    next.set('from', day)
    next.set('to', day)
  }
  next.delete('entry')
  if (value === null || value === '') next.delete(name)
  else next.set(name, value)
  return next
}
