// The checks against their source: every pair in both orders, nothing else; allergies by code, by words and by group.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvRecords } from '#core/catalogue/csv.ts'
import type { TestClinic } from '#testkit/clinic.ts'
import { testPharmacy } from '#testkit/pharmacy.ts'
import { alertsFor, type Checked, type KnownAllergy, type Taken } from './check.ts'
import { type Pharmacy, pharmacyOf } from './pharmacy.ts'

let clinic: TestClinic
let pharmacy: Pharmacy
beforeAll(async () => {
  clinic = await testPharmacy()
  pharmacy = pharmacyOf(clinic.clinic.services)
})
afterAll(() => clinic[Symbol.asyncDispose]())

const file = path.resolve(
  import.meta.dirname,
  '../../../../../resources/codesets/interactions/va-ndfrt-interactions-2014.csv',
)
const pairs = [...csvRecords(readFileSync(file, 'utf8'))].filter((r) => r.drug1_rxcui && r.drug2_rxcui)

const pairKey = (r: Readonly<Record<string, string>>) => {
  const [a = '', b = ''] = [r.drug1_rxcui, r.drug2_rxcui]
  return a < b ? `${a}|${b}` : `${b}|${a}`
}
const named = (name: string): Checked => ({ label: name, ingredients: pharmacy.ingredientsIn(name) })
const byCui = (name: string, cui: string): Checked => ({
  label: name,
  ingredients: [{ name, base: name, cuis: [cui] }],
})
const taken = (drug: Checked): Taken => ({ id: '1', ...drug })
const kinds = (drug: Checked, others: Checked[], allergies: KnownAllergy[] = []) =>
  alertsFor(pharmacy, drug, others.map(taken), allergies)

test('every pair of the source alerts in both orders, by number and by name, with its tier, source and date', () => {
  expect(pairs.length).toBeGreaterThan(3700)
  const critical = new Set(pairs.flatMap((r) => (r.severity === 'Critical' ? [pairKey(r)] : [])))
  const missed: string[] = []
  for (const r of pairs) {
    const [a, b] = [
      byCui(r.drug1_name ?? '', r.drug1_rxcui ?? ''),
      byCui(r.drug2_name ?? '', r.drug2_rxcui ?? ''),
    ]
    const tier = critical.has(pairKey(r)) ? 'serious' : 'moderate'
    const wanted = { kind: 'interaction', tier, source: 'VA NDF-RT drug interactions', sourceDate: '2014-07' }
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const found = kinds(one, [other]).find((x) => x.kind === 'interaction')
      if (!found || Object.entries(wanted).some(([k, v]) => found[k as keyof typeof found] !== v))
        missed.push(`${a.label} / ${b.label}`)
      const words = kinds(named(one.label), [named(other.label)])
      if (!words.some((x) => x.kind === 'interaction' || x.kind === 'duplicate'))
        missed.push(`words: ${one.label} / ${other.label}`)
    }
  }
  expect(missed).toEqual([])
})

test('ten thousand random pairs that are not in the source do not alert', () => {
  const cuis = [...new Set(pairs.flatMap((r) => [r.drug1_rxcui ?? '', r.drug2_rxcui ?? '']))]
  const known = new Set(
    pairs.flatMap((r) => [`${r.drug1_rxcui}|${r.drug2_rxcui}`, `${r.drug2_rxcui}|${r.drug1_rxcui}`]),
  )
  let seed = 20_141_107
  const random = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed % n
  }
  const wrong: string[] = []
  let tried = 0
  while (tried < 10_000) {
    const [a = '', b = ''] = [cuis[random(cuis.length)], cuis[random(cuis.length)]]
    if (a === b || known.has(`${a}|${b}`)) continue
    tried += 1
    if (kinds(byCui(a, a), [byCui(b, b)]).length > 0) wrong.push(`${a} / ${b}`)
  }
  expect(wrong).toEqual([])
})

test('a combination is checked by each of its substances, and is no interaction with itself', () => {
  const combination = named('lisinopril hydrochlorothiazide')
  expect(combination.ingredients).toHaveLength(2)
  expect(kinds(combination, [named('spironolactone')]).map((a) => a.substance)).toContain('lisinopril')
  expect(kinds(combination, [])).toEqual([])
  expect(kinds(combination, [named('Lisinopril 10 MG Oral Tablet')])).toMatchObject([
    { kind: 'duplicate', substance: 'lisinopril' },
  ])
})

test('salts, brands and names of other countries are the same substance', () => {
  for (const [one, other] of [
    ['Amlodipine besylate 5 mg tablet', 'amLODIPine 5 MG Oral Tablet'],
    ['Zocor 20 mg', 'Simvastatin 10 MG'],
    ['Paracetamol 500 mg', 'Acetaminophen 325 MG Oral Tablet'],
    ['Salbutamol inhaler', 'albuterol sulfate'],
  ]) {
    expect(kinds(named(one ?? ''), [named(other ?? '')]), `${one} / ${other}`).toMatchObject([
      { kind: 'duplicate' },
    ])
  }
})

describe('allergies', () => {
  const allergy = (display: string, more: Partial<KnownAllergy> = {}): KnownAllergy => ({
    id: 'a',
    display,
    system: null,
    code: null,
    criticality: null,
    severity: null,
    ...more,
  })
  const tier = (drug: string, a: KnownAllergy) => kinds(named(drug), [], [a])[0]?.tier ?? null

  test.each([
    ['amoxicillin', allergy('Amoxicillin', { criticality: 'high' }), 'serious'],
    ['amoxicillin', allergy('Amoxicillin', { severity: 'severe' }), 'serious'],
    ['amoxicillin', allergy('Amoxicillin'), 'moderate'],
    ['amoxicillin', allergy('Penicillin', { criticality: 'high' }), 'serious'],
    ['amoxicillin clavulanate potassium', allergy('Allergy to penicillin'), 'moderate'],
    ['amoxicillin', allergy('Penicillin V', { criticality: 'high' }), 'serious'],
    ['cephalexin', allergy('Penicillin', { criticality: 'high' }), 'moderate'],
    ['cephalexin', allergy('Penicillin'), 'info'],
    ['sulfamethoxazole trimethoprim', allergy('Sulfa drugs', { severity: 'severe' }), 'serious'],
    ['ibuprofen', allergy('NSAIDs'), 'moderate'],
    ['ibuprofen', allergy('Aspirin', { criticality: 'high' }), 'serious'],
    ['acetaminophen', allergy('Paracetamol', { criticality: 'high' }), 'serious'],
    ['codeine', allergy('Opioids'), 'moderate'],
    ['amoxicillin', allergy('Peanut', { criticality: 'high' }), null],
    ['amlodipine', allergy('Penicillin', { criticality: 'high' }), null],
    ['nystatin', allergy('Statins', { criticality: 'high' }), null],
    [
      'amoxicillin',
      allergy('Allergy', { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '723' }),
      'moderate',
    ],
    [
      'amoxicillin',
      allergy('Allergy', { system: 'http://fdasis.nlm.nih.gov', code: '9EM05410Q9' }),
      'moderate',
    ],
  ] as const)('%s and %o', (drug, a, expected) => {
    expect(tier(drug, a)).toBe(expected)
  })

  test('a group says where it comes from', () => {
    expect(kinds(named('amoxicillin'), [], [allergy('Penicillin')])[0]).toMatchObject({
      kind: 'allergy',
      basis: 'group',
      source: 'Osler list of medicine groups',
      sourceDate: '2026-11',
      otherLabel: 'Penicillin',
    })
  })
})
