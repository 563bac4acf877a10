// Procedures that set the schedule up: read by everybody who books, kept by admins; time off is entered at the desk too.
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'
import { Id, UserId } from '#shared/ids.ts'
import { LocalDate } from '#shared/time.ts'
import {
  Absence,
  absenceKinds,
  Hours,
  OpeningRule,
  Resource,
  ResourceId,
  resourceKinds,
  RoomKind,
  SaveResource,
  SaveVisitType,
  Setup,
  VisitType,
  WallEnd,
  WallStart,
} from './setup-shapes.ts'

const configured = (action: string) => ({ action, category: 'configuration' }) as const
export const AbsenceSaved = z.strictObject({
  absence: Absence,
  /** Visits already booked in that time, which somebody has to move: `displaced` lists them. */
  displaced: z.number().int(),
})

export const setupProcedures = {
  setup: query({
    summary: 'Providers, rooms, visit types, opening hours and time off, as screens need them.',
    access: 'schedules.R',
    audit: configured('schedule.setup'),
    reads: ['schedulable', 'visit_type', 'opening_rule', 'absence', 'clinic'],
    input: z.strictObject({}),
    output: Setup,
  }),
  saveProvider: command({
    summary: 'Add or change a provider whose time can be booked.',
    access: 'schedules.M',
    audit: configured('schedule.save-provider'),
    input: SaveResource.extend({
      userId: UserId.nullable().default(null),
      defaultRoomId: ResourceId.nullable().default(null),
    }),
    output: Resource,
    errors: ['NAME_TAKEN', 'DUPLICATE'],
  }),
  saveRoom: command({
    summary: 'Add or change a room or a device that can be booked.',
    access: 'schedules.M',
    audit: configured('schedule.save-room'),
    input: SaveResource.extend({
      kind: z.enum(resourceKinds).exclude(['provider']).default('room'),
      roomKind: RoomKind.nullable().default(null),
    }),
    output: Resource,
    errors: ['NAME_TAKEN'],
  }),
  saveVisitType: command({
    summary: 'Add or change a kind of visit: its length, colour, fee and note.',
    access: 'schedules.M',
    audit: configured('schedule.save-visit-type'),
    input: SaveVisitType,
    output: VisitType,
    errors: ['NAME_TAKEN'],
  }),
  saveHours: command({
    summary: 'Replace the weekly opening hours and breaks of the clinic, a provider or a room.',
    access: 'schedules.M',
    audit: configured('schedule.save-hours'),
    input: z.strictObject({
      resourceId: ResourceId.nullable(),
      /** As `setup` showed it; empty where there were no hours yet. */
      version: z.string().max(100),
      rules: z.array(OpeningRule).max(200),
    }),
    output: Hours,
  }),
  addAbsence: command({
    summary:
      'Enter leave, a holiday, sickness, a meeting or blocked time of a provider, a room or the clinic.',
    access: 'absences.C',
    audit: configured('absence.add'),
    input: z.strictObject({
      resourceId: ResourceId.nullable(),
      kind: z.enum(absenceKinds),
      title: z.string().trim().min(1).max(120).nullable().default(null),
      fromDate: LocalDate,
      from: WallStart.default(0),
      untilDate: LocalDate,
      until: WallEnd.default(1440),
    }),
    output: AbsenceSaved,
  }),
  removeAbsence: command({
    summary: 'Take time off back; the answer lets it be entered again.',
    access: 'absences.U',
    audit: configured('absence.remove'),
    input: z.strictObject({ id: Id, rev: z.number().int().min(1) }),
    output: Absence,
  }),
  restoreAbsence: command({
    summary: 'Bring removed time off back (undo).',
    access: 'absences.U',
    audit: configured('absence.restore'),
    input: z.strictObject({ id: Id }),
    output: AbsenceSaved,
  }),
} as const
