// The newest value of each vital sign with the few points behind it.
import type { Reader } from '#core/store/reader.ts'
import type { VitalSign } from '../shared/contract.ts'
import { compareVitalKeys, diastolicCode, systolicCode, vitalKeyOf } from '../shared/vital-signs.ts'
import type { z } from 'zod'
import { componentsOf, rowToObservation } from './lines.ts'
import { newestVitals, observationsByIds, pointsPerVital, type VitalPoint } from './observation-queries.ts'

type Vital = z.infer<typeof VitalSign>
type Point = Vital['series'][number]

export function vitalsOf(read: Reader, patientId: string): Vital[] {
  const byKey = new Map<string, VitalPoint[]>()
  for (const row of read.all(newestVitals, { patientId })) {
    if (row.value_number === null && row.components === null) continue
    const key = vitalKeyOf(row.code, row.code_display)
    const points = byKey.get(key)
    if (points) points.push(row)
    else byKey.set(key, [row])
  }
  if (byKey.size === 0) return []
  // Several codes may stand for one sign (oral and body temperature), so the newest is looked for again.
  for (const points of byKey.values()) points.sort((a, b) => (a.id < b.id ? 1 : -1))
  const latestIds = [...byKey.values()].flatMap((points) => points[0]?.id ?? [])
  const latest = new Map(
    read
      .all(observationsByIds, { patientId, ids: JSON.stringify(latestIds) })
      .map((row) => [row.id, rowToObservation(row)]),
  )
  return [...byKey.entries()]
    .sort(([a], [b]) => compareVitalKeys(a, b))
    .flatMap(([key, points]) => {
      const line = latest.get(points[0]?.id ?? '')
      return line
        ? [{ key, latest: line, series: points.slice(0, pointsPerVital).reverse().flatMap(pointOf) }]
        : []
    })
}

function pointOf(row: VitalPoint): Point[] {
  const at = row.effective_at ?? instantOfId(row.id)
  if (row.value_number !== null) return [{ at, value: row.value_number, second: null }]
  const parts = componentsOf(row.components ?? '[]')
  const systolic = parts.find((c) => c.code === systolicCode)?.valueNumber
  const diastolic = parts.find((c) => c.code === diastolicCode)?.valueNumber
  const value = systolic ?? parts[0]?.valueNumber
  return value === undefined || value === null ? [] : [{ at, value, second: diastolic ?? null }]
}

/** The instant a UUIDv7 was minted from (RFC 9562, 5.7). */
function instantOfId(id: string): string {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString()
}
