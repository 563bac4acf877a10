// Emergency access (SECURITY 4.2) and the reason for opening a record (FEATURES S7): codes, limits, procedures.
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import { Allergies, MedicineLine } from '#modules/chart/shared/contract.ts'
import { Flag } from '#modules/patients/shared/contract.ts'

export const emergencyHours = 4
export const emergencyReviewHours = 72
/** So many emergencies of one person within so many days are looked at as such. */
export const emergencyAlert = { times: 3, days: 7 } as const

export const emergencyReasons = [
  'life-threat',
  'unconscious',
  'no-one-reachable',
  'transfer',
  'other',
] as const
export const accessReasons = [
  'stands-in',
  'patient-asked',
  'phone-call',
  'results-came',
  'team-question',
  'quality',
  'other',
] as const

export const Emergency = z.strictObject({ id: Id, rev: z.number().int(), startedAt: Instant, until: Instant })
export type Emergency = z.infer<typeof Emergency>

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'clinical', patients: (i: { patientId: string }) => [i.patientId] }) as const

export const emergencyProcedures = {
  breakGlass: command({
    summary: 'Open one patient’s record in an emergency, for four hours, with a reason that is reviewed.',
    access: 'breakGlass.C',
    stepUp: true,
    ...ofPatient,
    audit: { ...about('emergency.open'), detail: (i) => i.code },
    input: z.strictObject({
      patientId: PatientId,
      code: z.enum(emergencyReasons),
      reason: z.string().trim().min(15).max(1000),
    }),
    output: Emergency,
  }),
  endBreakGlass: command({
    summary: 'End one’s own emergency access to a patient before its time.',
    access: 'breakGlass.C',
    ...ofPatient,
    audit: about('emergency.end'),
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({ ended: z.boolean() }),
  }),
  emergency: query({
    summary: 'Whether one has emergency access to a patient now, and until when.',
    access: 'breakGlass.C',
    ...ofPatient,
    audit: about('emergency.state'),
    reads: ['break_glass'],
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({ emergency: Emergency.nullable() }),
  }),
  safetySet: query({
    summary:
      'Allergies, current medicines and alerts of a patient in front of a clinician; no emergency needed.',
    access: 'breakGlass.C',
    ...ofPatient,
    audit: about('chart.safety-set'),
    reads: ['allergy_intolerance', 'medication_request', 'patient_flag'],
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({
      name: z.string(),
      allergies: Allergies,
      medicines: z.array(MedicineLine),
      alerts: z.array(Flag),
    }),
  }),
  giveReason: command({
    summary: 'Say why one opens the record of a patient nobody has assigned; good for a day.',
    access: 'notes.R',
    ...ofPatient,
    audit: {
      ...about('chart.reason'),
      // Stands in the entry itself, so that a reader of the log needs no other table.
      detail: (i) => (i.text === null ? i.code : `${i.code}: ${i.text}`),
    },
    input: z
      .strictObject({
        patientId: PatientId,
        code: z.enum(accessReasons),
        text: z.string().trim().min(3).max(200).nullable().default(null),
      })
      .refine((i) => i.code !== 'other' || i.text !== null, { error: 'needs words', path: ['text'] }),
    output: z.strictObject({ until: Instant }),
  }),
} as const
