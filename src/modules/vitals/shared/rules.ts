// What a typed value means and whether it can be: screens judge while somebody types, the clinic judges again on saving.
import { interpret, type Interpretation, type Range, rangeFor, type Age, worse } from './ranges.ts'
import { bmi, limits, type PartKey, type SignKey, signs } from './signs.ts'
import { convert, roundTo, type UnitCode, units } from './units.ts'

export type PartKeyOrMass = PartKey | 'bmi'
export type Gender = 'female' | 'male' | 'other' | 'unknown'

/** One taken sign as it was typed; `second` is the diastolic of a blood pressure. Digits are kept. */
export interface Taken {
  readonly sign: SignKey
  readonly value: string
  readonly second: string | null
  readonly unit: UnitCode
}

export type Reading =
  | { readonly kind: 'empty' }
  /** Not a number, or not one of this sign: `example` shows how it is typed. */
  | { readonly kind: 'unreadable'; readonly example: string }
  | { readonly kind: 'impossible'; readonly impossible: Impossible }
  | { readonly kind: 'taken'; readonly taken: Taken }

export interface Impossible {
  readonly part: PartKeyOrMass
  readonly low: number
  readonly high: number
  readonly unit: UnitCode
}

const decimal = /^\d{1,4}(?:\.\d{1,3})?$/
const typed = /^(\d{1,4}(?:\.\d{1,3})?)(?:\/(\d{1,4}(?:\.\d{1,3})?))?\s*([^\d\s].*)?$/

/** `36.8`, `36,8`, `٣٦٫٨`, `98.6 F`, `120/80`, `16/10.5 kPa`. A unit behind the number wins over the one beside the box. */
export function readTyped(sign: SignKey, text: string, unit: UnitCode): Reading {
  const plain = toAscii(text.trim().toLowerCase())
  if (plain === '') return { kind: 'empty' }
  const example = sign === 'blood-pressure' ? '120/80' : exampleOf(sign)
  const unreadable: Reading = { kind: 'unreadable', example }
  const [, value, second, said] = typed.exec(plain) ?? []
  if (value === undefined) return unreadable
  if ((sign === 'blood-pressure') !== (second !== undefined)) return unreadable
  const meant =
    said === undefined ? unit : signs[sign].units.find((u) => units[u].typed.includes(said.trim()))
  if (meant === undefined) return unreadable
  const taken: Taken = { sign, value, second: second ?? null, unit: meant }
  const impossible = impossibleOf(taken)
  return impossible ? { kind: 'impossible', impossible } : { kind: 'taken', taken }
}

const examples: { readonly [K in SignKey]?: string } = {
  temperature: '36.8',
  weight: '70.5',
  height: '172',
  'head-circumference': '44.5',
  'oxygen-saturation': '97',
  'heart-rate': '72',
  'respiratory-rate': '16',
  pain: '3',
}
const exampleOf = (sign: SignKey) => examples[sign] ?? ''

/** The first part that cannot be, with its limits in the unit that was typed; systolic must lie above diastolic. */
export function impossibleOf(taken: Taken): Impossible | null {
  for (const { part, value } of partsOf(taken)) {
    const base = inBase(value, taken)
    const [low, high] = limits[part]
    const isWhole = part !== 'pain' || Number.isInteger(value)
    if (base === null || base < low || base > high || !isWhole) return limitsIn(part, taken)
  }
  if (taken.second !== null && Number(taken.value) <= Number(taken.second)) {
    return { ...limitsIn('diastolic', taken), high: Number(taken.value) }
  }
  return null
}

function limitsIn(part: PartKey, { sign, unit }: Taken): Impossible {
  const to = (value: number) => roundTo(convert(value, signs[sign].units[0], unit) ?? value, 1)
  const [low, high] = limits[part]
  return { part, low: to(low), high: to(high), unit }
}

export function partsOf({ sign, value, second }: Taken): readonly { part: PartKey; value: number }[] {
  if (sign !== 'blood-pressure') return [{ part: sign, value: Number(value) }]
  return [
    { part: 'systolic', value: Number(value) },
    { part: 'diastolic', value: Number(second ?? Number.NaN) },
  ]
}

/** In the unit ranges are given in, rounded to the digits people read; `null` for a unit of something else. */
export function inBase(value: number, { sign, unit }: Pick<Taken, 'sign' | 'unit'>): number | null {
  if (Number.isNaN(value)) return null
  const base = convert(value, unit, signs[sign].units[0])
  return base === null ? null : roundTo(base, signs[sign].decimals)
}

export interface Judged {
  readonly interpretation: Interpretation | null
  /** In the first unit of the sign, one for each part. */
  readonly ranges: readonly (Range | null)[]
}

export function judge(taken: Taken, age: Age | null, gender: Gender): Judged {
  const judged = partsOf(taken).map(({ part, value }) => {
    const by = rangeFor(part, age, gender)
    const base = inBase(value, taken)
    return { by, interpretation: base === null ? null : interpret(base, by) }
  })
  const [first, second] = judged
  return {
    interpretation: worse(first?.interpretation ?? null, second?.interpretation ?? null),
    ranges: judged.map(({ by }) => by),
  }
}

/** A range as people read it, in the unit that was typed: `36.1–38`, `≤ 89`, `≥ 96`. */
export function rangeWords(by: Range | null, sign: SignKey | 'bmi', unit: UnitCode): string | null {
  if (!by) return null
  const [from, decimals] = sign === 'bmi' ? [bmi.unit, 1] : [signs[sign].units[0], 1]
  const to = (value: number) => String(roundTo(convert(value, from, unit) ?? value, decimals))
  if (by.low !== null && by.high !== null) return `${to(by.low)}–${to(by.high)}`
  if (by.high !== null) return `≤ ${to(by.high)}`
  return by.low === null ? null : `≥ ${to(by.low)}`
}

export interface BodyMass {
  readonly value: number
  readonly interpretation: Interpretation | null
}

/** Weight in kilograms by the square of height in metres, to one digit; `null` while either is missing or it cannot be. */
export function bodyMass(
  weight: Pick<Taken, 'value' | 'unit'> | null,
  height: Pick<Taken, 'value' | 'unit'> | null,
  age: Age | null,
  gender: Gender,
): BodyMass | null {
  const value = bodyMassIndex(weight, height)
  if (value === null || value < limits.bmi[0] || value > limits.bmi[1]) return null
  return { value, interpretation: interpret(value, rangeFor('bmi', age, gender)) }
}

export function bodyMassIndex(
  weight: Pick<Taken, 'value' | 'unit'> | null,
  height: Pick<Taken, 'value' | 'unit'> | null,
): number | null {
  if (!weight || !height) return null
  const kilograms = convert(Number(weight.value), weight.unit, 'kg')
  const centimetres = convert(Number(height.value), height.unit, 'cm')
  if (kilograms === null || centimetres === null || !(centimetres > 0)) return null
  return roundTo(kilograms / (centimetres / 100) ** 2, 1)
}

/** Weight and height that do not belong to one body: one of them is a slip. */
export function impossibleBody(weight: Taken | null, height: Taken | null): Impossible | null {
  const value = bodyMassIndex(weight, height)
  if (value === null) return null
  const [low, high] = limits.bmi
  return value < low || value > high ? { part: 'bmi', low, high, unit: 'kg/m2' } : null
}

/** The units a clinic measures in, by its country; every other one can still be typed behind the number. */
export function usualUnit(sign: SignKey, country: string): UnitCode {
  const isUsCustomary = country === 'US' || country === 'LR' || country === 'PR'
  const [first] = signs[sign].units
  const customary = signs[sign].units.find((u) => u === '[degF]' || u === '[lb_av]' || u === '[in_i]')
  return isUsCustomary && customary ? customary : first
}

export const isDecimal = (text: string): boolean => decimal.test(text)

function toAscii(text: string): string {
  return text
    .replaceAll(/[٠-٩]/g, (c) => String((c.codePointAt(0) ?? 0) - 0x660))
    .replaceAll(/[۰-۹]/g, (c) => String((c.codePointAt(0) ?? 0) - 0x6f0))
    .replaceAll(/(?<=\d)[,\u066b](?=\d)/g, '.')
    .replaceAll(/\s*[/\\]\s*(?=\d)/g, '/')
    .replaceAll(/(?<=^\d{1,4})\s+(?=\d)/g, '/')
}
