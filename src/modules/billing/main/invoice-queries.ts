// Reads of invoices, compiled once.
import { type ExpressionBuilder, sql } from 'kysely'
import type { Database } from '#core/store/database.ts'
import { preparedQuery, sqlBuilder } from '#core/store/reader.ts'

type OfInvoice = { patientId: string; invoiceId: string }

export const invoiceById = preparedQuery<OfInvoice>()((db, p) =>
  db.selectFrom('invoice').selectAll().where('patient_id', '=', p.patientId).where('id', '=', p.invoiceId),
)
export const linesOf = preparedQuery<OfInvoice>()((db, p) =>
  db
    .selectFrom('invoice_line')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('invoice_id', '=', p.invoiceId)
    .orderBy('position'),
)
export const creditNoteOf = preparedQuery<{ invoiceId: string }>()((db, p) =>
  db.selectFrom('invoice').select(['id', 'number']).where('reverses_id', '=', p.invoiceId).limit(1),
)

/** What a list shows of an invoice; what is due comes from the ledger. */
const dueOf = (eb: ExpressionBuilder<{ i: Database['invoice'] }, 'i'>) =>
  (eb as unknown as ExpressionBuilder<Database & { i: Database['invoice'] }, 'i'>)
    .selectFrom('ledger_entry as e')
    .select(sql<number>`coalesce(sum(e.debit_minor - e.credit_minor), 0)`.as('due'))
    .whereRef('e.patient_id', '=', 'i.patient_id')
    .where('e.account', '=', 'receivable')
    .whereRef('e.invoice_id', '=', 'i.id')
    .as('due')

const listed = [
  'i.id',
  'i.patient_id',
  'p.name_text',
  'p.record_number',
  'i.number',
  'i.kind',
  'i.business_date',
  'i.due_on',
  'i.currency',
  'i.total_minor',
] as const

const isReversed = sql<number>`exists (select 1 from invoice r where r.reverses_id = i.id)`.as('reversed')

type Page = { before: string; limit: number }

export const newestInvoices = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('invoice as i')
    .innerJoin('patient as p', 'p.id', 'i.patient_id')
    .select(listed)
    .select((eb) => [dueOf(eb as never), isReversed])
    .where('i.id', '<', p.before)
    .orderBy('i.id', 'desc')
    .limit(p.limit),
)
export const openInvoices = preparedQuery<Page>()((db, p) =>
  db
    .selectFrom('invoice_open as o')
    .innerJoin('invoice as i', (join) =>
      join.onRef('i.patient_id', '=', 'o.patient_id').onRef('i.id', '=', 'o.invoice_id'),
    )
    .innerJoin('patient as p', 'p.id', 'i.patient_id')
    .select(listed)
    .select((eb) => [dueOf(eb as never), isReversed])
    .where('o.invoice_id', '<', p.before)
    .orderBy('o.invoice_id', 'desc')
    .limit(p.limit),
)
/** By the whole number, or by its last digits as people say it: 17 finds 26-A-00017. */
export const invoicesByNumber = preparedQuery<Page & { number: string; serial: number }>()((db, p) =>
  db
    .selectFrom('invoice as i')
    .innerJoin('patient as p', 'p.id', 'i.patient_id')
    .select(listed)
    .select((eb) => [dueOf(eb as never), isReversed])
    .where((eb) => eb.or([eb('i.number', '=', p.number), eb('i.serial', '=', p.serial)]))
    .where('i.id', '<', p.before)
    .orderBy('i.id', 'desc')
    .limit(p.limit),
)
/** Of some patients, found by name before. */
export const invoicesOfPatients = preparedQuery<Page & { ids: string }>()((db, p) =>
  db
    .selectFrom(sql<{ value: string }>`json_each(${p.ids})`.as('w'))
    .innerJoin('invoice as i', (join) => join.onRef('i.patient_id', '=', sql.ref('w.value')))
    .innerJoin('patient as p', 'p.id', 'i.patient_id')
    .select(listed)
    .select((eb) => [dueOf(eb as never), isReversed])
    .where('i.id', '<', p.before)
    .orderBy('i.id', 'desc')
    .limit(p.limit),
)
export const openOfPatients = preparedQuery<Page & { ids: string }>()((db, p) =>
  db
    .selectFrom(sql<{ value: string }>`json_each(${p.ids})`.as('w'))
    .innerJoin('invoice_open as o', (join) => join.onRef('o.patient_id', '=', sql.ref('w.value')))
    .innerJoin('invoice as i', (join) =>
      join.onRef('i.patient_id', '=', 'o.patient_id').onRef('i.id', '=', 'o.invoice_id'),
    )
    .innerJoin('patient as p', 'p.id', 'i.patient_id')
    .select(listed)
    .select((eb) => [dueOf(eb as never), isReversed])
    .where('i.id', '<', p.before)
    .orderBy('i.id', 'desc')
    .limit(p.limit),
)
export const owedInvoices = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('invoice_open as o')
    .innerJoin('invoice as i', (join) =>
      join.onRef('i.patient_id', '=', 'o.patient_id').onRef('i.id', '=', 'o.invoice_id'),
    )
    .innerJoin('patient as p', 'p.id', 'i.patient_id')
    .select(listed)
    .select((eb) => [dueOf(eb as never), isReversed])
    .where('o.patient_id', '=', p.patientId)
    .orderBy('o.invoice_id'),
)
export const openTotals = preparedQuery<Record<never, never>>()(() => ({
  compile: () =>
    sql<{ count: number; due: number }>`select count(*) as count, coalesce(sum(
      (select sum(e.debit_minor - e.credit_minor) from ledger_entry e
        where e.patient_id = o.patient_id and e.account = 'receivable' and e.invoice_id = o.invoice_id)), 0) as due
      from invoice_open o`.compile(sqlBuilder),
}))
const seriesOf = (table: 'invoice' | 'payment') =>
  preparedQuery<Record<never, never>>()((db) =>
    db
      .selectFrom(table)
      .select([
        'series',
        sql<number>`min(serial)`.as('first'),
        sql<number>`max(serial)`.as('last'),
        sql<number>`count(distinct serial)`.as('count'),
      ])
      .groupBy('series')
      .orderBy('series'),
  )
export const invoiceSeries = seriesOf('invoice')
export const paymentSeries = seriesOf('payment')
