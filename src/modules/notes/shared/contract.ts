// Visit notes: a draft that survives a crash, a signature that locks it, addenda and corrections after it.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { CompositionId, EncounterId, Id, PatientId, UserId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import { NoteDocument } from './document.ts'

const kinds = ['note', 'addendum', 'correction'] as const
const Title = z.string().trim().min(1).max(200)
const Reason = z.string().trim().min(10).max(500)

export const Draft = z.strictObject({
  id: Id,
  patientId: PatientId,
  encounterId: EncounterId.nullable(),
  kind: z.enum(kinds),
  /** The signed note this addendum or correction is about. */
  relatesTo: CompositionId.nullable(),
  reason: z.string().nullable(),
  title: z.string(),
  body: NoteDocument,
  /** Count of saves; name it in the next save. */
  step: z.number().int(),
  updatedAt: Instant,
})
export type Draft = z.infer<typeof Draft>

export const SignedNote = z.strictObject({
  id: CompositionId,
  patientId: PatientId,
  encounterId: EncounterId.nullable(),
  kind: z.enum(kinds),
  status: z.enum(['final', 'amended']),
  title: z.string(),
  reason: z.string().nullable(),
  relatesTo: CompositionId.nullable(),
  body: NoteDocument,
  authorId: UserId,
  authorName: z.string(),
  authorRole: z.string(),
  signedAt: Instant,
  clockQuality: z.enum(['ok', 'unknown', 'suspect']),
  /** valid: digest and the signer's signature were checked at this reading. */
  signature: z.enum(['valid', 'broken']),
  /** A later correction that replaces this note, if any. */
  replacedBy: CompositionId.nullable(),
  addenda: z.array(CompositionId),
})
export type SignedNote = z.infer<typeof SignedNote>

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'clinical', patients: (i: { patientId: string }) => [i.patientId] }) as const

export const notes = contract('notes', {
  start: command({
    summary: 'Start a visit note: opens a visit unless one is named, and a draft with the S/O/A/P headings.',
    access: 'notes.C',
    ...ofPatient,
    audit: about('note.start'),
    input: z.strictObject({
      patientId: PatientId,
      encounterId: EncounterId.nullable().default(null),
      title: Title.nullable().default(null),
    }),
    output: Draft,
  }),
  openDraft: command({
    summary: 'Continue an own draft exactly where it was left.',
    access: 'notes.C',
    ...ofPatient,
    audit: about('note.open-draft'),
    input: z.strictObject({ patientId: PatientId, draftId: Id }),
    output: Draft,
    errors: ['NOT_AUTHOR'],
  }),
  saveDraft: command({
    summary:
      'Journal what was typed. Silent in the audit log: opening, dropping and signing are its entries.',
    access: 'notes.C',
    ...ofPatient,
    audit: { ...about('note.save-draft'), quiet: true },
    input: z.strictObject({
      patientId: PatientId,
      draftId: Id,
      step: z.number().int().min(0),
      title: Title,
      body: NoteDocument,
    }),
    output: z.strictObject({ step: z.number().int(), savedAt: Instant }),
    /** DRAFT_MOVED_ON carries `step`, the count of saves now: somebody saved from another window. */
    errors: ['ALREADY_SIGNED', 'DRAFT_MOVED_ON', 'NOT_AUTHOR', 'WRONG_PATIENT'],
  }),
  dropDraft: command({
    summary: 'Throw an own draft away; answers with its last text so that it can be brought back.',
    access: 'notes.C',
    ...ofPatient,
    audit: about('note.drop-draft'),
    input: z.strictObject({ patientId: PatientId, draftId: Id }),
    output: Draft,
    errors: ['NOT_AUTHOR'],
  }),
  restoreDraft: command({
    summary: 'Bring a draft back that was just thrown away (undo).',
    access: 'notes.C',
    ...ofPatient,
    audit: about('note.restore-draft'),
    input: z.strictObject({ patientId: PatientId, draft: Draft }),
    output: Draft,
    errors: ['ALREADY_SIGNED', 'NOT_AUTHOR', 'WRONG_PATIENT'],
  }),
  sign: command({
    summary: 'Sign a draft: it becomes part of the record and can no longer be changed.',
    access: 'notes.S',
    ...ofPatient,
    audit: about('note.sign'),
    input: z.strictObject({ patientId: PatientId, draftId: Id, step: z.number().int().min(0) }),
    output: SignedNote,
    errors: ['ALREADY_SIGNED', 'DRAFT_MOVED_ON', 'NOT_AUTHOR', 'SIGNING_KEY_LOCKED', 'WRONG_PATIENT'],
  }),
  get: query({
    summary: 'One signed note exactly as it was signed, with its signature checked.',
    access: 'notes.R',
    ...ofPatient,
    audit: about('note.view'),
    reads: ['composition'],
    input: z.strictObject({ patientId: PatientId, id: CompositionId }),
    output: SignedNote,
  }),
  startAddendum: command({
    summary: 'Open a draft that will be added to a signed note.',
    access: 'notes.C',
    ...ofPatient,
    audit: about('note.start-addendum'),
    input: z.strictObject({ patientId: PatientId, id: CompositionId }),
    output: Draft,
  }),
  unlock: command({
    summary: 'Open a correction of an own signed note, with the reason; the signed original stays readable.',
    access: 'notes.S',
    ...ofPatient,
    audit: { ...about('note.unlock'), detail: () => 'reason recorded' },
    input: z.strictObject({ patientId: PatientId, id: CompositionId, reason: Reason }),
    output: Draft,
    errors: ['NOT_AUTHOR'],
  }),
  myDrafts: query({
    summary: 'Own unsigned drafts over all patients, newest first.',
    access: 'notes.C',
    audit: { action: 'note.my-drafts', category: 'clinical', patients: (_i, o) => o.map((d) => d.patientId) },
    // Not note_draft itself: it changes three times a second while somebody types, and each answer is audited.
    reads: ['composition', 'encounter'],
    input: z.strictObject({}),
    output: z.array(
      z.strictObject({
        id: Id,
        patientId: PatientId,
        patientName: z.string(),
        kind: z.enum(kinds),
        title: z.string(),
        updatedAt: Instant,
      }),
    ),
  }),
})
