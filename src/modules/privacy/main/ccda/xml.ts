// XML as plain values, and their writer. A row is written at a time and dropped, so that a long record needs no tree of itself.
import { fragment } from 'xmlbuilder2'

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly inside: readonly (Element | string)[]
}
export type Inside = Element | string | undefined | readonly Inside[]

/** What is undefined is not written: neither an attribute nor a child. */
export function el(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...inside: readonly Inside[]
): Element {
  return { name, attributes, inside: flat(inside) }
}

function flat(inside: readonly Inside[]): (Element | string)[] {
  return inside.flatMap((item) => {
    if (item === undefined) return []
    return Array.isArray(item) ? flat(item as readonly Inside[]) : [item as Element | string]
  })
}

/** What XML 1.0 has no place for, written out or escaped: most control characters, halves of pairs, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** A control character becomes its picture (U+2401 for U+0001), the others the mark for what cannot be shown. */
const pictureOf = (character: string): string => {
  const code = character.charCodeAt(0)
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD'
}

type Builder = ReturnType<typeof fragment>

export interface XmlWriter {
  readonly write: (element: Element) => string
  /** True once a character stands in the text only as a picture. */
  readonly hasReplaced: () => boolean
}

export function createXmlWriter(): XmlWriter {
  let hasReplaced = false
  const clean = (text: string): string =>
    text
      .replace(forbidden, (character) => {
        hasReplaced = true
        return pictureOf(character)
      })
      // The library takes "&lt;" for escaped already and would give "<" back for it; "&amp;lt;" it leaves alone.
      .replaceAll('&', '&amp;')
  const put = (at: Builder, { name, attributes, inside }: Element): void => {
    const here = at.ele(name)
    for (const [key, value] of Object.entries(attributes))
      if (value !== undefined) here.att(key, clean(value))
    for (const item of inside) {
      if (typeof item === 'string') here.txt(clean(item))
      else put(here, item)
    }
  }
  return {
    write(element) {
      const root = fragment()
      put(root, element)
      // Readers turn bare line ends and tabs into others; as references they come back as they were.
      return root.toString().replace(/[\t\n\r]/g, (c) => `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`)
    },
    hasReplaced: () => hasReplaced,
  }
}
