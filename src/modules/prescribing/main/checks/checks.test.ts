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
const rows = [...csvRecords(readFileSync(file, 'utf8'))]
const pairs = rows.filter((r) => r.drug1_rxcui && r.drug2_rxcui)

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

test('pairs of herbs and vaccines, which have no number, alert by name in both orders', () => {
  const unnumbered = rows.filter((r) => !r.drug1_rxcui || !r.drug2_rxcui)
  expect(unnumbered.length).toBeGreaterThan(100)
  const missed = unnumbered.flatMap((r) => {
    const known = r.drug1_name || r.drug2_name || ''
    const label = r.va_label ?? ''
    const other = label.startsWith(`${known}/`)
      ? label.slice(known.length + 1)
      : label.slice(0, -known.length - 1)
    const isFound = (a: string, b: string) =>
      kinds(named(a), [named(b)]).some((x) => x.kind === 'interaction' || x.kind === 'duplicate')
    return known !== '' && isFound(known, other) && isFound(other, known) ? [] : [label]
  })
  expect(missed).toEqual([])
  expect(kinds(named("St. John's Wort 300 mg"), [named('Warfarin')])).toMatchObject([
    { kind: 'interaction', other: 'warfarin', tier: 'moderate' },
  ])
  expect(kinds(named('Sertraline'), [named('Johanniskraut')])).toMatchObject([{ tier: 'serious' }])
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

test('a brand of several does not hide what its other substance does', () => {
  // Amlodipine twice, and atorvastatin against what is given with it.
  const found = kinds(named('amlodipine gemfibrozil'), [named('Caduet')])
  expect(found.map((a) => [a.kind, a.substance, a.other])).toEqual(
    expect.arrayContaining([
      ['duplicate', 'amlodipine', 'amlodipine'],
      ['interaction', 'gemfibrozil', 'atorvastatin'],
    ]),
  )
})

test.each([
  ['Metoprolol tartrate 50 mg', 'Toprol-XL'],
  ['metoprolol succinate ER', 'Lopressor'],
  ['Amoxil', 'AMOXICILLIN 500 MG'],
  ['Paracétamol', 'Tylenol'],
  ['Panadol', 'acetaminophen'],
  ['Co-codamol 30/500', 'codeine phosphate'],
  ['Lantus', 'insulin glargine'],
  ['Amoxicilina 500', 'Augmentin 625'],
  ['IBUPROFÈNE', 'ibuprofen'],
  ['ibuprofeno', 'Brufen'],
  ['Epilim', 'Depakote'],
])('%s and %s are one substance in both orders', (one, other) => {
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const) {
    expect(kinds(named(a), [named(b)]).map((x) => x.kind)).toContain('duplicate')
  }
})

test('ten thousand random pairs of names that do not interact say nothing of interactions', () => {
  const names = [...new Set(pairs.flatMap((r) => [r.drug1_name ?? '', r.drug2_name ?? '']))]
  const drugs = names.map(named)
  const interacts = (a: Checked, b: Checked) =>
    a.ingredients.some((x) =>
      b.ingredients.some((y) => x.cuis.some((i) => y.cuis.some((j) => inSource.has(`${i}|${j}`)))),
    )
  const inSource = new Set(
    pairs.flatMap((r) => [`${r.drug1_rxcui}|${r.drug2_rxcui}`, `${r.drug2_rxcui}|${r.drug1_rxcui}`]),
  )
  let seed = 7
  const pick = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return drugs[seed % drugs.length] ?? named('')
  }
  const wrong: string[] = []
  for (let tried = 0; tried < 10_000; ) {
    const [a, b] = [pick(), pick()]
    if (a === b || interacts(a, b)) continue
    tried += 1
    if (kinds(a, [b]).some((x) => x.kind === 'interaction')) wrong.push(`${a.label} / ${b.label}`)
  }
  expect(wrong).toEqual([])
})

test('sixty medicines are checked in little more than it takes to look at them', () => {
  const names = [...new Set(pairs.map((r) => r.drug1_name ?? ''))].slice(0, 60)
  const others = names.map((name, i): Taken => ({ id: String(i), ...named(name) }))
  const drug = named('warfarin')
  const took = (act: () => unknown) => {
    const times = Array.from({ length: 15 }, () => {
      const start = performance.now()
      for (let i = 0; i < 50; i += 1) act()
      return performance.now() - start
    })
    return Math.min(...times)
  }
  const lookups = () =>
    others.map((o) =>
      o.ingredients.map((theirs) =>
        drug.ingredients.map((mine) => pharmacy.interaction(mine.cuis, theirs.cuis)),
      ),
    )
  const check = () => alertsFor(pharmacy, drug, others, [])
  took(check)
  expect(took(check) / took(lookups)).toBeLessThan(12)
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

  test.each([
    // Written in another language, by a brand, or short.
    ['amoxicillin', 'Penicilina', 'group'],
    ['amoxicillin', 'Pénicilline', 'group'],
    ['amoxicillin', 'Penizillin-Allergie', 'group'],
    ['amoxicillin', 'PCN', 'group'],
    ['amoxicillin', 'حساسية بنسلين', 'group'],
    ['amoxicillin', 'Augmentin', 'substance'],
    ['amoxicillin', 'co-amoxiclav', 'substance'],
    ['ibuprofen', 'Aspirina', 'group'],
    ['ibuprofen', 'ASA', 'group'],
    ['ibuprofen', 'AINES', 'group'],
    ['ketorolac', 'Voltaren', 'group'],
    ['sulfamethoxazole trimethoprim', 'Sulfamides', 'group'],
    ['sulfamethoxazole trimethoprim', 'Septrin', 'substance'],
    ['silver sulfadiazine', 'Sulfa', 'group'],
    ['azithromycin', 'Eritromicina', 'group'],
    // A brand of several is each of them, to its groups too.
    ['codeine', 'Percocet', 'group'],
    ['acetaminophen', 'Percocet', 'substance'],
    ['codeine', 'Vicodin', 'group'],
    ['mesalamine', 'Aspirin', 'group'],
    ['phenobarbital', 'butalbital', 'group'],
    // What only looks alike.
    ['magnesium sulfate', 'Sulfa drugs', null],
    ['ferrous sulfate', 'Sulfonamides', null],
    ['imipenem cilastatin', 'Statins', null],
    ['simvastatin', 'Nystatin', null],
    ['penicillamine', 'Latex', null],
  ] as const)('%s and an allergy written "%s"', (drug, display, basis) => {
    expect(kinds(named(drug), [], [allergy(display)])[0]?.basis ?? null).toBe(basis)
  })

  test('a coded allergy means its substance alone, and its group', () => {
    const coded = (code: string) =>
      allergy('Allergy', { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code })
    expect(kinds(named('aspirin'), [], [coded('7804')])).toEqual([])
    expect(kinds(named('codeine'), [], [coded('7804')])).toMatchObject([{ basis: 'group' }])
    expect(kinds(named('ibuprofen'), [], [coded('1191')])).toMatchObject([{ basis: 'group' }])
    expect(kinds(named('atorvastatin'), [], [coded('36567')])).toMatchObject([{ basis: 'group' }])
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
