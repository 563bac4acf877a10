// Words for full-text search in catalogues: folded text cut at everything that is no letter or digit, and the match
// text that finds rows with all of them. The match text is built from words alone, so no typed sign is ever syntax.
const notWord = /[^\p{L}\p{M}\p{N}]+/u

/** `folded` comes from foldText. Order and repetition do not matter to the index. */
export function wordsOf(folded: string): string[] {
  return folded.split(notWord).filter((word) => word !== '')
}

/** Each word as the beginning of a word, all of them needed. `null` when there is no word to look for. */
export function matchWords(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.map((word) => matchBeginning(word)).join(' AND ')
}

export const matchBeginning = (word: string): string => `${quote(word)} *`
export const matchWord = (word: string): string => quote(word)

const quote = (word: string) => `"${word.replaceAll('"', '""')}"`
