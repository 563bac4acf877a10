// Rules of the clinic about patients, through dispatch, as real roles.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import type { CallerInputOf } from '#shared/contract.ts'
import type { PatientId } from '#shared/ids.ts'
import { absentUnknownSystem, noKnownAllergies } from '#shared/coded.ts'
import { chartTables } from '#modules/chart/main/api.ts'
import type { patients, Patient } from '../shared/contract.ts'
import { restorePatient, updatePatientFromSource, voidPatient } from './api.ts'

type Register = CallerInputOf<(typeof patients)['procedures']['register']>
type Update = CallerInputOf<(typeof patients)['procedures']['update']>

const full: Register = {
  name: "Dr. Siobhán O'Connor",
  family: "O'Connor",
  given: 'Siobhán',
  prefix: 'Dr.',
  birthDate: '1980-03-12',
  gender: 'female',
  language: 'ga',
  maritalStatus: 'M',
  identifiers: [
    { system: 'urn:insurance', typeCode: 'SN', typeDisplay: null, value: 'AB-0012', assigner: null },
  ],
  telecoms: [
    { system: 'phone', use: 'home', value: '+353 1 234 5678', rank: 2 },
    { system: 'phone', use: 'mobile', value: '+353 87 765 4321', rank: 1 },
    { system: 'email', use: null, value: 'siobhan@example.org', rank: null },
  ],
  addresses: [
    {
      use: 'home',
      lines: '1 Main St',
      city: 'Cork',
      district: null,
      state: null,
      postalCode: 'T12',
      country: 'IE',
    },
  ],
  contacts: [
    { relationship: 'mother', name: 'Máire Byrne', phone: '021 555 0101', email: null, patientId: null },
  ],
  otherNames: [{ use: 'maiden', text: 'Siobhán Byrne', family: 'Byrne', given: 'Siobhán' }],
}

/** What a form sends back: everything it showed. */
function formOf(patient: Patient, changes: Partial<Update> = {}): Update {
  const { id, recordNumber: _n, flags: _f, allergyState: _a, registeredAt: _r, ...rest } = patient
  return { ...rest, patientId: id, ...changes }
}

test('a patient is registered with a name and a sex alone, and gets the clinic’s next number', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const ana = await desk.patients.register({ name: 'Ana Sol', gender: 'female' })
  const ben = await desk.patients.register({ name: 'Ben', gender: 'unknown' })
  expect([ana.recordNumber, ben.recordNumber]).toEqual(['1001', '1002'])
  expect(ana).toMatchObject({
    name: 'Ana Sol',
    active: true,
    deceased: false,
    allergyState: 'not-recorded',
    rev: 1,
  })
  expect(ana.registeredAt.slice(0, 10)).toBe('2026-03-02')
  expect(clinic.auditOf('patient.register')).toMatchObject([{ outcome: 'ok' }, { outcome: 'ok' }])
})

test('a refused registration takes no number', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  await expect(desk.patients.register({ name: '   ', gender: 'female' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  expect((await desk.patients.register({ name: 'Ana', gender: 'female' })).recordNumber).toBe('1001')
})

test('everything the form asks for is read back as it was written', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const made = await desk.patients.register(full)
  const seen = await desk.patients.get({ patientId: made.id })
  expect(seen).toEqual(made)
  expect(seen).toMatchObject({ ...full, telecoms: expect.anything() })
  // The number to call first stands first.
  expect(seen.telecoms?.map((t) => t.value)).toEqual([
    '+353 87 765 4321',
    '+353 1 234 5678',
    'siobhan@example.org',
  ])
})

test.each([
  'Suharto',
  'Maria João da Silva e Oliveira Santos',
  'محمد عبد الله أحمد',
  '李小龙',
  'Анна Ивановна Смирнова-Петрова',
  "D'Angelo O’Neill-Saint-John",
  'Nguyễn Thị Ánh',
  'प्रिया शर्मा',
  'Þórður Ægir',
  'X Æ A-12',
])('%s is registered, found, amended and kept as written', async (name) => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const made = await desk.patients.register({ name, gender: 'other' })
  expect(made.name).toBe(name)
  const hits = await desk.patients.search({ text: name })
  expect(hits.patients.map((p) => p.id)).toEqual([made.id])
  const amended = await desk.patients.update(formOf(made, { name: `${name} Jr` }))
  expect(amended.name).toBe(`${name} Jr`)
})

test('an amendment replaces what the form showed: changed, added and removed items', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const made = await desk.patients.register(full)
  const [mobile, home] = made.telecoms
  if (!mobile || !home) throw new Error('two phones were registered')
  const after = await desk.patients.update(
    formOf(made, {
      maritalStatus: null,
      telecoms: [
        { ...mobile, value: '+353 87 000 0000' },
        { system: 'sms', use: null, value: '123456', rank: 3 },
      ],
      contacts: [],
    }),
  )
  expect(after.rev).toBe(made.rev + 1)
  expect(after.maritalStatus).toBeNull()
  expect(after.telecoms).toMatchObject([{ id: mobile.id, value: '+353 87 000 0000' }, { value: '123456' }])
  expect(after.contacts).toEqual([])
  expect(after.otherNames).toEqual(made.otherNames)
  // Taken away is hidden, never gone.
  const rows = clinic.read((r) =>
    r.list((db) =>
      db.selectFrom('patient_telecom').select(['id', 'voided_at', 'void_reason']).where('id', '=', home.id),
    ),
  )
  expect(rows).toMatchObject([{ voided_at: expect.any(String), void_reason: 'removed from the record' }])
  expect(await desk.patients.search({ text: '765 4321' })).toMatchObject({ patients: [] })
  expect(await desk.patients.search({ text: '87 000 0000' })).toMatchObject({ patients: [{ id: made.id }] })
})

test('an item of another patient cannot be taken over', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const one = await desk.patients.register(full)
  const two = await desk.patients.register({ name: 'Ben', gender: 'male' })
  await expect(desk.patients.update(formOf(two, { telecoms: one.telecoms }))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    details: { fields: ['telecoms.0.id: unknown'] },
  })
  expect(await desk.patients.get({ patientId: one.id })).toEqual(one)
})

test('who saw an older version is told so and overwrites nothing', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const seen = await desk.patients.register({ name: 'Ana Sol', gender: 'female' })
  await desk.patients.update(formOf(seen, { name: 'Ana Sol Ruiz' }))
  await expect(desk.patients.update(formOf(seen, { name: 'Anna Sol' }))).rejects.toMatchObject({
    code: 'CONFLICT',
    details: { rev: 2 },
  })
  expect(await desk.patients.get({ patientId: seen.id })).toMatchObject({ name: 'Ana Sol Ruiz', rev: 2 })
  expect(clinic.auditOf('patient.update').map((a) => [a.outcome, a.code])).toEqual([
    ['ok', null],
    ['refused', 'CONFLICT'],
  ])
})

test('of a hundred edits of one version at once, one wins and none is lost silently', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const seen = await desk.patients.register({ name: 'Ana Sol', gender: 'female' })
  const edits = Array.from({ length: 100 }, (_, i) =>
    desk.patients.update(formOf(seen, { name: `Ana ${i}` })),
  )
  const settled = await Promise.allSettled(edits)
  const won = settled.filter((s) => s.status === 'fulfilled')
  const codes = settled.filter((s) => s.status === 'rejected').map((s) => (s.reason as { code: string }).code)
  expect(won).toHaveLength(1)
  expect(codes).toEqual(Array.from({ length: 99 }, () => 'CONFLICT'))
  const now = await desk.patients.get({ patientId: seen.id })
  expect(now).toMatchObject({ name: won[0]?.value.name, rev: 2 })
})

test('billing amends what it sees and leaves the people around the patient alone', async () => {
  await using clinic = await testClinic()
  const made = await clinic.as('reception').patients.register(full)
  const billing = clinic.as('billing')
  const seen = await billing.patients.get({ patientId: made.id })
  expect(seen.contacts).toBeUndefined()
  expect(seen.flags).toBeUndefined()
  await billing.patients.update(formOf(made, { language: 'en', contacts: [], otherNames: [] }))
  const after = await clinic.as('reception').patients.get({ patientId: made.id })
  expect(after).toMatchObject({ language: 'en', contacts: made.contacts, otherNames: made.otherNames })
})

test('an admin sees a name, the laboratory what is on a tube, neither an address', async () => {
  await using clinic = await testClinic()
  const made = await clinic.as('reception').patients.register(full)
  expect(Object.keys(await clinic.as('admin').patients.get({ patientId: made.id })).sort()).toEqual(
    [
      'active',
      'family',
      'given',
      'id',
      'name',
      'prefix',
      'recordNumber',
      'registeredAt',
      'rev',
      'suffix',
    ].sort(),
  )
  await expect(clinic.as('lab').patients.get({ patientId: made.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(clinic.as('civil').patients.get({ patientId: made.id })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('where clinicians are not one care team, only related ones reach a patient', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  const made = await clinic.as('doctor').patients.register({ name: 'Ana Sol', gender: 'female' })
  expect((await clinic.as('doctor').patients.get({ patientId: made.id })).name).toBe('Ana Sol')
  const stranger = clinic.another('doctor')
  const missing = '0194f2a0-0000-7000-8000-000000000000' as PatientId
  await expect(stranger.patients.get({ patientId: made.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: {},
  })
  await expect(stranger.patients.get({ patientId: missing })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: {},
  })
  // The front desk serves the whole clinic.
  expect((await clinic.as('reception').patients.get({ patientId: made.id })).name).toBe('Ana Sol')
})

test('a flag is put up, taken down with a reason and brought back by undo', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const { id: patientId } = await desk.patients.register({ name: 'Ana Sol', gender: 'female' })
  const flag = await desk.patients.addFlag({ patientId, kind: 'alert', text: 'Needs an interpreter' })
  expect(flag).toMatchObject({ kind: 'alert', createdByName: 'Test reception', rev: 1 })
  await desk.patients.removeFlag({ patientId, id: flag.id, rev: flag.rev, reason: 'Speaks German now' })
  expect((await desk.patients.get({ patientId })).flags).toEqual([])
  const back = await desk.patients.restoreFlag({ patientId, id: flag.id })
  expect(back).toMatchObject({ id: flag.id, text: 'Needs an interpreter', rev: 3 })
  expect(await desk.patients.restoreFlag({ patientId, id: flag.id })).toEqual(back)
  expect((await desk.patients.get({ patientId })).flags).toEqual([back])
})

test('a flag cannot be reached through another patient', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const one = await desk.patients.register({ name: 'One', gender: 'female' })
  const two = await desk.patients.register({ name: 'Two', gender: 'female' })
  const flag = await desk.patients.addFlag({ patientId: one.id, kind: 'sticky', text: 'Call back' })
  const wrong = { patientId: two.id, id: flag.id }
  await expect(desk.patients.removeFlag({ ...wrong, rev: 1, reason: 'mistake' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(desk.patients.restoreFlag(wrong)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('the history names who changed what, with the value before and after', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const made = await desk.patients.register({
    name: 'Ana Sol',
    gender: 'female',
    telecoms: [{ system: 'phone', use: null, value: '111222333', rank: null }],
  })
  clinic.tick(60_000)
  await clinic.as('doctor').patients.update(formOf(made, { birthDate: '1980-03-12', telecoms: [] }))
  const { entries } = await desk.patients.history({ patientId: made.id })
  const changesOf = (table: string) =>
    entries
      .filter((e) => e.table === table)
      .map((e) => [e.userName, e.changes.filter((c) => c.column !== 'name_text')])
  expect(changesOf('patient')[0]).toEqual([
    'Test doctor',
    [{ column: 'birth_date', before: null, after: '1980-03-12' }],
  ])
  expect(changesOf('patient_telecom')[0]).toEqual([
    'Test doctor',
    [{ column: 'void_reason', before: null, after: 'removed from the record' }],
  ])
  expect(entries.at(-1)).toMatchObject({ userName: 'Test reception', role: 'reception' })
  expect(JSON.stringify(entries)).not.toContain('audit_alias')
  // Lists of the laboratory, billing and the admin show that something changed, not what.
  const { entries: filtered } = await clinic.as('billing').patients.history({ patientId: made.id })
  expect(filtered).toHaveLength(entries.length)
  expect(filtered.every((e) => e.changes.length === 0)).toBe(true)
})

test('the desk learns that there are allergies, or that none are known, and not which', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const { id: patientId } = await desk.patients.register({ name: 'Ana Sol', gender: 'female' })
  const state = async () => (await desk.patients.get({ patientId })).allergyState
  const add = (code_system: string, code: string, clinical_status: string) =>
    clinic.transact((ctx) =>
      ctx.write.insert(chartTables.allergyIntolerance, {
        patient_id: patientId,
        code_system,
        code,
        code_display: code,
        clinical_status,
      }),
    )
  expect(await state()).toBe('not-recorded')
  add(absentUnknownSystem, noKnownAllergies, 'active')
  expect(await state()).toBe('none-known')
  add('http://snomed.info/sct', '91936005', 'resolved')
  expect(await state()).toBe('none-known')
  add('http://snomed.info/sct', '91935009', 'active')
  expect(await state()).toBe('recorded')
})

test('a source adds and amends, takes nothing away, and says when nothing changed', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const made = await desk.patients.register(full)
  const phone = { system: 'phone' as const, use: 'work' as const, rank: null }
  const changed = clinic.transact((ctx) =>
    updatePatientFromSource(ctx, made.id, {
      gender: 'other',
      telecoms: [
        // The same number in another writing: its use is brought up to date.
        { ...phone, value: '+353 (1) 2345678' },
        { ...phone, value: '+353 1 999 0000' },
      ],
    }),
  )
  expect(changed).toBe(true)
  const after = await desk.patients.get({ patientId: made.id })
  expect(after).toMatchObject({ gender: 'other', birthDate: '1980-03-12', rev: made.rev + 1 })
  expect(after.telecoms).toHaveLength(4)
  expect(after.telecoms).toContainEqual({ id: made.telecoms[1]?.id, ...phone, value: '+353 (1) 2345678' })
  expect((await desk.patients.search({ text: '9990000' })).patients).toHaveLength(1)
  expect(
    clinic.transact((ctx) =>
      updatePatientFromSource(ctx, made.id, { gender: 'other', telecoms: after.telecoms ?? [] }),
    ),
  ).toBe(false)
})

test('an undone patient is found no more, and is back after a redo', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const made = await desk.patients.register({ name: 'Ana Sol', gender: 'female' })
  clinic.transact((ctx) => voidPatient(ctx, made.id, 'import undone'))
  expect((await desk.patients.search({ text: 'ana' })).patients).toEqual([])
  expect((await desk.patients.recent({})).total).toBe(0)
  await expect(desk.patients.get({ patientId: made.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(
    desk.patients.addFlag({ patientId: made.id, kind: 'sticky', text: 'x' }),
  ).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  clinic.transact((ctx) => restorePatient(ctx, made.id))
  expect((await desk.patients.search({ text: 'ana' })).patients).toHaveLength(1)
  expect((await desk.patients.recent({})).total).toBe(1)
})
