// Building blocks of FHIR R4 on the way out: the mirror of what the import reads. Nothing that is null is written.

export type Json =
  | null
  | string
  | number
  | boolean
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }
export type Resource = {
  readonly resourceType: string
  readonly id: string
  readonly [key: string]: Json | undefined
}
export type Row = Readonly<Record<string, unknown>>

export const str = (row: Row, column: string): string | undefined => {
  const value = row[column]
  return typeof value === 'string' && value !== '' ? value : undefined
}
export const num = (row: Row, column: string): number | undefined => {
  const value = row[column]
  return typeof value === 'number' ? value : undefined
}

export const ucum = 'http://unitsofmeasure.org'

/** A number whose digits are kept as they came: "7.40" stays 7.40. */
export function decimal(text: string | undefined, value: number | undefined): Json | undefined {
  if (text !== undefined && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return rawNumber(text)
  return value
}

const raw = JSON as unknown as { rawJSON(text: string): Json }
export const rawNumber = (text: string): Json => raw.rawJSON(text)

/** CodeableConcept from the three columns a coded value stands in. */
export function concept(row: Row, prefix: string, display = `${prefix}_display`): Json | undefined {
  const [system, code, text] = [
    str(row, `${prefix}_system`),
    str(row, prefix === 'code' ? 'code' : `${prefix}_code`),
    str(row, display),
  ]
  return codeable(system, code, text)
}

export function codeable(
  system: string | undefined,
  code: string | undefined,
  text: string | undefined,
): Json | undefined {
  if (system === undefined && code === undefined && text === undefined) return undefined
  const coding = code === undefined && system === undefined ? undefined : [{ system, code, display: text }]
  return { coding, text }
}

/** A column that holds a code of a known system, or only words. */
export function codeOrWords(value: string | undefined, system?: string): Json | undefined {
  if (value === undefined) return undefined
  return /^[\w.-]+$/.test(value) ? { coding: [{ system, code: value }] } : { text: value }
}

export const words = (value: string | undefined): Json | undefined =>
  value === undefined ? undefined : { text: value }
export const notes = (value: string | undefined): Json | undefined =>
  value === undefined ? undefined : [{ text: value }]
export const named = (display: string | undefined): Json | undefined =>
  display === undefined ? undefined : { display }
export const list = (item: Json | undefined): Json | undefined => (item === undefined ? undefined : [item])

export const reference = (type: string, id: string | undefined, display?: string): Json | undefined =>
  id === undefined ? named(display) : { reference: `${type}/${id}`, display }

const time = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?)?)?$/
/** onset[x], abatement[x]: a time where it is one, else its words. */
export function when(name: string, value: string | undefined): Record<string, Json> {
  if (value === undefined) return {}
  return time.test(value) ? { [`${name}DateTime`]: value } : { [`${name}String`]: value }
}

export function period(start: string | undefined, end: string | undefined): Json | undefined {
  return start === undefined && end === undefined ? undefined : { start, end }
}

export function parsedList(text: string | undefined): string[] {
  if (text === undefined) return []
  const parsed: unknown = JSON.parse(text)
  return Array.isArray(parsed) ? parsed.filter((item) => typeof item === 'string') : []
}
