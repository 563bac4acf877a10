// What other modules may use of billing: charging a visit, what patients owe, papers, the loose ends of a day.
export { chargeEncounter, chargeVisit, type VisitToCharge } from './charges.ts'
export { openBalances } from './ledger.ts'
export { looseEnds } from './loose-ends.ts'
export { invoicePaper, receiptPaper } from './papers.ts'
