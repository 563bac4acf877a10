// Numbers are given once, in order, and a failed act leaves no gap.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { nextNumber } from './number-series.ts'

test('each series counts by itself from 1001', async () => {
  await using clinic = await testClinic()
  const taken = clinic.transact((ctx) =>
    ['patient', 'patient', 'visit', 'patient'].map((name) => nextNumber(ctx, name)),
  )
  expect(taken).toEqual(['1001', '1002', '1001', '1003'])
})

test('an act that fails gives its number back', async () => {
  await using clinic = await testClinic()
  const failing = () =>
    clinic.transact((ctx) => {
      nextNumber(ctx, 'patient')
      throw new Error('disk trouble')
    })
  expect(failing).toThrow('disk trouble')
  expect(clinic.transact((ctx) => nextNumber(ctx, 'patient'))).toBe('1001')
})

test('another writer of the same file counts on under its own letter', async () => {
  await using clinic = await testClinic()
  clinic.transact((ctx) => nextNumber(ctx, 'patient'))
  await clinic.close()
  const keys = { ...clinic.keys, device: { ...clinic.keys.device, writer: new Uint8Array(16).fill(7) } }
  await using restored = await testClinic({ reopen: { dir: clinic.dir, keys } })
  restored.transact(() => undefined)
  expect(restored.transact((ctx) => nextNumber(ctx, 'patient'))).toBe('B1002')
})
