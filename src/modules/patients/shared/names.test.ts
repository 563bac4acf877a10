import { describe, expect, test } from 'vitest'
import { proposeNameParts } from './names.ts'

describe('a whole name is split into a proposal', () => {
  test.each([
    ['Hannah Weiss', 'Weiss', 'Hannah'],
    ['Sukarno', null, 'Sukarno'],
    ['', null, null],
    ['  Ana   Sol ', 'Sol', 'Ana'],
    ['Weiss, Hannah Maria', 'Weiss', 'Hannah Maria'],
    ['Maria Luisa Anna Karen van der Berg', 'van der Berg', 'Maria Luisa Anna Karen'],
    ['Seán O’Connor', 'O’Connor', 'Seán'],
    ['Jean-Luc Le-Goff', 'Le-Goff', 'Jean-Luc'],
    ['محمد عبد الله', 'عبد الله', 'محمد'],
    ['ليلى حداد', 'حداد', 'ليلى'],
    ['李 小龙', '李', '小龙'],
    ['李小龙', '李', '小龙'],
    ['欧阳娜娜', '欧阳', '娜娜'],
    ['김철수', '김', '철수'],
    ['Анна Каренина', 'Каренина', 'Анна'],
    ['van Dijk', 'Dijk', 'van'],
  ])('%s', (text, family, given) => {
    expect(proposeNameParts(text)).toEqual({ family, given })
  })
})
