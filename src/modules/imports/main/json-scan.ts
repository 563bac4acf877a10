// One linear pass over JSON text before JSON.parse sees it (SECURITY 5): depth, string length, key and entry rules,
// each fault with its place. It accepts exactly what JSON.parse accepts, less what breaks a limit. One grammar, one file.
import type { ProblemCode } from '../shared/limits.ts'

export interface ScanLimits {
  readonly depth: number
  readonly stringBytes: number
  readonly entries: number
}

/** Where the resource of one Bundle entry stands in the text, so that the original can be kept as it came. */
export interface Span {
  readonly start: number
  readonly end: number
  /** Holds a number whose digits JSON.parse would not give back ("7.40", "1e3", 20 digits). */
  readonly digitsMatter: boolean
}

export interface Scan {
  /** The root value. */
  readonly root: Span
  /** By position in `entry` of the root object; undefined where an entry has no `resource`. */
  readonly resources: readonly (Span | undefined)[]
}

export class ScanFault extends Error {
  readonly code: ProblemCode
  /** `entry[3].resource.name[0].family`; empty at the root. */
  readonly path: string
  /** Index into the text, in UTF-16 units. */
  readonly index: number

  constructor(code: ProblemCode, path: string, index: number) {
    super(code)
    this.name = 'ScanFault'
    this.code = code
    this.path = path
    this.index = index
  }
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])
/** Below this an array of keys is searched faster than a set is built. */
const fewKeys = 12

const quote = 0x22
const backslash = 0x5c

export function scanJson(text: string, limits: ScanLimits): Scan {
  const scanner = new Scanner(text, limits)
  return scanner.document()
}

class Scanner {
  readonly #text: string
  readonly #limits: ScanLimits
  readonly #path: (string | number)[] = []
  readonly #resources: (Span | undefined)[] = []
  #at = 0
  #digitsMatter = false

  constructor(text: string, limits: ScanLimits) {
    this.#text = text
    this.#limits = limits
  }

  document(): Scan {
    this.#space()
    const start = this.#at
    this.#value(0)
    const end = this.#at
    this.#space()
    if (this.#at < this.#text.length) throw this.#fault('NOT_JSON')
    return { root: { start, end, digitsMatter: this.#digitsMatter }, resources: this.#resources }
  }

  #fault(code: ProblemCode, index = this.#at): ScanFault {
    return new ScanFault(code, pathText(this.#path), index)
  }

  #space(): void {
    for (;;) {
      const c = this.#text.charCodeAt(this.#at)
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return
      this.#at++
    }
  }

  #value(depth: number): void {
    const c = this.#text.charCodeAt(this.#at)
    if (c === quote) this.#string()
    else if (c === 0x7b) this.#object(depth + 1)
    else if (c === 0x5b) this.#array(depth + 1)
    else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) this.#number()
    else if (c === 0x74) this.#word('true')
    else if (c === 0x66) this.#word('false')
    else if (c === 0x6e) this.#word('null')
    else throw this.#fault('NOT_JSON')
  }

  #word(word: string): void {
    if (!this.#text.startsWith(word, this.#at)) throw this.#fault('NOT_JSON')
    this.#at += word.length
  }

  #object(depth: number): void {
    if (depth > this.#limits.depth) throw this.#fault('TOO_DEEP')
    this.#at++
    this.#space()
    if (this.#text.charCodeAt(this.#at) === 0x7d) {
      this.#at++
      return
    }
    const few: string[] = []
    let many: Set<string> | undefined
    for (;;) {
      if (this.#text.charCodeAt(this.#at) !== quote) throw this.#fault('NOT_JSON')
      const keyAt = this.#at
      const key = this.#key()
      this.#path.push(key)
      if (forbiddenKeys.has(key)) throw this.#fault('DANGEROUS_KEY', keyAt)
      if (many ? many.has(key) : few.includes(key)) throw this.#fault('DUPLICATE_KEY', keyAt)
      if (many) many.add(key)
      else if (few.push(key) > fewKeys) many = new Set(few)
      this.#space()
      if (this.#text.charCodeAt(this.#at) !== 0x3a) throw this.#fault('NOT_JSON')
      this.#at++
      this.#space()
      const entry = this.#path[1]
      if (depth === 3 && key === 'resource' && typeof entry === 'number' && this.#path[0] === 'entry')
        this.#resource(entry)
      else this.#value(depth)
      this.#path.pop()
      this.#space()
      const c = this.#text.charCodeAt(this.#at)
      this.#at++
      if (c === 0x7d) return
      if (c !== 0x2c) {
        this.#at--
        throw this.#fault('NOT_JSON')
      }
      this.#space()
    }
  }

  #resource(entry: number): void {
    const outer = this.#digitsMatter
    const start = this.#at
    this.#digitsMatter = false
    this.#value(3)
    this.#resources[entry] = { start, end: this.#at, digitsMatter: this.#digitsMatter }
    this.#digitsMatter ||= outer
  }

  #array(depth: number): void {
    if (depth > this.#limits.depth) throw this.#fault('TOO_DEEP')
    this.#at++
    this.#space()
    if (this.#text.charCodeAt(this.#at) === 0x5d) {
      this.#at++
      return
    }
    const entries = depth === 2 && this.#path.length === 1 && this.#path[0] === 'entry'
    for (let i = 0; ; i++) {
      this.#path.push(i)
      if (entries && i >= this.#limits.entries) throw this.#fault('TOO_MANY_ENTRIES')
      this.#value(depth)
      this.#path.pop()
      this.#space()
      const c = this.#text.charCodeAt(this.#at)
      this.#at++
      if (c === 0x5d) return
      if (c !== 0x2c) {
        this.#at--
        throw this.#fault('NOT_JSON')
      }
      this.#space()
    }
  }

  /** Keys are compared as decoded: "a" and "\u0061" are the same name. */
  #key(): string {
    const start = this.#at
    const escaped = this.#string()
    const literal = this.#text.slice(start, this.#at)
    return escaped ? (JSON.parse(literal) as string) : literal.slice(1, -1)
  }

  /** Returns whether the literal holds an escape. */
  #string(): boolean {
    const start = this.#at
    const text = this.#text
    let at = start + 1
    let escaped = false
    for (;;) {
      const c = text.charCodeAt(at)
      if (c === quote) break
      if (c === backslash) {
        escaped = true
        at = this.#escape(at)
      } else if (c >= 0x20) at++
      else {
        // A control character, or NaN past the end of the text.
        this.#at = Math.min(at, text.length)
        throw this.#fault('NOT_JSON')
      }
    }
    this.#at = at + 1
    this.#checkLength(start + 1, at)
    return escaped
  }

  #escape(at: number): number {
    const c = this.#text.charCodeAt(at + 1)
    if (c === 0x75) {
      for (let i = at + 2; i < at + 6; i++) {
        if (!isHex(this.#text.charCodeAt(i))) {
          this.#at = Math.min(i, this.#text.length)
          throw this.#fault('NOT_JSON')
        }
      }
      return at + 6
    }
    if (Number.isNaN(c) || !'"\\/bfnrt'.includes(String.fromCharCode(c))) {
      this.#at = Math.min(at + 1, this.#text.length)
      throw this.#fault('NOT_JSON')
    }
    return at + 2
  }

  #checkLength(start: number, end: number): void {
    const most = this.#limits.stringBytes
    if ((end - start) * 3 <= most) return
    if (end - start > most || Buffer.byteLength(this.#text.slice(start, end)) > most) {
      throw this.#fault('TOO_LONG_STRING', start)
    }
  }

  #number(): void {
    const start = this.#at
    if (this.#text.charCodeAt(this.#at) === 0x2d) this.#at++
    if (this.#text.charCodeAt(this.#at) === 0x30) this.#at++
    else this.#digits()
    let plain = true
    if (this.#text.charCodeAt(this.#at) === 0x2e) {
      plain = false
      this.#at++
      this.#digits()
    }
    const c = this.#text.charCodeAt(this.#at)
    if (c === 0x65 || c === 0x45) {
      plain = false
      this.#at++
      const sign = this.#text.charCodeAt(this.#at)
      if (sign === 0x2b || sign === 0x2d) this.#at++
      this.#digits()
    }
    if (this.#digitsMatter || (plain && this.#at - start < 16 && this.#text.charCodeAt(start) !== 0x2d))
      return
    const literal = this.#text.slice(start, this.#at)
    if (String(Number(literal)) !== literal) this.#digitsMatter = true
  }

  #digits(): void {
    const start = this.#at
    for (;;) {
      const c = this.#text.charCodeAt(this.#at)
      if (!(c >= 0x30 && c <= 0x39)) break
      this.#at++
    }
    if (this.#at === start) throw this.#fault('NOT_JSON')
  }
}

function isHex(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66)
}

/** Keys come from the file: only those that look like FHIR names are repeated, and never at length. */
function pathText(path: readonly (string | number)[]): string {
  let out = ''
  for (const part of path) {
    if (typeof part === 'number') out += `[${part}]`
    else out += `${out === '' ? '' : '.'}${/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(part) ? part : '?'}`
  }
  return out.length > 300 ? `${out.slice(0, 300)}…` : out
}
