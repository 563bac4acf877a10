// Two writings of one name, number or date become the same tokens; different ones stay apart.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldText, spelledOut } from './fold.ts'
import { parseSearch } from './search-query.ts'
import {
  identifierTokens,
  nameTokens,
  phoneKey,
  phoneTokens,
  searchTermsOf,
  sortKeyOf,
} from './search-terms.ts'

describe('folding', () => {
  test.each([
    ['José María', 'jose maria'],
    ['STRAẞE Weiß', 'strasse weiss'],
    ['İstanbul Işık ısı', 'istanbul isik isi'],
    ['Łukasz Żółć', 'lukasz zolc'],
    ['Søren Ærø Œuvre', 'soren aero oeuvre'],
    ['Đặng Thị Ðuro Þór', 'dang thi duro thor'],
    ['Ўткір Ёлкин Йод', 'уткір елкин иод'],
    ['Μάριος Ἀθηνᾶ Νίκος', 'μαριοσ αθηνα νικοσ'],
    ['أحمد إبراهيم آمنة مصطفى', 'احمد ابراهيم امنه مصطفي'],
    ['مُحَمَّد', 'محمد'],
    ['محـــمد', 'محمد'],
    ['علی کریمی', 'علي كريمي'],
    ['שָׁלוֹם', 'שלום'],
    ['カタカナ ﾊﾝｶｸ', 'かたかな はんかく'],
    ['がぎ', 'がぎ'],
    ['김민수', '김민수'],
    ['प्रिया', 'प्रिया'],
    ['１２３ ٤٥٦ ۷۸۹ ०१', '123 456 789 01'],
    ['ＡＢＣ ﬁn', 'abc fin'],
    ["O’Connor O'Connor O`Connor OʼConnor", "o'connor o'connor o'connor o'connor"],
  ])('%s reads as %s', (written, folded) => {
    expect(foldText(written)).toBe(folded)
  })

  test('folding what is folded changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const once = foldText(text)
        expect(foldText(once)).toBe(once)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = foldText(text)
        expect(foldText(once)).toBe(once)
      }),
    )
  })

  test('composed and decomposed letters, upper and lower case are one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')))
      }),
    )
  })

  test('umlauts are also spelled out, as passports do', () => {
    expect(spelledOut('Jörg Müller')).toBe('joerg mueller')
    expect(spelledOut('Mu\u0308ller')).toBe('mueller')
    expect(spelledOut('Miller')).toBeNull()
  })
})

describe('words of a name', () => {
  test.each([
    ["O'Connor", ['o', 'connor', 'oconnor']],
    ['Jean-Luc', ['jean', 'luc', 'jeanluc']],
    ['J.R. Smith', ['j', 'r', 'jr', 'smith']],
    ['de la Cruz', ['de', 'la', 'cruz', 'dela', 'delacruz', 'lacruz']],
    ['عبد الله', ['عبد', 'الله', 'عبدالله']],
    ['الحسن', ['الحسن', 'حسن']],
    ['李小龙', ['李小龙', '小龙', '龙', '李', '小']],
    ['李 小龙', ['李', '小龙', '小', '龙', '李小龙']],
    ['김민수', ['김민수', '민수', '수', '김', '민']],
    ['Müller', ['muller', 'mueller']],
    ['Nguyễn Thị Minh Khai Anh Thư', ['nguyen', 'thi', 'minh', 'khai', 'anh', 'thu']],
    ['Björk', ['bjork', 'bjoerk']],
    ['Иван Петров', ['иван', 'петров']],
  ])('%s', (name, tokens) => {
    expect([...nameTokens(name)].sort()).toEqual([...tokens].sort())
  })

  test('a name of signs alone has no words, and is no mistake', () => {
    expect(nameTokens('— ✨ !!!').size).toBe(0)
    expect(
      searchTermsOf({ names: ['—'], birthDate: null, phones: [], emails: [], identifiers: ['1001'] }),
    ).toBe('1001')
  })
})

describe('numbers', () => {
  test('a phone is known by its digits, with and without country code and zeros', () => {
    expect([...phoneTokens('+20 (100) 123-4567')]).toEqual(
      expect.arrayContaining(['201001234567', '1234567', '234567', '1001234567', '001234567'.slice(-9)]),
    )
    expect([...phoneTokens('0049 30 123456')]).toEqual(
      expect.arrayContaining(['004930123456', '4930123456', '123456']),
    )
    expect([...phoneTokens('030 123456 ext. 12')]).toEqual(
      expect.arrayContaining(['030123456', '30123456', '123456']),
    )
    expect([...phoneTokens('٠١٠٠ ١٢٣ ٤٥٦٧')]).toContain('01001234567')
    expect([...phoneTokens('n/a')]).toEqual([])
  })

  test('two writings of one phone have one key', () => {
    expect(phoneKey('+49 30 1234567')).toBe(phoneKey('030 1234567'))
    expect(phoneKey('+20 100 123 4567')).toBe(phoneKey('0100 1234567'))
    expect(phoneKey('12345')).toBeNull()
  })

  test('an identifier is known as printed, without its signs and without leading zeros', () => {
    expect([...identifierTokens('MRN-000123')]).toEqual(['mrn000123', 'mrn', '000123', '123'])
    expect([...identifierTokens('999-12-3456')]).toContain('999123456')
    expect([...identifierTokens('0007')]).toEqual(['0007'])
    expect([...identifierTokens('5cbc121b-cd71-4428-b8b7-31e53eba8184')]).toEqual([
      '5cbc121bcd714428b8b731e53eba8184',
    ])
  })
})

test('a register sorts by family name whatever the accents', () => {
  expect(sortKeyOf('Éva Ödön', 'Ödön', 'Éva')).toBe('odon eva')
  expect(sortKeyOf("Seán O'Neill", null, null)).toBe('sean o neill')
})

describe('what is typed', () => {
  const date = (text: string) =>
    /^\d\d\.\d\d\.\d{4}$/.test(text) ? text.split('.').reverse().join('-') : null
  const parse = (text: string) => parseSearch(text, date)?.prefix

  test.each([
    ['ana', '"ana"*'],
    ['Ana SOL', '("ana"* AND "sol"*)'],
    ['李', '"李"*'],
    ["o'c", '("oc"* OR ("o"* AND "c"*))'],
    ["o'", '"o"*'],
    ['Müller', '("muller"* OR "mueller"*)'],
    ['0100', '("0100"* OR "100"*)'],
    ['0100 123', '("0100123"* OR "100123"* OR ("0100"* AND "123"*))'],
    ['ana@x.org', '"anaxorg"*'],
    ['14.03.1986', '("19860314"* OR "14031986"* OR ("14"* AND "03"* AND "1986"*))'],
    [
      'Ana 14.03.1986',
      '(("ana"* AND ("19860314"* OR "14031986"* OR ("14"* AND "03"* AND "1986"*))) OR "ana14031986"*)',
    ],
    ['mrn/12', '("mrn12"* OR ("mrn"* AND "12"*))'],
  ])('%s asks for %s', (text, expected) => {
    expect(parse(text)).toBe(expected)
  })

  test.each(['', '   ', '!!!', '*', '" OR "', '✨', '-', "'"])('%j asks for nothing but words', (text) => {
    expect(parse(text) ?? '').not.toMatch(/""/)
  })

  test('whatever is typed, only letters, marks and digits stand between quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const query = parseSearch(text, () => null)
        if (!query) return
        expect(query.exact.replace(/"[\p{L}\p{M}\p{N}]+"/gu, '""')).toMatch(/^(""|[() ]|AND|OR)+$/)
      }),
    )
  })
})
