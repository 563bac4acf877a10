// The checks brought to a patient: what is taken, what is in the basket, which allergies hold.
import { createHash } from 'node:crypto'
import { viewerOf, visibilityOf } from '#modules/access/main/api.ts'
import { isInForce } from '#modules/chart/main/api.ts'
import type { QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { Alert } from '../shared/shapes.ts'
import { alertsFor, type Checked, type KnownAllergy, type Taken } from './checks/check.ts'
import { type Ingredient, type Pharmacy, pharmacyOf } from './checks/pharmacy.ts'
import type { MedicineRow } from './medicines.ts'
import * as q from './queries.ts'

const rxNorm = 'http://www.nlm.nih.gov/research/umls/rxnorm'

/** Rows from elsewhere carry no substances: they are read out of code and words. */
export function ingredientsOf(pharmacy: Pharmacy, row: MedicineRow): Ingredient[] {
  const stored = row.ingredients === null ? [] : (JSON.parse(row.ingredients) as Ingredient[])
  const named = stored.length > 0 ? [] : pharmacy.ingredientsIn(row.medication_display)
  const coded =
    stored.length === 0 && row.medication_system === rxNorm && row.medication_code !== null
      ? pharmacy.ingredientOfCui(row.medication_code)
      : null
  return [...stored, ...named, ...(coded && !named.some((n) => n.base === coded.base) ? [coded] : [])]
}

/** Whatever else the patient will take beside it. `without`: rows the medicine takes the place of. */
export function takenBy(
  pharmacy: Pharmacy,
  read: Reader,
  patientId: string,
  without: ReadonlySet<string>,
): Taken[] {
  return read
    .all(q.currentMedicines, { patientId })
    .filter((row) => !without.has(row.id))
    .map((row) => ({ id: row.id, label: row.medication_display, ingredients: ingredientsOf(pharmacy, row) }))
}

export interface Beside {
  /** Rows that end when this is signed. */
  readonly without?: ReadonlySet<string>
  /** Other medicines of the same basket. */
  readonly also?: readonly Taken[]
}

export function alertsOf(
  services: Services,
  ctx: QueryContext,
  patientId: string,
  drug: Checked,
  { without = new Set(), also = [] }: Beside = {},
): Alert[] {
  const pharmacy = pharmacyOf(services)
  const taken = [...takenBy(pharmacy, ctx.read, patientId, without), ...also]
  const alerts = alertsFor(pharmacy, drug, taken, allergiesOf(ctx.read, patientId))
  return unnamed(ctx, patientId, alerts)
}

/** SECURITY 4.3: what is hidden is checked against all the same, and warned of without its name. */
export function unnamed(ctx: QueryContext, patientId: string, alerts: readonly Alert[]): Alert[] {
  const { ids } = visibilityOf(ctx.read, viewerOf(ctx), patientId)
  if (ids.size === 0) return [...alerts]
  return alerts.map((alert) => {
    if (!ids.has(alert.otherId)) return alert
    const key = `${alert.kind}:${alert.substance}:hidden-${createHash('sha256').update(alert.key).digest('hex').slice(0, 12)}`
    return {
      ...alert,
      key,
      other: '',
      otherLabel: '',
      otherId: '',
      basis: null,
      source: 'chart',
      sourceDate: null,
    }
  })
}

/** Keys of the alerts nobody has given a reason for. */
export const unanswered = (alerts: readonly Alert[], reasons: Readonly<Record<string, string>>): string[] =>
  alerts.filter((a) => a.tier === 'serious' && (reasons[a.key] ?? '').trim() === '').map((a) => a.key)

/** Those that hold today; past and refuted ones warn of nothing. */
export function allergiesOf(read: Reader, patientId: string): KnownAllergy[] {
  return read
    .all(q.allergyRows, { patientId })
    .filter(isInForce)
    .map((row) => ({
      id: row.id,
      display: row.code_display,
      system: row.code_system,
      code: row.code,
      criticality: row.criticality,
      severity: row.severity,
    }))
}
