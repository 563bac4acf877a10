// PRIV-01 at length: all examples, patients of the larger collection, and a record of 1,000 visits within the limits of a job.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { PatientId } from '#shared/ids.ts'
import { testClinic } from '#testkit/clinic.ts'
import { copyOf } from '#testkit/copies.ts'
import { type GivenFile, importFiles } from '#testkit/importing.ts'
import { testData } from '#testkit/read-fhir.ts'
import { lostFields, patientIds } from '#testkit/round-trip.ts'

const extra = process.env.OSLER_EXTRA_DATA ? path.join(process.env.OSLER_EXTRA_DATA, 'fhir') : null
const inFolder = (folder: string, most: number): GivenFile[] =>
  readdirSync(folder)
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .slice(0, most)
    .map((name) => [name, readFileSync(path.join(folder, name))])

test('PRIV-01: every example resource of the standard that has a place here comes back the same', {
  timeout: 240_000,
}, async () => {
  const files = [...inFolder(path.join(testData, 'hl7'), 400), ...inFolder(path.join(testData, 'ips'), 50)]
  const { lost, rows } = await lostFields(files)
  expect(lost.slice(0, 5)).toEqual([])
  expect(rows).toBeGreaterThan(20)
})

test.runIf(extra !== null && existsSync(extra ?? ''))(
  'PRIV-01: and patients of the larger collection',
  {
    timeout: 240_000,
  },
  async () => {
    const folder = readdirSync(extra ?? '').find((name) => name.includes('synthea')) ?? ''
    const { lost } = await lostFields(inFolder(path.join(extra ?? '', folder), 6))
    expect(lost.slice(0, 5)).toEqual([])
  },
)

test('PRIV-01: a record of 1,000 visits and 2,000 results is copied within minutes', {
  timeout: 240_000,
}, async () => {
  await using clinic = await testClinic()
  const subject = { reference: 'Patient/long' }
  const day = (n: number) => new Date(Date.UTC(2005, 0, 1 + n * 7, 9)).toISOString()
  const visits = Array.from({ length: 1_000 }, (_, n) => ({
    resourceType: 'Encounter',
    id: `v${n}`,
    status: 'finished',
    class: { code: 'AMB' },
    subject,
    period: { start: day(n), end: day(n) },
    type: [{ text: 'Check-up of the usual kind' }],
  }))
  const results = Array.from({ length: 2_000 }, (_, n) => ({
    resourceType: 'Observation',
    id: `o${n}`,
    status: 'final',
    subject,
    encounter: { reference: `Encounter/v${n % 1_000}` },
    code: { text: `Potassium, serum or plasma ${n % 40}` },
    effectiveDateTime: day(n % 1_000),
    valueQuantity: { value: 4 + (n % 10) / 10, unit: 'mmol/L' },
  }))
  const person = {
    resourceType: 'Patient',
    id: 'long',
    name: [{ text: 'Long Record' }],
    birthDate: '1950-01-01',
  }
  const entry = [person, ...visits, ...results].map((resource) => ({ resource }))
  await importFiles(clinic, 'admin', [['long.json', { resourceType: 'Bundle', type: 'collection', entry }]])
  const [patientId] = patientIds(clinic) as [PatientId]
  const started = performance.now()
  const files = await copyOf(clinic, patientId)
  expect((performance.now() - started) / 1000).toBeLessThan(180)
  expect(Object.keys(files).filter((name) => name.startsWith('originals/'))).toHaveLength(3_001)
})
