// The day in one statement: visits with who, where and when. What several rows tell (allergies, values) is asked apart.
import { sql } from 'kysely'
import { preparedQuery } from '#core/store/reader.ts'

/**
 * Visits that begin in a span of instants. `fromId` is the lowest id of that span: notes of a visit of today lie behind
 * it, earlier visits before it, so neither walks a history.
 */
export const visitsBetween = preparedQuery<{ from: string; to: string; fromId: string }>()((db, p) =>
  db
    .selectFrom('appointment as a')
    .innerJoin('patient as p', 'p.id', 'a.patient_id')
    .innerJoin('schedulable as d', 'd.id', 'a.provider_id')
    .leftJoin('schedulable as r', 'r.id', 'a.room_id')
    .leftJoin('visit_type as v', 'v.id', 'a.visit_type_id')
    .leftJoin('patient_telecom as t', (join) =>
      join.on('t.id', '=', (eb) =>
        eb
          .selectFrom('patient_telecom as f')
          .select('f.id')
          .whereRef('f.patient_id', '=', 'a.patient_id')
          .where('f.voided_at', 'is', null)
          .where('f.system', 'in', ['phone', 'sms'])
          .orderBy(sql`coalesce(f.rank, 100)`)
          .orderBy('f.id')
          .limit(1),
      ),
    )
    .select([
      'a.id',
      'a.patient_id',
      'a.encounter_id',
      'a.start_at',
      'a.provider_id',
      'a.room_id',
      'a.reason',
      'a.status',
      'a.walk_in',
      'a.queue_number',
      'a.arrived_at',
      'a.roomed_at',
      'a.with_doctor_at',
      'a.done_at',
      'a.left_at',
      'p.name_text',
      'p.record_number',
      'p.birth_date',
      'p.gender',
      'd.name as provider_name',
      'd.user_id as provider_user',
      'r.name as room_name',
      'v.name as type_name',
      'v.note_title',
      't.value as phone',
      't.id as phone_id',
      't.rev as phone_rev',
    ])
    .select((eb) => [
      eb
        .selectFrom('encounter as e')
        .select('e.id')
        .whereRef('e.patient_id', '=', 'a.patient_id')
        .where('e.id', '<', p.fromId)
        .where('e.voided_at', 'is', null)
        .where('e.status', 'in', ['arrived', 'triaged', 'in-progress', 'finished'])
        .limit(1)
        .as('earlier_visit'),
      eb
        .selectFrom('composition as c')
        .select('c.signed_at')
        .whereRef('c.patient_id', '=', 'a.patient_id')
        .whereRef('c.encounter_id', '=', 'a.encounter_id')
        .where('c.id', '>=', p.fromId)
        .where('c.voided_at', 'is', null)
        .orderBy('c.id', 'desc')
        .limit(1)
        .as('note_signed_at'),
    ])
    .where('a.start_at', '>=', p.from)
    .where('a.start_at', '<', p.to)
    .where('a.voided_at', 'is', null)
    .where('a.status', 'not in', ['cancelled', 'noshow'])
    .where('p.voided_at', 'is', null)
    .orderBy('a.start_at')
    .orderBy('a.id'),
)

export const rooms = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('schedulable')
    .select(['id', 'name'])
    .where('kind', '=', 'room')
    .where('active', '=', 1)
    .where('voided_at', 'is', null)
    .orderBy('position')
    .orderBy('name'),
)

export const visitOnCard = preparedQuery<{ patientId: string; id: string }>()((db, p) =>
  db
    .selectFrom('appointment as a')
    .leftJoin('visit_type as v', 'v.id', 'a.visit_type_id')
    .select(['a.status', 'a.encounter_id', 'a.room_id', 'v.note_title', 'v.name as type_name'])
    .where('a.patient_id', '=', p.patientId)
    .where('a.id', '=', p.id)
    .where('a.voided_at', 'is', null),
)
