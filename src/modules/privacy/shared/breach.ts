// Procedures about a breach: who, what and when from the audit trail, a list to work with, the clock of 72 hours.
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'
import { Id, PatientId, UserId } from '#shared/ids.ts'
import { Instant } from '#shared/time.ts'

export const breachKinds = ['lost-device', 'wrong-recipient', 'snooping', 'account-misused'] as const
export type BreachKind = (typeof breachKinds)[number]

/** An end before its beginning asks about no time at all. */
export const BreachQuestion = z.strictObject({
  kind: z.enum(breachKinds),
  from: Instant,
  until: Instant,
  /** Whose acts; null where nobody is known. */
  userId: UserId.nullable(),
  /** Only what came through a phone or browser, or through this computer's window; null for both. */
  door: z.enum(['https', 'ipc']).nullable(),
})
export type BreachQuestion = z.infer<typeof BreachQuestion>

export const Affected = z.strictObject({
  patientId: PatientId.nullable(),
  /** null: erased since, only the alias is left. */
  name: z.string().nullable(),
  recordNumber: z.string().nullable(),
  birthDate: z.string().nullable(),
  first: Instant,
  last: Instant,
  times: z.number().int(),
  categories: z.array(z.string()),
  people: z.number().int(),
})
export type Affected = z.infer<typeof Affected>

export const BreachFindings = z.strictObject({
  total: z.number().int(),
  entries: z.number().int(),
  affected: z.array(Affected),
})

export const BreachCase = z.strictObject({
  id: Id,
  rev: z.number().int(),
  kind: z.enum(breachKinds),
  question: BreachQuestion,
  discoveredAt: Instant,
  dueAt: Instant,
  openedByName: z.string(),
  affected: z.number().int(),
  state: z.enum(['open', 'notified', 'no-notice']),
  closedAt: Instant.nullable(),
  closeReason: z.string().nullable(),
})
export type BreachCase = z.infer<typeof BreachCase>

const File = z.strictObject({ token: z.string(), name: z.string() })
const asked = (i: { question: { kind: string; from: string; until: string } }) =>
  `${i.question.kind} ${i.question.from} ${i.question.until}`
const Asking = z.strictObject({ question: BreachQuestion })

export const breachProcedures = {
  investigate: query({
    summary: 'Who was affected by what happened: patients, kinds of data, times, from the audit trail.',
    access: 'privacy.X',
    audit: {
      action: 'breach.investigate',
      category: 'audit',
      detail: (i: z.infer<typeof Asking>, o: { total: number }) => `${asked(i)}: ${o.total}`,
    },
    reads: [],
    input: Asking,
    output: BreachFindings,
  }),
  listAffected: command({
    summary: 'The list of everybody affected, as a file for a spreadsheet.',
    access: 'privacy.X',
    audit: { action: 'breach.export-list', category: 'audit', detail: asked },
    stepUp: true,
    input: Asking,
    output: File,
  }),
  openBreach: command({
    summary: 'Write down a breach and when it was discovered: from then on 72 hours run.',
    access: 'privacy.C',
    audit: { action: 'breach.open', category: 'audit', detail: asked },
    input: z.strictObject({ question: BreachQuestion, discoveredAt: Instant }),
    output: BreachCase,
  }),
  breaches: query({
    summary: 'Breaches that were written down, open ones first.',
    access: 'privacy.X',
    audit: { action: 'breach.list', category: 'audit' },
    reads: ['breach_case'],
    input: z.strictObject({}),
    output: z.strictObject({ now: Instant, breaches: z.array(BreachCase) }),
  }),
  closeBreach: command({
    summary: 'Close a breach: the authority was told, or why it need not be.',
    access: 'privacy.U',
    audit: {
      action: 'breach.close',
      category: 'audit',
      detail: (i: { state: string; reason: string }) => `${i.state}: ${i.reason}`,
    },
    input: z.strictObject({
      id: Id,
      rev: z.number().int(),
      state: z.enum(['notified', 'no-notice']),
      reason: z.string().trim().min(3).max(500),
    }),
    output: BreachCase,
    errors: ['WRONG_STATE'],
  }),
  breachLetter: command({
    summary: 'A draft of the notification to the authority, filled with what is known.',
    access: 'privacy.X',
    audit: {
      action: 'breach.print-draft',
      category: 'audit',
      detail: (i: { language: string }) => i.language,
    },
    input: z.strictObject({ id: Id, language: z.enum(['en', 'ar']) }),
    output: File,
  }),
}
