// Booking, moving, cancelling, and the way of a visit through the day. Every act names the patient it was opened for.
import * as z from 'zod'
import { command } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'
import { LocalDate } from '#shared/time.ts'
import { Minutes, ResourceId, VisitTypeId, WallStart } from './setup-shapes.ts'
import { Appointment, AppointmentId, cancelCodes, flowStatuses, flowSteps, Override } from './shapes.ts'

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'demographics', patients: (i: { patientId: string }) => [i.patientId] }) as const
type MaybeOverride = { readonly override: { readonly reason: string } | null }
/** A reason to save over a clash is the clinic's, not clinical: it stands in the log as it was given. */
const withReason = (action: string) =>
  ({
    ...about(action),
    detail: (i: MaybeOverride) => (i.override ? `over a clash: ${i.override.reason}` : ''),
  }) as const

const Which = { patientId: PatientId, appointmentId: AppointmentId } as const
const Rev = z.number().int().min(1)
const Reason = z.string().trim().min(1).max(300)

/**
 * SLOT_TAKEN carries {kind: provider, patient or room, appointmentId}; OUTSIDE_HOURS carries {kind: hours or absence,
 * absenceId}; both `kinds`, everything that is in the way. Sent again with `override` they are saved.
 */
const clashErrors = ['SLOT_TAKEN', 'OUTSIDE_HOURS'] as const

export const bookingProcedures = {
  book: command({
    summary: 'Book a visit for a patient.',
    access: 'appointments.C',
    ...ofPatient,
    audit: withReason('appointment.book'),
    input: z.strictObject({
      patientId: PatientId,
      date: LocalDate,
      start: WallStart,
      /** `null`: as long as the visit type, or 15. */
      minutes: Minutes.nullable().default(null),
      providerId: ResourceId,
      /** `null`: the provider's own or another free room where the visit type wants one, else none. */
      roomId: ResourceId.nullable().default(null),
      visitTypeId: VisitTypeId.nullable(),
      reason: Reason.nullable().default(null),
      /** The waitlist entry this visit fulfils. */
      waitlistId: Id.nullable().default(null),
      override: Override.nullable().default(null),
    }),
    output: Appointment,
    errors: [...clashErrors, 'WRONG_PATIENT', 'WRONG_STATE'],
  }),
  /** A patient who already has a visit today is refused with SLOT_TAKEN {kind: patient}: check that one in instead. */
  walkIn: command({
    summary: 'Add a patient who came without an appointment: arrived now, next free provider, queue number.',
    access: 'appointments.C',
    ...ofPatient,
    audit: withReason('appointment.walk-in'),
    input: z.strictObject({
      patientId: PatientId,
      /** `null`: whoever is free next today. */
      providerId: ResourceId.nullable().default(null),
      visitTypeId: VisitTypeId.nullable(),
      reason: Reason.nullable().default(null),
      override: Override.nullable().default(null),
    }),
    output: Appointment,
    errors: ['SLOT_TAKEN', 'WRONG_STATE'],
  }),
  move: command({
    summary: 'Move a visit to another time, provider or room, or change its length.',
    access: 'appointments.U',
    ...ofPatient,
    audit: withReason('appointment.move'),
    input: z.strictObject({
      ...Which,
      rev: Rev,
      date: LocalDate,
      start: WallStart,
      minutes: Minutes,
      providerId: ResourceId,
      /** `null`: as for booking. */
      roomId: ResourceId.nullable(),
      override: Override.nullable().default(null),
    }),
    output: Appointment,
    errors: [...clashErrors, 'WRONG_PATIENT', 'WRONG_STATE'],
  }),
  amend: command({
    summary: 'Change the kind of visit or the words why the patient comes.',
    access: 'appointments.U',
    ...ofPatient,
    audit: about('appointment.amend'),
    input: z.strictObject({
      ...Which,
      rev: Rev,
      visitTypeId: VisitTypeId.nullable(),
      reason: Reason.nullable(),
    }),
    output: Appointment,
    errors: ['WRONG_PATIENT', 'WRONG_STATE'],
  }),
  cancel: command({
    summary: 'Cancel a visit, with the reason.',
    access: 'appointments.U',
    ...ofPatient,
    audit: { ...about('appointment.cancel'), detail: (i) => i.code },
    input: z.strictObject({
      ...Which,
      rev: Rev,
      code: z.enum(cancelCodes),
      text: Reason.nullable().default(null),
    }),
    output: Appointment,
    errors: ['WRONG_PATIENT', 'WRONG_STATE'],
  }),
  noShow: command({
    summary: 'Note that a patient did not come.',
    access: 'appointments.U',
    ...ofPatient,
    audit: about('appointment.no-show'),
    input: z.strictObject({ ...Which, rev: Rev }),
    output: Appointment,
    errors: ['WRONG_PATIENT', 'WRONG_STATE'],
  }),
  restore: command({
    summary: 'Take a cancellation or a no-show back (undo); the time must still be free.',
    access: 'appointments.U',
    ...ofPatient,
    audit: withReason('appointment.restore'),
    input: z.strictObject({ ...Which, rev: Rev, override: Override.nullable().default(null) }),
    output: Appointment,
    errors: [...clashErrors, 'WRONG_PATIENT', 'WRONG_STATE'],
  }),
  /** A step that does not follow from `seen`, or a visit that stands elsewhere by now, is refused with WRONG_STATE {status}. */
  setFlow: command({
    summary: 'Move a visit on: arrived, in a room, with the doctor, done, left; or one step back.',
    access: 'checkIn.U',
    ...ofPatient,
    audit: { ...about('visit.flow'), detail: (i) => `${i.seen}: ${i.step}` },
    input: z.strictObject({
      ...Which,
      step: z.enum(flowSteps),
      /** The status on the screen of whoever acts. */
      seen: z.enum(flowStatuses),
      /** Step `room`: which one. */
      roomId: ResourceId.nullable().default(null),
    }),
    output: Appointment,
    errors: ['WRONG_PATIENT', 'WRONG_STATE'],
  }),
} as const
