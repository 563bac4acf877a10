// A series as rows: its rule, and what each of its visits has become.
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import { AppError } from '#shared/errors.ts'
import type { Occurrence } from '../shared/series-plan.ts'
import type { Series, SeriesRule } from '../shared/shapes.ts'
import type { Line } from './lines.ts'
import * as q from './queries.ts'
import type { appointmentSeries } from './tables.ts'

export type SeriesRow = RowOf<typeof appointmentSeries>

export function seriesOf(read: Reader, patientId: string, id: string): SeriesRow | undefined {
  return read.get(q.seriesById, { patientId, id })
}

/** The series an appointment belongs to. */
export function requireSeries(read: Reader, row: Line): SeriesRow {
  const series = row.series_id === null ? undefined : seriesOf(read, row.patient_id, row.series_id)
  if (!series) throw new AppError('WRONG_STATE', { status: 'no-series' })
  return series
}

export const rowToRule = (r: SeriesRow): SeriesRule => ({
  freq: r.freq as SeriesRule['freq'],
  interval: r.interval,
  weekdays: JSON.parse(r.weekdays) as number[],
  monthlyBy: r.monthly_by as SeriesRule['monthlyBy'],
  anchor: r.anchor,
  count: r.count,
  until: r.until,
})

export const ruleToRow = (rule: SeriesRule) => ({
  freq: rule.freq,
  interval: rule.interval,
  weekdays: JSON.stringify(rule.weekdays),
  monthly_by: rule.monthlyBy,
  anchor: rule.anchor,
  count: rule.count,
  until: rule.until,
})

export const rowToSeries = (r: SeriesRow): Series => ({
  id: r.id as Series['id'],
  rev: r.rev,
  patientId: r.patient_id as Series['patientId'],
  rule: rowToRule(r),
  firstDate: r.first_date,
  start: r.start_minutes,
  minutes: r.minutes,
  providerId: r.provider_id as Series['providerId'],
  roomId: r.room_id as Series['roomId'],
  visitTypeId: r.visit_type_id as Series['visitTypeId'],
  reason: r.reason,
})

/** What has begun, is over or lies in the past is history: a change of the series leaves it alone. */
export function rowToOccurrence(row: Line, now: string): Occurrence {
  return {
    id: row.id,
    date: row.occurrence_date ?? '',
    status: row.status,
    detached: row.detached === 1,
    frozen: row.start_at <= now || (row.status !== 'booked' && row.status !== 'cancelled'),
  }
}

interface Time {
  readonly date: string
  readonly start: number
  readonly minutes: number
  readonly providerId: string
}

/** A visit moved back to where its series has it belongs to the series again. */
export function isBackOnRule(read: Reader, row: Line, to: Time): boolean {
  const series = row.series_id === null ? undefined : seriesOf(read, row.patient_id, row.series_id)
  return (
    series !== undefined &&
    row.occurrence_date === to.date &&
    series.start_minutes === to.start &&
    series.minutes === to.minutes &&
    series.provider_id === to.providerId
  )
}
