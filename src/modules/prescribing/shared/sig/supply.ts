// How many to supply, where it can be counted: dose x times x days. One function for every path, renewals included.
import { type Dose, type DoseUnit, type Duration, type Frequency, Quantity, type Sig } from './types.ts'

/** What is counted out of a box or measured out of a bottle. Milligrams are neither. */
const countable: ReadonlySet<DoseUnit> = new Set([
  'tablet',
  'capsule',
  'ml',
  'patch',
  'suppository',
  'pessary',
  'sachet',
  'lozenge',
  'ampoule',
  'vial',
])

/** `null` where the directions leave it open: a range, when needed, no end, a unit nobody counts. */
export function quantityOf(sig: Pick<Sig, 'dose' | 'frequency' | 'duration' | 'asNeeded'>): Quantity | null {
  const { dose, frequency, duration } = sig
  if (!dose || !frequency || dose.high !== null || !countable.has(dose.unit)) return null
  if (frequency.periodUnit === 'once') return of(dose, 1)
  if (sig.asNeeded || !duration || duration.high !== null) return null
  const doses = dosesIn(frequency, duration)
  if (doses === null) return null
  const quantity = of(dose, doses)
  return Quantity.safeParse(quantity).success ? quantity : null
}

/** Whole tablets: a half that is left over still comes out of a whole one. */
const of = (dose: Dose, doses: number): Quantity => ({
  value: Math.ceil(Math.round(dose.low * doses * 1e6) / 1e6),
  unit: dose.unit,
})

const daysIn = { d: 1, wk: 7, mo: 30 } as const

function dosesIn(frequency: Frequency, duration: Duration): number | null {
  const { times, timesHigh, period, periodHigh, periodUnit } = frequency
  if (timesHigh !== null || periodHigh !== null) return null
  if (periodUnit === 'once' || periodUnit === 'min') return null
  // A month counts thirty days, but once a month for three months is three doses.
  if (periodUnit === duration.unit) return Math.ceil((duration.low * times) / period)
  const days = duration.low * daysIn[duration.unit]
  // Ten days hold four Mondays, Wednesdays and Fridays or five, by the day one starts.
  if (periodUnit === 'wk' && times > 1 && duration.unit === 'd' && days % 7 !== 0) return null
  if (periodUnit === 'h') return Math.ceil((days * 24 * times) / period)
  return Math.ceil((days * times) / (period * daysIn[periodUnit]))
}
