// From the sources to the rows of the catalogue. Our own list comes first, so that its names are the ones shown; codes
// and further names of the others join it.
import type { CatalogueRow } from '#core/catalogue/definition.ts'
import type { SourceFiles } from '#core/catalogue/sources.ts'
import { indexWords } from '../words.ts'
import { ownSystem, rxNormSystem, sourceNames, type substanceTables, uniiSystem } from './tables.ts'
import { type Concept, ConceptSet } from './concepts.ts'
import { nameKey, spoken, withoutSalt } from './names.ts'

type Row = CatalogueRow<typeof substanceTables>

const tiers = { ours: 0, common: 1, ingredient: 2, substance: 3 } as const
/** Lines between two breaths of the program. */
const breath = 400

export function* substanceRows(files: SourceFiles): Generator<Row | null> {
  const concepts = new ConceptSet()
  addOurs(concepts, files.lines(sourceNames.ours))
  addCommon(concepts, files.csv(sourceNames.common))
  addFoodWords(concepts, files.csv(sourceNames.foodWords))
  const brands = yield* addProducts(concepts, files.csv(sourceNames.products))
  yield* addSubstances(concepts, files.csv(sourceNames.unii))
  yield* addIngredientCodes(concepts, files.csv(sourceNames.ingredients))
  yield null
  addBrands(concepts, brands)
  yield* rowsOf(concepts)
}

function addOurs(concepts: ConceptSet, lines: Iterable<string>): void {
  for (const line of lines) {
    if (line.startsWith('#')) continue
    const [name = '', category = '', others = ''] = line.split('\t')
    const concept = concepts.named(name, tiers.ours)
    concept.category = category
    concept.ownCode = slug(name)
    concept.isMedicine = category === 'medication'
    for (const other of others.split(';')) if (other !== '') concepts.addName(concept, other, 'name')
  }
}

function addCommon(concepts: ConceptSet, records: Iterable<Readonly<Record<string, string>>>): void {
  for (const { name = '', type, id = '', medicalName = '' } of records) {
    const short = name.replace(/\s*\(e\.g\..*$/, '').replace(/ Allergy$/, '')
    const concept = concepts.named(short, tiers.common)
    concept.category ??= type === 'Food' ? 'food' : type === 'Medication' ? 'medication' : 'environment'
    concept.ownCode ??= id
    concept.isMedicine ||= type === 'Medication'
    // Words of the examples find it, but the examples are substances of their own.
    concepts.addName(concept, name, 'word')
    concepts.addName(concept, medicalName.replace(/ allergy$/i, ''), 'word')
  }
}

/** Keys of the list to our names. */
const foods: Readonly<Record<string, string>> = {
  milk: 'Milk',
  eggs: 'Egg',
  tree_nuts: 'Tree nuts',
  shellfish: 'Shellfish',
  peanuts: 'Peanut',
  fish: 'Fish',
  soy: 'Soy',
  wheat: 'Wheat',
  gluten: 'Gluten',
  sesame: 'Sesame',
  lupine: 'Lupin',
  corn: 'Corn',
  meat: 'Meat',
}

function addFoodWords(concepts: ConceptSet, records: Iterable<Readonly<Record<string, string>>>): void {
  for (const { allergen = '', text = '' } of records) {
    const concept = concepts.byName(foods[allergen] ?? '')
    if (concept) concepts.addName(concept, text, 'word')
  }
}

type Brands = Map<string, { brand: string; ingredients: readonly string[] }>

/** Ingredients of approved products; the brands are kept until all ingredients are known. */
function* addProducts(
  concepts: ConceptSet,
  records: Iterable<Readonly<Record<string, string>>>,
): Generator<null, Brands> {
  const brands: Brands = new Map()
  const seen = new Set<string>()
  let count = 0
  for (const { ingredient = '', trade_name: brand = '' } of records) {
    if (++count % breath === 0) yield null
    const key = `${ingredient}|${brand}`
    if (seen.has(key)) continue
    seen.add(key)
    const ingredients = ingredient.split('; ').map((name) => withoutSalt(name) ?? name)
    for (const name of ingredients) {
      const concept = concepts.named(name, tiers.ingredient)
      concept.category ??= 'medication'
      concept.isMedicine = true
    }
    if (ingredients.every((name) => !nameKey(brand).startsWith(nameKey(name))))
      brands.set(key, { brand, ingredients })
  }
  return brands
}

function* addSubstances(
  concepts: ConceptSet,
  records: Iterable<Readonly<Record<string, string>>>,
): Generator<null> {
  let count = 0
  for (const { substance = '', unii = '', rxcui = '' } of records) {
    if (++count % breath === 0) yield null
    const concept = concepts.named(substance, tiers.substance)
    const joined = concepts.addCode(concept, 'rxcui', rxcui)
    concepts.addCode(joined, 'unii', unii)
  }
}

/** RxNorm codes of ingredients under the names that drugs go by. */
function* addIngredientCodes(
  concepts: ConceptSet,
  records: Iterable<Readonly<Record<string, string>>>,
): Generator<null> {
  let count = 0
  for (const { name = '', rxcui = '' } of records) {
    if (++count % breath === 0) yield null
    const plain = name.replace(/ \[Chemical\/Ingredient\]$/, '')
    const concept = concepts.byName(plain)
    if (!concept) continue
    const joined = concepts.addCode(concept, 'rxcui', rxcui)
    const isOwn = nameKey(plain) === nameKey(joined.display)
    // The code of the plain name is the one to write into a chart, not that of one of its salts.
    if (isOwn) joined.rxcui.sort((a, b) => Number(b === rxcui) - Number(a === rxcui))
  }
}

function addBrands(concepts: ConceptSet, brands: Brands): void {
  for (const { brand, ingredients } of brands.values()) {
    for (const name of ingredients) {
      const concept = concepts.byName(name)
      if (concept) concepts.addName(concept, spoken(brand), 'brand')
    }
  }
}

function* rowsOf(concepts: ConceptSet): Generator<Row> {
  const sorted = concepts
    .all()
    .sort((a, b) => a.tier - b.tier || byPlaceOrLength(a, b) || (a.display < b.display ? -1 : 1))
  const keys = new Set<string>()
  const codes = new Set<string>()
  for (const [at, concept] of sorted.entries()) {
    const n = at + 1
    const { system, code } = codeOf(concept)
    const names = [...concept.names.values()]
    yield ['substance', { n, name: spoken(concept.display), category: concept.category, system, code }]
    yield ['substance_search', { rowid: n, terms: termsOf(concept, names) }]
    for (const [ord, { name, kind }] of names.entries())
      yield ['substance_name', { n, ord, name: spoken(name), kind }]
    for (const [key, { kind }] of concept.names) {
      if (kind !== 'name' || keys.has(key)) continue
      keys.add(key)
      yield ['substance_key', { words: key, n }]
    }
    for (const row of codeRows(concept, n, codes)) yield row
  }
}

/** Lists of people come in their order, lists of registries by length: plain substances before their derivatives. */
function byPlaceOrLength(a: Concept, b: Concept): number {
  return a.tier < tiers.ingredient ? a.place - b.place : a.display.length - b.display.length
}

function termsOf(concept: Concept, names: readonly { name: string }[]): string {
  return [...new Set(indexWords([concept.display, ...names.map((n) => n.name)].join(' ')))].join(' ')
}

function codeOf({ isMedicine, rxcui, unii, ownCode, display }: Concept): { system: string; code: string } {
  const [drug] = rxcui
  const [substance] = unii
  if (isMedicine && drug !== undefined) return { system: rxNormSystem, code: drug }
  if (substance !== undefined) return { system: uniiSystem, code: substance }
  if (drug !== undefined) return { system: rxNormSystem, code: drug }
  return { system: ownSystem, code: ownCode ?? slug(display) }
}

function* codeRows(concept: Concept, n: number, codes: Set<string>): Generator<Row> {
  const own = codeOf(concept)
  const all = [
    own,
    ...concept.rxcui.map((code) => ({ system: rxNormSystem, code })),
    ...concept.unii.map((code) => ({ system: uniiSystem, code })),
  ]
  for (const { system, code } of all) {
    const key = `${system}|${code}`
    if (codes.has(key)) continue
    codes.add(key)
    yield ['substance_code', { code, system, n }]
  }
}

const slug = (name: string) => nameKey(name).replaceAll(' ', '-')
