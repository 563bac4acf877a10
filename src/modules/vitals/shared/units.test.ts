// Conversions against exact fractions of the UCUM definitions, and there and back again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { convert, roundTo, type UnitCode, unitCodes, units } from './units.ts'

/** UCUM as fractions: value in base = (value + offset) * over / under. Written out again here: the oracle shares no number. */
const exact: Readonly<Record<string, readonly [offset: bigint, over: bigint, under: bigint]>> = {
  '[degF]': [-32n, 5n, 9n],
  // [lb_av] = 7000 [gr], [gr] = 64.79891 mg
  '[lb_av]': [0n, 7000n * 6_479_891n, 100_000n * 1_000_000n],
  g: [0n, 1n, 1000n],
  '[in_i]': [0n, 254n, 100n],
  // m[Hg] = 133.3220 kPa, so one kPa is 1000/133.322 mm[Hg]
  kPa: [0n, 1_000_000n, 133_322n],
}

test('every unit turns into its base as UCUM defines it, to the last digit people read', () => {
  for (const [code, [offset, over, under]] of Object.entries(exact)) {
    const from = code as UnitCode
    for (let tenths = 0n; tenths <= 5000n; tenths += 7n) {
      const thousandths = Number(((tenths + offset * 10n) * over * 100_000n) / (under * 10n)) / 100_000
      const ours = convert(Number(tenths) / 10, from, units[from].base)
      expect(ours, `${tenths} tenths of ${code}`).toBeCloseTo(thousandths, 4)
    }
  }
})

test('well known values', () => {
  expect(convert(98.6, '[degF]', 'Cel')).toBeCloseTo(37, 9)
  expect(convert(37, 'Cel', '[degF]')).toBeCloseTo(98.6, 9)
  expect(convert(-40, 'Cel', '[degF]')).toBeCloseTo(-40, 9)
  expect(convert(150, '[lb_av]', 'kg')).toBe(68.0388555)
  expect(convert(68, '[in_i]', 'cm')).toBeCloseTo(172.72, 9)
  expect(convert(16, 'kPa', 'mm[Hg]')).toBeCloseTo(120.01, 2)
  expect(convert(3450, 'g', 'kg')).toBe(3.45)
})

test('there and back again gives what was typed', () => {
  const pairs = unitCodes.flatMap((from) =>
    unitCodes.filter((to) => units[from].base === units[to].base).map((to) => [from, to] as const),
  )
  fc.assert(
    fc.property(fc.constantFrom(...pairs), fc.integer({ min: 0, max: 70_000 }), ([from, to], hundredths) => {
      const value = hundredths / 100
      const there = convert(value, from, to)
      expect(there).not.toBeNull()
      expect(roundTo(convert(there ?? 0, to, from) ?? -1, 2)).toBe(value)
    }),
  )
})

test('what measures different things does not convert', () => {
  expect(convert(1, 'kg', 'cm')).toBeNull()
  expect(convert(1, 'Cel', 'kPa')).toBeNull()
})
