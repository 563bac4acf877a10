// One font inside one PDF: shaping by fontkit with a stated direction, subsetting, and the glyph stream of a run. This is
// the only file that looks beneath pdfkit's public surface: pdfkit shapes word by word and guesses the direction, which
// puts Arabic words in the wrong order (its version is pinned, and pictures of every script are tests).

export interface Glyph {
  readonly id: number
  readonly advanceWidth: number
  readonly codePoints: readonly number[]
}

export interface Position {
  readonly xAdvance: number
  readonly xOffset: number
  readonly yOffset: number
}

export interface Shaped {
  readonly glyphs: readonly Glyph[]
  readonly positions: readonly Position[]
  /** In units of the font. */
  readonly width: number
}

interface FontkitFont {
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  hasGlyphForCodePoint(codePoint: number): boolean
  getGlyph(id: number, codePoints?: readonly number[]): object
  layout(
    text: string,
    features: readonly string[],
    script: string | null,
    language: string | null,
    direction: 'ltr' | 'rtl',
  ): { glyphs: Glyph[]; positions: Position[] }
}

interface PdfkitFont {
  readonly id: string
  readonly font: FontkitFont
  readonly subset: { readonly glyphs: number[]; includeGlyph(id: number): number }
  readonly widths: number[]
  readonly unicode: (readonly number[])[]
  ref(): unknown
}

interface PdfkitInside {
  registerFont(name: string, source: Uint8Array): PdfkitInside
  font(name: string): PdfkitInside
  readonly _font: PdfkitFont
  readonly page: { readonly fonts: Record<string, unknown> }
}

export class ShapedFont {
  readonly #inside: PdfkitFont
  readonly #cache = new Map<string, Shaped>()
  readonly #has = new Map<string, boolean>()
  /** Number in the subset by glyph and the letters it stands for. */
  readonly #numbers = new Map<string, number>()

  constructor(document: object, bytes: Uint8Array, name: string) {
    this.#inside = (document as PdfkitInside).registerFont(name, bytes).font(name)._font
    keepLettersPerUse(this.#inside.font)
  }

  get id(): string {
    return this.#inside.id
  }

  get unitsPerEm(): number {
    return this.#inside.font.unitsPerEm
  }

  has(text: string): boolean {
    const known = this.#has.get(text)
    if (known !== undefined) return known
    const found = this.#looksUp(text)
    this.#has.set(text, found)
    return found
  }

  #looksUp(text: string): boolean {
    for (const char of text) {
      const code = char.codePointAt(0) ?? 0
      if (!isInvisible(code) && !this.#inside.font.hasGlyphForCodePoint(code)) return false
    }
    return true
  }

  shape(text: string, isRtl: boolean): Shaped {
    const key = (isRtl ? '<' : '>') + text
    const known = this.#cache.get(key)
    if (known) return known
    const { glyphs, positions } = this.#inside.font.layout(text, [], null, null, isRtl ? 'rtl' : 'ltr')
    const width = positions.reduce((sum, p) => sum + p.xAdvance, 0)
    const shaped = { glyphs: isRtl ? withMarksInBase(glyphs) : [...glyphs], positions: [...positions], width }
    if (this.#cache.size > 5000) this.#cache.clear()
    this.#cache.set(key, shaped)
    return shaped
  }

  useOn(document: object): void {
    const { page } = document as PdfkitInside
    page.fonts[this.id] ??= this.#inside.ref()
  }

  /**
   * Number of the glyph in the subset, which carries its width and what it says when copied out. One picture may stand for
   * several letters (Arabic fonts draw dots apart from the letter below), so it is numbered once for each of them.
   */
  include(glyph: Glyph): string {
    const { subset, widths, unicode } = this.#inside
    const key = `${glyph.id} ${glyph.codePoints.join(' ')}`
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = subset.includeGlyph(glyph.id)
      if (unicode[number] !== undefined) {
        number = subset.glyphs.length
        subset.glyphs.push(glyph.id)
      }
      widths[number] = (glyph.advanceWidth * 1000) / this.unitsPerEm
      unicode[number] = glyph.codePoints
      this.#numbers.set(key, number)
    }
    return number.toString(16).padStart(4, '0')
  }
}

/** fontkit keeps one object a glyph, with the letters of its first use: every use gets letters of its own. */
function keepLettersPerUse(font: FontkitFont): void {
  const known = font.getGlyph.bind(font)
  font.getGlyph = (id, codePoints = []) =>
    Object.create(known(id), { codePoints: { value: codePoints, enumerable: true } }) as object
}

/**
 * Vowel signs stand above or below their letter, which readers take for another line of text: the letter says both.
 * Readers turn text that runs to the left around, letter by letter, so each glyph says its letters from left to right.
 */
function withMarksInBase(glyphs: readonly Glyph[]): Glyph[] {
  let marks: number[] = []
  return glyphs.map((glyph) => {
    const own = glyph.codePoints.toReversed()
    if (own.length > 0 && own.every((code) => /\p{M}/u.test(String.fromCodePoint(code)))) {
      marks = [...marks, ...own]
      return saying(glyph, [])
    }
    if (own.length === 0) return glyph
    const base = saying(glyph, [...marks, ...own])
    marks = []
    return base
  })
}

const saying = (glyph: Glyph, codePoints: readonly number[]): Glyph =>
  Object.create(glyph, { codePoints: { value: codePoints, enumerable: true } }) as Glyph

/** Joiners, variation selectors and direction marks have no picture of their own. */
export function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x61c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2060 && code <= 0x2069) ||
    (code >= 0xfe00 && code <= 0xfe0f)
  )
}
