// The account of the security requirements stays honest: none is forgotten, none is both proven and not due, and each
// defence that is taken away is still where it is said to be.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { matrix, titlesIn } from '../security/matrix.ts'
import { mutations } from '../security/mutations.ts'
import { requirements } from '../security/requirements.ts'

const root = path.resolve(import.meta.dirname, '../..')

test('every requirement is proven by a test that names it, or is not due and says why', () => {
  const rows = matrix(root)
  expect(rows.filter(({ state }) => state === 'MISSING').map(({ id }) => id)).toEqual([])
  const both = rows.filter(({ notDue, tests }) => notDue !== undefined && tests.length > 0)
  expect(both.map(({ id }) => id)).toEqual([])
})

test('requirements stand once each, and words are there for what is missing', () => {
  const ids = requirements.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(requirements.filter(({ notDue, partly }) => notDue === '' || partly === '')).toEqual([])
})

test('titles are found however a test is written', () => {
  const source = [
    "test('AA: one', () => {})",
    "test.each(cases)('BB: %s', () => {})",
    'test(`CC ${n}: three`, run)',
    "test(\n  'DD: four',\n  run)",
    "describe('EE', () => {})",
    "  it('FF: it\\'s', run)",
  ].join('\n')
  expect(titlesIn(source)).toEqual(['AA: one', 'BB: %s', 'CC ${n}: three', 'DD: four', 'EE', "FF: it\\'s"])
})

test('what is taken away stands once in its file, and its test carries the requirement’s id', () => {
  expect(new Set(mutations.map(({ id }) => id)).size).toBeGreaterThanOrEqual(15)
  const misplaced = mutations.filter(({ id, file, find, test: { file: proof, name, wholeFile } }) => {
    const times = readFileSync(path.join(root, file), 'utf8').split(find).length - 1
    const titles = titlesIn(readFileSync(path.join(root, proof), 'utf8')).filter((title) =>
      title.includes(name),
    )
    return (
      times !== 1 || find === '' || titles.length === 0 || !(wholeFile || titles.some((t) => t.includes(id)))
    )
  })
  expect(misplaced.map(({ id, what }) => `${id}: ${what}`)).toEqual([])
})
