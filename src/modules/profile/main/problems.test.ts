// Problems as people edit them: through dispatch, as the roles that may, and as those that may not.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { icd10cmSystem } from '#modules/codes/shared/contract.ts'
import { chartTables } from '#modules/chart/main/api.ts'
import type { PatientId } from '#shared/ids.ts'
import { catalogueReady } from '#testkit/catalogues.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { activeProblems } from './api.ts'

let clinic: TestClinic
let patientId: PatientId
beforeEach(async () => {
  clinic = await testClinic()
  const patient = await clinic
    .as('reception')
    .patients.register({ name: 'Ana Sol', gender: 'female', birthDate: '1980-05-06' })
  patientId = patient.id
})
afterEach(() => clinic[Symbol.asyncDispose]())

const icd = (code: string, display: string) => ({ system: icd10cmSystem, code, display })
const hypertension = icd('I10', 'Essential (primary) hypertension')
const add = (more: object = {}) =>
  clinic.as('doctor').profile.addProblem({ patientId, code: hypertension, ...more })
const listed = async () => (await clinic.as('doctor').chart.open({ patientId })).problems

test('added, changed, resolved, taken off and brought back, each with its version and its trace', async () => {
  const { profile } = clinic.as('doctor')
  const added = await add({ onset: '2019-03', severity: 'moderate', note: ' on ramipril ' })
  expect(added).toMatchObject({
    clinicalStatus: 'active',
    verificationStatus: 'confirmed',
    onset: '2019-03',
    note: 'on ramipril',
  })
  expect((await listed()).map((p) => [p.display, p.code, p.onset])).toEqual([
    [hypertension.display, 'I10', '2019-03'],
  ])

  const changed = await profile.changeProblem({
    patientId,
    id: added.id,
    rev: added.rev,
    severity: 'severe',
    note: null,
  })
  expect(changed).toMatchObject({ severity: 'severe', note: null, onset: '2019-03' })
  const over = await profile.resolveProblem({ patientId, id: added.id, rev: changed.rev })
  expect(over).toMatchObject({ clinicalStatus: 'resolved', abatement: '2026-03-02' })
  const off = await profile.voidProblem({ patientId, id: added.id, rev: over.rev, reason: 'wrong patient' })
  expect(off.voided).toBe(true)
  expect(await listed()).toEqual([])
  const back = await profile.restoreProblem({ patientId, id: added.id, rev: off.rev })
  expect(back).toMatchObject({ voided: false, clinicalStatus: 'resolved' })

  const { history } = await profile.problem({ patientId, id: added.id })
  expect(history.map((line) => line.action)).toEqual([
    'problem.restore',
    'problem.void',
    'problem.resolve',
    'problem.change',
    'problem.add',
  ])
  expect(history[2]?.changes).toContainEqual({
    column: 'clinical_status',
    before: 'active',
    after: 'resolved',
  })
  expect(history[1]?.changes).toEqual([{ column: 'void_reason', before: null, after: 'wrong patient' }])
  for (const action of ['add', 'change', 'resolve', 'void', 'restore', 'view'])
    expect(clinic.auditOf(`problem.${action}`), action).toHaveLength(1)
})

test('two people at once: the second is told, nothing is overwritten', async () => {
  const added = await add()
  await clinic
    .as('nurse')
    .profile.changeProblem({ patientId, id: added.id, rev: added.rev, severity: 'mild' })
  await expect(
    clinic
      .as('doctor')
      .profile.changeProblem({ patientId, id: added.id, rev: added.rev, severity: 'severe' }),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('the same active problem a second time names the first; on purpose it is let in; after its end it may come again', async () => {
  const first = await add()
  await expect(add()).rejects.toMatchObject({ code: 'DUPLICATE', details: { id: first.id } })
  await expect(
    add({ code: { system: null, code: null, display: ' essential, PRIMARY hypertension' } }),
  ).rejects.toMatchObject({ code: 'DUPLICATE' })
  const who = { system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10', display: 'High blood pressure' }
  await expect(add({ code: who })).rejects.toMatchObject({ details: { id: first.id } })
  const second = await add({ another: true })
  const { profile } = clinic.as('doctor')
  await profile.resolveProblem({ patientId, id: first.id, rev: first.rev })
  await profile.resolveProblem({ patientId, id: second.id, rev: second.rev })
  await expect(add()).resolves.toMatchObject({ clinicalStatus: 'active' })
})

test('a repeated call adds nothing', async () => {
  const opId = '01960000-0000-7000-8000-000000000001'
  const input = { patientId, code: hypertension }
  const one = await clinic.as('doctor').profile.addProblem(input, opId)
  const two = await clinic.as('doctor').profile.addProblem(input, opId)
  expect(two.id).toBe(one.id)
  expect(await listed()).toHaveLength(1)
})

test('dates that cannot be are refused with their field', async () => {
  await expect(add({ onset: '2027' })).rejects.toMatchObject({
    code: 'IMPOSSIBLE_VALUE',
    details: { field: 'onset', reason: 'future' },
  })
  await expect(add({ onset: '2026-03-03' })).rejects.toMatchObject({ code: 'IMPOSSIBLE_VALUE' })
  await expect(
    add({ onset: '2020-05', abatement: '2019', clinicalStatus: 'resolved' }),
  ).rejects.toMatchObject({
    code: 'IMPOSSIBLE_VALUE',
    details: { field: 'abatement', reason: 'before-onset' },
  })
  await expect(add({ onset: '2020-13' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  // "2026" is not known to be later than today.
  await expect(add({ onset: '2026', abatement: '2026-02', clinicalStatus: 'resolved' })).resolves.toBeTruthy()
})

test('what is chosen often comes first in the search of whoever chose it', async () => {
  await catalogueReady(clinic.clinic, 'icd10cm')
  const top = async () => (await clinic.as('doctor').codes.searchProblems({ text: 'hyp' })).items[0]
  expect(await top()).toMatchObject({ code: 'I10', by: 'words' })
  await add({ code: icd('E78.1', 'Pure hyperglyceridemia') })
  expect(await top()).toMatchObject({ code: 'E78.1', by: 'used' })
}, 60_000)

test('codes keep the words they were recorded with', async () => {
  await add({ code: icd('Z99.99', 'A code no edition knows') })
  expect((await listed())[0]).toMatchObject({ code: 'Z99.99', display: 'A code no edition knows' })
})

test('what is active is told to other modules; refuted, resolved and withdrawn is not', async () => {
  const { profile } = clinic.as('doctor')
  const kept = await add()
  const refuted = await add({ code: icd('E11.9', 'Type 2 diabetes') })
  await profile.changeProblem({ patientId, id: refuted.id, rev: refuted.rev, verificationStatus: 'refuted' })
  const over = await add({ code: icd('J20.9', 'Acute bronchitis') })
  await profile.resolveProblem({ patientId, id: over.id, rev: over.rev })
  expect(clinic.read((read) => activeProblems(read, patientId)).map((p) => p.id)).toEqual([kept.id])
})

test('imported values that are not ours stay when something else changes', async () => {
  const id = clinic.transact((ctx) =>
    ctx.write.insert(chartTables.condition, {
      patient_id: patientId,
      code_display: 'Gout',
      clinical_status: 'active',
      onset: '2030-01-01T00:00:00.000Z',
      severity_display: 'Severe (severity modifier)',
    }),
  )
  const changed = await clinic.as('doctor').profile.changeProblem({ patientId, id, rev: 1, note: 'x' })
  expect(changed).toMatchObject({ severity: 'Severe (severity modifier)', note: 'x' })
})

test('AUTHZ-01: who may not, may not; a row of another patient is nobody’s', async () => {
  const added = await add()
  for (const role of ['reception', 'lab', 'billing', 'admin', 'researcher'] as const) {
    const { profile } = clinic.as(role)
    await expect(profile.addProblem({ patientId, code: hypertension })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(
      profile.voidProblem({ patientId, id: added.id, rev: 1, reason: 'because' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  const other = await clinic
    .as('reception')
    .patients.register({ name: 'Ben Other', gender: 'male', birthDate: '1970-01-01' })
  await expect(
    clinic.as('doctor').profile.changeProblem({ patientId: other.id, id: added.id, rev: 1, note: 'x' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
