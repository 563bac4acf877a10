// Shapes of what happens in a schedule: appointments and their way through the day, clashes, series, waitlist.
import * as z from 'zod'
import { genders } from '#modules/patients/shared/contract.ts'
import { EncounterId, Id, PatientId } from '#shared/ids.ts'
import { Instant, LocalDate } from '#shared/time.ts'
import { absenceKinds, Minutes, ResourceId, VisitTypeId, WallEnd, WallStart } from './setup-shapes.ts'

export const AppointmentId = Id.brand<'appointment'>()
export type AppointmentId = z.infer<typeof AppointmentId>
export const SeriesId = Id.brand<'series'>()
export type SeriesId = z.infer<typeof SeriesId>

/**
 * Where a visit stands. In FHIR R4 terms (Appointment.status / Encounter.status):
 * booked = booked / none · arrived = arrived / arrived · roomed = checked-in / triaged · with-doctor = checked-in /
 * in-progress · done = fulfilled / finished · left = fulfilled / finished · cancelled = cancelled / none ·
 * noshow = noshow / none.
 */
export const flowStatuses = [
  'booked',
  'arrived',
  'roomed',
  'with-doctor',
  'done',
  'left',
  'cancelled',
  'noshow',
] as const
export type FlowStatus = (typeof flowStatuses)[number]

/** What can be done with a visit. `back` undoes the newest step. */
export const flowSteps = ['arrive', 'room', 'start', 'done', 'leave', 'back'] as const
export type FlowStep = (typeof flowSteps)[number]

/** `error`: booked by mistake; such an appointment counts in no report. */
export const cancelCodes = ['patient', 'clinic', 'provider', 'illness', 'weather', 'moved', 'error'] as const
/** Written by series: a date left out at booking, a date that a changed rule no longer has. Not shown to people. */
export const seriesCloseCodes = ['skipped', 'series'] as const

export const Appointment = z.strictObject({
  id: AppointmentId,
  /** Counts versions; name it when moving or changing. */
  rev: z.number().int(),
  /** True when the patient is none of one's own: who and why stay hidden, the time is taken all the same. */
  busy: z.boolean(),
  patientId: PatientId.nullable(),
  patientName: z.string().nullable(),
  recordNumber: z.string().nullable(),
  birthDate: z.string().nullable(),
  birthDateEstimated: z.boolean().nullable(),
  gender: z.enum(genders).nullable(),
  /** Only where one appointment or a list of people to call is asked for; the calendar leaves it out. */
  phone: z.string().nullable(),
  /** On the clinic's wall clock. */
  date: LocalDate,
  start: WallStart,
  minutes: z.number().int(),
  startAt: Instant,
  endAt: Instant,
  providerId: ResourceId,
  roomId: ResourceId.nullable(),
  visitTypeId: VisitTypeId.nullable(),
  /** Why the patient comes, in the words of the desk. */
  reason: z.string().nullable(),
  status: z.enum(flowStatuses),
  walkIn: z.boolean(),
  /** Number a walk-in is called by, counted from 1 each day. */
  queueNumber: z.number().int().nullable(),
  arrivedAt: Instant.nullable(),
  roomedAt: Instant.nullable(),
  withDoctorAt: Instant.nullable(),
  doneAt: Instant.nullable(),
  leftAt: Instant.nullable(),
  /** When it was cancelled or marked as no-show, why, and whether that was within a day of the visit. */
  closedAt: Instant.nullable(),
  closeCode: z.string().nullable(),
  closeText: z.string().nullable(),
  closedLate: z.boolean(),
  /** Why it was saved over a clash. */
  overrideReason: z.string().nullable(),
  seriesId: SeriesId.nullable(),
  /** The day the series meant, also when this visit was moved to another. */
  occurrenceDate: LocalDate.nullable(),
  /** True when this visit of a series was changed on its own: changes of the time of all leave it alone. */
  detached: z.boolean(),
  encounterId: EncounterId.nullable(),
  bookedByName: z.string().nullable(),
  bookedAt: Instant.nullable(),
})
export type Appointment = z.infer<typeof Appointment>

const Span = z.strictObject({
  from: z.number().int().min(0).max(1440),
  until: z.number().int().min(0).max(1440),
})
export type Span = z.infer<typeof Span>

/** One column of a day: when the provider or room can be booked, in minutes of the wall clock. */
export const Column = z.strictObject({
  date: LocalDate,
  resourceId: ResourceId,
  /** Opening hours without breaks and time off taken out. */
  open: z.array(Span),
  breaks: z.array(Span),
  absences: z.array(
    z.strictObject({
      id: Id,
      from: z.number().int(),
      until: z.number().int(),
      kind: z.enum(absenceKinds),
      title: z.string().nullable(),
      /** Of the whole clinic, not of this column alone. */
      wholeClinic: z.boolean(),
    }),
  ),
})
export type Column = z.infer<typeof Column>

export const clashKinds = ['provider', 'patient', 'room', 'hours', 'absence'] as const
export type ClashKind = (typeof clashKinds)[number]

/** One thing that stands in the way of a time. */
export const Clash = z.strictObject({
  kind: z.enum(clashKinds),
  date: LocalDate,
  start: WallStart,
  /** What is in the way: the other appointment or the time off. `null` for hours. */
  appointmentId: AppointmentId.nullable(),
  absenceId: Id.nullable(),
  startAt: Instant.nullable(),
  endAt: Instant.nullable(),
  /** Of the other appointment, where one may see the patient. */
  patientName: z.string().nullable(),
  /** Of the time off. */
  title: z.string().nullable(),
})
export type Clash = z.infer<typeof Clash>

/** Saving over a clash needs a reason, which is kept with the appointment and in the audit log. */
export const Override = z.strictObject({ reason: z.string().trim().min(3).max(300) })

export const Slot = z.strictObject({
  date: LocalDate,
  start: WallStart,
  minutes: z.number().int(),
  startAt: Instant,
  endAt: Instant,
  providerId: ResourceId,
  roomId: ResourceId.nullable(),
})
export type Slot = z.infer<typeof Slot>

export const seriesFrequencies = ['daily', 'weekly', 'monthly'] as const

/**
 * When a series takes place, on the wall clock. Months without the day take their last one. It ends with `count` visits or
 * on `until`, whichever comes first; without either it goes past the limits and is refused. Weeks are counted from Monday.
 */
export const SeriesRule = z.strictObject({
  freq: z.enum(seriesFrequencies),
  interval: z.number().int().min(1).max(52),
  /** Weekly only: Monday 1 to Sunday 7; empty: the weekday of the first date. */
  weekdays: z.array(z.number().int().min(1).max(7)).max(7),
  /** Monthly only: the same day of the month, or the same weekday of it ("second Tuesday", a fifth one: the last). */
  monthlyBy: z.enum(['day', 'weekday']),
  /** Monthly only: the day meant (1 to 31) or which weekday of the month (1 to 5; 5: the last). `null`: as the first date. */
  anchor: z.number().int().min(1).max(31).nullable(),
  count: z.number().int().min(1).max(130).nullable(),
  until: LocalDate.nullable(),
})
export type SeriesRule = z.infer<typeof SeriesRule>

export const Series = z.strictObject({
  id: SeriesId,
  rev: z.number().int(),
  patientId: PatientId,
  rule: SeriesRule,
  firstDate: LocalDate,
  start: WallStart,
  minutes: Minutes,
  providerId: ResourceId,
  roomId: ResourceId.nullable(),
  visitTypeId: VisitTypeId.nullable(),
  reason: z.string().nullable(),
})
export type Series = z.infer<typeof Series>

export const seriesScopes = ['following', 'all'] as const

/** One date of a series as it would be saved. */
export const SeriesDate = z.strictObject({
  date: LocalDate,
  start: WallStart,
  clashes: z.array(Clash),
})

export const waitStates = ['waiting', 'booked', 'removed'] as const
export const urgencies = ['asap', 'soon', 'routine'] as const

export const WaitlistEntry = z.strictObject({
  id: Id,
  rev: z.number().int(),
  patientId: PatientId,
  patientName: z.string(),
  recordNumber: z.string().nullable(),
  birthDate: z.string().nullable(),
  phone: z.string().nullable(),
  visitTypeId: VisitTypeId.nullable(),
  minutes: Minutes,
  /** `null`: any provider. */
  providerId: ResourceId.nullable(),
  urgency: z.enum(urgencies),
  earliest: LocalDate.nullable(),
  latest: LocalDate.nullable(),
  /** Empty: any weekday. */
  weekdays: z.array(z.number().int()),
  /** Within these hours of the day; `null`: any. */
  from: WallStart.nullable(),
  until: WallEnd.nullable(),
  note: z.string().nullable(),
  state: z.enum(waitStates),
  addedAt: Instant,
  addedByName: z.string().nullable(),
  /** A later appointment the patient would give up for an earlier one. */
  appointmentId: AppointmentId.nullable(),
})
export type WaitlistEntry = z.infer<typeof WaitlistEntry>
