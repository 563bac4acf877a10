// For tests: the C-CDA of a copy, read back, and what is wrong with its shape.
import { entryShapes, order, sectionShapes } from './ccda-shape.ts'
import { at, everyNode, nodesIn, type XmlNode } from './xml.ts'

/** Faults against the shape the samples show, in words; empty when there is none. */
export function faultsOf(document: XmlNode): string[] {
  const faults: string[] = []
  const ids = new Map<string, number>()
  const nodes = [...everyNode(document)]
  for (const node of nodes) {
    const id = node.attributes.ID
    if (id !== undefined) ids.set(id, (ids.get(id) ?? 0) + 1)
  }
  for (const node of nodes) {
    faults.push(...orderFaults(node), ...entryFaults(node))
    const target = node.name === 'reference' ? node.attributes.value : undefined
    if (target !== undefined && !ids.has(target.slice(1))) faults.push(`reference to nothing: ${target}`)
    if (node.name === 'section') faults.push(...sectionFaults(node))
  }
  for (const [id, count] of ids) if (count > 1) faults.push(`ID twice: ${id}`)
  return faults
}

function orderFaults(node: XmlNode): string[] {
  const wanted = order[node.name]
  // The narrative has an element "content", and none of these names.
  if (!wanted) return []
  const places = nodesIn(node).map((inner) => wanted.indexOf(inner.name))
  const unknown = nodesIn(node).filter((inner) => !wanted.includes(inner.name))
  return [
    ...unknown.map((inner) => `${node.name} has ${inner.name}`),
    ...(places.some((place, n) => place < (places[n - 1] ?? 0))
      ? [
          `${node.name}: ${nodesIn(node)
            .map((inner) => inner.name)
            .join(' ')}`,
        ]
      : []),
  ]
}

function entryFaults(node: XmlNode): string[] {
  const roots = nodesIn(node).filter((inner) => inner.name === 'templateId')
  return roots.flatMap(({ attributes }) => {
    const shape = entryShapes[attributes.root ?? '']
    if (!shape) return []
    const has = (name: string) => nodesIn(node).some((inner) => inner.name === name)
    const isDated = shape.date === undefined || roots.some((root) => root.attributes.extension === shape.date)
    return [
      ...(node.name === shape.element ? [] : [`${attributes.root} on ${node.name}`]),
      ...(isDated ? [] : [`${attributes.root} without ${shape.date}`]),
      ...shape.parts.filter((part) => !has(part)).map((part) => `${attributes.root} without ${part}`),
    ]
  })
}

function sectionFaults(section: XmlNode): string[] {
  const code = at(section, 'code')?.attributes.code
  const shape = sectionShapes[code ?? '']
  if (!shape) return []
  const [root, date] = shape
  const isThere = nodesIn(section).some(
    ({ attributes }) => attributes.root === root && attributes.extension === date,
  )
  return [
    ...(isThere ? [] : [`section ${code} without ${root} ${date}`]),
    ...(at(section, 'title') && at(section, 'text') ? [] : [`section ${code} without title or text`]),
    ...(at(section, 'entry') || section.attributes.nullFlavor || hasOnlyWords(section)
      ? []
      : [`section ${code} without entry`]),
  ]
}
/** Rows that may not be entries (planned visits, statements that are no problems) are told in words. */
const hasOnlyWords = (section: XmlNode) =>
  [...everyNode(section)].some(({ name }) => name === 'tr' || name === 'item')

export function sectionOf(document: XmlNode, code: string): XmlNode | undefined {
  return [...everyNode(document)].find(
    (node) => node.name === 'section' && at(node, 'code')?.attributes.code === code,
  )
}

const acts = new Set(['act', 'observation', 'substanceAdministration', 'encounter', 'procedure'])
const indexes = new WeakMap<XmlNode, Map<string, XmlNode>>()

/** The act that is this row, or the part of it with that name: the concern around a problem. */
export function entryOf(document: XmlNode, id: string, part?: string): XmlNode | undefined {
  let index = indexes.get(document)
  if (!index) {
    index = new Map()
    for (const node of everyNode(document)) {
      const isPointer = at(node, 'code')?.attributes.nullFlavor === 'NP'
      if (!acts.has(node.name) || isPointer || at(node, 'statusCode') === undefined) continue
      for (const { name, attributes } of nodesIn(node))
        if (name === 'id' && attributes.root !== undefined)
          index.set([attributes.root, attributes.extension].filter(Boolean).join(' '), node)
    }
    indexes.set(document, index)
  }
  return index.get(part === undefined ? id : `${id} ${part}`)
}

export const placeIn = (document: XmlNode): ((id: string) => XmlNode | undefined) => {
  const places = new Map<string, XmlNode>()
  for (const node of everyNode(document))
    if (node.attributes.ID !== undefined) places.set(node.attributes.ID, node)
  return (id) => places.get(id)
}
