// For tests: reads XML back with a strict reader of its own, into plain nodes.
import { SaxesParser } from 'saxes'

export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly inside: (XmlNode | string)[]
}

/** Throws at the first thing that is not well-formed or uses a prefix nobody declared. */
export function readXml(text: string): XmlNode {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const root: XmlNode = { name: '', attributes: {}, inside: [] }
  const open: XmlNode[] = [root]
  const top = () => open.at(-1) ?? root
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const own = Object.values(attributes).map((a) => [a.name, a.value] as const)
    const node: XmlNode = { name, attributes: Object.fromEntries(own), inside: [] }
    top().inside.push(node)
    open.push(node)
  })
  parser.on('text', (part) => {
    top().inside.push(part)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  const [found] = nodesIn(root)
  if (!found) throw new Error('no element')
  return found
}

export const nodesIn = (node: XmlNode): XmlNode[] =>
  node.inside.filter((item): item is XmlNode => typeof item !== 'string')

export function* everyNode(node: XmlNode): Generator<XmlNode> {
  yield node
  for (const inner of nodesIn(node)) yield* everyNode(inner)
}

export const textOf = (node: XmlNode): string =>
  node.inside.map((item) => (typeof item === 'string' ? item : textOf(item))).join('')

/** The first node at a path of names. */
export function at(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let here = node
  for (const name of path) here = here && nodesIn(here).find((inner) => inner.name === name)
  return here
}
