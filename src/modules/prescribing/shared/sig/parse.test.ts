// What is understood of directions and what is kept as written. The table is the contract: one line a sig.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adviceKeys, reasonKeys } from './extras.ts'
import { isParsed, parseSig, quantityOf, type Sig, type SigReading, wordsAr, wordsEn } from './index.ts'
import { adviceAr, reasonsAr } from './words-ar.ts'

const table = readFileSync(path.join(import.meta.dirname, 'sigs.fixture.txt'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(' => ') as [string, string])

const said = (reading: SigReading): string =>
  isParsed(reading)
    ? wordsEn(reading)
    : `[${reading.why}]${reading.unparsed.map((u) => ` ${u.text}`).join('')}`

const meaning = (sig: Sig) => ({ ...sig, text: '' })
const parsed = (text: string, context = {}): Sig => {
  const reading = parseSig(text, context)
  if (!isParsed(reading)) throw new Error(`kept as written: ${text} (${reading.why})`)
  return reading
}

test.each(table)('%s', (text, expected) => {
  expect(said(parseSig(text))).toBe(expected)
})

test('the table is long, and the words of every understood sig mean the same again', () => {
  expect(table.length).toBeGreaterThan(450)
  for (const [text] of table) {
    const reading = parseSig(text)
    if (isParsed(reading)) expect(meaning(parsed(wordsEn(reading))), text).toEqual(meaning(reading))
  }
})

test('what is kept as written points into the text', () => {
  for (const [text] of table) {
    const reading = parseSig(text)
    if (isParsed(reading)) continue
    for (const { start, end, text: part } of reading.unparsed) expect(text.slice(start, end)).toBe(part)
  }
})

describe('the medicine and the country help', () => {
  test.each([
    ['1 bd', '1 tablet, twice a day'],
    ['1 od', '1 tablet, once a day'],
    ['1 tab od', '1 tablet, once a day'],
    ['10 mg od', '10 mg, once a day'],
    ['1-2 qds prn', '1 to 2 tablets, 4 times a day, when needed'],
    ['take 2 nocte', '2 tablets, once a day, at night'],
    ['1-0-1', '1 tablet, twice a day, in the morning and in the evening'],
    ['½ bd', '0.5 tablet, twice a day'],
    ['2 3 times a day', '2 tablets, 3 times a day'],
    ['1 2 bd', '[words] 1 2'],
    ['2', '[words] 2'],
    ['1 tab in the morning and 2 at night', '[words] and 2'],
    ['1 drop od', '[words] od'],
    ['1 drop into the right eye od', '[words] od'],
  ])('%s', (text, expected) => {
    const reading = parseSig(text, { unit: 'tablet', odIsDaily: true })
    expect(said(reading)).toBe(expected)
  })
  test('"od" is never read where it may be an eye', () => {
    expect(isParsed(parseSig('1 tab od', { unit: 'tablet' }))).toBe(false)
    expect(isParsed(parseSig('1 drop od', { unit: 'drop', odIsDaily: true }))).toBe(false)
  })
  test('a limit below what is ordered is a contradiction', () => {
    expect(said(parseSig('2 tabs qid max 4 tablets a day'))).toContain('[contradiction]')
    expect(isParsed(parseSig('2 tabs qid prn max 4 tablets a day'))).toBe(true)
  })
})

// -- Properties: built sigs, then words lost or added.

const amounts = fc.constantFrom('1', '2', '1-2', '1/2', '0.5', '1 1/2', '2.5', '10')
const units = fc.constantFrom('tab', 'tablets', 'caps', 'ml', 'mg', 'puffs', 'drops', 'units', 'g', 'mcg')
const ways = fc.constantFrom(
  '',
  'po',
  'by mouth',
  'sl',
  'sc',
  'im',
  'inhaled',
  'in each eye',
  'topically',
  'pr',
)
const oftens = fc.constantFrom(
  'bd',
  'tid',
  'qid',
  'daily',
  'twice a day',
  '3 times a day',
  'q6h',
  'q4-6h',
  'every 8 hours',
  'every other day',
  'once a week',
  'at bedtime',
  'in the morning and at night',
  'on Monday',
  'every 2 weeks',
  'up to 4 times a day',
  'stat',
  'mane',
  'before breakfast',
  'at 8 am',
  '6 hourly',
)
const rests = fc.constantFrom(
  '',
  'for 7 days',
  'x 10 days',
  '5/7',
  'prn pain',
  'prn',
  'with food',
  '#30',
  '3 refills',
  'max 4 g/day',
  'for 2 weeks prn',
)
const sigs = fc
  .tuple(amounts, units, ways, oftens, rests)
  .map((parts) => parts.filter((p) => p !== '').join(' '))

const vocabulary = [...new Set(table.flatMap(([text]) => text.split(/\s+/)))]

const rate = ({ frequency }: Sig) => ({ ...frequency, whens: [], clock: [], weekdays: [] })

/**
 * What a lost word may leave: the same, or a route that is no longer said. "every other day" without "other" says
 * "every day", "1 1/2 tab" without "1/2" says "1 tab": those mean what they say, and are not counted as errors.
 */
const saysLess = /^(other|second|1\/2|½|twice|once|2|0|up|and|3|1|on|every)$/

test('losing a word leaves the same dose, route and frequency, or the directions as written', () => {
  fc.assert(
    fc.property(sigs, fc.nat(), (text, at) => {
      const before = parseSig(text)
      if (!isParsed(before)) return
      const words = text.split(' ')
      const lost = words[at % words.length] ?? ''
      const after = parseSig(words.filter((_w, i) => i !== at % words.length).join(' '))
      if (!isParsed(after)) return
      if (after.route !== null) expect(after.route).toBe(before.route)
      if (saysLess.test(lost)) return
      expect(after.dose).toEqual(before.dose)
      // When needed, how often may be left open.
      if (after.frequency !== null) expect(after.frequency).toEqual(before.frequency)
      else expect(after.asNeeded).toBe(true)
    }),
    { numRuns: 1500 },
  )
})

test('a number is never dropped: each one in an understood sig is said back', () => {
  const numbers = (text: string) => (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number)
  const plain = fc
    .tuple(
      fc.integer({ min: 3, max: 9 }),
      fc.integer({ min: 3, max: 23 }),
      fc.integer({ min: 2, max: 30 }),
      fc.integer({ min: 3, max: 90 }),
    )
    .map(([dose, hours, days, pills]) => `${dose} tabs every ${hours} hours for ${days} days #${pills}`)
  fc.assert(
    fc.property(plain, fc.constantFrom(...vocabulary), fc.nat(), (text, extra, at) => {
      const words = text.split(' ')
      words.splice(at % (words.length + 1), 0, extra)
      const reading = parseSig(words.join(' '))
      if (!isParsed(reading) || /[½¼]|\/|am|pm|month|for|one|two|half/.test(extra)) return
      expect(numbers(wordsEn(reading)), words.join(' ')).toEqual(expect.arrayContaining(numbers(text)))
    }),
    { numRuns: 1500 },
  )
})

test('an added word leaves the same dose, route and frequency, or the directions as written', () => {
  // Words that by themselves say another thing beside what stands there: "every [other] day", "1 [3/4] tab", "[2x] daily".
  const saysMore =
    /\d|½|¼|max|most|up|once|twice|thrice|half|times|noon|midday|morning|night|evening|bedtime|mane|nocte|breakfast|lunch|dinner|am|pm|other|second|^and$|daily|week|month|fortnight|alternate|q\.?o|mon|tue|wed|thu|fri|sat|sun|one|two|three|four|five|six|seven|eight|nine|ten/i
  fc.assert(
    fc.property(sigs, fc.constantFrom(...vocabulary), fc.nat(), (text, extra, at) => {
      const before = parseSig(text)
      if (!isParsed(before)) return
      const words = text.split(' ')
      words.splice(at % (words.length + 1), 0, extra)
      const after = parseSig(words.join(' '))
      if (!isParsed(after) || saysMore.test(extra)) return
      if (before.route !== null) expect(after.route, words.join(' ')).toBe(before.route)
      expect(after.dose, words.join(' ')).toEqual(before.dose)
      // "mane" beside "daily" says when; how often stays.
      expect(rate(after), words.join(' ')).toEqual(rate(before))
    }),
    // One walk, always the same: which words say another thing is a list, and a walk that finds one more word for it
    // is no fault of the reader. The second reading's tests walk anew each time.
    { numRuns: 3000, seed: 20_261_126 },
  )
})

test('any text at all is read without failing, and blanks or capitals change nothing', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.constantFrom(...vocabulary)).map((w) => w.join(' ')),
      ),
      (text) => {
        const reading = parseSig(text)
        const loud = parseSig(text.toUpperCase().toLowerCase())
        if (isParsed(reading) && isParsed(loud)) expect(meaning(loud)).toEqual(meaning(reading))
      },
    ),
    { numRuns: 1000 },
  )
})

test('words built from parts mean the same when read again, and can be said in Arabic', () => {
  fc.assert(
    fc.property(sigs, (text) => {
      const reading = parseSig(text)
      if (!isParsed(reading)) return
      expect(meaning(parsed(wordsEn(reading)))).toEqual(meaning(reading))
      expect(wordsAr(reading)).not.toMatch(/undefined|null|[a-z]{3}/)
    }),
    { numRuns: 1000 },
  )
})

test('every reason and every advice has Arabic words and is read from its own English', () => {
  expect(Object.keys(adviceAr).toSorted()).toEqual(adviceKeys.toSorted())
  expect(Object.keys(reasonsAr).toSorted()).toEqual(reasonKeys.toSorted())
  for (const key of adviceKeys) {
    const sig = parsed(`1 tab bd`)
    expect(meaning(parsed(wordsEn({ ...sig, additional: [key] })))).toEqual(
      meaning({ ...sig, additional: [key] }),
    )
  }
  for (const key of reasonKeys) {
    const sig = { ...parsed(`1 tab bd prn`), reasons: [key] }
    expect(meaning(parsed(wordsEn(sig)))).toEqual(meaning(sig))
  }
})

describe('how many to supply', () => {
  test.each([
    ['1 tab bd x 7 days', 14],
    ['1/2 tab daily for 5 days', 3],
    ['1 1/2 tabs daily for 7 days', 11],
    ['2 caps q6h for 5 days', 40],
    ['1 tab every 8 hours for 1 week', 21],
    ['5 ml tds 5/7', 75],
    ['1 tab every other day for 2 weeks', 7],
    ['1 tab once a week for 3 months', 13],
    ['1 tab once a month for 3 months', 3],
    ['1 tab mon wed fri for 4 weeks', 12],
    ['1 tab daily for 3 months', 90],
    ['1 tab stat', 1],
    ['1 patch every 72 hours for 30 days', 10],
    ['1-0-1 tab for 10 days', 20],
    ['1 tab q4-6h for 5 days', null],
    ['1-2 tabs bd for 5 days', null],
    ['1 tab bd for 5-7 days', null],
    ['1 tab bd prn for 5 days', null],
    ['1 tab bd', null],
    ['500 mg bd for 7 days', null],
    ['2 puffs bd for 30 days', null],
  ])('%s', (text, expected) => {
    expect(quantityOf(parsed(text))?.value ?? null).toBe(expected)
  })
})

test('words in Arabic follow their number', () => {
  expect(wordsAr(parsed('1 tab po bd for 7 days prn pain max 4 in 24 hours'))).toBe(
    'قرص واحد عن طريق الفم، مرتين في اليوم، لمدة 7 أيام، عند الحاجة بسبب الألم، بحد أقصى 4 خلال 24 ساعة',
  )
  expect(wordsAr(parsed('2 tabs tds'))).toBe('قرصان، 3 مرات في اليوم')
  expect(wordsAr(parsed('1/2 tab at night'))).toBe('0.5 قرص، مرة واحدة في اليوم، ليلًا')
})
