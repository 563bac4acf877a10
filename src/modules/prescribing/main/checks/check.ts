// The checks themselves: allergies, interactions, the same substance twice. Pure: rows in, alerts out.
import { foldText } from '#modules/patients/shared/fold.ts'
import type { Alert } from '../model.ts'
import { classesNamed, classesOf, classList, isNear } from './classes.ts'
import { type Ingredient, isSameSubstance, type Pharmacy } from './pharmacy.ts'

export interface Checked {
  readonly label: string
  readonly ingredients: readonly Ingredient[]
}
/** What the patient takes already, or what else is on this script. */
export interface Taken extends Checked {
  readonly id: string
}
export interface KnownAllergy {
  readonly id: string
  readonly display: string
  readonly system: string | null
  readonly code: string | null
  readonly criticality: string | null
  readonly severity: string | null
}

const rxNorm = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const unii = /fdasis\.nlm\.nih\.gov|\bunii\b/i

/** Alerts about one medicine, the most serious first. */
export function alertsFor(
  pharmacy: Pharmacy,
  drug: Checked,
  taken: readonly Taken[],
  allergies: readonly KnownAllergy[],
): Alert[] {
  const found = [
    ...allergies.flatMap((allergy) => allergyAlert(pharmacy, drug, allergy) ?? []),
    ...taken.flatMap((other) => [
      ...interactionAlerts(pharmacy, drug, other),
      ...duplicateAlerts(drug, other),
    ]),
  ]
  const weight = { serious: 0, moderate: 1, info: 2 }
  return found.toSorted((a, b) => weight[a.tier] - weight[b.tier])
}

function interactionAlerts(pharmacy: Pharmacy, drug: Checked, other: Taken): Alert[] {
  const { edition } = pharmacy.interactions
  return drug.ingredients.flatMap((mine) =>
    other.ingredients.flatMap((theirs): Alert[] => {
      if (isSameSubstance(mine, theirs)) return []
      const pair = pharmacy.interaction(mine.cuis, theirs.cuis)
      if (!pair) return []
      return [
        {
          key: `interaction:${mine.base}:${theirs.base}`,
          kind: 'interaction',
          tier: pair.severity === 'Critical' ? 'serious' : 'moderate',
          substance: mine.base,
          other: theirs.base,
          otherLabel: other.label,
          otherId: other.id,
          basis: null,
          source: edition.title,
          sourceDate: edition.edition,
        },
      ]
    }),
  )
}

function duplicateAlerts(drug: Checked, other: Taken): Alert[] {
  const twice = drug.ingredients.filter((mine) =>
    other.ingredients.some((theirs) => isSameSubstance(mine, theirs)),
  )
  return twice.map((mine) => ({
    key: `duplicate:${mine.base}:${other.id}`,
    kind: 'duplicate',
    tier: 'moderate',
    substance: mine.base,
    other: mine.base,
    otherLabel: other.label,
    otherId: other.id,
    basis: null,
    source: 'chart',
    sourceDate: null,
  }))
}

/** High criticality or a severe reaction is a stop; the rest is told. A relative of the substance weighs one less. */
function allergyAlert(pharmacy: Pharmacy, drug: Checked, allergy: KnownAllergy): Alert | null {
  const meant = substancesOf(pharmacy, allergy)
  const named = classesNamed(foldText(allergy.display).replaceAll(/[^\p{L}\p{N}]+/gu, ' '))
  const isGrave = allergy.criticality === 'high' || allergy.severity === 'severe'
  let best: Alert | null = null
  for (const mine of drug.ingredients) {
    const basis = basisOf(mine, meant, named)
    if (!basis) continue
    const tier =
      basis === 'related-group' ? (isGrave ? 'moderate' : 'info') : isGrave ? 'serious' : 'moderate'
    const isClass = basis !== 'substance'
    const alert: Alert = {
      key: `allergy:${allergy.id}:${mine.base}`,
      kind: 'allergy',
      tier,
      substance: mine.base,
      other: allergy.display,
      otherLabel: allergy.display,
      otherId: allergy.id,
      basis,
      source: isClass ? classList.title : 'chart',
      sourceDate: isClass ? classList.edition : null,
    }
    if (!best || rank(alert) < rank(best)) best = alert
  }
  return best
}
const rank = ({ tier }: Alert) => ['serious', 'moderate', 'info'].indexOf(tier)

/** By code where there is one, and always by words: a code of another system must not hide a match. */
function substancesOf(pharmacy: Pharmacy, { system, code, display }: KnownAllergy): Ingredient[] {
  const byCode =
    code === null || system === null
      ? []
      : system === rxNorm
        ? [pharmacy.ingredientOfCui(code)].filter((i) => i !== null)
        : unii.test(system)
          ? pharmacy.ingredientsIn(code)
          : []
  return [...byCode, ...pharmacy.ingredientsIn(display)]
}

type Basis = NonNullable<Alert['basis']>

function basisOf(mine: Ingredient, meant: readonly Ingredient[], named: readonly string[]): Basis | null {
  if (meant.some((substance) => isSameSubstance(mine, substance))) return 'substance'
  const own = classesOf(mine.base)
  if (named.some((key) => own.includes(key))) return 'group'
  // Allergic to one penicillin, given another.
  const meantClasses = meant.flatMap((substance) => classesOf(substance.base))
  if (meantClasses.some((key) => own.includes(key))) return 'group'
  const isRelated = [...named, ...meantClasses].some((key) => own.some((mineKey) => isNear(key, mineKey)))
  return isRelated ? 'related-group' : null
}
