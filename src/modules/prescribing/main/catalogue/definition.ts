// The two catalogues of prescribing: medicines with their ingredients, and pairs that do not go together.
import { catalogue, type CatalogueRow } from '#core/catalogue/definition.ts'
import type { SourceFiles } from '#core/catalogue/sources.ts'
import { wordsOf } from '#core/catalogue/words.ts'
import { foldText } from '#modules/patients/shared/fold.ts'
import { nameSources, otherNames, SubstanceNames } from './names.ts'
import {
  commonMedicines,
  drugId,
  labelOf,
  orangeBook,
  type Product,
  productOf,
  strengthWords,
  unitOfForm,
} from './orange-book.ts'

const drugTables = {
  /** In order of importance: what many makers make comes first, brands and what is gone from the market last. */
  drug: {
    columns: {
      rank: 'int',
      id: 'text',
      label: 'text',
      /** JSON array of {name, base, cuis}. */
      ingredients: 'text',
      strength: 'text',
      form: 'text',
      route: 'text',
      brand: 'text?',
      legal: 'text',
      unit: 'text?',
    },
    key: ['rank'],
    indexes: [['id']],
  },
  drug_words: { search: 'words' },
  /** Every name of a substance or brand, folded: how a text is searched for what is in it. */
  substance_name: {
    columns: { name: 'text', base: 'text', cuis: 'text' },
    key: ['name'],
  },
} as const

export const drugCatalogue = catalogue({
  name: 'drugs',
  version: 1,
  tables: drugTables,
  edition: {
    title: 'FDA Orange Book',
    edition: '2024-11-08',
    source:
      'U.S. Food and Drug Administration; RxNorm numbers of NLM and VA NDF-RT (2014); common medicines listed by Osler',
    licence: 'U.S. Government work, public domain',
  },
  sources: [orangeBook, commonMedicines, ...nameSources],
  rows: drugRows,
})

interface Counted {
  readonly product: Product
  makers: number
}

function* drugRows(files: SourceFiles): Generator<CatalogueRow<typeof drugTables> | null> {
  const names = yield* SubstanceNames.read(files)
  const found = yield* productsOf(files)
  const brands = new Map<string, readonly string[]>()
  let rank = 0
  for (const { product } of found) {
    rank += 1
    const { ingredients, strength, form, route, brand, legal } = product
    const parts = ingredients.map((name) => ({ name, ...names.substanceOf(name) }))
    const label = labelOf(product)
    if (brand !== null && !brands.has(foldName(brand))) brands.set(foldName(brand), ingredients)
    yield [
      'drug',
      {
        rank,
        id: drugId(product),
        label,
        ingredients: JSON.stringify(parts),
        strength,
        form,
        route,
        brand,
        legal,
        unit: unitOfForm(form),
      },
    ]
    const others = parts.flatMap((part) => otherNames[part.base] ?? [])
    yield [
      'drug_words',
      { rowid: rank, terms: searchTerms([label, strengthWords(strength), ...others].join(' ')) },
    ]
  }
  yield* nameRows(names, found, brands)
}

/** "500mg" is found as "500 mg"; "2.5" is one number, which a search for 5 does not find. */
export const searchTerms = (text: string) => searchWords(text).join(' ')
export const searchWords = (text: string): string[] => [
  ...new Set(
    wordsOf(
      foldText(text)
        .replaceAll(/(\d)(?=\p{L})/gu, '$1 ')
        .replaceAll(/(\d)[.,](?=\d)/g, '$1p'),
    ),
  ),
]
export const foldName = (text: string) => wordsOf(foldText(text)).join(' ')

function* productsOf(files: SourceFiles): Generator<null, Counted[]> {
  const byId = new Map<string, Counted>()
  let n = 0
  for (const row of both(files)) {
    const product = productOf(row)
    // Who only knows the substance finds it under its own name, even where only brands of it are made.
    for (const line of product.brand === null ? [product] : [product, { ...product, brand: null }]) {
      const id = drugId(line)
      const there = byId.get(id)
      if (!there) byId.set(id, { product: line, makers: 1 })
      else {
        there.makers += 1
        if (there.product.legal === 'discontinued' && line.legal !== 'discontinued') {
          byId.set(id, { product: line, makers: there.makers })
        }
      }
    }
    if (++n % 500 === 0) yield null
  }
  const weight = ({ product, makers }: Counted) =>
    (product.legal === 'discontinued' ? -1000 : 0) +
    (product.brand === null ? 500 : 0) +
    makers -
    20 * product.ingredients.length
  yield null
  return [...byId.values()].toSorted(
    (a, b) => weight(b) - weight(a) || (labelOf(a.product) < labelOf(b.product) ? -1 : 1),
  )
}

function* both(files: SourceFiles) {
  yield* files.csv(commonMedicines)
  yield* files.csv(orangeBook)
}

function* nameRows(
  names: SubstanceNames,
  found: readonly Counted[],
  brands: ReadonlyMap<string, readonly string[]>,
): Generator<CatalogueRow<typeof drugTables> | null> {
  const given = new Set<string>()
  const row = (
    name: string,
    base: string,
    cuis: readonly string[],
  ): CatalogueRow<typeof drugTables> | null => {
    const folded = foldName(name)
    if (folded === '' || given.has(folded)) return null
    given.add(folded)
    return ['substance_name', { name: folded, base, cuis: JSON.stringify(cuis) }]
  }
  for (const [base, others] of Object.entries(otherNames)) {
    const { cuis } = names.substanceOf(base)
    for (const other of others) yield row(other, base, cuis)
  }
  for (const raw of new Set(found.flatMap(({ product }) => product.ingredients))) {
    const { base, cuis } = names.substanceOf(raw)
    yield row(raw, base, cuis)
    yield row(base, base, cuis)
  }
  for (const [brand, ingredients] of brands) {
    const parts = ingredients.map((name) => names.substanceOf(name))
    // A brand of several stands for all of them: bases joined as nothing else is.
    yield row(
      brand,
      parts.map((p) => p.base).join(' + '),
      parts.flatMap((p) => p.cuis),
    )
  }
  for (const [name] of names.entries()) {
    const { base, cuis } = names.substanceOf(name)
    yield row(name, base, cuis)
  }
  for (const [unii, name] of names.uniis) {
    const { base, cuis } = names.substanceOf(name)
    yield row(unii, base, cuis)
  }
}

const interactionTables = {
  interaction: {
    columns: { a: 'text', b: 'text', severity: 'text', a_name: 'text', b_name: 'text' },
    key: ['a', 'b'],
  },
} as const

const interactionSource = 'interactions/va-ndfrt-interactions-2014.csv'

export const interactionCatalogue = catalogue({
  name: 'interactions',
  version: 2,
  tables: interactionTables,
  edition: {
    title: 'VA NDF-RT drug interactions',
    edition: '2014-07',
    source: 'U.S. Department of Veterans Affairs, National Drug File Reference Terminology',
    licence: 'U.S. Government work, public domain',
  },
  sources: [interactionSource],
  rows: interactionRows,
})

/**
 * Herbs, vaccines and some salts have no RxNorm number and no name of their own in the source: they go by the number of
 * the source, and their name is what the label of the pair ("EPHEDRA/SELEGILINE") says beside the other one.
 */
function sidesOf(row: Readonly<Record<string, string>>) {
  const label = (row.va_label ?? '').toLowerCase()
  const names = [row.drug1_name ?? '', row.drug2_name ?? ''].map((name) => name.toLowerCase())
  const beside = (other: string) =>
    label.startsWith(`${other}/`)
      ? label.slice(other.length + 1)
      : label.endsWith(`/${other}`)
        ? label.slice(0, -other.length - 1)
        : ''
  const [first = '', second = ''] = names
  return [
    { cui: row.drug1_rxcui || (row.drug1_nui ?? ''), name: first || beside(second) },
    { cui: row.drug2_rxcui || (row.drug2_nui ?? ''), name: second || beside(first) },
  ]
}

/** Each pair once, the smaller number first; of two entries of one pair the critical one stands. */
function* interactionRows(files: SourceFiles): Generator<CatalogueRow<typeof interactionTables> | null> {
  const pairs = new Map<string, CatalogueRow<typeof interactionTables>[1]>()
  for (const row of files.csv(interactionSource)) {
    const sides = sidesOf(row).toSorted((x, y) => (x.cui < y.cui ? -1 : 1))
    const [a, b] = sides
    if (!a || !b || a.cui === '' || b.cui === '') continue
    const key = `${a.cui}|${b.cui}`
    if (pairs.get(key)?.severity === 'Critical') continue
    pairs.set(key, { a: a.cui, b: b.cui, severity: row.severity ?? '', a_name: a.name, b_name: b.name })
  }
  for (const row of pairs.values()) yield ['interaction', row]
}
