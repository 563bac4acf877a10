// Prescribing: medicines found in a public catalogue, directions, checks, a basket that is signed into one prescription,
// and the list of what a patient takes.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { EncounterId, Id, PatientId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import {
  Alert,
  Basket,
  BasketItem,
  Directions,
  DrugId,
  DrugLine,
  Favourite,
  Medicine,
  OwnDrug,
  Prescription,
} from './shapes.ts'
import { doseUnits } from './sig/types.ts'

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

/** Reasons by key of the alert they answer. */
const Reasons = z.record(z.string().max(300), Reason)

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
