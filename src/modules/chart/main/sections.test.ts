// Pages of the chart: timeline, results, single records, imported originals.
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { PatientId } from '#shared/ids.ts'
import { testClinic, type TestClinic } from '#testkit/clinic.ts'
import { syncedTableNamed } from '#testkit/tables.ts'
import { fieldNames } from '../shared/fields.ts'
import { chartTables as t } from './api.ts'

const day = 86_400_000

async function registered(clinic: TestClinic, name = 'Ana Sol'): Promise<PatientId> {
  return (await clinic.as('doctor').patients.register({ name, gender: 'female' })).id
}

/** One record of each of several kinds a day, newest last. */
function fillTimeline(clinic: TestClinic, patientId: string, days: number): void {
  clinic.transact((ctx) => {
    for (let i = 0; i < days; i++) {
      const at = clinic.now() - (days - i) * day
      const date = new Date(at).toISOString()
      const own = { patient_id: patientId }
      ctx.write.insert(
        t.encounter,
        { ...own, status: 'finished', type_display: `Visit ${i}`, period_start: date },
        at,
      )
      ctx.write.insert(
        t.condition,
        { ...own, code_display: `Problem ${i}`, clinical_status: 'resolved', onset: date },
        at + 1,
      )
      ctx.write.insert(
        t.procedure,
        { ...own, status: 'completed', code_display: `Procedure ${i}`, performed_start: date },
        at + 2,
      )
      ctx.write.insert(
        t.immunization,
        { ...own, status: 'completed', vaccine_display: `Vaccine ${i}`, occurrence: date },
        at + 3,
      )
    }
  })
}

test('pages of the timeline neither skip nor repeat, also when something new arrives in between', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  fillTimeline(clinic, patientId, 30)
  const doctor = clinic.as('doctor')
  const opened = await doctor.chart.open({ patientId })
  const seen = opened.timeline.map((i) => i.id)

  let cursor = opened.timelineNext
  for (let page = 0; cursor !== null; page++) {
    if (page === 1) fillTimeline(clinic, patientId, 1)
    const next = await doctor.chart.timeline({ patientId, cursor, limit: 17 })
    seen.push(...next.items.map((i) => i.id))
    cursor = next.next
  }

  expect(opened.timeline).toHaveLength(40)
  expect(opened.timeline[0]).toMatchObject({ kind: 'immunization', title: 'Vaccine 29' })
  // What arrived meanwhile is newer than the pages that were left, so it is not among them.
  expect(seen).toHaveLength(120)
  expect(new Set(seen).size).toBe(120)
  expect([...seen].sort().reverse()).toEqual(seen)
})

test('what happened before 1970 stands in its order too', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const years = ['1969-05-02', '1931', '1958-07', '1944-01-01', '1962', '1971', '1950', '1936', '1966-12']
  clinic.transact((ctx) => {
    for (const onset of years) {
      ctx.write.insert(
        t.condition,
        { patient_id: patientId, code_display: onset, clinical_status: 'resolved', onset },
        Date.parse(onset),
      )
    }
  })
  const doctor = clinic.as('doctor')

  const whole = await doctor.chart.timeline({ patientId })
  const first = await doctor.chart.timeline({ patientId, limit: 4 })
  const second = await doctor.chart.timeline({ patientId, limit: 4, cursor: first.next })
  const third = await doctor.chart.timeline({ patientId, limit: 4, cursor: second.next })

  expect(whole.items.map((i) => i.title)).toEqual(years.toSorted().reverse())
  const paged = [first, second, third].flatMap((page) => page.items.map((i) => i.title))
  expect(paged.toSorted()).toEqual(years.toSorted())
  expect(third.next).toBeNull()
})

test('the timeline can be narrowed to some kinds', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  fillTimeline(clinic, patientId, 5)

  const { items, next } = await clinic
    .as('doctor')
    .chart.timeline({ patientId, kinds: ['encounter', 'procedure', 'encounter'] })

  expect(items).toHaveLength(10)
  expect(new Set(items.map((i) => i.kind))).toEqual(new Set(['encounter', 'procedure']))
  expect(next).toBeNull()
})

test('a cursor that is not one of ours is refused', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  for (const cursor of ['x', Buffer.from("' or 1=1").toString('base64url')]) {
    await expect(doctor.chart.timeline({ patientId, cursor })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await expect(doctor.chart.sources({ patientId, cursor })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  }
})

test('results stand under their report in its order, later ones follow, lone ones stand by themselves', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    const at = clinic.now() - 5 * day
    const lab = (display: string, more: object, when = at) =>
      ctx.write.insert(
        t.observation,
        { patient_id: patientId, status: 'final', category: 'laboratory', code_display: display, ...more },
        when,
      )
    const sodium = lab('Sodium', { value_number: 139, value_text: '139', value_unit: 'mmol/L' })
    const potassium = lab('Potassium', { value_number: 4.4, value_text: '4.40', value_unit: 'mmol/L' })
    const report = ctx.write.insert(
      t.diagnosticReport,
      {
        patient_id: patientId,
        status: 'final',
        code_display: 'Electrolytes',
        result_ids: JSON.stringify([potassium, sodium]),
        issued: new Date(at).toISOString(),
      },
      at,
    )
    lab('Chloride', { report_id: report, value_number: 101 }, at + day)
    lab('Glucose, finger stick', { value_number: 6.1 }, at + 2 * day)
  })

  const { items } = await clinic.as('doctor').chart.results({ patientId })

  expect(items.map((p) => [p.display, p.results.map((r) => r.display)])).toEqual([
    ['Glucose, finger stick', ['Glucose, finger stick']],
    ['Electrolytes', ['Potassium', 'Sodium', 'Chloride']],
  ])
  expect(items[1]?.results[0]).toMatchObject({ valueNumber: 4.4, valueText: '4.40', unit: 'mmol/L' })
})

test('pages of results come to the last one', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    for (let i = 0; i < 23; i++) {
      const at = clinic.now() - i * day
      const own = { patient_id: patientId, status: 'final' }
      if (i % 2 === 0) ctx.write.insert(t.diagnosticReport, { ...own, code_display: `R${i}` }, at)
      else ctx.write.insert(t.observation, { ...own, category: 'laboratory', code_display: `O${i}` }, at)
    }
  })
  const doctor = clinic.as('doctor')
  const names: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof doctor.chart.results>> = await doctor.chart.results({
      patientId,
      cursor,
      limit: 5,
    })
    names.push(...page.items.map((p) => p.display))
    cursor = page.next
  } while (cursor !== null)

  expect(names).toEqual(Array.from({ length: 23 }, (_, i) => (i % 2 === 0 ? `R${i}` : `O${i}`)))
})

test('measurements can be asked for by category', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    for (const category of ['survey', 'vital-signs', 'survey']) {
      ctx.write.insert(t.observation, {
        patient_id: patientId,
        status: 'final',
        category,
        code_display: category,
      })
    }
  })
  const doctor = clinic.as('doctor')
  expect((await doctor.chart.observations({ patientId })).items).toHaveLength(3)
  expect((await doctor.chart.observations({ patientId, category: 'survey' })).items).toHaveLength(2)
  expect((await doctor.chart.observations({ patientId, category: 'survey', limit: 1 })).next).not.toBeNull()
})

test('billing sees codes and no words; reception sees no problem list at all', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  clinic.transact((ctx) => {
    ctx.write.insert(t.condition, {
      patient_id: patientId,
      code_display: 'Diabetes',
      code_system: 'http://hl7.org/fhir/sid/icd-10',
      code: 'E11.9',
      clinical_status: 'active',
    })
  })

  const { items } = await clinic.as('billing').chart.problems({ patientId })

  expect(items).toMatchObject([{ code: 'E11.9', display: '', onset: null }])
  await expect(clinic.as('reception').chart.problems({ patientId })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(clinic.as('billing').chart.open({ patientId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a record in full shows every field that has a value, under known names', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const ids = clinic.transact((ctx) => ({
    medication: ctx.write.insert(t.medicationRequest, {
      patient_id: patientId,
      status: 'active',
      intent: 'order',
      medication_system: 'http://www.whocc.no/atc',
      medication_code: 'C09AA05',
      medication_display: 'Ramipril 5 mg',
      dosage_text: '1 tablet each morning',
      dose_value: 5,
      dose_unit: 'mg',
      as_needed: 0,
      authored_on: '2025-03',
    }),
    'care-plan': ctx.write.insert(t.carePlan, {
      patient_id: patientId,
      status: 'active',
      intent: 'plan',
      title: 'Diabetes care',
      activities: JSON.stringify(['Foot check', 'Eye check']),
    }),
    observation: ctx.write.insert(t.observation, {
      patient_id: patientId,
      status: 'final',
      code_display: 'HbA1c',
      value_number: 7.4,
      value_text: '7.40',
      value_unit: '%',
      range_high: 6.5,
      interpretation: 'H',
    }),
  }))
  const doctor = clinic.as('doctor')
  const show = async (kind: 'medication' | 'care-plan' | 'observation') => {
    const { title, fields } = await doctor.chart.item({ patientId, kind, id: ids[kind] })
    for (const field of fields) expect(fieldNames).toContain(field.name)
    return { title, fields: fields.map((f) => `${f.name}=${f.value}`) }
  }

  expect(await show('medication')).toEqual({
    title: 'Ramipril 5 mg',
    fields: [
      'code=ATC C09AA05',
      'status=active',
      'intent=order',
      'directions=1 tablet each morning',
      'dose=5 mg',
      'asNeeded=no',
      'authoredOn=2025-03',
    ],
  })
  expect((await show('care-plan')).fields).toContain('activity=Eye check')
  expect((await show('observation')).fields).toEqual(
    expect.arrayContaining(['value=7.40 %', 'range=≤ 6.5', 'interpretation=H']),
  )
  await expect(
    doctor.chart.item({ patientId, kind: 'condition', id: ids.observation }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test("another patient's record is not found under this one", async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const other = await registered(clinic, 'Bo Lind')
  const id = clinic.transact((ctx) =>
    ctx.write.insert(t.condition, { patient_id: other, code_display: 'Asthma', clinical_status: 'active' }),
  )

  await expect(clinic.as('doctor').chart.item({ patientId, kind: 'condition', id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('imported originals come dated first, newest first, and are shown exactly as they came', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const other = await registered(clinic, 'Bo Lind')
  const text = '{"resourceType":"Claim","id":"x",  "note":"späte Notiz 终"}'
  const add = (owner: string, sourceId: string, clinicalAt: string | null, mapped: string | null = null) =>
    clinic.transact((ctx) =>
      ctx.write.insert(syncedTableNamed('source_resource'), {
        batch_id: patientId,
        patient_id: owner,
        source_ns: 'test',
        resource_type: mapped ? 'Condition' : 'Claim',
        source_id: sourceId,
        digest: sourceId,
        content: deflateRawSync(text),
        mapped_table: mapped ? 'condition' : null,
        mapped_id: mapped,
        clinical_at: clinicalAt,
        title: sourceId,
        open_refs: 0,
      }),
    )
  for (let i = 0; i < 4; i++) add(patientId, `undated-${i}`, null)
  for (let i = 0; i < 5; i++) add(patientId, `dated-${i}`, `2024-01-0${i + 1}T00:00:00.000Z`)
  add(patientId, 'same-instant', '2024-01-03T00:00:00.000Z')
  const theirs = add(other, 'theirs', null)
  const doctor = clinic.as('doctor')
  const condition = clinic.transact((ctx) =>
    ctx.write.insert(t.condition, {
      patient_id: patientId,
      code_display: 'Asthma',
      clinical_status: 'active',
    }),
  )
  const original = add(patientId, 'mapped', '2020', condition)

  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof doctor.chart.sources>> = await doctor.chart.sources({
      patientId,
      cursor,
      limit: 3,
      onlyUnmapped: true,
    })
    seen.push(...page.items.map((i) => i.sourceId))
    cursor = page.next
  } while (cursor !== null)
  const first = await doctor.chart.sources({ patientId, limit: 1 })

  expect(seen).toEqual([
    'dated-4',
    'dated-3',
    'same-instant',
    'dated-2',
    'dated-1',
    'dated-0',
    'undated-3',
    'undated-2',
    'undated-1',
    'undated-0',
  ])
  expect(first.types).toEqual([
    { resourceType: 'Claim', count: 10 },
    { resourceType: 'Condition', count: 1 },
  ])
  expect((await doctor.chart.source({ patientId, id: original })).json).toBe(text)
  expect((await doctor.chart.item({ patientId, kind: 'condition', id: condition })).sourceId).toBe(original)
  await expect(doctor.chart.source({ patientId, id: theirs })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
