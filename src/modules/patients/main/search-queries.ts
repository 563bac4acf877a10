// Finding patients: full-text rows joined to patients by their number, never a scan, never ordered by rank
// (ranking reads every hit: 11 ms at 200,000 patients against 0.6 for the first twenty).
import { type ExpressionBuilder, sql } from 'kysely'
import type { Database } from '#core/store/database.ts'
import { preparedQuery } from '#core/store/reader.ts'
import { firstPhone } from './queries.ts'

const lineColumns = [
  'patient.id',
  'patient.n',
  'patient.name_text',
  'patient.name_sort',
  'patient.birth_date',
  'patient.birth_date_estimated',
  'patient.gender',
  'patient.record_number',
  'patient.deceased',
  'patient.active',
] as const

const phone = (eb: ExpressionBuilder<Database, 'patient'>) => firstPhone(eb, 'patient.id').as('phone')

/** The cross join keeps the full-text index as the outer loop. */
export const patientsByWords = preparedQuery<{ match: string; limit: number }>()((db, p) =>
  db
    .selectFrom('patient_search')
    .crossJoin('patient')
    .select(lineColumns)
    .select((eb) => phone(eb as never))
    .where(sql<boolean>`patient_search match ${p.match}`)
    .whereRef('patient.n', '=', 'patient_search.rowid')
    .where('patient.voided_at', 'is', null)
    .limit(p.limit),
)

/** For roles that see related patients only: the care team decides, hit by hit. Right where somebody is related to many. */
export const relatedPatientsByWords = preparedQuery<RelatedParams>()((db, p) =>
  db
    .selectFrom('patient_search')
    .crossJoin('patient')
    .select(lineColumns)
    .select((eb) => phone(eb as never))
    .where(sql<boolean>`patient_search match ${p.match}`)
    .whereRef('patient.n', '=', 'patient_search.rowid')
    .where('patient.voided_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('care_team_member as c')
          .select('c.id')
          .where('c.user_id', '=', p.user)
          .whereRef('c.patient_id', '=', 'patient.id')
          .where('c.voided_at', 'is', null)
          .where((e) => e.or([e('c.until', 'is', null), e('c.until', '>', p.now)])),
      ),
    )
    .limit(p.limit),
)

/** The other way round, for somebody related to few: else one letter would walk through every hit of the clinic. */
export const fewRelatedPatientsByWords = preparedQuery<RelatedParams>()((db, p) =>
  db
    .selectFrom('care_team_member')
    .crossJoin('patient')
    .crossJoin('patient_search')
    .distinct()
    .select(lineColumns)
    .select((eb) => phone(eb as never))
    .where('care_team_member.user_id', '=', p.user)
    .where('care_team_member.voided_at', 'is', null)
    .where((e) => e.or([e('care_team_member.until', 'is', null), e('care_team_member.until', '>', p.now)]))
    .whereRef('patient.id', '=', 'care_team_member.patient_id')
    .where('patient.voided_at', 'is', null)
    .whereRef('patient_search.rowid', '=', 'patient.n')
    .where(sql<boolean>`patient_search match ${p.match}`)
    .limit(p.limit),
)
type RelatedParams = { match: string; limit: number; user: string; now: string }

/** How many hits there are, counted no further than `most`: what asking hit by hit would cost. */
export const hitsUpTo = preparedQuery<{ match: string; most: number }>()((db, p) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('patient_search')
        .select('rowid')
        .where(sql<boolean>`patient_search match ${p.match}`)
        .limit(p.most)
        .as('hit'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count')),
)
export const relatedUpTo = preparedQuery<{ user: string; most: number }>()((db, p) =>
  db.selectFrom('care_team_member').select('patient_id').where('user_id', '=', p.user).limit(p.most),
)

export const patientsByBirthDate = preparedQuery<{ date: string; limit: number }>()((db, p) =>
  db
    .selectFrom('patient')
    .select(lineColumns)
    .select((eb) => phone(eb))
    .where('birth_date', '=', p.date)
    .where('voided_at', 'is', null)
    .limit(p.limit),
)

export const patientLineByAlias = preparedQuery<{ alias: string }>()((db, p) =>
  db
    .selectFrom('patient')
    .select(lineColumns)
    .select((eb) => phone(eb))
    .where('audit_alias', '=', p.alias)
    .where('voided_at', 'is', null),
)

/** Written as in the partial index audit_log_opened (migration 0001): otherwise SQLite would not use it. */
const opened = sql<boolean>`action in ('chart.open', 'patient.register', 'patient.view')`

/** The audit log knows what somebody opened, so opening a chart needs no second write. */
export const lastOpened = preparedQuery<{ user: string; limit: number }>()((db, p) =>
  db
    .selectFrom('audit_log')
    .select(['patient_alias', 'at'])
    .where('user_id', '=', p.user)
    .where(opened)
    .where('outcome', '=', 'ok')
    .where('patient_alias', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(p.limit),
)
