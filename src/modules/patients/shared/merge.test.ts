import { expect, test } from 'vitest'
import { type Amendable, changedGroups, mergeAmendments, takeGroup } from './merge.ts'

const base: Amendable = {
  name: 'Ana Sol',
  family: 'Sol',
  given: 'Ana',
  prefix: null,
  suffix: null,
  birthDate: '1990-02-03',
  birthDateEstimated: false,
  gender: 'female',
  deceased: false,
  deceasedAt: null,
  active: true,
  language: null,
  maritalStatus: null,
  identifiers: [],
  telecoms: [{ id: '0', system: 'phone', use: null, value: '555', rank: null }],
  addresses: [],
  contacts: [],
  otherNames: [],
} as unknown as Amendable

const phone = (value: string, id?: string) =>
  [
    { ...(id ? { id } : {}), use: null, system: 'phone', value, rank: null },
  ] as unknown as Amendable['telecoms']

test('what only the other person changed is taken over', () => {
  const merge = mergeAmendments(base, { ...base, gender: 'other' }, { ...base, language: 'tr' })
  expect(merge).toMatchObject({
    taken: ['language'],
    clashes: [],
    merged: { gender: 'other', language: 'tr' },
  })
})

test('where both changed the same thing, mine stands until a person chooses', () => {
  const theirs = { ...base, name: 'Ana Solis', family: 'Solis', telecoms: phone('777') }
  const merge = mergeAmendments(base, { ...base, name: 'Anna Sol', given: 'Anna' }, theirs)
  expect(merge).toMatchObject({ clashes: ['name'], taken: ['telecoms'] })
  expect(merge.merged).toMatchObject({ name: 'Anna Sol', family: 'Sol', given: 'Anna' })
  expect(merge.merged.telecoms).toEqual(phone('777'))
  expect(takeGroup('name', merge.merged, theirs)).toMatchObject({
    name: 'Ana Solis',
    family: 'Solis',
    given: 'Ana',
  })
})

test('the same change by both is no clash, whatever the row ids and the order of keys', () => {
  const merge = mergeAmendments(
    base,
    { ...base, telecoms: phone('999') },
    { ...base, telecoms: phone('999', 'theirs') },
  )
  expect(merge).toMatchObject({ clashes: [], taken: [] })
  expect(merge.merged.telecoms).toEqual(phone('999', 'theirs'))
})

test('a birth date and whether it is estimated are one fact', () => {
  const merge = mergeAmendments(
    base,
    { ...base, birthDateEstimated: true },
    { ...base, birthDate: '1991-02-03' },
  )
  expect(merge.clashes).toEqual(['birthDate'])
})

test('nothing changed is nothing to save', () => {
  expect(changedGroups(base, { ...base, telecoms: phone('555') })).toEqual([])
})
