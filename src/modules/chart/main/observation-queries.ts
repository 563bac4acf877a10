// Reads of observations: vital signs by code without walking the history, results of reports, pages by category.
import { sql } from 'kysely'
import { preparedQuery, sqlBuilder } from '#core/store/reader.ts'
import type { Page } from './queries.ts'

export const pointsPerVital = 12

export interface VitalPoint {
  id: string
  code: string | null
  code_display: string
  effective_at: string | null
  value_number: number | null
  value_unit: string | null
  value_ucum: string | null
  components: string | null
}

const pointColumns = sql`
  o.id, o.code, o.code_display, o.effective_at, o.value_number, o.value_unit, o.value_ucum, o.components`

/**
 * The newest values of every vital sign the patient has. The codes are found by hopping through the index
 * observation_code, so the cost depends on how many signs there are and not on how often they were measured.
 * A row without a date has the id of the instant it came in, so the dated ones are asked for apart: any number of undated
 * ones never hides them. The newest of all comes too, for signs that were never dated.
 */
export const newestVitals = preparedQuery<{ patientId: string }>()((_db, p) => ({
  compile: () =>
    sql<VitalPoint>`
      with recursive codes (code) as (
        select min(code) from observation
          where patient_id = ${p.patientId} and category = 'vital-signs' and code > ''
        union all
        select (select min(code) from observation
          where patient_id = ${p.patientId} and category = 'vital-signs' and code > codes.code)
        from codes where codes.code is not null
        limit 100
      )
      select ${pointColumns}
      from codes cross join observation as o
      where o.patient_id = ${p.patientId} and o.id in (
        select * from (
          select id from observation
          where patient_id = ${p.patientId} and category = 'vital-signs' and code = codes.code and voided_at is null
            and status <> 'entered-in-error' and effective_at is not null
          order by id desc limit ${sql.lit(pointsPerVital)})
        union
        select * from (
          select id from observation
          where patient_id = ${p.patientId} and category = 'vital-signs' and code = codes.code and voided_at is null
            and status <> 'entered-in-error'
          order by id desc limit 1))
      union
      select * from (
        select ${pointColumns}
        from observation as o indexed by observation_code
        where patient_id = ${p.patientId} and category = 'vital-signs' and code is null and voided_at is null
          and status <> 'entered-in-error' and effective_at is not null
        order by id desc limit 24)
      union
      select * from (
        select ${pointColumns}
        from observation as o indexed by observation_code
        where patient_id = ${p.patientId} and category = 'vital-signs' and code is null and voided_at is null
          and status <> 'entered-in-error'
        order by id desc limit 24)
    `.compile(sqlBuilder),
}))

const lineColumns = [
  'id',
  'status',
  'category',
  'code_system',
  'code',
  'code_display',
  'effective_at',
  'value_kind',
  'value_number',
  'value_text',
  'value_comparator',
  'value_unit',
  'value_ucum',
  'components',
  'interpretation',
  'range_low',
  'range_high',
  'range_text',
  'report_id',
  'note',
] as const

/** `ids` is a JSON array. */
export const observationsByIds = preparedQuery<{ patientId: string; ids: string }>()((db, p) =>
  db
    .selectFrom('observation')
    .select(lineColumns)
    .where('patient_id', '=', p.patientId)
    .where('id', 'in', sql<string>`(select value from json_each(${p.ids}))`)
    .where('voided_at', 'is', null),
)

/** Results that name one of the reports themselves: one walk over the patient's range, whatever the number of reports. */
export const observationsOfReports = preparedQuery<{ patientId: string; reportIds: string }>()((db, p) =>
  db
    .selectFrom('observation')
    .select(lineColumns)
    .where('patient_id', '=', p.patientId)
    .where(sql<string>`+report_id`, 'in', sql<string>`(select value from json_each(${p.reportIds}))`)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)

export const newestObservations = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('observation')
    .select(lineColumns)
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

/** The plus keeps the walk in id order, which ends at a full page; the index would sort the whole category first. */
export const newestOfCategory = preparedQuery<Page & { category: string }>()((db, p) =>
  db
    .selectFrom('observation')
    .select(lineColumns)
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where(sql<string>`+category`, '=', p.category)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

/** Laboratory results that belong to no report: neither do they name one, nor does one list them. */
export const newestLoneResults = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('observation')
    .select(lineColumns)
    .where('patient_id', '=', p.patientId)
    .where('id', '<', p.before)
    .where(sql<string>`+category`, '=', 'laboratory')
    .where('report_id', 'is', null)
    .where('voided_at', 'is', null)
    .where(
      'id',
      'not in',
      sql<string>`(select item.value from diagnostic_report as r, json_each(r.result_ids) as item
        where r.patient_id = ${p.patientId} and r.voided_at is null and item.value is not null)`,
    )
    .orderBy('id', 'desc')
    .limit(p.limit),
)

export type ObservationRow = typeof observationsByIds extends { types?: { row: infer R } } ? R : never
