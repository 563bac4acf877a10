// The day's visits as cards, each with where it stands and what comes next, and the acts that begin on a card and touch
// more than the schedule. Steps that touch the schedule alone are scheduling's own (`scheduling.setFlow`).
import * as z from 'zod'
import { genders, RegisterPatient } from '#modules/patients/shared/contract.ts'
import { AppointmentId, flowStatuses, ResourceId, VisitTypeId } from '#modules/scheduling/shared/contract.ts'
import { Intake, IntakeDone, IntakeUndo } from '#modules/vitals/shared/contract.ts'
import { command, contract, query } from '#shared/contract.ts'
import { EncounterId, Id, PatientId } from '#shared/ids.ts'
import { Instant, LocalDate } from '#shared/time.ts'

const nullable = z.string().nullable()

/** A value outside of its range, as somebody walking by needs it. */
export const CardMark = z.strictObject({
  /** One of the chart's vital keys, or `other:...`. */
  sign: z.string(),
  value: z.string(),
  interpretation: z.enum(['LL', 'L', 'H', 'HH']),
})

/** Columns of the board in the order of a visit; `left` is behind them. */
export const stages = [
  'expected',
  'waiting',
  'with-nurse',
  'ready',
  'with-doctor',
  'check-out',
  'left',
] as const
export type Stage = (typeof stages)[number]

export const Card = z.strictObject({
  appointmentId: AppointmentId,
  patientId: PatientId,
  encounterId: EncounterId.nullable(),
  name: z.string(),
  recordNumber: nullable,
  birthDate: nullable,
  gender: z.enum(genders).nullable(),
  phone: nullable,
  /** The day the phone number was written down and not touched since; `null` without one, or once it was amended. */
  phoneSince: nullable,
  startAt: Instant,
  providerId: ResourceId,
  provider: z.string(),
  /** True for visits to the person who asks. */
  mine: z.boolean(),
  roomId: ResourceId.nullable(),
  room: nullable,
  visitType: nullable,
  /** Title of the note this kind of visit begins with. */
  noteTitle: nullable,
  reason: nullable,
  status: z.enum(flowStatuses),
  /** The column: status, and for a patient in a room whether the nurse is done. */
  stage: z.enum(stages),
  /** Since when the patient is in this stage; of an expected one, when the visit begins. */
  since: Instant,
  walkIn: z.boolean(),
  queueNumber: z.number().int().nullable(),
  firstVisit: z.boolean(),
  arrivedAt: nullable,
  roomedAt: nullable,
  /** What may be said at the desk: that there are allergies, none known, or nobody asked. `null`: not for this role. */
  allergyState: z.enum(['recorded', 'none-known', 'not-recorded']).nullable(),
  /** Clinicians only: to what. */
  allergies: z.array(z.string()),
  /** Clinicians only, as are the marks: whether anything was taken in this visit. */
  vitalsTaken: z.boolean().nullable(),
  marks: z.array(CardMark),
  /** Clinicians only: when the note of this visit was signed last. */
  noteSignedAt: nullable,
  /** What the patient owes, minor units of the clinic's currency; desk and billing only. */
  due: z.number().int().nullable(),
})
export type Card = z.infer<typeof Card>

/** What billing sees of a card: who, when, where it stands, what is owed. Nothing clinical. */
const billed = [
  'appointmentId',
  'patientId',
  'name',
  'recordNumber',
  'birthDate',
  'gender',
  'phone',
  'phoneSince',
  'startAt',
  'providerId',
  'provider',
  'mine',
  'visitType',
  'status',
  'stage',
  'since',
  'walkIn',
  'queueNumber',
  'firstVisit',
  'arrivedAt',
  'roomedAt',
  'due',
] as const

export const Day = z.strictObject({
  /** The clinic's calendar date. */
  date: LocalDate,
  /** Visits of the day but cancelled ones and no-shows, by time. */
  cards: z.array(Card),
  rooms: z.array(z.strictObject({ id: ResourceId, name: z.string(), taken: z.boolean() })),
})
export type Day = z.infer<typeof Day>

const ofPatient = { patient: (i: { patientId: string }) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'clinical', patients: (i: { patientId: string }) => [i.patientId] }) as const
const Which = { patientId: PatientId, appointmentId: AppointmentId } as const

export const board = contract('board', {
  today: query({
    summary: 'All visits of today with where they stand, for the board.',
    access: 'checkIn.R',
    // One entry with a count, as for a search: the board is asked again at every step of every visit.
    audit: { action: 'board.today', category: 'demographics', detail: (_i, o) => `${o.cards.length} visits` },
    reads: [
      'allergy_intolerance',
      'appointment',
      'charge_item',
      'composition',
      'ledger_entry',
      'observation',
      'patient',
      'patient_telecom',
      'schedulable',
      'visit_type',
    ],
    input: z.strictObject({}),
    output: Day,
    fields: { billing: billed },
    fieldsIn: 'cards',
  }),
  intake: command({
    summary: 'Nurse intake from a card: room, vital signs, reason and allergy check in one act.',
    access: 'vitals.C',
    ...ofPatient,
    audit: {
      ...about('board.intake'),
      detail: (i, o) => `${i.signs.length} signs, ${o.marked} outside of range`,
    },
    input: z.strictObject({
      ...Which,
      /** The status on the screen of whoever acts. */
      seen: z.enum(flowStatuses),
      roomId: ResourceId.nullable(),
      ...Intake.omit({ encounterId: true }).shape,
    }),
    output: z.strictObject({ ...IntakeDone.shape, roomed: z.boolean() }),
    errors: ['IMPOSSIBLE_VALUE', 'WRONG_PATIENT', 'WRONG_STATE'],
  }),
  undoIntake: command({
    summary: 'Take an intake back: values by correction, and the room where it was given with it.',
    access: 'vitals.U',
    ...ofPatient,
    audit: about('board.undo-intake'),
    input: z.strictObject({ ...Which, undo: IntakeUndo, roomed: z.boolean() }),
    output: z.strictObject({ withdrawn: z.number().int() }),
    errors: ['WRONG_PATIENT', 'WRONG_STATE'],
  }),
  openNote: command({
    summary: 'Take the patient in: the visit is with the doctor, and its note is begun or continued.',
    access: 'notes.C',
    ...ofPatient,
    audit: about('board.open-note'),
    input: z.strictObject({ ...Which, seen: z.enum(flowStatuses) }),
    output: z.strictObject({ draftId: Id, status: z.enum(flowStatuses) }),
    errors: ['WRONG_PATIENT', 'WRONG_STATE'],
  }),
  registerWalkIn: command({
    summary: 'Register somebody new who stands at the desk: arrived, next free provider, queue number.',
    access: 'demographics.C',
    audit: { action: 'board.register-walk-in', category: 'demographics', patients: (_i, o) => [o.patientId] },
    input: z.strictObject({
      person: RegisterPatient,
      /** `null`: whoever is free next. */
      providerId: ResourceId.nullable().default(null),
      visitTypeId: VisitTypeId.nullable().default(null),
      reason: z.string().trim().min(1).max(300).nullable().default(null),
    }),
    output: z.strictObject({
      patientId: PatientId,
      appointmentId: AppointmentId,
      name: z.string(),
      recordNumber: z.string(),
      queueNumber: z.number().int().nullable(),
      providerId: ResourceId,
    }),
    errors: ['SLOT_TAKEN', 'WRONG_STATE'],
  }),
})
