// Units of vital signs and how they turn into each other. Codes and factors: UCUM 2.1 (ucum.org), tables 4.1, 4.2 and 8:
// [lb_av] is 7000 [gr] of 64.79891 mg, [in_i] is 2.54 cm, m[Hg] is 133.3220 kPa, [degF] is K * 5/9 from 459.67 below zero.

export const unitCodes = [
  'Cel',
  '[degF]',
  'mm[Hg]',
  'kPa',
  'kg',
  'g',
  '[lb_av]',
  'cm',
  '[in_i]',
  '/min',
  '%',
  '{score}',
  'kg/m2',
] as const
export type UnitCode = (typeof unitCodes)[number]

interface Unit {
  /** As people write it. */
  readonly label: string
  /** What may stand behind a number to say this unit, in lower case. */
  readonly typed: readonly string[]
  /** value in `base` = (value + offset) * over / under */
  readonly base: UnitCode
  readonly over: number
  readonly under: number
  readonly offset: number
}

const own = (base: UnitCode, label: string, typed: readonly string[]): Unit => ({
  label,
  typed,
  base,
  over: 1,
  under: 1,
  offset: 0,
})

export const units: { readonly [C in UnitCode]: Unit } = {
  Cel: own('Cel', '°C', ['c', '°c']),
  '[degF]': { ...own('Cel', '°F', ['f', '°f']), over: 5, under: 9, offset: -32 },
  'mm[Hg]': own('mm[Hg]', 'mmHg', ['mmhg']),
  kPa: { ...own('mm[Hg]', 'kPa', ['kpa']), over: 1_000_000, under: 133_322 },
  kg: own('kg', 'kg', ['kg', 'kgs']),
  g: { ...own('kg', 'g', ['g']), under: 1_000 },
  '[lb_av]': { ...own('kg', 'lb', ['lb', 'lbs']), over: 45_359_237, under: 100_000_000 },
  cm: own('cm', 'cm', ['cm']),
  '[in_i]': { ...own('cm', 'in', ['in', '"', 'inch', 'inches']), over: 254, under: 100 },
  '/min': own('/min', '/min', ['/min', 'bpm']),
  '%': own('%', '%', ['%']),
  '{score}': own('{score}', '/10', []),
  'kg/m2': own('kg/m2', 'kg/m²', []),
}

export const isUnitCode = (code: string): code is UnitCode => (unitCodes as readonly string[]).includes(code)

/** `null` where the two measure different things. */
export function convert(value: number, from: UnitCode, to: UnitCode): number | null {
  if (from === to) return value
  const [a, b] = [units[from], units[to]]
  if (a.base !== b.base) return null
  return (((value + a.offset) * a.over) / a.under) * (b.under / b.over) - b.offset
}

export function roundTo(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round((value + Number.EPSILON) * scale) / scale
}
