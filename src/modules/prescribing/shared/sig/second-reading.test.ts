// Directions as they are typed in several countries, judged a second time as a pharmacist would: each line is either said
// back with exactly its meaning, or kept as written. `@@` gives the medicine and the country, `{n}` what is supplied.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isParsed, parseSig, quantityOf, type SigContext, wordsEn } from './index.ts'

const signs: Readonly<Record<string, string>> = {
  '\\n': '\n',
  '\\u200f': '\u200f',
  '\\u200b': '\u200b',
  '\\u00a0': '\u00a0',
}
const table = readFileSync(path.join(import.meta.dirname, 'sigs-second-reading.fixture.txt'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(' => ') as [string, string])

test('the table is long', () => {
  expect(table.length).toBeGreaterThan(1000)
})

test.each(table)('%s', (line, expected) => {
  const [written = '', context] = line.split(' @@')
  const text = Object.entries(signs).reduce((t, [code, sign]) => t.replaceAll(code, sign), written)
  const reading = parseSig(text, context ? (JSON.parse(context) as SigContext) : {})
  const quantity = isParsed(reading) ? quantityOf(reading) : null
  const said = isParsed(reading)
    ? `${wordsEn(reading)}${quantity ? ` {${quantity.value}}` : ''}`
    : 'as written'
  expect(said).toBe(expected)
})
