// Substances that people react to: drugs by ingredient, foods, and the rest, each once, with every name and code it has.
import { catalogue } from '#core/catalogue/definition.ts'
import { substanceRows } from './rows.ts'
import { sourceNames, substanceTables } from './tables.ts'

export const substances = catalogue({
  name: 'substances',
  version: 1,
  edition: {
    title: 'Substances',
    edition: 'UNII and RxNorm 2014, Orange Book November 2024, common allergens 2025',
    source: 'FDA, NLM, VA; common-allergies-js, allergy-translations; names of our own',
    licence: 'Public domain in the United States; MIT',
  },
  sources: Object.values(sourceNames),
  tables: substanceTables,
  rows: substanceRows,
})
