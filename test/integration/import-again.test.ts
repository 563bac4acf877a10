// Imports that come again, and imports taken back: nothing twice, nothing of people's own work lost.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { chartTables } from '#modules/chart/main/api.ts'
import { composition } from '#modules/notes/main/tables.ts'
import { addCareTeam } from '#modules/patients/main/api.ts'
import type { PatientId } from '#shared/ids.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { bundleOf, importFiles, recordDigest, settled, stage, undo, visibleRows } from '#testkit/importing.ts'
import { testData } from '#testkit/read-fhir.ts'

const synthea = (name: string) => [name, readFileSync(path.join(testData, 'synthea', name))] as const
const garrett = synthea('Garrett_Thompson_5a72e290-8102-4c8a-84f7-f838387508b2.json.gz')
const gustavo = synthea('Gustavo_Mejía_59a8543c-e24f-4a01-b28b-47ccde6bc11d.json.gz')

const person = {
  resourceType: 'Patient',
  id: '1',
  name: [{ text: 'Ana Sol', family: 'Sol', given: ['Ana'] }],
  birthDate: '1980-01-01',
  gender: 'female',
  telecom: [{ system: 'phone', value: '0170 1', use: 'mobile' }],
}
const subject = { reference: 'Patient/1' }
const asthma = {
  resourceType: 'Condition',
  id: 'c',
  subject,
  code: { text: 'Asthma' },
  clinicalStatus: { coding: [{ code: 'active' }] },
  recordedDate: '2015-05-05',
}
const weight = {
  resourceType: 'Observation',
  id: 'w',
  status: 'final',
  subject,
  code: { text: 'Weight' },
  effectiveDateTime: '2015-05-05',
  valueQuantity: { value: 61.0, unit: 'kg' },
}
const claim = { resourceType: 'Claim', id: 'x', patient: subject, created: '2015-05-05', total: { value: 5 } }
const record = (...changes: object[]) => ['record.json', bundleOf(...changes)] as const
const everything = record(person, asthma, weight, claim)

const onlyPatient = (clinic: TestClinic) =>
  clinic.read((r) => r.list((db) => db.selectFrom('patient').selectAll().where('voided_at', 'is', null)))[0]
const conditions = (clinic: TestClinic) =>
  clinic.read((r) => r.list((db) => db.selectFrom('condition').selectAll().where('voided_at', 'is', null)))
const observations = (clinic: TestClinic) =>
  clinic.read((r) => r.list((db) => db.selectFrom('observation').selectAll().orderBy('ins_seq')))
const patientId = (clinic: TestClinic) => onlyPatient(clinic)?.id as PatientId

describe('the same again', () => {
  test('changes nothing, in one file or in other company', { timeout: 60_000 }, async () => {
    await using clinic = await testClinic()
    const first = await importFiles(clinic, 'admin', [garrett, gustavo])
    const before = recordDigest(clinic)
    for (const files of [[garrett, gustavo], [gustavo], [gustavo, garrett, gustavo]]) {
      const again = await importFiles(clinic, 'admin', files)
      expect(again.counts).toMatchObject({ created: 0, updated: 0, refused: 0, reviews: 0 })
      expect(again.counts.unchanged).toBe(again.counts.resources)
      expect(again.counts.mapped + again.counts.keptAsSource).toBe(again.counts.resources)
    }
    expect(recordDigest(clinic)).toBe(before)
    expect(first.counts.unchanged).toBeLessThan(first.counts.resources / 10)
  })

  test('spelt otherwise keeps the rows and takes the new original', async () => {
    await using clinic = await testClinic()
    await importFiles(clinic, 'admin', [everything])
    const rows = [conditions(clinic), observations(clinic), onlyPatient(clinic)]
    const spaced = JSON.stringify(everything[1], null, 3)
    const again = await importFiles(clinic, 'admin', [['record.json', spaced]])
    expect(again.counts).toMatchObject({ updated: 4, created: 0, reviews: 0 })
    expect([conditions(clinic), observations(clinic), onlyPatient(clinic)]).toEqual(rows)
    expect(visibleRows(clinic).source_resource).toBe(4)
  })

  test('people who look alike stay apart: nothing in a file joins two records (PAR-04)', {
    timeout: 120_000,
  }, async () => {
    await using clinic = await testClinic()
    const pairs = process.env.OSLER_NIGHT === '1' ? 500 : 60
    const twin = (i: number, id: string, changes: object) => ({
      ...person,
      id,
      name: [{ text: `Ana Sol ${i}` }],
      identifier: [{ system: 'http://example.org/mrn', value: `${i}` }],
      ...changes,
    })
    const near = [
      {},
      { birthDate: '1980-01-10' },
      { gender: 'unknown' },
      { name: [{ text: 'SOL, Ána' }] },
      { telecom: [] },
    ]
    const lines = Array.from({ length: pairs }, (_, i) => [
      twin(i, `a${i}`, {}),
      twin(i, `b${i}`, near[i % near.length] ?? {}),
    ])
    const done = await importFiles(clinic, 'admin', [
      [
        'near.ndjson',
        lines
          .flat()
          .map((p) => JSON.stringify(p))
          .join('\n'),
      ],
    ])
    expect(done.counts).toMatchObject({ patients: 2 * pairs, created: 2 * pairs, updated: 0, refused: 0 })
    expect(visibleRows(clinic).patient).toBe(2 * pairs)
  })

  test('under another source name it is another patient, never joined by itself', async () => {
    await using clinic = await testClinic()
    await importFiles(clinic, 'admin', [everything], 'North')
    await importFiles(clinic, 'admin', [everything], 'South')
    expect(visibleRows(clinic)).toMatchObject({ patient: 2, condition: 2, observation: 2 })
  })
})

describe('changed at the source', () => {
  test('rows follow; a measurement is corrected by a new row; originals are superseded', async () => {
    await using clinic = await testClinic()
    await importFiles(clinic, 'admin', [everything])
    const [before] = observations(clinic)
    const [problem] = conditions(clinic)
    const again = await importFiles(clinic, 'admin', [
      record(
        { ...person, telecom: [{ system: 'phone', value: '0170 2', use: 'mobile' }], deceasedBoolean: true },
        { ...asthma, clinicalStatus: { coding: [{ code: 'resolved' }] } },
        { ...weight, valueQuantity: { value: 62, unit: 'kg' } },
        { ...claim, total: { value: 6 } },
      ),
    ])
    expect(again.counts).toMatchObject({
      updated: 4,
      created: 0,
      unchanged: 0,
      reviews: 0,
      mapped: 3,
      keptAsSource: 1,
    })
    expect(conditions(clinic)).toMatchObject([{ id: problem?.id, rev: 2, clinical_status: 'resolved' }])
    expect(onlyPatient(clinic)).toMatchObject({ deceased: 1, name_text: 'Ana Sol' })
    const [old, corrected] = observations(clinic)
    expect(old).toMatchObject({ id: before?.id, value_number: 61 })
    expect(old?.voided_at).not.toBeNull()
    expect(corrected).toMatchObject({ value_number: 62, voided_at: null })
    const { patients } = await clinic.as('doctor').patients.search({ text: '01702' })
    expect(patients).toMatchObject([{ phone: '0170 2', deceased: true }])
    expect(visibleRows(clinic)).toMatchObject({ patient_telecom: 1, source_resource: 4, observation: 1 })
  })

  test('a field edited here keeps the clinic’s value and is put up for review; the rest follows', async () => {
    await using clinic = await testClinic()
    await importFiles(clinic, 'admin', [everything])
    const [problem] = conditions(clinic)
    clinic.transact((ctx) =>
      ctx.write.update(chartTables.condition, problem?.id ?? '', 1, { clinical_status: 'inactive' }),
    )
    const doctor = clinic.as('doctor')
    const seen = await doctor.patients.get({ patientId: patientId(clinic) })
    const { recordNumber: _n, flags: _f, allergyState: _a, registeredAt: _r, id, ...rest } = seen
    await doctor.patients.update({
      ...(rest as never as object),
      patientId: id,
      name: 'Ana Luz',
      family: 'Luz',
    } as never)
    const again = await importFiles(clinic, 'admin', [
      record(
        { ...person, name: [{ text: 'Ana Mar', family: 'Mar', given: ['Ana'] }], gender: 'other' },
        { ...asthma, clinicalStatus: { coding: [{ code: 'resolved' }] }, onsetString: 'as a child' },
      ),
    ])
    expect(again.counts.reviews).toBe(2)
    expect(conditions(clinic)).toMatchObject([{ clinical_status: 'inactive', onset: 'as a child' }])
    expect(onlyPatient(clinic)).toMatchObject({ name_text: 'Ana Luz', gender: 'other' })
    const reviews = clinic.read((r) =>
      r.list((db) => db.selectFrom('import_review').selectAll().orderBy('table_name')),
    )
    expect(reviews.map((r) => [r.table_name, r.patient_id, JSON.parse(r.columns)])).toEqual([
      ['condition', patientId(clinic), ['clinical_status']],
      ['patient', patientId(clinic), ['name_text', 'family', 'given', 'prefix', 'suffix']],
    ])
  })

  test('a row that people here have withdrawn is not brought back', async () => {
    await using clinic = await testClinic()
    await importFiles(clinic, 'admin', [everything])
    const [problem] = conditions(clinic)
    clinic.transact((ctx) => ctx.write.void(chartTables.condition, problem?.id ?? '', 1, 'entered in error'))
    const again = await importFiles(clinic, 'admin', [
      record(person, { ...asthma, code: { text: 'Asthma, mild' } }),
    ])
    expect(again.counts.reviews).toBe(1)
    expect(conditions(clinic)).toEqual([])
  })

  test('an id that now means another person is refused with all that hangs on it', async () => {
    await using clinic = await testClinic()
    await importFiles(clinic, 'admin', [everything])
    const before = recordDigest(clinic)
    const other = { ...person, name: [{ text: 'Eva Mond' }], birthDate: '1999-09-09' }
    const refused = await importFiles(clinic, 'admin', [record(other, { ...asthma, id: 'c2' })])
    expect(refused.counts).toMatchObject({ refused: 2, mapped: 0, keptAsSource: 0, created: 0, updated: 0 })
    expect(refused.files[0]).toMatchObject({ resources: 2, refused: 2 })
    const { items } = await clinic.as('admin').imports.problems({ batchId: refused.id })
    expect(items.map((p) => [p.code, p.place, p.detail])).toEqual([
      ['IDENTITY_MISMATCH', 'entry[0]', 'Patient'],
      ['IDENTITY_MISMATCH', 'entry[1]', 'Condition'],
    ])
    expect(recordDigest(clinic)).toBe(before)
  })

  test('two people without a birth date under one id stay two', async () => {
    await using clinic = await testClinic()
    const named = (text: string) => ({ resourceType: 'Patient', id: '7', name: [{ text }] })
    await importFiles(clinic, 'admin', [record(named('Bob Lee'))])
    const refused = await importFiles(clinic, 'admin', [record(named('Eva Luz'))])
    expect(refused.counts).toMatchObject({ refused: 1, updated: 0 })
    expect(onlyPatient(clinic)).toMatchObject({ name_text: 'Bob Lee' })
  })

  test('an older export changes nothing, is kept out of sight, and is known when it comes again', async () => {
    await using clinic = await testClinic()
    const at = (year: string, status: string, kg: number, gender: string) => {
      const meta = { lastUpdated: `${year}-01-01T00:00:00Z` }
      return record(
        { ...person, gender, meta },
        { ...asthma, clinicalStatus: { coding: [{ code: status }] }, meta },
        { ...weight, valueQuantity: { value: kg, unit: 'kg' }, meta },
        { ...claim, total: { value: kg }, meta },
      )
    }
    await importFiles(clinic, 'admin', [at('2022', 'resolved', 62, 'female')])
    const older = await importFiles(clinic, 'admin', [at('2020', 'active', 61, 'other')])
    expect(older.counts).toMatchObject({ updated: 0, created: 4, keptAsSource: 4, refused: 0, reviews: 0 })
    expect(onlyPatient(clinic)).toMatchObject({ gender: 'female', rev: 1 })
    expect(conditions(clinic)).toMatchObject([{ clinical_status: 'resolved', rev: 1 }])
    expect(observations(clinic)).toMatchObject([{ value_number: 62, voided_at: null }])
    expect(visibleRows(clinic).source_resource).toBe(4)
    const again = await importFiles(clinic, 'admin', [at('2020', 'active', 61, 'other')])
    expect(again.counts).toMatchObject({ updated: 0, created: 0, unchanged: 4 })
    await importFiles(clinic, 'admin', [at('2023', 'active', 63, 'other')])
    expect(conditions(clinic)).toMatchObject([{ clinical_status: 'active' }])
    expect(onlyPatient(clinic)).toMatchObject({ gender: 'other' })
    const undone = await undo(clinic, 'admin', older.id)
    expect(undone.counts).toMatchObject({ takenBack: 0, leftStanding: 0 })
  })

  test('a doctor’s file does not reach the chart of a patient of others', async () => {
    await using clinic = await testClinic({ oneCareTeam: false })
    const staged = await stage(clinic, 'admin', [everything])
    await clinic.as('admin').imports.start({ batchId: staged.id, careTeam: [clinic.userId('nurse')] })
    await settled(clinic, 'admin', staged.id)
    const before = recordDigest(clinic)
    const foreign = await importFiles(clinic, 'doctor', [
      record({ ...person, gender: 'other' }, { ...asthma, id: 'c2' }),
      ['c.json', { ...asthma, id: 'c3' }],
    ])
    expect(foreign.counts).toMatchObject({ refused: 3, created: 0, updated: 0 })
    const { items } = await clinic.as('doctor').imports.problems({ batchId: foreign.id })
    expect(new Set(items.map((p) => p.code))).toEqual(new Set(['NOT_YOURS']))
    expect(recordDigest(clinic)).toBe(before)
    clinic.transact((ctx) => addCareTeam(ctx, patientId(clinic), [clinic.userId('doctor')], 'assigned'))
    const own = await importFiles(clinic, 'doctor', [record(person, { ...asthma, id: 'c2' })])
    expect(own.counts).toMatchObject({ refused: 0, created: 1 })
  })

  test('a title does not cross into another patient’s record', async () => {
    await using clinic = await testClinic()
    await importFiles(clinic, 'admin', [everything])
    const second = { ...person, id: '2', name: [{ text: 'Eva Mond' }] }
    const drug = {
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/2' },
      medicationCodeableConcept: { text: 'Salbutamol' },
      reasonReference: [{ reference: 'Condition/c' }],
    }
    await importFiles(clinic, 'admin', [record(second, drug)])
    const rows = clinic.read((r) => r.list((db) => db.selectFrom('medication_request').selectAll()))
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('Asthma')
  })

  test('a resource never moves into another patient’s record', async () => {
    await using clinic = await testClinic()
    await importFiles(clinic, 'admin', [everything])
    const before = conditions(clinic)
    const second = { ...person, id: '2', name: [{ text: 'Eva Mond' }] }
    const moved = await importFiles(clinic, 'admin', [
      record(second, { ...asthma, subject: { reference: 'Patient/2' } }),
    ])
    expect(moved.counts).toMatchObject({ created: 1, refused: 1 })
    expect(conditions(clinic)).toEqual(before)
  })

  test('several versions in one file: the newest stands, the others are kept out of sight', async () => {
    await using clinic = await testClinic()
    const version = (value: number, lastUpdated: string) => ({
      ...weight,
      meta: { lastUpdated },
      valueQuantity: { value, unit: 'kg' },
    })
    const history = record(person, version(62, '2020-01-02T00:00:00Z'), version(61, '2020-01-01T00:00:00Z'))
    const done = await importFiles(clinic, 'admin', [history])
    expect(done.counts).toMatchObject({ resources: 3, mapped: 2, keptAsSource: 1 })
    expect(observations(clinic)).toMatchObject([{ value_number: 62, voided_at: null }])
    const before = recordDigest(clinic)
    expect((await importFiles(clinic, 'admin', [history])).counts).toMatchObject({
      unchanged: 3,
      updated: 0,
      created: 0,
    })
    expect(recordDigest(clinic)).toBe(before)
  })
})

describe('undo', () => {
  test('leaves no visible row, keeps the history, and the import can come again', {
    timeout: 60_000,
  }, async () => {
    await using clinic = await testClinic()
    const nothing = visibleRows(clinic)
    const files = [garrett, gustavo, everything]
    const done = await importFiles(clinic, 'admin', files)
    const full = visibleRows(clinic)
    const undone = await undo(clinic, 'admin', done.id)
    expect(undone).toMatchObject({ status: 'undone', counts: { leftStanding: 0 } })
    expect(undone.counts.takenBack).toBeGreaterThan(150)
    expect(visibleRows(clinic)).toEqual(nothing)
    for (const text of ['thompson', 'mejia', 'ana']) {
      expect((await clinic.as('doctor').patients.search({ text })).patients).toEqual([])
    }
    expect(clinic.auditOf('import.undo-patient')).toHaveLength(3)
    expect(clinic.clinic.verify()).toMatchObject({ ok: true })
    const again = await importFiles(clinic, 'admin', files)
    expect(again.counts).toMatchObject({ unchanged: 0, refused: 0, created: done.counts.created })
    const { patient, encounter, observation, source_resource } = visibleRows(clinic)
    expect({ patient, encounter, observation, source_resource }).toMatchObject({
      patient: full.patient,
      encounter: full.encounter,
      observation: full.observation,
      source_resource: full.source_resource,
    })
  })

  test('a signed note keeps its patient’s rows, and only those', async () => {
    await using clinic = await testClinic()
    const eva = { ...person, id: '2', name: [{ text: 'Eva Mond' }] }
    const done = await importFiles(clinic, 'admin', [everything, ['eva.json', eva]])
    clinic.transact((ctx) => {
      const [row] = ctx.read.list((db) =>
        db.selectFrom('patient').select('id').where('name_text', '=', 'Ana Sol'),
      )
      ctx.write.insert(composition, signedNote(row?.id ?? '', ctx.now))
    })
    const undone = await undo(clinic, 'admin', done.id)
    expect(undone.counts).toMatchObject({ leftStanding: 4, takenBack: 1 })
    expect(visibleRows(clinic)).toMatchObject({
      patient: 1,
      condition: 1,
      observation: 1,
      source_resource: 4,
    })
  })

  test('a row changed here stays with its patient, the rest goes', async () => {
    await using clinic = await testClinic()
    const done = await importFiles(clinic, 'admin', [everything])
    const [problem] = conditions(clinic)
    clinic.transact((ctx) =>
      ctx.write.update(chartTables.condition, problem?.id ?? '', 1, { note: 'seen today' }),
    )
    expect((await undo(clinic, 'admin', done.id)).counts).toMatchObject({ leftStanding: 2, takenBack: 2 })
    expect(visibleRows(clinic)).toMatchObject({ patient: 1, condition: 1, source_resource: 2 })
    expect(visibleRows(clinic)).not.toHaveProperty('observation')
  })

  test('of a second import gives the first one’s values back, then the first can go too', async () => {
    await using clinic = await testClinic()
    const first = await importFiles(clinic, 'admin', [everything])
    const [condition] = conditions(clinic)
    const ana = onlyPatient(clinic)
    const second = await importFiles(clinic, 'admin', [
      record(
        {
          ...person,
          gender: 'other',
          telecom: [
            { system: 'phone', value: '0170 2', use: 'mobile' },
            { system: 'email', value: 'ana@example.org' },
          ],
        },
        { ...asthma, code: { text: 'Asthma, severe' } },
        { ...weight, valueQuantity: { value: 62, unit: 'kg' } },
        { ...claim, total: { value: 6 } },
        { ...asthma, id: 'new', code: { text: 'Gout' } },
      ),
    ])
    expect(conditions(clinic)).toHaveLength(2)
    expect((await undo(clinic, 'admin', first.id)).counts).toMatchObject({ takenBack: 0, leftStanding: 4 })
    expect((await undo(clinic, 'admin', second.id)).counts).toMatchObject({ takenBack: 5, leftStanding: 0 })
    const { rev: _1, ...asBefore } = condition as { rev: number }
    expect(conditions(clinic)).toMatchObject([asBefore])
    expect(onlyPatient(clinic)).toMatchObject({ gender: ana?.gender, name_text: ana?.name_text })
    expect(observations(clinic).filter((o) => o.voided_at === null)).toMatchObject([{ value_number: 61 }])
    const reach = await clinic.as('doctor').patients.get({ patientId: patientId(clinic) })
    expect(reach.telecoms?.map((t) => t.value)).toEqual(['0170 1'])
    expect((await undo(clinic, 'admin', first.id)).counts).toMatchObject({ takenBack: 4, leftStanding: 0 })
    expect(visibleRows(clinic)).not.toHaveProperty('patient')
    expect(visibleRows(clinic)).not.toHaveProperty('source_resource')
  })

  test('looks at when a batch was filed, not at when it was opened', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const opened = await stage(clinic, 'admin', [record(person, { ...asthma, id: 'late' })])
    const first = await importFiles(clinic, 'admin', [record(person)])
    await admin.imports.start({ batchId: opened.id })
    await settled(clinic, 'admin', opened.id)
    expect((await undo(clinic, 'admin', first.id)).counts).toMatchObject({ takenBack: 0, leftStanding: 1 })
    expect(visibleRows(clinic)).toMatchObject({ patient: 1, condition: 1 })
    expect((await undo(clinic, 'admin', opened.id)).counts).toMatchObject({ takenBack: 1, leftStanding: 0 })
  })

  test('a person or house that others’ visits name stays', async () => {
    await using clinic = await testClinic()
    const dr = { resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr Luz' }] }
    const visit = {
      resourceType: 'Encounter',
      id: 'v',
      status: 'finished',
      class: { code: 'AMB' },
      subject,
      participant: [{ individual: { reference: 'Practitioner/d' } }],
    }
    const people = await importFiles(clinic, 'admin', [['d.json', bundleOf(dr, { ...dr, id: 'e' })]])
    await importFiles(clinic, 'admin', [record(person, visit)])
    expect((await undo(clinic, 'admin', people.id)).counts).toMatchObject({ takenBack: 1, leftStanding: 1 })
    expect(visibleRows(clinic)).toMatchObject({ practitioner: 1, encounter: 1 })
  })
})

describe('stopping', () => {
  const many = Array.from({ length: 30 }, (_, i) => ({
    ...person,
    id: `p${i}`,
    name: [{ text: `Patient ${i}` }],
  }))

  test('a cancelled import keeps whole patients, goes on when asked, or is taken back', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const staged = await stage(clinic, 'admin', [['many.json', bundleOf(...many)]])
    const stop = clinic.clinic.onChanged((tables) => {
      if (!tables.includes('patient')) return
      stop()
      void admin.imports.cancel({ batchId: staged.id })
    })
    await admin.imports.start({ batchId: staged.id })
    const halted = await settled(clinic, 'admin', staged.id)
    expect(halted.status).toBe('cancelled')
    expect(halted.counts.filed).toBeGreaterThan(0)
    expect(halted.counts.filed).toBeLessThan(30)
    expect(visibleRows(clinic).patient).toBe(halted.counts.filed)
    await admin.imports.start({ batchId: staged.id })
    const done = await settled(clinic, 'admin', staged.id)
    expect(done).toMatchObject({ status: 'done', counts: { filed: 30, groups: 30, mapped: 30, created: 30 } })
    expect(done.files[0]).toMatchObject({ mapped: 30 })
    expect(visibleRows(clinic).patient).toBe(30)
    await undo(clinic, 'admin', staged.id)
    expect(visibleRows(clinic)).not.toHaveProperty('patient')
  })

  test('after a restart the batch is shown as stopped and goes on from there', async () => {
    await using clinic = await testClinic()
    const staged = await stage(clinic, 'admin', [['many.json', bundleOf(...many)]])
    await clinic.as('admin').imports.start({ batchId: staged.id })
    await using reopened = await clinic.reopen()
    const shown = await reopened.as('admin').imports.get({ batchId: staged.id })
    expect(shown.status).toBe('cancelled')
    const before = visibleRows(reopened).patient ?? 0
    expect(shown.counts.filed).toBe(before)
    await reopened.as('admin').imports.start({ batchId: staged.id })
    expect(await settled(reopened, 'admin', staged.id)).toMatchObject({
      status: 'done',
      counts: { filed: 30, mapped: 30 },
    })
    expect(visibleRows(reopened).patient).toBe(30)
  })

  test('what an error of ours kept from being filed is listed, harms nothing else, and can be tried again', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const db = clinic.raw()
    db.exec(`create trigger fault before insert on condition begin select raise(abort, 'fault'); end`)
    const eva = { ...person, id: '2', name: [{ text: 'Eva Mond' }] }
    const halted = await importFiles(clinic, 'admin', [everything, ['eva.json', eva]])
    expect(halted).toMatchObject({
      status: 'cancelled',
      counts: { filed: 1, groups: 2, mapped: 1, refused: 0 },
    })
    const { items } = await admin.imports.problems({ batchId: halted.id })
    expect(items.map((p) => [p.code, p.place])).toEqual([0, 1, 2, 3].map((i) => ['NOT_FILED', `entry[${i}]`]))
    expect(visibleRows(clinic)).toMatchObject({ patient: 1, source_resource: 1 })
    db.exec('drop trigger fault')
    db.close()
    await admin.imports.start({ batchId: halted.id })
    const done = await settled(clinic, 'admin', halted.id)
    expect(done).toMatchObject({ status: 'done', counts: { filed: 2, mapped: 4, keptAsSource: 1 } })
    expect((await admin.imports.problems({ batchId: halted.id })).total).toBe(0)
  })

  test('a cancel while reading refuses what is on its way', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const batch = await admin.imports.create({ sourceName: 'x' })
    const { token } = await admin.imports.beginUpload({ batchId: batch.id, name: 'slow.ndjson' })
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${JSON.stringify(person)}\n`)
      await released
      yield Buffer.from(`${JSON.stringify({ ...person, id: '2' })}\n`)
    }
    const upload = clinic.clinic.upload(token, body())
    await expect
      .poll(async () => (await admin.imports.get({ batchId: batch.id })).files[0]?.status)
      .toBe('reading')
    await admin.imports.cancel({ batchId: batch.id })
    release()
    await upload
    const after = await settled(clinic, 'admin', batch.id)
    expect(after).toMatchObject({ status: 'ready', files: [{ status: 'refused' }], counts: { groups: 0 } })
    expect((await admin.imports.problems({ batchId: batch.id })).items).toMatchObject([{ code: 'CANCELLED' }])
  })
})

function signedNote(patient: string, at: string) {
  return {
    patient_id: patient,
    status: 'final',
    kind: 'note',
    title: 'Visit',
    body: '{}',
    author_id: 'a',
    author_name: 'Dr',
    author_role: 'doctor',
    signed_at: at,
    clock_quality: 'ok',
    digest: new Uint8Array(32),
    signature: new Uint8Array(64),
    signing_key_id: 'k',
  }
}
