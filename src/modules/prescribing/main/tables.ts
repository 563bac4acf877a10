// Signed prescriptions and what belongs to them. The medicines themselves are rows of the chart (FHIR MedicationRequest).
import { localTable, patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

export const prescription = patientTable('prescription', 100, 'append', {
  /** One signed script is one atom, all its medicines in it. */
  document: {
    number: 'text',
    encounter_id: 'text?',
    /** JSON array of {medicineId, label, directions, sig, quantity, refills, note}, as signed and printed. */
    items: 'text',
    prescriber_id: 'text',
    prescriber_name: 'text',
    prescriber_role: 'text',
    signed_at: 'text',
    clock_quality: 'text',
    signing_key_id: 'text',
    digest: 'blob',
    signature: 'blob',
  },
})

/** A serious alert that somebody prescribed against, and why. */
export const alertOverride = patientTable('alert_override', 101, 'append', {
  override: {
    prescription_id: 'text',
    medication_request_id: 'text',
    kind: 'text',
    tier: 'text',
    alert_key: 'text',
    /** Both sides in words, as shown. */
    substance: 'text',
    other: 'text',
    source: 'text',
    source_date: 'text?',
    reason: 'text',
    prescriber_id: 'text',
    prescriber_name: 'text',
    at: 'text',
  },
})

export const medicationRefill = patientTable('medication_refill', 102, 'append', {
  refill: { medication_request_id: 'text', given_at: 'text', given_by: 'text', given_by_name: 'text' },
})

export const sigFavourite = syncedTable('sig_favourite', 103, 'plain', {
  owner: { user_id: 'text' },
  favourite: {
    drug_id: 'text',
    label: 'text',
    sig_text: 'text',
    quantity_value: 'real?',
    quantity_unit: 'text?',
    refills: 'int',
  },
})

/** Medicines of the clinic beside the catalogue: local products, compounds. */
export const ownDrug = syncedTable('own_drug', 104, 'plain', {
  drug: {
    label: 'text',
    /** JSON array of {name, base, cuis}. */
    ingredients: 'text',
    strength: 'text',
    form: 'text',
    route: 'text',
    unit: 'text?',
    /** Folded words for the search. */
    terms: 'text',
  },
  state: { active: 'int' },
})

/** What is prepared and not signed: one a patient, kept on this workstation, so that nothing is lost. */
export const prescriptionBasket = localTable('prescription_basket', {
  patient_id: 'text',
  step: 'int',
  /** JSON array of the prepared items. */
  items: 'text',
  updated_at: 'text',
})

/** How often a person prescribes a medicine from here: only for the order of search results. */
export const drugUse = localTable('drug_use', {
  drug_id: 'text',
  user_id: 'text',
  uses: 'int',
  last_at: 'text',
})

declare module '#core/store/database.ts' {
  interface Database {
    prescription: RowOf<typeof prescription>
    alert_override: RowOf<typeof alertOverride>
    medication_refill: RowOf<typeof medicationRefill>
    sig_favourite: RowOf<typeof sigFavourite>
    own_drug: RowOf<typeof ownDrug>
    prescription_basket: RowOf<typeof prescriptionBasket>
    drug_use: RowOf<typeof drugUse>
  }
}
