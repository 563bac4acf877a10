// From what the editor holds to the closed shape of a note: known nodes and marks only, nothing empty left over.
import { type NoteBlock, type NoteDocument, sections } from '../shared/document.ts'

export interface EditorNode {
  type?: string
  attrs?: Record<string, unknown>
  content?: EditorNode[]
  marks?: { type: string }[]
  text?: string
}

/** The longest run of text one node of a stored note may hold. */
const longestText = 20_000
const markTypes: ReadonlySet<string> = new Set(['bold', 'italic', 'underline', 'strike'])

export function editorToNote(doc: EditorNode): NoteDocument {
  return { type: 'doc', content: (doc.content ?? []).flatMap(blockToNote) }
}

type Out = NoteBlock
type OutInline = Record<string, unknown>

function blockToNote(node: EditorNode): Out[] {
  switch (node.type) {
    case 'sectionHeading': {
      const section = sections.find((s) => s === node.attrs?.['section'])
      return section ? [{ type: 'sectionHeading', attrs: { section } }] : []
    }
    case 'paragraph': {
      const content = (node.content ?? []).flatMap(inlineToNote)
      return [content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }]
    }
    case 'orderedList': {
      const start = node.attrs?.['start']
      const attrs = typeof start === 'number' && start !== 1 ? { attrs: { start } } : {}
      return [{ type: 'orderedList', ...attrs, content: (node.content ?? []).flatMap(blockToNote) }]
    }
    case 'bulletList':
    case 'listItem':
      return [{ type: node.type, content: (node.content ?? []).flatMap(blockToNote) }]
    case undefined:
    default:
      return []
  }
}

function inlineToNote(node: EditorNode): OutInline[] {
  const marks = [...new Set((node.marks ?? []).map((m) => m.type))]
    .filter((type) => markTypes.has(type))
    .map((type) => ({ type }))
  const marked = marks.length > 0 ? { marks } : {}
  if (node.type === 'hardBreak') return [{ type: 'hardBreak', ...marked }]
  if (node.type !== 'text' || !node.text) return []
  return pieces(node.text).map((text) => ({ type: 'text', ...marked, text }))
}

/** Cuts between characters, never inside a surrogate pair. */
function pieces(text: string): string[] {
  const out: string[] = []
  let from = 0
  while (from < text.length) {
    let to = Math.min(from + longestText, text.length)
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to -= 1
    out.push(text.slice(from, to))
    from = to
  }
  return out
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff
