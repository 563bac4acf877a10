// Vital signs of an open chart: which value is the latest, and which points make a line.
import { expect, test } from 'vitest'
import type { PatientId } from '#shared/ids.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { chartTables } from './api.ts'

const day = 86_400_000

interface Taken {
  at: string | null
  value?: number
  unit?: string
  ucum?: string
  components?: readonly { code: string; value_number: number; value_ucum: string }[]
  code?: string | null
}

/** Rows without a date get the id of now, as an import gives them. */
async function vitalsAfter(clinic: TestClinic, code: string, taken: readonly Taken[]) {
  const doctor = clinic.as('doctor')
  const { id } = await doctor.patients.register({ name: 'Ana Sol', gender: 'female' })
  const patientId: PatientId = id
  clinic.transact((ctx) => {
    for (const t of taken) {
      ctx.write.insert(
        chartTables.observation,
        {
          patient_id: patientId,
          status: 'final',
          category: 'vital-signs',
          code: t.code === undefined ? code : t.code,
          code_display: 'Measured',
          effective_at: t.at,
          value_number: t.value ?? null,
          value_unit: t.unit ?? null,
          value_ucum: t.ucum ?? null,
          components: t.components ? JSON.stringify(t.components) : null,
        },
        t.at === null ? undefined : Date.parse(t.at),
      )
    }
  })
  return (await doctor.chart.open({ patientId })).vitals
}

test('a measurement without a date neither is the latest nor has a place on the curve', async () => {
  await using clinic = await testClinic()
  const undated = Array.from({ length: 30 }, (_, i) => ({ at: null, value: 90 + i, ucum: 'kg' }))
  const dated = [
    { at: '2020-01-01T00:00:00.000Z', value: 70, ucum: 'kg' },
    { at: '2021-01-01T00:00:00.000Z', value: 71, ucum: 'kg' },
  ]

  const coded = await vitalsAfter(clinic, '29463-7', [...dated, ...undated])
  const uncoded = await vitalsAfter(
    clinic,
    '',
    [...dated, ...undated].map((t) => ({ ...t, code: null })),
  )

  for (const vitals of [coded, uncoded]) {
    expect(vitals).toHaveLength(1)
    expect(vitals[0]?.latest).toMatchObject({ valueNumber: 71, effectiveAt: '2021-01-01T00:00:00.000Z' })
    expect(vitals[0]?.series.map((p) => p.value)).toEqual([70, 71])
  }
})

test('a sign that was never dated still shows its value, and no curve', async () => {
  await using clinic = await testClinic()

  const vitals = await vitalsAfter(clinic, '29463-7', [{ at: null, value: 70, ucum: 'kg' }])

  expect(vitals).toMatchObject([
    { key: 'weight', latest: { valueNumber: 70, effectiveAt: null }, series: [] },
  ])
})

test('pounds and kilograms are not drawn as one line', async () => {
  await using clinic = await testClinic()

  const vitals = await vitalsAfter(clinic, '29463-7', [
    { at: new Date(clinic.now() - 3 * day).toISOString(), value: 44, unit: 'lb', ucum: '[lb_av]' },
    { at: new Date(clinic.now() - 2 * day).toISOString(), value: 20.5, unit: 'kg' },
    { at: new Date(clinic.now() - day).toISOString(), value: 21, unit: 'kilogram', ucum: 'kg' },
    { at: new Date(clinic.now()).toISOString(), value: 21.5, unit: 'kg', ucum: 'kg' },
  ])

  expect(vitals[0]?.latest).toMatchObject({ valueNumber: 21.5, unit: 'kg' })
  expect(vitals[0]?.series.map((p) => p.value)).toEqual([20.5, 21, 21.5])
})

test('blood pressures in another unit stay off the curve', async () => {
  await using clinic = await testClinic()
  const pressure = (systolic: number, diastolic: number, value_ucum: string) => [
    { code: '8480-6', value_number: systolic, value_ucum },
    { code: '8462-4', value_number: diastolic, value_ucum },
  ]

  const vitals = await vitalsAfter(clinic, '85354-9', [
    { at: new Date(clinic.now() - day).toISOString(), components: pressure(16, 10.7, 'kPa') },
    { at: new Date(clinic.now()).toISOString(), components: pressure(122, 81, 'mm[Hg]') },
  ])

  expect(vitals[0]?.series).toMatchObject([{ value: 122, second: 81 }])
})
