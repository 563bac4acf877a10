// What the profile module offers, to whom, and what is written down about it. Read this page first.
// Problems and allergies as people edit them in the chart. Reading them is the chart's affair.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Coded } from '#shared/coded.ts'
import { EncounterId, Id, PatientId } from '#shared/ids.ts'
import { Instant, PartialDate } from '#shared/time.ts'

const nullable = z.string().nullable()
const Rev = z.number().int().min(1)
const Note = z.string().trim().max(2000).nullable()
const Reason = z.string().trim().min(3).max(500)

/** FHIR R4 condition-clinical, condition-ver-status, and the severities people use. */
export const problemStatuses = [
  'active',
  'recurrence',
  'relapse',
  'inactive',
  'remission',
  'resolved',
] as const
export const problemCertainties = [
  'unconfirmed',
  'provisional',
  'differential',
  'confirmed',
  'refuted',
] as const
export const severities = ['mild', 'moderate', 'severe'] as const
/** Over: these may carry the date of their end. */
export const endedStatuses = ['inactive', 'remission', 'resolved'] as const

export const ProblemFields = z.strictObject({
  clinicalStatus: z.enum(problemStatuses),
  verificationStatus: z.enum(problemCertainties),
  severity: z.enum(severities).nullable(),
  onset: PartialDate.nullable(),
  abatement: PartialDate.nullable(),
  note: Note,
})
export type ProblemFields = z.infer<typeof ProblemFields>

const newProblem = ProblemFields.extend({
  clinicalStatus: z.enum(problemStatuses).default('active'),
  verificationStatus: z.enum(problemCertainties).default('confirmed'),
  severity: z.enum(severities).nullable().default(null),
  onset: PartialDate.nullable().default(null),
  abatement: PartialDate.nullable().default(null),
  note: Note.default(null),
})

const HistoryLine = z.strictObject({
  at: Instant,
  userName: nullable,
  action: z.string(),
  changes: z.array(z.strictObject({ column: z.string(), before: nullable, after: nullable })),
})

/** As it stands in the chart: imported ones may carry values that are not ours. */
export const Problem = z.strictObject({
  id: Id,
  patientId: PatientId,
  rev: Rev,
  code: Coded,
  clinicalStatus: nullable,
  verificationStatus: nullable,
  severity: nullable,
  onset: nullable,
  abatement: nullable,
  note: nullable,
  recordedDate: nullable,
  voided: z.boolean(),
})
export type Problem = z.infer<typeof Problem>

/** FHIR R4 allergyintolerance-clinical, -verification, -type, -category, -criticality. */
export const allergyStatuses = ['active', 'inactive', 'resolved'] as const
export const allergyCertainties = ['unconfirmed', 'confirmed', 'refuted'] as const
export const allergyTypes = ['allergy', 'intolerance'] as const
export const allergyCategories = ['food', 'medication', 'environment', 'biologic'] as const
export const criticalities = ['low', 'high', 'unable-to-assess'] as const

const Manifestations = z.array(z.string().trim().min(1).max(200)).max(20)
export const AllergyFields = z.strictObject({
  clinicalStatus: z.enum(allergyStatuses),
  verificationStatus: z.enum(allergyCertainties),
  type: z.enum(allergyTypes).nullable(),
  category: z.enum(allergyCategories).nullable(),
  criticality: z.enum(criticalities).nullable(),
  manifestations: Manifestations,
  severity: z.enum(severities).nullable(),
  onset: PartialDate.nullable(),
  note: Note,
})
export type AllergyFields = z.infer<typeof AllergyFields>

const newAllergy = AllergyFields.extend({
  clinicalStatus: z.enum(allergyStatuses).default('active'),
  verificationStatus: z.enum(allergyCertainties).default('confirmed'),
  type: z.enum(allergyTypes).nullable().default(null),
  category: z.enum(allergyCategories).nullable().default(null),
  criticality: z.enum(criticalities).nullable().default(null),
  manifestations: Manifestations.default([]),
  severity: z.enum(severities).nullable().default(null),
  onset: PartialDate.nullable().default(null),
  note: Note.default(null),
})

export const Allergy = z.strictObject({
  id: Id,
  patientId: PatientId,
  rev: Rev,
  substance: Coded,
  clinicalStatus: nullable,
  verificationStatus: nullable,
  type: nullable,
  category: nullable,
  criticality: nullable,
  manifestations: z.array(z.string()),
  severity: nullable,
  onset: nullable,
  note: nullable,
  recordedDate: nullable,
  voided: z.boolean(),
})
export type Allergy = z.infer<typeof Allergy>

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const audited = (action: string) =>
  ({ action, category: 'clinical', patients: (i: { patientId: string }) => [i.patientId] }) as const
const ref = { patientId: PatientId, id: Id, rev: Rev }
const withHistory = { history: z.array(HistoryLine) }

export const profile = contract('profile', {
  problem: query({
    summary: 'One problem in full, with who changed what.',
    access: 'profile.R',
    ...ofPatient,
    audit: audited('problem.view'),
    reads: ['condition'],
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: Problem.extend(withHistory),
  }),
  addProblem: command({
    summary: 'Put a problem on the list, coded or in words.',
    access: 'profile.C',
    ...ofPatient,
    audit: audited('problem.add'),
    input: newProblem.extend({
      patientId: PatientId,
      code: Coded,
      encounterId: EncounterId.nullable().default(null),
      /** The same problem once more, on purpose (the other knee). */
      another: z.boolean().default(false),
    }),
    output: Problem,
    // DUPLICATE with `id` where the same code, or the same words, stands on the list as active.
    errors: ['DUPLICATE', 'IMPOSSIBLE_VALUE'],
  }),
  changeProblem: command({
    summary: 'Change status, dates, severity, certainty or note of a problem.',
    access: 'profile.U',
    ...ofPatient,
    audit: audited('problem.change'),
    input: ProblemFields.partial().extend(ref),
    output: Problem,
    errors: ['IMPOSSIBLE_VALUE'],
  }),
  resolveProblem: command({
    summary: 'A problem is over: resolved, today or on the given date.',
    access: 'profile.U',
    ...ofPatient,
    audit: audited('problem.resolve'),
    input: z.strictObject({ ...ref, abatement: PartialDate.nullable().default(null) }),
    output: Problem,
    errors: ['IMPOSSIBLE_VALUE'],
  }),
  voidProblem: command({
    summary: 'Take a problem off that was entered in error; the reason is kept.',
    access: 'profile.U',
    ...ofPatient,
    audit: audited('problem.void'),
    input: z.strictObject({ ...ref, reason: Reason }),
    output: Problem,
  }),
  restoreProblem: command({
    summary: 'Bring a problem back that was taken off (undo).',
    access: 'profile.U',
    ...ofPatient,
    audit: audited('problem.restore'),
    input: z.strictObject(ref),
    output: Problem,
  }),
  allergy: query({
    summary: 'One allergy in full, with who changed what.',
    access: 'profile.R',
    ...ofPatient,
    audit: audited('allergy.view'),
    reads: ['allergy_intolerance'],
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: Allergy.extend(withHistory),
  }),
  addAllergy: command({
    summary: 'Record an allergy or intolerance; each substance stands once in a chart.',
    access: 'profile.C',
    ...ofPatient,
    audit: audited('allergy.add'),
    input: newAllergy.extend({ patientId: PatientId, substance: Coded }),
    /** `withdrewNone`: "no known allergies" was recorded and is taken back by this. */
    output: Allergy.extend({ withdrewNone: z.boolean() }),
    // DUPLICATE with `id` where the substance stands in the chart, under whatever name, code or status.
    errors: ['DUPLICATE', 'IMPOSSIBLE_VALUE'],
  }),
  changeAllergy: command({
    summary: 'Change reactions, severity, status, certainty, kind, dates or note of an allergy.',
    access: 'profile.U',
    ...ofPatient,
    audit: audited('allergy.change'),
    input: AllergyFields.partial().extend(ref),
    output: Allergy,
    errors: ['IMPOSSIBLE_VALUE'],
  }),
  voidAllergy: command({
    summary: 'Take an allergy off that was entered in error; the reason is kept.',
    access: 'profile.U',
    ...ofPatient,
    audit: audited('allergy.void'),
    input: z.strictObject({
      ...ref,
      reason: Reason,
      /** Undo of recording it: "no known allergies" comes back where recording it had taken it back. */
      undo: z.boolean().default(false),
    }),
    output: Allergy,
  }),
  restoreAllergy: command({
    summary: 'Bring an allergy back that was taken off (undo).',
    access: 'profile.U',
    ...ofPatient,
    audit: audited('allergy.restore'),
    input: z.strictObject(ref),
    output: Allergy,
    errors: ['DUPLICATE'],
  }),
})
