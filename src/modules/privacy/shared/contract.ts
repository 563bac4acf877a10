// What the privacy officer can do: answer requests of patients, lock and amend records, copy and erase them, look into a
// breach. Read this page first. Other roles meet it only as marks on a record and as amendments they answer.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'
import { Instant, LocalDate } from '#shared/time.ts'
import { breachProcedures } from './breach.ts'
import { exportProcedures } from './export.ts'
import { categories, Retention } from './retention.ts'

export const requestKinds = ['copy', 'amendment', 'restriction', 'erasure', 'disclosures'] as const
export type RequestKind = (typeof requestKinds)[number]
export const requestStates = ['open', 'granted', 'partly', 'refused', 'withdrawn'] as const
export const decisions = ['granted', 'partly', 'refused', 'withdrawn'] as const

const Line = (max: number) => z.string().trim().min(1).max(max)
const Reason = z.string().trim().min(3).max(500)
const Words = z.string().trim().max(4000)

export const PrivacyRequest = z.strictObject({
  id: Id,
  rev: z.number().int(),
  patientId: PatientId.nullable(),
  patientName: z.string().nullable(),
  kind: z.enum(requestKinds),
  askedBy: z.string(),
  identityCheck: z.string(),
  words: z.string().nullable(),
  receivedOn: LocalDate,
  dueOn: LocalDate,
  state: z.enum(requestStates),
  reason: z.string().nullable(),
  decidedAt: Instant.nullable(),
  decidedByName: z.string().nullable(),
})
export type PrivacyRequest = z.infer<typeof PrivacyRequest>

export const restrictionScopes = ['record', 'item', 'self-pay'] as const
export const Restriction = z.strictObject({
  id: Id,
  rev: z.number().int(),
  scope: z.enum(restrictionScopes),
  targetTable: z.string().nullable(),
  targetId: z.string().nullable(),
  cause: z.enum(['request', 'erasure', 'self-pay']),
  reason: z.string(),
  since: Instant,
  liftedAt: Instant.nullable(),
  liftReason: z.string().nullable(),
})
export type Restriction = z.infer<typeof Restriction>

export const ErasureDecision = z.strictObject({
  category: z.enum(categories),
  action: z.enum(['erase', 'restrict']),
  until: LocalDate.nullable(),
  why: z.enum(['no-law', 'time-over', 'kept-by-law', 'legal-claim', 'with-the-rest']),
  basis: z.string(),
  rows: z.number().int(),
})
export type ErasureDecision = z.infer<typeof ErasureDecision>

/** Files beside the database in which an erased record stays readable for a while. */
export const CopyBeside = z.strictObject({
  kind: z.enum(['restore', 'former-key']),
  at: Instant,
  /** `now`: with the erasure itself. */
  goes: z.enum(['now', 'next-backup', 'by-hand']),
})
export type CopyBeside = z.infer<typeof CopyBeside>

export const ErasureStep = z.strictObject({
  id: Id,
  category: z.enum(categories),
  action: z.enum(['erase', 'restrict']),
  until: LocalDate.nullable(),
  basis: z.string(),
  doneAt: Instant.nullable(),
  rows: z.number().int().nullable(),
})

/** What a patient may want to have amended: rows people read as one item. */
export const amendable = [
  'composition',
  'condition',
  'allergy_intolerance',
  'medication_request',
  'observation',
  'diagnostic_report',
  'immunization',
  'procedure',
  'document_reference',
  'care_plan',
  'encounter',
] as const
export type Amendable = (typeof amendable)[number]

export const Amendment = z.strictObject({
  id: Id,
  rev: z.number().int(),
  patientId: PatientId,
  requestId: Id.nullable(),
  targetTable: z.enum(amendable),
  targetId: z.string(),
  targetTitle: z.string(),
  words: z.string(),
  askedAt: Instant,
  state: z.enum(['open', 'accepted', 'refused']),
  reason: z.string().nullable(),
  correctedBy: z.string().nullable(),
  answeredAt: Instant.nullable(),
  answeredByName: z.string().nullable(),
  disagreement: z.string().nullable(),
  disagreedAt: Instant.nullable(),
})
export type Amendment = z.infer<typeof Amendment>

export const Settings = z.strictObject({
  /** Days in which a request is answered; a month where the law says so. */
  days: z.number().int().min(1).max(90),
  retention: Retention,
})
export type Settings = z.infer<typeof Settings>

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string, category: 'demographics' | 'clinical' = 'demographics') =>
  ({ action, category, patients: (i: { patientId: string }) => [i.patientId] }) as const
const OfOne = z.strictObject({ patientId: PatientId, id: Id })

export const privacy = contract('privacy', {
  requests: query({
    summary: 'Requests of patients about their record, what is due first on top.',
    access: 'privacy.R',
    audit: {
      action: 'privacy.list-requests',
      category: 'demographics',
      detail: (i: { show: string }, o: { requests: readonly unknown[] }) => `${i.show}: ${o.requests.length}`,
    },
    reads: ['privacy_request'],
    input: z.strictObject({ show: z.enum(['open', 'all']).default('open') }),
    output: z.strictObject({ today: LocalDate, requests: z.array(PrivacyRequest) }),
    fields: { admin: ['id', 'rev', 'kind', 'receivedOn', 'dueOn', 'state'] },
    fieldsIn: 'requests',
  }),
  request: query({
    summary: 'One request with everything that belongs to it.',
    access: 'privacy.C',
    ...ofPatient,
    audit: about('privacy.view-request'),
    reads: ['privacy_request', 'record_restriction', 'erasure_step', 'record_amendment'],
    input: OfOne,
    output: z.strictObject({
      today: LocalDate,
      request: PrivacyRequest,
      restrictions: z.array(Restriction),
      steps: z.array(ErasureStep),
      amendments: z.array(Amendment),
    }),
  }),
  ofPatient: query({
    summary: 'Requests and restrictions of one patient.',
    access: 'privacy.C',
    ...ofPatient,
    audit: about('privacy.view-patient'),
    reads: ['privacy_request', 'record_restriction'],
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({
      today: LocalDate,
      requests: z.array(PrivacyRequest),
      restrictions: z.array(Restriction),
    }),
  }),
  receive: command({
    summary: 'Enter a request of a patient, with who asked and how that was checked.',
    access: 'privacy.C',
    ...ofPatient,
    audit: { ...about('privacy.receive'), detail: (i: { kind: string }) => i.kind },
    input: z.strictObject({
      patientId: PatientId,
      kind: z.enum(requestKinds),
      askedBy: Line(200),
      identityCheck: Line(300),
      words: Words.default(''),
      receivedOn: LocalDate,
    }),
    output: PrivacyRequest,
  }),
  decide: command({
    summary: 'Answer a request: granted, partly, refused with the reason, or withdrawn.',
    access: 'privacy.U',
    ...ofPatient,
    audit: { ...about('privacy.decide'), detail: (i: { decision: string }) => i.decision },
    input: z.strictObject({
      ...OfOne.shape,
      rev: z.number().int(),
      decision: z.enum(decisions),
      reason: Reason,
    }),
    output: PrivacyRequest,
    errors: ['WRONG_STATE'],
  }),
  letter: command({
    summary: 'The answer to a request as a letter in plain words.',
    access: 'privacy.X',
    ...ofPatient,
    audit: { ...about('privacy.print-letter'), detail: (i: { language: string }) => i.language },
    input: z.strictObject({ ...OfOne.shape, language: z.enum(['en', 'ar']) }),
    output: z.strictObject({ token: z.string(), name: z.string() }),
    errors: ['WRONG_STATE'],
  }),
  marks: query({
    summary: 'Whether a record or something in it is locked for other use than care.',
    access: 'demographics.R',
    ...ofPatient,
    audit: about('restriction.view'),
    reads: ['record_restriction'],
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({
      isRestricted: z.boolean(),
      items: z.array(z.strictObject({ table: z.string(), id: z.string() })),
      selfPay: z.array(z.string()),
    }),
    fields: {
      billing: ['isRestricted', 'selfPay'],
      lab: ['isRestricted'],
      privacy: ['isRestricted', 'items', 'selfPay'],
    },
  }),
  restrict: command({
    summary: 'Lock a record, an item of it, or a visit paid by the patient, for other use than care.',
    access: 'privacy.U',
    ...ofPatient,
    audit: {
      ...about('restriction.set'),
      detail: (i: { scope: string; reason: string }) => `${i.scope}: ${i.reason}`,
    },
    input: z
      .strictObject({
        patientId: PatientId,
        requestId: Id.nullable().default(null),
        scope: z.enum(restrictionScopes),
        targetTable: z.enum(amendable).nullable().default(null),
        targetId: Id.nullable().default(null),
        reason: Reason,
      })
      .refine((r) => r.scope === 'record' || (r.targetTable !== null && r.targetId !== null), {
        error: 'an item has to be named',
        path: ['targetId'],
      })
      .refine((r) => r.scope !== 'self-pay' || r.targetTable === 'encounter', {
        error: 'only a visit is paid',
        path: ['targetTable'],
      }),
    output: Restriction,
  }),
  lift: command({
    summary: 'Lift a restriction, with the reason.',
    access: 'privacy.U',
    ...ofPatient,
    audit: { ...about('restriction.lift'), detail: (i: { reason: string }) => i.reason },
    input: z.strictObject({ ...OfOne.shape, rev: z.number().int(), reason: Reason }),
    output: Restriction,
    errors: ['WRONG_STATE'],
  }),
  askAmendment: command({
    summary: 'Attach the patient’s words to an item of the record that the patient finds wrong.',
    access: 'privacy.C',
    ...ofPatient,
    audit: about('amendment.ask', 'clinical'),
    input: z.strictObject({
      patientId: PatientId,
      requestId: Id.nullable().default(null),
      targetTable: z.enum(amendable),
      targetId: Id,
      words: Line(4000),
    }),
    output: Amendment,
  }),
  items: query({
    summary: 'Items of a record by title and date only, to say which one a patient means.',
    access: 'privacy.C',
    ...ofPatient,
    audit: about('amendment.find-item', 'clinical'),
    reads: [],
    input: z.strictObject({ patientId: PatientId, table: z.enum(amendable) }),
    output: z.strictObject({
      items: z.array(z.strictObject({ id: Id, title: z.string(), at: z.string().nullable() })),
    }),
  }),
  amendments: query({
    summary: 'What a patient wants amended, and what was answered: beside the items in the chart.',
    access: 'notes.R',
    ...ofPatient,
    audit: about('amendment.view', 'clinical'),
    reads: ['record_amendment'],
    input: z.strictObject({ patientId: PatientId }),
    output: z.strictObject({ amendments: z.array(Amendment) }),
  }),
  answerAmendment: command({
    summary: 'Accept an amendment, naming the correction where there is one, or refuse it with the reason.',
    access: 'notes.S',
    ...ofPatient,
    audit: { ...about('amendment.answer', 'clinical'), detail: (i: { answer: string }) => i.answer },
    input: z.strictObject({
      ...OfOne.shape,
      rev: z.number().int(),
      answer: z.enum(['accepted', 'refused']),
      reason: Reason,
      correctedBy: Id.nullable().default(null),
    }),
    output: Amendment,
    errors: ['WRONG_STATE', 'WRONG_PATIENT'],
  }),
  disagree: command({
    summary: 'Add the patient’s statement of disagreement to a refused amendment.',
    access: 'privacy.U',
    ...ofPatient,
    audit: about('amendment.disagree', 'clinical'),
    input: z.strictObject({ ...OfOne.shape, rev: z.number().int(), words: Line(4000) }),
    output: Amendment,
    errors: ['WRONG_STATE'],
  }),
  erasurePlan: query({
    summary: 'What of a record may be erased now, what has to be kept until when, and by which law.',
    access: 'privacy.C',
    ...ofPatient,
    audit: about('erasure.plan'),
    reads: [],
    input: z.strictObject({ patientId: PatientId, legalClaim: z.boolean().default(false) }),
    output: z.strictObject({ decisions: z.array(ErasureDecision), copies: z.array(CopyBeside) }),
  }),
  erase: command({
    summary: 'Erase what no law keeps, lock the rest until its date. Cannot be taken back.',
    access: 'privacy.S',
    ...ofPatient,
    audit: {
      ...about('erasure.decide'),
      detail: (_i, o: { steps: readonly { category: string; action: string }[] }) =>
        o.steps.map((s) => `${s.category} ${s.action}`).join(', '),
    },
    stepUp: true,
    fourEyes: true,
    input: z.strictObject({
      ...OfOne.shape,
      rev: z.number().int(),
      legalClaim: z.boolean(),
      /** The record number, typed: it is about this patient and no other. */
      recordNumber: Line(100),
    }),
    output: z.strictObject({ steps: z.array(ErasureStep) }),
    errors: ['WRONG_STATE', 'WRONG_PATIENT', 'TOO_MUCH'],
  }),
  erasures: query({
    summary: 'The ledger of erasures: when, how much, by whom; no names.',
    access: 'privacy.R',
    audit: { action: 'erasure.list', category: 'system' },
    reads: ['erasure_record'],
    input: z.strictObject({}),
    output: z.strictObject({
      erasures: z.array(
        z.strictObject({
          id: Id,
          at: Instant,
          byName: z.string().nullable(),
          categories: z.array(z.enum(categories)),
          rows: z.number().int(),
          isWhole: z.boolean(),
        }),
      ),
    }),
    fields: { admin: ['id', 'at', 'byName', 'categories', 'rows', 'isWhole'] },
    fieldsIn: 'erasures',
  }),
  settings: query({
    summary: 'How long requests may take and how long records are kept.',
    access: 'privacy.R',
    audit: { action: 'privacy.view-settings', category: 'configuration' },
    reads: ['clinic_setting'],
    input: z.strictObject({}),
    output: Settings,
    fields: { admin: ['days', 'retention'] },
  }),
  saveSettings: command({
    summary: 'Set how long requests may take and how long records are kept, with the law behind it.',
    access: 'privacy.M',
    audit: { action: 'privacy.save-settings', category: 'configuration' },
    stepUp: true,
    input: Settings,
    output: Settings,
  }),
  ...exportProcedures,
  ...breachProcedures,
})
