// What the ledger should say, kept by other means: no double entry and no sums over rows, but one object for each invoice
// and payment that remembers who paid what, and an answer for each act before it is sent.
import type { TenderMethod } from '#modules/billing/shared/accounts.ts'

export interface ModelInvoice {
  readonly id: string
  readonly totalMinor: number
  readonly charges: readonly ModelCharge[]
  /** Payment to what it settles here, in the order of first use. */
  readonly paid: Map<string, number>
  readonly writeOffs: { journalId: string; amountMinor: number; undone: boolean }[]
  credited: boolean
}

export interface ModelPayment {
  readonly id: string
  readonly totalMinor: number
  unused: number
  refunded: number
  /** Counts acts: which use is the newest. */
  readonly lastUse: Map<string, number>
}

export interface ModelCharge {
  readonly id: string
  readonly rev: number
  readonly totalMinor: number
  readonly by: string
}

export interface ModelTender {
  readonly method: TenderMethod
  readonly amountMinor: number
}

/** One patient's money. */
export class ModelAccount {
  readonly invoices: ModelInvoice[] = []
  readonly payments: ModelPayment[] = []
  charges: ModelCharge[] = []
  private act = 0

  dueOf(invoice: ModelInvoice): number {
    if (invoice.credited) return 0
    const paid = [...invoice.paid.values()].reduce((a, b) => a + b, 0)
    const off = invoice.writeOffs.reduce((a, w) => a + (w.undone ? 0 : w.amountMinor), 0)
    return invoice.totalMinor - paid - off
  }
  get due(): number {
    return this.invoices.reduce((sum, invoice) => sum + this.dueOf(invoice), 0)
  }
  get credit(): number {
    return this.payments.reduce((sum, payment) => sum + payment.unused, 0)
  }
  get openCharges(): number {
    return this.charges.reduce((sum, charge) => sum + charge.totalMinor, 0)
  }

  issue(id: string, charges: readonly ModelCharge[]): ModelInvoice {
    const invoice: ModelInvoice = {
      id,
      totalMinor: charges.reduce((sum, c) => sum + c.totalMinor, 0),
      charges,
      paid: new Map(),
      writeOffs: [],
      credited: false,
    }
    this.invoices.push(invoice)
    this.charges = this.charges.filter((c) => !charges.includes(c))
    return invoice
  }

  /** What can be taken at most without credit, and what a payment would leave; null where it is refused. */
  settlement(tenders: readonly ModelTender[], excess: 'change' | 'credit') {
    const given = tenders.reduce((sum, t) => sum + t.amountMinor, 0)
    const cash = tenders.filter((t) => t.method === 'cash').reduce((sum, t) => sum + t.amountMinor, 0)
    const used = Math.min(given, this.due)
    const beyond = given - used
    if (beyond === 0) return { used, change: 0, credit: 0 }
    if (excess === 'credit') return { used, change: 0, credit: beyond }
    return used === 0 || beyond > cash ? null : { used, change: beyond, credit: 0 }
  }

  pay(id: string, used: number, credit: number): void {
    const payment: ModelPayment = {
      id,
      totalMinor: used + credit,
      unused: used + credit,
      refunded: 0,
      lastUse: new Map(),
    }
    this.payments.push(payment)
    this.spend(payment, used)
  }

  /** Oldest debt first. */
  private spend(payment: ModelPayment, amount: number): void {
    this.act += 1
    let left = amount
    for (const invoice of this.invoices) {
      const part = Math.min(left, this.dueOf(invoice))
      if (part > 0) this.use(payment, invoice, part)
      left -= part
    }
  }
  private use(payment: ModelPayment, invoice: ModelInvoice, part: number): void {
    invoice.paid.set(payment.id, (invoice.paid.get(payment.id) ?? 0) + part)
    payment.unused -= part
    payment.lastUse.set(invoice.id, ++this.act)
  }

  applyCredit(invoice: ModelInvoice, amount: number): void {
    let left = amount
    for (const payment of this.payments) {
      const part = Math.min(left, payment.unused)
      if (part > 0) this.use(payment, invoice, part)
      left -= part
    }
  }
  /** As checkout does: all credit, oldest debt first. */
  spendCredit(): void {
    for (const invoice of this.invoices) {
      const part = Math.min(this.credit, this.dueOf(invoice))
      if (part > 0) this.applyCredit(invoice, part)
    }
  }

  refund(payment: ModelPayment, amount: number): void {
    let left = amount - Math.min(amount, payment.unused)
    payment.unused -= amount - left
    payment.refunded += amount
    const uses = [...payment.lastUse].sort((a, b) => b[1] - a[1])
    for (const [invoiceId] of uses) {
      const invoice = this.invoices.find((i) => i.id === invoiceId)
      const paid = invoice?.paid.get(payment.id) ?? 0
      const part = Math.min(left, paid)
      if (invoice && part > 0) invoice.paid.set(payment.id, paid - part)
      left -= part
    }
  }

  creditNote(invoice: ModelInvoice, reopen: boolean): void {
    invoice.credited = true
    for (const [paymentId, amount] of invoice.paid) {
      const payment = this.payments.find((p) => p.id === paymentId)
      if (payment) payment.unused += amount
    }
    invoice.paid.clear()
    if (reopen) this.charges.push(...invoice.charges.map((charge) => ({ ...charge, rev: charge.rev + 2 })))
  }
}
