// Taking vital signs: what the sheet needs to know, saving it in one act, taking a mistake back. Values are rows of the
// chart's observations, with the unit in which they were typed.
import * as z from 'zod'
import { VitalSign } from '#modules/chart/shared/contract.ts'
import { genders } from '#modules/patients/shared/contract.ts'
import { command, contract, query } from '#shared/contract.ts'
import { EncounterId, Id, PatientId } from '#shared/ids.ts'
import { LocalDate } from '#shared/time.ts'
import { isDecimal } from './rules.ts'
import { signKeys } from './signs.ts'
import { unitCodes } from './units.ts'

const Decimal = z.string().max(8).refine(isDecimal, { error: 'not a decimal' })

export const TakenSign = z.strictObject({
  sign: z.enum(signKeys),
  /** As typed, ASCII digits and a point: digits carry meaning. Of a blood pressure the systolic. */
  value: Decimal,
  /** The diastolic; only a blood pressure has one, in the same unit. */
  second: Decimal.nullable().default(null),
  /** UCUM. */
  unit: z.enum(unitCodes),
})

/** What is taken in one sitting; with nothing in it nothing is saved. */
export const Intake = z.strictObject({
  encounterId: EncounterId.nullable().default(null),
  signs: z.array(TakenSign).max(signKeys.length),
  /** Why the patient came, in their words; `null` leaves what is written. */
  reason: z.string().trim().min(1).max(500).nullable().default(null),
  /** checked: asked, what is recorded still holds · none-known: asked, and there are none · null: not asked. */
  allergies: z.enum(['checked', 'none-known']).nullable().default(null),
})
export type Intake = z.infer<typeof Intake>

/** What taking it back needs to know; made by `take`, handed back to `withdraw` as it is. */
export const IntakeUndo = z.strictObject({
  observations: z.array(Id).max(20),
  encounterId: EncounterId.nullable(),
  reasonBefore: z.string().nullable(),
  reasonChanged: z.boolean(),
  noneKnownRecorded: z.boolean(),
})
export type IntakeUndo = z.infer<typeof IntakeUndo>

export const IntakeDone = z.strictObject({
  /** Values outside of their range, for the words of the answer. */
  marked: z.number().int(),
  undo: IntakeUndo,
})
export type IntakeDone = z.infer<typeof IntakeDone>

export const Sheet = z.strictObject({
  name: z.string(),
  recordNumber: z.string(),
  birthDate: z.string().nullable(),
  gender: z.enum(genders),
  /** Today in the clinic: ages are counted to it. */
  today: LocalDate,
  /** ISO 3166-1: decides in which units a clinic usually measures. */
  country: z.string(),
  vitals: z.array(VitalSign),
  allergies: z.strictObject({
    state: z.enum(['recorded', 'none-known', 'not-recorded']),
    substances: z.array(z.string()),
    /** When somebody last asked and confirmed. */
    checkedAt: z.string().nullable(),
  }),
  /** The visit values will belong to: the one asked for, else the one under way today. */
  encounterId: EncounterId.nullable(),
  reason: z.string().nullable(),
})
export type Sheet = z.infer<typeof Sheet>

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'clinical', patients: (i: { patientId: string }) => [i.patientId] }) as const

export const vitals = contract('vitals', {
  sheet: query({
    summary:
      'What a vital signs sheet shows before typing: last values, age, allergies, reason of the visit.',
    access: 'vitals.C',
    ...ofPatient,
    audit: about('vitals.sheet'),
    reads: ['allergy_intolerance', 'encounter', 'observation', 'patient'],
    input: z.strictObject({ patientId: PatientId, encounterId: EncounterId.nullable().default(null) }),
    output: Sheet,
  }),
  take: command({
    summary: 'Save vital signs as typed, with BMI, the reason of the visit and the allergy check.',
    access: 'vitals.C',
    ...ofPatient,
    audit: {
      ...about('vitals.take'),
      detail: (i, o) => `${i.signs.length} signs, ${o.marked} outside of range`,
    },
    input: z.strictObject({ patientId: PatientId, ...Intake.shape }),
    output: IntakeDone,
    /** IMPOSSIBLE_VALUE names `part`, `low`, `high` and `unit`. CONFLICT: "none known" where an allergy is recorded. */
    errors: ['IMPOSSIBLE_VALUE'],
  }),
  withdraw: command({
    summary:
      'Take values back that were entered in error; corrections stay in the record, the values do not count.',
    access: 'vitals.U',
    ...ofPatient,
    audit: { ...about('vitals.withdraw'), detail: (i) => `${i.undo.observations.length} values` },
    input: z.strictObject({ patientId: PatientId, undo: IntakeUndo }),
    output: z.strictObject({ withdrawn: z.number().int() }),
  }),
})
