// Reading typed values, what cannot be, what is marked at which age, BMI.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ageAt, interpret, rangeFor } from './ranges.ts'
import {
  bodyMass,
  bodyMassIndex,
  impossibleBody,
  judge,
  rangeWords,
  readTyped,
  type Taken,
  usualUnit,
} from './rules.ts'
import { limits, type SignKey, signKeys, signs } from './signs.ts'
import { convert, type UnitCode } from './units.ts'

const on = '2026-03-02'
const adult = ageAt('1980-05-05', on)
const taken = (sign: SignKey, value: string, unit: UnitCode = signs[sign].units[0]): Taken => ({
  sign,
  value,
  second: null,
  unit,
})
const pressure = (value: string, second: string, unit: UnitCode = 'mm[Hg]'): Taken => ({
  sign: 'blood-pressure',
  value,
  second,
  unit,
})
const mark = (of: Taken, birth = '1980-05-05') => judge(of, ageAt(birth, on), 'female').interpretation

test.each([
  ['temperature', '36.8', 'Cel', { value: '36.8', unit: 'Cel' }],
  ['temperature', '36,80', 'Cel', { value: '36.80', unit: 'Cel' }],
  ['temperature', '98.6 F', 'Cel', { value: '98.6', unit: '[degF]' }],
  ['temperature', '98.6°f', 'Cel', { value: '98.6', unit: '[degF]' }],
  ['temperature', '٣٦٫٨', 'Cel', { value: '36.8', unit: 'Cel' }],
  ['temperature', '۳۷', 'Cel', { value: '37', unit: 'Cel' }],
  ['weight', '150lb', 'kg', { value: '150', unit: '[lb_av]' }],
  ['height', '68"', 'cm', { value: '68', unit: '[in_i]' }],
  ['blood-pressure', '120/80', 'mm[Hg]', { value: '120', second: '80', unit: 'mm[Hg]' }],
  ['blood-pressure', ' 120 / 80 ', 'mm[Hg]', { value: '120', second: '80' }],
  ['blood-pressure', '120 80', 'mm[Hg]', { value: '120', second: '80' }],
  ['blood-pressure', '16/10.5 kPa', 'mm[Hg]', { value: '16', second: '10.5', unit: 'kPa' }],
  ['blood-pressure', '١٢٠/٨٠', 'mm[Hg]', { value: '120', second: '80' }],
] as const)('%s typed as "%s" is understood', (sign, text, unit, expected) => {
  expect(readTyped(sign, text, unit)).toMatchObject({ kind: 'taken', taken: expected })
})

test.each([
  ['temperature', 'warm'],
  ['temperature', '36..8'],
  ['temperature', '-3'],
  ['temperature', '36.8 kg'],
  ['weight', '70/80'],
  ['blood-pressure', '120'],
  ['blood-pressure', '120/'],
  ['heart-rate', '1e3'],
] as const)('%s typed as "%s" is not understood, with an example', (sign, text) => {
  const reading = readTyped(sign, text, signs[sign].units[0])
  expect(reading).toMatchObject({ kind: 'unreadable', example: expect.stringMatching(/\d/) })
})

test('impossible values are refused with the limits in the unit that was typed', () => {
  expect(readTyped('temperature', '368', 'Cel')).toEqual({
    kind: 'impossible',
    impossible: { part: 'temperature', low: 20, high: 46.5, unit: 'Cel' },
  })
  expect(readTyped('temperature', '36.8', '[degF]')).toMatchObject({
    kind: 'impossible',
    impossible: { low: 68, high: 115.7, unit: '[degF]' },
  })
  expect(readTyped('blood-pressure', '120/80', 'kPa')).toMatchObject({ kind: 'impossible' })
  expect(readTyped('blood-pressure', '16/10', 'mm[Hg]')).toMatchObject({ kind: 'impossible' })
  expect(readTyped('blood-pressure', '80/120', 'mm[Hg]')).toMatchObject({
    kind: 'impossible',
    impossible: { part: 'diastolic', high: 80 },
  })
  expect(readTyped('pain', '3.5', '{score}')).toMatchObject({ kind: 'impossible' })
  expect(readTyped('oxygen-saturation', '101', '%')).toMatchObject({ kind: 'impossible' })
})

test('whatever is typed, a reading is taken only within the limits of a living person', () => {
  const sign = fc.constantFrom(...signKeys)
  fc.assert(
    fc.property(
      sign,
      fc.string({ maxLength: 9, unit: fc.constantFrom(...'0123456789./,kglbFC '.split('')) }),
      (key, text) => {
        const reading = readTyped(key, text, signs[key].units[0])
        if (reading.kind !== 'taken') return
        const part = key === 'blood-pressure' ? 'systolic' : key
        const base =
          convert(Number(reading.taken.value), reading.taken.unit, signs[key].units[0]) ?? Number.NaN
        const [low, high] = limits[part]
        expect(base).toBeGreaterThanOrEqual(low - 0.06)
        expect(base).toBeLessThanOrEqual(high + 0.06)
      },
    ),
    { numRuns: 1_000 },
  )
})

test.each([
  [taken('temperature', '38.0'), 'N'],
  [taken('temperature', '38.1'), 'H'],
  [taken('temperature', '100.4', '[degF]'), 'N'],
  [taken('temperature', '100.6', '[degF]'), 'H'],
  [taken('temperature', '35'), 'LL'],
  [taken('heart-rate', '51'), 'N'],
  [taken('heart-rate', '90'), 'N'],
  [taken('heart-rate', '91'), 'H'],
  [taken('heart-rate', '131'), 'HH'],
  [taken('heart-rate', '40'), 'LL'],
  [taken('respiratory-rate', '21'), 'H'],
  [taken('respiratory-rate', '25'), 'HH'],
  [taken('oxygen-saturation', '96'), 'N'],
  [taken('oxygen-saturation', '95'), 'L'],
  [taken('oxygen-saturation', '91'), 'LL'],
  [pressure('139', '89'), 'N'],
  [pressure('140', '80'), 'H'],
  [pressure('120', '90'), 'H'],
  [pressure('172', '104'), 'H'],
  [pressure('130', '110'), 'HH'],
  [pressure('90', '60'), 'LL'],
  [pressure('18.7', '10.7', 'kPa'), 'H'],
  [taken('pain', '4'), 'N'],
  [taken('pain', '7'), 'HH'],
  [taken('weight', '70'), null],
] as const)('adults: %j is %s', (value, expected) => {
  expect(mark(value)).toBe(expected)
})

test.each([
  ['a newborn of today', '2026-03-02', taken('heart-rate', '100'), 'N'],
  ['a child of one month', '2026-02-01', taken('heart-rate', '100'), 'L'],
  ['a child of one month', '2026-02-01', taken('temperature', '38'), 'HH'],
  ['a child of two years', '2024-03-01', taken('heart-rate', '142'), 'N'],
  ['a child of two years', '2024-03-01', taken('heart-rate', '143'), 'H'],
  ['a child of two years', '2024-03-01', taken('respiratory-rate', '39'), 'H'],
  ['a child of two years', '2024-03-01', taken('temperature', '38'), 'H'],
  ['a child of five years', '2021-03-01', pressure('79', '50'), 'LL'],
  ['a child of five years', '2021-03-01', pressure('104', '60'), 'H'],
  ['a child of fifteen years', '2011-03-01', pressure('130', '70'), 'H'],
  ['a child of fifteen years', '2011-03-01', taken('heart-rate', '105'), 'H'],
  ['somebody of sixteen', '2010-03-01', taken('heart-rate', '105'), 'H'],
] as const)('%s (born %s): %j is %s', (_who, birth, value, expected) => {
  expect(mark(value, birth)).toBe(expected)
})

test('without a birth date nothing is marked that depends on age', () => {
  expect(judge(taken('heart-rate', '180'), null, 'female').interpretation).toBeNull()
  expect(ageAt(null, on)).toBeNull()
})

test('ranges never contradict themselves, at any age', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        'heart-rate',
        'respiratory-rate',
        'temperature',
        'oxygen-saturation',
        'systolic',
        'diastolic',
      ),
      fc.integer({ min: 0, max: 40_000 }),
      fc.constantFrom('female', 'male', 'other', 'unknown'),
      (part, days, gender) => {
        const birth = new Date(Date.UTC(2026, 2, 2) - days * 86_400_000).toISOString().slice(0, 10)
        const by = rangeFor(part, ageAt(birth, on), gender)
        if (!by) return
        const steps = [by.criticalLow, by.low, by.high, by.criticalHigh].filter((n) => n !== null)
        expect(steps.toSorted((a, b) => a - b)).toEqual(steps)
        if (by.low !== null) expect(interpret(by.low, by)).toBe('N')
        if (by.high !== null) expect(interpret(by.high, by)).toBe('N')
      },
    ),
  )
})

test('ranges are said in the unit that is typed', () => {
  expect(rangeWords(rangeFor('temperature', adult, 'male'), 'temperature', '[degF]')).toBe('97–100.4')
  expect(rangeWords(rangeFor('oxygen-saturation', adult, 'male'), 'oxygen-saturation', '%')).toBe('≥ 96')
  expect(rangeWords(rangeFor('diastolic', adult, 'male'), 'blood-pressure', 'kPa')).toBe('≤ 11.9')
})

test('BMI is the same in every unit, and weight and height must belong to one body', () => {
  expect(bodyMassIndex({ value: '70', unit: 'kg' }, { value: '175', unit: 'cm' })).toBe(22.9)
  expect(bodyMassIndex({ value: '154.3', unit: '[lb_av]' }, { value: '68.9', unit: '[in_i]' })).toBe(22.9)
  expect(bodyMass(taken('weight', '120'), taken('height', '170'), adult, 'male')).toEqual({
    value: 41.5,
    interpretation: 'HH',
  })
  expect(impossibleBody(taken('weight', '170'), taken('height', '70'))).toMatchObject({ part: 'bmi' })
  expect(bodyMass(taken('weight', '170'), null, adult, 'male')).toBeNull()
})

test('a clinic measures in the units of its country', () => {
  expect(usualUnit('temperature', 'US')).toBe('[degF]')
  expect(usualUnit('weight', 'US')).toBe('[lb_av]')
  expect(usualUnit('weight', 'DE')).toBe('kg')
  expect(usualUnit('blood-pressure', 'US')).toBe('mm[Hg]')
})
