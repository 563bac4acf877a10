// A suggested sign-in name is one the clinic accepts, or nothing.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Username } from '#modules/session/shared/contract.ts'
import { suggestUsername } from './username.ts'

test.each([
  ['Dr. Maria Keller', 'maria.keller'],
  ['María José Núñez-Ruiz', 'maria.nunez-ruiz'],
  ['Søren Ødegård', 'soren.odegard'],
  ['Plato', 'plato'],
  ['Nurse Anna Blau', 'anna.blau'],
  ['مريم الخالدي', ''],
  ['O’Connor', 'oconnor'],
  ['X', ''],
])('%s suggests %s', (name, username) => {
  expect(suggestUsername(name)).toBe(username)
})

test('whatever is suggested is accepted', () => {
  const acceptable = fc.property(fc.string({ unit: 'grapheme' }), (name) => {
    const username = suggestUsername(name)
    return username === '' || Username.safeParse(username).success
  })
  expect(() => fc.assert(acceptable)).not.toThrow()
})
