// What medicines, baskets, prescriptions and favourites look like as they cross the door.
import * as z from 'zod'
import { Id, PatientId, UserId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import { doseUnits, Quantity, Sig } from './sig/types.ts'

const nullable = z.string().nullable()

/** Hexadecimal in the catalogue; an id of the clinic's own medicines, which begins with "own:". */
export const DrugId = z.string().min(1).max(80)

export const DrugLine = z.strictObject({
  id: DrugId,
  label: z.string(),
  /** Substances, salts included, as the source names them. */
  ingredients: z.array(z.string()),
  strength: z.string(),
  form: z.string(),
  route: z.string(),
  brand: nullable,
  legal: z.enum(['rx', 'otc', 'discontinued', 'own']),
  unit: z.enum(doseUnits).nullable(),
  /** How often the caller has prescribed it on this computer, and everybody together. */
  ownUses: z.number().int(),
  uses: z.number().int(),
})
export type DrugLine = z.infer<typeof DrugLine>

export const Alert = z.strictObject({
  /** Stable while the same two sides stand: a reason is given for a key. */
  key: z.string(),
  kind: z.enum(['allergy', 'interaction', 'duplicate']),
  tier: z.enum(['serious', 'moderate', 'info']),
  /** The substance of the medicine being prescribed. */
  substance: z.string(),
  other: z.string(),
  /** The medicine or allergy the other side belongs to, as the chart names it. */
  otherLabel: z.string(),
  otherId: z.string(),
  /** Allergies: the substance itself, its group, or a group that may cross-react. */
  basis: z.enum(['substance', 'group', 'related-group']).nullable(),
  /** "chart" where the fact is the patient's own record. */
  source: z.string(),
  sourceDate: nullable,
})
export type Alert = z.infer<typeof Alert>

export const BasketItem = z.strictObject({
  id: Id,
  drugId: DrugId.nullable(),
  label: z.string(),
  sigText: z.string(),
  /** null: kept as written. */
  sig: Sig.nullable(),
  quantity: Quantity.nullable(),
  /** Counted from the directions; null where it was typed. */
  quantityCounted: z.boolean(),
  refills: z.number().int(),
  note: nullable,
  longTerm: z.boolean(),
  /** The medicine this one takes the place of. */
  replaces: z.strictObject({ id: Id, how: z.enum(['renewed', 'changed']) }).nullable(),
  addedBy: z.string(),
  alerts: z.array(Alert),
  reasons: z.record(z.string(), z.string()),
})
export type BasketItem = z.infer<typeof BasketItem>

export const Basket = z.strictObject({
  patientId: PatientId,
  /** Counts changes; name it in the next one. */
  step: z.number().int(),
  items: z.array(BasketItem),
})
export type Basket = z.infer<typeof Basket>

export const medicineStatuses = [
  'active',
  'on-hold',
  'stopped',
  'completed',
  'cancelled',
  'draft',
  'unknown',
  'entered-in-error',
] as const
export const Medicine = z.strictObject({
  id: Id,
  rev: z.number().int(),
  drugId: nullable,
  label: z.string(),
  sigText: nullable,
  sig: Sig.nullable(),
  status: z.string(),
  /** changed, renewed, or words. */
  statusReason: nullable,
  authoredOn: nullable,
  endedOn: nullable,
  prescriber: nullable,
  /** What the medicine is taken for, where a source says so. */
  reason: nullable,
  quantity: Quantity.nullable(),
  refillsAllowed: z.number().int().nullable(),
  refillsLeft: z.number().int().nullable(),
  longTerm: z.boolean(),
  /** Prescribed elsewhere, told by the patient. */
  reported: z.boolean(),
  prescriptionId: nullable,
  /** The row before a renewal or change. */
  priorId: nullable,
  note: nullable,
})
export type Medicine = z.infer<typeof Medicine>

export const PrescriptionItem = z.strictObject({
  medicineId: Id,
  label: z.string(),
  directions: z.string(),
  quantity: Quantity.nullable(),
  refills: z.number().int(),
  note: nullable,
})
export const Prescription = z.strictObject({
  id: Id,
  patientId: PatientId,
  number: z.string(),
  signedAt: Instant,
  prescriberId: UserId,
  prescriberName: z.string(),
  clockQuality: z.enum(['ok', 'unknown', 'suspect']),
  signature: z.enum(['valid', 'broken']),
  items: z.array(PrescriptionItem),
})
export type Prescription = z.infer<typeof Prescription>

export const Favourite = z.strictObject({
  id: Id,
  rev: z.number().int(),
  drugId: DrugId,
  label: z.string(),
  unit: z.enum(doseUnits).nullable(),
  sigText: z.string(),
  quantity: Quantity.nullable(),
  refills: z.number().int(),
})
export type Favourite = z.infer<typeof Favourite>

export const Directions = z.strictObject({
  sigText: z.string(),
  quantity: Quantity.nullable(),
  refills: z.number().int(),
  /** favourite: saved by the caller · own: prescribed by the caller before. */
  origin: z.enum(['favourite', 'own']),
  uses: z.number().int(),
})

export const OwnDrug = z.strictObject({
  id: DrugId,
  rev: z.number().int(),
  label: z.string(),
  active: z.boolean(),
})
