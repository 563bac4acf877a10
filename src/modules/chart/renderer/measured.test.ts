// Values read as they were received: digits, units and marks.
import { expect, test } from 'vitest'
import type { ObservationLine } from '../shared/contract.ts'
import {
  bloodPressureOf,
  markOf,
  measuredOf,
  rangeOf,
  readableDigits,
  readableUcum,
  readingOf,
} from './measured.ts'

const plain = {
  codeSystem: null,
  code: null,
  display: 'Potassium',
  valueKind: 'quantity',
  valueNumber: null,
  valueText: null,
  comparator: null,
  unit: null,
  ucum: null,
} as const
const observation = (part: Partial<ObservationLine>): ObservationLine => ({
  ...plain,
  id: 'o',
  status: 'final',
  category: null,
  effectiveAt: null,
  components: [],
  interpretation: null,
  rangeLow: null,
  rangeHigh: null,
  rangeText: null,
  reportId: null,
  note: null,
  ...part,
})

test('digits stay as received', () => {
  expect(
    measuredOf({ ...plain, valueNumber: 7.4, valueText: '7.40', unit: 'mmol/L', ucum: 'mmol/L' }),
  ).toEqual({
    value: '7.40',
    unit: 'mmol/L',
  })
  expect(measuredOf({ ...plain, valueNumber: 36.7, ucum: 'Cel' })).toEqual({ value: '36.7', unit: '°C' })
})

test('a comparator stands before the digits', () => {
  expect(measuredOf({ ...plain, valueText: '0.01', comparator: '<' }).value).toBe('<0.01')
  expect(measuredOf({ ...plain, valueText: '90', comparator: '>=' }).value).toBe('≥90')
})

test('a value that never came is not shown as one', () => {
  expect(measuredOf(plain)).toEqual({ value: null, unit: null })
})

test('a blood pressure is read from its two components, in whatever order they came', () => {
  const part = (code: string, valueText: string) => ({
    ...plain,
    code,
    valueText,
    unit: 'mm[Hg]',
    ucum: 'mm[Hg]',
  })
  const both = observation({ components: [part('8462-4', '104'), part('8480-6', '172')] })
  expect(bloodPressureOf(both)).toEqual({ value: '172/104', unit: 'mmHg' })
  expect(readingOf(both).value).toBe('172/104')
  expect(bloodPressureOf(observation({ components: [part('8480-6', '172')] }))).toBeNull()
})

test.each([
  ['mm[Hg]', 'mmHg'],
  ['kg/m2', 'kg/m²'],
  ['10*3/uL', '10³/µL'],
  ['10*6/uL', '10⁶/µL'],
  ['mL/min/{1.73_m2}', 'mL/min/1.73 m²'],
  ['{beats}/min', '/min'],
  ['[IU]/L', 'IU/L'],
  ['m[IU]/L', 'mIU/L'],
  ['umol/L', 'µmol/L'],
  ['ug/dL', 'µg/dL'],
  ['mg/dL', 'mg/dL'],
  ['{score}', ''],
  ['%', '%'],
  ['mmol/L', 'mmol/L'],
  ['U/L', 'U/L'],
  ['kg', 'kg'],
])('the UCUM code %s reads %s', (code, words) => {
  expect(readableUcum(code)).toBe(words)
})

test('a unit in words is left as it was written', () => {
  expect(measuredOf({ ...plain, valueText: '84', unit: 'beats/minute', ucum: '/min' }).unit).toBe(
    'beats/minute',
  )
})

test('what the sender said about a value comes before the range', () => {
  expect(markOf(observation({ interpretation: 'HH', valueNumber: 5, rangeHigh: 10 }))).toBe('critical-high')
  expect(markOf(observation({ interpretation: 'N', valueNumber: 50, rangeHigh: 10 }))).toBeNull()
  expect(markOf(observation({ interpretation: 'Low' }))).toBe('low')
})

test('without a word of the sender the range that came with the value decides', () => {
  expect(markOf(observation({ valueNumber: 58, rangeLow: 60 }))).toBe('low')
  expect(markOf(observation({ valueNumber: 60, rangeLow: 60, rangeHigh: 90 }))).toBeNull()
  expect(markOf(observation({ valueNumber: 0.01, comparator: '<', rangeLow: 0.1 }))).toBeNull()
  expect(markOf(observation({ valueNumber: 58 }))).toBeNull()
})

test('a range reads in its own words first', () => {
  expect(rangeOf(observation({ rangeLow: 3.5, rangeHigh: 5.1 }))).toBe('3.5–5.1')
  expect(rangeOf(observation({ rangeHigh: 5 }))).toBe('≤ 5')
  expect(rangeOf(observation({ rangeLow: 3.5, rangeHigh: 5.1, rangeText: 'see note' }))).toBe('see note')
  expect(rangeOf(observation({}))).toBeNull()
})

test.each([
  ['7.40', '7.40'],
  ['36.7', '36.7'],
  ['0.0012', '0.0012'],
  ['1234.567', '1234.567'],
  ['180.5451312280314', '180.5'],
  ['28.361421348413174', '28.36'],
  ['1.9489724364894236', '1.95'],
  ['0.0123456789012', '0.0123'],
  ['12345.678901234', '12346'],
  ['-2.1499999999', '-2.15'],
  ['12345678', '12345678'],
  ['1:40', '1:40'],
])('%s reads %s', (received, shown) => {
  expect(readableDigits(received)).toBe(shown)
})

test('a shortened value keeps its exact digits beside it', () => {
  expect(measuredOf({ ...plain, valueText: '28.361421348413174', comparator: '<' })).toEqual({
    value: '<28.36',
    unit: null,
    exact: '<28.361421348413174',
  })
  expect(measuredOf({ ...plain, valueText: '28.4' })).not.toHaveProperty('exact')
})
