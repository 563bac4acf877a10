// What becomes of real resources: numbers with their digits, components, ranges, statuses, references and names.
import { describe, expect, test } from 'vitest'
import { mapOne, readBytes, readTestFile } from '#testkit/read-fhir.ts'

const observation = (fields: object) => ({
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  code: { text: 'x' },
  subject: { reference: 'Patient/p' },
  ...fields,
})

describe('observations', () => {
  test('blood pressure keeps its components in one row', async () => {
    const { resources } = await readTestFile('hl7/Observation-blood-pressure.json')
    const draft = resources[0]?.draft
    if (draft?.table !== 'observation') throw new Error('no row')
    expect(draft.row).toMatchObject({
      code: '85354-9',
      category: 'vital-signs',
      effective_at: '2012-09-17',
      body_site: 'Right arm',
      value_kind: null,
    })
    const components = JSON.parse(String(draft.row.components)) as Record<string, unknown>[]
    expect(components.map((c) => [c.code, c.value_number, c.value_ucum])).toEqual([
      ['8480-6', 107, 'mm[Hg]'],
      ['8462-4', 60, 'mm[Hg]'],
    ])
  })

  test.each(['7.40', '1e1', '0.10', '-5.10', '12345678901234567890', '100'])(
    'the digits of %s are kept',
    async (literal) => {
      const text = JSON.stringify(observation({ valueQuantity: { value: 0, unit: 'pH' } })).replace(
        '"value":0',
        `"value":${literal}`,
      )
      const { row } = await mapOne(text)
      expect(row).toMatchObject({
        value_kind: 'quantity',
        value_text: literal,
        value_number: Number(literal),
      })
    },
  )

  test.each([
    [{ valueString: ' as  seen ' }, { value_kind: 'string', value_text: 'as  seen' }],
    [{ valueBoolean: false }, { value_kind: 'boolean', value_text: 'false' }],
    [{ valueInteger: 7 }, { value_kind: 'integer', value_number: 7, value_text: '7' }],
    [{ valueTime: '07:30:00' }, { value_kind: 'time', value_text: '07:30:00' }],
    [
      { valueDateTime: '2013-02-01T10:00:00+02:00' },
      { value_kind: 'dateTime', value_text: '2013-02-01T08:00:00.000Z' },
    ],
    [
      { valuePeriod: { start: '2013', end: '2014-02' } },
      { value_kind: 'period', value_text: '2013/2014-02' },
    ],
    [
      {
        valueQuantity: {
          value: 5,
          comparator: '<',
          unit: 'mg/L',
          system: 'http://unitsofmeasure.org',
          code: 'mg/L',
        },
      },
      { value_number: 5, value_comparator: '<', value_unit: 'mg/L', value_ucum: 'mg/L' },
    ],
    [
      { valueQuantity: { value: 5, code: 'X', system: 'http://acme.org' } },
      { value_unit: 'X', value_ucum: null },
    ],
    [
      { valueRange: { low: { value: 1, unit: 'g' }, high: { value: 2, unit: 'g' } } },
      { value_kind: 'range', value_text: '1 – 2 g' },
    ],
    [
      { valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } },
      { value_kind: 'ratio', value_text: '1 : 128' },
    ],
    [
      { valueCodeableConcept: { coding: [{ system: 's', code: 'c', display: 'Positive' }] } },
      { value_kind: 'codeable', value_text: 'Positive', value_system: 's', value_code: 'c' },
    ],
    [
      { valueSampledData: { origin: { value: 0, unit: 'mV' }, data: '1 2 3' } },
      { value_kind: 'sampled', value_text: '1 2 3', value_unit: 'mV' },
    ],
    [
      { dataAbsentReason: { coding: [{ code: 'not-performed' }] } },
      { value_kind: null, absent_reason: 'not-performed' },
    ],
  ])('%j', async (fields, expected) => {
    expect((await mapOne(observation(fields))).row).toMatchObject(expected)
  })

  test('a range is a number only where it can be compared with the value', async () => {
    const range = (referenceRange: unknown) =>
      mapOne(observation({ valueQuantity: { value: 7, unit: 'g' }, referenceRange }))
    expect(
      (await range([{ low: { value: 5, unit: 'g' }, high: { value: 9, unit: 'g' } }])).row,
    ).toMatchObject({
      range_low: 5,
      range_high: 9,
    })
    expect((await range([{ low: { value: 5, unit: 'mg' } }])).row).toMatchObject({
      range_low: null,
      range_text: '≥ 5 mg',
    })
    expect((await range([{ low: { value: 5 } }, { text: 'fasting' }])).row).toMatchObject({
      range_low: null,
      range_text: '≥ 5; fasting',
    })
  })
})

describe('meaning is not guessed', () => {
  test('what must not be done never becomes a medicine', async () => {
    const request = {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      doNotPerform: true,
      medicationCodeableConcept: { text: 'Warfarin' },
      subject: { reference: 'Patient/p' },
    }
    expect(await mapOne(request)).toEqual({ row: null, table: null, notUnderstood: ['doNotPerform'] })
    expect((await mapOne({ ...request, doNotPerform: false })).row).toMatchObject({
      medication_display: 'Warfarin',
    })
  })

  test('a modifier extension anywhere keeps the resource as source', async () => {
    const modifierExtension = [{ url: 'http://example.org/negated', valueBoolean: true }]
    expect((await mapOne(observation({ modifierExtension }))).row).toBeNull()
    const component = [{ code: { text: 'a' }, modifierExtension }]
    expect((await mapOne(observation({ component }))).notUnderstood).toEqual([
      'component[0].modifierExtension',
    ])
  })

  test('dose, unit and timing stand as fields only when there is one instruction', async () => {
    const dose = (value: number, text: string) => ({
      text,
      doseAndRate: [{ doseQuantity: { value, unit: 'mg' } }],
      timing: { repeat: { frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' } },
    })
    const request = (dosageInstruction: unknown[]) =>
      mapOne({
        resourceType: 'MedicationRequest',
        status: 'active',
        intent: 'order',
        medicationCodeableConcept: { text: 'x' },
        subject: { reference: 'Patient/p' },
        dosageInstruction,
      })
    expect((await request([dose(5, 'first')])).row).toMatchObject({
      dose_value: 5,
      dose_unit: 'mg',
      frequency_text: '1 × / 4–6 h',
      dosage_text: 'first',
    })
    expect((await request([dose(5, 'first'), dose(10, 'then')])).row).toMatchObject({
      dose_value: null,
      frequency_text: null,
      dosage_text: 'first; then',
    })
  })

  test('an onset that is no date is kept in its words', async () => {
    const condition = (fields: object) =>
      mapOne({
        resourceType: 'Condition',
        code: { text: 'x' },
        subject: { reference: 'Patient/p' },
        ...fields,
      })
    expect((await condition({ onsetAge: { value: 52, unit: 'years' } })).row).toMatchObject({
      onset: '52 years',
    })
    expect((await condition({ onsetString: 'as a child' })).row).toMatchObject({ onset: 'as a child' })
  })
})

test.each([
  ['Immunization', { status: 'completed', vaccineCode: { text: 'x' }, notGiven: true }, 'notGiven'],
  ['Procedure', { status: 'completed', code: { text: 'x' }, notDone: true }, 'notDone'],
  ['Encounter', { status: 'completed', class: [{ coding: [] }] }, 'class'],
  ['Condition', { code: { text: 'x' }, clinicalStatus: 'active' }, 'clinicalStatus'],
])('%s of another FHIR version is kept, not misread', async (resourceType, fields, field) => {
  const text = JSON.stringify({ resourceType, id: 'x', subject: { reference: 'Patient/p' }, ...fields })
  const { resources, problems } = await readBytes(text)
  expect(resources).toMatchObject([{ draft: null }])
  expect(problems).toEqual([{ code: 'UNSUPPORTED_RESOURCE_VERSION', place: field, detail: null }])
})

describe('patients', () => {
  test('every name, identifier and way to reach comes along', async () => {
    const { resources } = await readTestFile('hl7/Patient-example.json')
    const draft = resources[0]?.draft
    if (draft?.table !== 'patient') throw new Error('no patient')
    expect(draft.patient).toMatchObject({
      name: 'Peter James Chalmers',
      family: 'Chalmers',
      given: 'Peter James',
      birthDate: '1974-12-25',
      gender: 'male',
      identifiers: [{ value: '12345', typeCode: 'MR', assigner: 'Acme Healthcare' }],
      addresses: [{ lines: '534 Erewhon St', city: 'PleasantVille', postalCode: '3999' }],
      contacts: [{ name: 'Bénédicte du Marché', phone: '+33 (237) 998327' }],
    })
    expect(draft.patient.telecoms.map((t) => [t.value, t.use, t.rank])).toEqual([
      ['(03) 5555 6473', 'work', 1],
      ['(03) 3410 5613', 'mobile', 2],
      ['(03) 5555 8834', 'old', null],
    ])
    expect(draft.patient.otherNames.map((n) => [n.use, n.text])).toEqual([
      ['usual', 'Jim'],
      ['maiden', 'Peter James Windsor'],
    ])
  })

  test('a value that is not understood costs that value, not the patient', async () => {
    const { row, notUnderstood } = await mapOne({
      resourceType: 'Patient',
      id: 'p',
      name: [{ family: 7 }, { text: 'Ana Sol', use: 'official' }],
      gender: 'F',
      birthDate: '1980-02-30',
      telecom: [
        { value: '1', system: 'telepathy' },
        { value: '0170 1', system: 'phone' },
      ],
    })
    expect(row).toMatchObject({
      name: 'Ana Sol',
      gender: 'unknown',
      birthDate: null,
      telecoms: [{ value: '0170 1' }],
    })
    expect(notUnderstood).toEqual(expect.arrayContaining(['birthDate', 'gender', 'telecom[0].system']))
  })

  test('a patient without a name is found under what is known', async () => {
    expect((await mapOne({ resourceType: 'Patient', id: 'newborn-1' })).row).toMatchObject({
      name: 'newborn-1',
    })
    expect(
      (await mapOne({ resourceType: 'Patient', id: 'x', identifier: [{ value: 'MR 7' }] })).row,
    ).toMatchObject({
      name: 'MR 7',
    })
  })

  test('lengths stay within what the forms take', async () => {
    const { row, notUnderstood } = await mapOne({
      resourceType: 'Patient',
      id: 'p',
      name: [{ text: 'n'.repeat(500), family: 'f'.repeat(500) }],
      identifier: Array.from({ length: 60 }, (_, i) => ({ value: `${i}` })),
    })
    expect(String(row?.name)).toHaveLength(300)
    expect(row?.identifiers).toHaveLength(50)
    expect(notUnderstood).toContain('identifier[50]')
  })
})

describe('whose a resource is', () => {
  const groupsOf = async (entries: object[]) => {
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: entries }
    const { resources } = await readBytes(JSON.stringify(bundle))
    return resources.map((r) => [
      r.key.join(' '),
      r.group === '' ? '' : (JSON.parse(r.group) as string[]).join(' '),
    ])
  }
  const resource = (fields: object) => ({ resource: { resourceType: 'Flag', id: 'f', ...fields } })

  test.each([
    ['urn', 'urn:uuid:0A', { reference: 'urn:uuid:0a' }, 'urn:uuid Patient 0a'],
    [
      'absolute',
      'http://a.org/fhir/Patient/1',
      { reference: 'http://a.org/fhir/Patient/1/_history/3' },
      'http://a.org/fhir Patient 1',
    ],
    [
      'relative to an address',
      'http://a.org/fhir/Patient/1',
      { reference: 'Patient/1' },
      'http://a.org/fhir Patient 1',
    ],
    ['by id within the file', 'urn:uuid:0a', { reference: 'Patient/1' }, 'urn:uuid Patient 0a'],
    [
      'by identifier',
      'urn:uuid:0a',
      { identifier: { system: 's', value: 'v' }, type: 'Patient' },
      'urn:uuid Patient 0a',
    ],
    ['by search', 'urn:uuid:0a', { reference: 'Patient?identifier=s%7Cv' }, 'urn:uuid Patient 0a'],
    ['not in the file', 'urn:uuid:0a', { reference: 'Patient/2' }, 'source Patient 2'],
    ['of another server', 'urn:uuid:0a', { reference: 'https://b.org/Patient/1' }, 'https://b.org Patient 1'],
    ['to a group', 'urn:uuid:0a', { reference: 'Group/1' }, ''],
    ['to something contained', 'urn:uuid:0a', { reference: '#p' }, ''],
    ['in words only', 'urn:uuid:0a', { display: 'Ana Sol' }, ''],
  ])('%s', async (_name, fullUrl, subject, expected) => {
    const patient = { resourceType: 'Patient', id: '1', identifier: [{ system: 's', value: 'v' }] }
    const groups = await groupsOf([{ fullUrl, resource: patient }, resource({ subject })])
    expect(groups.find(([key]) => key === 'source Flag f')?.[1]).toBe(expected)
  })

  test('two patients in one resource: the clinic level', async () => {
    const participant = [{ actor: { reference: 'Patient/1' } }, { actor: { reference: 'Patient/2' } }]
    const both = { resource: { resourceType: 'Appointment', id: 'a', participant } }
    const one = { resource: { resourceType: 'Appointment', id: 'b', participant: participant.slice(1) } }
    expect(await groupsOf([both, one])).toEqual([
      ['source Appointment a', ''],
      ['source Appointment b', 'source Patient 2'],
    ])
  })

  test('provenance follows what it is about', async () => {
    const about = { resource: { resourceType: 'Provenance', id: 'x', target: [{ reference: 'Flag/f' }] } }
    const groups = await groupsOf([resource({ subject: { reference: 'Patient/1' } }), about])
    expect(groups).toContainEqual(['source Provenance x', 'source Patient 1'])
  })

  test('a resource without any id is known by its content', async () => {
    const [first] = await groupsOf([{ resource: { resourceType: 'Basic' } }])
    const [again] = await groupsOf([{ resource: { resourceType: 'Basic' } }])
    const [other] = await groupsOf([{ resource: { resourceType: 'Basic', language: 'en' } }])
    expect(first?.[0]).toMatch(/^source Basic sha256-[0-9a-f]{40}$/)
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })
})

test('in a Synthea record every reference inside the file is resolved', async () => {
  const { resources, problems } = await readTestFile(
    'synthea/Carla_Echevarría_9a628ccd-2a55-4331-8e68-bb58458fd674.json.gz',
  )
  expect(problems).toEqual([])
  const keys = new Set(resources.map((r) => JSON.stringify(r.key)))
  const drafts = resources.flatMap((r) => (r.draft && r.draft.table !== 'patient' ? [r.draft] : []))
  const wanted = drafts.flatMap((d) => d.refs.flatMap((ref) => ref.to))
  expect(wanted.length).toBeGreaterThan(100)
  expect(wanted.filter((to) => !keys.has(JSON.stringify(to)))).toEqual([])
  expect(new Set(resources.filter((r) => r.group !== '').map((r) => r.group)).size).toBe(1)
})
