// Reads of appointments, series and the waitlist, compiled once.
import { sql } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from '#core/store/database.ts'
import { preparedQuery } from '#core/store/reader.ts'

type OfPatient = { patientId: string; id: string }
/** `reach` lies as long before `from` as a visit can last, so that an index finds those that began earlier. */
type Range = { reach: string; from: string; to: string }

const lines = (db: ReadonlyKysely<Database>) =>
  db
    .selectFrom('appointment as a')
    .leftJoin('patient as p', 'p.id', 'a.patient_id')
    .select([
      'a.id',
      'a.rev',
      'a.patient_id',
      'a.start_at',
      'a.end_at',
      'a.provider_id',
      'a.room_id',
      'a.visit_type_id',
      'a.reason',
      'a.status',
      'a.arrived_at',
      'a.roomed_at',
      'a.with_doctor_at',
      'a.done_at',
      'a.left_at',
      'a.closed_at',
      'a.close_code',
      'a.close_text',
      'a.closed_late',
      'a.override_reason',
      'a.series_id',
      'a.occurrence_date',
      'a.detached',
      'a.encounter_id',
      'a.walk_in',
      'a.queue_number',
      'a.booked_by',
      'a.booked_at',
      'p.name_text',
      'p.record_number',
      'p.birth_date',
      'p.birth_date_estimated',
      'p.gender',
    ])
    .where('a.voided_at', 'is', null)

export const linesBetween = preparedQuery<Range>()((db, p) =>
  lines(db)
    .where('a.start_at', '>=', p.reach)
    .where('a.start_at', '<', p.to)
    .where('a.end_at', '>', p.from)
    .orderBy('a.start_at')
    .orderBy('a.id'),
)
export const linesOfProvider = preparedQuery<Range & { resourceId: string }>()((db, p) =>
  lines(db)
    .where('a.provider_id', '=', p.resourceId)
    .where('a.start_at', '>=', p.reach)
    .where('a.start_at', '<', p.to)
    .where('a.end_at', '>', p.from)
    .orderBy('a.start_at')
    .orderBy('a.id'),
)
export const linesOfRoom = preparedQuery<Range & { resourceId: string }>()((db, p) =>
  lines(db)
    .where('a.room_id', '=', p.resourceId)
    .where('a.start_at', '>=', p.reach)
    .where('a.start_at', '<', p.to)
    .where('a.end_at', '>', p.from)
    .orderBy('a.start_at')
    .orderBy('a.id'),
)
export const lineById = preparedQuery<OfPatient>()((db, p) =>
  lines(db).where('a.patient_id', '=', p.patientId).where('a.id', '=', p.id),
)
/** Seeks from the left end of the index: who asks first knows only the id. */
export const patientOfAppointment = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('appointment').select('patient_id').where('id', '=', p.id),
)
export const linesOfSeries = preparedQuery<{ patientId: string; seriesId: string }>()((db, p) =>
  lines(db)
    .where('a.series_id', '=', p.seriesId)
    .where('a.patient_id', '=', p.patientId)
    .orderBy('a.start_at')
    .orderBy('a.id'),
)
export const lineOfEncounter = preparedQuery<{ encounterId: string }>()((db, p) =>
  lines(db).where('a.encounter_id', '=', p.encounterId).orderBy('a.start_at', 'desc').limit(1),
)

/** One patient's rows lie together: their few appointments are read as one range and put in order. */
export const comingLines = preparedQuery<{
  patientId: string
  since: string
  start: string
  after: string
  limit: number
}>()((db, p) =>
  lines(db)
    .where('a.patient_id', '=', p.patientId)
    .where('a.end_at', '>', p.since)
    .where('a.status', 'in', ['booked', 'arrived', 'roomed', 'with-doctor'])
    .where((eb) =>
      eb.or([
        eb('a.start_at', '>', p.start),
        eb.and([eb('a.start_at', '=', p.start), eb('a.id', '>', p.after)]),
      ]),
    )
    .orderBy('a.start_at')
    .orderBy('a.id')
    .limit(p.limit),
)
export const pastLines = preparedQuery<{
  patientId: string
  since: string
  start: string
  after: string
  limit: number
}>()((db, p) =>
  lines(db)
    .where('a.patient_id', '=', p.patientId)
    .where((eb) =>
      eb.or([eb('a.end_at', '<=', p.since), eb('a.status', 'in', ['done', 'left', 'cancelled', 'noshow'])]),
    )
    .where((eb) =>
      eb.or([eb('a.close_code', 'is', null), eb('a.close_code', 'not in', ['skipped', 'series', 'error'])]),
    )
    .where((eb) =>
      eb.or([
        eb('a.start_at', '<', p.start),
        eb.and([eb('a.start_at', '=', p.start), eb('a.id', '<', p.after)]),
      ]),
    )
    .orderBy('a.start_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(p.limit),
)
export const missedBy = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('appointment')
    .select([
      sql<number>`count(case when status = 'noshow' then 1 end)`.as('no_shows'),
      sql<number>`count(case when status = 'cancelled' and closed_late = 1 and close_code <> 'error' then 1 end)`.as(
        'late_cancels',
      ),
    ])
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null),
)

const taken = ['id', 'patient_id', 'start_at', 'end_at', 'provider_id', 'room_id'] as const
export const takenByProvider = preparedQuery<Range & { resourceId: string }>()((db, p) =>
  db
    .selectFrom('appointment')
    .select(taken)
    .where('provider_id', '=', p.resourceId)
    .where('start_at', '>=', p.reach)
    .where('start_at', '<', p.to)
    .where('end_at', '>', p.from)
    .where('status', 'not in', ['cancelled', 'noshow'])
    .where('voided_at', 'is', null)
    .orderBy('start_at'),
)
export const takenByRoom = preparedQuery<Range & { resourceId: string }>()((db, p) =>
  db
    .selectFrom('appointment')
    .select(taken)
    .where('room_id', '=', p.resourceId)
    .where('start_at', '>=', p.reach)
    .where('start_at', '<', p.to)
    .where('end_at', '>', p.from)
    .where('status', 'not in', ['cancelled', 'noshow'])
    .where('voided_at', 'is', null)
    .orderBy('start_at'),
)
export const takenByPatient = preparedQuery<{ patientId: string; from: string; to: string }>()((db, p) =>
  db
    .selectFrom('appointment')
    .select([...taken, 'status'])
    .where('patient_id', '=', p.patientId)
    .where('start_at', '<', p.to)
    .where('end_at', '>', p.from)
    .where('status', 'not in', ['cancelled', 'noshow'])
    .where('voided_at', 'is', null)
    .orderBy('start_at'),
)
export const lastQueueNumber = preparedQuery<{ from: string; to: string }>()((db, p) =>
  db
    .selectFrom('appointment')
    .select((eb) => eb.fn.max('queue_number').as('n'))
    .where('start_at', '>=', p.from)
    .where('start_at', '<', p.to),
)

/** A visit within some days of now with a provider who is this person. */
export const visitWith = preparedQuery<{ patientId: string; userId: string; from: string; to: string }>()(
  (db, p) =>
    db
      .selectFrom('appointment as a')
      .innerJoin('schedulable as s', 's.id', 'a.provider_id')
      .select('a.id')
      .where('a.patient_id', '=', p.patientId)
      .where('a.start_at', '>=', p.from)
      .where('a.start_at', '<', p.to)
      .where('a.status', '<>', 'cancelled')
      .where('a.voided_at', 'is', null)
      .where('s.user_id', '=', p.userId)
      .limit(1),
)

export const seriesById = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('appointment_series')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)

const waiting = (db: ReadonlyKysely<Database>) =>
  db
    .selectFrom('waitlist_entry as w')
    .innerJoin('patient as p', 'p.id', 'w.patient_id')
    .select([
      'w.id',
      'w.rev',
      'w.patient_id',
      'w.visit_type_id',
      'w.minutes',
      'w.provider_id',
      'w.urgency',
      'w.earliest',
      'w.latest',
      'w.weekdays',
      'w.from_minutes',
      'w.until_minutes',
      'w.note',
      'w.state',
      'w.added_at',
      'w.added_by',
      'w.appointment_id',
      'p.name_text',
      'p.record_number',
      'p.birth_date',
    ])
    .where('w.voided_at', 'is', null)

/** In hundreds at most: ranked outside. */
export const allWaiting = preparedQuery<Record<never, never>>()((db) =>
  waiting(db)
    .where('w.state', '=', 'waiting')
    .where('p.voided_at', 'is', null)
    .orderBy('w.added_at')
    .limit(2000),
)
export const waitingOf = preparedQuery<{ patientId: string }>()((db, p) =>
  waiting(db).where('w.patient_id', '=', p.patientId).where('w.state', '=', 'waiting'),
)
export const waitlistById = preparedQuery<OfPatient>()((db, p) =>
  waiting(db).where('w.patient_id', '=', p.patientId).where('w.id', '=', p.id),
)
/** The number to call. */
export const phoneOf = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('patient_telecom')
    .select('value')
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null)
    .where('system', 'in', ['phone', 'sms'])
    .orderBy(sql`coalesce(rank, 100)`)
    .orderBy('id')
    .limit(1),
)
