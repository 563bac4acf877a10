// Marks on what only some may see (SECURITY 4.3): what can be marked, who sets a mark, who is on its list.
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'
import { Id, PatientId, UserId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import { sensitivityFlags } from './flags.ts'

/** Tables whose rows can be marked. A visit hides all that belongs to it; `patient` the whole record. */
export const markable = [
  'patient',
  'encounter',
  'composition',
  'observation',
  'diagnostic_report',
  'document_reference',
  'condition',
  'medication_request',
  'allergy_intolerance',
  'immunization',
  'procedure',
  'care_plan',
  'sick_note',
  'patient_flag',
  'source_resource',
] as const
export type Markable = (typeof markable)[number]

/** What an open record calls its items, and what a mark calls them. */
export const markableOfKind = {
  encounter: 'encounter',
  note: 'composition',
  condition: 'condition',
  medication: 'medication_request',
  report: 'diagnostic_report',
  immunization: 'immunization',
  procedure: 'procedure',
  document: 'document_reference',
  'care-plan': 'care_plan',
  allergy: 'allergy_intolerance',
  observation: 'observation',
} as const satisfies Record<string, Markable>

export const Mark = z.strictObject({
  id: Id,
  rev: z.number().int(),
  /** Null where the mark is closed to the reader: that there is one, never on what or why. */
  table: z.enum(markable).nullable(),
  targetId: Id.nullable(),
  flag: z.enum(sensitivityFlags).nullable(),
  setBy: UserId,
  setByName: z.string(),
  setAt: Instant,
  /** Need to know, besides whoever set it; empty where the mark is closed. */
  readers: z.array(z.strictObject({ userId: UserId, name: z.string() })),
  /** May be changed and taken off by the asking person. */
  mine: z.boolean(),
})
export type Mark = z.infer<typeof Mark>

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'clinical', patients: (i: { patientId: string }) => [i.patientId] }) as const
const Readers = z.array(UserId).max(200)
const one = { patientId: PatientId, id: Id, rev: z.number().int() } as const

export const markProcedures = {
  marks: query({
    summary: 'Marks on a patient’s record; of those that are closed to the reader only that they are there.',
    access: 'sensitivity.R',
    ...ofPatient,
    audit: about('mark.list'),
    reads: ['sensitivity_label', 'sensitivity_reader', 'break_glass'],
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({ marks: z.array(Mark) }),
  }),
  setMark: command({
    summary: 'Mark a patient, visit, note, result or document as sensitive, and say who may see it.',
    access: 'sensitivity.C',
    ...ofPatient,
    audit: { ...about('mark.set'), detail: (i) => `${i.table} ${i.flag}, ${i.readers.length} readers` },
    input: z.strictObject({
      patientId: PatientId,
      table: z.enum(markable),
      targetId: Id,
      flag: z.enum(sensitivityFlags),
      readers: Readers,
    }),
    output: Mark,
  }),
  setReaders: command({
    summary: 'Change who may see what is marked.',
    access: 'sensitivity.U',
    ...ofPatient,
    audit: { ...about('mark.set-readers'), detail: (i) => `${i.readers.length} readers` },
    input: z.strictObject({ ...one, readers: Readers }),
    output: Mark,
    errors: ['NOT_AUTHOR'],
  }),
  removeMark: command({
    summary: 'Take a mark off, with a reason; it stays in the history.',
    access: 'sensitivity.U',
    ...ofPatient,
    audit: { ...about('mark.remove'), detail: (i) => i.reason },
    input: z.strictObject({ ...one, reason: z.string().trim().min(3).max(200) }),
    output: z.strictObject({ id: Id }),
    errors: ['NOT_AUTHOR'],
  }),
  restoreMark: command({
    summary: 'Put a mark back that was taken off (undo).',
    access: 'sensitivity.U',
    ...ofPatient,
    audit: about('mark.restore'),
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: Mark,
    errors: ['NOT_AUTHOR'],
  }),
} as const
