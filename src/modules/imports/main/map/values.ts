// Measured values: Quantity and the other choices of value[x], Age and Range in words (FHIR R4 data types).
import { clip, type Decimal, type FhirElement } from '../fhir-element.ts'

const ucumSystem = 'http://unitsofmeasure.org'

export interface ValueColumns {
  value_kind: string | null
  value_number: number | null
  value_text: string | null
  value_comparator: string | null
  value_unit: string | null
  value_ucum: string | null
  value_system: string | null
  value_code: string | null
}

export const noValue: ValueColumns = {
  value_kind: null,
  value_number: null,
  value_text: null,
  value_comparator: null,
  value_unit: null,
  value_ucum: null,
  value_system: null,
  value_code: null,
}

const comparators = ['<', '<=', '>=', '>'] as const

/** The one value[x] of an Observation or of a component. */
export function valueOf(r: FhirElement): ValueColumns {
  const keys = Object.keys(r.raw).filter((k) => /^value[A-Z]/.test(k) && r.has(k))
  const key = keys[0]
  if (key === undefined) return noValue
  if (keys.length > 1) throw r.fault(keys[1] ?? key)
  const read = readers[key]
  if (!read) throw r.fault(key)
  return { ...noValue, ...read(r, key) }
}

type Read = (r: FhirElement, key: string) => Partial<ValueColumns>

const readers: Readonly<Record<string, Read>> = {
  valueQuantity: (r, key) => {
    const q = r.one(key)
    if (!q) return {}
    const value = q.decimal('value')
    return {
      value_kind: 'quantity',
      value_number: value?.number ?? null,
      value_text: value?.text ?? null,
      value_comparator: q.code('comparator', comparators),
      ...unitOf(q),
    }
  },
  valueCodeableConcept: (r, key) => {
    const coded = r.coded(key)
    if (!coded) throw r.fault(key)
    return {
      value_kind: 'codeable',
      value_text: coded.display,
      value_system: coded.system,
      value_code: coded.code,
    }
  },
  valueString: (r, key) => ({ value_kind: 'string', value_text: r.text(key) }),
  valueBoolean: (r, key) => ({ value_kind: 'boolean', value_text: String(r.flag(key)) }),
  valueInteger: (r, key) => {
    const n = r.integer(key)
    return { value_kind: 'integer', value_number: n, value_text: n === null ? null : String(n) }
  },
  valueRange: (r, key) => {
    const range = r.one(key)
    return {
      value_kind: 'range',
      value_text: rangeWords(range),
      ...unitOf(range?.one('low') ?? range?.one('high')),
    }
  },
  valueRatio: (r, key) => {
    const ratio = r.one(key)
    const parts = [quantityWords(ratio?.one('numerator')), quantityWords(ratio?.one('denominator'))]
    return { value_kind: 'ratio', value_text: parts.filter((p) => p !== null).join(' : ') || null }
  },
  valueTime: (r, key) => ({ value_kind: 'time', value_text: r.text(key) }),
  valueDateTime: (r, key) => ({ value_kind: 'dateTime', value_text: r.timeText(key) }),
  valuePeriod: (r, key) => {
    const period = r.one(key)
    const ends = [period?.timeText('start') ?? '', period?.timeText('end') ?? '']
    return { value_kind: 'period', value_text: ends.join('/') }
  },
  valueSampledData: (r, key) => {
    const data = r.one(key)
    return {
      value_kind: 'sampled',
      value_text: clip(data?.text('data') ?? null, 200),
      ...unitOf(data?.one('origin')),
    }
  },
}

export function unitOf(q: FhirElement | null | undefined): Pick<ValueColumns, 'value_unit' | 'value_ucum'> {
  const code = q?.line('code', 100) ?? null
  return {
    value_unit: q?.line('unit', 100) ?? code,
    value_ucum: q?.text('system') === ucumSystem ? code : null,
  }
}

/** "< 5.0 mg/L": number as received, with its unit. */
export function quantityWords(q: FhirElement | null | undefined): string | null {
  const value = q?.decimal('value')
  if (!q || !value) return null
  const unit = q.line('unit', 100) ?? q.line('code', 100)
  return [q.code('comparator', comparators), value.text, unit].filter((p) => p !== null).join(' ')
}

export function rangeWords(range: FhirElement | null | undefined): string | null {
  const low = range?.one('low')
  const high = range?.one('high')
  const [from, to] = [low?.decimal('value')?.text, high?.decimal('value')?.text]
  if (from === undefined && to === undefined) return null
  const unit =
    high?.line('unit', 100) ?? high?.line('code', 100) ?? low?.line('unit', 100) ?? low?.line('code', 100)
  const words = from === undefined ? `≤ ${to}` : to === undefined ? `≥ ${from}` : `${from} – ${to}`
  return unit ? `${words} ${unit}` : words
}

/** onset[x], abatement[x], performed[x]: a time where one is stated, else the words. */
export function whenOf(r: FhirElement, name: string): string | null {
  const period = r.one(`${name}Period`)
  return (
    r.timeText(`${name}DateTime`) ??
    period?.timeText('start') ??
    period?.timeText('end') ??
    quantityWords(r.one(`${name}Age`)) ??
    rangeWords(r.one(`${name}Range`)) ??
    r.line(`${name}String`)
  )
}

export interface DoseColumns {
  dose_value: number | null
  dose_unit: string | null
}

export function doseOf(q: FhirElement | null | undefined): DoseColumns {
  const value: Decimal | null = q?.decimal('value') ?? null
  if (!q || !value) return { dose_value: null, dose_unit: null }
  return { dose_value: value.number, dose_unit: q.line('unit', 100) ?? q.line('code', 100) }
}
