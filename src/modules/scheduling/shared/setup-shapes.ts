// Shapes of what the clinic sets up once: who and what can be booked, kinds of visit, opening hours, time off.
import * as z from 'zod'
import { Id, UserId } from '#shared/ids.ts'
import { roles } from '#shared/permissions.ts'
import { LocalDate } from '#shared/time.ts'

export const ResourceId = Id.brand<'schedulable'>()
export type ResourceId = z.infer<typeof ResourceId>
export const VisitTypeId = Id.brand<'visit-type'>()
export type VisitTypeId = z.infer<typeof VisitTypeId>

const text = (max: number) => z.string().trim().min(1).max(max)
const Rev = z.number().int().min(1)

/** Colours by name, so that each theme paints them with enough contrast. */
export const colours = ['blue', 'green', 'violet', 'amber', 'rose', 'grey'] as const
export const Colour = z.enum(colours)

/** A device that is booked like a room (ultrasound, ECG) takes the place of a room in an appointment. */
export const resourceKinds = ['provider', 'room', 'device'] as const

/** Minutes after midnight on the clinic's wall clock. */
export const WallStart = z.number().int().min(0).max(1439)
export const WallEnd = z.number().int().min(1).max(1440)

/** An appointment or slot lasts at most twelve hours: reading a day relies on it. */
export const longestMinutes = 720
export const shortestMinutes = 5
export const Minutes = z.number().int().min(shortestMinutes).max(longestMinutes)

export const Resource = z.strictObject({
  id: ResourceId,
  rev: Rev,
  kind: z.enum(resourceKinds),
  name: z.string(),
  /** The account of a provider: ties the column to the person who signs in. */
  userId: UserId.nullable(),
  colour: Colour,
  /** Place in lists and columns, smallest first. */
  position: z.number().int(),
  active: z.boolean(),
  /** Provider: the room their visits take when it is free. */
  defaultRoomId: ResourceId.nullable(),
  /** Room, device: what it is for ("exam", "procedure"); a visit type may ask for one. */
  roomKind: z.string().nullable(),
})
export type Resource = z.infer<typeof Resource>

export const VisitType = z.strictObject({
  id: VisitTypeId,
  rev: Rev,
  name: z.string(),
  minutes: Minutes,
  colour: Colour,
  /** A code of the fee schedule, which is billing's: what the visit costs is looked up there. */
  feeCode: z.string().nullable(),
  /** Title of the note that such a visit starts with. */
  noteTitle: z.string().nullable(),
  /** `null`: no room is booked ahead. Otherwise a free room of this kind is. */
  roomKind: z.string().nullable(),
  /** Roles that may book it; `null`: everybody who may book at all. */
  bookableBy: z.array(z.enum(roles)).nullable(),
  position: z.number().int(),
  active: z.boolean(),
})
export type VisitType = z.infer<typeof VisitType>

export const ruleKinds = ['open', 'break'] as const

/** One line of a week's hours. Hours of a provider or room replace the clinic's; breaks add up. */
export const OpeningRule = z.strictObject({
  /** Monday 1 to Sunday 7. */
  weekday: z.number().int().min(1).max(7),
  from: WallStart,
  until: WallEnd,
  kind: z.enum(ruleKinds),
  /** First and last day on which the line holds; `null`: without end. */
  validFrom: LocalDate.nullable(),
  validUntil: LocalDate.nullable(),
})
export type OpeningRule = z.infer<typeof OpeningRule>

export const Hours = z.strictObject({
  /** `null`: the whole clinic. */
  resourceId: ResourceId.nullable(),
  rules: z.array(OpeningRule),
  /** Changes with every saving; name it in the next one. */
  version: z.string(),
})
export type Hours = z.infer<typeof Hours>

export const absenceKinds = ['leave', 'holiday', 'sick', 'meeting', 'block'] as const

/** Time in which nobody is to be booked, on the wall clock: from this minute of a day until that of another. */
export const Absence = z.strictObject({
  id: Id,
  rev: Rev,
  /** `null`: the whole clinic. */
  resourceId: ResourceId.nullable(),
  kind: z.enum(absenceKinds),
  title: z.string().nullable(),
  fromDate: LocalDate,
  from: WallStart,
  untilDate: LocalDate,
  until: WallEnd,
})
export type Absence = z.infer<typeof Absence>

export const Setup = z.strictObject({
  /** IANA zone every wall time of this module is meant in, and today's date in it. */
  timeZone: z.string(),
  today: LocalDate,
  /** False until somebody entered opening hours: then usual hours are shown and nothing is refused for them. */
  hoursKnown: z.boolean(),
  resources: z.array(Resource),
  visitTypes: z.array(VisitType),
  hours: z.array(Hours),
  /** Time off that is not over. */
  absences: z.array(Absence),
})
export type Setup = z.infer<typeof Setup>

export const SaveResource = z.strictObject({
  /** `null`: a new one. */
  id: ResourceId.nullable(),
  rev: Rev.nullable(),
  name: text(120),
  colour: Colour,
  position: z.number().int().min(0).max(9999).default(0),
  active: z.boolean().default(true),
})

export const SaveVisitType = z.strictObject({
  id: VisitTypeId.nullable(),
  rev: Rev.nullable(),
  name: text(120),
  minutes: Minutes,
  colour: Colour,
  feeCode: text(40).nullable().default(null),
  noteTitle: text(200).nullable().default(null),
  roomKind: text(60).nullable().default(null),
  bookableBy: z.array(z.enum(roles)).min(1).nullable().default(null),
  position: z.number().int().min(0).max(9999).default(0),
  active: z.boolean().default(true),
})

export const RoomKind = text(60)
