// The invoice list, a patient's account and statement through dispatch, beside hand-written SQL on the same encrypted file:
// same rows, same audit entry naming the same patients, and both sides write their answer out.
import path from 'node:path'
import { openConnection } from '#core/db/connection.ts'
import { mintId } from '#core/store/mint.ts'
import { booksOf } from '#modules/billing/main/business-date.ts'
import { addCharge } from '#modules/billing/main/charges.ts'
import { issueInvoice } from '#modules/billing/main/invoices.ts'
import { owedBy, recordPayment } from '#modules/billing/main/payments.ts'
import { settle } from '#modules/billing/shared/settlement.ts'
import { withFees } from '#testkit/billing.ts'
import type { TestClinic } from '#testkit/clinic.ts'
import { seededRandom } from '#testkit/random.ts'
import { auditTableLike } from './audit-table.ts'
import type { Contest } from './measure.ts'

/** Patients with an account, two invoices each: enough for lists to be long, quick enough to make. */
const mostBilled = 20_000

const patientsOf = (clinic: TestClinic) =>
  clinic
    .read((r) => r.list((db) => db.selectFrom('patient').select('id').orderBy('id').limit(mostBilled)))
    .map((p) => p.id)

/** Two invoices a patient; one in five leaves the second one unpaid. Goes on where an earlier run was ended. */
async function fillAccounts(clinic: TestClinic): Promise<void> {
  const feeId = await visitFee(clinic)
  const billed = new Set(
    clinic
      .read((r) => r.list((db) => db.selectFrom('invoice').select('patient_id')))
      .map((i) => i.patient_id),
  )
  const patients = patientsOf(clinic)
  for (let i = 0; i < patients.length; i += 50) {
    const some = patients.slice(i, i + 50).filter((id) => !billed.has(id))
    if (some.length === 0) continue
    clinic.transact((ctx) => {
      const books = booksOf(ctx)
      some.forEach((patientId, k) => {
        for (let n = 0; n < 2; n++) {
          const wanted = {
            patientId: patientId as Parameters<typeof addCharge>[1]['patientId'],
            feeId,
            quantity: 1,
            level: 'standard',
            encounterId: null,
            serviceDate: null,
          }
          const charges = [addCharge(ctx, wanted), addCharge(ctx, { ...wanted, quantity: 2 })]
          issueInvoice(ctx, books, { patientId, charges, payer: null, note: null })
          if (n === 1 && k % 5 === 0) continue
          const tenders = [{ method: 'card' as const, amountMinor: 15_000, reference: null }]
          const owed = owedBy(ctx.read, patientId)
          const settlement = settle({ tenders, owed, chosen: null, excess: 'credit' })
          recordPayment(ctx, books, { patientId, settlement, note: null })
        }
      })
    })
    if (i % 5000 === 0) process.stderr.write(`  ${i} accounts made\n`)
    if (i % 1000 === 0) clinic.checkpoint()
  }
  clinic.checkpoint()
}

async function visitFee(clinic: TestClinic): Promise<string> {
  const { fees } = await clinic.as('billing').billing.fees({})
  return fees.find((fee) => fee.code === 'VISIT')?.id ?? (await withFees(clinic)).visit.id
}

const due = `(select coalesce(sum(e.debit_minor - e.credit_minor), 0) from ledger_entry e
  where e.patient_id = i.patient_id and e.account = 'receivable' and e.invoice_id = i.id) as due`
const shown = `i.id, i.patient_id, p.name_text, p.record_number, i.number, i.kind, i.business_date, i.due_on, i.currency,
  i.total_minor, ${due}, exists (select 1 from invoice r where r.reverses_id = i.id) as reversed`

function byHandOf(clinic: TestClinic) {
  const db = openConnection(path.join(clinic.dir, 'clinic.db'), clinic.keys.database, 'write')
  auditTableLike(db, 'bench_billing')
  db.exec(`drop table if exists bench_billed;
    create table bench_billed (patient_alias text not null, seq integer not null,
      primary key (patient_alias, seq)) strict, without rowid`)
  const audit =
    db.prepare(`insert into bench_billing (seq, at, clock, writer, user_id, role, session_id, door, action,
    category, patient_alias, outcome, op_id, mac) values (?, ?, 'ok', 1, ?, 'billing', 's', 'ipc', ?, 'billing', ?, 'ok', ?, zeroblob(32))`)
  const named = db.prepare('insert or ignore into bench_billed values (?, ?)')
  const alias = db.prepare('select audit_alias from patient where id = ?').pluck()
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  let seq = 0
  const note = (action: string, patients: Iterable<string>) => {
    begin.run()
    const aliases = [...new Set(patients)].map((id) => alias.get(id) as string)
    const one = aliases.length === 1 ? aliases[0] : null
    audit.run(++seq, new Date().toISOString(), clinic.userId('billing'), action, one, mintId(Date.now()))
    if (aliases.length > 1) for (const a of aliases) named.run(a, seq)
    commit.run()
  }
  const newest = db.prepare(`select ${shown} from invoice i join patient p on p.id = i.patient_id
    where i.id < ? order by i.id desc limit 101`)
  const open = db.prepare(`select ${shown} from invoice_open o join invoice i on i.patient_id = o.patient_id
    and i.id = o.invoice_id join patient p on p.id = i.patient_id where o.invoice_id < ? order by o.invoice_id desc limit 101`)
  const owed = db.prepare(`select ${shown} from invoice_open o join invoice i on i.patient_id = o.patient_id
    and i.id = o.invoice_id join patient p on p.id = i.patient_id where o.patient_id = ? order by o.invoice_id`)
  const charges = db.prepare(
    `select * from charge_item where patient_id = ? and status = 'draft' and voided_at is null`,
  )
  const banner = db.prepare('select * from patient where id = ? and voided_at is null')
  const balance = db.prepare(`select account, sum(debit_minor - credit_minor) as net from ledger_entry
    where patient_id = ? and account in ('receivable', 'deposits') group by account`)
  const last = db.prepare(`select t.method from payment y join payment_tender t on t.patient_id = y.patient_id
    and t.payment_id = y.id where y.patient_id = ? and y.kind = 'payment' order by y.id desc limit 1`)
  const statement = db.prepare(`select j.*, i.number as invoice_number, y.number as payment_number,
    (select sum(e.debit_minor - e.credit_minor) from ledger_entry e where e.patient_id = j.patient_id
      and e.journal_id = j.id and e.account in ('receivable', 'deposits')) as amount
    from ledger_journal j left join invoice i on i.patient_id = j.patient_id and i.id = j.invoice_id
    left join payment y on y.patient_id = j.patient_id and y.id = j.payment_id
    where j.patient_id = ? order by j.id desc limit 51`)
  const clinicRow = db.prepare('select * from clinic where voided_at is null')
  const list = (statementOf: typeof newest, before: string) => {
    clinicRow.get()
    const rows = statementOf.all(before) as { patient_id: string }[]
    note(
      'invoice.list',
      rows.slice(0, 100).map((row) => row.patient_id),
    )
    return JSON.stringify(rows)
  }
  return {
    newest: (before: string) => list(newest, before),
    open: (before: string) => list(open, before),
    account(patientId: string) {
      const all = [
        clinicRow.get(),
        banner.get(patientId),
        charges.all(patientId),
        owed.all(patientId),
        balance.all(patientId),
        last.get(patientId),
      ]
      note('account.view', [patientId])
      return JSON.stringify(all)
    },
    statement(patientId: string) {
      const all = [clinicRow.get(), statement.all(patientId), balance.all(patientId)]
      note('account.statement', [patientId])
      return JSON.stringify(all)
    },
    close() {
      db.exec('drop table bench_billing; drop table bench_billed')
      db.close()
    },
  }
}

export async function billingContests(
  clinic: TestClinic,
): Promise<{ contests: Contest[]; close: () => void }> {
  await fillAccounts(clinic)
  const byHand = byHandOf(clinic)
  const random = seededRandom(5)
  const patients = patientsOf(clinic)
  const invoices = clinic
    .read((r) => r.list((db) => db.selectFrom('invoice').select('id')))
    .map((invoice) => invoice.id)
  const any = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const token = clinic.tokenOf('billing')
  const call = async (procedure: string, input: unknown) => {
    const reply = await clinic.call(procedure, input, { token, opId: mintId(clinic.now()) })
    if (!reply.ok) throw new Error(`${procedure}: ${reply.error.code}`)
    // A door writes the answer out; so does the one by hand.
    return JSON.stringify(reply.value)
  }
  const page = (state: 'open' | 'all', byHandPage: (before: string) => unknown): Contest => ({
    name: `invoices-${state}`,
    perRun: 30,
    ours: async () => {
      const cursor = any(invoices)
      return () => call('billing.invoices', { state, cursor })
    },
    handWritten: () => {
      const before = any(invoices)
      return () => byHandPage(before)
    },
  })
  const ofPatient = (name: 'account' | 'statement'): Contest => ({
    name,
    perRun: 60,
    ours: async () => {
      const patientId = any(patients)
      return () => call(`billing.${name}`, { patientId })
    },
    handWritten: () => {
      const patientId = any(patients)
      return () => byHand[name](patientId)
    },
  })
  return {
    contests: [
      page('all', byHand.newest),
      page('open', byHand.open),
      ofPatient('account'),
      ofPatient('statement'),
    ],
    close: () => byHand.close(),
  }
}
