// Papers: preview, printing and saving of what the clinic hands out; the letterhead; sick notes; the print queue.
// Every kind of paper has its own two procedures, so that its own area of the role matrix decides.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'
import type { Access } from '#shared/permissions.ts'
import { Instant, LocalDate } from '#shared/time.ts'
import { jobStates, printProblems } from './print-problems.ts'
import { paperKinds } from './paper-data.ts'
import { Letterhead, LetterheadValues, Logo, PrinterName } from './settings.ts'

/** What is fetched once from `/blob/TOKEN`. */
export const PaperFile = z.strictObject({ token: z.string(), name: z.string() })
export type PaperFile = z.infer<typeof PaperFile>

export const targets = ['browser', 'file', 'printer'] as const
const Where = {
  /** `browser`: the file goes to the screen that prints it. */
  target: z.enum(targets),
  /** `null` takes the printer that is set for this kind of paper. */
  printer: PrinterName.nullable().default(null),
}
export const Printed = z.strictObject({
  /** 1 for the first; further ones carry a mark. */
  copy: z.number().int(),
  /** Absent where it goes to a printer. */
  file: PaperFile.nullable(),
  jobId: Id.nullable(),
})
export type Printed = z.infer<typeof Printed>

const OfPatient = { patientId: PatientId, id: Id }
const OfDay = { date: LocalDate }
const byPatient = { patient: (i: { patientId: string }) => i.patientId }
const onPatient = { patients: (i: { patientId: string }) => [i.patientId] }
const printErrors = ['NO_PRINTER', 'WRONG_STATE'] as const

type Category = 'clinical' | 'billing'

function preview(noun: string, access: Access, category: Category) {
  return query({
    summary: `Show the ${noun.replace('-', ' ')} as it would be printed.`,
    access,
    ...byPatient,
    audit: { action: `${noun}.preview`, category, ...onPatient },
    reads: [],
    input: z.strictObject(OfPatient),
    output: PaperFile,
    errors: ['WRONG_STATE'],
  })
}

function print(noun: string, access: Access, category: Category) {
  return command({
    summary: `Print or save the ${noun.replace('-', ' ')}; every copy after the first is marked as one.`,
    access,
    ...byPatient,
    audit: {
      action: `${noun}.print`,
      category,
      ...onPatient,
      detail: (i, o: Printed) => `copy ${o.copy}, ${i.target}`,
    },
    input: z.strictObject({ ...OfPatient, ...Where }),
    output: Printed,
    errors: printErrors,
  })
}

export const SickNote = z.strictObject({
  id: Id,
  number: z.string(),
  issuedOn: LocalDate,
  from: LocalDate,
  until: LocalDate,
  isFollowUp: z.boolean(),
  diagnosis: z.string().nullable(),
  remarks: z.string().nullable(),
  authorName: z.string(),
  signedAt: Instant,
  /** valid: digest and the signer's signature were checked at this reading. */
  signature: z.enum(['valid', 'broken']),
  revoked: z.strictObject({ at: Instant, byName: z.string(), reason: z.string() }).nullable(),
  /** Copies that left the program. */
  copies: z.number().int(),
})
export type SickNote = z.infer<typeof SickNote>

/** Longest time one sick note covers, in days. */
export const longestSickNote = 366

export const PrintJob = z.strictObject({
  id: Id,
  kind: z.enum(paperKinds),
  title: z.string(),
  printer: z.string(),
  state: z.enum(jobStates),
  tries: z.number().int(),
  problem: z.enum(printProblems).nullable(),
  createdByName: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
  isOwn: z.boolean(),
})
export type PrintJob = z.infer<typeof PrintJob>

export const Printer = z.strictObject({
  name: PrinterName,
  isDefault: z.boolean(),
  /** idle and printing work; stopped and unknown do not. */
  state: z.enum(['idle', 'printing', 'stopped', 'unknown']),
})
export type Printer = z.infer<typeof Printer>

export const papers = contract('papers', {
  previewPrescription: preview('prescription', 'prescriptions.R', 'clinical'),
  printPrescription: print('prescription', 'prescriptions.R', 'clinical'),
  previewInvoice: preview('invoice', 'invoices.R', 'billing'),
  printInvoice: print('invoice', 'invoices.R', 'billing'),
  previewReceipt: preview('receipt', 'payments.R', 'billing'),
  printReceipt: print('receipt', 'payments.R', 'billing'),
  previewSickNote: preview('sick-note', 'certificates.X', 'clinical'),
  printSickNote: print('sick-note', 'certificates.X', 'clinical'),
  previewDaySheet: query({
    summary: 'Show the appointments of a day as they would be printed.',
    access: 'appointments.R',
    audit: { action: 'day-sheet.preview', category: 'demographics', patients: (_i, o) => o.patientIds },
    reads: [],
    input: z.strictObject(OfDay),
    output: z.strictObject({ file: PaperFile, patientIds: z.array(z.string()) }),
  }),
  printDaySheet: command({
    summary: 'Print or save the appointments of a day.',
    access: 'appointments.R',
    audit: { action: 'day-sheet.print', category: 'demographics', patients: (_i, o) => o.patientIds },
    input: z.strictObject({ ...OfDay, ...Where }),
    output: Printed.extend({ patientIds: z.array(z.string()) }),
    errors: printErrors,
  }),

  sickNotes: query({
    summary: 'Sick notes of a patient, newest first.',
    access: 'certificates.R',
    ...byPatient,
    audit: { action: 'sick-note.list', category: 'clinical', ...onPatient },
    reads: ['sick_note', 'sick_note_revocation', 'paper_print'],
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({ notes: z.array(SickNote), today: LocalDate }),
  }),
  issueSickNote: command({
    summary: 'Issue and sign a sick note.',
    access: 'certificates.S',
    ...byPatient,
    audit: { action: 'sick-note.issue', category: 'clinical', ...onPatient },
    input: z.strictObject({
      patientId: PatientId,
      from: LocalDate,
      until: LocalDate,
      isFollowUp: z.boolean(),
      /** Stands on the paper only where it is given. */
      diagnosis: z.string().trim().min(1).max(300).nullable(),
      remarks: z.string().trim().min(1).max(1000).nullable(),
    }),
    output: SickNote,
    /** IMPOSSIBLE_VALUE names `until` or `from`; DUPLICATE carries `number` of a valid note for the same days. */
    errors: ['DUPLICATE', 'IMPOSSIBLE_VALUE', 'SIGNING_KEY_LOCKED'],
  }),
  revokeSickNote: command({
    summary: 'Take a sick note back, with the reason; it stays readable and is printed no more.',
    access: 'certificates.S',
    ...byPatient,
    audit: {
      action: 'sick-note.revoke',
      category: 'clinical',
      ...onPatient,
      detail: () => 'reason recorded',
    },
    input: z.strictObject({ patientId: PatientId, id: Id, reason: z.string().trim().min(10).max(500) }),
    output: SickNote,
    errors: ['WRONG_STATE'],
  }),

  letterhead: query({
    summary: 'What stands at the head and foot of every paper, and how papers come out.',
    access: 'printing.R',
    audit: { action: 'letterhead.view', category: 'configuration' },
    reads: ['letterhead', 'clinic'],
    input: z.strictObject({}),
    output: Letterhead,
  }),
  saveLetterhead: command({
    summary: 'Change the letterhead, the language and the sizes and printers of papers.',
    access: 'clinic.M',
    audit: { action: 'letterhead.save', category: 'configuration' },
    input: z.strictObject({ rev: z.number().int().min(0), values: LetterheadValues }),
    output: Letterhead,
  }),
  setLogo: command({
    summary: 'Put a logo on every paper, or take it off.',
    access: 'clinic.M',
    audit: { action: 'letterhead.set-logo', category: 'configuration' },
    input: z.strictObject({ rev: z.number().int().min(0), logo: Logo.nullable() }),
    output: Letterhead,
    /** INVALID_INPUT `logo: size|type|pixels|unreadable`. */
  }),
  previewLetterhead: query({
    summary: 'Show a specimen of a paper under a letterhead that is not saved yet.',
    access: 'clinic.M',
    audit: { action: 'letterhead.preview', category: 'configuration' },
    reads: [],
    input: z.strictObject({ kind: z.enum(paperKinds), values: LetterheadValues }),
    output: PaperFile,
  }),

  findPrinters: command({
    summary: 'Ask this workstation which printers it has and how they are.',
    access: 'printing.R',
    audit: { action: 'printer.find', category: 'configuration' },
    input: z.strictObject({}),
    output: z.strictObject({ printers: z.array(Printer), hasPrintSystem: z.boolean() }),
  }),
  jobs: query({
    summary:
      'Papers on their way to a printer of this workstation, newest first: one’s own, or all for an admin.',
    access: 'printing.R',
    audit: { action: 'print-job.list', category: 'none' },
    reads: ['print_job'],
    input: z.strictObject({}),
    output: z.array(PrintJob),
  }),
  retryJob: command({
    summary: 'Send a paper that did not come out once more, to the same or another printer.',
    access: 'printing.C',
    audit: { action: 'print-job.retry', category: 'none' },
    input: z.strictObject({ id: Id, printer: PrinterName.nullable().default(null) }),
    output: PrintJob,
    errors: ['WRONG_STATE'],
  }),
  cancelJob: command({
    summary: 'Take a paper out of the print queue.',
    access: 'printing.C',
    audit: { action: 'print-job.cancel', category: 'none' },
    input: z.strictObject({ id: Id }),
    output: PrintJob,
    errors: ['WRONG_STATE'],
  }),
})
