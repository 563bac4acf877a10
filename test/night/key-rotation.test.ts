// The night figures of KEY-07: kills while the database key is changed, alone and with the root key.
import { expect, test } from 'vitest'
import { killRenewals } from '#testkit/renewing.ts'
import { killMany } from '#testkit/rotating.ts'
import { seededRandom } from '#testkit/random.ts'

test('KEY-07: 500 kills during rotations: one generation always opens, no row is lost', async () => {
  const halves = await Promise.all([killMany(250, seededRandom(1707)), killMany(250, seededRandom(1708))])
  const kills = halves.flatMap((half) => [...half.values()]).reduce((a, b) => a + b, 0)
  expect(kills).toBe(500)
})

test('KEY-07: 200 kills while the root key is renewed: one kit always opens, no row is lost, nothing stolen opens what is there', async () => {
  const halves = await Promise.all([
    killRenewals(100, seededRandom(1909)),
    killRenewals(100, seededRandom(1910)),
  ])
  for (const { former, renewed } of halves) {
    expect(former + renewed).toBe(100)
    expect(Math.min(former, renewed)).toBeGreaterThan(10)
  }
})
