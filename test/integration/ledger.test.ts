// I3, complaint 17: whatever the desk, billing, doctors, nurses and admins do with money, in whatever order, the ledger
// says what an independent model says, every journal comes to zero, and no number is missing or given twice.
import { expect, test } from 'vitest'
import { issueInvoice } from '#modules/billing/main/invoices.ts'
import { booksOf } from '#modules/billing/main/business-date.ts'
import { addCharge } from '#modules/billing/main/charges.ts'
import { patientOf, withFees } from '#testkit/billing.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { runLedgerActs } from '#testkit/ledger-acts.ts'
import { seededRandom } from '#testkit/random.ts'

test('2,000 random acts by five roles equal the model, refusals included', async () => {
  await using clinic = await testClinic()
  const { outcomes } = await runLedgerActs(clinic, { acts: 2000, seed: 17, patients: 6, checkEvery: 500 })
  // The run is worth something only if every kind of act went through and was refused at least once.
  const names = new Set([...outcomes.keys()].map((kind) => kind.split(':')[0]))
  for (const name of names) {
    expect([...outcomes.keys()]).toContain(`${name}: ok`)
    expect([...outcomes.keys()]).toContain(`${name}: FORBIDDEN`)
  }
  expect(outcomes.get('refund: TOO_MUCH')).toBeGreaterThan(3)
  expect(outcomes.get('checkout: TOO_MUCH')).toBeGreaterThan(3)
})

test('SYNC 2.20: 10,000 invoices are dense and unique in their series, over rollbacks, years, reopenings and a restored file', async () => {
  const first = await testClinic()
  await using clinic = first
  const { visit } = await withFees(clinic)
  const patients = [await patientOf(clinic), await patientOf(clinic, 'Bo Lind')]
  const random = seededRandom(3)
  let issued = 0
  const issueSome = (on: TestClinic, count: number) => {
    const fails = random() < 0.2
    const attempt = () =>
      on.transact((ctx) => {
        const books = booksOf(ctx)
        for (let i = 0; i < count; i++) {
          const patientId = patients[i % 2] as (typeof patients)[number]
          const input = {
            patientId,
            feeId: visit.id,
            quantity: 1,
            level: 'standard',
            encounterId: null,
            serviceDate: null,
          }
          issueInvoice(ctx, books, { patientId, charges: [addCharge(ctx, input)], payer: null, note: null })
        }
        if (fails) throw new Error('power cut')
      })
    if (fails) expect(attempt).toThrow('power cut')
    else {
      attempt()
      issued += count
    }
  }
  while (issued < 5000) issueSome(clinic, 250)
  const again = await clinic.reopen({ startAt: Date.UTC(2027, 0, 4, 8) })
  while (issued < 8000) issueSome(again, 250)
  await again.close()
  const keys = { ...clinic.keys, device: { ...clinic.keys.device, writer: new Uint8Array(16).fill(9) } }
  await using restored = await testClinic({ reopen: { dir: clinic.dir, keys }, startAt: again.now() })
  while (issued < 10_000) issueSome(restored, 250)

  const { series } = await restored.as('billing').billing.numbering({})
  expect(series.map((s) => [s.series, s.first, s.missing])).toEqual([
    ['invoice:26-A', '26-A-00001', 0],
    ['invoice:27-A', '27-A-00001', 0],
    ['invoice:27-B', '27-B-00001', 0],
  ])
  expect(series.reduce((sum, s) => sum + s.count, 0)).toBe(10_000)
  const numbers = restored.read((read) => read.list((db) => db.selectFrom('invoice').select('number')))
  expect(new Set(numbers.map((n) => n.number)).size).toBe(10_000)
})
