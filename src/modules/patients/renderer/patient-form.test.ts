import { describe, expect, test } from 'vitest'
import { type Amendable, changedGroups } from '../shared/merge.ts'
import { type DateOptions, emptyForm, emptyRow, fieldsFromTyped, formFromRecord } from './patient-form.ts'
import { patientFormSchema } from './patient-form-schema.ts'

const options: DateOptions = {
  locale: 'en-GB',
  today: '2026-03-14',
  asTyped: (date) => date.split('-').reverse().join('/'),
}
const schema = patientFormSchema(options)
const parse = (values: Partial<ReturnType<typeof emptyForm>>) =>
  schema.safeParse({ ...emptyForm(), ...values })
const issues = (values: Partial<ReturnType<typeof emptyForm>>) =>
  parse(values).error?.issues.map((issue) => [issue.path.join('.'), issue.message])

test('a name alone is enough, and its parts follow it', () => {
  expect(parse({ name: ' Hannah  Weiss ' }).data).toMatchObject({
    name: 'Hannah  Weiss',
    family: 'Weiss',
    given: 'Hannah',
    birthDate: null,
    gender: 'unknown',
    telecoms: [],
  })
})

test('parts that a person wrote are kept as written', () => {
  expect(
    parse({ name: 'Nguyễn Văn An', partsWritten: true, family: 'Nguyễn', given: 'Văn An' }).data,
  ).toMatchObject({
    family: 'Nguyễn',
    given: 'Văn An',
  })
})

test.each([
  ['14/03/1986', '1986-03-14', false],
  ['40', '1986', true],
  ['7 months', '2025-08', true],
  ['1986', '1986', false],
])('birth "%s" is kept as %s', (birthText, birthDate, birthDateEstimated) => {
  expect(parse({ name: 'A', birthText }).data).toMatchObject({ birthDate, birthDateEstimated })
})

describe('errors stand at the field where they were typed', () => {
  test('name, birth date', () => {
    expect(issues({ birthText: 'soon' })).toEqual([
      ['birthText', 'date:not-a-date'],
      ['name', 'required'],
    ])
    expect(issues({ name: 'A', birthText: '140' })).toEqual([['birthText', 'age']])
  })

  test('rows keep their place although blank rows are dropped', () => {
    const rows = [emptyRow.identifiers(), { ...emptyRow.identifiers(), assigner: 'Town hall' }]
    expect(issues({ name: 'A', identifiers: rows })).toEqual([['identifiers.1.value', 'rowRequired']])
  })

  test('the first phone has its own box', () => {
    const long = '5'.repeat(301)
    expect(issues({ name: 'A', phone: long })).toEqual([['phone', 'tooLong:300']])
    expect(issues({ name: 'A', phone: '5', telecoms: [{ ...emptyRow.telecoms(), value: long }] })).toEqual([
      ['telecoms.0.value', 'tooLong:300'],
    ])
  })
})

test('a record opened and saved untouched is unchanged', () => {
  const record = {
    name: '李 小龙',
    family: '李',
    given: '小龙',
    prefix: null,
    suffix: null,
    birthDate: '1986-03',
    birthDateEstimated: true,
    gender: 'male',
    deceased: true,
    deceasedAt: '2025-01-02T03:04:05.000Z',
    active: true,
    language: 'zh',
    maritalStatus: 'M',
    identifiers: [
      { id: uuid(1), system: null, typeCode: 'NI', typeDisplay: null, value: '77', assigner: null },
    ],
    telecoms: [
      { id: uuid(2), system: 'email', use: null, value: 'a@b.org', rank: null },
      { id: uuid(3), system: 'phone', use: 'mobile', value: '555 1', rank: 1 },
      { id: uuid(4), system: 'phone', use: 'work', value: '555 2', rank: null },
    ],
    addresses: [
      {
        id: uuid(5),
        use: 'home',
        lines: 'Markt 4',
        city: 'Weimar',
        district: null,
        state: null,
        postalCode: null,
        country: 'DE',
      },
    ],
    contacts: [{ id: uuid(6), relationship: 'MTH', name: 'A', phone: null, email: null, patientId: null }],
    otherNames: [{ id: uuid(7), use: 'maiden', text: 'B', family: null, given: null }],
  } as unknown as Amendable
  const again = schema.parse(formFromRecord(record, options))
  expect(changedGroups(record, again)).toEqual([])
  expect(again).toEqual(record)
})

test.each([
  ['Ana Sol', { name: 'Ana Sol' }],
  ['+49 3643 555010', { phone: '+49 3643 555010' }],
  ['14.3.1986', { birthText: '14.3.1986', name: '' }],
])('what was typed into the search box is kept: %s', (typed, fields) => {
  expect(fieldsFromTyped(typed, options)).toMatchObject(fields)
})

function uuid(n: number): string {
  return `0190a5b0-0000-7000-8000-00000000000${n}`
}
