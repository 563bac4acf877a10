// How a measured value reads: digits as received, its unit beside it, and whether somebody marked it abnormal.
// Judges nothing by itself except against the range that came with the value. Words live in i18n.ts.
import type { ObservationLine } from '../shared/contract.ts'
import { diastolicCode, systolicCode } from '../shared/vital-signs.ts'

type MeasuredValue = Pick<
  ObservationLine,
  'valueKind' | 'valueNumber' | 'valueText' | 'comparator' | 'unit' | 'ucum'
>

export interface Measured {
  /** Digits or words as received, machine noise shortened; `null` where no value came. */
  readonly value: string | null
  readonly unit: string | null
  /** The value to the last digit, where `value` is a shortened form of it. */
  readonly exact?: string
}

export type Mark = 'critical-high' | 'high' | 'low' | 'critical-low' | 'abnormal' | 'critical'

const comparators: Readonly<Record<string, string>> = { '<': '<', '>': '>', '<=': '≤', '>=': '≥', ad: '≈' }

export function measuredOf(value: MeasuredValue): Measured {
  const text = value.valueText ?? (value.valueNumber === null ? null : String(value.valueNumber))
  if (text === null || text === '') return { value: null, unit: null }
  const comparator = value.comparator ? (comparators[value.comparator] ?? value.comparator) : ''
  const short = readableDigits(text)
  const exact = short === text ? {} : { exact: comparator + text }
  return { value: comparator + short, unit: unitOf(value), ...exact }
}

/**
 * Digits are kept as they came ("7.40" is not "7.4"), up to what a measurement can mean. More than seven significant
 * digits with a long fraction is how computers print binary numbers: those are shown to four, and in full on opening.
 */
export function readableDigits(text: string): string {
  const parts = /^-?(\d+)\.(\d+)$/.exec(text)
  if (!parts) return text
  const [whole = '', fraction = ''] = parts.slice(1)
  const significant = (whole + fraction).replace(/^0+/, '').length
  if (significant <= 7 || fraction.length <= 4) return text
  const size = Math.abs(Number(text))
  if (size >= 1000) return Number(text).toFixed(0)
  return size >= 1 ? Number(text).toFixed(size >= 100 ? 1 : 2) : String(Number(Number(text).toPrecision(3)))
}

/** A blood pressure is read as one value made of its two parts; `null` where either is missing. */
export function bloodPressureOf(observation: Pick<ObservationLine, 'components'>): Measured | null {
  const part = (code: string) => observation.components.find((c) => c.code === code)
  const [systolic, diastolic] = [part(systolicCode), part(diastolicCode)]
  if (!systolic || !diastolic) return null
  const [over, under] = [measuredOf(systolic), measuredOf(diastolic)]
  if (over.value === null || under.value === null) return null
  const exact =
    over.exact || under.exact ? { exact: `${over.exact ?? over.value}/${under.exact ?? under.value}` } : {}
  return { value: `${over.value}/${under.value}`, unit: over.unit ?? under.unit, ...exact }
}

/** The value of an observation, a blood pressure included. */
export const readingOf = (observation: ObservationLine): Measured =>
  bloodPressureOf(observation) ?? measuredOf(observation)

function unitOf({ unit, ucum }: Pick<MeasuredValue, 'unit' | 'ucum'>): string | null {
  const written = unit ?? ucum
  if (!written) return null
  return unit === null || unit === ucum ? readableUcum(written) || null : written
}

const knownUnits: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '[degF]': '°F',
  '[lb_av]': 'lb',
  '[oz_av]': 'oz',
  '[in_i]': 'in',
  '[ft_i]': 'ft',
  '1': '',
}
const superscript = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** UCUM codes as people write them: 10*3/uL as 10³/µL, mL/min/{1.73_m2} as mL/min/1.73 m². Same unit, other letters. */
export function readableUcum(code: string): string {
  const known = knownUnits[code]
  if (known !== undefined) return known
  return code
    .replace(/\{([^}]*)\}/g, (_all, note: string) => (/^\d/.test(note) ? note.replaceAll('_', ' ') : ''))
    .replace(/\[([A-Za-z]+)(?:_[a-z]+)?\]/g, '$1')
    .replace(/10\*(\d+)/g, (_all, power: string) => `10${superscripts(power)}`)
    .replace(/(^|[/. ])u(?=g|L|mol|m\b|U)/g, '$1µ')
    .replace(/(m)([23])\b/g, (_all, metre: string, power: string) => metre + superscripts(power))
    .replaceAll('.', (dot: string, at: number, all: string) => (/\d/.test(all[at - 1] ?? '') ? dot : '·'))
    .trim()
}

const superscripts = (digits: string) =>
  Array.from(digits, (digit) => superscript[Number(digit)] ?? digit).join('')

// HL7 v3 ObservationInterpretation, as FHIR R4 binds it.
const marks: Readonly<Record<string, Mark>> = {
  HH: 'critical-high',
  HU: 'critical-high',
  H: 'high',
  LL: 'critical-low',
  LU: 'critical-low',
  L: 'low',
  A: 'abnormal',
  AA: 'critical',
}
const unmarked: ReadonlySet<string> = new Set(['N', 'IND', 'E', 'NEG', 'ND', 'NR'])

/** What the sender said about the value; failing that, where it lies in the range that came with it. */
export function markOf(
  observation: Pick<
    ObservationLine,
    'interpretation' | 'valueNumber' | 'comparator' | 'rangeLow' | 'rangeHigh'
  >,
): Mark | null {
  const said = observation.interpretation?.trim()
  if (said) {
    const mark = marks[said.toUpperCase()] ?? wordMarks[said.toLowerCase()]
    if (mark) return mark
    if (unmarked.has(said.toUpperCase()) || said.toLowerCase() === 'normal') return null
  }
  const { valueNumber, rangeLow, rangeHigh } = observation
  if (valueNumber === null || observation.comparator) return null
  if (rangeHigh !== null && valueNumber > rangeHigh) return 'high'
  if (rangeLow !== null && valueNumber < rangeLow) return 'low'
  return null
}

const wordMarks: Readonly<Record<string, Mark>> = {
  high: 'high',
  'critical high': 'critical-high',
  'critically high': 'critical-high',
  low: 'low',
  'critical low': 'critical-low',
  'critically low': 'critical-low',
  abnormal: 'abnormal',
  'critical abnormal': 'critical',
  'critically abnormal': 'critical',
}

/** The sign beside the word: colour never speaks alone. */
export const signOf: Readonly<Record<Mark, string>> = {
  'critical-high': '↑↑',
  high: '↑',
  low: '↓',
  'critical-low': '↓↓',
  abnormal: '!',
  critical: '!!',
}

/** The range beside a value, in the words or numbers it came with. */
export function rangeOf(o: Pick<ObservationLine, 'rangeLow' | 'rangeHigh' | 'rangeText'>): string | null {
  if (o.rangeText) return o.rangeText
  if (o.rangeLow !== null && o.rangeHigh !== null) return `${o.rangeLow}–${o.rangeHigh}`
  if (o.rangeHigh !== null) return `≤ ${o.rangeHigh}`
  if (o.rangeLow !== null) return `≥ ${o.rangeLow}`
  return null
}
