// Every text exists in English and Arabic, fills in the same values, and the Arabic one is Arabic.
import { expect, test } from 'vitest'

interface Words {
  readonly ns: string
  readonly en: Readonly<Record<string, string>>
  readonly ar: Readonly<Record<string, string>>
}

const isWords = (value: unknown): value is Words =>
  typeof value === 'object' && value !== null && 'ns' in value && 'en' in value && 'ar' in value

const files = import.meta.glob<Record<string, unknown>>(
  [
    '/src/renderer/i18n/common.ts',
    '/src/renderer/api/error-text.ts',
    '/src/renderer/app/*-texts.ts',
    '/src/modules/*/renderer/i18n.ts',
  ],
  { eager: true },
)
const all = Object.values(files).flatMap((loaded) => Object.values(loaded).filter(isWords))

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((m) => m[1])
const baseOf = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')
/** Names and codes that are the same in every language. */
const hasNothingToTranslate = (text: string) => !/\p{L}{2,}/u.test(text.replace(/\{\{.*?\}\}|Osler/g, ''))

test('all modules are looked at', () => {
  expect(all.length).toBeGreaterThanOrEqual(Object.keys(files).length)
  expect(all.length).toBeGreaterThan(8)
})

test.each(all)('$ns: both languages fill in the same values', ({ en, ar }) => {
  const wrong = Object.entries(ar).filter(([key, text]) => {
    const english = en[key] ?? en[`${baseOf(key)}_other`] ?? ''
    const expected = placeholders(english)
    const got = placeholders(text)
    // "None", "one" and "two" are words in Arabic plurals, so the number itself may be missing.
    const isWordForm = /_(zero|one|two)$/.test(key)
    const missing = expected.filter((name) => !got.includes(name))
    return (missing.length > 0 && !isWordForm) || got.some((name) => !expected.includes(name))
  })
  expect(wrong).toEqual([])
})

test.each(all)('$ns: the Arabic texts are written in Arabic', ({ ar }) => {
  const foreign = Object.entries(ar).filter(
    ([, text]) => !/\p{Script=Arabic}/u.test(text) && !hasNothingToTranslate(text),
  )
  expect(foreign).toEqual([])
})

test.each(all)('$ns: no text is empty or ends in a blank', ({ en, ar }) => {
  const careless = [...Object.entries(en), ...Object.entries(ar)].filter(
    ([, text]) => text.trim() !== text || !text,
  )
  expect(careless).toEqual([])
})
