// The copy of the day that is readable when the records are not (SECURITY REL-07): as it lies sealed beside the database,
// and as a reader gets it. Closed shapes: what is not named here cannot get into it.
import * as z from 'zod'
import { RestoreOpener } from './restore.ts'
import { roles } from './permissions.ts'
import { Instant, LocalDate } from './time.ts'

/** What a kind of reader gets: who comes when and how to reach them · also what a clinician has to know. */
export const downtimeSights = ['desk', 'record'] as const
export type DowntimeSight = (typeof downtimeSights)[number]

const Allergy = z.strictObject({
  substance: z.string(),
  isHigh: z.boolean(),
  reactions: z.array(z.string()).readonly(),
})
const Medicine = z.strictObject({ label: z.string(), directions: z.string().nullable() })

export const DowntimePatient = z.strictObject({
  id: z.string(),
  name: z.string(),
  birthDate: z.string().nullable(),
  recordNumber: z.string().nullable(),
  phone: z.string().nullable(),
  record: z
    .strictObject({
      allergyState: z.enum(['recorded', 'none-known', 'not-recorded']),
      allergies: z.array(Allergy).readonly(),
      medicines: z.array(Medicine).readonly(),
      problems: z.array(z.string()).readonly(),
      /** Some of it is marked as sensitive and stands in no copy: ask the patient. */
      isPartial: z.boolean(),
    })
    .nullable(),
})
export type DowntimePatient = z.infer<typeof DowntimePatient>

const Visit = z.strictObject({
  patientId: z.string(),
  /** Minutes on the clinic's wall clock. */
  start: z.number().int(),
  minutes: z.number().int(),
  provider: z.string(),
})

const Day = z.strictObject({
  date: LocalDate,
  visits: z.array(Visit).readonly(),
  /** Visits of patients who are kept out of this copy. */
  leftOut: z.number().int(),
})

export const DowntimeList = z.strictObject({
  clinicName: z.string(),
  timeZone: z.string(),
  writtenAt: Instant,
  sight: z.enum(downtimeSights),
  days: z.array(Day).readonly(),
  patients: z.array(DowntimePatient).readonly(),
})
export type DowntimeList = z.infer<typeof DowntimeList>

/** Nobody can be asked for roles while the database is shut: who may read how much stands inside. */
export const DowntimeReader = z.strictObject({
  userId: z.string(),
  role: z.enum(roles),
  sight: z.enum(downtimeSights),
})
export type DowntimeReader = z.infer<typeof DowntimeReader>

export const DowntimePacket = DowntimeList.omit({ sight: true }).extend({
  format: z.literal(1),
  readers: z.array(DowntimeReader).readonly(),
})
export type DowntimePacket = z.infer<typeof DowntimePacket>

export const ReadDowntime = z.strictObject({ opener: RestoreOpener })
