// The value of a measurement, its reading and its normal range, in the data types CDA has for them.
import { num, type Row, str } from '../fhir/elements.ts'
import { coded, digits, fixedCode, onlyWords, quantity, time, timeStamp } from './data-types.ts'
import { interpretation } from './oids.ts'
import { el, type Element } from './xml.ts'

const absent: Readonly<Record<string, string>> = {
  unknown: 'UNK',
  'asked-unknown': 'ASKU',
  'temp-unknown': 'NAV',
  'not-asked': 'NASK',
  'asked-declined': 'ASKU',
  masked: 'MSK',
  'not-applicable': 'NA',
  'not-a-number': 'OTH',
  'negative-infinity': 'NINF',
  'positive-infinity': 'PINF',
}

/** The value in the type it has. What CDA has no type for here stands as the words people read. */
export function valueOf(row: Row, words: string, absentType: 'ST' | 'PQ' = 'ST'): Element {
  const [kind, text] = [str(row, 'value_kind'), str(row, 'value_text')]
  const number = digits(row)
  switch (kind) {
    case undefined:
      return el('value', {
        'xsi:type': absentType,
        nullFlavor: absent[str(row, 'absent_reason') ?? ''] ?? 'NI',
      })
    case 'quantity':
      return number === undefined ? said(text) : quantityOf(row, number)
    case 'codeable':
      return coded(
        'value',
        { system: str(row, 'value_system'), code: str(row, 'value_code'), display: text },
        words,
        { type: 'CD' },
      )
    case 'integer':
      return number !== undefined && /^-?\d+$/.test(number)
        ? el('value', { 'xsi:type': 'INT', value: number })
        : said(text)
    case 'boolean':
      return text === 'true' || text === 'false' ? el('value', { 'xsi:type': 'BL', value: text }) : said(text)
    case 'dateTime':
      return timeStamp(text) === undefined ? said(text) : time('value', text, 'TS')
    default:
      return said(text)
  }
}
const said = (text: string | undefined): Element =>
  text === undefined
    ? el('value', { 'xsi:type': 'ST', nullFlavor: 'NI' })
    : el('value', { 'xsi:type': 'ST' }, text)

/** "> 500" is the range above 500, without 500 itself. */
function quantityOf(row: Row, number: string): Element {
  const [ucum, unit] = [str(row, 'value_ucum'), str(row, 'value_unit')]
  const comparator = str(row, 'value_comparator')
  if (comparator === undefined) return quantity('value', number, ucum, unit, { 'xsi:type': 'PQ' })
  const isAbove = comparator.startsWith('>')
  const limit = quantity(isAbove ? 'low' : 'high', number, ucum, unit, {
    inclusive: comparator.endsWith('=') ? 'true' : 'false',
  })
  return el(
    'value',
    { 'xsi:type': 'IVL_PQ' },
    isAbove ? limit : el('low', { nullFlavor: 'NINF' }),
    isAbove ? el('high', { nullFlavor: 'PINF' }) : limit,
  )
}

export const readings = (row: Row, words: string): Element[] =>
  (str(row, 'interpretation')?.split(', ') ?? []).map((part) =>
    /^([A-Z]{1,3}|[<>]|HX|LX)$/.test(part)
      ? fixedCode('interpretationCode', part, interpretation)
      : onlyWords('interpretationCode', words),
  )

export function rangeOf(row: Row): Element[] {
  const [low, high, text] = [num(row, 'range_low'), num(row, 'range_high'), str(row, 'range_text')]
  if (low === undefined && high === undefined && text === undefined) return []
  // Limits carry the unit of the value, else they would be read as of another one.
  const isQuantity = str(row, 'value_kind') === 'quantity'
  const [ucum, unit] = isQuantity ? [str(row, 'value_ucum'), str(row, 'value_unit')] : [undefined, undefined]
  const limit = (name: string, value: number | undefined) =>
    value === undefined ? undefined : quantity(name, String(value), ucum, unit)
  return [
    el(
      'referenceRange',
      {},
      el(
        'observationRange',
        {},
        text === undefined ? undefined : el('text', {}, text),
        low === undefined && high === undefined
          ? undefined
          : el('value', { 'xsi:type': 'IVL_PQ' }, limit('low', low), limit('high', high)),
      ),
    ),
  ]
}
