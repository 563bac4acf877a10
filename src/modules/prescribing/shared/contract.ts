// Prescribing: medicines found in a public catalogue, directions, checks, a basket that is signed into one prescription,
// and the list of what a patient takes.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { EncounterId, Id, PatientId, UserId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import { doseUnits, Quantity, Sig } from './sig/types.ts'

const nullable = z.string().nullable()
const Rev = z.number().int().min(1)
const Step = z.number().int().min(0)
const Reason = z.string().trim().min(3).max(500)
const SigInput = z.string().trim().min(1).max(500)
const Refills = z.number().int().min(0).max(99)
const QuantityInput = z.strictObject({
  value: z.number().positive().max(100_000),
  unit: z.enum(doseUnits).nullable(),
})

/** Hexadecimal in the catalogue; an id of the clinic's own medicines, which begins with "own:". */
const DrugId = z.string().min(1).max(80)

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

/** Reasons by key of the alert they answer. */
const Reasons = z.record(z.string().max(300), Reason)

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

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'clinical', patients: (i: { patientId: string }) => [i.patientId] }) as const

const drugFields = {
  drugId: DrugId.nullable().default(null),
  /** Without a catalogue medicine: the words alone, checked by what substances they name. */
  label: z.string().trim().min(1).max(300).nullable().default(null),
}
const basketErrors = ['DRAFT_MOVED_ON', 'REASON_NEEDED', 'WRONG_STATE'] as const
const medicineRef = { patientId: PatientId, id: Id, rev: Rev }

export const prescribing = contract('prescribing', {
  searchDrugs: query({
    summary: 'Find medicines by beginnings of words, strength, form or brand; the most used first.',
    access: 'prescriptions.R',
    audit: false,
    reads: ['own_drug', 'catalogue'],
    input: z.strictObject({
      text: z.string().trim().min(1).max(100),
      limit: z.number().int().min(1).max(50).default(12),
    }),
    output: z.strictObject({
      items: z.array(DrugLine),
      edition: z.strictObject({ title: z.string(), edition: z.string(), source: z.string() }),
    }),
  }),
  usualDirections: query({
    summary: 'Favourite and earlier directions of the caller for one medicine.',
    access: 'prescriptions.R',
    audit: false,
    reads: ['sig_favourite'],
    input: z.strictObject({ drugId: DrugId }),
    output: z.array(Directions),
  }),
  favourites: query({
    summary: 'The favourites of the caller.',
    access: 'prescriptions.R',
    audit: false,
    reads: ['sig_favourite'],
    input: z.strictObject({}),
    output: z.array(Favourite),
  }),
  saveFavourite: command({
    summary: 'Keep a medicine with directions and quantity as an own favourite.',
    access: 'prescriptions.C',
    audit: { action: 'favourite.save', category: 'configuration' },
    input: z.strictObject({
      drugId: DrugId,
      sigText: SigInput,
      quantity: QuantityInput.nullable().default(null),
      refills: Refills.default(0),
    }),
    output: Favourite,
  }),
  removeFavourite: command({
    summary: 'Take an own favourite away; it can be saved again.',
    access: 'prescriptions.C',
    audit: { action: 'favourite.remove', category: 'configuration' },
    input: z.strictObject({ id: Id, rev: Rev }),
    output: Favourite,
  }),
  addOwnDrug: command({
    summary: 'Add a medicine of the clinic: a local product or a compound.',
    access: 'prescriptions.C',
    audit: { action: 'own-drug.add', category: 'configuration' },
    input: z.strictObject({
      name: z.string().trim().min(1).max(200),
      ingredients: z.array(z.string().trim().min(1).max(200)).min(1).max(20),
      strength: z.string().trim().max(100).default(''),
      form: z.string().trim().min(1).max(100),
      route: z.string().trim().max(100).default(''),
      unit: z.enum(doseUnits).nullable().default(null),
    }),
    output: z.strictObject({
      drug: DrugLine,
      /** Substances the checks know nothing of, so that somebody sees it. */
      unknown: z.array(z.string()),
    }),
    errors: ['DUPLICATE'],
  }),
  retireOwnDrug: command({
    summary: 'A medicine of the clinic is found no more; what was prescribed stays.',
    access: 'prescriptions.S',
    audit: { action: 'own-drug.retire', category: 'configuration' },
    input: z.strictObject({ id: DrugId, rev: Rev }),
    output: OwnDrug,
  }),
  restoreOwnDrug: command({
    summary: 'A retired medicine of the clinic is found again (undo).',
    access: 'prescriptions.S',
    audit: { action: 'own-drug.restore', category: 'configuration' },
    input: z.strictObject({ id: DrugId, rev: Rev }),
    output: OwnDrug,
  }),
  ownDrugs: query({
    summary: 'Medicines of the clinic, retired ones included.',
    access: 'prescriptions.R',
    audit: false,
    reads: ['own_drug'],
    input: z.strictObject({}),
    output: z.array(OwnDrug),
  }),

  open: query({
    summary:
      'Everything the prescribing desk of a patient shows: what is taken, allergies, the basket so far.',
    access: 'prescriptions.C',
    ...ofPatient,
    audit: about('prescription.prepare'),
    reads: ['medication_request', 'allergy_intolerance', 'patient', 'prescription', 'medication_refill'],
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({
      patientName: z.string(),
      birthDate: nullable,
      recordNumber: z.string(),
      allergies: z.strictObject({
        state: z.enum(['recorded', 'none-known', 'not-recorded']),
        items: z.array(z.string()),
      }),
      medicines: z.array(Medicine),
      basket: Basket,
      /** Where the clinic's country writes "od" for once a day. */
      odIsDaily: z.boolean(),
    }),
  }),
  check: query({
    summary: 'What speaks against a medicine for this patient, before it is added.',
    access: 'prescriptions.C',
    ...ofPatient,
    audit: about('prescription.check'),
    reads: ['medication_request', 'allergy_intolerance'],
    input: z.strictObject({ patientId: PatientId, ...drugFields, replaces: Id.nullable().default(null) }),
    output: z.array(Alert),
  }),
  putItem: command({
    summary: 'Put a medicine into the basket, or change one that is in it.',
    access: 'prescriptions.C',
    ...ofPatient,
    audit: about('prescription.add-item'),
    input: z.strictObject({
      patientId: PatientId,
      step: Step,
      /** null for a new one. */
      itemId: Id.nullable().default(null),
      ...drugFields,
      sigText: SigInput,
      quantity: QuantityInput.nullable().default(null),
      refills: Refills.default(0),
      note: z.string().trim().max(500).nullable().default(null),
      longTerm: z.boolean().default(false),
      replaces: z
        .strictObject({ id: Id, how: z.enum(['renewed', 'changed']) })
        .nullable()
        .default(null),
      reasons: Reasons.default({}),
    }),
    output: Basket,
    /** REASON_NEEDED carries `alerts`: the keys that want a reason. */
    errors: basketErrors,
  }),
  removeItem: command({
    summary: 'Take a medicine out of the basket; the answer holds it for putting it back.',
    access: 'prescriptions.C',
    ...ofPatient,
    audit: about('prescription.remove-item'),
    input: z.strictObject({ patientId: PatientId, step: Step, itemId: Id }),
    output: z.strictObject({ basket: Basket, removed: BasketItem }),
    errors: ['DRAFT_MOVED_ON'],
  }),
  renew: command({
    summary: 'Put running medicines into the basket as they are, to be prescribed again.',
    access: 'prescriptions.C',
    ...ofPatient,
    audit: {
      ...about('prescription.renew'),
      detail: (i) => (i.ids === 'long-term' ? 'long-term' : String(i.ids.length)),
    },
    input: z.strictObject({
      patientId: PatientId,
      step: Step,
      ids: z.union([z.literal('long-term'), z.array(Id).min(1).max(100)]),
    }),
    output: Basket,
    errors: ['DRAFT_MOVED_ON', 'WRONG_STATE'],
  }),
  sign: command({
    summary: 'Sign the basket: one prescription with all its medicines, checked once more.',
    access: 'prescriptions.S',
    ...ofPatient,
    audit: about('prescription.sign'),
    input: z.strictObject({
      patientId: PatientId,
      step: Step,
      encounterId: EncounterId.nullable().default(null),
    }),
    output: Prescription,
    /** WRONG_STATE: nothing to sign, or `medicineId` was stopped meanwhile. */
    errors: ['DRAFT_MOVED_ON', 'REASON_NEEDED', 'SIGNING_KEY_LOCKED', 'WRONG_STATE'],
  }),
  prescription: query({
    summary: 'One signed prescription with its signature checked.',
    access: 'prescriptions.R',
    ...ofPatient,
    audit: about('prescription.view'),
    reads: ['prescription'],
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: Prescription,
  }),
  prescriptions: query({
    summary: 'Signed prescriptions of a patient, newest first.',
    access: 'prescriptions.R',
    ...ofPatient,
    audit: about('prescription.list'),
    reads: ['prescription'],
    input: z.strictObject({
      patientId: PatientId,
      before: Id.nullable().default(null),
      limit: z.number().int().min(1).max(100).default(20),
    }),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          id: Id,
          number: z.string(),
          signedAt: Instant,
          prescriberName: z.string(),
          labels: z.array(z.string()),
        }),
      ),
      next: Id.nullable(),
    }),
  }),

  medicines: query({
    summary: 'What a patient takes and took, newest first.',
    access: 'prescriptions.R',
    ...ofPatient,
    audit: about('medicine.list'),
    reads: ['medication_request', 'medication_refill'],
    input: z.strictObject({
      patientId: PatientId,
      onlyCurrent: z.boolean().default(true),
      before: Id.nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({ items: z.array(Medicine), next: Id.nullable() }),
  }),
  medicine: query({
    summary: 'One medicine with the rows it followed and the warnings somebody prescribed against.',
    access: 'prescriptions.R',
    ...ofPatient,
    audit: about('medicine.view'),
    reads: ['medication_request', 'medication_refill', 'alert_override'],
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: z.strictObject({
      medicine: Medicine,
      /** The rows before it, newest first. */
      earlier: z.array(Medicine),
      overrides: z.array(
        z.strictObject({
          id: Id,
          kind: Alert.shape.kind,
          substance: z.string(),
          other: z.string(),
          reason: z.string(),
          prescriberName: z.string(),
          at: Instant,
        }),
      ),
    }),
  }),
  record: command({
    summary: 'Record a medicine the patient takes that was prescribed elsewhere.',
    access: 'prescriptions.C',
    ...ofPatient,
    audit: about('medicine.record'),
    input: z.strictObject({
      patientId: PatientId,
      ...drugFields,
      sigText: z.string().trim().max(500).default(''),
      since: z
        .string()
        .regex(/^\d{4}(-\d{2}){0,2}$/)
        .nullable()
        .default(null),
      longTerm: z.boolean().default(true),
      note: z.string().trim().max(500).nullable().default(null),
    }),
    output: z.strictObject({ medicine: Medicine, alerts: z.array(Alert) }),
  }),
  withdraw: command({
    summary: 'Take back a recorded medicine that was entered by mistake.',
    access: 'prescriptions.C',
    ...ofPatient,
    audit: about('medicine.withdraw'),
    input: z.strictObject({ ...medicineRef, reason: Reason }),
    output: Medicine,
    errors: ['WRONG_STATE'],
  }),
  stop: command({
    summary: 'Stop a medicine, with the reason.',
    access: 'prescriptions.U',
    ...ofPatient,
    audit: about('medicine.stop'),
    input: z.strictObject({ ...medicineRef, reason: Reason }),
    output: Medicine,
    errors: ['WRONG_STATE'],
  }),
  hold: command({
    summary: 'Pause a medicine, with the reason.',
    access: 'prescriptions.U',
    ...ofPatient,
    audit: about('medicine.hold'),
    input: z.strictObject({ ...medicineRef, reason: Reason }),
    output: Medicine,
    errors: ['WRONG_STATE'],
  }),
  resume: command({
    summary: 'Go on with a medicine that was paused or stopped.',
    access: 'prescriptions.U',
    ...ofPatient,
    audit: about('medicine.resume'),
    input: z.strictObject(medicineRef),
    output: Medicine,
    errors: ['REASON_NEEDED', 'WRONG_STATE'],
  }),
  setLongTerm: command({
    summary: 'Say whether a medicine is taken for long.',
    access: 'prescriptions.U',
    ...ofPatient,
    audit: about('medicine.long-term'),
    input: z.strictObject({ ...medicineRef, longTerm: z.boolean() }),
    output: Medicine,
  }),
  giveRefill: command({
    summary: 'Count one refill of a medicine as given.',
    access: 'prescriptions.C',
    ...ofPatient,
    audit: about('medicine.refill'),
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: z.strictObject({ refillId: Id, medicine: Medicine }),
    errors: ['WRONG_STATE'],
  }),
  takeBackRefill: command({
    summary: 'A refill counted by mistake is available again (undo).',
    access: 'prescriptions.C',
    ...ofPatient,
    audit: about('medicine.refill-back'),
    input: z.strictObject({ patientId: PatientId, refillId: Id }),
    output: Medicine,
  }),
})
