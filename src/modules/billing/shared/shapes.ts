// What fees, charges, invoices, payments and days look like as they cross the door.
import * as z from 'zod'
import { EncounterId, Id, PatientId } from '#shared/ids.ts'
import { Currency, Minor } from '#shared/money.ts'
import { Instant, LocalDate } from '#shared/time.ts'
import { JournalKind, TenderMethod } from './accounts.ts'

const Count = z.number().int().min(0)
export const BasisPoints = z.number().int().min(0).max(10_000)
export const TaxCode = z.string().regex(/^[a-z0-9-]{1,20}$/)
export const FeeCode = z.string().regex(/^[A-Za-z0-9._-]{1,20}$/)
export const PriceLevel = z.string().regex(/^[a-z0-9-]{1,20}$/)

export const feeCategories = [
  'visit',
  'procedure',
  'laboratory',
  'imaging',
  'medicine',
  'document',
  'other',
] as const

export const Price = z.strictObject({
  id: Id,
  level: PriceLevel,
  amountMinor: Minor,
  currency: Currency,
  taxCode: TaxCode,
  validFrom: LocalDate,
  validUntil: LocalDate.nullable(),
})
export type Price = z.infer<typeof Price>

export const Fee = z.strictObject({
  id: Id,
  rev: z.number().int(),
  code: FeeCode,
  title: z.string(),
  titleOther: z.string().nullable(),
  category: z.enum(feeCategories),
  status: z.enum(['active', 'retired']),
  /** Newest first. */
  prices: z.array(Price),
  /** What it costs on the asked day, before and with tax; null where no price holds. */
  now: z.strictObject({ amountMinor: Minor, taxBasisPoints: BasisPoints, totalMinor: Minor }).nullable(),
})
export type Fee = z.infer<typeof Fee>

export const TaxRate = z.strictObject({
  id: Id,
  code: TaxCode,
  name: z.string(),
  nameOther: z.string().nullable(),
  basisPoints: BasisPoints,
  validFrom: LocalDate,
  validUntil: LocalDate.nullable(),
})
export type TaxRate = z.infer<typeof TaxRate>

export const Charge = z.strictObject({
  id: Id,
  rev: z.number().int(),
  patientId: PatientId,
  encounterId: EncounterId.nullable(),
  serviceDate: LocalDate,
  code: z.string(),
  title: z.string(),
  category: z.string(),
  quantity: z.number().int(),
  unitMinor: Minor,
  taxCode: z.string(),
  taxBasisPoints: BasisPoints,
  netMinor: Minor,
  taxMinor: Minor,
  totalMinor: Minor,
  status: z.enum(['draft', 'billed']),
  /** visit: proposed from the type of the visit; hand: added by somebody. */
  source: z.enum(['visit', 'hand']),
  enteredBy: z.string(),
})
export type Charge = z.infer<typeof Charge>

export const Totals = z.strictObject({ netMinor: Minor, taxMinor: Minor, totalMinor: Minor })

/** unpaid, partial, paid, credited (taken back by a credit note), or itself a credit note. */
export const invoiceStates = ['unpaid', 'partial', 'paid', 'credited', 'credit-note'] as const

export const InvoiceLineItem = z.strictObject({
  id: Id,
  patientId: PatientId,
  patientName: z.string(),
  recordNumber: z.string(),
  number: z.string(),
  kind: z.enum(['invoice', 'credit-note']),
  state: z.enum(invoiceStates),
  issuedOn: LocalDate,
  dueOn: LocalDate.nullable(),
  currency: Currency,
  totalMinor: Minor,
  dueMinor: Minor,
})
export type InvoiceLineItem = z.infer<typeof InvoiceLineItem>

/** One patient's money in one look: what checkout starts from. */
export const Account = z.strictObject({
  patientId: PatientId,
  patientName: z.string(),
  currency: Currency,
  /** The day that acts of now count for. Later than today once today is closed. */
  businessDate: LocalDate,
  charges: z.array(Charge),
  /** What an invoice over all of `charges` would come to. */
  draft: Totals,
  /** Invoices with something due, oldest first. */
  invoices: z.array(InvoiceLineItem),
  dueMinor: Minor,
  /** Paid and not yet used for an invoice. */
  creditMinor: Minor,
  /** draft + due - credit, at least zero: what to ask for now. */
  payableMinor: Minor,
  lastMethod: TenderMethod.nullable(),
})
export type Account = z.infer<typeof Account>

export const StatementLine = z.strictObject({
  journalId: Id,
  kind: JournalKind,
  at: Instant,
  businessDate: LocalDate,
  invoiceId: Id.nullable(),
  invoiceNumber: z.string().nullable(),
  paymentId: Id.nullable(),
  paymentNumber: z.string().nullable(),
  reason: z.string().nullable(),
  by: z.string(),
  /** What the patient owes more (positive) or less by it. */
  amountMinor: Minor,
  /** What the patient owed right after it; negative is credit. */
  balanceMinor: Minor,
})
export type StatementLine = z.infer<typeof StatementLine>

const Numbered = z.strictObject({ id: Id, number: z.string() })

export const InvoiceLine = z.strictObject({
  chargeId: Id.nullable(),
  date: LocalDate,
  code: z.string(),
  title: z.string(),
  quantity: z.number().int(),
  unitMinor: Minor,
  taxBasisPoints: BasisPoints,
  netMinor: Minor,
  taxMinor: Minor,
})

export const Payer = z.strictObject({
  name: z.string().trim().min(1).max(200),
  address: z.array(z.string().trim().min(1).max(200)).max(6),
})
export type Payer = z.infer<typeof Payer>

export const Invoice = InvoiceLineItem.extend({
  issuedAt: Instant,
  issuedBy: z.string(),
  reverses: Numbered.nullable(),
  reversedBy: Numbered.nullable(),
  payer: Payer.nullable(),
  note: z.string().nullable(),
  reason: z.string().nullable(),
  lines: z.array(InvoiceLine),
  taxes: z.array(z.strictObject({ basisPoints: BasisPoints, netMinor: Minor, taxMinor: Minor })),
  netMinor: Minor,
  taxMinor: Minor,
  paidMinor: Minor,
  writtenOffMinor: Minor,
  /** What happened to it, oldest first; the effect on what is due. */
  journal: z.array(StatementLine.omit({ balanceMinor: true }).extend({ isUndone: z.boolean() })),
})
export type Invoice = z.infer<typeof Invoice>

export const TenderLine = z.strictObject({
  method: TenderMethod,
  amountMinor: Minor.min(1),
  reference: z.string().trim().max(100).nullable().default(null),
})
export const Tenders = z.array(TenderLine).min(1).max(6)

export const Payment = z.strictObject({
  id: Id,
  patientId: PatientId,
  patientName: z.string(),
  number: z.string(),
  kind: z.enum(['payment', 'refund']),
  at: Instant,
  businessDate: LocalDate,
  currency: Currency,
  totalMinor: Minor,
  /** Given back in cash at once. */
  changeMinor: Minor,
  tenders: z.array(
    z.strictObject({ method: TenderMethod, amountMinor: Minor, reference: z.string().nullable() }),
  ),
  appliedTo: z.array(z.strictObject({ invoiceId: Id, invoiceNumber: z.string(), amountMinor: Minor })),
  unusedMinor: Minor,
  refundedMinor: Minor,
  refundOf: Numbered.nullable(),
  /** As printed on the receipt. */
  balanceMinor: Minor,
  note: z.string().nullable(),
  reason: z.string().nullable(),
  cashier: z.string(),
})
export type Payment = z.infer<typeof Payment>

const LooseEnd = z.strictObject({ patientId: PatientId, patientName: z.string() })

/** What the end of a day should not leave behind; each list stops at 50 and `counts` tells how many there are. */
export const LooseEnds = z.strictObject({
  /** Whose, not what about: the title of a note is clinical. */
  unsignedNotes: z.array(LooseEnd.extend({ draftId: Id, author: z.string() })),
  unbilledVisits: z.array(LooseEnd.extend({ encounterId: EncounterId, startedAt: Instant.nullable() })),
  openVisits: z.array(LooseEnd.extend({ encounterId: EncounterId, startedAt: Instant.nullable() })),
  openCharges: z.array(LooseEnd.extend({ count: Count, totalMinor: Minor })),
  counts: z.strictObject({
    unsignedNotes: Count,
    unbilledVisits: Count,
    openVisits: Count,
    openCharges: Count,
  }),
})
export type LooseEnds = z.infer<typeof LooseEnds>

export const DayTender = z.strictObject({
  method: TenderMethod,
  inMinor: Minor,
  outMinor: Minor,
  /** What should be there: for cash the float of the morning is part of it. */
  expectedMinor: Minor,
})

export const Day = z.strictObject({
  date: LocalDate,
  today: LocalDate,
  currency: Currency,
  state: z.enum(['open', 'closed']),
  lockedUntil: LocalDate.nullable(),
  /** Days before it with money that nobody counted, at most 31: closing this day counts and closes them too. */
  earlierOpen: z.array(LocalDate),
  tenders: z.array(DayTender),
  openingFloatMinor: Minor,
  /** Whether the float was counted and confirmed this morning, and by whom. */
  openedBy: z.string().nullable(),
  totals: z.strictObject({
    invoicedMinor: Minor,
    creditedMinor: Minor,
    taxMinor: Minor,
    receivedMinor: Minor,
    refundedMinor: Minor,
    writtenOffMinor: Minor,
  }),
  looseEnds: LooseEnds.nullable(),
  /** Newest first; a day that was reopened has several. */
  closes: z.array(
    z.strictObject({
      id: Id,
      closedAt: Instant,
      closedBy: z.string(),
      floatMinor: Minor,
      explanation: z.string().nullable(),
      counts: z.array(z.strictObject({ method: TenderMethod, expectedMinor: Minor, countedMinor: Minor })),
    }),
  ),
  reopenings: z.array(z.strictObject({ at: Instant, by: z.string(), reason: z.string() })),
})
export type Day = z.infer<typeof Day>

export const CheckoutLine = z.strictObject({
  patientId: PatientId,
  patientName: z.string(),
  recordNumber: z.string(),
  openChargesMinor: Minor,
  dueMinor: Minor,
  creditMinor: Minor,
  payableMinor: Minor,
  paidTodayMinor: Minor,
})
export type CheckoutLine = z.infer<typeof CheckoutLine>

export const Series = z.strictObject({
  series: z.string(),
  first: z.string(),
  last: z.string(),
  count: Count,
  /** Numbers between first and last that no document carries: none, ever. */
  missing: Count,
})
