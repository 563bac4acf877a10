// Searching substances, and knowing one again under any of its names and codes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { rxNormSystem, substanceOf, uniiSystem } from './api.ts'
import { substances } from './substances/catalogue.ts'

let clinic: TestClinic
beforeAll(async () => {
  clinic = await testClinic()
  await clinic.clinic.services.catalogues.ready(substances)
}, 60_000)
afterAll(() => clinic[Symbol.asyncDispose]())

const search = async (text: string) =>
  (await clinic.as('nurse').codes.searchSubstances({ text, limit: 10 })).items

test.each([
  ['pen', 'Penicillin', 'medication'],
  ['amox', 'Amoxicillin', 'medication'],
  ['augmentin', 'Amoxicillin', 'medication'],
  ['advil', 'Ibuprofen', 'medication'],
  ['paracetamol', 'Acetaminophen', 'medication'],
  ['sulfa', 'Sulfonamides', 'medication'],
  ['nsaid', 'Nonsteroidal anti-inflammatory drugs', 'medication'],
  ['contrast', 'Iodinated contrast media', 'medication'],
  ['latex', 'Latex', 'environment'],
  ['bee', 'Bee venom', 'environment'],
  ['dust', 'House dust mite', 'environment'],
  ['milch', 'Milk', 'food'],
  ['Cacahuetes', 'Peanut', 'food'],
  ['erdnusse', 'Peanut', 'food'],
  ['حليب', 'Milk', 'food'],
  ['فول سوداني', 'Peanut', 'food'],
  ['بنسلين', 'Penicillin', 'medication'],
  ['egg', 'Egg', 'food'],
  ['shrimp', 'Shellfish', 'food'],
])('"%s" finds %s first', async (typed, name, category) => {
  expect((await search(typed))[0]).toMatchObject({ display: name, category })
})

test('why something was found is said where its name does not show it', async () => {
  expect((await search('augmentin'))[0]?.via).toMatch(/augmentin/i)
  expect((await search('milch'))[0]?.via).toBe('Milch')
  expect((await search('amox'))[0]?.via).toBeNull()
})

const key = (display: string, system: string | null = null, code: string | null = null) =>
  substanceOf(clinic.clinic.services, { display, system, code })?.key

test('names, salts, brands’ ingredients and codes of one substance are one', () => {
  const amoxicillin = key('Amoxicillin')
  expect(amoxicillin).toBeTruthy()
  expect(key('amoxicillin SODIUM')).toBe(amoxicillin)
  expect(key('AMOXICILLIN TRIHYDRATE')).toBe(amoxicillin)
  expect(key('whatever it says', rxNormSystem, '723')).toBe(amoxicillin)
  expect(key('whatever it says', uniiSystem, '9EM05410Q9')).toBe(amoxicillin)
  expect(key('Eggs')).toBe(key('egg'))
  expect(key('ASA')).toBe(key('Aspirin', rxNormSystem, '1191'))
  expect(key('Paracetamol')).toBe(key('Acetaminophen'))
  expect(key('Peanuts')).toBe(key('x', uniiSystem, 'QE1QX6B99R'))
})

test('different substances stay different', () => {
  const names = [
    'Penicillin',
    'Penicillin G',
    'Amoxicillin',
    'Ampicillin',
    'Codeine',
    'Morphine',
    'Milk',
    'Egg',
    'Iodine',
    'Sodium chloride',
    'Potassium chloride',
    'Calcium carbonate',
    'Latex',
    'Peanut',
    'Tree nuts',
    'Aspirin',
    'Ibuprofen',
  ]
  const keys = names.map((name) => key(name) ?? name)
  expect(new Set(keys).size).toBe(names.length)
  expect(key('Sodium')).not.toBe(key('Sodium chloride'))
})

test('hostile text breaks nothing; unknown words find nothing', async () => {
  for (const text of ['"', "'", 'a OR b', '*', '(', '💊', '\u202E', 'x'.repeat(200), 'NEAR(', '-', ''])
    await expect(search(text)).resolves.toBeInstanceOf(Array)
  expect(await search('qqqxyz')).toEqual([])
  expect(key('qqqxyz')).toBeUndefined()
})
