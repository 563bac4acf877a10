// Lines of styled text of any script, measured and drawn on pages of one PDF.
import { type FontFamily, fontFamilies, fontKeyOf, type FontWeight, readFont } from './fonts.ts'
import { breakOffsets, graphemeOffsets } from './line-break.ts'
import { isInvisible, type Shaped, ShapedFont } from './shaped-font.ts'
import {
  type Direction,
  prepare,
  type Prepared,
  type Run,
  runsIn,
  shapedForm,
  type StyledSpan,
  textOf,
  visualRuns,
  writtenIn,
} from './text-runs.ts'

export interface Line {
  readonly prepared: Prepared
  readonly start: number
  readonly end: number
  readonly width: number
  readonly height: number
  /** From the top of the line to the baseline, the same for every font on it. */
  readonly ascent: number
}

/** Room of a line as a multiple of its size; enough for the marks above Arabic and Thai and below Devanagari. */
const lineHeight = 1.42
const ascentShare = 1.06

/** The part of pdfkit's document that drawing needs. */
export interface Canvas {
  addContent(content: string): unknown
  fillColor(color: string): unknown
  strokeColor(color: string): unknown
  save(): unknown
  restore(): unknown
  transform(a: number, b: number, c: number, d: number, e: number, f: number): unknown
  readonly page: { readonly height: number }
}

export class TextEngine {
  readonly #canvas: Canvas
  readonly #folder: string
  readonly #fonts = new Map<string, ShapedFont>()
  readonly #missing = new Set<string>()

  constructor(canvas: Canvas, fontFolder: string) {
    this.#canvas = canvas
    this.#folder = fontFolder
  }

  /** Characters that no bundled font has, by code point. */
  get missing(): readonly string[] {
    return [...this.#missing]
  }

  lines(spans: readonly StyledSpan[], direction: Direction, width: number): Line[] {
    return this.#paragraphs(spans).flatMap((paragraph) => this.#wrap(paragraph, direction, width))
  }

  /** Width of a text that is kept on one line. */
  widthOf(spans: readonly StyledSpan[], direction: Direction): number {
    return Math.max(0, ...this.lines(spans, direction, Infinity).map((line) => line.width))
  }

  /** @param x left edge, whatever the direction */
  draw(line: Line, x: number, top: number): void {
    const canvas = this.#canvas
    const y = canvas.page.height - top - line.ascent
    let at = x
    canvas.save()
    canvas.transform(1, 0, 0, -1, 0, canvas.page.height)
    for (const run of visualRuns(line.prepared, line.start, line.end)) {
      at += this.#drawRun(line.prepared, run, at, y)
    }
    canvas.restore()
  }

  #font(family: FontFamily, weight: FontWeight): ShapedFont {
    const key = fontKeyOf(family, weight)
    const name = `${family}-${key.isThickened ? 'regular' : weight}`
    let font = this.#fonts.get(name)
    if (!font) {
      font = new ShapedFont(this.#canvas, readFont(this.#folder, key), name)
      this.#fonts.set(name, font)
    }
    return font
  }

  /** Line feeds end a paragraph of their own; styles go on. */
  #paragraphs(spans: readonly StyledSpan[]): StyledSpan[][] {
    const paragraphs: StyledSpan[][] = [[]]
    for (const { text, style } of spans) {
      text.split(/\r\n?|\n/).forEach((part, n) => {
        if (n > 0) paragraphs.push([])
        paragraphs.at(-1)?.push({ text: part, style })
      })
    }
    return paragraphs
  }

  #wrap(spans: readonly StyledSpan[], direction: Direction, width: number): Line[] {
    const prepared = prepare(
      spans,
      direction,
      (family, weight, cluster) => this.#font(family, weight).has(cluster),
      (char) =>
        this.#missing.add(`U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`),
    )
    const lines: Line[] = []
    const { text } = prepared
    const offsets = [...breakOffsets(text), text.length]
    let start = 0
    let fitted = 0
    for (const offset of offsets) {
      if (this.#width(prepared, start, offset) <= width) {
        fitted = offset
        continue
      }
      if (fitted > start) {
        lines.push(this.#line(prepared, start, fitted))
        start = fitted
      }
      while (this.#width(prepared, start, offset) > width) {
        const cut = this.#cutLongWord(prepared, start, offset, width)
        if (cut >= offset) break
        lines.push(this.#line(prepared, start, cut))
        start = cut
      }
      fitted = offset
    }
    if (start < text.length || lines.length === 0) lines.push(this.#line(prepared, start, text.length))
    return lines
  }

  #cutLongWord(p: Prepared, start: number, end: number, width: number): number {
    let best = 0
    for (const offset of graphemeOffsets(p.text.slice(start, end))) {
      if (best > 0 && this.#width(p, start, start + offset) > width) break
      best = offset
    }
    return best === 0 ? end : start + best
  }

  /** Blanks at the end of a line take no room. */
  #width(p: Prepared, start: number, end: number): number {
    let to = end
    while (to > start && /[\s\u2066-\u2069]/u.test(p.text[to - 1] ?? '')) to--
    return runsIn(p, start, to).reduce((sum, run) => sum + this.#advance(p, run), 0)
  }

  #advance(p: Prepared, run: Run): number {
    const font = this.#font(run.family, run.style.weight)
    return (this.#shape(font, p, run).width * run.style.size) / font.unitsPerEm
  }

  #shape(font: ShapedFont, p: Prepared, run: Run): Shaped {
    return font.shape(textOf(p, run), run.level % 2 === 1)
  }

  /** Without the blanks at its end, which would stand at its head where one reads from the right. */
  #line(prepared: Prepared, start: number, given: number): Line {
    let end = given
    while (end > start && /[\s\u2066-\u2069]/u.test(prepared.text[end - 1] ?? '')) end--
    const sizes = runsIn(prepared, start, end).map((run) => run.style.size)
    const size = Math.max(0, ...sizes) || (prepared.styles[0]?.size ?? 10)
    return {
      prepared,
      start,
      end,
      width: this.#width(prepared, start, end),
      height: size * lineHeight,
      ascent: size * ascentShare,
    }
  }

  #drawRun(p: Prepared, run: Run, x: number, y: number): number {
    if (textOf(p, run) === '') return 0
    const canvas = this.#canvas
    const font = this.#font(run.family, run.style.weight)
    const scale = run.style.size / font.unitsPerEm
    const thickened = fontKeyOf(run.family, run.style.weight).isThickened
    font.useOn(canvas)
    canvas.fillColor(run.style.color)
    if (thickened) canvas.strokeColor(run.style.color)
    canvas.addContent('BT')
    canvas.addContent(`/${font.id} ${num(run.style.size)} Tf`)
    canvas.addContent(thickened ? `2 Tr ${num(run.style.size * 0.028)} w` : '0 Tr')
    let at = x
    for (const word of this.#words(p, run)) {
      const shaped = font.shape(word.text, run.level % 2 === 1)
      if (word.says !== null) canvas.addContent(`/Span <</ActualText <${utf16Hex(word.says)}>>> BDC`)
      this.#drawGlyphs(font, shaped, at, y, scale)
      if (word.says !== null) canvas.addContent('EMC')
      at += shaped.width * scale
    }
    canvas.addContent('ET')
    return at - x
  }

  /**
   * Scripts whose glyphs stand in another order than their letters carry their text beside them, word by word, so that it
   * can be found and copied. Right-to-left text is left to the reader, which turns it around by itself.
   */
  #words(p: Prepared, run: Run): { text: string; says: string | null }[] {
    if (run.family !== 'devanagari' && run.family !== 'thai') return [{ text: textOf(p, run), says: null }]
    return writtenIn(p, run)
      .split(/(?<= )/)
      .map((word) => ({ text: shapedForm(word, run.family), says: word }))
  }

  #drawGlyphs(font: ShapedFont, shaped: Shaped, x: number, y: number, scale: number): void {
    let at = x
    let open: string[] = []
    let expected = x
    const flush = () => {
      if (open.length > 0) this.#canvas.addContent(`<${open.join('')}> Tj`)
      open = []
    }
    shaped.glyphs.forEach((glyph, n) => {
      const position = shaped.positions[n]
      if (!position) return
      if (!isInvisible(glyph.codePoints[0] ?? 0)) {
        const [gx, gy] = [at + position.xOffset * scale, y + position.yOffset * scale]
        const isInLine = open.length > 0 && position.yOffset === 0 && Math.abs(gx - expected) < 0.001
        if (!isInLine) {
          flush()
          this.#canvas.addContent(`1 0 0 1 ${num(gx)} ${num(gy)} Tm`)
        }
        open.push(font.include(glyph))
        expected = gx + glyph.advanceWidth * scale
        if (position.yOffset !== 0) flush()
      }
      at += position.xAdvance * scale
    })
    flush()
  }
}

const num = (value: number): string => String(Math.round(value * 1000) / 1000)

function utf16Hex(text: string): string {
  let hex = 'feff'
  for (let n = 0; n < text.length; n++) hex += text.charCodeAt(n).toString(16).padStart(4, '0')
  return hex
}

/** Loads every font once: a worker that waits for its job is then warm. */
export const allFamilies = fontFamilies
