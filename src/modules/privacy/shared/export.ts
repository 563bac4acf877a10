// Procedures that hand a record out whole: started, watched, fetched once.
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'clinical', patients: (i: { patientId: string }) => [i.patientId] }) as const
export const exportStates = ['running', 'ready', 'failed'] as const

export const ExportState = z.strictObject({
  id: Id,
  state: z.enum(exportStates),
  /** Rows taken so far, and all there are. */
  done: z.number().int(),
  total: z.number().int(),
  withheld: z.number().int(),
  bytes: z.number().int(),
})
export type ExportState = z.infer<typeof ExportState>

export const exportProcedures = {
  exportRecord: command({
    summary: 'Make a copy of a whole record: FHIR, a readable document and the originals, signed.',
    access: 'privacy.X',
    ...ofPatient,
    audit: {
      ...about('record.export'),
      detail: (i: { recipientKind: string; purpose: string }) => `${i.recipientKind}: ${i.purpose}`,
    },
    stepUp: true,
    input: z.strictObject({
      patientId: PatientId,
      requestId: Id.nullable().default(null),
      recipientKind: z.enum(['patient', 'other']),
      recipient: z.string().trim().min(1).max(300),
      address: z.string().trim().max(500).default(''),
      purpose: z.string().trim().min(3).max(300),
      /** The patient agreed in writing to what is asked for: needed for others where a record is locked. */
      consent: z.boolean(),
      language: z.enum(['en', 'ar']),
    }),
    output: ExportState,
    errors: ['RESTRICTED'],
  }),
  exportState: query({
    summary: 'How far a copy of a record is.',
    access: 'privacy.X',
    ...ofPatient,
    audit: about('record.export-state'),
    reads: ['record_export'],
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: ExportState,
  }),
  fetchExport: command({
    summary: 'Fetch a finished copy of a record, once.',
    access: 'privacy.X',
    ...ofPatient,
    audit: about('record.fetch-export'),
    stepUp: true,
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: z.strictObject({ token: z.string(), name: z.string() }),
    errors: ['WRONG_STATE'],
  }),
}
