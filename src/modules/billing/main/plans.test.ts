// The cost of billing: no statement that a person waits for walks a table.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import * as businessDate from './business-date.ts'
import * as charges from './charge-queries.ts'
import * as days from './day-queries.ts'
import * as fees from './fee-queries.ts'
import * as invoices from './invoice-queries.ts'
import * as ledger from './ledger-queries.ts'
import * as payments from './payment-queries.ts'

test('no statement of billing walks a whole table', async () => {
  await using clinic = await testClinic()
  const all = [businessDate, charges, days, fees, invoices, ledger, payments].flatMap(queriesOf)

  expect(all.length).toBeGreaterThan(40)
  const walked = tableWalks(clinic, all).map((walk) => walk.split(':')[0] ?? '')
  expect([...new Set(walked)].sort()).toEqual(wholeOnPurpose)
})

/** Read whole, each for its reason. */
const wholeOnPurpose = [
  // A schedule: some hundred fees, their prices, a handful of taxes.
  'allFees',
  'allPrices',
  'allTaxRates',
  // A list of ids handed in, or what is open at the desk now: indexes that hold nothing else.
  'atTheDesk',
  'balancesOf',
  'invoicesOfPatients',
  'openCharges',
  'openOfPatients',
  'openTotals',
  // One row from the end of an index; one row a closed day, when a day is reopened.
  'newestLock',
  'locks',
  // The proof that no number is missing counts all of them; asked for rarely.
  'invoiceSeries',
  'paymentSeries',
  // Drafts of this workstation.
  'unsignedNotes',
].sort()
