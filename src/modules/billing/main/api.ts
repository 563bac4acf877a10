// What other modules may use of billing: charging a visit, what patients owe, papers, the loose ends of a day; and, for
// whoever sets up a practice, fees and the acts of the desk under their own rules.
export { account } from './account.ts'
export { chargeEncounter, chargeVisit, type VisitToCharge } from './charges.ts'
export { openBalances } from './ledger.ts'
export { looseEnds } from './loose-ends.ts'
export { invoicePaper, receiptPaper } from './papers.ts'
export { checkout } from './checkout.ts'
export { closeDay, day, openDrawer } from './day.ts'
export { addFee, setTaxRate } from './fees.ts'
export { issue } from './invoices.ts'
