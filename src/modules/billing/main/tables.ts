// Fees, charges, invoices, the ledger and the close of day. What was issued, paid or closed is only ever added to.
import { localTable, patientTable, type RowOf, syncedTable } from '#core/store/table-def.ts'

/** Rates of one tax code, by date; 1900 basis points are 19 %. */
export const taxRate = syncedTable('tax_rate', 110, 'plain', {
  rate: {
    code: 'text',
    name: 'text',
    name_other: 'text?',
    basis_points: 'int',
    valid_from: 'text',
    /** Last day, included. */
    valid_until: 'text?',
  },
})

/** One line of the fee schedule (FHIR ChargeItemDefinition). */
export const chargeItemDefinition = syncedTable('charge_item_definition', 111, 'plain', {
  code: { code: 'text' },
  /** `title_other`: the name in the clinic's second language. */
  title: { title: 'text', title_other: 'text?' },
  category: { category: 'text' },
  /** active or retired. */
  state: { status: 'text' },
})

/** What a fee costs before tax, by price level and date. */
export const chargeItemPrice = syncedTable('charge_item_price', 112, 'plain', {
  price: {
    definition_id: 'text',
    price_level: 'text',
    amount_minor: 'int',
    currency: 'text',
    tax_code: 'text',
    valid_from: 'text',
    /** Last day, included. */
    valid_until: 'text?',
  },
})

/** Something done that is to be paid (FHIR ChargeItem); its price is the one of the day it was done. */
export const chargeItem = patientTable('charge_item', 113, 'review', {
  /** draft until an invoice carries it, then billed; a credit note may bring it back to draft. */
  state: { status: 'text', invoice_id: 'text?' },
  service: {
    definition_id: 'text',
    code: 'text',
    title: 'text',
    category: 'text',
    price_level: 'text',
    quantity: 'int',
    unit_minor: 'int',
    currency: 'text',
    tax_code: 'text',
    tax_basis_points: 'int',
    net_minor: 'int',
    tax_minor: 'int',
  },
  occurrence: { service_date: 'text' },
  /** visit: proposed from the type of the visit; hand: added by somebody. */
  context: { source: 'text', encounter_id: 'text?' },
  entry: { entered_at: 'text', entered_by: 'text?', entered_by_name: 'text' },
})

/** An issued invoice or credit note: all that is printed, frozen. A credit note carries negative amounts. */
export const invoice = patientTable('invoice', 114, 'append', {
  document: {
    /** invoice or credit-note. */
    kind: 'text',
    number: 'text',
    /** `invoice:26-A`, and the place in it: without a gap. */
    series: 'text',
    serial: 'int',
    /** The invoice a credit note takes back. */
    reverses_id: 'text?',
    issued_at: 'text',
    business_date: 'text',
    due_on: 'text?',
    /** JSON of the patient as printed: name, birth date, gender, record number, address. */
    recipient: 'text',
    payer_name: 'text?',
    /** JSON list of lines. */
    payer_address: 'text?',
    currency: 'text',
    net_minor: 'int',
    tax_minor: 'int',
    total_minor: 'int',
    note: 'text?',
    reason: 'text?',
    issued_by: 'text?',
    issued_by_name: 'text',
  },
})

export const invoiceLine = patientTable('invoice_line', 115, 'append', {
  line: {
    invoice_id: 'text',
    position: 'int',
    charge_item_id: 'text?',
    service_date: 'text',
    code: 'text',
    title: 'text',
    quantity: 'int',
    unit_minor: 'int',
    tax_code: 'text',
    tax_basis_points: 'int',
    net_minor: 'int',
    tax_minor: 'int',
  },
})

/** Money that came in, or went back. What it paid for stands in the ledger. */
export const payment = patientTable('payment', 116, 'append', {
  document: {
    /** payment or refund. */
    kind: 'text',
    number: 'text',
    series: 'text',
    serial: 'int',
    /** The payment a refund gives back from. */
    refund_of: 'text?',
    paid_at: 'text',
    business_date: 'text',
    currency: 'text',
    /** What stayed in the house, or left it; always positive. */
    total_minor: 'int',
    change_minor: 'int',
    /** What the patient owed right after it, as printed on the receipt. */
    balance_minor: 'int',
    note: 'text?',
    reason: 'text?',
    cashier_id: 'text?',
    cashier_name: 'text',
  },
})

export const paymentTender = patientTable('payment_tender', 117, 'append', {
  tender: { payment_id: 'text', position: 'int', method: 'text', amount_minor: 'int', reference: 'text?' },
})

/** One act on the ledger; its entries come to zero. */
export const ledgerJournal = patientTable('ledger_journal', 118, 'append', {
  journal: {
    kind: 'text',
    posted_at: 'text',
    business_date: 'text',
    invoice_id: 'text?',
    payment_id: 'text?',
    /** The journal this one takes back. */
    reverses_id: 'text?',
    reason: 'text?',
    posted_by: 'text?',
    posted_by_name: 'text',
  },
})

export const ledgerEntry = patientTable('ledger_entry', 119, 'append', {
  entry: {
    journal_id: 'text',
    account: 'text',
    debit_minor: 'int',
    credit_minor: 'int',
    currency: 'text',
    invoice_id: 'text?',
    payment_id: 'text?',
    business_date: 'text',
  },
})

export const dayClose = syncedTable('day_close', 120, 'append', {
  close: {
    business_date: 'text',
    closed_at: 'text',
    closed_by: 'text?',
    closed_by_name: 'text',
    currency: 'text',
    /** Cash that stays in the drawer for the next day. */
    float_minor: 'int',
    explanation: 'text?',
  },
})

/** What was in the drawer and on the terminals, by method, beside what the ledger says. */
export const cashCount = syncedTable('cash_count', 121, 'append', {
  count: {
    business_date: 'text',
    /** opening: the float confirmed in the morning; closing: counted at the close. */
    kind: 'text',
    day_close_id: 'text?',
    method: 'text',
    currency: 'text',
    expected_minor: 'int',
    counted_minor: 'int',
    counted_at: 'text',
    counted_by: 'text?',
    counted_by_name: 'text',
  },
})

/** Until which day the books are closed. The newest row holds; reopening adds one with an earlier day. */
export const periodLock = syncedTable('period_lock', 122, 'append', {
  lock: {
    /** lock or reopen. */
    kind: 'text',
    /** Last locked day, included; null where nothing is locked any more. */
    locked_until: 'text?',
    day_close_id: 'text?',
    reason: 'text?',
    at: 'text',
    by: 'text?',
    by_name: 'text',
  },
})

/** Which invoices have something due: a way to find them. The amount itself is always read from the ledger. */
export const invoiceOpen = localTable('invoice_open', { invoice_id: 'text', patient_id: 'text' })

declare module '#core/store/database.ts' {
  interface Database {
    tax_rate: RowOf<typeof taxRate>
    charge_item_definition: RowOf<typeof chargeItemDefinition>
    charge_item_price: RowOf<typeof chargeItemPrice>
    charge_item: RowOf<typeof chargeItem>
    invoice: RowOf<typeof invoice>
    invoice_line: RowOf<typeof invoiceLine>
    payment: RowOf<typeof payment>
    payment_tender: RowOf<typeof paymentTender>
    ledger_journal: RowOf<typeof ledgerJournal>
    ledger_entry: RowOf<typeof ledgerEntry>
    day_close: RowOf<typeof dayClose>
    cash_count: RowOf<typeof cashCount>
    period_lock: RowOf<typeof periodLock>
    invoice_open: RowOf<typeof invoiceOpen>
  }
}
