// Taking vital signs through dispatch: stored as typed, marked, undone by correction, kept from who may not.
import { expect, test } from 'vitest'
import type { Client } from '#testkit/client.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import * as queries from './queries.ts'
import * as taken from './taken.ts'

async function withPatient(clinic: TestClinic, birthDate: string | null = '1980-05-05') {
  const nurse = clinic.as('nurse')
  const { id } = await nurse.patients.register({ name: 'Hannah Weiss', gender: 'female', birthDate })
  return { nurse, doctor: clinic.as('doctor'), patientId: id }
}

type Take = Parameters<Client['vitals']['take']>[0]
const values: Take['signs'] = [
  { sign: 'blood-pressure', value: '172', second: '104', unit: 'mm[Hg]' },
  { sign: 'temperature', value: '98.60', unit: '[degF]' },
  { sign: 'weight', value: '154.3', unit: '[lb_av]' },
  { sign: 'height', value: '175', unit: 'cm' },
]

const rowsOf = (clinic: TestClinic, patientId: string) =>
  clinic.read((r) =>
    r.list((db) =>
      db.selectFrom('observation').selectAll().where('patient_id', '=', patientId).orderBy('id'),
    ),
  )

test('values are kept with the unit in which they were typed, blood pressure as one row with its parts', async () => {
  await using clinic = await testClinic()
  const { nurse, doctor, patientId } = await withPatient(clinic)

  const done = await nurse.vitals.take({ patientId, signs: values })

  expect(done.marked).toBe(1)
  const rows = rowsOf(clinic, patientId)
  expect(rows.map((r) => [r.code, r.value_text, r.value_ucum, r.interpretation])).toEqual([
    ['85354-9', null, null, 'H'],
    ['8310-5', '98.60', '[degF]', 'N'],
    ['29463-7', '154.3', '[lb_av]', null],
    ['8302-2', '175', 'cm', null],
    ['39156-5', '22.9', 'kg/m2', 'N'],
  ])
  expect(JSON.parse(rows[0]?.components ?? '[]')).toMatchObject([
    { code: '8480-6', value_number: 172, value_ucum: 'mm[Hg]' },
    { code: '8462-4', value_number: 104, value_ucum: 'mm[Hg]' },
  ])
  expect(rows.every((r) => r.category === 'vital-signs' && r.performer_display === 'Test nurse')).toBe(true)
  const chart = await doctor.chart.open({ patientId })
  expect(chart.vitals.map((v) => [v.key, v.latest.interpretation])).toEqual([
    ['blood-pressure', 'H'],
    ['temperature', 'N'],
    ['weight', null],
    ['height', null],
    ['bmi', 'N'],
  ])
  expect(clinic.auditOf('vitals.take')).toMatchObject([
    { outcome: 'ok', detail: '4 signs, 1 outside of range' },
  ])
})

test('an impossible value names its part and limits, and nothing of the sheet is saved', async () => {
  await using clinic = await testClinic()
  const { nurse, patientId } = await withPatient(clinic)

  await expect(
    nurse.vitals.take({
      patientId,
      signs: [
        { sign: 'heart-rate', value: '72', unit: '/min' },
        { sign: 'temperature', value: '368', unit: 'Cel' },
      ],
    }),
  ).rejects.toMatchObject({
    code: 'IMPOSSIBLE_VALUE',
    details: { part: 'temperature', low: 20, high: 46.5, unit: 'Cel' },
  })
  await expect(
    nurse.vitals.take({
      patientId,
      signs: [
        { sign: 'weight', value: '175', unit: 'kg' },
        { sign: 'height', value: '70', unit: 'cm' },
      ],
    }),
  ).rejects.toMatchObject({ code: 'IMPOSSIBLE_VALUE', details: { part: 'bmi' } })
  expect(rowsOf(clinic, patientId)).toEqual([])
})

test.each([
  ['a unit of something else', [{ sign: 'weight', value: '70', unit: 'cm' }]],
  ['a blood pressure of one number', [{ sign: 'blood-pressure', value: '120', unit: 'mm[Hg]' }]],
  ['one sign twice', [...values.slice(3), ...values.slice(3)]],
] as const)('%s is refused', async (_what, signs) => {
  await using clinic = await testClinic()
  const { nurse, patientId } = await withPatient(clinic)

  await expect(nurse.vitals.take({ patientId, signs: [...signs] })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
})

test('the sheet shows the last value with its date, the allergies, and the visit under way with its reason', async () => {
  await using clinic = await testClinic()
  const { nurse, doctor, patientId } = await withPatient(clinic)
  await nurse.vitals.take({ patientId, signs: values })
  clinic.tick(86_400_000)
  const { encounterId } = await doctor.notes.start({ patientId })

  await nurse.vitals.take({ patientId, signs: [], reason: 'Headache since Sunday', allergies: 'none-known' })
  const sheet = await nurse.vitals.sheet({ patientId })

  expect(sheet).toMatchObject({
    encounterId,
    reason: 'Headache since Sunday',
    allergies: { state: 'none-known', substances: [] },
    country: 'DE',
    today: '2026-03-03',
  })
  expect(sheet.vitals[0]).toMatchObject({
    key: 'blood-pressure',
    latest: { effectiveAt: '2026-03-02T08:00:00.000Z' },
  })
  clinic.tick(60_000)
  await nurse.vitals.take({ patientId, signs: [], allergies: 'checked' })
  expect((await nurse.vitals.sheet({ patientId })).allergies.checkedAt).toBe('2026-03-03T08:01:00.000Z')
})

test('"none known" cannot be said over a recorded allergy, and then nothing is saved', async () => {
  await using clinic = await testClinic()
  const { nurse, patientId } = await withPatient(clinic)
  const { chartTables } = await import('#modules/chart/main/api.ts')
  clinic.transact((ctx) =>
    ctx.write.insert(chartTables.allergyIntolerance, {
      patient_id: patientId,
      code_display: 'Penicillin',
      clinical_status: 'active',
    }),
  )

  expect((await nurse.vitals.sheet({ patientId })).allergies.substances).toEqual(['Penicillin'])
  await expect(
    nurse.vitals.take({ patientId, signs: values, allergies: 'none-known' }),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(rowsOf(clinic, patientId)).toEqual([])
})

test('BMI of an adult uses the height of another day; of a child it does not', async () => {
  await using clinic = await testClinic()
  const weighed = async (birthDate: string) => {
    const { nurse, patientId } = await withPatient(clinic, birthDate)
    await nurse.vitals.take({ patientId, signs: [{ sign: 'height', value: '150', unit: 'cm' }] })
    clinic.tick(1000)
    await nurse.vitals.take({ patientId, signs: [{ sign: 'weight', value: '50', unit: 'kg' }] })
    return rowsOf(clinic, patientId).map((r) => r.code)
  }

  expect(await weighed('1980-05-05')).toEqual(['8302-2', '29463-7', '39156-5'])
  expect(await weighed('2014-05-05')).toEqual(['8302-2', '29463-7'])
})

test('taking back leaves a correction in the record and the former value on show', async () => {
  await using clinic = await testClinic()
  const { nurse, doctor, patientId } = await withPatient(clinic)
  await nurse.vitals.take({ patientId, signs: [{ sign: 'heart-rate', value: '72', unit: '/min' }] })
  clinic.tick(60_000)
  await doctor.notes.start({ patientId })
  const { undo } = await nurse.vitals.take({
    patientId,
    signs: [{ sign: 'heart-rate', value: '27', unit: '/min' }],
    reason: 'Wrong chart',
    allergies: 'none-known',
  })

  expect(await nurse.vitals.withdraw({ patientId, undo })).toEqual({ withdrawn: 1 })

  const sheet = await nurse.vitals.sheet({ patientId })
  expect(sheet).toMatchObject({ reason: null, allergies: { state: 'not-recorded' } })
  expect(sheet.vitals).toMatchObject([{ key: 'heart-rate', latest: { valueText: '72' } }])
  const [, wrong, correction] = rowsOf(clinic, patientId)
  expect(correction).toMatchObject({ status: 'entered-in-error', value_text: '27', voided_at: null })
  expect(wrong?.void_reason).toContain(correction?.id)
  // Twice is refused: there is nothing left to take back.
  await expect(nurse.vitals.withdraw({ patientId, undo })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('values of another patient cannot be taken back, nor filed under another patient’s visit', async () => {
  await using clinic = await testClinic()
  const { nurse, doctor, patientId } = await withPatient(clinic)
  const other = await withPatient(clinic)
  const { undo } = await nurse.vitals.take({ patientId, signs: values })
  const { encounterId } = await doctor.notes.start({ patientId })

  await expect(nurse.vitals.withdraw({ patientId: other.patientId, undo })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(
    nurse.vitals.take({ patientId: other.patientId, encounterId, signs: values }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test.each(['reception', 'billing', 'lab', 'admin'] as const)(
  '%s neither sees nor takes vital signs',
  async (role) => {
    await using clinic = await testClinic()
    const { patientId } = await withPatient(clinic)
    const person = clinic.as(role)

    await expect(person.vitals.sheet({ patientId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(person.vitals.take({ patientId, signs: values })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  },
)

test('a nurse who is not related to the patient takes nothing', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  const { id: patientId } = await clinic
    .as('reception')
    .patients.register({ name: 'Ana Sol', gender: 'female' })

  await expect(clinic.as('nurse').vitals.sheet({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('no statement walks a whole table', async () => {
  await using clinic = await testClinic()
  expect(tableWalks(clinic, [queries, taken].flatMap(queriesOf))).toEqual([])
})
