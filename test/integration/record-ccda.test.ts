// PRIV-01: the C-CDA document of a copy, read back by a reader of its own and compared with the rows of the database.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { strFromU8 } from 'fflate'
import { expect, test } from 'vitest'
import { chartTables } from '#modules/chart/main/api.ts'
import { composition } from '#modules/notes/main/tables.ts'
import type { PatientId } from '#shared/ids.ts'
import { lostInCcda } from '#testkit/ccda-fields.ts'
import { entryOf, faultsOf, placeIn, sectionOf } from '#testkit/ccda.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { copyOf, textsOf } from '#testkit/copies.ts'
import { importFiles } from '#testkit/importing.ts'
import { patientIds } from '#testkit/round-trip.ts'
import { testData } from '#testkit/read-fhir.ts'
import { at, everyNode, nodesIn, readXml, textOf, type XmlNode } from '#testkit/xml.ts'

const hostile = 'Ünï <b>&amp;</b> "q" \'a\' ]]> \u05D0\u0645 \uD83E\uDDE0\r\nsecond\tline\rthird\nfourth'

const ccdaOf = async (clinic: TestClinic, patientId: PatientId, more: Parameters<typeof textsOf>[2] = {}) =>
  readXml((await textsOf(clinic, patientId, more)).xml)

const now = (clinic: TestClinic) => new Date(clinic.now()).toISOString()

/** One row of each kind with every column filled, words as odd as they come. */
function fillAll(clinic: TestClinic, patientId: PatientId): void {
  clinic.transact((ctx) => {
    const own = { patient_id: patientId }
    const t = chartTables
    const put = (table: unknown, row: object): string =>
      ctx.write.insert(table as typeof t.encounter, { ...own, ...row } as never)
    const visit = put(t.encounter, {
      status: 'finished',
      class_code: 'AMB',
      type_system: 'http://snomed.info/sct',
      type_code: '185349003',
      type_display: hostile,
      reason_system: 'http://hl7.org/fhir/sid/icd-10-cm',
      reason_code: 'R05',
      reason_display: `cough ${hostile}`,
      period_start: '2026-03-01T08:00:00.250Z',
      period_end: '2026-03-01T08:30:00.000Z',
      practitioner_display: 'Dr <Who>',
      organization_display: 'House & Sons',
      location_display: 'Room "3"',
    })
    put(t.condition, {
      code_system: 'http://hl7.org/fhir/sid/icd-10-cm',
      code: 'J45.909',
      code_display: hostile,
      clinical_status: 'resolved',
      verification_status: 'confirmed',
      category: 'encounter-diagnosis',
      severity_display: 'Severe',
      onset: '2019-04',
      abatement: '2020-01-02',
      recorded_date: '2019-05-01',
      encounter_id: visit,
      note: hostile,
    })
    put(t.allergyIntolerance, {
      code_system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
      code: '7980',
      code_display: hostile,
      clinical_status: 'active',
      verification_status: 'confirmed',
      type: 'allergy',
      category: 'medication',
      criticality: 'high',
      manifestations: JSON.stringify(['Hives', hostile]),
      severity: 'severe',
      onset: 'as a child',
      recorded_date: '2021-02-03',
      last_occurrence: '2022-03-04',
      note: hostile,
    })
    put(t.medicationRequest, {
      status: 'active',
      status_reason: 'why <not>',
      intent: 'order',
      medication_system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
      medication_code: '197806',
      medication_display: hostile,
      dosage_text: hostile,
      dose_value: 1.5,
      dose_unit: 'tablet',
      route_display: 'by mouth & nose',
      frequency_text: 'thrice <a day>',
      as_needed: 1,
      authored_on: '2026-03-01T08:10:00.000Z',
      ended_on: '2026-04-01',
      requester_display: 'Dr <Who>',
      encounter_id: visit,
      reason_display: 'pain & fever',
      note: hostile,
      quantity_value: 30,
      quantity_unit: 'tablet',
      refills_allowed: 2,
      is_reported: 0,
      is_long_term: 1,
    })
    put(t.observation, {
      status: 'final',
      category: 'vital-signs',
      code_system: 'http://loinc.org',
      code: '8310-5',
      code_display: hostile,
      effective_at: '2026-03-01T08:05:00.000Z',
      value_kind: 'quantity',
      value_number: 37.4,
      value_text: '37.40',
      value_unit: '°C',
      value_ucum: 'Cel',
      interpretation: 'H, L',
      range_low: 36.1,
      range_high: 37.2,
      range_text: 'a <normal> one',
      body_site: 'ear & armpit',
      method: 'by "hand"',
      note: hostile,
      encounter_id: visit,
      performer_display: 'Nurse & Co',
    })
    put(t.observation, {
      status: 'preliminary',
      category: 'vital-signs',
      code_system: 'http://loinc.org',
      code: '85354-9',
      code_display: 'Blood pressure',
      effective_at: '2026-03-01T08:05:00.000Z',
      components: JSON.stringify([
        {
          code_system: 'http://loinc.org',
          code: '8480-6',
          code_display: 'Systolic',
          value_kind: 'quantity',
          value_number: 120,
          value_text: '120',
          value_unit: 'mmHg',
          value_ucum: 'mm[Hg]',
          interpretation: 'H',
        },
        {
          code_system: 'http://loinc.org',
          code: '8462-4',
          code_display: 'Diastolic',
          absent_reason: 'not-asked',
        },
      ]),
      encounter_id: visit,
    })
    put(t.observation, {
      status: 'final',
      category: 'laboratory',
      code_display: 'A test <nobody> coded',
      value_kind: 'quantity',
      value_comparator: '>',
      value_number: 500,
      value_text: '500',
      value_unit: 'THOUS/MCL',
    })
    put(composition, {
      status: 'final',
      kind: 'note',
      title: hostile,
      encounter_id: visit,
      body: JSON.stringify({
        type: 'doc',
        content: [
          { type: 'sectionHeading', attrs: { section: 'plan' } },
          {
            type: 'paragraph',
            content: [
              { type: 'text', text: hostile, marks: [{ type: 'bold' }, { type: 'underline' }] },
              { type: 'text', text: 'not this', marks: [{ type: 'strike' }] },
            ],
          },
          {
            type: 'bulletList',
            content: [
              {
                type: 'listItem',
                content: [{ type: 'paragraph', content: [{ type: 'text', text: 'rest & drink' }] }],
              },
            ],
          },
        ],
      }),
      author_id: clinic.userId('doctor'),
      author_name: 'Dr <Who>',
      author_role: 'doctor',
      signed_at: now(clinic),
      reason: 'wrong word',
      clock_quality: 'ok',
      digest: new Uint8Array(32),
      signature: new Uint8Array(64),
      signing_key_id: clinic.userId('doctor'),
    })
  })
}

test('PRIV-01: every allergy, problem, medicine, vital sign, visit and note stands in the C-CDA with each of its fields', {
  timeout: 60_000,
}, async () => {
  await using clinic = await testClinic()
  const folder = path.join(testData, 'synthea')
  await importFiles(
    clinic,
    'admin',
    readdirSync(folder)
      .filter((name) => name.startsWith('Carla'))
      .map((name) => [name, readFileSync(path.join(folder, name))]),
  )
  const [patientId] = patientIds(clinic) as [PatientId]
  fillAll(clinic, patientId)
  for (const language of ['en', 'ar'] as const) {
    const document = await ccdaOf(clinic, patientId, { language })
    expect(faultsOf(document).slice(0, 5)).toEqual([])
    const { lost, fields } = lostInCcda(clinic, patientId, document)
    expect(lost.slice(0, 5)).toEqual([])
    expect(fields).toBeGreaterThan(900)
    // What came in and became no row is listed, not hidden.
    expect(textOf(document)).toMatch(
      /(Kept as it came from other programs|محفوظ كما ورد من برامج أخرى): Claim/,
    )
  }
  // What is packed is what was looked at, but for the document's own number and time.
  const files = await copyOf(clinic, patientId)
  const packed = strFromU8(files['record.xml'] as Uint8Array)
  const { xml } = await textsOf(clinic, patientId)
  expect(packed.slice(packed.indexOf('<structuredBody>'))).toBe(xml.slice(xml.indexOf('<structuredBody>')))
})

test('PRIV-01: an empty record is a whole document that says of each section that nothing is known', async () => {
  await using clinic = await testClinic()
  const { id } = await clinic.as('reception').patients.register({ name: 'Ana Sol', gender: 'female' })
  const document = await ccdaOf(clinic, id)
  expect(faultsOf(document)).toEqual([])
  for (const code of ['48765-2', '10160-0', '11450-4', '30954-2', '29762-2', '8716-3']) {
    const section = sectionOf(document, code)
    expect(section?.attributes.nullFlavor, code).toBe('NI')
    expect(at(section, 'entry')).toBeUndefined()
  }
  const role = at(document, 'recordTarget', 'patientRole')
  expect(at(role, 'patient', 'birthTime')?.attributes).toEqual({ nullFlavor: 'UNK' })
  expect(at(role, 'patient', 'raceCode')?.attributes).toEqual({ nullFlavor: 'UNK' })
  expect(textOf(at(role, 'patient') as XmlNode)).toContain('Sol')
  expect(at(document, 'confidentialityCode')?.attributes.code).toBe('N')
})

test('PRIV-01: "none known" is a denial in the C-CDA; what is wrong, ruled out or not held is no entry and is told', async () => {
  await using clinic = await testClinic()
  const { id: patientId } = await clinic
    .as('reception')
    .patients.register({ name: 'Ana Sol', gender: 'female' })
  const ids = clinic.transact((ctx) => {
    const t = chartTables
    const put = (table: unknown, row: object): string =>
      ctx.write.insert(table as typeof t.encounter, { patient_id: patientId, ...row } as never)
    const ips = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'
    return {
      none: put(t.allergyIntolerance, {
        code_system: ips,
        code: 'no-known-allergies',
        code_display: 'No known allergies',
        clinical_status: 'active',
      }),
      latex: put(t.allergyIntolerance, {
        code_system: 'http://snomed.info/sct',
        code: '1003774007',
        code_display: 'No known latex allergy',
      }),
      refuted: put(t.allergyIntolerance, {
        code_display: 'Zqrefuted',
        verification_status: 'refuted',
      }),
      problems: put(t.condition, {
        code_system: ips,
        code: 'no-known-problems',
        code_display: 'No known problems',
      }),
      wrong: put(t.condition, { code_display: 'Zqwrong', verification_status: 'entered-in-error' }),
      planned: put(t.encounter, { status: 'planned', type_display: 'Zqplanned', period_start: ctx.now }),
      cancelled: put(t.encounter, { status: 'cancelled', type_display: 'Zqcancelled' }),
      notDone: put(t.immunization, {
        status: 'not-done',
        status_reason: 'refused',
        vaccine_display: 'Zqvaccine',
        occurrence: '2026-01-02',
      }),
      notCut: put(t.procedure, { status: 'not-done', code_display: 'Zqprocedure' }),
    }
  })
  const document = await ccdaOf(clinic, patientId)
  expect(faultsOf(document)).toEqual([])
  const negation = (id: string) => entryOf(document, id)?.attributes.negationInd
  expect(negation(ids.none)).toBe('true')
  expect(at(entryOf(document, ids.none), 'value')?.attributes.code).toBe('419199007')
  expect(negation(ids.problems)).toBe('true')
  expect(at(entryOf(document, ids.problems), 'value')?.attributes.code).toBe('55607006')
  expect(negation(ids.notDone)).toBe('true')
  expect(negation(ids.notCut)).toBe('true')
  // No kind of allergy fits a denial of latex alone: words, and no entry that would deny more.
  expect(entryOf(document, ids.latex)).toBeUndefined()
  for (const id of [ids.refuted, ids.wrong, ids.planned, ids.cancelled])
    expect(entryOf(document, id)).toBeUndefined()
  const words = textOf(document)
  expect(words).toContain('No known latex allergy')
  expect(words).toContain('Zqplanned')
  expect(words).not.toContain('Zqrefuted')
  expect(words).not.toContain('Zqwrong')
  expect(words).toContain('Allergies: 1 recorded in error or ruled out')
  expect(words).toContain('Problems and diagnoses: 1 recorded in error or ruled out')
})

test('PRIV-01 PRIV-02: marks, locks, notices and amendments stand in the C-CDA; characters XML cannot hold are told', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  const officer = clinic.as('privacy')
  const { id: patientId } = await doctor.patients.register({ name: 'Ana Sol', gender: 'female' })
  const [id, other] = clinic.transact((ctx) =>
    [`Odd \u0001\uFFFF words`, 'Plain words'].map((words) =>
      ctx.write.insert(chartTables.condition, {
        patient_id: patientId,
        code_display: words,
        clinical_status: 'active',
      } as never),
    ),
  ) as [string, string]
  const asked = await officer.privacy.askAmendment({
    patientId,
    targetTable: 'condition',
    targetId: id as never,
    words: `It was the left <side>`,
  })
  const answered = await doctor.privacy.answerAmendment({
    patientId,
    id: asked.id,
    rev: asked.rev,
    answer: 'refused',
    reason: 'Seen on the image',
  })
  await officer.privacy.disagree({ patientId, id: asked.id, rev: answered.rev, words: 'I still say so' })
  const plain = await ccdaOf(clinic, patientId)
  expect(at(plain, 'confidentialityCode')?.attributes.code).toBe('N')
  const entry = entryOf(plain, id)
  const remarks = [...everyNode(entry as XmlNode)].filter(
    ({ name, attributes }) => name === 'reference' && attributes.value === `#a${asked.id}`,
  )
  expect(remarks).toHaveLength(1)
  const told = textOf(placeIn(plain)(`a${asked.id}`) as XmlNode)
  for (const part of ['It was the left <side>', 'Seen on the image', 'I still say so'])
    expect(told).toContain(part)
  expect(textOf(placeIn(plain)(`r${id}.what`) as XmlNode)).toBe('Odd \u2401\uFFFD words')
  expect(textOf(plain)).toContain('Some characters cannot stand in XML')

  await officer.access.setMark({
    patientId,
    table: 'condition',
    targetId: id as never,
    flag: 'substance-use',
    readers: [],
  })
  const marked = await ccdaOf(clinic, patientId)
  expect(faultsOf(marked)).toEqual([])
  expect(at(marked, 'confidentialityCode')?.attributes.code).toBe('R')
  expect(at(sectionOf(marked, '11450-4'), 'confidentialityCode')?.attributes.code).toBe('R')
  expect(textOf(placeIn(marked)(`r${id}.marked`) as XmlNode)).toBe('substance-use')
  const [first] = [...everyNode(marked)].filter((node) => node.name === 'section')
  expect(textOf(first as XmlNode)).toContain('42 CFR part 2 prohibits')
  const forOther = await ccdaOf(clinic, patientId, { kind: 'other' })
  expect(textOf(forOther)).not.toContain('Odd ')
  expect(textOf(forOther)).not.toContain('It was the left')
  expect(textOf(forOther)).toContain('Plain words')
  expect(textOf(forOther)).toContain('Problems and diagnoses: 1, marked as sensitive')

  await officer.access.setMark({
    patientId,
    table: 'condition',
    targetId: other as never,
    flag: 'violence',
    readers: [],
  })
  await officer.privacy.restrict({ patientId, scope: 'record', reason: 'Asked for it' } as never)
  const locked = await ccdaOf(clinic, patientId)
  expect(at(locked, 'confidentialityCode')?.attributes.code).toBe('V')
  expect(textOf(locked)).toContain('The use of this record')
  expect(nodesIn(locked).filter((node) => node.name === 'templateId')).toHaveLength(4)
})
