// Tables and sources of the substances catalogue, and the code systems its rows name.
import type { CatalogueTables } from '#core/catalogue/definition.ts'

export const rxNormSystem = 'http://www.nlm.nih.gov/research/umls/rxnorm'
export const uniiSystem = 'http://fdasis.nlm.nih.gov'
/** Codes of our own for what has no public one: drug classes, contrast media, plaster. */
export const ownSystem = 'urn:osler:substance'

export const sourceNames = {
  ours: 'substances/common-names.tsv',
  common: 'substances/common-allergens.csv',
  unii: 'substances/fda-unii-rxnorm-substances-2014.csv.gz',
  foodWords: 'substances/food-allergen-translations.csv',
  products: 'drugs/fda-orange-book-2024-11.csv.gz',
  ingredients: 'drugs/va-ndfrt-to-rxnorm.csv.gz',
} as const

export const substanceTables = {
  /** `n` orders by importance. `system` and `code` are what an entry in a chart gets. */
  substance: {
    columns: { n: 'int', name: 'text', category: 'text?', system: 'text', code: 'text' },
    key: ['n'],
  },
  substance_search: { search: 'words' },
  /** Other names: "name", "brand" of a product it is in, "word" of a food in some language. */
  substance_name: { columns: { n: 'int', ord: 'int', name: 'text', kind: 'text' }, key: ['n', 'ord'] },
  /** Every code that means this substance, salts and forms of it included. */
  substance_code: {
    columns: { code: 'text', system: 'text', n: 'int' },
    key: ['code', 'system'],
    indexes: [['n']],
  },
  /** Every whole name in folded words, to know a substance by what somebody typed. Brands name several: not in here. */
  substance_key: { columns: { words: 'text', n: 'int' }, key: ['words'] },
} as const satisfies CatalogueTables
