// The newest value of each vital sign with the few points behind it.
import type { Visibility } from '#modules/access/main/api.ts'
import type { Reader } from '#core/store/reader.ts'
import type { VitalSign } from '../shared/contract.ts'
import { compareVitalKeys, diastolicCode, systolicCode, vitalKeyOf } from '../shared/vital-signs.ts'
import type { z } from 'zod'
import { componentsOf, rowToObservation } from './lines.ts'
import { newestVitals, observationsByIds, pointsPerVital, type VitalPoint } from './observation-queries.ts'

type Vital = z.infer<typeof VitalSign>
type Point = Vital['series'][number]

/** The points behind a value carry no ids, so what is hidden is left out here. */
export function vitalsOf(read: Reader, patientId: string, visible: Pick<Visibility, 'ids'>): Vital[] {
  const byKey = new Map<string, VitalPoint[]>()
  for (const row of read.all(newestVitals, { patientId })) {
    if (visible.ids.has(row.id)) continue
    if (row.value_number === null && row.components === null) continue
    const key = vitalKeyOf(row.code, row.code_display)
    const points = byKey.get(key)
    if (points) points.push(row)
    else byKey.set(key, [row])
  }
  if (byKey.size === 0) return []
  // Several codes may stand for one sign (oral and body temperature), so the newest is looked for again.
  for (const points of byKey.values()) points.sort(newestDatedFirst)
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
      return line ? [{ key, latest: line, series: seriesOf(points) }] : []
    })
}

/** A row without a date may stand for the sign if nothing else does; the rest go by age. */
function newestDatedFirst(a: VitalPoint, b: VitalPoint): number {
  const [aDated, bDated] = [a.effective_at !== null, b.effective_at !== null]
  if (aDated !== bDated) return aDated ? -1 : 1
  return a.id < b.id ? 1 : -1
}

/** The points of the curve, oldest first: dated, and in the units of the newest, since 44 lb and 21 kg make no line. */
function seriesOf(newestFirst: readonly VitalPoint[]): Point[] {
  const read = newestFirst
    .map((row) => ({ at: row.effective_at, ...valuesOf(row) }))
    .filter((r) => r.value !== null)
  const newest = read[0]
  if (!newest) return []
  return read
    .filter((r) => isSameUnit(r.unit, newest.unit) && isSameUnit(r.secondUnit, newest.secondUnit))
    .flatMap(({ at, value, second }) => (at === null || value === null ? [] : [{ at, value, second }]))
    .slice(0, pointsPerVital)
    .reverse()
}

interface Unit {
  readonly unit: string | null
  readonly ucum: string | null
}
interface Values {
  readonly value: number | null
  readonly unit: Unit
  readonly second: number | null
  /** Null without a second value: a blood pressure that lacks one still has its place. */
  readonly secondUnit: Unit | null
}

function valuesOf(row: VitalPoint): Values {
  if (row.value_number !== null) {
    const unit = { unit: row.value_unit, ucum: row.value_ucum }
    return { value: row.value_number, unit, second: null, secondUnit: null }
  }
  const parts = componentsOf(row.components ?? '[]')
  const measured = (code: string) => parts.find((c) => c.code === code && c.valueNumber !== null)
  const first = measured(systolicCode) ?? parts[0]
  const second = measured(diastolicCode)
  return {
    value: first?.valueNumber ?? null,
    unit: { unit: first?.unit ?? null, ucum: first?.ucum ?? null },
    second: second?.valueNumber ?? null,
    secondUnit: second ? { unit: second.unit, ucum: second.ucum } : null,
  }
}

/** By code where both have one, else by the words, else the code of one against the word of the other. */
function isSameUnit(a: Unit | null, b: Unit | null): boolean {
  if (a === null || b === null) return true
  if (a.ucum !== null && b.ucum !== null) return a.ucum === b.ucum
  if (a.unit !== null && b.unit !== null) return a.unit === b.unit
  return (a.ucum ?? a.unit) === (b.ucum ?? b.unit)
}
