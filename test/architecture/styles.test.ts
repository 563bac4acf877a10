// A colour whose name nobody has defined draws nothing and says nothing: a border is gone, a warning is black.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../../src')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
const textsOf = (ending: RegExp) =>
  files
    .filter((name) => ending.test(name))
    .map((name) => [name, readFileSync(path.join(root, name), 'utf8')] as const)

test('every variable a style sheet uses is defined', () => {
  const sheets = textsOf(/\.css$/)
  const defined = new Set(
    [...sheets, ...textsOf(/\.tsx$/)].flatMap(([, text]) =>
      [...text.matchAll(/(--[a-z0-9-]+)['"]?\s*:/g)].map((match) => match[1]),
    ),
  )
  const missing = sheets.flatMap(([name, text]) =>
    [...text.matchAll(/var\((--[a-z0-9-]+)/g)].flatMap((match) =>
      defined.has(match[1]) ? [] : [`${name}: ${match[1] ?? ''}`],
    ),
  )
  expect(sheets.length).toBeGreaterThan(20)
  expect([...new Set(missing)]).toEqual([])
})
