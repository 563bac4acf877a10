// What may reach a paper as text: no controls, no characters that turn the direction of what follows (a name must not
// reorder its neighbours), one form for accented letters.

/** Embeddings, overrides and isolates; the marks LRM, RLM and ALM stay, since people need them. */
const directional = /[\u202a-\u202e\u2066-\u2069]/g
const controls = /(?!\n)\p{Cc}|[\ufeff\ufff9-\ufffb]/gu

export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(directional, '')
    .replaceAll(controls, '')
    .toWellFormed()
}
