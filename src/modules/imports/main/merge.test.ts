// Versions, merging a patient, packing: the pure decisions of filing.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Patient, RegisterPatient } from '#modules/patients/shared/contract.ts'
import { identityDiffers, mergePatient } from './merge-patient.ts'
import { GroupTooLarge, packStaged, type StagedResource, unpackStaged } from './staged.ts'
import { losersOf } from './versions.ts'

const phone = (value: string, id?: string) => ({
  system: 'phone' as const,
  use: 'home' as const,
  value,
  rank: null,
  ...(id ? { id } : {}),
})
const person: RegisterPatient = {
  name: 'Ana Sol',
  family: 'Sol',
  given: 'Ana',
  prefix: null,
  suffix: null,
  birthDate: '1980-01-01',
  birthDateEstimated: false,
  gender: 'female',
  deceased: false,
  deceasedAt: null,
  active: true,
  language: null,
  maritalStatus: null,
  identifiers: [],
  telecoms: [phone('1')],
  addresses: [],
  contacts: [],
  otherNames: [],
}
const stored = (changes: Partial<RegisterPatient> = {}) =>
  ({ ...person, telecoms: [phone('1', 'a')], ...changes }) as Patient

describe('a patient comes again', () => {
  test('the same: nothing to do', () => {
    expect(mergePatient(person, person, stored())).toEqual({ changes: {}, contested: [] })
  })

  test('what the source changed is taken over, whole groups at a time', () => {
    const says = { ...person, name: 'Ana Mar', family: 'Mar' }
    expect(mergePatient(person, says, stored()).changes).toEqual({
      name: 'Ana Mar',
      family: 'Mar',
      given: 'Ana',
      prefix: null,
      suffix: null,
    })
  })

  test('what was edited here stays; where the source changed it too, a person decides', () => {
    const edited = stored({ name: 'Ana Luz', family: 'Luz' })
    expect(mergePatient(person, person, edited)).toEqual({ changes: {}, contested: [] })
    const { changes, contested } = mergePatient(
      person,
      { ...person, name: 'Ana Mar', gender: 'other' },
      edited,
    )
    expect(changes).toEqual({ gender: 'other' })
    expect(contested).toEqual(['name_text', 'family', 'given', 'prefix', 'suffix'])
    expect(mergePatient(person, { ...person, name: 'Ana Luz', family: 'Luz' }, edited).contested).toEqual([])
  })

  test('a changed number takes the place of the old one; a new kind is added; nothing is taken away', () => {
    expect(mergePatient(person, { ...person, telecoms: [phone('2')] }, stored()).changes.telecoms).toEqual([
      phone('2', 'a'),
    ])
    const work = { ...phone('3'), use: 'work' as const }
    expect(
      mergePatient(person, { ...person, telecoms: [phone('1'), work] }, stored()).changes.telecoms,
    ).toEqual([work])
    expect(mergePatient(person, { ...person, telecoms: [] }, stored()).changes).toEqual({})
    const edited = stored({ telecoms: [phone('9', 'a')] } as never)
    expect(mergePatient(person, { ...person, telecoms: [phone('2')] }, edited).changes.telecoms).toEqual([
      phone('2'),
    ])
  })

  test.each([
    ['Ana Sol', '1980-01-01', false],
    ['SOL, Ána', '1999-09-09', false],
    ['Eva Luz', '1980-01-01', false],
    ['Eva Luz', '1999-09-09', true],
    ['Eva Luz', null, true],
  ])('%s born %s under the same id is somebody else: %s', (name, birthDate, differs) => {
    expect(identityDiffers({ name, birthDate }, person)).toBe(differs)
  })

  test.each([null, '1980', '1980-01'])(
    'an equal birth date of %s makes two names no one person',
    (birthDate) => {
      expect(identityDiffers({ name: 'Eva Luz', birthDate }, { name: 'Bob Lee', birthDate })).toBe(true)
      expect(identityDiffers({ name: 'LEE, Bob', birthDate }, { name: 'Bob Lee', birthDate })).toBe(false)
    },
  )
})

describe('versions', () => {
  const version = (id: string, versionMs: number | null, digest: string) => ({
    key: ['n', 'T', id] as const,
    versionMs,
    digest,
  })

  test('the newer by date stands, else the later in order; of equal texts the first', () => {
    const mixed = [
      version('a', 2, 'x'),
      version('a', 1, 'y'),
      version('b', null, 'x'),
      version('b', null, 'y'),
      version('c', 1, 'x'),
    ]
    expect(losersOf(mixed)).toEqual(new Set([1, 2]))
    const four = [version('a', null, '1'), version('a', 1, '2'), version('a', 3, '3'), version('a', 2, '4')]
    expect(losersOf(four)).toEqual(new Set([0, 1, 3]))
    expect(losersOf([version('a', null, 'x'), version('a', null, 'y'), version('a', null, 'x')])).toEqual(
      new Set([1, 2]),
    )
  })

  test('exactly one of each identity stands', () => {
    const one = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      versionMs: fc.option(fc.nat(3)),
      digest: fc.constantFrom('x', 'y'),
    })
    fc.assert(
      fc.property(fc.array(one), (list) => {
        const losers = losersOf(list.map((v) => version(v.id, v.versionMs, v.digest)))
        const standing = list.filter((_, i) => !losers.has(i)).map((v) => v.id)
        expect(standing.sort()).toEqual([...new Set(list.map((v) => v.id))].sort())
      }),
    )
  })
})

test('what is packed is not unpacked beyond the room there is', () => {
  const content = new Uint8Array(100)
  const one = {
    place: '',
    key: ['n', 'T', '1'] as const,
    digest: '',
    title: 'x'.repeat(5000),
    clinicalAt: null,
  }
  const blob = packStaged([{ ...one, atMs: null, versionMs: null, draft: null, content }])
  const room = { left: 10_000 }
  expect(unpackStaged(blob, room)).toHaveLength(1)
  expect(room.left).toBeLessThan(4900)
  expect(() => unpackStaged(blob, room)).toThrow(GroupTooLarge)
  expect(() => unpackStaged(blob, { left: 50 })).toThrow(GroupTooLarge)
})

test('what is packed comes out the same', () => {
  const resource = fc.record({
    place: fc.string(),
    key: fc.tuple(fc.string(), fc.string(), fc.string()),
    digest: fc.string(),
    title: fc.option(fc.string({ unit: 'binary' })),
    clinicalAt: fc.option(fc.string()),
    atMs: fc.option(fc.integer()),
    versionMs: fc.option(fc.integer()),
    draft: fc.constant(null),
    content: fc.uint8Array(),
  })
  fc.assert(
    fc.property(fc.array(resource, { maxLength: 5 }), (list: StagedResource[]) => {
      const plain = (items: StagedResource[]) => items.map((i) => ({ ...i, content: [...i.content] }))
      expect(plain(unpackStaged(packStaged(list)))).toEqual(plain(list))
    }),
    { numRuns: 30 },
  )
})
