// Who was touched by which acts, from the audit trail: by time first, over an index, so that a million entries are no matter.
import { sql } from 'kysely'
import { type PreparedQuery, preparedQuery } from '#core/store/reader.ts'

export interface Asked extends Record<string, string | number | null> {
  from: string
  until: string
  user: string | null
  door: string | null
  /** 1: only acts by which something left the house. */
  handedOut: number
  limit: number
}

export interface AffectedRow {
  alias: string
  first: string
  last: string
  times: number
  categories: string
  people: number
  patient_id: string | null
  name_text: string | null
  record_number: string | null
  birth_date: string | null
}

/** Printing, exporting, letters, messages: how something comes into wrong hands. */
const leaves = sql<boolean>`(action like 'record.%' or action like '%.print%' or action like '%.export%' or action like 'reminder.%' or action like 'disclosure.%')`

const touched = (p: Asked) => sql<AffectedRow>`
  select patient_alias as alias, at, category, user_id from audit_log
  where patient_alias is not null and at >= ${p.from} and at < ${p.until} and outcome = 'ok'
    and (${p.user} is null or user_id = ${p.user}) and (${p.door} is null or door = ${p.door})
    and (${p.handedOut} = 0 or ${leaves})
  union all
  select more.patient_alias, a.at, a.category, a.user_id from audit_log as a
  cross join audit_patient as more on more.seq = a.seq
  where a.patient_alias is not null and a.at >= ${p.from} and a.at < ${p.until} and a.outcome = 'ok'
    and (${p.user} is null or a.user_id = ${p.user}) and (${p.door} is null or a.door = ${p.door})
    and (${p.handedOut} = 0 or ${leaves})`

export const affected: PreparedQuery<Asked, AffectedRow> = preparedQuery<Asked>()((db, p) =>
  db
    .selectFrom(
      sql<Omit<AffectedRow, 'patient_id' | 'name_text' | 'record_number' | 'birth_date'>>`(
        select alias, min(at) as first, max(at) as last, count(*) as times,
          group_concat(distinct category) as categories, count(distinct user_id) as people
        from (${touched(p)}) group by alias)`.as('t'),
    )
    .leftJoin('patient as p', 'p.audit_alias', 't.alias')
    .select([
      't.alias',
      't.first',
      't.last',
      't.times',
      't.categories',
      't.people',
      'p.id as patient_id',
      'p.name_text',
      'p.record_number',
      'p.birth_date',
    ])
    .orderBy('t.last', 'desc')
    .orderBy('t.alias')
    .limit(p.limit),
)

export const affectedTotal = preparedQuery<Asked>()((db, p) =>
  db.selectFrom(sql<{ alias: string }>`(${touched(p)})`.as('t')).select([
    sql<number>`count(distinct t.alias)`.as('total'),
    sql<number>`count(*)`.as('entries'),
    // Bound and always true: both questions take the same parameters.
    sql<number>`${p.limit}`.as('most'),
  ]),
)
