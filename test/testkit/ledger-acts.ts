// Random acts on the money of a few patients by five roles, through dispatch, each answer foretold by the model.
import { expect } from 'vitest'
import { balancesOf } from '#modules/billing/main/ledger.ts'
import { tenderMethods } from '#modules/billing/shared/accounts.ts'
import type { PatientId } from '#shared/ids.ts'
import type { Role } from '#shared/permissions.ts'
import { type FeeSchedule, patientOf, withFees } from './billing.ts'
import { Refusal } from './client.ts'
import type { TestClinic } from './clinic.ts'
import { ModelAccount, type ModelCharge, type ModelInvoice, type ModelTender } from './ledger-model.ts'
import { seededRandom } from './random.ts'

const actors: readonly Role[] = ['reception', 'reception', 'billing', 'billing', 'doctor', 'nurse', 'admin']
const reason = 'a reason long enough'

interface Act {
  /** `ok`, or the code of the refusal. */
  readonly expected: string
  readonly send: () => Promise<unknown>
  /** What the model does when the act went through. */
  readonly apply: (reply: never) => void
}

export interface LedgerRun {
  readonly accounts: ReadonlyMap<PatientId, ModelAccount>
  readonly outcomes: ReadonlyMap<string, number>
}

export async function runLedgerActs(
  clinic: TestClinic,
  options: { acts: number; seed: number; patients: number; checkEvery: number },
): Promise<LedgerRun> {
  const random = seededRandom(options.seed)
  const fees = await withFees(clinic)
  const accounts = new Map<PatientId, ModelAccount>()
  for (let i = 0; i < options.patients; i++)
    accounts.set(await patientOf(clinic, `Patient ${i}`), new ModelAccount())
  const ids = [...accounts.keys()]
  const outcomes = new Map<string, number>()
  for (let n = 1; n <= options.acts; n++) {
    const patientId = pick(random, ids)
    const role = pick(random, actors)
    const account = accounts.get(patientId) ?? new ModelAccount()
    const [name, make] = pick(random, Object.entries(makers))
    const act = make({ clinic, random, fees, patientId, account, role })
    const outcome = await outcomeOf(act)
    const told = `act ${n}: ${name} by ${role}`
    expect(outcome, told).toBe(act.expected)
    const balance = clinic.read((read) => balancesOf(read, [patientId])).get(patientId)
    expect(balance, told).toEqual({
      chargesMinor: account.openCharges,
      dueMinor: account.due,
      creditMinor: account.credit,
    })
    const kind = `${name}: ${outcome}`
    outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1)
    // Days pass and everybody signs in anew, so that numbers and dates move on.
    if (n % 97 === 0) clinic.tick(14 * 3_600_000)
    if (n % options.checkEvery === 0 || n === options.acts) checkWhole(clinic, accounts)
  }
  return { accounts, outcomes }
}

async function outcomeOf(act: Act): Promise<string> {
  try {
    act.apply((await act.send()) as never)
    return 'ok'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

interface Given {
  readonly clinic: TestClinic
  readonly random: () => number
  readonly fees: FeeSchedule
  readonly patientId: PatientId
  readonly account: ModelAccount
  readonly role: Role
}

const isDesk = (role: Role) => role === 'reception' || role === 'billing'
const allowed = (may: boolean, otherwise: string) => (may ? otherwise : 'FORBIDDEN')
const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const upTo = (random: () => number, most: number) => 1 + Math.floor(random() * Math.max(1, most))
const missing = '01934b6a-0000-7000-8000-00000000dead'

/** Around the amount asked for: less, just that, more. */
function around(random: () => number, amount: number): number {
  return pick(random, [upTo(random, amount), Math.max(1, amount), amount + upTo(random, 500)])
}

function tendersFor(random: () => number, amount: number): ModelTender[] {
  const first = { method: pick(random, tenderMethods), amountMinor: around(random, amount) }
  if (random() < 0.6) return [first]
  return [first, { method: pick(random, tenderMethods), amountMinor: upTo(random, 2000) }]
}

/** Half away from zero, in whole numbers and by doubling: not the way of the product. */
const taxOf = (net: number, basisPoints: number) => Math.floor((2 * net * basisPoints + 10_000) / 20_000)

const makers: Record<string, (given: Given) => Act> = {
  addCharge({ clinic, random, fees, patientId, account, role }) {
    const [fee, unit, basisPoints] = pick(random, [
      [fees.visit, 5000, 0],
      [fees.letter, 1005, 1900],
      [fees.free, 0, 0],
    ] as const)
    const quantity = upTo(random, 9)
    const totalMinor = unit * quantity + taxOf(unit * quantity, basisPoints)
    return {
      expected: allowed(isDesk(role) || role === 'doctor', 'ok'),
      send: () => clinic.as(role).billing.addCharge({ patientId, feeId: fee.id, quantity }),
      apply: (charge: { id: string; rev: number }) =>
        account.charges.push({ id: charge.id, rev: charge.rev, totalMinor, by: role }),
    }
  },
  removeCharge({ clinic, random, patientId, account, role }) {
    const charge: ModelCharge | undefined = pick(random, account.charges)
    const may = role === 'billing' || charge?.by === role
    return {
      expected: allowed(
        isDesk(role) || role === 'doctor',
        charge === undefined ? 'NOT_FOUND' : may ? 'ok' : 'NOT_AUTHOR',
      ),
      send: () =>
        clinic
          .as(role)
          .billing.removeCharge({ patientId, chargeId: charge?.id ?? missing, rev: charge?.rev ?? 1 }),
      apply: () => void (account.charges = account.charges.filter((c) => c !== charge)),
    }
  },
  issue({ clinic, random, patientId, account, role }) {
    const charges = account.charges.filter(() => random() < 0.7)
    const total = charges.reduce((sum, c) => sum + c.totalMinor, 0)
    const wrong = random() < 0.1 ? 1 : 0
    return {
      expected: allowed(isDesk(role), charges.length === 0 ? 'NOTHING_TO_BILL' : wrong ? 'CONFLICT' : 'ok'),
      send: () =>
        clinic.as(role).billing.issue({
          patientId,
          chargeIds: charges.length === 0 ? [missing] : charges.map((c) => c.id),
          expectedTotalMinor: total + wrong,
        }),
      apply: (invoice: { id: string }) => void account.issue(invoice.id, charges),
    }
  },
  checkout({ clinic, random, patientId, account, role }) {
    const { charges } = account
    const payable = Math.max(0, account.openCharges + account.due - account.credit)
    const tenders = random() < 0.1 ? [] : tendersFor(random, payable)
    const excess = pick(random, ['change', 'change', 'credit'] as const)
    const given = tenders.reduce((sum, t) => sum + t.amountMinor, 0)
    const cash = tenders.reduce((sum, t) => sum + (t.method === 'cash' ? t.amountMinor : 0), 0)
    const beyond = Math.max(0, given - payable)
    const refused = excess === 'change' && beyond > 0 && (beyond > cash || payable === 0)
    return {
      expected: allowed(
        isDesk(role),
        charges.length + tenders.length === 0 ? 'NOTHING_TO_BILL' : refused ? 'TOO_MUCH' : 'ok',
      ),
      send: () =>
        clinic.as(role).billing.checkout({
          patientId,
          chargeIds: charges.map((c) => c.id),
          expectedPayableMinor: payable,
          tenders,
          excess,
        }),
      apply: (done: {
        invoice: { id: string } | null
        payment: { id: string } | null
        changeMinor: number
      }) => {
        if (done.invoice) account.issue(done.invoice.id, charges)
        account.spendCredit()
        if (!done.payment) return
        const settled = account.settlement(tenders, excess)
        expect(done.changeMinor).toBe(settled?.change)
        account.pay(done.payment.id, settled?.used ?? 0, settled?.credit ?? 0)
      },
    }
  },
  takePayment({ clinic, random, patientId, account, role }) {
    const tenders = tendersFor(random, account.due)
    const excess = pick(random, ['change', 'change', 'credit'] as const)
    const settled = account.settlement(tenders, excess)
    return {
      expected: allowed(isDesk(role), settled === null ? 'TOO_MUCH' : 'ok'),
      send: () => clinic.as(role).billing.takePayment({ patientId, tenders, excess }),
      apply: (payment: { id: string; changeMinor: number }) => {
        expect(payment.changeMinor).toBe(settled?.change)
        account.pay(payment.id, settled?.used ?? 0, settled?.credit ?? 0)
      },
    }
  },
  applyCredit({ clinic, random, patientId, account, role }) {
    const invoice: ModelInvoice | undefined = pick(random, account.invoices)
    const most = invoice ? Math.min(account.dueOf(invoice), account.credit) : 0
    const amountMinor = around(random, most)
    const state = invoice?.credited ? 'WRONG_STATE' : amountMinor > most ? 'TOO_MUCH' : 'ok'
    return {
      expected: allowed(isDesk(role), invoice ? state : 'NOT_FOUND'),
      send: () =>
        clinic.as(role).billing.applyCredit({ patientId, invoiceId: invoice?.id ?? missing, amountMinor }),
      apply: () => invoice && account.applyCredit(invoice, amountMinor),
    }
  },
  creditNote({ clinic, random, patientId, account, role }) {
    const invoice: ModelInvoice | undefined = pick(random, account.invoices)
    const reopenCharges = random() < 0.5
    return {
      expected: allowed(
        role === 'billing',
        invoice ? (invoice.credited ? 'WRONG_STATE' : 'ok') : 'NOT_FOUND',
      ),
      send: () =>
        clinic
          .as(role)
          .billing.creditNote({ patientId, invoiceId: invoice?.id ?? missing, reason, reopenCharges }),
      apply: () => invoice && account.creditNote(invoice, reopenCharges),
    }
  },
  refund({ clinic, random, patientId, account, role }) {
    const payment = pick(random, account.payments)
    const most = payment ? payment.totalMinor - payment.refunded : 0
    const tenders = [{ method: pick(random, tenderMethods), amountMinor: around(random, most) }]
    const amount = tenders[0]?.amountMinor ?? 0
    return {
      expected: allowed(role === 'billing', payment ? (amount > most ? 'TOO_MUCH' : 'ok') : 'NOT_FOUND'),
      send: () =>
        clinic.as(role).billing.refund({ patientId, paymentId: payment?.id ?? missing, tenders, reason }),
      apply: () => payment && account.refund(payment, amount),
    }
  },
  writeOff({ clinic, random, patientId, account, role }) {
    const invoice: ModelInvoice | undefined = pick(random, account.invoices)
    const most = invoice ? account.dueOf(invoice) : 0
    const amountMinor = around(random, most)
    return {
      expected: allowed(role === 'billing', invoice ? (amountMinor > most ? 'TOO_MUCH' : 'ok') : 'NOT_FOUND'),
      send: () =>
        clinic
          .as(role)
          .billing.writeOff({ patientId, invoiceId: invoice?.id ?? missing, amountMinor, reason }),
      apply: (reply: { journal: { journalId: string }[] }) =>
        invoice?.writeOffs.push({
          journalId: reply.journal.at(-1)?.journalId ?? '',
          amountMinor,
          undone: false,
        }),
    }
  },
  undoWriteOff({ clinic, random, patientId, account, role }) {
    const invoice: ModelInvoice | undefined = pick(random, account.invoices)
    const off = invoice && pick(random, invoice.writeOffs)
    const state = invoice?.credited || off?.undone ? 'WRONG_STATE' : 'ok'
    return {
      expected: allowed(role === 'billing', off ? state : 'NOT_FOUND'),
      send: () =>
        clinic.as(role).billing.undoWriteOff({ patientId, journalId: off?.journalId ?? missing, reason }),
      apply: () => off && (off.undone = true),
    }
  },
}

/** Every invoice of every patient against the model, every journal against zero, the way to open invoices, the numbers. */
function checkWhole(clinic: TestClinic, accounts: ReadonlyMap<PatientId, ModelAccount>): void {
  const rows = clinic.read((read) => ({
    due: read.list((db) =>
      db
        .selectFrom('ledger_entry')
        .select([
          'invoice_id',
          (eb) => eb.fn.sum<number>('debit_minor').as('debit'),
          (eb) => eb.fn.sum<number>('credit_minor').as('credit'),
        ])
        .where('account', '=', 'receivable')
        .groupBy('invoice_id'),
    ),
    open: read.list((db) => db.selectFrom('invoice_open').select('invoice_id')),
    unbalanced: read.list((db) =>
      db
        .selectFrom('ledger_entry')
        .select('journal_id')
        .groupBy('journal_id')
        .having((eb) => eb(eb.fn.sum('debit_minor'), '<>', eb.fn.sum('credit_minor'))),
    ),
  }))
  const due = new Map(rows.due.map((r) => [r.invoice_id, r.debit - r.credit]))
  const open = new Set(rows.open.map((r) => r.invoice_id))
  for (const account of accounts.values()) {
    for (const invoice of account.invoices) {
      expect(due.get(invoice.id) ?? 0).toBe(account.dueOf(invoice))
      expect(open.has(invoice.id)).toBe(account.dueOf(invoice) !== 0)
    }
  }
  expect(rows.unbalanced).toEqual([])
}
