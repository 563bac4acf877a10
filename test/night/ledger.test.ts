// The long run of test/integration/ledger.test.ts: 100,000 random acts on money by five roles, all through dispatch.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { runLedgerActs } from '#testkit/ledger-acts.ts'

test('100,000 random ledger acts by five roles equal the model, and every journal balances', async () => {
  await using clinic = await testClinic()
  const { outcomes, accounts } = await runLedgerActs(clinic, {
    acts: 100_000,
    seed: 2026,
    patients: 400,
    checkEvery: 10_000,
  })
  expect([...outcomes.values()].reduce((a, b) => a + b, 0)).toBe(100_000)
  expect([...accounts.values()].reduce((sum, account) => sum + account.invoices.length, 0)).toBeGreaterThan(
    3000,
  )
})
