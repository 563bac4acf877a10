// Whether the parts of directions go together. Each rule refuses what contradicts itself or could be meant two ways.
import { routesOfUnit, routesOfVerb } from './dose.ts'
import type { Part } from './pattern.ts'
import type { DoseUnit, Frequency, Sig } from './types.ts'
import { measuredUnits } from './vocabulary.ts'

export interface Placed {
  readonly part: Part
  readonly from: number
  readonly to: number
}

export class Contradiction extends Error {
  readonly placed: Placed
  constructor(placed: Placed) {
    super('contradiction')
    this.placed = placed
  }
}

/** "In the evening, at bedtime" is one time or two; the count that would tell is missing. */
const late = new Set<string>(['evening', 'night', 'bedtime'])
export const isOneTimeSaidTwice = (whens: Frequency['whens'], { part }: Placed) =>
  !(part.slot === 'when' && part.isScheme) && whens.filter((when) => late.has(when)).length > 1

const mealAdvice = new Set(['with-meals', 'before-meals', 'after-meals'])
/** "ac, hs" is four times a day: meals beside named times say how often only where the times are counted too. */
function requireCountedMeals(placed: readonly Placed[]): void {
  const isCounted = placed.some(
    (p) => p.part.slot === 'frequency' || (p.part.slot === 'when' && p.part.isScheme),
  )
  const hasTimes = placed.some((p) => p.part.slot === 'when')
  const meal = placed.find((p) => p.part.slot === 'advice' && mealAdvice.has(p.part.key))
  const isDailyAtBedtime = placed.some(
    (p) =>
      p.part.slot === 'when' && (p.part.whens ?? []).some((when) => when === 'bedtime' || when === 'night'),
  )
  if (meal && hasTimes && (!isCounted || isDailyAtBedtime)) throw new Contradiction(meal)
}

/** A tablet is not injected, drops for the eye are not swallowed, and "2 x daily" needs its dose beside it. */
export function requireFitting(sig: Sig, placed: readonly Placed[]): void {
  const { route, dose } = sig
  for (const p of placed) {
    const isBare = p.part.slot === 'frequency' && p.part.needsDose && dose === null && sig.method !== 'apply'
    if (isBare) throw new Contradiction(p)
    // "10 mg od right eye": then "od" was the eye.
    if (p.part.slot === 'frequency' && p.part.isOd && route !== null && route !== 'oral')
      throw new Contradiction(p)
    if (p.part.slot !== 'route' || route === null) continue
    const ofUnit = dose ? routesOfUnit[dose.unit] : undefined
    if (ofUnit && !ofUnit.includes(route)) throw new Contradiction(p)
    const verb = placed.find((other) => other.part.slot === 'method')
    const ofVerb = verb?.part.slot === 'method' ? routesOfVerb[verb.part.verb] : undefined
    if (ofVerb && !ofVerb.includes(route)) throw new Contradiction(p)
  }
  requireCountedMeals(placed)
  requireVerbFirst(placed)
  requireSameUnits(sig, placed)
  requireOneStomach(sig, placed)
  requireLongEnough(sig, placed)
  const limit = placed.find((p) => p.part.slot === 'max')
  if (limit && exceedsMaximum(sig)) throw new Contradiction(limit)
  // "1 refill 1/2 tab": what is supplied is said after what is taken, or the numbers may belong together.
  const taken = placed.findIndex((p) => p.part.slot === 'dose')
  const early = placed.find((p, i) => i < taken && (p.part.slot === 'refills' || p.part.slot === 'quantity'))
  if (early) throw new Contradiction(early)
  if (sig.frequency?.periodUnit === 'once') {
    // "Stat, 1 repeat": a second dose, or a refill?
    const p = placed.find(
      ({ part }) => part.slot === 'duration' || (part.slot === 'refills' && part.value > 0),
    )
    if (p) throw new Contradiction(p)
  }
}

/** Tablets are limited in tablets or in milligrams, never in millilitres; tablets are not supplied as capsules. */
function requireSameUnits({ dose, max, quantity }: Sig, placed: readonly Placed[]): void {
  if (!dose) return
  const limit = max?.unit ?? null
  const isOtherLimit =
    limit !== null &&
    limit !== 'dose' &&
    limit !== 'times' &&
    limit !== dose.unit &&
    !isMass(limit) &&
    !isMass(dose.unit)
  const isOtherSupply =
    (dose.unit === 'tablet' || dose.unit === 'capsule') && (quantity?.unit ?? dose.unit) !== dose.unit
  const wrong = placed.find(
    ({ part }) => (isOtherLimit && part.slot === 'max') || (isOtherSupply && part.slot === 'quantity'),
  )
  if (wrong) throw new Contradiction(wrong)
}
const isMass = (unit: DoseUnit) => measuredUnits.has(unit) && unit !== 'ml'

const fed = new Set(['with-food', 'with-meals', 'with-or-after-food', 'after-food', 'after-meals'])
const unfed = new Set([
  'before-food',
  'before-meals',
  'empty-stomach',
  '30-min-before-food',
  '30-min-before-breakfast',
  '1-hour-before-food',
])

/** "With food, on an empty stomach". */
function requireOneStomach({ additional, frequency }: Sig, placed: readonly Placed[]): void {
  const atMeal = frequency?.whens.some((when) => /^(with|after)-/.test(when)) ?? false
  const isFed = atMeal || additional.some((key) => fed.has(key))
  const empty = placed.find((p) => p.part.slot === 'advice' && unfed.has(p.part.key))
  const beforeMeal = placed.find(
    (p) => p.part.slot === 'when' && (p.part.whens ?? []).some((when) => when.startsWith('before-')),
  )
  const other = empty ?? (additional.some((key) => fed.has(key)) ? beforeMeal : undefined)
  if (isFed && other) throw new Contradiction(other)
}

/** "Monthly for 7 days": seven days in each month, or once? A course is at least as long as what it repeats. */
function requireLongEnough({ frequency, duration }: Sig, placed: readonly Placed[]): void {
  if (!frequency || !duration || frequency.periodUnit === 'once') return
  const interval = (frequency.periodHigh ?? frequency.period) * daysOf[frequency.periodUnit]
  const p = placed.find((other) => other.part.slot === 'duration')
  // Four weeks are a month to whoever writes "monthly for 4 weeks".
  if (p && duration.low * daysOf[duration.unit] < interval - (interval >= 30 ? 2 : 0)) {
    throw new Contradiction(p)
  }
}
const daysOf = { min: 1 / 1440, h: 1 / 24, d: 1, wk: 7, mo: 30, once: 1 }

/** "Do not crush, chew": a verb far behind may belong to a "not". Only "take" says nothing that could be denied. */
function requireVerbFirst(placed: readonly Placed[]): void {
  const first = placed.findIndex((p) => p.part.slot !== 'method')
  const late = placed.find(
    (p, i) => first >= 0 && i > first && p.part.slot === 'method' && p.part.verb !== 'take',
  )
  if (late) throw new Contradiction(late)
}

/** "2 tablets 4 times a day, at most 4 a day". What is taken when needed, or in a range, may well be limited so. */
function exceedsMaximum({ dose, frequency, max, asNeeded }: Sig): boolean {
  if (
    !dose ||
    !frequency ||
    !max ||
    asNeeded ||
    frequency.timesHigh !== null ||
    frequency.periodHigh !== null
  )
    return false
  const isCount = max.unit === 'dose' || max.unit === 'times'
  if (!isCount && ((max.unit !== null && max.unit !== dose.unit) || dose.high !== null)) return false
  const each = isCount ? 1 : dose.low
  return each * perDay(frequency) > max.value / limitDays[max.periodUnit](max.period)
}

const limitDays = { h: (n: number) => n / 24, d: (n: number) => n, wk: (n: number) => 7 * n }

function perDay({ times, period, periodUnit }: Frequency): number {
  return times / (period * daysOf[periodUnit])
}
