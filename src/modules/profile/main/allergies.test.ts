// Allergies as people edit them: each substance once, "none known" kept true, nothing lost.
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chartTables } from '#modules/chart/main/api.ts'
import { rxNormSystem, uniiSystem } from '#modules/codes/main/api.ts'
import type { PatientId } from '#shared/ids.ts'
import { cataloguePlaces, catalogueReady } from '#testkit/catalogues.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { activeAllergies } from './api.ts'

let clinic: TestClinic
let patientId: PatientId
beforeEach(async () => {
  clinic = await testClinic()
  await catalogueReady(clinic.clinic, 'substances')
  const patient = await clinic
    .as('reception')
    .patients.register({ name: 'Ana Sol', gender: 'female', birthDate: '1980-05-06' })
  patientId = patient.id
}, 60_000)
afterEach(() => clinic[Symbol.asyncDispose]())

const words = (display: string) => ({ system: null, code: null, display })
const rx = (code: string, display: string) => ({ system: rxNormSystem, code, display })
const amoxicillin = rx('723', 'Amoxicillin')
const add = (substance: object, more: object = {}) =>
  clinic.as('nurse').profile.addAllergy({ patientId, substance: substance as never, ...more })
const chart = async () => (await clinic.as('doctor').chart.open({ patientId })).allergies

test('recorded with reactions and severity, changed, taken off and brought back', async () => {
  const { profile } = clinic.as('nurse')
  const added = await add(amoxicillin, {
    manifestations: ['Hives', 'hives', ' Anaphylaxis '],
    severity: 'severe',
    criticality: 'high',
    onset: '2011',
  })
  expect(added).toMatchObject({
    category: 'medication',
    manifestations: ['Hives', 'Anaphylaxis'],
    withdrewNone: false,
  })
  expect((await chart()).items[0]).toMatchObject({ substance: 'Amoxicillin', severity: 'severe' })
  const changed = await profile.changeAllergy({
    patientId,
    id: added.id,
    rev: added.rev,
    manifestations: ['Rash'],
    severity: 'mild',
  })
  expect(changed).toMatchObject({ manifestations: ['Rash'], severity: 'mild', criticality: 'high' })
  const off = await profile.voidAllergy({
    patientId,
    id: added.id,
    rev: changed.rev,
    reason: 'other patient',
  })
  expect((await chart()).state).toBe('not-recorded')
  await profile.restoreAllergy({ patientId, id: added.id, rev: off.rev })
  expect((await chart()).state).toBe('recorded')
  const { history } = await profile.allergy({ patientId, id: added.id })
  expect(history.map((line) => line.action)).toEqual([
    'allergy.restore',
    'allergy.void',
    'allergy.change',
    'allergy.add',
  ])
  for (const action of ['add', 'change', 'void', 'restore', 'view'])
    expect(clinic.auditOf(`allergy.${action}`), action).toHaveLength(1)
})

test.each([
  ['the same code', rx('723', 'something else')],
  ['the same words', words('amoxicillin')],
  ['other case and signs', words('  AMOXICILLIN. ')],
  ['a salt in words', words('Amoxicillin trihydrate')],
  ['a code of a salt', rx('267360', 'Amoxicillin sodium')],
  ['its UNII', { system: uniiSystem, code: '9EM05410Q9', display: 'Amoxicilline' }],
  ['an abbreviation', words('amox')],
])('openemr#12971: a second entry of one substance by %s names the first', async (_what, second) => {
  const first = await add(amoxicillin)
  await expect(add(second)).rejects.toMatchObject({ code: 'DUPLICATE', details: { id: first.id } })
  expect((await chart()).items).toHaveLength(1)
})

test('the other way round too: words first, then the code', async () => {
  const first = await add(words('Aspirin'))
  for (const second of [rx('1191', 'ASPIRIN'), words('ASA'), words('acetylsalicylic acid')])
    await expect(add(second)).rejects.toMatchObject({ code: 'DUPLICATE', details: { id: first.id } })
  const own = await add(words('Moon dust'))
  await expect(add(words('moon  DUST'))).rejects.toMatchObject({ details: { id: own.id } })
  await add(words('Moon'))
})

test('other substances stand beside it', async () => {
  for (const substance of [
    amoxicillin,
    words('Penicillin'),
    words('Codeine'),
    words('Morphine'),
    words('Egg'),
    words('Milk'),
  ])
    await add(substance)
  expect((await chart()).items).toHaveLength(6)
})

test('one that is over or refuted is changed, not begun anew; one taken off may come again', async () => {
  const { profile } = clinic.as('nurse')
  const first = await add(amoxicillin)
  const over = await profile.changeAllergy({
    patientId,
    id: first.id,
    rev: first.rev,
    clinicalStatus: 'resolved',
  })
  await expect(add(amoxicillin)).rejects.toMatchObject({ code: 'DUPLICATE' })
  const off = await profile.voidAllergy({ patientId, id: first.id, rev: over.rev, reason: 'mistake' })
  await add(amoxicillin)
  await expect(profile.restoreAllergy({ patientId, id: first.id, rev: off.rev })).rejects.toMatchObject({
    code: 'DUPLICATE',
  })
})

test('however names, codes and acts are mixed, no substance stands twice', async () => {
  const names = [
    amoxicillin,
    words('amox'),
    words('Aspirin'),
    rx('1191', 'x'),
    words('ASA'),
    words('Milk'),
    words('cow milk'),
    words('Nothing known of'),
  ]
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(names.length - 1), { maxLength: 6 }), async (picks) => {
      for (const pick of picks) await add(names[pick] ?? amoxicillin).catch(() => {})
      const shown = (await chart()).items.length
      expect(shown).toBeLessThanOrEqual(4)
    }),
    { numRuns: 15 },
  )
})

test('recording an allergy takes "none known" back; undoing it at once brings it back, a later mistake does not', async () => {
  await clinic.as('nurse').chart.recordNoKnownAllergies({ patientId })
  const added = await add(amoxicillin)
  expect(added.withdrewNone).toBe(true)
  expect((await chart()).state).toBe('recorded')
  const { profile } = clinic.as('nurse')
  const undone = await profile.voidAllergy({
    patientId,
    id: added.id,
    rev: added.rev,
    reason: 'undone',
    undo: true,
  })
  expect((await chart()).state).toBe('none-known')
  const back = await profile.restoreAllergy({ patientId, id: added.id, rev: undone.rev })
  expect((await chart()).state).toBe('recorded')
  await profile.voidAllergy({ patientId, id: added.id, rev: back.rev, reason: 'other patient' })
  expect((await chart()).state).toBe('not-recorded')
})

test('an imported narrow "none known" is no substance and cannot be edited as one', async () => {
  const id = clinic.transact((ctx) =>
    ctx.write.insert(chartTables.allergyIntolerance, {
      patient_id: patientId,
      code_system: 'http://snomed.info/sct',
      code: '409137002',
      code_display: 'No known drug allergy',
      clinical_status: 'active',
    }),
  )
  await expect(
    clinic.as('nurse').profile.changeAllergy({ patientId, id, rev: 1, note: 'x' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('an allergy can be recorded while the code sets are still being made ready', async () => {
  const cold = await testClinic({ catalogues: { ...cataloguePlaces(), cache: null } })
  const patient = await cold
    .as('reception')
    .patients.register({ name: 'Cold Start', gender: 'male', birthDate: '1990-01-01' })
  const input = { patientId: patient.id, substance: amoxicillin }
  await cold.as('nurse').profile.addAllergy(input)
  await expect(cold.as('nurse').profile.addAllergy(input)).rejects.toMatchObject({ code: 'DUPLICATE' })
  await cold[Symbol.asyncDispose]()
})

test('what prescribing is warned of: in force only', async () => {
  const { profile } = clinic.as('nurse')
  const kept = await add(amoxicillin, { severity: 'severe' })
  const refuted = await add(words('Milk'))
  await profile.changeAllergy({ patientId, id: refuted.id, rev: refuted.rev, verificationStatus: 'refuted' })
  expect(clinic.read((read) => activeAllergies(read, patientId))).toMatchObject([
    { id: kept.id, substance: amoxicillin, category: 'medication', severity: 'severe' },
  ])
})

test('AUTHZ-01: who may not, may not', async () => {
  const added = await add(amoxicillin)
  for (const role of ['reception', 'lab', 'billing', 'admin'] as const) {
    const { profile } = clinic.as(role)
    await expect(profile.addAllergy({ patientId, substance: words('Egg') })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(profile.allergy({ patientId, id: added.id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
})
