// What the reminders module offers, to whom, and what is written down about it. Read this page first.
// Channels: e-mail so far. A reminder goes out once for each visit, start, channel and lead time, or not at all.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'
import { isHostName, isLoopbackHost, isMailAddress } from './address.ts'
import { oneLine, templateLimits, unknownPlaceholders } from './template.ts'

export const channels = ['email'] as const
export const consentStates = ['yes', 'no', 'unknown'] as const
export const sendStates = ['planned', 'sending', 'sent', 'failed', 'unclear', 'skipped'] as const
export type SendState = (typeof sendStates)[number]

/** Why nothing was sent (skipped), why it went wrong (failed), or why nobody knows (unclear). */
export const sendReasons = [
  'no-consent',
  'no-address',
  'bad-address',
  'cancelled',
  'moved',
  'deceased',
  'type-off',
  'lead-removed',
  'too-late',
  'quiet-hours',
  'refused',
  'too-many-tries',
  'connection-lost',
  'interrupted',
] as const

/** What can be wrong between this computer and the mail server. */
export const mailProblems = [
  'unknown-host',
  'unreachable',
  'too-slow',
  'not-encrypted',
  'bad-certificate',
  'wrong-login',
  'refused',
  'later',
  'connection-lost',
  'no-account',
] as const
export type MailProblem = (typeof mailProblems)[number]

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => oneLine(text, max) === text.replaceAll(/ +/g, ' '), { error: 'must be one line' })
const MailAddress = z.string().trim().refine(isMailAddress, { error: 'not an e-mail address' })
const WallMinute = z.number().int().min(0).max(1439)
export const LanguageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)

export const tlsModes = ['starttls', 'implicit', 'none'] as const
export const MailAccount = z.strictObject({
  /** 0 where none has been set up on this computer. */
  rev: z.number().int(),
  enabled: z.boolean(),
  host: z.string(),
  port: z.number().int(),
  tls: z.enum(tlsModes),
  /** PEM of a certificate authority of one's own. */
  caPem: z.string().nullable(),
  userName: z.string().nullable(),
  /** The password itself is never told to a screen. */
  passwordSet: z.boolean(),
  fromName: z.string(),
  fromAddress: z.string(),
  replyTo: z.string().nullable(),
})
export type MailAccount = z.infer<typeof MailAccount>

export const SaveMail = z
  .strictObject({
    rev: z.number().int(),
    enabled: z.boolean(),
    host: z.string().trim().refine(isHostName, { error: 'not a host name' }),
    port: z.number().int().min(1).max(65_535),
    tls: z.enum(tlsModes),
    caPem: z
      .string()
      .trim()
      .max(20_000)
      .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/)
      .nullable()
      .default(null),
    userName: line(200).nullable(),
    /** Left out: as it was. `null`: taken away. */
    password: z.string().min(1).max(500).nullable().optional(),
    fromName: line(100).min(1),
    fromAddress: MailAddress,
    replyTo: MailAddress.nullable(),
  })
  .refine((m) => m.tls !== 'none' || isLoopbackHost(m.host), {
    error: 'without encryption only on this computer',
    path: ['tls'],
  })

export const Timing = z.strictObject({
  rev: z.number().int(),
  /** Minutes before the visit, longest first. */
  leads: z
    .array(
      z
        .number()
        .int()
        .min(30)
        .max(14 * 24 * 60),
    )
    .max(4),
  quietFrom: WallMinute,
  quietTo: WallMinute,
  /** Number for those who cannot come: {phone}. */
  phone: line(50).nullable(),
  typesOff: z.array(Id).max(500),
})
export type Timing = z.infer<typeof Timing>

const placeholdersOnly = (text: string) => unknownPlaceholders(text).length === 0
export const TemplateInput = z.strictObject({
  language: LanguageTag,
  subject: line(templateLimits.subject).min(1).refine(placeholdersOnly, { error: 'unknown placeholder' }),
  body: z
    .string()
    .trim()
    .min(1)
    .max(templateLimits.body)
    .refine(placeholdersOnly, { error: 'unknown placeholder' }),
})
export const Template = z.strictObject({
  language: z.string(),
  subject: z.string(),
  body: z.string(),
  /** 0: the words that come with Osler. */
  rev: z.number().int(),
  /** True where taking the own words away leaves the built-in ones. */
  hasBuiltIn: z.boolean(),
})
export type Template = z.infer<typeof Template>

export const Settings = z.strictObject({
  mail: MailAccount,
  timing: Timing,
  templates: z.array(Template),
  visitTypes: z.array(z.strictObject({ id: Id, name: z.string() })),
})
export type Settings = z.infer<typeof Settings>
const settingsFields = ['mail', 'timing', 'templates', 'visitTypes'] as const

export const Consent = z.strictObject({
  channel: z.enum(channels),
  status: z.enum(consentStates),
  /** 0 where nobody has asked yet. */
  rev: z.number().int(),
  recordedAt: Instant.nullable(),
  recordedByName: z.string().nullable(),
  /** Where a message would go now. */
  address: z.string().nullable(),
})
export type Consent = z.infer<typeof Consent>
const consentFields = ['channel', 'status', 'rev', 'recordedAt', 'recordedByName', 'address'] as const

export const LogEntry = z.strictObject({
  id: Id,
  rev: z.number().int(),
  patientId: PatientId.nullable(),
  patientName: z.string().nullable(),
  startAt: Instant,
  channel: z.enum(channels),
  leadMinutes: z.number().int(),
  state: z.enum(sendStates),
  reason: z.enum(sendReasons).nullable(),
  stateAt: Instant,
  /** When it goes out, or went. */
  dueAt: Instant,
  tries: z.number().int(),
  replyCode: z.number().int().nullable(),
  address: z.string().nullable(),
  subject: z.string().nullable(),
  body: z.string().nullable(),
  /** A person has decided what to do about it. */
  handled: z.boolean(),
  handReason: z.string().nullable(),
})
export type LogEntry = z.infer<typeof LogEntry>
/** An admin looks after the sending, not after patients: no name, no address, no words. */
const withoutPatient = [
  'id',
  'rev',
  'startAt',
  'channel',
  'leadMinutes',
  'state',
  'reason',
  'stateAt',
  'dueAt',
  'tries',
  'replyCode',
  'handled',
] as const

export const logFilters = ['attention', 'all', 'planned', 'sent', 'failed', 'unclear', 'skipped'] as const
export type LogFilter = (typeof logFilters)[number]

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const settingsChange = (action: string) => ({ action, category: 'configuration' }) as const

export const reminders = contract('reminders', {
  settings: query({
    summary: 'Mail account, lead times, quiet hours and words of reminders.',
    access: 'reminders.M',
    audit: { action: 'reminder.view-settings', category: 'configuration' },
    reads: ['mail_account', 'reminder_setting', 'reminder_template', 'visit_type'],
    input: z.strictObject({}),
    output: Settings,
    fields: { admin: settingsFields },
  }),
  saveMail: command({
    summary: 'Set the mail account this computer sends reminders with.',
    access: 'reminders.M',
    audit: {
      ...settingsChange('reminder.save-mail'),
      detail: (i: { enabled: boolean; password?: string | null | undefined }) =>
        [i.enabled ? 'on' : 'off', ...(i.password === undefined ? [] : ['password changed'])].join(', '),
    },
    input: SaveMail,
    output: MailAccount,
    fields: { admin: Object.keys(MailAccount.shape) },
  }),
  testMail: command({
    summary: 'Send a test mail with the saved account and say how it went.',
    access: 'reminders.M',
    audit: {
      ...settingsChange('reminder.test-mail'),
      detail: (_i, o: { problem: string | null }) => o.problem ?? 'sent',
    },
    input: z.strictObject({ to: MailAddress }),
    output: z.strictObject({
      problem: z.enum(mailProblems).nullable(),
      replyCode: z.number().int().nullable(),
    }),
    errors: ['TOO_MANY_TRIES'],
    fields: { admin: ['problem', 'replyCode'] },
  }),
  saveTiming: command({
    summary: 'Set lead times, quiet hours, the number to call and the visit types without reminders.',
    access: 'reminders.M',
    audit: settingsChange('reminder.save-timing'),
    input: Timing.refine((t) => new Set(t.leads).size === t.leads.length, {
      error: 'the same lead twice',
      path: ['leads'],
    }),
    output: Timing,
    fields: { admin: Object.keys(Timing.shape) },
  }),
  saveTemplate: command({
    summary: 'Write the clinic’s own words of a reminder in one language.',
    access: 'reminders.M',
    audit: { ...settingsChange('reminder.save-template'), detail: (i: { language: string }) => i.language },
    input: z.strictObject({ ...TemplateInput.shape, rev: z.number().int() }),
    output: Template,
    fields: { admin: Object.keys(Template.shape) },
  }),
  removeTemplate: command({
    summary: 'Take the clinic’s own words in one language away; built-in ones come back.',
    access: 'reminders.M',
    audit: { ...settingsChange('reminder.remove-template'), detail: (i: { language: string }) => i.language },
    input: z.strictObject({ language: LanguageTag, rev: z.number().int() }),
    output: z.strictObject({ language: z.string() }),
    fields: { admin: ['language'] },
  }),
  log: query({
    summary: 'What was sent, what waits and what needs a person, newest first.',
    access: 'reminders.R',
    audit: {
      action: 'reminder.view-log',
      category: 'demographics',
      patients: (_i, o: { entries: readonly { patientId: string | null }[] }) => [
        ...new Set(o.entries.flatMap((e) => (e.patientId ? [e.patientId] : []))),
      ],
    },
    reads: ['reminder_send'],
    input: z.strictObject({
      filter: z.enum(logFilters).default('all'),
      /** `stateAt` of the last entry of the page before. */
      before: Instant.nullable().default(null),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.strictObject({
      entries: z.array(LogEntry),
      /** Give it as `before` to get the next page; `null` at the end. */
      next: Instant.nullable(),
    }),
    fields: { admin: withoutPatient },
    fieldsIn: 'entries',
  }),
  ofPatient: query({
    summary: 'Reminders of one patient, newest visit first.',
    access: 'reminders.R',
    ...ofPatient,
    audit: { action: 'reminder.view-patient', category: 'demographics', patients: (i) => [i.patientId] },
    reads: ['reminder_send'],
    input: z.strictObject({ patientId: PatientId, limit: z.number().int().min(1).max(50).default(10) }),
    output: z.strictObject({ entries: z.array(LogEntry) }),
  }),
  decide: command({
    summary: 'Decide about a reminder that failed or may have gone out: send it again, or leave it.',
    access: 'reminders.U',
    ...ofPatient,
    audit: {
      action: 'reminder.decide',
      category: 'demographics',
      patients: (i) => [i.patientId],
      detail: (i) => `${i.decision}: ${i.reason}`,
    },
    input: z.strictObject({
      patientId: PatientId,
      id: Id,
      rev: z.number().int(),
      decision: z.enum(['send-again', 'leave']),
      reason: line(300).min(3),
    }),
    output: LogEntry,
    errors: ['WRONG_STATE', 'WRONG_PATIENT'],
  }),
  consent: query({
    summary: 'Whether a patient agreed to be written to, and where a message would go.',
    access: 'demographics.R',
    ...ofPatient,
    audit: { action: 'consent.view', category: 'demographics', patients: (i) => [i.patientId] },
    reads: ['communication_consent', 'patient_telecom'],
    input: z.strictObject({ patientId: PatientId }),
    output: Consent,
    fields: { billing: consentFields },
  }),
  setConsent: command({
    summary: 'Record whether a patient agrees to be written to.',
    access: 'demographics.U',
    ...ofPatient,
    audit: {
      action: 'consent.record',
      category: 'demographics',
      patients: (i) => [i.patientId],
      detail: (i) => `${i.channel} ${i.status}`,
    },
    input: z.strictObject({
      patientId: PatientId,
      channel: z.enum(channels),
      status: z.enum(consentStates),
      rev: z.number().int(),
    }),
    output: Consent,
    fields: { billing: consentFields },
  }),
})
