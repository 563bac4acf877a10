// Reads of the close of day, compiled once.
import { sql } from 'kysely'
import { preparedQuery, sqlBuilder } from '#core/store/reader.ts'

/** Money by account over some days, both included. */
export const sumsByAccount = preparedQuery<{ from: string; to: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry')
    .select([
      'account',
      sql<number>`sum(debit_minor)`.as('debit'),
      sql<number>`sum(credit_minor)`.as('credit'),
    ])
    .where('business_date', '>=', p.from)
    .where('business_date', '<=', p.to)
    .groupBy('account'),
)
export const invoicedOn = preparedQuery<{ date: string }>()((db, p) =>
  db
    .selectFrom('invoice')
    .select(['kind', sql<number>`sum(total_minor)`.as('total')])
    .where('business_date', '=', p.date)
    .groupBy('kind'),
)
/** The next day with entries: one step of an index. */
export const nextDayWithMoney = preparedQuery<{ after: string; before: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry')
    .select('business_date')
    .where('business_date', '>', p.after)
    .where('business_date', '<', p.before)
    .orderBy('business_date')
    .limit(1),
)
export const closesOf = preparedQuery<{ date: string }>()((db, p) =>
  db
    .selectFrom('day_close')
    .select(['id', 'closed_at', 'closed_by_name', 'float_minor', 'explanation'])
    .where('business_date', '=', p.date)
    .orderBy('id', 'desc'),
)
export const countsOf = preparedQuery<{ date: string }>()((db, p) =>
  db
    .selectFrom('cash_count')
    .select(['day_close_id', 'kind', 'method', 'expected_minor', 'counted_minor', 'counted_by_name'])
    .where('business_date', '=', p.date)
    .orderBy('id'),
)
/** The float confirmed after the books were closed last: on the first such day, what was said last. */
export const openingAfter = preparedQuery<{ after: string; until: string }>()((db, p) =>
  db
    .selectFrom('cash_count')
    .select(['business_date', 'counted_minor', 'counted_by_name'])
    .where('business_date', '>', p.after)
    .where('business_date', '<=', p.until)
    .where('kind', '=', 'opening')
    .orderBy('business_date')
    .orderBy('id', 'desc')
    .limit(1),
)
export const locks = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('period_lock')
    .select(['kind', 'locked_until', 'day_close_id', 'reason', 'at', 'by_name'])
    .orderBy('at')
    .orderBy('id'),
)
export const reopeningsOf = preparedQuery<{ date: string }>()((db, p) =>
  db
    .selectFrom('day_close as c')
    .innerJoin('period_lock as l', 'l.day_close_id', 'c.id')
    .select(['l.at', 'l.by_name', 'l.reason'])
    .where('c.business_date', '=', p.date)
    .where('l.kind', '=', 'reopen')
    .orderBy('l.id', 'desc'),
)

type Instants = { from: string; to: string }

/** Visits that people here opened in a span of time. */
const visits = (where: ReturnType<typeof sql>) =>
  preparedQuery<Instants>()((_db, p) => ({
    compile: () =>
      sql<{ id: string; patient_id: string; name_text: string; period_start: string | null }>`
        select e.id, e.patient_id, p.name_text, e.period_start
        from encounter e join patient p on p.id = e.patient_id
        where e.period_start >= ${p.from} and e.period_start < ${p.to}
          and e.voided_at is null and e.user_id is not null and ${where}
        order by e.period_start`.compile(sqlBuilder),
  }))

/** Ended and not charged; one that is still open is a loose end of its own. */
export const unbilledVisits = visits(sql`e.status = 'finished' and not exists
  (select 1 from charge_item c where c.patient_id = e.patient_id and c.encounter_id = e.id)`)
export const openVisits = visits(sql`e.status in ('arrived', 'triaged', 'in-progress')`)

/** Drafts of this workstation: few, whoever writes. */
export const unsignedNotes = preparedQuery<{ until: string }>()((db, p) =>
  db
    .selectFrom('note_draft as d')
    .innerJoin('patient as p', 'p.id', 'd.patient_id')
    .innerJoin('user_account as u', 'u.id', 'd.author_id')
    .select(['d.id', 'd.patient_id', 'p.name_text', 'u.name'])
    .where('d.created_at', '<', p.until)
    .orderBy('d.created_at'),
)
/** Patients with charges that no invoice carries: answered from the index of open charges. */
export const openCharges = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('charge_item as c')
    .innerJoin('patient as p', 'p.id', 'c.patient_id')
    .select([
      'c.patient_id',
      'p.name_text',
      sql<number>`count(*)`.as('count'),
      sql<number>`sum(c.net_minor + c.tax_minor)`.as('total'),
    ])
    .where('c.status', '=', 'draft')
    .where('c.voided_at', 'is', null)
    .groupBy('c.patient_id'),
)
/** Everybody the desk has to do with today: open charges, invoiced or paid today. */
export const atTheDesk = preparedQuery<{ date: string }>()((_db, p) => ({
  compile: () =>
    sql<{ id: string; name_text: string; record_number: string; paid: number }>`
      with desk (patient_id) as (
        select patient_id from charge_item where status = 'draft' and voided_at is null
        union select patient_id from invoice where business_date = ${p.date}
        union select patient_id from payment where business_date = ${p.date})
      select p.id, p.name_text, p.record_number,
        coalesce((select sum(case y.kind when 'payment' then y.total_minor else -y.total_minor end)
          from payment y where y.patient_id = p.id and y.business_date = ${p.date}), 0) as paid
      from desk d join patient p on p.id = d.patient_id
      order by p.name_sort, p.id limit 500`.compile(sqlBuilder),
}))
