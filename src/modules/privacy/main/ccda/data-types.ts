// Data types of CDA: times, codes, quantities and ids. What is not known gets a null flavor; nothing is made up.
import { num, type Row, str } from '../fhir/elements.ts'
import { loinc, type System, systemOf, type Template } from './oids.ts'
import { el, type Element, type Inside } from './xml.ts'

const clock = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z$/
const partial = /^\d{4}(-\d\d(-\d\d)?)?$/

/** "20261126074430.5+0000": the instant as it is stored, its zone said. Words are no time: undefined. */
export function timeStamp(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (partial.test(value)) return value.replaceAll('-', '')
  const m = clock.exec(value)
  if (!m) return undefined
  const [, year, month, day, hour, minute, second, fraction = ''] = m
  const rest = fraction.replace(/0+$/, '')
  return `${year}${month}${day}${hour}${minute}${second}${rest === '' ? '' : `.${rest}`}+0000`
}

/** A time of a row: OTH where it was told in words that are no time, else UNK. */
export function time(name: string, value: string | undefined, type?: 'TS'): Element {
  const stamp = timeStamp(value)
  const attributes = type === undefined ? {} : { 'xsi:type': type }
  if (stamp !== undefined) return el(name, { ...attributes, value: stamp })
  return el(name, { ...attributes, nullFlavor: value === undefined ? 'UNK' : 'OTH' })
}

export const interval = (low: Element, high?: Element, type?: 'IVL_TS'): Element =>
  el('effectiveTime', { 'xsi:type': type }, low, high)

export const template = ([root, extension]: Template): Element[] =>
  extension === undefined
    ? [el('templateId', { root })]
    : // Without its date too, for readers of C-CDA R1.1.
      [el('templateId', { root }), el('templateId', { root, extension })]

export const fixedCode = (
  name: string,
  code: string,
  system: System,
  displayName?: string,
  ...inside: readonly Inside[]
): Element => el(name, { code, codeSystem: system.oid, codeSystemName: system.name, displayName }, ...inside)
export const fixedValue = (code: string, system: System, displayName?: string): Element =>
  el('value', {
    'xsi:type': 'CD',
    code,
    codeSystem: system.oid,
    codeSystemName: system.name,
    displayName,
  })
export const status = (code: string | undefined): Element =>
  el('statusCode', code === undefined ? { nullFlavor: 'UNK' } : { code })
export const pointer = (target: string): Element => el('reference', { value: `#${target}` })
export const textAt = (target: string): Element => el('text', {}, pointer(target))

export interface Coding {
  readonly system: string | undefined
  readonly code: string | undefined
  readonly display: string | undefined
}
export const codingOf = (row: Row, prefix: string, display = `${prefix}_display`): Coding => ({
  system: str(row, `${prefix}_system`),
  code: str(row, prefix === 'code' ? 'code' : `${prefix}_code`),
  display: str(row, display),
})

/** How a code is written for people: its system, by name where it has one, and itself. */
export function codeWords({ system, code }: Coding): string | undefined {
  if (code === undefined && system === undefined) return undefined
  return [systemOf(system)?.name ?? system, code].filter((part) => part !== undefined).join(' ')
}

/**
 * A coded value with the place of its words. Codes of the systems a template wants stand as the code itself, codes of
 * another known system as its translation, and codes of systems CDA has no name for in the words only.
 */
export function coded(
  name: string,
  coding: Coding,
  words: string | undefined,
  more: { readonly wanted?: readonly System[]; readonly type?: 'CD'; readonly also?: Inside } = {},
): Element {
  const original = words === undefined ? undefined : el('originalText', {}, pointer(words))
  const known = systemOf(coding.system)
  const type = more.type === undefined ? {} : { 'xsi:type': more.type }
  if (known === undefined || coding.code === undefined) {
    const isTold = coding.display !== undefined || coding.code !== undefined
    return el(name, { ...type, nullFlavor: isTold ? 'OTH' : 'UNK' }, original, more.also)
  }
  const said = {
    code: coding.code,
    codeSystem: known.oid,
    codeSystemName: known.name,
    displayName: coding.display,
  }
  if (more.wanted === undefined || more.wanted.some((system) => system.oid === known.oid))
    return el(name, { ...type, ...said }, original, more.also)
  return el(name, { ...type, nullFlavor: 'OTH' }, original, more.also, el('translation', said))
}

/** A code of which only the words are known. */
export const onlyWords = (name: string, words: string, type?: 'CD'): Element =>
  el(name, { 'xsi:type': type, nullFlavor: 'OTH' }, el('originalText', {}, pointer(words)))

const decimal = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
/** Digits as they came ("7.40"), where they are a number. */
export function digits(row: Row): string | undefined {
  const text = str(row, 'value_text')
  if (text !== undefined && decimal.test(text)) return text
  const value = num(row, 'value_number')
  return value === undefined ? undefined : String(value)
}

/** A unit that is no UCUM code stands in a translation beside its number, as C-CDA shows it. */
export function quantity(
  name: string,
  value: string,
  ucum: string | undefined,
  unit: string | undefined,
  attributes: Readonly<Record<string, string | undefined>> = {},
): Element {
  if (ucum !== undefined || unit === undefined) return el(name, { ...attributes, value, unit: ucum })
  return el(
    name,
    { ...attributes, nullFlavor: 'OTH' },
    el('translation', { value, nullFlavor: 'OTH' }, el('originalText', {}, unit)),
  )
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
export const isUuid = (text: string): boolean => uuid.test(text)

export const idOf = (id: string, extension?: string): Element => el('id', { root: id, extension })

export const loincCode = (name: string, code: string, display: string): Element =>
  fixedCode(name, code, loinc, display)
