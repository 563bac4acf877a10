// Patients: finding, registering, reading and amending who somebody is.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'
import type { Role } from '#shared/permissions.ts'
import { ClinicalTime, Instant, PartialDate } from '#shared/time.ts'

export const genders = ['female', 'male', 'other', 'unknown'] as const
const text = (max: number) => z.string().trim().min(1).max(max)
const maybe = (max: number) => text(max).nullable()

export const Identifier = z.strictObject({
  id: Id.optional(),
  system: maybe(500),
  typeCode: maybe(50),
  typeDisplay: maybe(200),
  value: text(200),
  assigner: maybe(200),
})
export const Telecom = z.strictObject({
  id: Id.optional(),
  system: z.enum(['phone', 'email', 'fax', 'sms', 'url', 'pager', 'other']),
  use: z.enum(['home', 'work', 'mobile', 'temp', 'old']).nullable(),
  value: text(300),
  rank: z.number().int().min(1).max(99).nullable(),
})
export const Address = z.strictObject({
  id: Id.optional(),
  use: z.enum(['home', 'work', 'temp', 'old', 'billing']).nullable(),
  lines: maybe(500),
  city: maybe(200),
  district: maybe(200),
  state: maybe(200),
  postalCode: maybe(40),
  country: maybe(100),
})
export const ContactPerson = z.strictObject({
  id: Id.optional(),
  relationship: maybe(100),
  name: text(300),
  phone: maybe(100),
  email: maybe(200),
  /** The patient record of this person, where there is one (family links, A2). */
  patientId: PatientId.nullable(),
})
export const OtherName = z.strictObject({
  id: Id.optional(),
  use: z.enum(['usual', 'official', 'temp', 'nickname', 'anonymous', 'old', 'maiden']),
  text: text(300),
  family: maybe(200),
  given: maybe(300),
})
export const Flag = z.strictObject({
  id: Id,
  rev: z.number().int(),
  kind: z.enum(['alert', 'sticky']),
  text: z.string(),
  createdAt: Instant,
  createdByName: z.string().nullable(),
})

const Identity = {
  name: text(300),
  family: maybe(200),
  given: maybe(300),
  prefix: maybe(100),
  suffix: maybe(100),
  birthDate: PartialDate.nullable(),
  birthDateEstimated: z.boolean(),
  gender: z.enum(genders),
  deceased: z.boolean(),
  deceasedAt: ClinicalTime.nullable(),
  active: z.boolean(),
  language: maybe(50),
  maritalStatus: maybe(50),
} as const

const Around = {
  identifiers: z.array(Identifier).max(50),
  telecoms: z.array(Telecom).max(50),
  addresses: z.array(Address).max(20),
  contacts: z.array(ContactPerson).max(50),
  otherNames: z.array(OtherName).max(20),
} as const

/** One line of a patient list. Fields a role may not see are null. */
export const PatientLine = z.strictObject({
  id: PatientId,
  name: z.string(),
  birthDate: z.string().nullable(),
  birthDateEstimated: z.boolean().nullable(),
  gender: z.enum(genders).nullable(),
  recordNumber: z.string().nullable(),
  phone: z.string().nullable(),
  deceased: z.boolean().nullable(),
  active: z.boolean().nullable(),
})
export type PatientLine = z.infer<typeof PatientLine>

export const Patient = z.strictObject({
  id: PatientId,
  rev: z.number().int(),
  recordNumber: z.string(),
  ...Identity,
  identifiers: z.array(Identifier.required({ id: true })),
  telecoms: z.array(Telecom.required({ id: true })),
  addresses: z.array(Address.required({ id: true })),
  contacts: z.array(ContactPerson.required({ id: true })),
  otherNames: z.array(OtherName.required({ id: true })),
  flags: z.array(Flag),
  /** For people without clinical rights: only that there are allergies, none known, or nothing recorded. */
  allergyState: z.enum(['recorded', 'none-known', 'not-recorded']),
  registeredAt: Instant,
})
export type Patient = z.infer<typeof Patient>

export const RegisterPatient = z.strictObject({
  ...Identity,
  deceased: Identity.deceased.default(false),
  deceasedAt: Identity.deceasedAt.default(null),
  active: Identity.active.default(true),
  family: Identity.family.default(null),
  given: Identity.given.default(null),
  prefix: Identity.prefix.default(null),
  suffix: Identity.suffix.default(null),
  language: Identity.language.default(null),
  maritalStatus: Identity.maritalStatus.default(null),
  birthDate: Identity.birthDate.default(null),
  birthDateEstimated: Identity.birthDateEstimated.default(false),
  identifiers: Around.identifiers.default([]),
  telecoms: Around.telecoms.default([]),
  addresses: Around.addresses.default([]),
  contacts: Around.contacts.default([]),
  otherNames: Around.otherNames.default([]),
})
export type RegisterPatient = z.infer<typeof RegisterPatient>

export const UpdatePatient = z.strictObject({
  patientId: PatientId,
  /** The version the person saw; another one now is answered with CONFLICT (AUTHZ-06). */
  rev: z.number().int(),
  ...Identity,
  ...Around,
})
export type UpdatePatient = z.infer<typeof UpdatePatient>

export const SimilarPatient = z.strictObject({
  ...PatientLine.shape,
  /** Why it looks like the same person: for the words of the warning. */
  because: z.array(z.enum(['name', 'birth-date', 'phone', 'identifier'])),
})

export const HistoryEntry = z.strictObject({
  at: Instant,
  userName: z.string().nullable(),
  role: z.string().nullable(),
  action: z.string(),
  table: z.string(),
  changes: z.array(
    z.strictObject({ column: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
})

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const nameOnly = ['id', 'name'] as const
const toTellApart = [
  'id',
  'name',
  'birthDate',
  'birthDateEstimated',
  'gender',
  'recordNumber',
  'active',
  'deceased',
] as const
const everythingButFamily = [
  'id',
  'rev',
  'recordNumber',
  'name',
  'family',
  'given',
  'prefix',
  'suffix',
  'birthDate',
  'birthDateEstimated',
  'gender',
  'deceased',
  'deceasedAt',
  'active',
  'language',
  'maritalStatus',
  'identifiers',
  'telecoms',
  'addresses',
  'registeredAt',
] as const
const seenBy = {
  admin: [
    'id',
    'rev',
    'recordNumber',
    'name',
    'family',
    'given',
    'prefix',
    'suffix',
    'active',
    'registeredAt',
  ],
  lab: [
    'id',
    'rev',
    'recordNumber',
    'name',
    'family',
    'given',
    'birthDate',
    'birthDateEstimated',
    'gender',
    'deceased',
    'active',
    'registeredAt',
  ],
  billing: everythingButFamily,
  /** Whom a request is about, and where the answer goes. */
  privacy: [
    'id',
    'rev',
    'recordNumber',
    'name',
    'family',
    'given',
    'birthDate',
    'birthDateEstimated',
    'gender',
    'deceased',
    'active',
    'telecoms',
    'addresses',
    'registeredAt',
  ],
} as const satisfies { [R in Role]?: readonly string[] }

/** The patient with everything a filtered role may miss made optional. */
const PatientView = Patient.partial().required({ id: true, name: true })
export type PatientView = z.infer<typeof PatientView>

export const patients = contract('patients', {
  search: query({
    summary: 'Find patients by name parts in any order, phone, identifier or birth date; best matches first.',
    access: 'patientSearch.R',
    audit: {
      action: 'patient.search',
      category: 'demographics',
      detail: (_i, o) => `${o.patients.length} found`,
    },
    reads: ['patient'],
    input: z.strictObject({ text: z.string().max(200), limit: z.number().int().min(1).max(50).default(20) }),
    output: z.strictObject({
      patients: z.array(PatientLine),
      /** True when more match than were returned. */
      more: z.boolean(),
    }),
    fields: { admin: nameOnly, privacy: toTellApart },
    fieldsIn: 'patients',
  }),
  recent: query({
    summary: 'Charts this person opened last, newest first: the list before typing.',
    access: 'patientSearch.R',
    audit: {
      action: 'patient.recent',
      category: 'demographics',
      detail: (_i, o) => `${o.patients.length} listed`,
    },
    reads: ['patient'],
    input: z.strictObject({}),
    output: z.strictObject({
      patients: z.array(z.strictObject({ ...PatientLine.shape, openedAt: Instant.nullable() })),
      /** How many patients the clinic has in all; tells an empty clinic from an unused account. */
      total: z.number().int(),
    }),
    fields: { admin: nameOnly, privacy: toTellApart },
    fieldsIn: 'patients',
  }),
  findSimilar: query({
    summary: 'Patients that may be the same person as the one being registered.',
    access: 'demographics.C',
    audit: {
      action: 'patient.find-similar',
      category: 'demographics',
      detail: (_i, o) => `${o.length} found`,
    },
    reads: ['patient'],
    input: z.strictObject({
      name: z.string().max(300),
      birthDate: PartialDate.nullable().default(null),
      phone: z.string().max(300).nullable().default(null),
      identifiers: z.array(z.string().max(200)).max(20).default([]),
      /** The patient being edited, not to be reported as similar to itself. */
      except: PatientId.nullable().default(null),
    }),
    output: z.array(SimilarPatient),
  }),
  get: query({
    summary: 'One patient’s demographics, contacts, flags and allergy state.',
    access: 'demographics.R',
    ...ofPatient,
    audit: { action: 'patient.view', category: 'demographics', patients: (i) => [i.patientId] },
    reads: [
      'patient',
      'patient_identifier',
      'patient_telecom',
      'patient_address',
      'patient_contact',
      'patient_flag',
    ],
    input: z.strictObject({ patientId: PatientId }),
    output: PatientView,
    fields: seenBy,
  }),
  register: command({
    summary: 'Register a new patient; the number is given by the clinic.',
    access: 'demographics.C',
    audit: { action: 'patient.register', category: 'demographics', patients: (_i, o) => [o.id] },
    input: RegisterPatient,
    output: Patient,
  }),
  update: command({
    summary: 'Amend a patient’s demographics; the former values stay in the history.',
    access: 'demographics.U',
    ...ofPatient,
    audit: { action: 'patient.update', category: 'demographics', patients: (i) => [i.patientId] },
    input: UpdatePatient,
    output: PatientView,
    fields: { billing: everythingButFamily },
  }),
  addFlag: command({
    summary: 'Put an alert or a sticky desk note on a patient.',
    access: 'demographics.U',
    ...ofPatient,
    audit: {
      action: 'patient.add-flag',
      category: 'demographics',
      patients: (i) => [i.patientId],
      detail: (i) => i.kind,
    },
    input: z.strictObject({ patientId: PatientId, kind: z.enum(['alert', 'sticky']), text: text(500) }),
    output: Flag,
    fields: { billing: ['id', 'rev', 'kind', 'text', 'createdAt', 'createdByName'] },
  }),
  removeFlag: command({
    summary: 'Take a flag off; it stays in the history.',
    access: 'demographics.U',
    ...ofPatient,
    audit: { action: 'patient.remove-flag', category: 'demographics', patients: (i) => [i.patientId] },
    input: z.strictObject({ patientId: PatientId, id: Id, rev: z.number().int(), reason: text(500) }),
    output: z.strictObject({ id: Id }),
    fields: { billing: ['id'] },
  }),
  restoreFlag: command({
    summary: 'Bring a removed flag back (undo).',
    access: 'demographics.U',
    ...ofPatient,
    audit: { action: 'patient.restore-flag', category: 'demographics', patients: (i) => [i.patientId] },
    input: z.strictObject({ patientId: PatientId, id: Id }),
    output: Flag,
    fields: { billing: ['id', 'rev', 'kind', 'text', 'createdAt', 'createdByName'] },
  }),
  history: query({
    summary: 'Who changed what in a patient’s demographics, newest first.',
    access: 'demographics.R',
    ...ofPatient,
    audit: { action: 'patient.history', category: 'demographics', patients: (i) => [i.patientId] },
    reads: ['patient'],
    input: z.strictObject({ patientId: PatientId, limit: z.number().int().min(1).max(200).default(50) }),
    output: z.strictObject({ entries: z.array(HistoryEntry) }),
    fields: {
      admin: ['at', 'userName', 'role', 'action', 'table'],
      lab: ['at', 'action', 'table'],
      billing: ['at', 'userName', 'role', 'action', 'table'],
    },
    fieldsIn: 'entries',
  }),
})
