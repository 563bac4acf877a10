// The rules of money: rounding, allocation, change, and prices that hold from a date.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineAmounts, taxesOf, totalsOf } from './amounts.ts'
import { holdsOn, placeFrom } from './effective-dates.ts'
import { oldestFirst, settle, type SettlementRequest, type Tender } from './settlement.ts'
import { tenderMethods } from './accounts.ts'

test('tax is rounded half away from zero on each line', () => {
  expect(lineAmounts({ quantity: 1, unitMinor: 1005, taxBasisPoints: 1900 })).toEqual({
    netMinor: 1005,
    taxMinor: 191,
  })
  expect(lineAmounts({ quantity: 1, unitMinor: 50, taxBasisPoints: 500 })).toEqual({
    netMinor: 50,
    taxMinor: 3,
  })
  expect(lineAmounts({ quantity: -1, unitMinor: 50, taxBasisPoints: 500 })).toEqual({
    netMinor: -50,
    taxMinor: -3,
  })
  expect(lineAmounts({ quantity: 3, unitMinor: 999, taxBasisPoints: 0 })).toEqual({
    netMinor: 2997,
    taxMinor: 0,
  })
})

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 99 }),
  unitMinor: fc.integer({ min: 0, max: 10_000_000 }),
  taxBasisPoints: fc.constantFrom(0, 700, 1900, 825, 1),
})

test('totals are the sums of their lines, and so are the taxes by rate', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const priced = lines.map((l) => ({ ...l, ...lineAmounts(l) }))
      const totals = totalsOf(priced)
      const taxes = taxesOf(priced)
      expect(totals.totalMinor).toBe(totals.netMinor + totals.taxMinor)
      expect(taxes.reduce((s, t) => s + t.netMinor, 0)).toBe(totals.netMinor)
      expect(taxes.reduce((s, t) => s + t.taxMinor, 0)).toBe(totals.taxMinor)
      expect(new Set(taxes.map((t) => t.basisPoints)).size).toBe(taxes.length)
    }),
  )
})

const tender: fc.Arbitrary<Tender> = fc.record({
  method: fc.constantFrom(...tenderMethods),
  amountMinor: fc.integer({ min: 1, max: 100_000 }),
  reference: fc.constant(null),
})
const owed = fc
  .array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 5 })
  .map((dues) => dues.map((dueMinor, i) => ({ invoiceId: `i${i}`, dueMinor })))

test('a settlement keeps every unit: what was given is used, credit or change', () => {
  fc.assert(
    fc.property(
      fc.array(tender, { minLength: 1, maxLength: 4 }),
      owed,
      fc.constantFrom('change' as const, 'credit' as const),
      (tenders, dues, excess) => {
        const request: SettlementRequest = { tenders, owed: dues, chosen: null, excess }
        const given = tenders.reduce((s, t) => s + t.amountMinor, 0)
        const due = dues.reduce((s, d) => s + d.dueMinor, 0)
        const cash = tenders.reduce((s, t) => s + (t.method === 'cash' ? t.amountMinor : 0), 0)
        const refused = excess === 'change' && given > due && (given - due > cash || due === 0)
        if (refused) {
          expect(() => settle(request)).toThrow('TOO_MUCH')
          return
        }
        const result = settle(request)
        const kept = result.tenders.reduce((s, t) => s + t.amountMinor, 0)
        const used = result.shares.reduce((s, x) => s + x.amountMinor, 0)
        expect(kept + result.changeMinor).toBe(given)
        expect(kept).toBe(result.totalMinor)
        expect(used + result.creditMinor).toBe(kept)
        expect(result.changeMinor).toBeLessThanOrEqual(cash)
        expect(used).toBe(Math.min(given, due))
        for (const share of result.shares)
          expect(share.amountMinor).toBeLessThanOrEqual(
            dues.find((d) => d.invoiceId === share.invoiceId)?.dueMinor ?? 0,
          )
      },
    ),
  )
})

test('the oldest invoice is served first; a chosen share never exceeds what is due', () => {
  const dues = [
    { invoiceId: 'old', dueMinor: 30 },
    { invoiceId: 'new', dueMinor: 50 },
  ]
  expect(oldestFirst(40, dues)).toEqual([
    { invoiceId: 'old', amountMinor: 30 },
    { invoiceId: 'new', amountMinor: 10 },
  ])
  const choose = (amountMinor: number, invoiceId = 'new') =>
    settle({
      tenders: [{ method: 'card', amountMinor: 50, reference: null }],
      owed: dues,
      chosen: [{ invoiceId, amountMinor }],
      excess: 'credit',
    })
  expect(choose(50).shares).toEqual([{ invoiceId: 'new', amountMinor: 50 }])
  expect(choose(20).creditMinor).toBe(30)
  expect(() => choose(51)).toThrow('TOO_MUCH')
  expect(() => choose(1, 'paid')).toThrow('NOT_FOUND')
})

test('prices placed in any order leave each day with one answer at most, the one placed last from its day on', () => {
  const dayOf = (n: number) => `2026-01-${String(n).padStart(2, '0')}`
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 28 }), { maxLength: 12 }), (starts) => {
      let prices: { validFrom: string; validUntil: string | null }[] = []
      for (const start of starts) {
        const place = placeFrom(dayOf(start), prices)
        prices = prices
          .filter((p) => p !== place.replaced)
          .map((p) => (p === place.cut ? { ...p, validUntil: place.cutUntil } : p))
        prices.push({ validFrom: dayOf(start), validUntil: place.validUntil })
      }
      for (let n = 1; n <= 28; n++) {
        const latest = Math.max(...starts.filter((s) => s <= n), 0)
        const holding = prices.filter((p) => holdsOn(p, dayOf(n)))
        expect(holding.map((p) => p.validFrom)).toEqual(latest === 0 ? [] : [dayOf(latest)])
      }
    }),
  )
})
