// ICD-10-CM as a catalogue: every code of the order file, the notes of the tabular list, and our own short words.
import { catalogue, type CatalogueTables } from '#core/catalogue/definition.ts'
import { orderEntries } from './order-file.ts'
import { problemRows } from './rows.ts'
import { tabularNotes } from './tabular.ts'

export const sourceNames = {
  order: 'icd10cm/icd10cm-order-2021-01.txt.gz',
  tabular: 'icd10cm/icd10cm-tabular-2021.xml.gz',
  shortWords: 'icd10cm/short-words.tsv',
  common: 'icd10cm/common-problems.tsv',
} as const

export const problemTables = {
  /** `n` orders by importance (rows.ts), `ord` as the publisher does. Codes stand without their dot. */
  problem: {
    columns: { n: 'int', code: 'text', title: 'text', billable: 'int', ord: 'int', parent: 'text?' },
    key: ['n'],
    indexes: [['code']],
  },
  problem_search: { search: 'words' },
  /** includes, inclusionTerm, excludes1, excludes2, codeFirst, codeAlso, useAdditionalCode. */
  problem_note: {
    columns: { code: 'text', ord: 'int', kind: 'text', text: 'text' },
    key: ['code', 'ord'],
  },
  /** What clinicians type; `words` are the full words, `codes` those usually meant, joined by blanks. */
  short_word: { columns: { term: 'text', words: 'text', codes: 'text' }, key: ['term'] },
} as const satisfies CatalogueTables

export const icd10cm = catalogue({
  name: 'icd10cm',
  version: 1,
  edition: {
    title: 'ICD-10-CM',
    edition: 'FY 2021 (January 2021)',
    source: 'CDC, National Center for Health Statistics',
    licence: 'Public domain in the United States; ICD-10 is copyright of the World Health Organization',
  },
  sources: Object.values(sourceNames),
  tables: problemTables,
  rows: (files) =>
    problemRows({
      entries: orderEntries(files.lines(sourceNames.order)),
      notes: tabularNotes(files.text(sourceNames.tabular)),
      shortWords: files.lines(sourceNames.shortWords),
      common: files.lines(sourceNames.common),
    }),
})
