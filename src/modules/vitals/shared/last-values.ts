// The last value of a sign, from what the chart shows: beside each box, and for BMI where only the weight was taken.
import { bloodPressureParts } from '#modules/chart/shared/vital-signs.ts'
import type { VitalSign } from '#modules/chart/shared/contract.ts'
import type { z } from 'zod'
import { isUnitCode, type UnitCode } from './units.ts'
import type { SignKey } from './signs.ts'

type Vital = z.infer<typeof VitalSign>

export interface LastValue {
  readonly value: number
  readonly second: number | null
  readonly unit: UnitCode
  readonly at: string | null
}

/** `null` where the sign was never taken, or in a unit this module does not know. */
export function lastOf(vitals: readonly Vital[], sign: SignKey): LastValue | null {
  const latest = vitals.find((v) => v.key === sign)?.latest
  if (!latest) return null
  const [first, second] = sign === 'blood-pressure' ? bloodPressureParts(latest.components) : [latest]
  const unit = first?.ucum ?? null
  if (!first || first.valueNumber === null || unit === null || !isUnitCode(unit)) return null
  return {
    value: first.valueNumber,
    second: second?.valueNumber ?? null,
    unit,
    at: latest.effectiveAt,
  }
}

export function heightOf(vitals: readonly Vital[]): { value: string; unit: UnitCode } | null {
  const height = lastOf(vitals, 'height')
  return height && { value: String(height.value), unit: height.unit }
}
