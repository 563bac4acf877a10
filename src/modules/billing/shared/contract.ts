// Billing: fees, charges, invoices, payments, the close of day. One path for money in, one ledger, corrections by reversal.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { EncounterId, Id, PatientId } from '#shared/ids.ts'
import { Currency, Minor } from '#shared/money.ts'
import { LocalDate } from '#shared/time.ts'
import { TenderMethod } from './accounts.ts'
import * as s from './shapes.ts'

type OfPatient = { patientId: string }
const ofPatient = { patient: (i: OfPatient) => i.patientId }
const about = (action: string) =>
  ({ action, category: 'billing', patients: (i: OfPatient) => [i.patientId] }) as const
const schedule = (action: string) => ({ action, category: 'configuration' }) as const
const day = (action: string) => ({ action, category: 'billing' }) as const

const Reason = z.string().trim().min(5).max(500)
const Title = z.string().trim().min(1).max(120)
const Note = z.string().trim().min(1).max(500)
const Amount = Minor.min(1)
const money = ['charge_item', 'invoice', 'payment', 'ledger_entry'] as const

/** The desk adds services by name and price; nothing of these tells of findings. */
const chargeFields = {
  reception: Object.keys(s.Charge.shape),
} as const
/** An admin sees what the clinic earns and is owed, not by whom. */
const totalsOnly = (...fields: string[]) => ({ admin: fields })

const patientsOf = (ends: s.LooseEnds): string[] => [
  ...new Set(
    [ends.unsignedNotes, ends.unbilledVisits, ends.openVisits, ends.openCharges].flatMap((list) =>
      list.map((item) => item.patientId as string),
    ),
  ),
]

export const Allocations = z.array(z.strictObject({ invoiceId: Id, amountMinor: Amount })).max(50)

export const billing = contract('billing', {
  fees: query({
    summary: 'The fee schedule with prices by date, and the tax rates.',
    access: 'fees.R',
    audit: schedule('fee.list'),
    reads: ['charge_item_definition', 'charge_item_price', 'tax_rate'],
    input: z.strictObject({
      on: LocalDate.nullable().default(null),
      withRetired: z.boolean().default(false),
    }),
    output: z.strictObject({ currency: Currency, fees: z.array(s.Fee), taxRates: z.array(s.TaxRate) }),
  }),
  addFee: command({
    summary: 'Add a fee with its first price.',
    access: 'fees.C',
    audit: schedule('fee.add'),
    input: z.strictObject({
      code: s.FeeCode,
      title: Title,
      titleOther: Title.nullable().default(null),
      category: z.enum(s.feeCategories),
      amountMinor: Minor.min(0),
      taxCode: s.TaxCode,
      validFrom: LocalDate,
    }),
    output: s.Fee,
    errors: ['DUPLICATE'],
  }),
  changeFee: command({
    summary: 'Change names, category or state of a fee; what was charged keeps its words.',
    access: 'fees.U',
    audit: schedule('fee.change'),
    input: z.strictObject({
      feeId: Id,
      rev: z.number().int(),
      title: Title,
      titleOther: Title.nullable(),
      category: z.enum(s.feeCategories),
      status: z.enum(['active', 'retired']),
    }),
    output: s.Fee,
  }),
  setPrice: command({
    summary: 'Give a fee a price from a date on; earlier days and charges keep theirs.',
    access: 'fees.U',
    audit: schedule('fee.set-price'),
    input: z.strictObject({
      feeId: Id,
      level: s.PriceLevel.default('standard'),
      amountMinor: Minor.min(0),
      taxCode: s.TaxCode,
      validFrom: LocalDate,
    }),
    output: s.Fee,
  }),
  setTaxRate: command({
    summary: 'Set the rate of a tax from a date on.',
    access: 'fees.U',
    audit: schedule('fee.set-tax'),
    input: z.strictObject({
      code: s.TaxCode,
      name: Title,
      nameOther: Title.nullable().default(null),
      basisPoints: s.BasisPoints,
      validFrom: LocalDate,
    }),
    output: z.array(s.TaxRate),
  }),

  addCharge: command({
    summary: 'Charge a service to a patient; it stays a draft until it is invoiced.',
    access: 'charges.C',
    ...ofPatient,
    audit: about('charge.add'),
    fields: chargeFields,
    input: z.strictObject({
      patientId: PatientId,
      feeId: Id,
      quantity: z.number().int().min(1).max(999).default(1),
      level: s.PriceLevel.default('standard'),
      encounterId: EncounterId.nullable().default(null),
      /** Today where left out. */
      serviceDate: LocalDate.nullable().default(null),
    }),
    output: s.Charge,
  }),
  chargeVisit: command({
    summary:
      'Draft the charge of a visit from its kind, once; without a price of that day nothing is charged.',
    access: 'charges.C',
    ...ofPatient,
    audit: about('charge.visit'),
    fields: { reception: ['chargeId'] },
    input: z.strictObject({ patientId: PatientId, encounterId: EncounterId }),
    output: z.strictObject({ chargeId: Id.nullable() }),
  }),
  removeCharge: command({
    summary: 'Take a charge away that is not invoiced: an own one, or as billing any.',
    access: 'charges.C',
    ...ofPatient,
    audit: about('charge.remove'),
    fields: { reception: ['id'] },
    input: z.strictObject({
      patientId: PatientId,
      chargeId: Id,
      rev: z.number().int(),
      reason: Reason.nullable().default(null),
    }),
    output: z.strictObject({ id: Id }),
    errors: ['ALREADY_ISSUED', 'NOT_AUTHOR'],
  }),
  restoreCharge: command({
    summary: 'Bring a removed charge back (undo).',
    access: 'charges.C',
    ...ofPatient,
    audit: about('charge.restore'),
    fields: chargeFields,
    input: z.strictObject({ patientId: PatientId, chargeId: Id }),
    output: s.Charge,
    errors: ['NOT_AUTHOR'],
  }),
  changeCharge: command({
    summary: 'Correct quantity or unit price of a charge that is not invoiced.',
    access: 'charges.U',
    ...ofPatient,
    audit: about('charge.change'),
    input: z.strictObject({
      patientId: PatientId,
      chargeId: Id,
      rev: z.number().int(),
      quantity: z.number().int().min(1).max(999),
      unitMinor: Minor.min(0),
    }),
    output: s.Charge,
    errors: ['ALREADY_ISSUED'],
  }),

  account: query({
    summary: 'What a patient is to pay now: open charges, unpaid invoices, credit.',
    access: 'invoices.R',
    ...ofPatient,
    audit: about('account.view'),
    reads: [...money, 'period_lock'],
    fields: totalsOnly(
      'patientId',
      'currency',
      'businessDate',
      'draft',
      'dueMinor',
      'creditMinor',
      'payableMinor',
    ),
    input: z.strictObject({ patientId: PatientId }),
    output: s.Account,
  }),
  statement: query({
    summary: 'All that happened to a patient’s account, newest first, with the running balance.',
    access: 'invoices.R',
    ...ofPatient,
    audit: about('account.statement'),
    reads: ['ledger_entry'],
    fields: totalsOnly('currency', 'balanceMinor'),
    input: z.strictObject({
      patientId: PatientId,
      cursor: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      currency: Currency,
      balanceMinor: Minor,
      lines: z.array(s.StatementLine),
      next: z.string().nullable(),
    }),
  }),
  invoices: query({
    summary: 'Invoices over all patients: those with something due, or all, newest first.',
    access: 'invoices.R',
    audit: { ...day('invoice.list'), patients: (_i, o) => o.invoices.map((i) => i.patientId) },
    reads: ['invoice', 'ledger_entry'],
    fields: totalsOnly('currency', 'openCount', 'openDueMinor'),
    input: z.strictObject({
      state: z.enum(['open', 'all']).default('open'),
      /** Asks for the sums over all open invoices too; the list itself does not wait for them. */
      withTotals: z.boolean().default(false),
      /** A number, its last digits, or words of the patient’s name. */
      text: z.string().trim().max(100).default(''),
      cursor: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    output: z.strictObject({
      currency: Currency,
      invoices: z.array(s.InvoiceLineItem),
      next: z.string().nullable(),
      /** Of all open invoices, whatever the filter; null where they were not asked for. */
      openCount: z.number().int().nullable(),
      openDueMinor: Minor.nullable(),
    }),
  }),
  invoice: query({
    summary: 'One invoice or credit note as issued, and what happened to it.',
    access: 'invoices.R',
    ...ofPatient,
    audit: about('invoice.view'),
    reads: ['invoice', 'ledger_entry'],
    input: z.strictObject({ patientId: PatientId, invoiceId: Id }),
    output: s.Invoice,
  }),
  numbering: query({
    summary: 'Each series of numbers: first, last, how many, and that none is missing.',
    access: 'dayClose.R',
    audit: day('invoice.numbering'),
    reads: ['invoice', 'payment'],
    fields: totalsOnly('series'),
    input: z.strictObject({}),
    output: z.strictObject({ series: z.array(s.Series) }),
  }),
  issue: command({
    summary: 'Issue an invoice over open charges: it gets its number and can no longer be changed.',
    access: 'invoices.C',
    ...ofPatient,
    audit: about('invoice.issue'),
    input: z.strictObject({
      patientId: PatientId,
      chargeIds: z.array(Id).min(1).max(200),
      /** What the person saw; another total now is refused with CONFLICT. */
      expectedTotalMinor: Minor,
      payer: s.Payer.nullable().default(null),
      dueOn: LocalDate.nullable().default(null),
      note: Note.nullable().default(null),
    }),
    output: s.Invoice,
    errors: ['NOTHING_TO_BILL'],
  }),
  checkout: command({
    summary: 'Check a patient out: invoice the open charges, use credit, take the money, all or nothing.',
    access: 'payments.C',
    ...ofPatient,
    audit: about('checkout.post'),
    input: z.strictObject({
      patientId: PatientId,
      /** Charges to invoice now; may be empty where only old invoices are paid. */
      chargeIds: z.array(Id).max(200),
      /** What the person saw as payable for these charges and the open invoices, credit taken off. */
      expectedPayableMinor: Minor,
      /** Empty: invoice only, nothing paid now. */
      tenders: z.array(s.TenderLine).max(6),
      excess: z.enum(['change', 'credit']).default('change'),
      payer: s.Payer.nullable().default(null),
      note: Note.nullable().default(null),
    }),
    output: z.strictObject({
      invoice: z.strictObject({ id: Id, number: z.string() }).nullable(),
      payment: z.strictObject({ id: Id, number: z.string() }).nullable(),
      changeMinor: Minor,
      /** What the patient still owes. */
      balanceMinor: Minor,
    }),
    errors: ['NOTHING_TO_BILL', 'TOO_MUCH'],
  }),
  takePayment: command({
    summary: 'Take money for open invoices, oldest first or as chosen, or as credit for later.',
    access: 'payments.C',
    ...ofPatient,
    audit: about('payment.take'),
    input: z.strictObject({
      patientId: PatientId,
      tenders: s.Tenders,
      allocations: Allocations.nullable().default(null),
      /** Beyond what is due: change out of cash, or credit for later. */
      excess: z.enum(['change', 'credit']).default('change'),
      /** An earlier day that is still open, where the money came then. */
      businessDate: LocalDate.nullable().default(null),
      note: Note.nullable().default(null),
    }),
    output: s.Payment,
    errors: ['PERIOD_LOCKED', 'TOO_MUCH'],
  }),
  applyCredit: command({
    summary: 'Use a patient’s credit for one of their invoices.',
    access: 'payments.C',
    ...ofPatient,
    audit: about('payment.apply-credit'),
    input: z.strictObject({ patientId: PatientId, invoiceId: Id, amountMinor: Amount }),
    output: s.Invoice,
    errors: ['TOO_MUCH', 'WRONG_STATE'],
  }),
  payment: query({
    summary: 'One payment or refund: how it was paid and what for.',
    access: 'payments.R',
    ...ofPatient,
    audit: about('payment.view'),
    reads: ['payment', 'ledger_entry'],
    input: z.strictObject({ patientId: PatientId, paymentId: Id }),
    output: s.Payment,
  }),
  creditNote: command({
    summary: 'Take a whole invoice back by a credit note; what was paid becomes credit.',
    access: 'invoices.X',
    ...ofPatient,
    audit: { ...about('invoice.credit'), detail: () => 'reason recorded' },
    input: z.strictObject({
      patientId: PatientId,
      invoiceId: Id,
      reason: Reason,
      /** Whether its charges are open again, to be invoiced anew. */
      reopenCharges: z.boolean().default(false),
    }),
    output: s.Invoice,
    errors: ['WRONG_STATE'],
  }),
  refund: command({
    summary: 'Give money of a payment back: first what no invoice used, then the newest use.',
    access: 'payments.X',
    ...ofPatient,
    audit: { ...about('payment.refund'), detail: () => 'reason recorded' },
    input: z.strictObject({ patientId: PatientId, paymentId: Id, tenders: s.Tenders, reason: Reason }),
    output: s.Payment,
    errors: ['TOO_MUCH', 'WRONG_STATE'],
  }),
  writeOff: command({
    summary: 'Give up an amount that is due on an invoice.',
    access: 'invoices.X',
    ...ofPatient,
    audit: { ...about('invoice.write-off'), detail: () => 'reason recorded' },
    input: z.strictObject({ patientId: PatientId, invoiceId: Id, amountMinor: Amount, reason: Reason }),
    output: s.Invoice,
    errors: ['TOO_MUCH'],
  }),
  undoWriteOff: command({
    summary: 'Take a write-off back: the amount is due again.',
    access: 'invoices.X',
    ...ofPatient,
    audit: { ...about('invoice.undo-write-off'), detail: () => 'reason recorded' },
    input: z.strictObject({ patientId: PatientId, journalId: Id, reason: Reason }),
    output: s.Invoice,
    errors: ['WRONG_STATE'],
  }),

  checkouts: query({
    summary: 'Everybody with open charges, and everybody who paid today.',
    access: 'dayClose.R',
    audit: { ...day('checkout.list'), patients: (_i, o) => o.lines.map((l) => l.patientId) },
    reads: money,
    fields: totalsOnly('date', 'currency'),
    input: z.strictObject({}),
    output: z.strictObject({ date: LocalDate, currency: Currency, lines: z.array(s.CheckoutLine) }),
  }),
  day: query({
    summary: 'A day’s money by method, its loose ends, and whether it is closed.',
    access: 'dayClose.R',
    audit: {
      ...day('day.view'),
      patients: (_i, o) => (o.looseEnds ? patientsOf(o.looseEnds) : []),
    },
    reads: [...money, 'day_close', 'cash_count', 'period_lock', 'encounter', 'composition', 'note_draft'],
    fields: totalsOnly(
      'date',
      'today',
      'currency',
      'state',
      'lockedUntil',
      'earlierOpen',
      'tenders',
      'openingFloatMinor',
      'totals',
    ),
    input: z.strictObject({ date: LocalDate.nullable().default(null) }),
    output: s.Day,
  }),
  openDrawer: command({
    summary: 'Confirm the cash that is in the drawer before the first payment.',
    access: 'dayClose.C',
    audit: day('day.open-drawer'),
    input: z.strictObject({ floatMinor: Minor.min(0) }),
    output: s.Day,
    errors: ['PERIOD_LOCKED'],
  }),
  closeDay: command({
    summary:
      'Close a day: counted money by method, differences explained; nothing can be entered into it any more.',
    access: 'dayClose.C',
    audit: day('day.close'),
    input: z.strictObject({
      date: LocalDate,
      counted: z
        .array(
          z.strictObject({
            method: TenderMethod,
            countedMinor: Minor,
            /** What the person saw; another amount now is refused with CONFLICT. */
            expectedMinor: Minor,
          }),
        )
        .max(5),
      /** Cash that stays in the drawer for tomorrow. */
      floatMinor: Minor.min(0),
      explanation: Reason.nullable().default(null),
    }),
    output: s.Day,
    errors: ['PERIOD_LOCKED', 'REASON_NEEDED', 'TOO_MUCH', 'WRONG_STATE'],
  }),
  reopenDay: command({
    summary: 'Open the day that was closed last, with the reason.',
    access: 'dayClose.M',
    audit: { ...day('day.reopen'), detail: () => 'reason recorded' },
    input: z.strictObject({ date: LocalDate, reason: Reason }),
    output: s.Day,
    errors: ['WRONG_STATE'],
  }),
})
