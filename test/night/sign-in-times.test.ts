// The long run of AUTH-08: a thousand refused sign-ins of each of four kinds, medians within 10 %.
import { expect, test } from 'vitest'
import { timeRefusals } from '#testkit/sign-in-times.ts'
import { testClinic } from '#testkit/clinic.ts'

test('AUTH-08: a thousand timed refusals of each kind, medians within ten percent', async () => {
  await using clinic = await testClinic({ kdf: { memoryKib: 8 * 1024, iterations: 2, parallelism: 1 } })
  const { answers, medians } = await timeRefusals(clinic, 1_000)
  expect([...answers]).toEqual(['WRONG_PASSWORD {}'])
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.1)
})
