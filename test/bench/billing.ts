// node test/bench/billing.ts [--patients 50000] [--runs 5]: the invoice list and a patient's account through dispatch,
// beside hand-written SQL on the same encrypted file: same rows, same audit entry naming the same patients.
// Prints one JSON object; progress goes to standard error. The clinic is kept in .cache/bench.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openConnection } from '#core/db/connection.ts'
import { mintId } from '#core/store/mint.ts'
import { booksOf } from '#modules/billing/main/business-date.ts'
import { addCharge } from '#modules/billing/main/charges.ts'
import { issueInvoice } from '#modules/billing/main/invoices.ts'
import { owedBy, recordPayment } from '#modules/billing/main/payments.ts'
import { settle } from '#modules/billing/shared/settlement.ts'
import { createPatient } from '#modules/patients/main/api.ts'
import { RegisterPatient } from '#modules/patients/shared/contract.ts'
import { migrations } from '#migrations/index.ts'
import { withFees } from '#testkit/billing.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { packKeys, unpackKeys } from '#testkit/core-only.ts'
import { seededRandom } from '#testkit/random.ts'
import { patientName } from './clinic-of.ts'
import { type Contest, measure, type Outcome } from './measure.ts'

const options = { patients: 50_000, runs: 5 }
for (let i = 2; i < process.argv.length; i += 2) {
  const value = Number(process.argv[i + 1] ?? '')
  if (process.argv[i] === '--patients') options.patients = value
  if (process.argv[i] === '--runs') options.runs = value
}

function home(): string {
  const hash = createHash('sha256')
  for (const m of migrations) for (const s of m.up) hash.update(JSON.stringify(s.toOperationNode()))
  const root = path.resolve(import.meta.dirname, '../..')
  return path.join(root, '.cache/bench', `billing-${options.patients}-${hash.digest('hex').slice(0, 12)}`)
}

/** Two invoices a patient; one in ten stays unpaid. */
async function billedClinic(): Promise<TestClinic> {
  const dir = home()
  const done = path.join(dir, 'done.json')
  if (existsSync(done)) {
    const { keys } = JSON.parse(readFileSync(done, 'utf8')) as { keys: string }
    return testClinic({ reopen: { dir, keys: unpackKeys(keys) }, startAt: Date.now() })
  }
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  const clinic = await testClinic({ dir, startAt: Date.now() })
  const { visit } = await withFees(clinic)
  const random = seededRandom(options.patients)
  for (let i = 0; i < options.patients; i += 50) {
    clinic.transact((ctx) => {
      const books = booksOf(ctx)
      for (let k = i; k < Math.min(options.patients, i + 50); k++) {
        const name = patientName(random)
        const patientId = createPatient(
          ctx,
          RegisterPatient.parse({ name: `${name.given} ${name.family}`, ...name, gender: 'female' }),
        )
        for (let n = 0; n < 2; n++) {
          const wanted = {
            patientId,
            feeId: visit.id,
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
      }
    })
    if (i % 5000 === 0) process.stderr.write(`  ${i} patients made\n`)
    if (i % 2000 === 0) clinic.checkpoint()
  }
  const { keys } = clinic
  await clinic.close()
  writeFileSync(done, JSON.stringify({ keys: packKeys(keys) }))
  return testClinic({ reopen: { dir, keys }, startAt: Date.now() })
}

const due = `(select coalesce(sum(e.debit_minor - e.credit_minor), 0) from ledger_entry e
  where e.patient_id = i.patient_id and e.account = 'receivable' and e.invoice_id = i.id) as due`
const shown = `i.id, i.patient_id, p.name_text, p.record_number, i.number, i.kind, i.business_date, i.due_on, i.currency,
  i.total_minor, ${due}, exists (select 1 from invoice r where r.reverses_id = i.id) as reversed`

function byHandOf(clinic: TestClinic) {
  const db = openConnection(path.join(clinic.dir, 'clinic.db'), clinic.keys.database, 'write')
  db.exec(`drop table if exists bench_audit; drop table if exists bench_patient;
    create table bench_audit as select * from audit_log where 0;
    create index bench_audit_user on bench_audit (user_id, seq) where patient_alias is not null;
    create index bench_audit_patient on bench_audit (patient_alias, seq) where patient_alias is not null;
    create table bench_patient (patient_alias text not null, seq integer not null,
      primary key (patient_alias, seq)) strict, without rowid`)
  const audit =
    db.prepare(`insert into bench_audit (seq, at, clock, writer, user_id, role, session_id, door, action,
    category, patient_alias, outcome, op_id, mac) values (?, ?, 'ok', 1, ?, 'billing', 's', 'ipc', ?, 'billing', ?, 'ok', ?, zeroblob(32))`)
  const named = db.prepare('insert or ignore into bench_patient values (?, ?)')
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
      db.exec('drop table bench_audit; drop table bench_patient')
      db.close()
    },
  }
}

const clinic = await billedClinic()
const byHand = byHandOf(clinic)
const random = seededRandom(5)
const ids = clinic.read((r) => ({
  patients: r.list((db) => db.selectFrom('patient').select('id')).map((p) => p.id),
  invoices: r.list((db) => db.selectFrom('invoice').select('id')).map((i) => i.id),
}))
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
    const cursor = any(ids.invoices)
    return () => call('billing.invoices', { state, cursor })
  },
  handWritten: () => {
    const before = any(ids.invoices)
    return () => byHandPage(before)
  },
})
const ofPatient = (name: 'account' | 'statement'): Contest => ({
  name,
  perRun: 60,
  ours: async () => {
    const patientId = any(ids.patients)
    return () => call(`billing.${name}`, { patientId })
  },
  handWritten: () => {
    const patientId = any(ids.patients)
    return () => byHand[name](patientId)
  },
})

const outcomes: Outcome[] = []
for (const contest of [
  page('all', byHand.newest),
  page('open', byHand.open),
  ofPatient('account'),
  ofPatient('statement'),
]) {
  outcomes.push(await measure(contest, options.runs))
  process.stderr.write(`  ${contest.name}: ${outcomes.at(-1)?.ratio.toFixed(2)}x\n`)
}
const started = performance.now()
await call('billing.invoices', {})
const firstPageMs = performance.now() - started
byHand.close()
await clinic.close()
process.stdout.write(
  `${JSON.stringify({ patients: options.patients, runs: options.runs, outcomes, firstPageMs })}\n`,
)
