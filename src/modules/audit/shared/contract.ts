// The audit trail as people read it: the viewer, who opened a record, what was disclosed, whether the chain holds.
// Own acts for everybody; acts without patients for admins; everything for the privacy duty.
import * as z from 'zod'
import { command, contract, dataCategories, query } from '#shared/contract.ts'
import { Id, PatientId, UserId } from '#shared/ids.ts'
import { Instant, LocalDate } from '#shared/time.ts'
import { Disclosure, DisclosureFields, Suspension, SuspensionFields } from './disclosure.ts'

export const auditSorts = [
  'seq',
  'at',
  'person',
  'role',
  'door',
  'action',
  'category',
  'patient',
  'outcome',
] as const
export type AuditSort = (typeof auditSorts)[number]
export const doors = ['ipc', 'https', 'cli', 'job'] as const
export const outcomes = ['ok', 'refused', 'failed'] as const
export const categories = dataCategories

const filters = {
  from: Instant.nullable().default(null),
  to: Instant.nullable().default(null),
  /** `none`: entries of no person, such as jobs. */
  person: z
    .union([UserId, z.literal('none')])
    .nullable()
    .default(null),
  aboutPatient: PatientId.nullable().default(null),
  /** A whole action, or the thing before the dot: `patient.view`, `patient`. */
  action: z
    .string()
    .regex(/^[a-z-]+(\.[a-z-]+)?$/)
    .nullable()
    .default(null),
  category: z.enum(categories).nullable().default(null),
  outcome: z.enum(outcomes).nullable().default(null),
  door: z.enum(doors).nullable().default(null),
} as const
export const AuditFilters = z.strictObject(filters)
export type AuditFilters = z.infer<typeof AuditFilters>

/** Where a page ended: the value of the sorted column, and the entry's number. */
export const Cursor = z.strictObject({ value: z.string().nullable(), seq: z.number().int() })
export type Cursor = z.infer<typeof Cursor>

export const AuditLine = z.strictObject({
  seq: z.number().int(),
  at: Instant,
  clock: z.string(),
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  role: z.string().nullable(),
  sessionId: z.string().nullable(),
  door: z.string(),
  action: z.string(),
  category: z.string(),
  patientId: z.string().nullable(),
  patientName: z.string().nullable(),
  /** Further patients of the same act. */
  morePatients: z.number().int().nullable(),
  outcome: z.string(),
  code: z.string().nullable(),
  detail: z.string().nullable(),
  commits: z.string().nullable(),
  opId: z.string().nullable(),
})
export type AuditLine = z.infer<typeof AuditLine>
/** What an admin sees: who did what kind of thing when, never about whom, and no words that were typed. */
const metadata = [
  'seq',
  'at',
  'clock',
  'userId',
  'userName',
  'role',
  'sessionId',
  'door',
  'action',
  'category',
  'outcome',
  'code',
] as const

export const ChainState = z.strictObject({
  entries: z.number().int(),
  /** First half of the newest entry's MAC. */
  head: z.string(),
  checkpointSeq: z.number().int().nullable(),
  checkpointAt: Instant.nullable(),
  quickOk: z.boolean(),
  controlOk: z.boolean(),
  watermark: z.string(),
  keychain: z.string(),
  clock: z.string(),
  running: z.boolean(),
  done: z.number().int(),
  total: z.number().int(),
  checkedAt: Instant.nullable(),
  checkedEntries: z.number().int().nullable(),
  checkedOk: z.boolean().nullable(),
  firstBad: z.number().int().nullable(),
})
export type ChainState = z.infer<typeof ChainState>
const chainFields = Object.keys(ChainState.shape)

export const File = z.strictObject({ token: z.string(), name: z.string() })

export const AccessLine = z.strictObject({
  /** The first of the entries behind this line. */
  seq: z.number().int(),
  date: LocalDate,
  first: Instant,
  last: Instant,
  times: z.number().int(),
  name: z.string().nullable(),
  role: z.string().nullable(),
  categories: z.array(z.string()),
  changed: z.boolean(),
  printed: z.boolean(),
  emergency: z.boolean(),
  /** computer, browser, command-line, automatic. */
  device: z.string(),
})
export type AccessLine = z.infer<typeof AccessLine>
export const Verification = z.strictObject({
  ok: z.boolean(),
  checkedAt: Instant.nullable(),
  checkedEntries: z.number().int(),
  entries: z.number().int(),
})
export const AccessReport = z.strictObject({
  patientId: PatientId,
  patientName: z.string(),
  showsNames: z.boolean(),
  lines: z.array(AccessLine),
  /** There are more than fit: choose a shorter period. */
  isCut: z.boolean(),
  verification: Verification,
})
export type AccessReport = z.infer<typeof AccessReport>

export const languages = ['en', 'ar'] as const
const period = { from: Instant.nullable().default(null), to: Instant.nullable().default(null) } as const
const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'audit', patients: (i: { patientId: string }) => [i.patientId] }) as const
const asked = (i: AuditFilters): string =>
  [
    i.person === null ? null : 'person',
    i.aboutPatient === null ? null : 'patient',
    i.action,
    i.category,
    i.outcome,
    i.door,
    i.from || i.to ? 'period' : null,
  ]
    .filter(Boolean)
    .join(' ')

export const digestVerdicts = ['holds', 'other', 'behind', 'not-this-clinic', 'mistyped'] as const

export const audit = contract('audit', {
  list: query({
    summary: 'Entries of the audit trail, filtered and sorted by any column, a page at a time.',
    access: 'audit.R',
    audit: {
      action: 'audit.list',
      category: 'audit',
      patients: (i: AuditFilters) => (i.aboutPatient === null ? [] : [i.aboutPatient]),
      detail: asked,
    },
    // An audited look at the trail changes the trail: following it would never end.
    reads: [],
    input: z.strictObject({
      ...filters,
      sort: z.enum(auditSorts).default('seq'),
      direction: z.enum(['asc', 'desc']).default('desc'),
      after: Cursor.nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({ entries: z.array(AuditLine), next: Cursor.nullable() }),
    fields: { admin: metadata },
    fieldsIn: 'entries',
  }),
  export: command({
    summary: 'Hand out the filtered entries as CSV with a manifest signed by this device.',
    access: 'audit.X',
    stepUp: true,
    audit: {
      action: 'audit.export',
      category: 'audit',
      patients: (i: AuditFilters) => (i.aboutPatient === null ? [] : [i.aboutPatient]),
      detail: (_i, o) => `${o.entries} entries, sha256 ${o.sha256.slice(0, 16)}`,
    },
    input: AuditFilters,
    output: z.strictObject({ file: File, entries: z.number().int(), sha256: z.string() }),
    errors: ['TOO_MUCH'],
  }),
  print: command({
    summary: 'The filtered entries as a paper, newest first, at most 1,000.',
    access: 'audit.X',
    audit: {
      action: 'audit.print',
      category: 'audit',
      patients: (i: AuditFilters) => (i.aboutPatient === null ? [] : [i.aboutPatient]),
      detail: asked,
    },
    input: z.strictObject({ ...filters, language: z.enum(languages) }),
    output: z.strictObject({ file: File }),
  }),
  chain: query({
    summary: 'Whether the chain holds: where it ends, its anchors, the last full check.',
    access: 'reviews.R',
    audit: { action: 'audit.view-chain', category: 'audit' },
    reads: ['audit_check'],
    input: z.strictObject({}),
    output: ChainState,
    fields: { admin: chainFields },
  }),
  checkChain: command({
    summary: 'Begin a check of the whole chain; the window stays alive meanwhile.',
    access: 'reviews.R',
    audit: { action: 'audit.check-chain', category: 'audit' },
    input: z.strictObject({}),
    output: z.strictObject({ started: z.boolean() }),
    fields: { admin: ['started'] },
  }),
  digest: command({
    summary: 'Today’s digest of the trail as a paper with a code that can be checked later.',
    access: 'reviews.R',
    audit: { action: 'audit.print-digest', category: 'audit', detail: (_i, o) => o.text },
    input: z.strictObject({ language: z.enum(languages) }),
    output: z.strictObject({ file: File, text: z.string() }),
    fields: { admin: ['file', 'text'] },
  }),
  checkDigest: query({
    summary: 'Compare a scanned or typed digest with the trail.',
    access: 'reviews.R',
    audit: { action: 'audit.check-digest', category: 'audit', detail: (_i, o) => o.verdict },
    reads: [],
    input: z.strictObject({ text: z.string().trim().min(5).max(300) }),
    output: z.strictObject({
      verdict: z.enum(digestVerdicts),
      date: LocalDate.nullable(),
      seq: z.number().int().nullable(),
    }),
    fields: { admin: ['verdict', 'date', 'seq'] },
  }),
  accessReport: query({
    summary: 'Who opened a patient’s record, when, and which kind of thing was looked at.',
    access: 'audit.X',
    ...ofPatient,
    audit: about('audit.access-report'),
    reads: ['clinic_setting', 'audit_check'],
    input: z.strictObject({ patientId: PatientId, ...period }),
    output: AccessReport,
  }),
  printAccessReport: command({
    summary: 'Who opened this record, as a paper for the patient.',
    access: 'audit.X',
    ...ofPatient,
    audit: about('audit.print-access-report'),
    input: z.strictObject({ patientId: PatientId, ...period, language: z.enum(languages) }),
    output: z.strictObject({ file: File }),
  }),
  question: command({
    summary: 'The patient does not understand an access: it is reviewed.',
    access: 'reviews.C',
    ...ofPatient,
    audit: { ...about('audit.question'), detail: (i) => String(i.seq) },
    input: z.strictObject({
      patientId: PatientId,
      seq: z.number().int().min(1),
      words: z.string().trim().max(300).nullable().default(null),
    }),
    output: z.strictObject({ reviewId: Id }),
  }),
  settings: query({
    summary: 'Whether access reports name people or only their roles.',
    access: 'privacy.R',
    audit: { action: 'audit.view-settings', category: 'configuration' },
    reads: ['clinic_setting'],
    input: z.strictObject({}),
    output: z.strictObject({ accessReportNames: z.boolean() }),
    fields: { admin: ['accessReportNames'] },
  }),
  saveSettings: command({
    summary: 'Set whether access reports name people or only their roles.',
    access: 'privacy.M',
    audit: {
      action: 'audit.save-settings',
      category: 'configuration',
      detail: (i) => (i.accessReportNames ? 'names' : 'roles'),
    },
    input: z.strictObject({ accessReportNames: z.boolean() }),
    output: z.strictObject({ accessReportNames: z.boolean() }),
  }),
  disclosures: query({
    summary: 'What was disclosed about a patient, and which orders keep it from being told.',
    access: 'privacy.X',
    ...ofPatient,
    audit: about('disclosure.list'),
    reads: ['disclosure', 'disclosure_suspension'],
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({
      patientName: z.string(),
      disclosures: z.array(Disclosure),
      suspensions: z.array(Suspension),
    }),
  }),
  recordDisclosure: command({
    summary: 'Record that data about a patient was given to somebody outside of the clinic.',
    access: 'privacy.C',
    ...ofPatient,
    audit: about('disclosure.record'),
    input: z.strictObject({ patientId: PatientId, ...DisclosureFields }),
    output: z.strictObject({ id: Id }),
  }),
  recordOwnDisclosure: command({
    summary: 'As a doctor, record that data about an own patient was given to somebody outside.',
    access: 'documents.X',
    ...ofPatient,
    audit: about('disclosure.record-own'),
    input: z.strictObject({ patientId: PatientId, ...DisclosureFields }),
    output: z.strictObject({ id: Id }),
  }),
  voidDisclosure: command({
    summary: 'Take a disclosure off that was recorded by mistake; what an act wrote stays.',
    access: 'privacy.U',
    ...ofPatient,
    audit: { ...about('disclosure.void'), detail: (i) => i.reason },
    input: z.strictObject({
      patientId: PatientId,
      id: Id,
      rev: z.number().int(),
      reason: z.string().trim().min(3).max(300),
    }),
    output: z.strictObject({ id: Id }),
    errors: ['WRONG_STATE', 'WRONG_PATIENT'],
  }),
  suspend: command({
    summary: 'Record an order of an authority that its disclosures are not told to the patient for a time.',
    access: 'privacy.C',
    ...ofPatient,
    audit: about('disclosure.suspend'),
    input: z.strictObject(SuspensionFields),
    output: z.strictObject({ id: Id }),
  }),
  endSuspension: command({
    summary: 'The order has ended: from now on the disclosures are told.',
    access: 'privacy.U',
    ...ofPatient,
    audit: about('disclosure.end-suspension'),
    input: z.strictObject({ patientId: PatientId, id: Id, rev: z.number().int() }),
    output: z.strictObject({ id: Id }),
    errors: ['WRONG_PATIENT'],
  }),
  printDisclosures: command({
    summary: 'The accounting of disclosures of six years as a paper for the patient.',
    access: 'privacy.X',
    ...ofPatient,
    audit: about('disclosure.print'),
    input: z.strictObject({
      patientId: PatientId,
      /** With treatment, payment and operations. */
      withRoutine: z.boolean().default(false),
      language: z.enum(languages),
    }),
    output: z.strictObject({ file: File }),
  }),
})
