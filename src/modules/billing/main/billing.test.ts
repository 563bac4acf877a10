// Billing through the front door: from a charge to a receipt, corrections by reversal, and who may not.
import { expect, test } from 'vitest'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { card, cash, invoiced, patientOf, withFees } from '#testkit/billing.ts'
import { invoicePaper, openBalances, receiptPaper } from './api.ts'

const reason = 'entered on the wrong patient'

test('W10: charges become an invoice and a paid receipt in one act, and the papers say the same', async () => {
  await using clinic = await testClinic()
  const { visit, letter } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const desk = clinic.as('reception').billing
  await clinic.as('doctor').billing.addCharge({ patientId, feeId: visit.id })
  await desk.addCharge({ patientId, feeId: letter.id })

  const account = await desk.account({ patientId })
  expect(account).toMatchObject({ payableMinor: 6196, lastMethod: null, businessDate: '2026-03-02' })
  const done = await desk.checkout({
    patientId,
    chargeIds: account.charges.map((c) => c.id),
    expectedPayableMinor: 6196,
    tenders: [...card(3000), ...cash(4000)],
  })

  expect(done).toMatchObject({
    invoice: { number: '26-A-00001' },
    payment: { number: 'R26-A-00001' },
    changeMinor: 804,
    balanceMinor: 0,
  })
  const invoice = await desk.invoice({ patientId, invoiceId: done.invoice?.id ?? '' })
  expect(invoice).toMatchObject({
    state: 'paid',
    netMinor: 6005,
    taxMinor: 191,
    totalMinor: 6196,
    paidMinor: 6196,
  })
  expect(invoice.taxes).toEqual([
    { basisPoints: 1900, netMinor: 1005, taxMinor: 191 },
    { basisPoints: 0, netMinor: 5000, taxMinor: 0 },
  ])
  const papers = clinic.read((read) => ({
    invoice: invoicePaper(read, patientId, invoice.id),
    receipt: receiptPaper(read, patientId, done.payment?.id ?? ''),
  }))
  expect(papers.invoice).toMatchObject({ totalMinor: 6196, dueMinor: 0, patient: { name: 'Ana Sol' } })
  expect(papers.receipt).toMatchObject({
    tenders: [
      { method: 'card', amountMinor: 3000 },
      { method: 'cash', amountMinor: 3196 },
    ],
    appliedTo: [{ invoiceNumber: '26-A-00001', amountMinor: 6196 }],
    totalMinor: 6196,
    balanceMinor: 0,
    cashier: 'Test reception',
  })
  expect((await desk.account({ patientId })).lastMethod).toBe('card')
})

test('a bill that changed under the eyes of the desk is refused, not posted at another amount', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const desk = clinic.as('reception').billing
  const charge = await desk.addCharge({ patientId, feeId: visit.id })
  await clinic
    .as('billing')
    .billing.changeCharge({ patientId, chargeId: charge.id, rev: charge.rev, quantity: 2, unitMinor: 5000 })
  const pay = { patientId, chargeIds: [charge.id], expectedPayableMinor: 5000, tenders: cash(5000) }

  await expect(desk.checkout(pay)).rejects.toMatchObject({
    code: 'CONFLICT',
    details: { payableMinor: 10_000 },
  })
  expect((await desk.invoices({ state: 'all' })).invoices).toEqual([])
  await expect(
    desk.issue({ patientId, chargeIds: [charge.id], expectedTotalMinor: 5000 }),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('the same act sent twice takes the money once (idempotency)', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  await invoiced(clinic, patientId, visit)
  const opId = clinic.transact((ctx) => ctx.mint())
  const desk = clinic.as('reception').billing
  const once = await desk.takePayment({ patientId, tenders: card(2000) }, opId)
  const twice = await desk.takePayment({ patientId, tenders: card(2000) }, opId)
  expect(twice).toEqual(once)
  expect((await desk.account({ patientId })).dueMinor).toBe(3000)
})

test('two equal payments are two payments, and both are shown', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const invoice = await invoiced(clinic, patientId, visit)
  const desk = clinic.as('reception').billing
  await desk.takePayment({ patientId, tenders: cash(1000) })
  await desk.takePayment({ patientId, tenders: cash(1000) })
  const after = await desk.invoice({ patientId, invoiceId: invoice.id })
  expect(after).toMatchObject({ state: 'partial', paidMinor: 2000, dueMinor: 3000 })
  expect(after.journal.map((j) => j.amountMinor)).toEqual([5000, -1000, -1000])
})

test('too much on a card is refused; cash gives change; credit only where it is asked for', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  await invoiced(clinic, patientId, visit)
  const desk = clinic.as('reception').billing
  await expect(desk.takePayment({ patientId, tenders: card(6000) })).rejects.toMatchObject({
    code: 'TOO_MUCH',
    details: { mostMinor: 5000 },
  })
  expect(await desk.takePayment({ patientId, tenders: cash(6000) })).toMatchObject({
    totalMinor: 5000,
    changeMinor: 1000,
  })
  const deposit = await desk.takePayment({ patientId, tenders: card(2000), excess: 'credit' })
  expect(deposit).toMatchObject({ unusedMinor: 2000, appliedTo: [], balanceMinor: -2000 })

  const next = await invoiced(clinic, patientId, visit)
  await expect(desk.applyCredit({ patientId, invoiceId: next.id, amountMinor: 2001 })).rejects.toMatchObject({
    code: 'TOO_MUCH',
  })
  expect(await desk.applyCredit({ patientId, invoiceId: next.id, amountMinor: 2000 })).toMatchObject({
    dueMinor: 3000,
  })
})

test('checkout uses credit first and settles the oldest debt', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const old = await invoiced(clinic, patientId, visit)
  const desk = clinic.as('reception').billing
  await desk.takePayment({ patientId, tenders: card(7000), excess: 'credit' })
  const charge = await desk.addCharge({ patientId, feeId: visit.id })
  expect(await desk.account({ patientId })).toMatchObject({
    dueMinor: 0,
    creditMinor: 2000,
    payableMinor: 3000,
  })
  const done = await desk.checkout({
    patientId,
    chargeIds: [charge.id],
    expectedPayableMinor: 3000,
    tenders: cash(3000),
  })
  expect(done.balanceMinor).toBe(0)
  expect(await desk.invoice({ patientId, invoiceId: old.id })).toMatchObject({ state: 'paid' })
})

test('a credit note takes an invoice back whole: what was paid is credit, what was written off is gone', async () => {
  await using clinic = await testClinic()
  const { letter } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const invoice = await invoiced(clinic, patientId, letter, 2)
  const desk = clinic.as('reception').billing
  const office = clinic.as('billing').billing
  const invoiceId = invoice.id
  await desk.takePayment({ patientId, tenders: cash(1000) })
  await office.writeOff({ patientId, invoiceId, amountMinor: 200, reason })

  const note = await office.creditNote({ patientId, invoiceId, reason, reopenCharges: true })

  expect(note).toMatchObject({
    number: 'C26-A-00001',
    kind: 'credit-note',
    totalMinor: -2392,
    taxMinor: -382,
    reverses: { number: '26-A-00001' },
  })
  expect(await office.invoice({ patientId, invoiceId })).toMatchObject({
    state: 'credited',
    dueMinor: 0,
    paidMinor: 0,
    writtenOffMinor: 0,
    reversedBy: { number: 'C26-A-00001' },
    lines: invoice.lines,
  })
  expect(await desk.account({ patientId })).toMatchObject({
    dueMinor: 0,
    creditMinor: 1000,
    payableMinor: 1392,
  })
  await expect(office.creditNote({ patientId, invoiceId, reason })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
})

test('refunds never exceed what was paid, and a refunded invoice is due again', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const { id: invoiceId } = await invoiced(clinic, patientId, visit)
  const office = clinic.as('billing').billing
  const { id: paymentId } = await office.takePayment({ patientId, tenders: card(6000), excess: 'credit' })

  const first = await office.refund({ patientId, paymentId, tenders: cash(1500), reason })
  expect(first).toMatchObject({
    kind: 'refund',
    totalMinor: 1500,
    balanceMinor: 500,
    refundOf: { number: 'R26-A-00001' },
  })
  expect(await office.invoice({ patientId, invoiceId })).toMatchObject({ dueMinor: 500, state: 'partial' })
  await expect(office.refund({ patientId, paymentId, tenders: card(4501), reason })).rejects.toMatchObject({
    code: 'TOO_MUCH',
    details: { mostMinor: 4500 },
  })
  await office.refund({ patientId, paymentId, tenders: card(4500), reason })
  expect(await office.payment({ patientId, paymentId })).toMatchObject({
    refundedMinor: 6000,
    unusedMinor: 0,
    appliedTo: [],
  })
  await expect(
    office.refund({ patientId, paymentId: first.id, tenders: card(1), reason }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })
})

test('a write-off stays within what is due and can be taken back once', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const { id: invoiceId } = await invoiced(clinic, patientId, visit)
  const office = clinic.as('billing').billing
  await expect(office.writeOff({ patientId, invoiceId, amountMinor: 5001, reason })).rejects.toMatchObject({
    code: 'TOO_MUCH',
    details: { mostMinor: 5000 },
  })
  const off = await office.writeOff({ patientId, invoiceId, amountMinor: 5000, reason })
  expect(off).toMatchObject({ state: 'paid', writtenOffMinor: 5000 })
  const journalId = off.journal.at(-1)?.journalId ?? ''
  expect(await office.undoWriteOff({ patientId, journalId, reason })).toMatchObject({
    state: 'unpaid',
    dueMinor: 5000,
  })
  await expect(office.undoWriteOff({ patientId, journalId, reason })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
})

test('corrections of money are billing’s: the desk, clinicians and an admin are refused', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const { id: invoiceId } = await invoiced(clinic, patientId, visit)
  const { id: paymentId } = await clinic
    .as('reception')
    .billing.takePayment({ patientId, tenders: cash(100) })
  for (const role of ['reception', 'doctor', 'nurse', 'admin', 'lab'] as const) {
    const as = clinic.as(role).billing
    const refused = { code: 'FORBIDDEN' }
    await expect(as.creditNote({ patientId, invoiceId, reason })).rejects.toMatchObject(refused)
    await expect(as.refund({ patientId, paymentId, tenders: cash(100), reason })).rejects.toMatchObject(
      refused,
    )
    await expect(as.writeOff({ patientId, invoiceId, amountMinor: 1, reason })).rejects.toMatchObject(refused)
    await expect(as.reopenDay({ date: '2026-03-02', reason })).rejects.toMatchObject(refused)
  }
  await expect(clinic.as('doctor').billing.account({ patientId })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(clinic.as('nurse').billing.addCharge({ patientId, feeId: visit.id })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('AUTHZ-05: an admin sees totals and no patient’s money by name', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  await invoiced(clinic, patientId, visit)
  const admin = clinic.as('admin').billing
  expect(await admin.invoices({ withTotals: true })).toEqual({
    currency: 'EUR',
    invoices: [],
    next: null,
    openCount: 1,
    openDueMinor: 5000,
  })
  expect(await admin.account({ patientId })).toMatchObject({
    patientName: '',
    charges: [],
    invoices: [],
    dueMinor: 5000,
  })
  expect(await admin.day({})).toMatchObject({ looseEnds: null, closes: [], totals: { invoicedMinor: 5000 } })
})

test('a charge may be taken back by whoever entered it; a colleague is refused, billing is not', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const charge = await clinic.as('doctor').billing.addCharge({ patientId, feeId: visit.id })
  const remove = { patientId, chargeId: charge.id, rev: charge.rev }
  await expect(clinic.as('reception').billing.removeCharge(remove)).rejects.toMatchObject({
    code: 'NOT_AUTHOR',
  })
  await clinic.as('doctor').billing.removeCharge(remove)
  await expect(clinic.as('billing').billing.removeCharge(remove)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await clinic.as('doctor').billing.restoreCharge({ patientId, chargeId: charge.id })).toMatchObject({
    status: 'draft',
  })
  const other = await patientOf(clinic, 'Bo Lind')
  await expect(
    clinic.as('billing').billing.removeCharge({ ...remove, patientId: other }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('what is invoiced can no longer be charged, changed or invoiced again', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const { lines } = await invoiced(clinic, patientId, visit)
  const chargeId = lines[0]?.chargeId ?? ''
  const office = clinic.as('billing').billing
  const issued = { code: 'ALREADY_ISSUED' }
  await expect(office.removeCharge({ patientId, chargeId, rev: 2 })).rejects.toMatchObject(issued)
  await expect(
    office.changeCharge({ patientId, chargeId, rev: 2, quantity: 9, unitMinor: 1 }),
  ).rejects.toMatchObject(issued)
  await expect(
    office.issue({ patientId, chargeIds: [chargeId], expectedTotalMinor: 5000 }),
  ).rejects.toMatchObject({ code: 'NOTHING_TO_BILL' })
})

test('a price holds from its day: earlier services cost what they cost, charges keep their price', async () => {
  await using clinic = await testClinic()
  const { visit, letter } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const office = clinic.as('billing').billing
  const before = await office.addCharge({ patientId, feeId: visit.id })
  await office.setPrice({ feeId: visit.id, amountMinor: 6000, taxCode: 'exempt', validFrom: '2026-03-01' })
  await office.setPrice({
    feeId: visit.id,
    level: 'child',
    amountMinor: 2000,
    taxCode: 'exempt',
    validFrom: '2026-01-01',
  })
  await office.setTaxRate({ code: 'standard', name: 'VAT', basisPoints: 1600, validFrom: '2026-02-01' })
  const charged = async (feeId: string, serviceDate: string, level?: string) =>
    (await office.addCharge({ patientId, feeId, serviceDate, ...(level ? { level } : {}) })).totalMinor

  expect(before.totalMinor).toBe(5000)
  expect((await office.account({ patientId })).charges[0]).toMatchObject({ totalMinor: 5000 })
  expect(await charged(visit.id, '2026-02-28')).toBe(5000)
  expect(await charged(visit.id, '2026-03-01')).toBe(6000)
  expect(await charged(visit.id, '2026-03-01', 'child')).toBe(2000)
  expect(await charged(letter.id, '2026-01-31')).toBe(1196)
  expect(await charged(letter.id, '2026-02-01')).toBe(1166)
  await expect(charged(visit.id, '2025-12-31')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(office.addFee({ ...feeInput, code: 'VISIT' })).rejects.toMatchObject({ code: 'DUPLICATE' })
  await expect(clinic.as('reception').billing.addFee(feeInput)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
const feeInput = {
  code: 'X-RAY',
  title: 'Hand, two views',
  category: 'imaging' as const,
  amountMinor: 3000,
  taxCode: 'exempt',
  validFrom: '2026-01-01',
}

test('a free service can be invoiced and leaves nothing due', async () => {
  await using clinic = await testClinic()
  const { free } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  expect(await invoiced(clinic, patientId, free)).toMatchObject({ totalMinor: 0, state: 'paid' })
})

test.each([
  ['JPY', 'JP'],
  ['KWD', 'KW'],
])('amounts are minor units of %s, whatever its digits', async (currency) => {
  await using clinic = await testClinic()
  await pricedIn(clinic, currency)
  const { letter } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  expect(await invoiced(clinic, patientId, letter)).toMatchObject({ currency, totalMinor: 1196 })
})

test('a fee in another currency than the clinic’s has no price', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  await pricedIn(clinic, 'CHF')
  await expect(clinic.as('billing').billing.addCharge({ patientId, feeId: visit.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('the statement runs: each line carries the balance after it, over pages', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  const desk = clinic.as('reception').billing
  for (let i = 0; i < 3; i++) {
    await invoiced(clinic, patientId, visit)
    await desk.takePayment({ patientId, tenders: cash(4000) })
  }
  const whole = await desk.statement({ patientId })
  expect(whole.lines.map((l) => l.balanceMinor)).toEqual([3000, 7000, 2000, 6000, 1000, 5000])
  expect(whole.lines.map((l) => l.amountMinor)).toEqual([-4000, 5000, -4000, 5000, -4000, 5000])
  const first = await desk.statement({ patientId, limit: 2 })
  const second = await desk.statement({ patientId, limit: 4, cursor: first.next })
  expect([...first.lines, ...second.lines]).toEqual(whole.lines)
  expect(second.next).toBeNull()
})

test('invoices are found by number, by its last digits and by name; the open ones by themselves', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const ana = await patientOf(clinic)
  const bo = await patientOf(clinic, 'Bo Lind')
  await invoiced(clinic, ana, visit)
  await invoiced(clinic, bo, visit)
  const desk = clinic.as('reception').billing
  await desk.takePayment({ patientId: ana, tenders: cash(5000) })
  const found = async (input: Parameters<typeof desk.invoices>[0]) =>
    (await desk.invoices(input)).invoices.map((i) => `${i.number} ${i.patientName} ${i.state}`)

  expect(await found({})).toEqual(['26-A-00002 Bo Lind unpaid'])
  expect(await found({ state: 'all' })).toEqual(['26-A-00002 Bo Lind unpaid', '26-A-00001 Ana Sol paid'])
  expect(await found({ state: 'all', text: '26-a-00001' })).toEqual(['26-A-00001 Ana Sol paid'])
  expect(await found({ state: 'all', text: '1' })).toEqual(['26-A-00001 Ana Sol paid'])
  expect(await found({ state: 'all', text: 'sol' })).toEqual(['26-A-00001 Ana Sol paid'])
  expect(await found({ state: 'open', text: 'lind' })).toEqual(['26-A-00002 Bo Lind unpaid'])
  expect(await found({ state: 'open', text: 'sol' })).toEqual([])
  const page = await desk.invoices({ state: 'all', limit: 1 })
  expect((await desk.invoices({ state: 'all', limit: 1, cursor: page.next })).invoices[0]?.number).toBe(
    '26-A-00001',
  )
})

test('the board reads what many patients owe in one statement: open charges, debts, less credit', async () => {
  await using clinic = await testClinic()
  const { visit, letter } = await withFees(clinic)
  const [ana, bo, cy] = [
    await patientOf(clinic),
    await patientOf(clinic, 'Bo'),
    await patientOf(clinic, 'Cy'),
  ]
  const desk = clinic.as('reception').billing
  await invoiced(clinic, ana, visit)
  await desk.addCharge({ patientId: ana, feeId: letter.id })
  await desk.takePayment({ patientId: bo, tenders: cash(700), excess: 'credit' })
  const balances = clinic.read((read) => openBalances(read, [ana, bo, cy]))
  expect([balances.get(ana), balances.get(bo), balances.get(cy)]).toEqual([6196, -700, 0])
  expect(
    (await desk.checkouts({})).lines.map((l) => [l.patientName, l.payableMinor, l.paidTodayMinor]),
  ).toEqual([
    ['Bo', 0, 700],
    ['Ana Sol', 6196, 0],
  ])
})

async function pricedIn(clinic: TestClinic, currency: string): Promise<void> {
  const admin = clinic.as('admin').clinic
  const { rev = 0, oneCareTeam = true, isDemo: _isDemo, ...now } = await admin.get({})
  await admin.update({ ...now, rev, oneCareTeam, currency })
}
