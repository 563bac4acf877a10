// Reads of sensitive marks.
import { sql } from 'kysely'
import { preparedQuery, sqlBuilder } from '#core/store/reader.ts'

type OfPatient = { patient: string }

export const labelsOf = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('sensitivity_label')
    .select(['id', 'rev', 'target_table', 'target_id', 'flag', 'set_by', 'set_at'])
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null)
    .orderBy('id'),
)

export const readersOf = preparedQuery<{ patient: string; user: string }>()((db, p) =>
  db
    .selectFrom('sensitivity_reader')
    .select('label_id')
    .where('patient_id', '=', p.patient)
    .where('user_id', '=', p.user)
    .where('voided_at', 'is', null),
)

export const allReadersOf = preparedQuery<OfPatient>()((db, p) =>
  db
    .selectFrom('sensitivity_reader')
    .select(['id', 'label_id', 'user_id'])
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null),
)

export const noteAuthor = preparedQuery<{ patient: string; id: string }>()((db, p) =>
  db.selectFrom('composition').select('author_id').where('patient_id', '=', p.patient).where('id', '=', p.id),
)

/** Most clinics have no marks, and most calls meet none: this is all they pay. */
export const anyLabel = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('sensitivity_label').select('id').where('voided_at', 'is', null).limit(1),
)

/** Patients with a mark among many ids, whatever the ids stand for. */
export const labelledAmong = preparedQuery<{ ids: string }>()((_db, p) => ({
  compile: () =>
    sql<{ patient_id: string }>`
      select distinct l.patient_id from json_each(${p.ids}) as j
        join sensitivity_label as l on l.patient_id = j.value where l.voided_at is null
      union
      select l.patient_id from json_each(${p.ids}) as j
        join sensitivity_label as l on l.target_id = j.value where l.voided_at is null`.compile(sqlBuilder),
}))

const links: readonly (readonly [table: string, column: string, author?: string])[] = [
  ['composition', 'encounter_id', 'author_id'],
  ['composition', 'relates_to', 'author_id'],
  ['observation', 'encounter_id'],
  ['observation', 'report_id'],
  ['condition', 'encounter_id'],
  ['medication_request', 'encounter_id'],
  ['medication_request', 'prescription_id'],
  ['medication_refill', 'medication_request_id'],
  ['alert_override', 'medication_request_id'],
  ['prescription', 'encounter_id'],
  ['diagnostic_report', 'encounter_id'],
  ['immunization', 'encounter_id'],
  ['procedure', 'encounter_id'],
  ['document_reference', 'encounter_id'],
  ['care_plan', 'encounter_id'],
  ['charge_item', 'encounter_id'],
  ['invoice_line', 'charge_item_id'],
  ['note_draft', 'encounter_id', 'author_id'],
  ['note_draft', 'relates_to', 'author_id'],
  ['source_resource', 'mapped_id'],
]

/** Rows that belong to a marked item, by the column that says so. Asked only where something is closed to the viewer. */
export const linkedRows = preparedQuery<{ patient: string; ids: string }>()((_db, p) => ({
  compile: () =>
    sql<{ id: string; author: string | null }>`${sql.join(
      links.map(
        ([table, column, author]) => sql`
        select id, ${author ? sql.ref(author) : sql`null`} as author from ${sql.table(table)}
          where patient_id = ${p.patient}
            and ${sql.ref(column)} in (select value from json_each(${p.ids}))`,
      ),
      sql` union all `,
    )}`.compile(sqlBuilder),
}))

/** The other way round: what a marked row is a part of and cannot be shown without it. Times of a visit stay taken. */
export const wholesOf = preparedQuery<{ patient: string; ids: string }>()((_db, p) => ({
  compile: () =>
    sql<{ id: string }>`
      select m.id from reminder_send as m, appointment as a
        where m.patient_id = ${p.patient} and a.id = m.appointment_id
          and a.encounter_id in (select value from json_each(${p.ids}))
      union all
      select prescription_id as id from medication_request
        where patient_id = ${p.patient} and prescription_id is not null
          and id in (select value from json_each(${p.ids}))
      union all
      select invoice_id as id from invoice_line
        where patient_id = ${p.patient} and charge_item_id in (select value from json_each(${p.ids}))
      union all
      select relates_to as id from composition
        where patient_id = ${p.patient} and relates_to is not null
          and id in (select value from json_each(${p.ids}))
      union all
      select j.value as id from diagnostic_report as r, json_each(r.result_ids) as j
        where r.patient_id = ${p.patient} and r.result_ids is not null
          and r.id in (select value from json_each(${p.ids}))`.compile(sqlBuilder),
}))
