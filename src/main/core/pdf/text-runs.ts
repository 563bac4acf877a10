// From styled text to runs that are drawn at once: one font, one style, one direction each. Unicode's bidirectional
// algorithm decides the levels; each span is isolated, so that a phone number or a foreign name keeps its own order.
import bidiFactory from 'bidi-js'
import { cleanText } from './clean-text.ts'
import { familiesFor, type FontFamily, type FontWeight } from './fonts.ts'
import { graphemesOf } from './line-break.ts'

export interface TextStyle {
  readonly size: number
  readonly weight: FontWeight
  readonly color: string
}

export interface StyledSpan {
  readonly text: string
  readonly style: TextStyle
}

export type Direction = 'ltr' | 'rtl'

/** A paragraph made ready: plain text with a level, a style and a font for each of its UTF-16 units. */
export interface Prepared {
  readonly text: string
  readonly base: Direction
  readonly levels: Uint8Array
  readonly styles: readonly TextStyle[]
  readonly families: readonly FontFamily[]
}

export interface Run {
  readonly start: number
  readonly end: number
  readonly level: number
  readonly style: TextStyle
  readonly family: FontFamily
}

export type HasGlyphs = (family: FontFamily, weight: FontWeight, cluster: string) => boolean

const bidi = bidiFactory()
const [isolate, endIsolate] = ['\u2068', '\u2069']

/** @param missing is told each character that no font has; its code point is written instead */
export function prepare(
  spans: readonly StyledSpan[],
  base: Direction,
  has: HasGlyphs,
  missing: (char: string) => void,
): Prepared {
  let text = ''
  const styles: TextStyle[] = []
  const families: FontFamily[] = []
  const add = (piece: string, style: TextStyle, family: FontFamily) => {
    text += piece
    for (let n = 0; n < piece.length; n++) {
      styles.push(style)
      families.push(family)
    }
  }
  for (const { text: raw, style } of spans) {
    add(isolate, style, 'sans')
    for (const { segment } of graphemesOf(cleanText(raw))) addCluster(segment, style)
    add(endIsolate, style, 'sans')
  }
  return { text, base, levels: bidi.getEmbeddingLevels(text, base).levels, styles, families }

  function addCluster(cluster: string, style: TextStyle): void {
    const fits = (piece: string) => familiesFor(piece).find((f) => has(f, style.weight, piece))
    const family = fits(cluster)
    if (family) return add(cluster, style, family)
    for (const char of cluster) {
      const found = fits(char)
      if (found) add(char, style, found)
      else {
        missing(char)
        add(codePointName(char), style, 'sans')
      }
    }
  }
}

export function codePointName(char: string): string {
  return `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
}

/** Runs of a stretch in the order in which they are stored. */
export function runsIn(p: Prepared, start: number, end: number, levels = p.levels): Run[] {
  const runs: Run[] = []
  for (let at = start; at < end; ) {
    const [level, style, family] = [levels[at] ?? 0, p.styles[at] as TextStyle, p.families[at] as FontFamily]
    let to = at + 1
    while (to < end && levels[to] === level && p.styles[to] === style && p.families[to] === family) to++
    runs.push({ start: at, end: to, level, style, family })
    at = to
  }
  return runs
}

/** Runs of one line from left to right: rules L1 and L2 of UAX 9. */
export function visualRuns(p: Prepared, start: number, end: number): Run[] {
  const levels = p.levels.slice(0, end)
  const baseLevel = p.base === 'rtl' ? 1 : 0
  for (let at = end - 1; at >= start && /[\s\u2066-\u2069]/u.test(p.text[at] ?? ''); at--)
    levels[at] = baseLevel
  const runs = runsIn(p, start, end, levels)
  const highest = Math.max(0, ...runs.map((r) => r.level))
  for (let level = highest; level >= 1; level--) {
    for (let at = 0; at < runs.length; at++) {
      let to = at
      while (to < runs.length && (runs[to]?.level ?? 0) >= level) to++
      if (to - at > 1) runs.splice(at, to - at, ...runs.slice(at, to).reverse())
      at = Math.max(at, to - 1)
    }
  }
  return runs
}

const invisible = /[\n\u00ad\u061c\u200b\u200e\u200f\u2060-\u2069]/g

/** Thai SARA AM is drawn as two signs, the first of which stands below a tone mark (as in HarfBuzz; fontkit does not). */
export function shapedForm(text: string, family: FontFamily): string {
  return family === 'thai' ? text.replaceAll(/([\u0e48-\u0e4b]*)\u0e33/g, '\u0e4d$1\u0e32') : text
}

/** The letters of a run as they were written. */
export function writtenIn(p: Prepared, run: Run): string {
  return p.text.slice(run.start, run.end).replaceAll(invisible, '')
}

/** What is shaped: without marks that have done their work, brackets turned where the text runs to the left. */
export function textOf(p: Prepared, run: Run): string {
  const plain = shapedForm(p.text.slice(run.start, run.end).replaceAll(invisible, ''), run.family)
  if (run.level % 2 === 0) return plain
  return Array.from(plain, (char) => bidi.getMirroredCharacter(char) ?? char).join('')
}
