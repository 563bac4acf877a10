// Where a line may end: after blanks and hyphens, between Chinese characters, between Thai words (Intl.Segmenter).

const wordless = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u
/** May not begin a line, and may not end one (JIS X 4051, GB/T 15834). */
const noStart = /^[)\]}»”’!%,.:;?、。〉》」』】〕〗〙，．：；？！）］｝…]/u
const noEnd = /[([{«“‘〈《「『【〔〖〘（［｛]$/u

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const words = new Intl.Segmenter('th', { granularity: 'word' })

/** Offsets at which a new line may start, ascending, without 0 and the end. */
export function breakOffsets(text: string): number[] {
  const thai = wordless.test(text) ? new Set([...words.segment(text)].map((s) => s.index)) : null
  const found: number[] = []
  let before = ''
  for (const { segment, index } of graphemes.segment(text)) {
    if (index > 0 && mayBreak(before, segment, index, thai)) found.push(index)
    before = segment
  }
  return found
}

function mayBreak(before: string, after: string, index: number, thai: Set<number> | null): boolean {
  if (/^\s/u.test(after) || /\u00a0|\u202f/.test(before)) return false
  if (/\s$/u.test(before)) return true
  if (noStart.test(after) || noEnd.test(before)) return false
  if (before === '\u200b' || before === '\u00ad') return true
  if (/^[-‐–/]$/u.test(before)) return /^\p{L}/u.test(after)
  if (ideograph.test(before) || ideograph.test(after)) return true
  return thai !== null && wordless.test(before) && wordless.test(after) && thai.has(index)
}

/** Offsets between graphemes: for a word longer than its line. */
export function graphemeOffsets(text: string): number[] {
  return [...graphemes.segment(text)].map((s) => s.index).filter((index) => index > 0)
}

export function graphemesOf(text: string): Iterable<{ segment: string; index: number }> {
  return graphemes.segment(text)
}
