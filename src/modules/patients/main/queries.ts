// Reads of the patients module, compiled once. Finding by words is in search-queries.ts.
import { type ExpressionBuilder, type ReferenceExpression, sql } from 'kysely'
import type { Database } from '#core/store/database.ts'
import { preparedQuery } from '#core/store/reader.ts'

type Id = { id: string }

export const patientById = preparedQuery<Id>()((db, p) =>
  db.selectFrom('patient').selectAll().where('id', '=', p.id).where('voided_at', 'is', null),
)
/** Also voided ones: for history and for bringing back. */
export const patientRowById = preparedQuery<Id>()((db, p) =>
  db.selectFrom('patient').selectAll().where('id', '=', p.id),
)

/** Rowids are given without gaps and rows are never deleted, so this counts the clinic in two steps of an index. */
export const patientCounts = preparedQuery<Record<never, never>>()((db) =>
  db.selectNoFrom((eb) => [
    eb
      .selectFrom('patient')
      .select((e) => sql<number | null>`${e.fn.max('n')}`.as('n'))
      .as('last'),
    eb
      .selectFrom('patient')
      .select((e) => e.fn.countAll<number>().as('c'))
      .where('voided_at', 'is not', null)
      .as('voided'),
  ]),
)
export const lastNumber = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('patient').select(sql<number | null>`max(n)`.as('n')),
)

export const namesOf = preparedQuery<Id>()((db, p) =>
  db
    .selectFrom('patient_name')
    .select(['id', 'use', 'name_text', 'family', 'given'])
    .where('patient_id', '=', p.id)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)
export const identifiersOf = preparedQuery<Id>()((db, p) =>
  db
    .selectFrom('patient_identifier')
    .select(['id', 'system', 'type_code', 'type_display', 'value', 'assigner'])
    .where('patient_id', '=', p.id)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)
export const telecomsOf = preparedQuery<Id>()((db, p) =>
  db
    .selectFrom('patient_telecom')
    .select(['id', 'system', 'use', 'value', 'rank'])
    .where('patient_id', '=', p.id)
    .where('voided_at', 'is', null)
    .orderBy(sql`coalesce(rank, 100)`)
    .orderBy('id'),
)
export const addressesOf = preparedQuery<Id>()((db, p) =>
  db
    .selectFrom('patient_address')
    .select(['id', 'use', 'lines', 'city', 'district', 'state', 'postal_code', 'country'])
    .where('patient_id', '=', p.id)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)
export const contactsOf = preparedQuery<Id>()((db, p) =>
  db
    .selectFrom('patient_contact')
    .select(['id', 'relationship', 'name_text', 'phone', 'email', 'related_patient_id'])
    .where('patient_id', '=', p.id)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)
export const flagsOf = preparedQuery<Id>()((db, p) =>
  db
    .selectFrom('patient_flag as f')
    .leftJoin('user_account as u', 'u.id', 'f.created_by')
    .select(['f.id', 'f.rev', 'f.kind', 'f.text', 'f.created_at', 'u.name as created_by_name'])
    .where('f.patient_id', '=', p.id)
    .where('f.voided_at', 'is', null)
    .orderBy('f.id'),
)
export const flagById = preparedQuery<Id>()((db, p) =>
  db
    .selectFrom('patient_flag as f')
    .leftJoin('user_account as u', 'u.id', 'f.created_by')
    .select([
      'f.id',
      'f.rev',
      'f.patient_id',
      'f.kind',
      'f.text',
      'f.created_at',
      'f.voided_at',
      'u.name as created_by_name',
    ])
    .where('f.id', '=', p.id),
)

/** The number to call: by rank, then the one written down first. */
export function firstPhone(
  eb: ExpressionBuilder<Database, 'patient'>,
  id: ReferenceExpression<Database, 'patient'>,
) {
  return eb
    .selectFrom('patient_telecom as t')
    .select('t.value')
    .whereRef('t.patient_id', '=', id as never)
    .where('t.voided_at', 'is', null)
    .where('t.system', 'in', ['phone', 'sms'])
    .orderBy(sql`coalesce(t.rank, 100)`)
    .orderBy('t.id')
    .limit(1)
}

export const nameRow = preparedQuery<Id>()((db, p) =>
  db.selectFrom('patient').select('name_text').where('id', '=', p.id).where('voided_at', 'is', null),
)
export const bannerRow = preparedQuery<Id>()((db, p) =>
  db
    .selectFrom('patient')
    .select([
      'id',
      'rev',
      'name_text',
      'birth_date',
      'birth_date_estimated',
      'gender',
      'record_number',
      'language',
      'deceased',
      'deceased_at',
      'active',
    ])
    .select((eb) => firstPhone(eb, 'patient.id').as('phone'))
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)

export const childTables = [
  'patient_name',
  'patient_identifier',
  'patient_telecom',
  'patient_address',
  'patient_contact',
  'patient_flag',
] as const

/** Also voided rows: a history tells of them too. */
export const childIds = preparedQuery<Id>()((db, p) => {
  const from = (table: (typeof childTables)[number]) =>
    db
      .selectFrom(table)
      .select(['id', sql<(typeof childTables)[number]>`${sql.lit(table)}`.as('table')])
      .where('patient_id', '=', p.id)
  return childTables.slice(1).reduce((all, table) => all.unionAll(from(table)), from(childTables[0]))
})

export const careTeamOf = preparedQuery<Id>()((db, p) =>
  db
    .selectFrom('care_team_member')
    .select(['id', 'user_id', 'role', 'until'])
    .where('patient_id', '=', p.id)
    .where('voided_at', 'is', null),
)
export const isInCareTeam = preparedQuery<{ user: string; patient: string; now: string }>()((db, p) =>
  db
    .selectFrom('care_team_member')
    .select('id')
    .where('user_id', '=', p.user)
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', p.now)]))
    .limit(1),
)
export const oneCareTeam = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('clinic').select('id').where('one_care_team', '=', 1).where('voided_at', 'is', null).limit(1),
)
