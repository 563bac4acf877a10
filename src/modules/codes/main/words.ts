// How words are compared when searching code sets: folded, cut, and in one spelling on both sides of the Atlantic.
import { wordsOf } from '#core/catalogue/words.ts'
import { foldText } from '#modules/patients/shared/fold.ts'

/** Words as the index has them. The same is done to what is typed, so that only the comparison changes. */
export function indexWords(text: string): string[] {
  return wordsOf(foldText(text).replaceAll(possessive, '')).map(oneSpelling)
}

/** Beginnings of words as typed: a plural is looked for as its singular. */
export function typedWords(text: string): string[] {
  return indexWords(text).map((word) => (plural.test(word) ? word.slice(0, -1) : word))
}

const possessive = /['’]s\b/gu
const plural = /^\p{L}{3,}[^sui]s$/u

const twoSpellings = /ae|oe|our|isation/

/** "anaemia" and "anemia", "oedema" and "edema", "tumour" and "tumor", "-isation" and "-ization" become one word each. */
function oneSpelling(word: string): string {
  if (!twoSpellings.test(word)) return word
  return word.replaceAll(/ae|oe/g, 'e').replaceAll('our', 'or').replaceAll('isation', 'ization')
}
