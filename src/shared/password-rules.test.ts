// The table of AUTH-02, with and without a second factor, and the leaked list.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type PasswordFault, passwordFault } from './password-rules.ts'

const here = { passwordOnly: false, names: ['dr.weber', 'Anna Weber', 'Praxis Sonnenhof'] }

const refused: [PasswordFault, string[]][] = [
  ['too-short', ['', 'a', 'kurz', 'fourteen chars', 'Tr0ub4dor&3', '🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈']],
  ['too-long', ['lantern'.repeat(200)]],
  [
    'leaked',
    ['1qaz2wsx3edc4rfv', '1QAZ2WSX3EDC4RFV', 'passwordpassword', 'zqjphsyf6ctifgu', '123456789987654321'],
  ],
  [
    'too-simple',
    [
      'aaaaaaaaaaaaaaaaaaaa',
      'abcabcabcabcabcabc',
      'abcdefghijklmnop',
      'qwertyuiopasdfghjkm',
      '01234567890123456780',
      'Password123456789!',
      'P@ssw0rd!P@ssw0rd!',
      'ClinicDoctor2026!!',
      'WelcomeWelcome2025',
      'AnnaWeber19781978',
      'dr.weber.dr.weber.1',
      'PraxisSonnenhof2026',
      'sonnenhof sonnenhof',
      'hospital-nurse-2024',
      'zxcvbnm,zxcvbnm,123',
      'qwertz uiop 1234567',
      'пароль123456789пароль',
      'letmein-letmein-99',
      '................1234',
      'January2024December',
    ],
  ],
]
for (const [fault, passwords] of refused) {
  test.each(passwords)(`AUTH-02: ${fault}: %j`, (password) => {
    expect(passwordFault(password, here)).toBe(fault)
  })
}

test.each([
  'correct horse battery staple',
  'lamp under seven quiet rivers',
  'Vx9#kLm2qTz7pWb',
  'g7Kp2mXw9Qz4Ln8',
  'my dog eats cold porridge',
  'das Fenster klemmt im Winter',
  'le tapis bleu de la cuisine',
  'la abuela cocina con canela',
  'пять тёплых слонов идут',
  'سبع قطط تحت الشجرة الكبيرة',
  '我家门口有两棵枣树还有一棵李子树',
  '毎朝六時に犬と川沿いを散歩する',
  'password but seven teal kayaks',
  'kettle-whistle-orbit-mango',
  'e'.repeat(3) + 'Zu7!bR4-kM9?vQ2x',
  'Ünïcödé pâssphräse tëst ßø',
  '🎈 balloon over 🏔 mountain 🌊',
  'x'.repeat(2) + 'lantern orbit velvet'.repeat(50),
])('AUTH-02: accepted: %j', (password) => {
  expect(passwordFault(password, here)).toBeNull()
})

test('without a keychain it takes 20 characters or six words', () => {
  const alone = { passwordOnly: true }
  expect(passwordFault('Vx9#kLm2qTz7pWb', alone)).toBe('too-short')
  expect(passwordFault('Vx9#kLm2qTz7pWb-Rt5u', alone)).toBeNull()
  expect(passwordFault('owl ant elk bee cat fox', alone)).toBeNull()
  expect(passwordFault('owl owl owl fox fox', alone)).toBe('too-short')
  expect(passwordFault('kettle whistle orbit', alone)).toBeNull()
})

test('a composed and a decomposed spelling are one password', () => {
  const composed = 'crème brûlée à côté'
  expect(passwordFault(composed.normalize('NFD'), here)).toBe(passwordFault(composed, here))
})

const beside = { passwordOnly: false, hasFactor: true, names: here.names }

test.each<[PasswordFault | null, string]>([
  ['too-short', 'Kp2mXw9'],
  [null, 'Kp2mXw9Q'],
  [null, 'tepid owl 9'],
  [null, 'vier🎈Löwen'],
  ['leaked', 'password1'],
  ['leaked', 'SUNSHINE'],
  ['leaked', 'trustno1'],
  ['leaked', 'football1'],
  ['too-simple', 'AnnaWeber78'],
  ['too-simple', 'Sonnenhof1!'],
  ['too-simple', 'zyxwvuts!'],
])('AUTH-02: beside a second factor eight characters are enough: %s for %j', (fault, password) => {
  expect(passwordFault(password, beside)).toBe(fault)
})

test('AUTH-02: of a thousand leaked passwords none is accepted, and of a thousand random ones nearly all', () => {
  const leaked = readFileSync(new URL('../../test/data/passwords/leaked-1000.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  expect(leaked).toHaveLength(1_000)
  expect(leaked.filter((password) => passwordFault(password, beside) === null)).toEqual([])
  expect(leaked.filter((password) => passwordFault(password, { passwordOnly: false }) === null)).toEqual([])
  const random = Array.from({ length: 1_000 }, (_, n) => `kR${(n * 7919 + 104_729).toString(36)}vQz9w`)
  expect(random.filter((password) => passwordFault(password, beside) !== null).length).toBeLessThan(5)
})
