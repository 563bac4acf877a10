// Patients who wait for an earlier or any time, and who of them fits a gap.
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'
import { LocalDate } from '#shared/time.ts'
import { Minutes, ResourceId, VisitTypeId, WallEnd, WallStart } from './setup-shapes.ts'
import { AppointmentId, urgencies, WaitlistEntry } from './shapes.ts'

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'demographics', patients: (i: { patientId: string }) => [i.patientId] }) as const
const listed = (o: { readonly entries: readonly { patientId: string }[] }) => [
  ...new Set(o.entries.map((e) => e.patientId)),
]
const reads = ['waitlist_entry', 'appointment', 'patient'] as const

export const waitlistProcedures = {
  waitlist: query({
    summary: 'Everybody who waits for a time, most urgent first.',
    access: 'appointments.R',
    audit: {
      action: 'waitlist.view',
      category: 'demographics',
      detail: (_i, o) => `${o.entries.length} waiting`,
    },
    reads,
    input: z.strictObject({ cursor: z.string().max(200).nullable().default(null) }),
    output: z.strictObject({ entries: z.array(WaitlistEntry), next: z.string().nullable() }),
  }),
  waitlistMatches: query({
    summary: 'Who of the waiting fits a free time, the best three first.',
    access: 'appointments.R',
    audit: { action: 'waitlist.match', category: 'demographics', patients: (_i, o) => listed(o) },
    reads,
    input: z.strictObject({
      date: LocalDate,
      start: WallStart,
      minutes: Minutes,
      providerId: ResourceId,
      limit: z.number().int().min(1).max(20).default(3),
    }),
    output: z.strictObject({ entries: z.array(WaitlistEntry) }),
  }),
  addToWaitlist: command({
    summary: 'Put a patient on the waitlist.',
    access: 'appointments.C',
    ...ofPatient,
    audit: about('waitlist.add'),
    input: z.strictObject({
      patientId: PatientId,
      visitTypeId: VisitTypeId.nullable(),
      /** `null`: as long as the visit type, or 15. */
      minutes: Minutes.nullable().default(null),
      providerId: ResourceId.nullable().default(null),
      urgency: z.enum(urgencies).default('routine'),
      earliest: LocalDate.nullable().default(null),
      latest: LocalDate.nullable().default(null),
      weekdays: z.array(z.number().int().min(1).max(7)).max(7).default([]),
      from: WallStart.nullable().default(null),
      until: WallEnd.nullable().default(null),
      note: z.string().trim().min(1).max(300).nullable().default(null),
      appointmentId: AppointmentId.nullable().default(null),
    }),
    output: WaitlistEntry,
    errors: ['DUPLICATE', 'WRONG_PATIENT'],
  }),
  removeFromWaitlist: command({
    summary: 'Take a patient off the waitlist.',
    access: 'appointments.U',
    ...ofPatient,
    audit: about('waitlist.remove'),
    input: z.strictObject({ patientId: PatientId, id: Id, rev: z.number().int().min(1) }),
    output: WaitlistEntry,
    errors: ['WRONG_STATE', 'WRONG_PATIENT'],
  }),
  returnToWaitlist: command({
    summary: 'Put a patient back on the waitlist (undo).',
    access: 'appointments.U',
    ...ofPatient,
    audit: about('waitlist.return'),
    input: z.strictObject({ patientId: PatientId, id: Id, rev: z.number().int().min(1) }),
    output: WaitlistEntry,
    errors: ['WRONG_STATE', 'WRONG_PATIENT'],
  }),
} as const
