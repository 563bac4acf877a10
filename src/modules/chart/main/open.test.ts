// Opening a chart, through dispatch, as the people who may.
import { expect, test } from 'vitest'
import type { PatientId } from '#shared/ids.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import { chartTables as t } from './api.ts'
import { testClinic, type TestClinic } from '#testkit/clinic.ts'

const loinc = 'http://loinc.org'
const day = 86_400_000

async function registered(clinic: TestClinic, name = 'Ana Sol'): Promise<PatientId> {
  return (await clinic.as('doctor').patients.register({ name, gender: 'female' })).id
}

interface Measure {
  code: string | null
  display: string
  value?: number
  unit?: string
  parts?: readonly (readonly [string, number])[]
}

function measure(ctx: CommandContext, patientId: string, at: number, m: Measure): string {
  return ctx.write.insert(
    t.observation,
    {
      patient_id: patientId,
      status: 'final',
      category: 'vital-signs',
      code_system: m.code === null ? null : loinc,
      code: m.code,
      code_display: m.display,
      effective_at: new Date(at).toISOString(),
      value_kind: m.value === undefined ? null : 'quantity',
      value_number: m.value ?? null,
      value_text: m.value === undefined ? null : String(m.value),
      value_unit: m.unit ?? null,
      components: m.parts
        ? JSON.stringify(
            m.parts.map(([code, value_number]) => ({
              code_system: loinc,
              code,
              code_display: code,
              value_number,
            })),
          )
        : null,
    },
    at,
  )
}

test('an open chart shows active problems first and leaves out what was entered in error', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    const problem = (display: string, at: number, clinical: string, verification = 'confirmed') =>
      ctx.write.insert(
        t.condition,
        {
          patient_id: patientId,
          code_display: display,
          clinical_status: clinical,
          verification_status: verification,
        },
        at,
      )
    problem('Asthma', clinic.now() - 900 * day, 'active')
    problem('Sprained ankle', clinic.now() - 10 * day, 'resolved')
    problem('Migraine', clinic.now() - 500 * day, 'recurrence')
    problem('Wrong chart', clinic.now() - day, 'active', 'entered-in-error')
    const gone = problem('Voided', clinic.now(), 'active')
    ctx.write.void(t.condition, gone, 'any', 'test')
  })

  const chart = await clinic.as('doctor').chart.open({ patientId })

  expect(chart.problems.map((p) => p.display)).toEqual(['Migraine', 'Asthma', 'Sprained ankle'])
  expect(chart.banner).toMatchObject({ name: 'Ana Sol', gender: 'female' })
  expect(chart.timeline.map((i) => i.title)).not.toContain('Voided')
  expect(clinic.auditOf('chart.open')).toMatchObject([{ outcome: 'ok', category: 'clinical' }])
})

test('a stopped medicine leaves the open chart and stays on the list of all', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    for (const [display, status] of [
      ['Ramipril 5 mg', 'active'],
      ['Amoxicillin 500 mg', 'stopped'],
    ] as const) {
      ctx.write.insert(t.medicationRequest, {
        patient_id: patientId,
        status,
        intent: 'order',
        medication_display: display,
      })
    }
  })
  const doctor = clinic.as('doctor')

  const chart = await doctor.chart.open({ patientId })
  const all = await doctor.chart.medicines({ patientId })

  expect(chart.medicines.map((m) => m.display)).toEqual(['Ramipril 5 mg'])
  expect(chart.totals.medicines).toBe(2)
  expect(all.items).toHaveLength(2)
})

test.each([1, 70])('a proposed or optional medicine is no current one, behind %i others', async (others) => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    const medicine = (medication_display: string, intent: string, status: string) =>
      ctx.write.insert(t.medicationRequest, { patient_id: patientId, status, intent, medication_display })
    medicine('Ordered', 'order', 'active')
    medicine('Proposed', 'proposal', 'active')
    medicine('Optional', 'option', 'active')
    medicine('Drafted', 'order', 'draft')
    for (let i = 0; i < others; i++) medicine('Past', 'order', 'completed')
  })
  const doctor = clinic.as('doctor')

  const chart = await doctor.chart.open({ patientId })
  const all = await doctor.chart.medicines({ patientId, limit: 100 })

  expect(chart.medicines.map((m) => m.display)).toEqual(['Ordered'])
  expect(all.items).toHaveLength(4 + others)
})

test('an active problem and a current medicine are found behind a hundred newer ones', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    for (let i = 0; i < 100; i++) {
      const at = clinic.now() - i * day
      const old = i === 99
      ctx.write.insert(
        t.condition,
        { patient_id: patientId, code_display: `P${i}`, clinical_status: old ? 'active' : 'resolved' },
        at,
      )
      ctx.write.insert(
        t.medicationRequest,
        {
          patient_id: patientId,
          status: old ? 'active' : 'completed',
          intent: 'order',
          medication_display: `M${i}`,
        },
        at,
      )
    }
  })

  const chart = await clinic.as('nurse').chart.open({ patientId })

  expect(chart.problems[0]).toMatchObject({ display: 'P99', clinicalStatus: 'active' })
  expect(chart.problems).toHaveLength(50)
  expect(chart.medicines.map((m) => m.display)).toEqual(['M99'])
  expect(chart.totals).toMatchObject({ problems: 100, medicines: 100 })
})

test('a blood pressure shows both values with at most twelve points, oldest first', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    for (let i = 0; i < 20; i++) {
      measure(ctx, patientId, clinic.now() - i * day, {
        code: '85354-9',
        display: 'Blood pressure',
        parts: [
          ['8480-6', 140 - i],
          ['8462-4', 90 - i],
        ],
      })
    }
  })

  const { vitals } = await clinic.as('doctor').chart.open({ patientId })

  expect(vitals).toHaveLength(1)
  expect(vitals[0]).toMatchObject({
    key: 'blood-pressure',
    latest: { components: [{ valueNumber: 140 }, { valueNumber: 90 }] },
  })
  expect(vitals[0]?.series).toHaveLength(12)
  expect(vitals[0]?.series[0]).toMatchObject({ value: 129, second: 79 })
  expect(vitals[0]?.series.at(-1)).toMatchObject({ value: 140, second: 90 })
})

test('a height measured once is found behind three hundred newer pulses', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    measure(ctx, patientId, clinic.now() - 4000 * day, {
      code: '8302-2',
      display: 'Height',
      value: 171.5,
      unit: 'cm',
    })
    for (let i = 0; i < 300; i++) {
      measure(ctx, patientId, clinic.now() - i * day, {
        code: '8867-4',
        display: 'Pulse',
        value: 60 + (i % 9),
        unit: '/min',
      })
    }
  })

  const { vitals, totals } = await clinic.as('doctor').chart.open({ patientId })

  expect(vitals.map((v) => v.key)).toEqual(['heart-rate', 'height'])
  expect(vitals[1]?.latest).toMatchObject({ valueNumber: 171.5, valueText: '171.5', unit: 'cm' })
  expect(totals.observations).toBe(301)
})

test('two ways of taking a temperature are one sign, and the newest of both is the latest', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    measure(ctx, patientId, clinic.now() - 2 * day, {
      code: '8310-5',
      display: 'Body temperature',
      value: 36.6,
    })
    measure(ctx, patientId, clinic.now() - day, { code: '8331-1', display: 'Oral temperature', value: 38.9 })
  })

  const { vitals } = await clinic.as('doctor').chart.open({ patientId })

  expect(vitals).toMatchObject([
    { key: 'temperature', latest: { valueNumber: 38.9 }, series: [{ value: 36.6 }, { value: 38.9 }] },
  ])
})

test('a vital sign Osler has no name for is shown under its own', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    measure(ctx, patientId, clinic.now(), {
      code: '8280-0',
      display: 'Waist circumference',
      value: 92,
      unit: 'cm',
    })
    measure(ctx, patientId, clinic.now(), { code: null, display: 'Peak flow', value: 410, unit: 'L/min' })
  })

  const { vitals } = await clinic.as('doctor').chart.open({ patientId })

  expect(vitals.map((v) => [v.key, v.latest.display])).toEqual([
    ['other:8280-0', 'Waist circumference'],
    ['other:Peak flow', 'Peak flow'],
  ])
})

test('a chart that is not there is answered like one that is out of reach', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  const patientId = await registered(clinic)
  const missing = patientId.replace(/.$/, (c) => (c === '0' ? '1' : '0')) as PatientId

  const stranger = clinic.another('doctor')

  await expect(clinic.as('doctor').chart.open({ patientId })).resolves.toBeTruthy()
  await expect(stranger.chart.open({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} })
  await expect(stranger.chart.open({ patientId: missing })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: {},
  })
})
