// Our own lists name only what is there: codes of the bundled edition that can be billed, substances of a known kind.
import path from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles } from '#core/catalogue/sources.ts'
import { cataloguePlaces } from '#testkit/catalogues.ts'
import { sourceNames } from './icd10cm/catalogue.ts'
import { orderEntries, undotted } from './icd10cm/order-file.ts'
import { tabularNotes } from './icd10cm/tabular.ts'
import { sourceNames as substanceSources } from './substances/tables.ts'
import { indexWords } from './words.ts'

const files = sourceFiles(cataloguePlaces().sources)
const rows = (file: string) => [...files.lines(file)].filter((line) => !line.startsWith('#'))
const billable = new Set(
  [...orderEntries(files.lines(sourceNames.order))].filter((e) => e.billable).map((e) => e.code),
)

test('every code of the short words and of the common problems can be billed', () => {
  const short = rows(sourceNames.shortWords).flatMap((line) => (line.split('\t')[2] ?? '').split(' '))
  const common = rows(sourceNames.common).flatMap((line) => line.split(' '))
  const wrong = [...short, ...common].filter((code) => code !== '-' && !billable.has(undotted(code)))
  expect(wrong).toEqual([])
  expect(new Set(common).size).toBeGreaterThan(350)
})

test('each short word stands once, in three columns', () => {
  const terms = rows(sourceNames.shortWords).map((line) => {
    expect(line.split('\t'), line).toHaveLength(3)
    return indexWords(line.split('\t')[0] ?? '').join(' ')
  })
  expect(terms.filter((term, n) => terms.indexOf(term) !== n)).toEqual([])
})

test('names of substances have a known kind', () => {
  for (const line of rows(substanceSources.ours))
    expect(line).toMatch(/^[^\t]+\t(medication|food|environment)(\t[^\t]*)?$/)
})

test('notes of the tabular list belong to codes, in plain text', () => {
  const notes = [...tabularNotes(files.text(sourceNames.tabular))]
  expect(notes.length).toBeGreaterThan(15_000)
  expect(
    notes.filter(([code, note]) => !/^[A-Z]\d/.test(code) || /<\/?[a-z]|&\w+;/i.test(note.text)),
  ).toEqual([])
})

test('the bundled files lie below one folder', () => {
  for (const file of [...Object.values(sourceNames), ...Object.values(substanceSources)])
    expect(path.isAbsolute(file)).toBe(false)
})
