// Reads of the ledger, compiled once. Every amount that is shown as a balance is one of these sums.
import { sql } from 'kysely'
import { preparedQuery, sqlBuilder } from '#core/store/reader.ts'

const net = sql<number>`coalesce(sum(debit_minor - credit_minor), 0)`

/** What one invoice still has due. */
export const dueOfInvoice = preparedQuery<{ patientId: string; invoiceId: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry')
    .select(net.as('due'))
    .where('patient_id', '=', p.patientId)
    .where('account', '=', 'receivable')
    .where('invoice_id', '=', p.invoiceId),
)
/** Invoices of a patient with something due, oldest first. */
export const owedBy = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry')
    .select(['invoice_id', net.as('due')])
    .where('patient_id', '=', p.patientId)
    .where('account', '=', 'receivable')
    .groupBy('invoice_id')
    .having(net, '<>', 0)
    .orderBy('invoice_id'),
)
/** Payments of a patient with money that no invoice uses, oldest first. */
export const unusedMoney = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry')
    .select(['payment_id', sql<number>`sum(credit_minor - debit_minor)`.as('unused')])
    .where('patient_id', '=', p.patientId)
    .where('account', '=', 'deposits')
    .groupBy('payment_id')
    .having(net, '<>', 0)
    .orderBy('payment_id'),
)
/** Where the money of one payment lies: on invoices, and unused. */
export const usesOfPayment = preparedQuery<{ patientId: string; paymentId: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry as e')
    .leftJoin('invoice as i', (join) =>
      join.onRef('i.patient_id', '=', 'e.patient_id').onRef('i.id', '=', 'e.invoice_id'),
    )
    .select([
      'e.account',
      'e.invoice_id',
      'i.number',
      sql<number>`sum(e.credit_minor - e.debit_minor)`.as('amount'),
      sql<string | null>`max(case when e.credit_minor > 0 then e.id end)`.as('newest'),
    ])
    .where('e.patient_id', '=', p.patientId)
    .where('e.payment_id', '=', p.paymentId)
    .where('e.account', 'in', ['receivable', 'deposits'])
    .groupBy(['e.account', 'e.invoice_id'])
    .having(sql`sum(e.credit_minor - e.debit_minor)`, '<>', 0)
    .orderBy('newest', 'desc'),
)
/** What a payment paid for in the act it came in by. */
export const appliedAtOnce = preparedQuery<{ patientId: string; paymentId: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry as e')
    .innerJoin('ledger_journal as j', (join) =>
      join.onRef('j.patient_id', '=', 'e.patient_id').onRef('j.id', '=', 'e.journal_id'),
    )
    .innerJoin('invoice as i', (join) =>
      join.onRef('i.patient_id', '=', 'e.patient_id').onRef('i.id', '=', 'e.invoice_id'),
    )
    .select(['i.number', 'e.credit_minor as amount'])
    .where('e.patient_id', '=', p.patientId)
    .where('e.payment_id', '=', p.paymentId)
    .where('e.account', '=', 'receivable')
    .where('j.kind', '=', 'payment')
    .orderBy('i.id'),
)
/** What settled an invoice: by payment (null: not by money), and what was written off. */
export const settledOnInvoice = preparedQuery<{ patientId: string; invoiceId: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry')
    .select(['account', 'payment_id', sql<number>`sum(credit_minor - debit_minor)`.as('amount')])
    .where('patient_id', '=', p.patientId)
    .where('invoice_id', '=', p.invoiceId)
    .where('account', 'in', ['receivable', 'write-off'])
    .groupBy(['account', 'payment_id'])
    .orderBy('payment_id'),
)

export const journalById = preparedQuery<{ patientId: string; id: string }>()((db, p) =>
  db.selectFrom('ledger_journal').selectAll().where('patient_id', '=', p.patientId).where('id', '=', p.id),
)
/** Acts on one invoice, oldest first, with what each changed in what is due. */
export const journalsOfInvoice = preparedQuery<{ patientId: string; invoiceId: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry as e')
    .innerJoin('ledger_journal as j', (join) =>
      join.onRef('j.patient_id', '=', 'e.patient_id').onRef('j.id', '=', 'e.journal_id'),
    )
    .leftJoin('payment as p', (join) =>
      join.onRef('p.patient_id', '=', 'j.patient_id').onRef('p.id', '=', 'j.payment_id'),
    )
    .select([
      'j.id',
      'j.kind',
      'j.posted_at',
      'j.business_date',
      'j.payment_id',
      'p.number as payment_number',
      'j.reverses_id',
      'j.reason',
      'j.posted_by_name',
      sql<number>`sum(case when e.account = 'receivable' then e.debit_minor - e.credit_minor else 0 end)`.as(
        'amount',
      ),
    ])
    .where('e.patient_id', '=', p.patientId)
    .where('e.invoice_id', '=', p.invoiceId)
    .groupBy('j.id')
    .orderBy('j.id'),
)

/** What each act changed in what a patient owes, newest first, up to a position. */
export const statementBefore = preparedQuery<{ patientId: string; before: string; limit: number }>()(
  (db, p) =>
    db
      .selectFrom('ledger_journal as j')
      .leftJoin('invoice as i', (join) =>
        join.onRef('i.patient_id', '=', 'j.patient_id').onRef('i.id', '=', 'j.invoice_id'),
      )
      .leftJoin('payment as p', (join) =>
        join.onRef('p.patient_id', '=', 'j.patient_id').onRef('p.id', '=', 'j.payment_id'),
      )
      .select([
        'j.id',
        'j.kind',
        'j.posted_at',
        'j.business_date',
        'j.invoice_id',
        'i.number as invoice_number',
        'j.payment_id',
        'p.number as payment_number',
        'j.reason',
        'j.posted_by_name',
      ])
      .select((eb) =>
        eb
          .selectFrom('ledger_entry as e')
          .select(sql<number>`coalesce(sum(e.debit_minor - e.credit_minor), 0)`.as('amount'))
          .whereRef('e.patient_id', '=', 'j.patient_id')
          .whereRef('e.journal_id', '=', 'j.id')
          .where('e.account', 'in', ['receivable', 'deposits'])
          .as('amount'),
      )
      .where('j.patient_id', '=', p.patientId)
      .where('j.id', '<', p.before)
      .orderBy('j.id', 'desc')
      .limit(p.limit),
)
/** What a patient owed once every act before a position was entered. */
export const balanceBefore = preparedQuery<{ patientId: string; before: string }>()((db, p) =>
  db
    .selectFrom('ledger_entry')
    .select(net.as('balance'))
    .where('patient_id', '=', p.patientId)
    .where('account', 'in', ['receivable', 'deposits'])
    .where('journal_id', '<', p.before),
)

export interface BalanceRow {
  readonly patient_id: string
  readonly charges: number
  readonly receivable: number
  readonly deposits: number
}

/** Open charges, debts and credit of many patients: one statement, answered from indexes alone. */
export const balancesOf = preparedQuery<{ ids: string }>()((_db, p) => ({
  compile: () =>
    sql<BalanceRow>`select p.value as patient_id,
      coalesce((select sum(c.net_minor + c.tax_minor) from charge_item c
        where c.patient_id = p.value and c.status = 'draft' and c.voided_at is null), 0) as charges,
      coalesce((select sum(e.debit_minor - e.credit_minor) from ledger_entry e
        where e.patient_id = p.value and e.account = 'receivable'), 0) as receivable,
      coalesce((select sum(e.credit_minor - e.debit_minor) from ledger_entry e
        where e.patient_id = p.value and e.account = 'deposits'), 0) as deposits
      from json_each(${p.ids}) p`.compile(sqlBuilder),
}))
