// Folding: two spellings that a reader takes for the same word become the same text, in every script.
// Search, sorting and the duplicate check compare folded text only; what people wrote is never changed.

/** Every sign people use for an apostrophe, modifier letters and accents standing alone included. */
const apostrophes = /[`´‘’‛ʹʻʼʽʾʿˈ′＇׳]/gu

/**
 * Marks that readers leave out: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs and tatweel.
 * Vowel signs of Indic and Thai scripts and the voicing marks of kana are letters to their readers: they stay.
 */
const silentMarks = new RegExp(
  `[${[
    '\\u0300-\\u036f\\u0483-\\u0487\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f',
    '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7',
    '\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u08d3-\\u08ff',
    // Zero-width signs, direction marks and variation selectors: nobody sees them.
    '\\u200b\\u200d-\\u200f\\u2060-\\u2064\\u2066-\\u2069\\u202a-\\u202e\\u061c\\ufe00-\\ufe0f\\ufeff',
  ].join('')}]`,
  'gu',
)

/** Letters that no decomposition reaches. */
const letters = new Map<string, string>(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    ł: 'l',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ħ: 'h',
    ŧ: 't',
    ŋ: 'n',
    ı: 'i',
    ĸ: 'k',
    ə: 'e',
    ǝ: 'e',
    ɛ: 'e',
    ɔ: 'o',
    ɓ: 'b',
    ɗ: 'd',
    ƙ: 'k',
    ƴ: 'y',
    ɨ: 'i',
    ʉ: 'u',
    ς: 'σ',
    // One letter, several code points: alef, ya, kaf, ha, ta marbuta.
    ٱ: 'ا',
    ى: 'ي',
    ی: 'ي',
    ے: 'ي',
    ې: 'ي',
    ک: 'ك',
    ڪ: 'ك',
    ہ: 'ه',
    ھ: 'ه',
    ە: 'ه',
    ة: 'ه',
    ۃ: 'ه',
  }),
)
const foreignLetters = new RegExp(`[${[...letters.keys()].join('')}]`, 'gu')

/** Where the ten digits of a script begin. Full-width and mathematical digits are decomposed before. */
const digitZeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
  0x1040, 0x17e0, 0x1810,
]

/** Lower case, without silent marks, in ASCII digits; Latin special letters in plain ones. Folding twice changes nothing. */
export function foldText(text: string): string {
  if (plainAscii.test(text)) return text.toLowerCase()
  let folded = foldOnce(text)
  // Compositions such as the Kelvin sign settle in a second pass; nothing known needs a third.
  for (let pass = 0; pass < 3; pass++) {
    const again = foldOnce(folded)
    if (again === folded) break
    folded = again
  }
  return folded
}

const plainAscii = /^[\x20-\x5f\x61-\x7e]*$/

function foldOnce(text: string): string {
  return text
    .replace(apostrophes, "'")
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(silentMarks, '')
    .replace(foreignLetters, (letter) => letters.get(letter) ?? letter)
    .replace(/[\u30a1-\u30f6]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60))
    .replace(/\p{Nd}/gu, westernDigit)
    .normalize('NFC')
}

function westernDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0x30
  const zero = digitZeros.find((z) => code >= z && code < z + 10)
  return zero === undefined ? digit : String(code - zero)
}

/** `Müller` also as `Mueller`, `Åse` as `Aase`: how names are written where a keyboard or a passport lacks the letter. */
export function spelledOut(text: string): string | null {
  const composed = text.normalize('NFC')
  const spelled = composed.replace(
    /[äöüåøÄÖÜÅØ]/gu,
    (letter) => twoLetters.get(letter.toLowerCase()) ?? letter,
  )
  return spelled === composed ? null : foldText(spelled)
}

const twoLetters = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['å', 'aa'],
  ['ø', 'oe'],
])

/** Letters and digits only, folded: how an identifier is compared. */
export function foldIdentifier(value: string): string {
  return foldText(value).replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

export function digitsOf(value: string): string {
  return foldText(value).replace(/\D+/g, '')
}
