// What may happen to directions on the way in: another order, other blanks and capitals, a word more, a word less.
// Whatever is still understood must mean what it meant.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isParsed, parseSig, quantityOf, type Sig, type SigContext, wordsEn } from './index.ts'

const doses = [
  '1 tab', '2 tabs', '1-2 tabs', '1/2 tab', '1 1/2 tabs', 'half a tablet', '5 mg', '2.5 ml', '0,5 mg', '.5 mg',
  '1 cap', '10 units', '100 mcg', '2 puffs', '1 drop', '1 g', '5-10 ml', '1 patch', '1 application', 'apply 2 g',
] // biome-ignore format: a table
const ways = [
  '', 'po', 'by mouth', 'sl', 'sc', 'im', 'iv', 'inhaled', 'in each eye', 'in the left ear', 'each nostril',
  'topically', 'pr', 'to the affected area', 'under the tongue',
] // biome-ignore format: a table
const oftens = [
  'bd', 'tid', 'qid', 'daily', 'twice a day', '3 times a day', '2-3 times daily', 'q6h', 'q4-6h', 'every 8 hours',
  'every 3 days', 'every day', 'every other day', 'alternate days', 'once a week', 'weekly on Monday', 'mane', 'hs',
  'in the morning and at night', 'mon wed fri', 'every 2 weeks', 'up to 4 times a day', 'stat', 'before breakfast',
  'at 8 am', '6 hourly', 'once every 3 months', 'with breakfast and dinner', 'monthly', 'on Tuesday at night',
] // biome-ignore format: a table
const rests = [
  '', 'for 7 days', 'x 10 days', '5/7', 'for 2 weeks', 'prn pain', 'prn', 'as needed for cough', 'with food', '#30',
  'disp 28', '3 refills', 'max 4 g/day', 'at most 8 in 24 hours', 'ac', 'pc', 'avoid alcohol', 'do not crush',
  'no refills', 'for 3 months', 'for fever', 'swallow whole', 'as directed',
] // biome-ignore format: a table

const clauses = fc.tuple(
  fc.constantFrom(...doses),
  fc.constantFrom(...ways),
  fc.constantFrom(...oftens),
  fc.constantFrom(...rests),
  fc.constantFrom(...rests),
)
const contexts: fc.Arbitrary<SigContext> = fc.constantFrom(
  {},
  { unit: 'tablet', odIsDaily: true } as const,
  { unit: 'capsule' } as const,
  { unit: 'puff', odIsDaily: true } as const,
)
const joined = (parts: readonly string[]) => parts.filter((part) => part !== '').join(' ')

const meaning = ({ text: _text, reasons, additional, ...sig }: Sig) => ({
  ...sig,
  reasons: reasons.toSorted(),
  additional: additional.toSorted(),
})
/** What hurts when it is wrong. */
const core = ({ dose, route, site, frequency, duration, max }: Sig) => ({
  dose,
  route,
  site,
  frequency,
  duration,
  max,
})

/** "#30 tabs", "at most 8 mg" add a unit to a number that had none. */
const ordered = (sig: Sig) => ({
  ...core(sig),
  max: sig.max?.value,
  supplied: sig.quantity?.value,
  refills: sig.refills,
})

function keepsMeaning(before: string, after: string, context: SigContext): void {
  const [one, other] = [parseSig(before, context), parseSig(after, context)]
  if (isParsed(one) && isParsed(other)) expect(meaning(other), after).toEqual(meaning(one))
}

const runs = { numRuns: 700 }

describe('the same said in another way', () => {
  test('clauses in another order', () => {
    fc.assert(
      fc.property(
        clauses.chain((parts) =>
          fc.tuple(fc.constant(parts), fc.shuffledSubarray([...parts], { minLength: 5 })),
        ),
        contexts,
        ([parts, shuffled], context) => {
          keepsMeaning(joined(parts), joined(shuffled), context)
          keepsMeaning(joined(parts), shuffled.filter((part) => part !== '').join(', '), context)
          keepsMeaning(joined(parts), shuffled.filter((part) => part !== '').join('\n'), context)
        },
      ),
      runs,
    )
  })

  test('capitals, blanks, full stops and marks nobody sees', () => {
    const dress = fc.constantFrom(
      (t: string) => t.toUpperCase(),
      (t: string) => t.replaceAll(' ', '  '),
      (t: string) => t.replaceAll(' ', '\u00a0'),
      (t: string) => `${t}.`,
      (t: string) => t.replaceAll('-', '–'),
      (t: string) => t.replaceAll(/(\d) (?=\p{L})/gu, '$1'),
      (t: string) => `\u200f${t}`,
      (t: string) => t.replace(' ', ' \u200b'),
      (t: string) => t.replaceAll(' ', ', '),
      (t: string) => t.replaceAll(' ', '. '),
      (t: string) => t.replaceAll(' ', '\n'),
      (t: string) => t.replaceAll(' ', ''),
    )
    fc.assert(
      fc.property(clauses, dress, contexts, (parts, change, context) => {
        keepsMeaning(joined(parts), change(joined(parts)), context)
      }),
      runs,
    )
  })
})

const insertedAt = (text: string, extra: string, at: number) => {
  const words = text.split(' ')
  words.splice(at % (words.length + 1), 0, extra)
  return words.join(' ')
}

describe('a word more', () => {
  const strange = fc.constantFrom(
    'not', 'never', 'except', 'unless', 'until', 'then', 'if', 'stop', 'hold', 'or', 'but', 'reduce', 'increase', 'skip',
    'without', 'may', 'repeat', 'alternating', 'about', 'half-life', 'approx', 'minus', 'plus', '+', '&', '?', '>', '<',
    '=', '/kg', '%', '1%', '(', ')', 'u', 'cc', 'od', 'os', 'biweekly', 'x', '*', '-', '💊', '١', 'قبل', 'matin', 'xyz',
    'taper', 'divided', 'first', 'last', 'cycle', 'loading', '1:10', '5/10', '1,000', '1.000', '007', '24/7', '0', '1/7/26',
  ) // biome-ignore format: a table
  /** These may join two parts or be read as nothing: the rest must keep the directions as written. */
  const harmless = new Set(['or', '&', '-', 'x', 'od', '?'])

  test('a word that is not known, or that denies, keeps the directions as written', () => {
    fc.assert(
      fc.property(clauses, strange, fc.nat(), (parts, extra, at) => {
        const text = joined(parts)
        const changed = insertedAt(text, extra, at)
        const [before, after] = [parseSig(text), parseSig(changed)]
        if (!isParsed(after)) return
        expect(harmless.has(extra) && isParsed(before), changed).toBe(true)
        if (isParsed(before)) expect(core(after), changed).toEqual(core(before))
      }),
      runs,
    )
  })

  test('a number or a unit more gives the same meaning or none', () => {
    const extras = fc.constantFrom(
      '2',
      '7',
      '10',
      '0.5',
      '1.5',
      '3',
      'mg',
      'ml',
      'tabs',
      'units',
      'hours',
      'days',
      'weeks',
    )
    fc.assert(
      fc.property(clauses, extras, fc.nat(), contexts, (parts, extra, at, context) => {
        const text = joined(parts)
        const changed = insertedAt(text, extra, at)
        // "every 7 day" and "2 1/2 tabs" say what they say.
        if (/\d (1\/2|half)/.test(changed) && !/\d (1\/2|half)/.test(text)) return
        if (/every \d+ day\b|^\d+ (apply|times|daily)/.test(changed) && !/every \d+ day\b/.test(text)) return
        const [before, after] = [parseSig(text, context), parseSig(changed, context)]
        if (isParsed(before) && isParsed(after)) expect(ordered(after), changed).toEqual(ordered(before))
      }),
      runs,
    )
  })
})

test('a clause less leaves nothing of what it said', () => {
  fc.assert(
    fc.property(clauses, fc.nat({ max: 4 }), contexts, (parts, gone, context) => {
      const [before, after] = [
        parseSig(joined(parts), context),
        parseSig(joined(parts.filter((_part, i) => i !== gone)), context),
      ]
      if (!isParsed(before) || !isParsed(after) || parts[gone] === '') return
      if (gone === 0) expect(after.dose).toBeNull()
      if (gone === 1 && !/under|topical|affected/.test(joined(parts.toSpliced(1, 1))))
        expect(after.route).toBeNull()
      if (gone === 2) expect(after.frequency).toBeNull()
      for (const slot of ['dose', 'route', 'duration', 'max', 'quantity', 'refills'] as const) {
        expect([null, JSON.stringify(before[slot])]).toContain(
          after[slot] === null ? null : JSON.stringify(after[slot]),
        )
      }
    }),
    runs,
  )
})

describe('how many to supply', () => {
  const counted = fc.record({
    pieces: fc.constantFrom(1, 2, 0.5, 3),
    unit: fc.constantFrom('tabs', 'caps', 'ml', 'sachets'),
    often: fc.constantFrom(
      ['daily', 1] as const,
      ['bd', 2] as const,
      ['tds', 3] as const,
      ['q6h', 4] as const,
      ['every other day', 1 / 2] as const,
      ['every 3 days', 1 / 3] as const,
      ['weekly', 1 / 7] as const,
      ['every 2 weeks', 1 / 14] as const,
    ),
    weeks: fc.integer({ min: 2, max: 26 }),
  })

  test('weeks and as many days supply the same: all doses that fall into them', () => {
    fc.assert(
      fc.property(counted, ({ pieces, unit, often: [often, perDay], weeks }) => {
        const supplied = (span: string) => {
          const reading = parseSig(`${pieces} ${unit} ${often} for ${span}`)
          return isParsed(reading) ? quantityOf(reading)?.value : 'not read'
        }
        const doses = Math.ceil(Math.round(weeks * 7 * perDay * 1e6) / 1e6)
        expect(supplied(`${weeks} weeks`)).toBe(Math.ceil(pieces * doses))
        expect(supplied(`${weeks * 7} days`)).toBe(Math.ceil(pieces * doses))
      }),
    )
  })

  test('never for what is taken when needed, in a range, without an end, or in a unit nobody counts', () => {
    fc.assert(
      fc.property(clauses, (parts) => {
        const reading = parseSig(joined(parts))
        if (!isParsed(reading)) return
        const quantity = quantityOf(reading)
        if (quantity === null) return
        expect(reading.dose?.high).toBeNull()
        expect(reading.frequency?.timesHigh ?? reading.frequency?.periodHigh ?? null).toBeNull()
        expect(['tablet', 'capsule', 'ml', 'patch']).toContain(quantity.unit)
        if (reading.frequency?.periodUnit !== 'once') {
          expect(reading.asNeeded, wordsEn(reading)).toBe(false)
          expect(reading.duration).not.toBeNull()
        }
      }),
      runs,
    )
  })

  test.each([
    ['1 tab 3 times a week for 10 days', null],
    ['1 tab mon wed fri for 2 weeks', 6],
    ['1 tab mon wed fri for 14 days', 6],
    ['1 tab weekly for 10 days', 2],
    ['1 tab every 2 weeks for 3 months', 7],
    ['1 tab alternate days for 7 days', 4],
    ['100000 tabs qid for 900 days', null],
    ['0.3 ml bd for 7 days', 5],
  ])('%s', (text, expected) => {
    const reading = parseSig(text)
    expect(isParsed(reading) && (quantityOf(reading)?.value ?? null)).toBe(expected)
  })
})
