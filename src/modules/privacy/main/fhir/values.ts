// value[x] of an Observation or a component, from the columns the import fills.
import { codeable, decimal, type Json, num, type Row, str, ucum } from './elements.ts'

const number = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`
const quantityPattern = new RegExp(`^(?:(<=|>=|<|>) )?(${number})(?: (.+))?$`)
const rangePattern = new RegExp(`^(?:(≤|≥) (${number})|(${number}) – (${number}))(?: (.+))?$`)

export function valueElement(row: Row): Record<string, Json | undefined> {
  const text = str(row, 'value_text')
  switch (str(row, 'value_kind')) {
    case undefined:
      return {}
    case 'quantity':
      return {
        valueQuantity: {
          value: decimal(text, num(row, 'value_number')),
          comparator: str(row, 'value_comparator'),
          ...unit(row),
        },
      }
    case 'codeable':
      return { valueCodeableConcept: codeable(str(row, 'value_system'), str(row, 'value_code'), text) }
    case 'boolean':
      return { valueBoolean: text === 'true' }
    case 'integer':
      return { valueInteger: num(row, 'value_number') ?? Number(text) }
    case 'time':
      return { valueTime: text }
    case 'dateTime':
      return { valueDateTime: text }
    case 'period': {
      const [start = '', end = ''] = (text ?? '').split('/')
      return { valuePeriod: { start: start || undefined, end: end || undefined } }
    }
    case 'sampled':
      return {
        valueSampledData: { origin: { value: 0, ...unit(row) }, period: 0, dimensions: 1, data: text },
      }
    case 'range':
      return rangeElement(row, text)
    case 'ratio':
      return ratioElement(text)
    default:
      return { valueString: text }
  }
}

export function unit(row: Row): Record<string, Json | undefined> {
  const code = str(row, 'value_ucum')
  return { unit: str(row, 'value_unit'), system: code === undefined ? undefined : ucum, code }
}

function rangeElement(row: Row, text: string | undefined): Record<string, Json | undefined> {
  const m = rangePattern.exec(text ?? '')
  if (!m) return { valueString: text }
  const [, side, one, from, to, words] = m
  const limit = (value: string | undefined) =>
    value === undefined
      ? undefined
      : { value: decimal(value, Number(value)), ...(str(row, 'value_unit') ? unit(row) : { unit: words }) }
  return {
    valueRange:
      side === undefined
        ? { low: limit(from), high: limit(to) }
        : { [side === '≤' ? 'high' : 'low']: limit(one) },
  }
}

function ratioElement(text: string | undefined): Record<string, Json | undefined> {
  const parts = (text ?? '').split(' : ').map((part) => quantityPattern.exec(part))
  if (parts.length > 2 || parts.some((part) => part === null)) return { valueString: text }
  const [numerator, denominator] = parts.map((m) => ({
    comparator: m?.[1],
    value: decimal(m?.[2], Number(m?.[2])),
    unit: m?.[3],
  }))
  return { valueRatio: { numerator, denominator } }
}
