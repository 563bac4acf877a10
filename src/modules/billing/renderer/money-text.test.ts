// Amounts in forms: what is shown can be typed back, and the form foretells what posting will do.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountText, outlookOf, readAmount, readTenders } from './money-text.ts'

test('every amount shown in a box is read back as the same amount, in any language and currency', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e10 }),
      fc.constantFrom('en', 'de', 'fr', 'ar', 'de-CH', 'pt'),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      (minor, locale, currency) => {
        expect(readAmount(amountText(minor, currency, locale), currency, locale)).toBe(minor)
      },
    ),
  )
})

const typed = (method: 'cash' | 'card', amount: string, key = 0) => ({ key, method, amount, reference: ' ' })

test('empty lines pay nothing, unreadable ones stop the form', () => {
  expect(readTenders([typed('cash', ''), typed('card', '12,50', 1)], 'EUR', 'en')).toEqual([
    { method: 'card', amountMinor: 1250, reference: null },
  ])
  expect(readTenders([typed('cash', 'twelve')], 'EUR', 'en')).toBeNull()
  expect(readTenders([typed('cash', '-5')], 'EUR', 'en')).toBeNull()
})

test('the form says what will happen: exact, left to pay, change out of cash, more than can be taken', () => {
  const look = (method: 'cash' | 'card', amount: string, payable = 5000) =>
    outlookOf(readTenders([typed(method, amount)], 'EUR', 'en') ?? [], payable)
  expect(look('card', '50')).toEqual({ kind: 'exact' })
  expect(look('card', '30')).toEqual({ kind: 'left', minor: 2000 })
  expect(look('cash', '60')).toEqual({ kind: 'change', minor: 1000 })
  expect(look('card', '60')).toEqual({ kind: 'beyond', minor: 1000 })
  expect(look('cash', '60', 0)).toEqual({ kind: 'beyond', minor: 6000 })
})

test('three digits behind a point of one’s own are fils, and behind the other sign still two amounts at once', () => {
  expect(readAmount('12.500', 'KWD', 'en')).toBe(12_500)
  expect(readAmount('12,500', 'TND', 'fr')).toBe(12_500)
  expect(readAmount('12,500', 'KWD', 'en')).toBeNull()
  expect(readAmount('12.500', 'EUR', 'en')).toBeNull()
  expect(readAmount('12.5', 'KWD', 'en')).toBe(12_500)
})
