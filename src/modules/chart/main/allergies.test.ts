// "None known" is a recorded fact: who recorded it, when it may not be, and how it is taken back.
import { expect, test } from 'vitest'
import type { PatientId } from '#shared/ids.ts'
import { voidPatient } from '#modules/patients/main/api.ts'
import { testClinic } from '#testkit/clinic.ts'
import { chartTables } from './api.ts'
import { allergyState } from './allergies.ts'

const { allergyIntolerance } = chartTables

test('that nobody asked about allergies is not the same as none known', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  const { id: patientId } = await doctor.patients.register({ name: 'Ana Sol', gender: 'female' })
  expect((await doctor.chart.open({ patientId })).allergies).toEqual({ state: 'not-recorded', items: [] })

  await clinic.as('nurse').chart.recordNoKnownAllergies({ patientId })

  expect((await doctor.chart.open({ patientId })).allergies).toEqual({ state: 'none-known', items: [] })
  expect(clinic.auditOf('allergy.none-known')).toMatchObject([{ outcome: 'ok', role: 'nurse' }])
})

test('none known recorded twice is one fact, and taking it back leaves nothing', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  const { id: patientId } = await doctor.patients.register({ name: 'Ana Sol', gender: 'female' })

  await doctor.chart.recordNoKnownAllergies({ patientId })
  await doctor.chart.recordNoKnownAllergies({ patientId })
  const rows = clinic.read((r) => r.list((db) => db.selectFrom('allergy_intolerance').select('id')))
  const after = await doctor.chart.withdrawNoKnownAllergies({ patientId })

  expect(rows).toHaveLength(1)
  expect(after.state).toBe('not-recorded')
  await expect(doctor.chart.withdrawNoKnownAllergies({ patientId })).resolves.toMatchObject({
    state: 'not-recorded',
  })
})

test('none known is refused while an allergy is recorded, and an allergy recorded later outweighs it', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  const { id: patientId } = await doctor.patients.register({ name: 'Ana Sol', gender: 'female' })
  await doctor.chart.recordNoKnownAllergies({ patientId })
  clinic.transact((ctx) =>
    ctx.write.insert(allergyIntolerance, {
      patient_id: patientId,
      code_display: 'Penicillin',
      clinical_status: 'active',
      manifestations: JSON.stringify(['Anaphylaxis']),
      criticality: 'high',
    }),
  )

  const { allergies } = await doctor.chart.open({ patientId })

  expect(allergies).toMatchObject({
    state: 'recorded',
    items: [{ substance: 'Penicillin', manifestations: ['Anaphylaxis'] }],
  })
  await expect(doctor.chart.recordNoKnownAllergies({ patientId })).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('a refuted, past or withdrawn allergy warns of nothing, and is still listed unless entered in error', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  const { id: patientId } = await doctor.patients.register({ name: 'Ana Sol', gender: 'female' })
  clinic.transact((ctx) => {
    const add = (display: string, clinical: string, verification: string) =>
      ctx.write.insert(allergyIntolerance, {
        patient_id: patientId,
        code_display: display,
        clinical_status: clinical,
        verification_status: verification,
      })
    add('Latex', 'active', 'refuted')
    add('Egg', 'resolved', 'confirmed')
    add('Wrong chart', 'active', 'entered-in-error')
  })

  const { allergies } = await doctor.chart.open({ patientId })

  expect(allergies.state).toBe('not-recorded')
  expect(allergies.items.map((i) => i.substance).sort()).toEqual(['Egg', 'Latex'])
  await expect(doctor.chart.recordNoKnownAllergies({ patientId })).resolves.toMatchObject({
    state: 'none-known',
  })
})

test('"no known drug allergy" is neither an allergy nor none at all', () => {
  const row = (system: string, code: string) => ({
    code_system: system,
    code,
    clinical_status: 'active',
    verification_status: 'confirmed',
  })
  expect(allergyState([row('http://snomed.info/sct', '409137002')])).toBe('not-recorded')
  expect(allergyState([row('http://snomed.info/sct', '716186003')])).toBe('none-known')
  expect(allergyState([row('http://snomed.info/sct', '91936005')])).toBe('recorded')
})

test('none known that was refuted, withdrawn or is over says nothing about today', () => {
  const row = (clinical_status: string, verification_status: string) => ({
    code_system: 'http://snomed.info/sct',
    code: '716186003',
    clinical_status,
    verification_status,
  })
  const states = [
    row('active', 'refuted'),
    row('active', 'entered-in-error'),
    row('inactive', 'confirmed'),
    row('resolved', 'confirmed'),
    row('active', 'unconfirmed'),
  ].map((r) => allergyState([r]))

  expect(states).toEqual(['not-recorded', 'not-recorded', 'not-recorded', 'not-recorded', 'none-known'])
})

test('none known is neither recorded nor taken back for a patient who is not there', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  const { id: patientId } = await doctor.patients.register({ name: 'Ana Sol', gender: 'female' })
  clinic.transact((ctx) => voidPatient(ctx, patientId, 'test'))
  const missing = patientId.replace(/.$/, (c) => (c === '0' ? '1' : '0')) as PatientId

  for (const id of [patientId, missing]) {
    const refused = { code: 'NOT_FOUND' }
    await expect(doctor.chart.recordNoKnownAllergies({ patientId: id })).rejects.toMatchObject(refused)
    await expect(doctor.chart.withdrawNoKnownAllergies({ patientId: id })).rejects.toMatchObject(refused)
  }
})

test('only people with clinical rights may record that none are known', async () => {
  await using clinic = await testClinic()
  const { id: patientId } = await clinic
    .as('reception')
    .patients.register({ name: 'Ana Sol', gender: 'female' })
  await expect(clinic.as('reception').chart.recordNoKnownAllergies({ patientId })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})
