// PRIV-04: the retention table against requests, case by case.
import { expect, test } from 'vitest'
import { addYears, decideErasure, defaultRetention, type ErasureFacts, type Retention } from './retention.ts'

const today = '2026-03-02'
const all = { contact: true, billing: true, care: true }
const adult = { birthDate: '1960-05-06', lastContact: '2020-06-01', lastInvoice: '2020-06-01' }
const facts = (f: Partial<ErasureFacts>): ErasureFacts => ({
  today,
  ...adult,
  has: all,
  legalClaim: false,
  ...f,
})
const tables: Record<string, Retention> = {
  usual: defaultRetention,
  nothing: {
    contact: { years: 0, minorsUntil: null, basis: '' },
    billing: { years: 0, minorsUntil: null, basis: '' },
    care: { years: 0, minorsUntil: null, basis: '' },
  },
  long: {
    contact: { years: 3, minorsUntil: null, basis: 'c' },
    billing: { years: 7, minorsUntil: null, basis: 'b' },
    care: { years: 30, minorsUntil: 28, basis: 'a' },
  },
}

/** contact, billing, care, identity: `x` erased now, a date: restricted until then, `?`: without a known end, `-`: not there. */
type Row = readonly [name: string, Partial<ErasureFacts>, usual: string, nothing: string, long: string]
const rows: readonly Row[] = [
  [
    'an adult, six years ago',
    {},
    'x 2030-06-01 2030-06-01 2030-06-01',
    'x x x x',
    'x 2027-06-01 2050-06-01 2050-06-01',
  ],
  [
    'all times over by usual rules',
    { lastContact: '2010-01-01', lastInvoice: '2010-01-01' },
    'x x x x',
    'x x x x',
    'x x 2040-01-01 2040-01-01',
  ],
  [
    'the last day before the end',
    { lastContact: '2016-03-03', lastInvoice: '2016-03-03' },
    'x 2026-03-03 2026-03-03 2026-03-03',
    'x x x x',
    'x x 2046-03-03 2046-03-03',
  ],
  [
    'the end itself',
    { lastContact: '2016-03-02', lastInvoice: '2016-03-02' },
    'x x x x',
    'x x x x',
    'x x 2046-03-02 2046-03-02',
  ],
  [
    'bills older than the care',
    { lastInvoice: '2015-01-01' },
    'x x 2030-06-01 2030-06-01',
    'x x x x',
    'x x 2050-06-01 2050-06-01',
  ],
  [
    'bills younger than the care',
    { lastContact: '2010-01-01', lastInvoice: '2025-12-31' },
    'x 2035-12-31 x 2035-12-31',
    'x x x x',
    'x 2032-12-31 2040-01-01 2040-01-01',
  ],
  [
    'a child',
    { birthDate: '2015-05-06', lastContact: '2020-06-01' },
    'x 2030-06-01 2040-05-06 2040-05-06',
    'x x x x',
    'x 2027-06-01 2050-06-01 2050-06-01',
  ],
  [
    'a child long ago, over 25 by now',
    { birthDate: '1990-05-06', lastContact: '2000-06-01', lastInvoice: '2000-06-01' },
    'x x x x',
    'x x x x',
    'x x 2030-06-01 2030-06-01',
  ],
  [
    'a child long ago, not yet 25',
    { birthDate: '2003-05-06', lastContact: '2010-06-01', lastInvoice: '2010-06-01' },
    'x x 2028-05-06 2028-05-06',
    'x x x x',
    'x x 2040-06-01 2040-06-01',
  ],
  [
    'eighteen on the day of the last contact',
    { birthDate: '2002-06-01', lastContact: '2020-06-01' },
    'x 2030-06-01 2030-06-01 2030-06-01',
    'x x x x',
    'x 2027-06-01 2050-06-01 2050-06-01',
  ],
  [
    'the day before eighteen',
    {
      birthDate: '2002-06-02',
      lastContact: '2012-06-01',
      lastInvoice: null,
      has: { ...all, billing: false },
    },
    'x - 2027-06-02 2027-06-02',
    'x - x x',
    'x - 2042-06-01 2042-06-01',
  ],
  [
    'born in a year only',
    { birthDate: '2010', lastContact: '2020-06-01' },
    'x 2030-06-01 2035-12-31 2035-12-31',
    'x x x x',
    'x 2027-06-01 2050-06-01 2050-06-01',
  ],
  [
    'born in a month only',
    { birthDate: '2012-02', lastContact: '2020-06-01' },
    'x 2030-06-01 2037-03-01 2037-03-01',
    'x x x x',
    'x 2027-06-01 2050-06-01 2050-06-01',
  ],
  [
    'no birth date',
    { birthDate: null },
    'x 2030-06-01 2030-06-01 2030-06-01',
    'x x x x',
    'x 2027-06-01 2050-06-01 2050-06-01',
  ],
  [
    'never seen, care without a date',
    { lastContact: null, lastInvoice: null, has: { ...all, billing: false } },
    'x - 2036-03-02 2036-03-02',
    'x - x x',
    '2029-03-02 - 2056-03-02 2056-03-02',
  ],
  [
    'only registered',
    { lastContact: null, lastInvoice: null, has: { contact: false, billing: false, care: false } },
    '- - - x',
    '- - - x',
    '- - - x',
  ],
  ['only messages', { has: { contact: true, billing: false, care: false } }, 'x - - x', 'x - - x', 'x - - x'],
  ['a legal claim', { legalClaim: true }, '? ? ? ?', '? ? ? ?', '? ? ? ?'],
  [
    'a leap day',
    { lastContact: '2024-02-29', lastInvoice: '2024-02-29' },
    'x 2034-03-01 2034-03-01 2034-03-01',
    'x x x x',
    '2027-03-01 2031-03-01 2054-03-01 2054-03-01',
  ],
  [
    'a contact of today',
    { lastContact: today, lastInvoice: today },
    'x 2036-03-02 2036-03-02 2036-03-02',
    'x x x x',
    '2029-03-02 2033-03-02 2056-03-02 2056-03-02',
  ],
]

const cases = rows.flatMap(([name, given, ...wanted]) =>
  Object.keys(tables).map((table, n) => [name, table, given, wanted[n] ?? ''] as const),
)

test('PRIV-04: 60 cases of retention table and request', () => {
  expect(cases).toHaveLength(60)
})

test.each(cases)('PRIV-04: %s, table "%s"', (_name, table, given, wanted) => {
  const found = decideErasure(tables[table] as Retention, facts(given))
  const words = (['contact', 'billing', 'care', 'identity'] as const).map((category) => {
    const d = found.find((f) => f.category === category)
    if (!d) return '-'
    return d.action === 'erase' ? 'x' : (d.until ?? '?')
  })
  expect(words.join(' ')).toBe(wanted)
})

test('PRIV-04: a year later is the same day, and never an earlier one', () => {
  expect(addYears('2024-02-29', 1)).toBe('2025-03-01')
  expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
  expect(addYears('1999-12-31', 10)).toBe('2009-12-31')
})
