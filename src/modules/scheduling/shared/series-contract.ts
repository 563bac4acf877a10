// Recurring visits: a rule, and visits that were moved or cancelled on their own. One of a series is moved or cancelled
// with `move` and `cancel`; here stand the acts on several.
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'
import { PatientId } from '#shared/ids.ts'
import { LocalDate } from '#shared/time.ts'
import { Minutes, ResourceId, VisitTypeId, WallStart } from './setup-shapes.ts'
import {
  Appointment,
  AppointmentId,
  cancelCodes,
  Override,
  Series,
  SeriesDate,
  SeriesRule,
  seriesScopes,
} from './shapes.ts'

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'demographics', patients: (i: { patientId: string }) => [i.patientId] }) as const

const NewSeries = {
  patientId: PatientId,
  rule: SeriesRule,
  firstDate: LocalDate,
  start: WallStart,
  minutes: Minutes,
  providerId: ResourceId,
  /** `null`: a free room for each date where the visit type wants one. */
  roomId: ResourceId.nullable().default(null),
  visitTypeId: VisitTypeId.nullable(),
} as const

const SeriesChange = {
  patientId: PatientId,
  /** The visit from which the series was opened: `following` begins with it. */
  appointmentId: AppointmentId,
  scope: z.enum(seriesScopes),
  /** Days by which all dates move (a visit dragged from Tuesday to Thursday: 2). Not together with `rule`. */
  shiftDays: z.number().int().min(-31).max(31).default(0),
  start: WallStart,
  minutes: Minutes,
  providerId: ResourceId,
  roomId: ResourceId.nullable().default(null),
  visitTypeId: VisitTypeId.nullable(),
  /** `null`: as it is. */
  rule: SeriesRule.nullable().default(null),
} as const

/** Dates that clash and are left out; the rest is saved over their clashes with a reason, or refused. */
const Choice = {
  skip: z.array(LocalDate).max(130).default([]),
  override: Override.nullable().default(null),
} as const

const Saved = z.strictObject({ series: Series, appointments: z.array(Appointment) })
/** SLOT_TAKEN and OUTSIDE_HOURS carry {date, kind, count}; TOO_MUCH: over 130 dates or two years. */
const errors = ['SLOT_TAKEN', 'OUTSIDE_HOURS', 'TOO_MUCH', 'WRONG_STATE', 'WRONG_PATIENT'] as const

export const seriesProcedures = {
  series: query({
    summary: 'A series with all its visits.',
    access: 'appointments.R',
    ...ofPatient,
    audit: about('series.view'),
    reads: ['appointment', 'appointment_series', 'patient'],
    input: z.strictObject({ patientId: PatientId, appointmentId: AppointmentId }),
    output: Saved,
  }),
  seriesPreview: query({
    summary: 'The dates of a series that is not saved yet, each with what stands in its way.',
    access: 'appointments.C',
    ...ofPatient,
    audit: about('series.preview'),
    reads: ['appointment', 'opening_rule', 'absence', 'schedulable'],
    input: z.strictObject(NewSeries),
    output: z.strictObject({ dates: z.array(SeriesDate) }),
    errors: ['TOO_MUCH'],
  }),
  bookSeries: command({
    summary: 'Book recurring visits; clashing dates are left out or saved with a reason.',
    access: 'appointments.C',
    ...ofPatient,
    audit: { ...about('series.book'), detail: (_i, o) => `${o.appointments.length} visits` },
    input: z.strictObject({
      ...NewSeries,
      reason: z.string().trim().min(1).max(300).nullable().default(null),
      ...Choice,
    }),
    output: Saved,
    errors,
  }),
  changeSeriesPreview: query({
    summary: 'The dates a series would have after a change, each with what stands in its way.',
    access: 'appointments.C',
    ...ofPatient,
    audit: about('series.change-preview'),
    reads: ['appointment', 'appointment_series', 'opening_rule', 'absence', 'schedulable'],
    input: z.strictObject(SeriesChange),
    output: z.strictObject({ dates: z.array(SeriesDate) }),
    errors: ['TOO_MUCH', 'WRONG_STATE', 'WRONG_PATIENT'],
  }),
  /**
   * Visits that have begun or are over never change. A visit that was moved on its own keeps its own time; one that was
   * cancelled stays cancelled; where a new rule has no such date they leave the series. `following` ends the series before the named visit and begins a new one with it.
   */
  changeSeries: command({
    summary: 'Change this and the following visits of a series, or all that have not begun.',
    access: 'appointments.U',
    ...ofPatient,
    audit: { ...about('series.change'), detail: (i, o) => `${i.scope}: ${o.appointments.length} visits` },
    input: z.strictObject({ ...SeriesChange, rev: z.number().int().min(1), ...Choice }),
    output: Saved,
    errors,
  }),
  cancelSeries: command({
    summary: 'Cancel this and the following visits of a series, or all that have not begun.',
    access: 'appointments.U',
    ...ofPatient,
    audit: { ...about('series.cancel'), detail: (i, o) => `${i.scope}: ${o.cancelled.length} visits` },
    input: z.strictObject({
      patientId: PatientId,
      appointmentId: AppointmentId,
      scope: z.enum(seriesScopes),
      code: z.enum(cancelCodes),
      text: z.string().trim().min(1).max(300).nullable().default(null),
    }),
    /** Each can be taken back with `restore`. */
    output: z.strictObject({ cancelled: z.array(Appointment) }),
    errors: ['WRONG_STATE', 'WRONG_PATIENT'],
  }),
} as const
