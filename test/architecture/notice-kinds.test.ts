// Every kind of notice or review that is sent anywhere has words in both languages.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { kindsAr } from '#modules/oversight/renderer/kinds-ar.ts'
import { kindsEn } from '#modules/oversight/renderer/kinds-en.ts'

const modules = path.resolve(import.meta.dirname, '../../src/modules')

/** The text of each call from its opening bracket to the one that closes it. */
function callsOf(text: string): string[] {
  return [...text.matchAll(/\b(?:notify|notifyPrivacy|openReview)\(/g)].map(({ index, 0: found }) => {
    let depth = 1
    let at = index + found.length
    while (depth > 0 && at < text.length) {
      if (text[at] === '(') depth += 1
      if (text[at] === ')') depth -= 1
      at += 1
    }
    return text.slice(index, at)
  })
}

/** Kinds stand in the call, in an object that is told twice, or are handed to the one function that tells several. */
function kindsIn(text: string): string[] {
  const objects = [...text.matchAll(/const (?:about|alarm|alert) = \{[^}]*\}/g)].map(([found]) => found)
  const told = [...callsOf(text), ...objects].flatMap((part) =>
    [...part.matchAll(/\bkind: ([^,}]*)/g)].flatMap(([, value = '']) =>
      [...value.replaceAll(/=== '[^']*'/g, '').matchAll(/'([a-z-]+)'/g)].map(([, kind = '']) => kind),
    ),
  )
  const handed = [...text.matchAll(/\balert\(outside, '([a-z-]+)'/g)].map(([, kind = '']) => kind)
  return [...told, ...handed]
}

const sent = new Set(
  readdirSync(modules, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\/main\/.*\.ts$/.test(name.replaceAll('\\', '/')) && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(path.join(modules, name), 'utf8'))
    .filter((text) => /oversight\/main\/api\.ts|from '\.\/api\.ts'/.test(text))
    .flatMap(kindsIn),
)

test('each kind that is sent has words in English and Arabic', () => {
  expect(sent.size).toBeGreaterThan(25)
  for (const kind of ['emergency-not-justified', 'night-use', 'database-key-not-changed', 'passkey-copied'])
    expect(sent).toContain(kind)
  expect([...sent].filter((kind) => !Object.hasOwn(kindsEn, kind))).toEqual([])
  expect(Object.keys(kindsAr).toSorted()).toEqual(Object.keys(kindsEn).toSorted())
})
