// Written directions to tokens. Nothing is dropped but blanks: what cannot be read becomes a token nobody consumes.

export interface Token {
  readonly kind: 'word' | 'number' | 'course' | 'clock' | 'separator' | 'mark'
  /** Lower case; abbreviations without their dots. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** number: its value · course ("7/7", "2/52", "3/12"): how many. */
  readonly value?: number
  /** Written as a fraction below one ("1/2", "½"): may follow a whole number. */
  readonly isFraction?: boolean
  /** "2,5": a decimal comma, or two numbers? Accepted only before measured units. */
  readonly hasComma?: boolean
  readonly courseUnit?: 'd' | 'wk' | 'mo'
}

const vulgar: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75, '⅓': 1 / 3, '⅔': 2 / 3 }
const fractions: Readonly<Record<string, number>> = {
  '1/2': 0.5,
  '1/4': 0.25,
  '3/4': 0.75,
  '1/3': 1 / 3,
  '2/3': 2 / 3,
}
/** n/7 days, n/52 weeks, n/12 months. */
const courseUnits: Readonly<Record<string, 'd' | 'wk' | 'mo'>> = { '7': 'd', '52': 'wk', '12': 'mo' }

export const numberWords: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
}

type Rule = readonly [RegExp, (match: RegExpExecArray, at: Position) => Token | null]
interface Position {
  readonly start: number
  readonly end: number
  readonly before: string
}

const rules: readonly Rule[] = [
  // Whole number and vulgar fraction: never through Unicode normalisation, which makes "1½" into "11⁄2".
  [/(\d{0,3})([½¼¾⅓⅔])(?![\d/]|[.,]\d)/y, vulgarFraction],
  [/(\d{1,3})\/(\d{1,3})(?![\d/½¼¾]|[.,]\d)/y, slashed],
  [/(\d{1,2}):(\d{2})(?![\d:/]|[.,]\d)/y, clock],
  [/\d+(?:[.,]\d+)*(?![½¼¾⅓⅔])/y, plainNumber],
  [/\.\d+(?![\d.,/])/y, leadingPoint],
  // b.i.d. · p.o. · a.m.
  [/(?:\p{L}\.){1,4}\p{L}(?![\p{L}\p{M}\p{N}])\.?/uy, (m, p) => word(m[0].replaceAll('.', ''), p)],
  [/[\p{L}\p{M}%°'’]+/uy, (m, p) => word(m[0], p)],
  [/[,;.:\n\r]/y, (m, p) => ({ kind: 'separator', text: m[0], start: p.start, end: p.end })],
]

export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text.charAt(at)
    if (/[ \t\u00a0\u202f\u2009]/.test(char)) {
      at += 1
      continue
    }
    const token = readToken(text, at) ?? mark(text, at)
    tokens.push(token)
    at = token.end
  }
  return tokens
}

function readToken(text: string, at: number): Token | null {
  for (const [pattern, make] of rules) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match) continue
    const token = make(match, { start: at, end: at + match[0].length, before: text.charAt(at - 1) })
    if (token) return token
  }
  return null
}

function mark(text: string, at: number): Token {
  const end = at + String.fromCodePoint(text.codePointAt(at) ?? 32).length
  const raw = text.slice(at, end)
  return { kind: 'mark', text: /[–—‐‑−]/.test(raw) ? '-' : raw === '×' ? 'x' : raw, start: at, end }
}

function word(raw: string, { start, end }: Position): Token {
  const text = raw.toLowerCase().replaceAll('’', "'")
  const value = numberWords[text]
  return value === undefined
    ? { kind: 'word', text, start, end }
    : { kind: 'number', text, start, end, value }
}

function vulgarFraction(m: RegExpExecArray, { start, end, before }: Position): Token | null {
  if (/[\d.,/]/.test(before)) return null
  const part = vulgar[m[2] ?? ''] ?? 0
  const whole = Number(m[1] || 0)
  return { kind: 'number', text: m[0], start, end, value: whole + part, isFraction: whole === 0 }
}

function slashed(m: RegExpExecArray, { start, end, before }: Position): Token | null {
  if (/[\d.,/]/.test(before)) return null
  const fraction = fractions[m[0]]
  if (fraction !== undefined) {
    return { kind: 'number', text: m[0], start, end, value: fraction, isFraction: true }
  }
  const courseUnit = courseUnits[m[2] ?? '']
  const value = Number(m[1])
  // "24/7" is around the clock, not twenty-four days.
  return courseUnit === undefined || value === 0 || m[0] === '24/7'
    ? { kind: 'mark', text: m[0], start, end }
    : { kind: 'course', text: m[0], start, end, value, courseUnit }
}

function clock(m: RegExpExecArray, { start, end }: Position): Token {
  const isTime = Number(m[1]) < 24 && Number(m[2]) < 60
  return { kind: isTime ? 'clock' : 'mark', text: m[0], start, end }
}

/** "1,000" and "1.000" mean a thousand to some and one to others: not read. So are numbers with two points. */
function plainNumber(m: RegExpExecArray, { start, end, before }: Position): Token | null {
  const raw = m[0]
  const parts = /^(\d+)(?:([.,])(\d+))?$/.exec(raw)
  const [, whole = '', point, decimals = ''] = parts ?? []
  const isUnclear =
    parts === null ||
    /[.,/]/.test(before) ||
    (point !== undefined && decimals.length === 3 && whole !== '0') ||
    (point === ',' && decimals.length > 2) ||
    // "5,10 mg": nobody ends a decimal with a nought, but two doses may be listed so.
    (point === ',' && decimals.endsWith('0')) ||
    decimals.length > 4 ||
    (whole.length > 1 && whole.startsWith('0')) ||
    whole.length > 6
  if (isUnclear) return { kind: 'mark', text: raw, start, end }
  return {
    kind: 'number',
    text: raw,
    start,
    end,
    value: Number(raw.replace(',', '.')),
    hasComma: point === ',',
  }
}

/** ".5" is a half only where nothing before it could belong to it. */
function leadingPoint(m: RegExpExecArray, { start, end, before }: Position): Token | null {
  if (before !== '' && !/\s/.test(before)) return null
  return { kind: 'number', text: m[0], start, end, value: Number(m[0]) }
}
