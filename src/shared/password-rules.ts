// Which passwords are good enough: length, and no leaked, patterned or self-evident ones (AUTH-02). Pure, offline.
// Hashing is core/keys/password-work.ts; the words for people are the renderer's.
import { openFilter } from './leaked-filter.ts'
import { leakedPasswords } from './leaked-passwords.ts'

export const passwordLimits = {
  /** Without a second factor. */
  minimum: 15,
  /** Where a second factor is always asked for as well. */
  minimumWithFactor: 8,
  /** Where no keychain holds the second half of the key (SECURITY 3.3): this many characters, or six words. */
  minimumPasswordOnly: 20,
  wordsPasswordOnly: 6,
  maximum: 1024,
} as const

export type PasswordFault = 'too-short' | 'too-long' | 'leaked' | 'too-simple'

export interface PasswordCircumstances {
  /** True where this computer has no keychain. */
  readonly passwordOnly: boolean
  /** True where a second factor is set up. */
  readonly hasFactor?: boolean
  /** Words an attacker would try first for this person: user name, own name, the clinic's name. */
  readonly names?: readonly string[]
}

/** One form for what different keyboards send as different code points. Hash and judge this form only. */
export const normalizePassword = (password: string): string => password.normalize('NFKC')

/** `null` when it may be used. */
export function passwordFault(password: string, where: PasswordCircumstances): PasswordFault | null {
  const text = normalizePassword(password)
  const length = Array.from(text).length
  if (length > passwordLimits.maximum) return 'too-long'
  if (length < (where.hasFactor ? passwordLimits.minimumWithFactor : passwordLimits.minimum))
    return 'too-short'
  if (where.passwordOnly && length < passwordLimits.minimumPasswordOnly && !isWordPhrase(text))
    return 'too-short'
  if (leaked.has(text.toLowerCase()) || isLeaked(text.toLowerCase())) return 'leaked'
  if (isTooSimple(text, where.names ?? [])) return 'too-simple'
  return null
}

/** What is asked for here; where no keychain is, six words do as well. */
export function minimumLength({ passwordOnly, hasFactor }: PasswordCircumstances): number {
  if (passwordOnly) return passwordLimits.minimumPasswordOnly
  return hasFactor ? passwordLimits.minimumWithFactor : passwordLimits.minimum
}

/** Six different words of three letters or more, as a generator or a person with dice makes them. */
function isWordPhrase(text: string): boolean {
  const words = text.toLowerCase().split(/[\s\-_.,;:/]+/u)
  const real = words.filter((word) => /^\p{L}[\p{L}\p{M}]{2,}$/u.test(word))
  return new Set(real).size >= passwordLimits.wordsPasswordOnly
}

/** What is left once walks, repeats, dates, names and stock words are taken out must still be something to guess. */
const leastResidue = 6

function isTooSimple(text: string, names: readonly string[]): boolean {
  const chars = Array.from(text.toLowerCase())
  if (new Set(chars).size < 5 || isRepeatedBlock(chars)) return true
  const plain = chars.map((char) => leet[char] ?? char)
  const taken = chars.map(() => false)
  markWalks(chars, taken)
  for (const word of [...stockWords, ...nameWords(names)]) {
    markWord(chars, word, taken)
    markWord(plain, word, taken)
  }
  return chars.filter((char, i) => !taken[i] && /[\p{L}\p{N}]/u.test(char)).length < leastResidue
}

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

function isRepeatedBlock(chars: readonly string[]): boolean {
  for (let size = 1; size <= chars.length / 2; size++) {
    if (chars.every((char, i) => char === chars[i % size])) return true
  }
  return false
}

const rows = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
]
const neighbours = new Set(
  rows.flatMap((row) =>
    Array.from(row)
      .slice(1)
      .flatMap((char, i) => [`${row[i]}${char}`, `${char}${row[i]}`]),
  ),
)
// Columns of a keyboard, as in 1qaz2wsx.
for (const column of ['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik', '9ol']) {
  for (let i = 1; i < column.length; i++) {
    neighbours.add(`${column[i - 1]}${column[i]}`)
    neighbours.add(`${column[i]}${column[i - 1]}`)
  }
}

/** Runs of three or more that repeat, count up or down, or follow the keyboard: aaa, 1234, fedc, qwer, 1qaz. */
function markWalks(chars: readonly string[], taken: boolean[]): void {
  let from = 0
  for (let i = 1; i <= chars.length; i++) {
    if (i < chars.length && isStep(chars[i - 1] ?? '', chars[i] ?? '')) continue
    if (i - from >= 3) taken.fill(true, from, i)
    from = i
  }
}

function isStep(a: string, b: string): boolean {
  const step = (b.codePointAt(0) ?? 0) - (a.codePointAt(0) ?? 0)
  return Math.abs(step) <= 1 || neighbours.has(a + b)
}

function markWord(chars: readonly string[], word: string, taken: boolean[]): void {
  const letters = Array.from(word)
  for (let i = 0; i + letters.length <= chars.length; i++) {
    if (letters.every((letter, j) => chars[i + j] === letter)) taken.fill(true, i, i + letters.length)
  }
}

function nameWords(names: readonly string[]): string[] {
  return names
    .flatMap((name) =>
      normalizePassword(name)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    )
    .filter((word) => Array.from(word).length >= 3)
}

const years = Array.from({ length: 130 }, (_, i) => String(1920 + i))

/** Stems of the commonest passwords everywhere, and of what a clinic would think of first. */
const stockWords: readonly string[] = [
  ...years,
  ...'password passwort passwd motdepasse contrasena senha parola sifre wachtwoord haslo heslo пароль'.split(
    ' ',
  ),
  ...'welcome letmein changeme secret access login logon admin administrator root guest default test'.split(
    ' ',
  ),
  ...'user master super monkey dragon football baseball soccer sunshine princess iloveyou shadow'.split(' '),
  ...'michael jennifer jordan hunter ranger buster summer winter spring autumn january december'.split(' '),
  ...'osler clinic klinik clinica clinique doctor doktor docteur nurse hospital medical medicine medic'.split(
    ' ',
  ),
  ...'patient patients health healthcare praxis practice reception surgery pharmacy dental dentist'.split(
    ' ',
  ),
  ...'physio ward record records chart care office computer company abc qaz wsx qwe asd zxc'.split(' '),
]

let filter: ((text: string) => boolean) | undefined
/** Opened at the first question: most starts of the program ask none. */
function isLeaked(text: string): boolean {
  filter ??= openFilter(leakedPasswords)
  return filter(text)
}

/**
 * Entries of 15 characters or more in the common list of zxcvbn-ts 4.1 (MIT, counted from public leaks), beside the
 * commonest of any length in leaked-passwords.ts.
 */
const leaked: ReadonlySet<string> = new Set(
  `1234qwerasdfzxcv 1qa2ws3ed4rf5tg 1qaz2wsx3edc4rfv 1qazxsw23edcvfr4 23176djivanfros 420842084208555
  aksjdlasdakj89879 bhrh0h2oof6xbqjeh bpgjldsgjldthnf hd764nw5d7e1vb1 hd764nw5d7e1vbv
  lhbjkjubz2957704 lytdybrbdfvgbhf mailcreated5240 momsanaladventure ne_e_pod_chehyl
  nemvxyheqdd5oqxyxyzi nick1234-rem936 passwordassword passwordpassword passwordstandard
  polniypizdec0211 polniypizdec1102 polniypizdec110211 q1w2e3r4t5y6u7i8 q1w2e3r4t5y6u7i8o9p0
  qazwsxedcrfvtgb qwertasdfgzxcvb qwerty123456789 qwertyuiop12345 zqjphsyf6ctifgu zxcvbnm123456789
  111222333444555 122333444455555 1234567887654321 12345678900987654321 1234567890987654321
  1234567890qwerty 12345678987654321 123456789987654321 123456789qwerty`
    .split(/\s+/)
    .filter(Boolean),
)
