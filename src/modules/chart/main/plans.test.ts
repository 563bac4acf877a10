// The cost of a chart: no statement walks a table, and a very long history opens as small as a short one.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import { chartTables as t } from './api.ts'
import * as encounterQueries from './encounters.ts'
import { itemKinds } from './item.ts'
import * as observationQueries from './observation-queries.ts'
import * as patientQueries from './patient.ts'
import * as openQueries from './queries.ts'
import * as sourceQueries from './sources.ts'

const day = 86_400_000

test('no statement of the chart walks a whole table', async () => {
  await using clinic = await testClinic()
  const all = [
    ...[openQueries, observationQueries, sourceQueries, encounterQueries, patientQueries].flatMap(queriesOf),
    ...Object.entries(itemKinds).map(([kind, shown]) => [kind, shown.query] as const),
  ]

  expect(all.length).toBeGreaterThan(35)
  expect(tableWalks(clinic, all)).toEqual([])
})

test('a patient with 1,000 visits and 2,000 results opens as small as any other', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  const { id: patientId } = await doctor.patients.register({ name: 'Ana Sol', gender: 'female' })
  clinic.transact((ctx) => {
    const own = { patient_id: patientId }
    for (let i = 0; i < 1000; i++) {
      const at = clinic.now() - (1000 - i) * 7 * day
      const when = new Date(at).toISOString()
      const visit = ctx.write.insert(
        t.encounter,
        { ...own, status: 'finished', class_code: 'AMB', period_start: when },
        at,
      )
      for (const [category, code] of [
        ['vital-signs', '8867-4'],
        ['laboratory', `lab-${i % 40}`],
      ] as const) {
        ctx.write.insert(
          t.observation,
          {
            ...own,
            status: 'final',
            category,
            code_system: 'http://loinc.org',
            code,
            code_display: code,
            value_number: i,
            effective_at: when,
            encounter_id: visit,
          },
          at,
        )
      }
    }
  })

  const chart = await doctor.chart.open({ patientId })

  expect(chart.totals).toMatchObject({ encounters: 1000, observations: 2000 })
  expect(chart.encounters).toHaveLength(20)
  expect(chart.timeline).toHaveLength(40)
  expect(chart.vitals).toMatchObject([{ key: 'heart-rate', latest: { valueNumber: 999 } }])
  expect(chart.vitals[0]?.series).toHaveLength(12)
  expect(JSON.stringify(chart).length).toBeLessThan(32_000)
  const results = await doctor.chart.results({ patientId, limit: 50 })
  expect(results.items).toHaveLength(50)
})
