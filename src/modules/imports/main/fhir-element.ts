// Reading FHIR JSON that may be anything: each accessor gives a value of the stated kind, nothing, or NotUnderstood.
// A modifier that is not understood makes the whole element not understood (FHIR R4, extensibility: modifierExtension).
import type { Coded } from '#shared/coded.ts'
import { type FhirTime, parseFhirTime } from './fhir-time.ts'

export type RawObject = Readonly<Record<string, unknown>>

/** Number literals as they stood in the text, by the object that holds them; JSON.parse keeps only their value. */
export type Digits = ReadonlyMap<object, Readonly<Record<string, string>>>
export const noDigits: Digits = new Map()

/** The resource says something that its row cannot carry; it is kept as it came, with this place in the problems. */
export class NotUnderstood extends Error {
  readonly place: string
  constructor(place: string) {
    super('value not understood')
    this.name = 'NotUnderstood'
    this.place = place
  }
}

export interface Decimal {
  readonly number: number
  /** "7.40": trailing zeros are part of a result. */
  readonly text: string
}

/** Longest text a row carries for people to read in one line; notes and narratives are not cut. */
const lineLength = 2_000

export class FhirElement {
  readonly raw: RawObject
  readonly path: string
  readonly #digits: Digits

  constructor(raw: RawObject, path: string, digits: Digits = noDigits) {
    this.raw = raw
    this.path = path
    this.#digits = digits
    if (raw.modifierExtension !== undefined) throw this.fault('modifierExtension')
  }

  fault(key: string): NotUnderstood {
    return new NotUnderstood(this.path === '' ? key : `${this.path}.${key}`)
  }

  has(key: string): boolean {
    return this.raw[key] !== undefined && this.raw[key] !== null
  }

  /** Text of any length, freed of control characters; null when absent or blank. */
  text(key: string): string | null {
    const value = this.raw[key]
    if (value === undefined || value === null) return null
    if (typeof value !== 'string') throw this.fault(key)
    return cleanText(value)
  }

  line(key: string, most = lineLength): string | null {
    return clip(this.text(key), most)
  }

  /** One of a closed list: status codes change the meaning of everything else. */
  code<const C extends string>(key: string, allowed: readonly C[]): C | null {
    const value = this.text(key)
    if (value === null) return null
    const found = allowed.find((a) => a === value)
    if (found === undefined) throw this.fault(key)
    return found
  }

  requiredCode<const C extends string>(key: string, allowed: readonly C[]): C {
    const found = this.code(key, allowed)
    if (found === null) throw this.fault(key)
    return found
  }

  flag(key: string): boolean | null {
    const value = this.raw[key]
    if (value === undefined || value === null) return null
    if (typeof value !== 'boolean') throw this.fault(key)
    return value
  }

  decimal(key: string): Decimal | null {
    const value = this.raw[key]
    if (value === undefined || value === null) return null
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.fault(key)
    return { number: value, text: this.#digits.get(this.raw)?.[key] ?? String(value) }
  }

  integer(key: string): number | null {
    const found = this.decimal(key)
    if (found === null) return null
    if (!Number.isSafeInteger(found.number)) throw this.fault(key)
    return found.number
  }

  time(key: string): FhirTime | null {
    const value = this.text(key)
    if (value === null) return null
    const time = parseFhirTime(value)
    if (!time) throw this.fault(key)
    return time
  }

  timeText(key: string): string | null {
    return this.time(key)?.text ?? null
  }

  one(key: string): FhirElement | null {
    const value = this.raw[key]
    if (value === undefined || value === null) return null
    if (!isObject(value)) throw this.fault(key)
    return new FhirElement(value, this.#under(key), this.#digits)
  }

  many(key: string): FhirElement[] {
    const value = this.raw[key]
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) throw this.fault(key)
    return (value as unknown[]).map((item, i) => {
      if (!isObject(item)) throw this.fault(`${key}[${i}]`)
      return new FhirElement(item, `${this.#under(key)}[${i}]`, this.#digits)
    })
  }

  /** Strings of an array; null items (FHIR's place holders for extensions) are passed over. */
  lines(key: string): string[] {
    const value = this.raw[key]
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) throw this.fault(key)
    const out: string[] = []
    for (const item of value as unknown[]) {
      if (item === null) continue
      if (typeof item !== 'string') throw this.fault(key)
      const line = clip(cleanText(item), lineLength)
      if (line !== null) out.push(line)
    }
    return out
  }

  coded(key: string): Coded | null {
    const concept = this.one(key)
    return concept ? codedOf(concept) : null
  }

  codedList(key: string): Coded[] {
    return this.many(key).flatMap((concept) => codedOf(concept) ?? [])
  }

  /** Words of a list of concepts, for people to read. */
  words(key: string): string | null {
    return joined(this.codedList(key).map((c) => c.display))
  }

  /** Texts of Annotation[], one a line. */
  notes(key = 'note'): string | null {
    return joined(
      this.many(key).flatMap((n) => n.text('text') ?? []),
      '\n',
    )
  }

  #under(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`
  }
}

/** CodeableConcept: the coding a person picked, else the first with a code; words as written, else the coding's. */
function codedOf(concept: FhirElement): Coded | null {
  const codings = concept.many('coding')
  const chosen =
    codings.find((c) => c.flag('userSelected') === true) ?? codings.find((c) => c.has('code')) ?? codings[0]
  const display =
    concept.line('text') ??
    chosen?.line('display') ??
    codings.map((c) => c.line('display')).find((d) => d !== null) ??
    chosen?.line('code') ??
    null
  if (display === null) return null
  return { system: chosen?.line('system', 500) ?? null, code: chosen?.line('code', 200) ?? null, display }
}

export function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function joined(parts: readonly string[], by = ', '): string | null {
  return parts.length === 0 ? null : parts.join(by)
}

// oxlint-disable-next-line no-control-regex -- they are what is taken out; tab and newlines stay
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** Without control characters, half characters and outer blanks; null when nothing is left. */
export function cleanText(text: string): string | null {
  const clean = text.toWellFormed().replace(controls, '').trim()
  return clean === '' ? null : clean
}

/** Cuts at a whole character. */
export function clip(text: string | null, most: number): string | null {
  if (text === null || text.length <= most) return text
  return `${text
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`
}

/** Parses text whose digits matter, and keeps the literals of its numbers beside it. */
export function parseWithDigits(text: string): { value: unknown; digits: Digits } {
  const digits = new Map<object, Record<string, string>>()
  const reviver = function (
    this: object,
    key: string,
    value: unknown,
    context?: { source?: string },
  ): unknown {
    const source = context?.source
    if (typeof value === 'number' && source !== undefined && source !== String(value)) {
      const known = digits.get(this)
      if (known) known[key] = source
      else digits.set(this, { [key]: source })
    }
    return value
  }
  const value: unknown = JSON.parse(text, reviver as (key: string, value: unknown) => unknown)
  return { value, digits }
}
