// Numbers are given once, in order, and a failed act leaves no gap.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { nextNumber, nextSerial } from './number-series.ts'

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
  expect(restored.transact((ctx) => nextNumber(ctx, 'patient'))).toBe('B1002')
})

test('SYNC 2.20: a serial is dense within its kind, year and workstation incarnation', async () => {
  await using clinic = await testClinic()
  const numbers = (on: typeof clinic, kind: string, year: number, prefix?: string) =>
    on.transact((ctx) => nextSerial(ctx, kind, year, prefix).number)
  expect([
    numbers(clinic, 'invoice', 2026),
    numbers(clinic, 'invoice', 2026),
    numbers(clinic, 'receipt', 2026, 'R'),
  ]).toEqual(['26-A-00001', '26-A-00002', 'R26-A-00001'])
  expect(() =>
    clinic.transact((ctx) => {
      nextSerial(ctx, 'invoice', 2026)
      throw new Error('disk trouble')
    }),
  ).toThrow('disk trouble')
  expect(numbers(clinic, 'invoice', 2026)).toBe('26-A-00003')
  expect(numbers(clinic, 'invoice', 2027)).toBe('27-A-00001')
  await clinic.close()
  const keys = { ...clinic.keys, device: { ...clinic.keys.device, writer: new Uint8Array(16).fill(7) } }
  await using restored = await testClinic({ reopen: { dir: clinic.dir, keys } })
  expect(numbers(restored, 'invoice', 2026)).toBe('26-B-00001')
})
