// The long runs of AUTH-08 and AUTH-07: a thousand refused sign-ins of each of four kinds, ten thousand guessed codes.
import { expect, test } from 'vitest'
import { guessCodes } from '#testkit/guess-codes.ts'
import { timeRefusals } from '#testkit/sign-in-times.ts'
import { testClinic } from '#testkit/clinic.ts'

test('AUTH-08: a thousand timed refusals of each kind, medians within ten percent', async () => {
  await using clinic = await testClinic({ kdf: { memoryKib: 8 * 1024, iterations: 2, parallelism: 1 } })
  const { answers, medians } = await timeRefusals(clinic, 1_000)
  expect([...answers]).toEqual(['WRONG_PASSWORD {}'])
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.1)
})

test('AUTH-07: of ten thousand codes for the second step at most a hundred are looked at', async () => {
  expect(await guessCodes(10_000)).toBeLessThanOrEqual(100)
})
