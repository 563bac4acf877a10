// Reading the schedule: days and weeks, free times, one patient's appointments, visits that lie in time off.
import * as z from 'zod'
import { query } from '#shared/contract.ts'
import { Id, PatientId } from '#shared/ids.ts'
import { LocalDate } from '#shared/time.ts'
import { Minutes, ResourceId, VisitTypeId, WallStart } from './setup-shapes.ts'
import { Appointment, AppointmentId, Clash, Column, Slot } from './shapes.ts'

/** What billing sees: when, who, which kind of visit, how it ended. Not why the patient comes. */
const billed = [
  'id',
  'rev',
  'busy',
  'patientId',
  'patientName',
  'recordNumber',
  'birthDate',
  'birthDateEstimated',
  'date',
  'start',
  'minutes',
  'startAt',
  'endAt',
  'providerId',
  'visitTypeId',
  'status',
  'walkIn',
  'doneAt',
  'leftAt',
  'closedAt',
  'closeCode',
  'closedLate',
  'detached',
  'encounterId',
] as const

const tables = ['appointment', 'patient'] as const

export const calendarProcedures = {
  /**
   * Columns come in the order of `resourceIds`, day by day. An appointment belongs to the columns of its provider and
   * of its room. Cancelled ones are left out unless asked for; no-shows are there.
   */
  calendar: query({
    summary: 'One to seven days of the schedule with opening hours, time off and appointments.',
    access: 'appointments.R',
    audit: {
      action: 'appointment.calendar',
      category: 'demographics',
      // As searches do: what was asked and how much came. A day names hundreds, and it is read again at every change.
      detail: (i, o) => `${i.date}, ${i.days} days, ${o.appointments.length} appointments`,
    },
    reads: [...tables, 'schedulable', 'opening_rule', 'absence', 'clinic'],
    fields: { billing: billed },
    fieldsIn: 'appointments',
    input: z.strictObject({
      date: LocalDate,
      days: z.number().int().min(1).max(7).default(1),
      /** `null`: all active providers. Rooms may be named too. */
      resourceIds: z.array(ResourceId).max(60).nullable().default(null),
      withCancelled: z.boolean().default(false),
    }),
    output: z.strictObject({
      timeZone: z.string(),
      hoursKnown: z.boolean(),
      /** Length of each day in minutes: 1440 but on the days clocks change. */
      days: z.array(z.strictObject({ date: LocalDate, minutes: z.number().int() })),
      columns: z.array(Column),
      appointments: z.array(Appointment),
    }),
  }),
  appointment: query({
    summary: 'One appointment.',
    access: 'appointments.R',
    patient: (i: { patientId: string }) => i.patientId,
    audit: { action: 'appointment.view', category: 'demographics', patients: (i) => [i.patientId] },
    reads: tables,
    fields: { billing: billed },
    input: z.strictObject({ patientId: PatientId, appointmentId: AppointmentId }),
    output: Appointment,
  }),
  patientAppointments: query({
    summary: 'Appointments of one patient: coming ones, soonest first, or past ones, newest first.',
    access: 'appointments.R',
    patient: (i: { patientId: string }) => i.patientId,
    audit: { action: 'appointment.of-patient', category: 'demographics', patients: (i) => [i.patientId] },
    reads: tables,
    fields: { billing: billed },
    fieldsIn: 'items',
    input: z.strictObject({
      patientId: PatientId,
      /** Coming ones are those of today and later that are not over. */
      when: z.enum(['upcoming', 'past']),
      cursor: z.string().max(200).nullable().default(null),
    }),
    output: z.strictObject({
      items: z.array(Appointment),
      next: z.string().nullable(),
      /** Over all time: how often the patient did not come, and cancelled within a day of the visit. */
      noShows: z.number().int(),
      lateCancels: z.number().int(),
    }),
  }),
  /** Understands "2w", "10d", "1m", "tomorrow", "fri", "14.3.", "14/03/2026", ISO dates, each with a time: "2w 14:30". */
  freeSlots: query({
    summary: 'The best free times on or after a day, from words such as "2w" or a date.',
    access: 'schedules.R',
    audit: { action: 'schedule.free-slots', category: 'none' },
    reads: ['appointment', 'opening_rule', 'absence', 'schedulable', 'visit_type'],
    input: z.strictObject({
      /** As typed; empty: from now on. */
      text: z.string().max(60),
      visitTypeId: VisitTypeId.nullable(),
      /** `null`: as long as the visit type, or 15. */
      minutes: Minutes.nullable().default(null),
      /** `null`: any active provider. */
      providerId: ResourceId.nullable().default(null),
      limit: z.number().int().min(1).max(12).default(3),
      /** The last one shown: answers with the next ones. */
      after: z.strictObject({ date: LocalDate, start: WallStart }).nullable().default(null),
    }),
    output: z.strictObject({
      /** `null` where the words were not understood; then there are no slots. */
      date: LocalDate.nullable(),
      /** The time of day asked for, if one was. */
      preferred: WallStart.nullable(),
      slots: z.array(Slot),
    }),
  }),
  checkSlot: query({
    summary: 'What would stand in the way of booking or moving a visit to a time, without saving.',
    access: 'appointments.C',
    patient: (i: { patientId: string }) => i.patientId,
    audit: { action: 'appointment.check', category: 'demographics', patients: (i) => [i.patientId] },
    reads: ['appointment', 'opening_rule', 'absence', 'schedulable'],
    input: z.strictObject({
      patientId: PatientId,
      /** The appointment that is being moved; it is not in its own way. */
      appointmentId: AppointmentId.nullable().default(null),
      date: LocalDate,
      start: WallStart,
      minutes: Minutes,
      providerId: ResourceId,
      roomId: ResourceId.nullable().default(null),
      visitTypeId: VisitTypeId.nullable().default(null),
    }),
    output: z.strictObject({ clashes: z.array(Clash) }),
  }),
  displaced: query({
    summary: 'Coming visits that lie in time off or outside opening hours and have to be moved.',
    access: 'appointments.R',
    audit: {
      action: 'appointment.displaced',
      category: 'demographics',
      detail: (_i, o) => `${o.appointments.length} appointments`,
    },
    reads: [...tables, 'opening_rule', 'absence', 'schedulable'],
    fields: { billing: billed },
    fieldsIn: 'appointments',
    input: z.strictObject({
      /** Only those in one time off. */
      absenceId: Id.nullable().default(null),
      days: z.number().int().min(1).max(92).default(31),
    }),
    output: z.strictObject({
      appointments: z.array(Appointment),
      more: z.boolean(),
    }),
  }),
} as const
